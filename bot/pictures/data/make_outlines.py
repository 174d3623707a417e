"""Makes the outlines beside this file out of Natural Earth's, as npm's `world-atlas` carries them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python bot/pictures/data/make_outlines.py package/countries-10m.json

Each level is simplified as a topology, so that neighbours keep one border between them.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[int]  # arcs by number; ~n is arc n backwards

# Level: degrees a line may move, degrees of a unit, square kilometres of the smallest island.
LEVELS = {"world": (0.06, 0.02, 400.0), "near": (0.008, 0.004, 4.0)}
KILOMETRES = 111.2  # in a degree of latitude

# Areas that the source keeps apart, drawn with the state that the United Nations count them to; "" with none.
PART_OF = {
    "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Dhekelia": "CY", "Akrotiri": "CY",
    "Somaliland": "SO", "Baikonur": "KZ", "USNB Guantanamo Bay": "CU", "Siachen Glacier": "", "Kosovo": "",
}  # fmt: skip
CRIMEA: Point = (34.1, 45.2)
LEFT_OUT = {"AQ"}

# ISO 3166-1: numbers and letters.
CODES = """
004AF 008AL 010AQ 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH 050BD 051AM 052BB 056BE 060BM 064BT
068BO 070BA 072BW 076BR 084BZ 086IO 090SB 092VG 096BN 100BG 104MM 108BI 112BY 116KH 120CM 124CA 132CV 136KY 140CF 144LK
148TD 152CL 156CN 158TW 170CO 174KM 178CG 180CD 184CK 188CR 191HR 192CU 196CY 203CZ 204BJ 208DK 212DM 214DO 218EC 222SV
226GQ 231ET 232ER 233EE 234FO 238FK 239GS 242FJ 246FI 248AX 250FR 258PF 260TF 262DJ 266GA 268GE 270GM 275PS 276DE 288GH
292GI 296KI 300GR 304GL 308GD 316GU 320GT 324GN 328GY 332HT 334HM 336VA 340HN 344HK 348HU 352IS 356IN 360ID 364IR 368IQ
372IE 376IL 380IT 384CI 388JM 392JP 398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB 426LS 428LV 430LR 434LY 438LI
440LT 442LU 446MO 450MG 454MW 458MY 462MV 466ML 470MT 478MR 480MU 484MX 492MC 496MN 498MD 499ME 500MS 504MA 508MZ 512OM
516NA 520NR 524NP 528NL 531CW 533AW 534SX 540NC 548VU 554NZ 558NI 562NE 566NG 570NU 574NF 578NO 580MP 581UM 583FM 584MH
585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN 616PL 620PT 624GW 626TL 630PR 634QA 642RO 643RU 646RW 652BL 654SH 659KN
660AI 662LC 663MF 666PM 670VC 674SM 678ST 682SA 686SN 688RS 690SC 694SL 702SG 703SK 704VN 705SI 706SO 710ZA 716ZW 724ES
728SS 729SD 732EH 740SR 748SZ 752SE 756CH 760SY 762TJ 764TH 768TG 776TO 780TT 784AE 788TN 792TR 795TM 796TC 798TV 800UG
804UA 807MK 818EG 826GB 831GG 832JE 833IM 834TZ 840US 850VI 854BF 858UY 860UZ 862VE 876WF 882WS 887YE 894ZM
"""
LETTERS = {code[:3]: code[3:] for code in CODES.split()}


def main(path: Path) -> None:
    """Write every level."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    countries = united(topology["objects"]["countries"]["geometries"], arcs)
    for level, (tolerance, unit, smallest) in LEVELS.items():
        target = Path(__file__).with_name(f"outlines-{level}.json.gz")
        text = json.dumps(simplified(countries, arcs, tolerance, unit, smallest), separators=(",", ":"))
        target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(target.name, target.stat().st_size)


def decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    """Return an arc in degrees."""
    (kx, ky), (x0, y0) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * kx + x0, y * ky + y0))
    return unbroken(points)


def unbroken(points: Sequence[Point]) -> list[Point]:
    """Return a line that goes on past 180 degrees where it crosses the date line."""
    turn, found = 0.0, list(points[:1])
    for (before, _), (x, y) in pairwise(points):
        turn += 360 * round((before - x) / 360)
        found.append((x + turn, y))
    return found


def united(geometries: Iterable[dict[str, Any]], arcs: Sequence[list[Point]]) -> dict[str, list[Ring]]:
    """Return the rings of every country, its parts put together."""
    rings: dict[str, list[Ring]] = defaultdict(list)
    for geometry in geometries:
        name = geometry["properties"]["name"]
        code = LETTERS.get(geometry.get("id", ""), PART_OF.get(name))
        if code is None or code in LEFT_OUT:
            print("left out:", name)
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            rings[
                "UA" if code == "RU" and within(CRIMEA, points_of(ring, arcs)) and small(ring, arcs) else code
            ].append(ring)
    return {code: stitched(own, arcs) for code, own in rings.items()}


def small(ring: Ring, arcs: Sequence[list[Point]]) -> bool:
    """Tell whether a ring spans less than ten degrees."""
    longitudes = [x for x, _ in points_of(ring, arcs)]
    return max(longitudes) - min(longitudes) < 10


def stitched(rings: Sequence[Ring], arcs: Sequence[list[Point]]) -> list[Ring]:
    """Return rings without the arcs that two of them share."""
    times = Counter(arc for ring in rings for arc in ring)
    shared = {arc for arc in times if ~arc in times}
    whole = [ring for ring in rings if not shared & set(ring)]
    touched = [ring for ring in rings if shared & set(ring)]
    left = Counter(arc for ring in touched for arc in ring)
    loose = list((left - Counter({~arc: number for arc, number in left.items()})).elements())
    after: dict[Point, list[int]] = defaultdict(list)
    for arc in loose:
        after[node(arcs, arc)].append(arc)
    while after:
        start = next(iter(after))
        ring, at = [], start
        while True:
            arc = after[at].pop()
            if not after[at]:
                del after[at]
            ring.append(arc)
            at = node(arcs, ~arc)
            if at == start:
                break
        whole.append(ring)
    return whole


def node(arcs: Sequence[list[Point]], arc: int) -> Point:
    """Return where an arc begins."""
    x, y = arcs[arc][0] if arc >= 0 else arcs[~arc][-1]
    return round(x % 360, 6), y


def simplified(
    countries: dict[str, list[Ring]], arcs: Sequence[list[Point]], tolerance: float, unit: float, smallest: float
) -> dict[str, Any]:
    """Return the countries as `unit` degrees a step: arcs as differences, and the arcs of each country's rings."""
    kept = {
        code: [ring for ring in rings if area(points_of(ring, arcs)) >= smallest] or [max(rings, key=len)]
        for code, rings in sorted(countries.items())
    }
    used = sorted({arc if arc >= 0 else ~arc for rings in kept.values() for ring in rings for arc in ring})
    number = {arc: i for i, arc in enumerate(used)}
    return {
        "unit": unit,
        "arcs": [differences(straightened(arcs[arc], tolerance), unit) for arc in used],
        "countries": {
            code: [[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in rings]
            for code, rings in kept.items()
        },
    }


def straightened(points: list[Point], tolerance: float) -> list[Point]:
    """Return a line without the points that lie within `tolerance` of it (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        far, at = max((distance(points[i], points[first], points[last]), i) for i in range(first + 1, last))
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    if points[0] == points[-1] and len(keep) < 4:  # an island stays one
        keep |= {len(points) // 3, 2 * len(points) // 3}
    return [points[i] for i in sorted(keep)]


def distance(point: Point, first: Point, last: Point) -> float:
    """Return how far a point lies from a stretch of line, in degrees of latitude."""
    k = math.cos(math.radians(point[1]))
    px, py = (point[0] - first[0]) * k, point[1] - first[1]
    dx, dy = (last[0] - first[0]) * k, last[1] - first[1]
    length = dx * dx + dy * dy
    t = 0.0 if not length else min(1.0, max(0.0, (px * dx + py * dy) / length))
    return math.hypot(px - t * dx, py - t * dy)


def differences(points: Sequence[Point], unit: float) -> list[int]:
    """Return a line as whole units: the first point, then the steps; x and y in turn."""
    steps: list[int] = []
    x = y = 0
    for number, (longitude, latitude) in enumerate(points):
        to_x, to_y = round(longitude / unit), round(latitude / unit)
        if number and (to_x, to_y) == (x, y) and number < len(points) - 1:
            continue
        steps += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return steps


def points_of(ring: Ring, arcs: Sequence[list[Point]]) -> list[Point]:
    """Return the points of a ring."""
    points: list[Point] = []
    for arc in ring:
        line = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += line[1:] if points else line
    return unbroken(points)


def area(points: Sequence[Point]) -> float:
    """Return the square kilometres of a ring, nearly."""
    k = math.cos(math.radians(sum(y for _, y in points) / len(points)))
    total = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, (*points[1:], points[0]), strict=True))
    return abs(total) / 2 * k * KILOMETRES**2


def within(point: Point, ring: Sequence[Point]) -> bool:
    """Tell whether a point lies in a ring."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


if __name__ == "__main__":
    main(Path(sys.argv[1]))
