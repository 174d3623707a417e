"""Coasts and borders, out of Natural Earth: read when first needed, cut to a view."""

from __future__ import annotations

import gzip
import json
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Literal, TypeAlias

from bot.pictures.projection import Place, Point, View

Level = Literal["world", "near"]
Degrees: TypeAlias = "array[float]"  # of single precision: to a metre
_NEAR = 45.0  # degrees; a wider view needs fewer points
_RIM = 180.0  # degrees from the middle of a view, where its two sides meet
_CUT = 0.01  # degrees
_STEP = 2.0  # degrees of a straight edge at the rim of the globe
_FINE = 0.5  # units; points nearer to each other are one


@dataclass(frozen=True, slots=True)
class Line:
    """Places in a row, packed, and the box they lie in: west, south, east, north."""

    longitudes: Degrees
    latitudes: Degrees
    box: tuple[float, float, float, float]

    @property
    def places(self) -> list[Place]:
        """The places, in degrees."""
        return list(zip(self.longitudes, self.latitudes, strict=True))


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings of every country by ISO code ("" for what belongs to none), and the coasts and borders that make them."""

    rings: dict[str, list[Line]]
    coasts: list[Line]
    borders: list[Line]


def of_view(view: View) -> Outlines:
    """Return outlines as fine as a view needs."""
    return load("near" if view.east - view.west <= _NEAR else "world")


@cache
def load(level: Level) -> Outlines:
    """Return the outlines of a level; read once."""
    packed = files(__package__) / "data" / f"outlines-{level}.json.gz"
    data = json.loads(gzip.decompress(packed.read_bytes()))
    arcs = [_line(*(_degrees(arc[axis::2], data["unit"]) for axis in (0, 1))) for arc in data["arcs"]]
    times = Counter(arc if arc >= 0 else ~arc for rings in data["countries"].values() for ring in rings for arc in ring)
    return Outlines(
        {code: [_joined(ring, arcs) for ring in rings] for code, rings in data["countries"].items()},
        [line for number, line in enumerate(arcs) if times[number] < 2],
        [line for number, line in enumerate(arcs) if times[number] > 1],
    )


def areas(rings: Sequence[Line], view: View) -> list[list[Point]]:
    """Return what a view shows of rings, to be filled."""
    found = []
    for ring in rings:
        for turn in _turns(ring, view):
            cut = _cut([(x + turn, y) for x, y in ring.places], view)
            if len(cut) > 2:
                found.append(_thinned([view.at(x, y) for x, y in _dense(cut)]))
    return [ring for ring in found if len(ring) > 2]


def strokes(lines: Sequence[Line], view: View) -> Iterator[list[Point]]:
    """Yield what a view shows of lines, to be drawn."""
    for line in lines:
        for turn in _turns(line, view):
            run: list[Place] = []
            for a, b in pairwise(line.places):
                first, second = (a[0] + turn, a[1]), (b[0] + turn, b[1])
                if _shown(first, second, view) and not (_at_date_line(a) and _at_date_line(b)):
                    run = run or [first]
                    run.append(second)
                elif run:
                    yield _thinned([view.at(x, y) for x, y in run])
                    run = []
            if run:
                yield _thinned([view.at(x, y) for x, y in run])


def _degrees(steps: Sequence[int], unit: float) -> Degrees:
    return array("f", [units * unit for units in accumulate(steps)])


def _line(longitudes: Degrees, latitudes: Degrees) -> Line:
    """Return a line, its middle between -180 and 180 degrees."""
    west, east = min(longitudes), max(longitudes)
    if turn := 360 * round((west + east) / 720):
        longitudes = array("f", [x - turn for x in longitudes])
    return Line(longitudes, latitudes, (west - turn, min(latitudes), east - turn, max(latitudes)))


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Return the arcs of a ring as one line, which goes on past the date line."""
    xs, ys = array("f"), array("f")
    for arc in ring:
        line, way = (arcs[arc], 1) if arc >= 0 else (arcs[~arc], -1)
        more, skip = line.longitudes[::way], bool(xs)
        turn = 360 * round((xs[-1] - more[0]) / 360) if xs else 0
        xs.extend(x + turn for x in more[skip:])
        ys.extend(line.latitudes[::way][skip:])
    return _line(xs, ys)


def _turns(line: Line, view: View) -> Iterator[float]:
    """Yield what to add to longitudes for `line` to lie in the view: of its copies around the globe, those seen."""
    west, south, east, north = line.box
    if north < view.south or south > view.north:
        return
    for turn in (-360 - view.middle, -view.middle, 360 - view.middle):
        if east + turn >= view.west and west + turn <= view.east:
            yield turn


def _at_date_line(place: Place) -> bool:
    """Tell whether a place is where the source cuts an island or a country in two."""
    return abs(place[0] % 360 - 180) < _CUT


def _shown(a: Place, b: Place, view: View) -> bool:
    """Tell whether a stretch may be seen; at the rim of the globe it has to lie within it."""
    return (
        max(abs(a[0]), abs(b[0])) <= _RIM
        and max(a[0], b[0]) >= view.west
        and min(a[0], b[0]) <= view.east
        and max(a[1], b[1]) >= view.south
        and min(a[1], b[1]) <= view.north
    )


def _cut(ring: list[Place], view: View) -> list[Place]:
    """Return a ring cut to the view's degrees (Sutherland and Hodgman)."""
    for axis, bound, sign in ((0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1)):
        inside = [(place[axis] - bound) * sign >= 0 for place in ring]
        if all(inside):
            continue
        kept: list[Place] = []
        for i, place in enumerate(ring):
            before = ring[i - 1]
            if inside[i] != inside[i - 1]:
                part = (bound - before[axis]) / (place[axis] - before[axis])
                kept.append((before[0] + part * (place[0] - before[0]), before[1] + part * (place[1] - before[1])))
            if inside[i]:
                kept.append(place)
        ring = kept
        if not ring:
            break
    return ring


def _dense(ring: list[Place]) -> Iterator[Place]:
    """Yield a ring with more points along its straight upright edges, which the globe bends."""
    before = ring[-1]
    for place in ring:
        steps = int(abs(place[1] - before[1]) / _STEP) if place[0] == before[0] else 0
        for step in range(1, steps):
            yield place[0], before[1] + (place[1] - before[1]) * step / steps
        yield place
        before = place


def _thinned(points: list[Point]) -> list[Point]:
    """Return a line without the points that cannot be told from the one before."""
    kept = points[:1]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) > _FINE or abs(point[1] - kept[-1][1]) > _FINE:
            kept.append(point)
    return [*kept, points[-1]] if len(points) > 1 else kept
