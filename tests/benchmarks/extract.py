"""How well announcements are read: precision and recall by form and language.

    python -m tests.benchmarks.extract [FILE RECORD]

Without arguments, every form of `tests/extract/forms.py` for every round, against records that do not have the round:
once with its places known, once with them taken out, as those of a coming round are. With a file and the id of a
reviewed record, that file against that record.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.extract import Draft, ExtractError, extract
from knowledge.extract.rows import spelled
from knowledge.names import key
from knowledge.reading import Records, load
from tests.extract.forms import DAYS, FORMS, Facts, facts

Count = tuple[str, str, int]  # scope, measure, value
WHAT = ("members", "counts", "year", "day")


@dataclass
class Score:
    """What was right, of what was said and of what there is."""

    right: int = 0
    said: int = 0
    there: int = 0
    shown: int = 0  # missed, but among the doubts

    def __add__(self, other: Score) -> Score:
        mine, more = astuple(self), astuple(other)
        return Score(*(one + two for one, two in zip(mine, more, strict=True)))

    def add(self, said: set[object], there: set[object], shown: int = 0) -> None:
        self.right += len(said & there)
        self.said += len(said)
        self.there += len(there)
        self.shown += shown

    def __str__(self) -> str:
        precision = 100 * self.right / self.said if self.said else 100.0
        recall = 100 * self.right / self.there if self.there else 100.0
        return f"{precision:5.1f} {recall:5.1f}"


def without(records: Records, year: int, places: bool) -> Records:
    """Return the records without a round, and without its places if `places`."""
    kept = {
        path: one.model_copy(
            update={
                "memberships": [r for r in one.memberships if (r.year or one.year) != year],
                "declared": [],
                "coverage": [],
            }
        )
        for path, one in records.announcements.items()
    }
    if not places:
        return replace(records, announcements=kept)
    others = {row.place for one in kept.values() for row in one.memberships}
    return replace(records, announcements=kept, places=[place for place in records.places if place.id in others])


def measure(
    records: Records, found: Facts, name: str, language: str, known: Records, scores: dict[str, Score] | None = None
) -> list[str]:
    """Read one form, add to the scores, and return what was wrong."""
    scores = defaultdict(Score) if scores is None else scores
    filename, data = FORMS[name](found, language)
    there = {key(city.name) for city in found.cities[language]}
    try:
        draft = extract(data, filename, known=known)
    except ExtractError as error:
        scores["members"].add(set(), set(there))
        return [f"{found.year} {language} {name}: {error}"]
    said = named(draft, found, language)
    doubts = key(" ".join(doubt.quoted or "" for doubt in draft.doubts))
    scores["members"].add(set(said), set(there), sum(name in doubts for name in there - said))
    counts = {(spelled(number.scope), number.measure, number.value) for number in draft.numbers}
    wanted = found.counts | {count for count in counts if is_right(count, found)}
    scores["counts"].add(set(counts), set(wanted))
    scores["year"].add({draft.year}, {found.year})
    scores["day"].add({draft.announced} - {None}, {DAYS[found.year]})
    return [f"{found.year} {language} {name}: {what}" for what in wrong(said, there, counts, wanted, draft, found)]


def named(draft: Draft, found: Facts, language: str) -> set[str]:
    """Return the keys of the printed names that a draft has for members, known places or new ones."""
    cities = found.cities[language]
    by_id = {city.place.id: key(city.name) for city in cities}
    by_printed = {(key(city.name), city.place.country): key(city.name) for city in cities}
    return {
        by_id.get(member.place) or by_printed.get((key(member.printed), member.country)) or f"? {member.printed}"
        for member in draft.members
    }


def is_right(count: Count, found: Facts) -> bool:
    """Tell whether a number is one of a region that its heading states."""
    region = count[0].removeprefix("region:")
    return count[1] == "new_cities" and sum(city.region == region for city in found.cities["en"]) == count[2]


def wrong(
    said: set[str], there: set[str], counts: set[Count], wanted: set[Count], draft: Draft, found: Facts
) -> list[str]:
    """Return what is wrong, in words."""
    what = []
    if said - there:
        what.append(f"said and wrong: {sorted(said - there)[:5]}")
    if there - said:
        what.append(f"missed {len(there - said)}: {sorted(there - said)[:5]}")
    if counts ^ wanted:
        what.append(f"numbers: {sorted(map(str, counts ^ wanted))}")
    if draft.year != found.year or draft.announced != DAYS[found.year]:
        what.append(f"year {draft.year}, day {draft.announced}")
    return what


def against(path: Path, record: str) -> int:
    """Compare the draft of a file with a reviewed record; return an exit code."""
    records = load()
    reviewed = next(one for one in records.announcements.values() if one.id == record)
    others = {p: one for p, one in records.announcements.items() if one.id != record}
    draft = extract(path.read_bytes(), path.name, known=replace(records, announcements=others))
    pairs: dict[str, tuple[set[Any], set[Any]]] = {
        "members": ({m.place for m in draft.members}, {row.place for row in reviewed.memberships}),
        "locators": ({(m.place, m.where) for m in draft.members}, {(r.place, r.locator) for r in reviewed.memberships}),
        "printed": ({m.printed for m in draft.members}, {row.printed for row in reviewed.memberships}),
        "counts": (
            {(n.scope, n.measure, n.value) for n in draft.numbers},
            {(row.scope, row.measure, row.value) for row in reviewed.declared},
        ),
        "year": ({draft.year}, {reviewed.year}),
    }
    for name, (said, there) in pairs.items():
        verdict = "equal" if said == there else "DIFFERENT"
        print(f"{name:9} {len(said & there)} of {len(there)} right, {len(said - there)} more: {verdict}")
    return int(any(said != there for said, there in pairs.values()))


def table(records: Records, new: bool) -> tuple[list[str], list[str], float]:
    """Return the lines of a table, what was wrong, and the slowest reading in seconds."""
    scores: dict[tuple[str, str], dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    faults: list[str] = []
    slowest = 0.0
    for year in DAYS:
        known = without(records, year, new)
        for way, name in enumerate(FORMS, year):
            found = facts(records, year, way % 3)
            for language in ("en", "th"):
                start = time.perf_counter()
                faults += measure(records, found, name, language, known, scores[name, language])
                slowest = max(slowest, time.perf_counter() - start)
    lines = [f"{name:18} {language}  {row(found)}" for (name, language), found in scores.items()]
    total: dict[str, Score] = defaultdict(Score)
    for found_ in scores.values():
        for what, score in found_.items():
            total[what] = total[what] + score
    return [*lines, f"{'all':18}     {row(total)}"], faults, slowest


def row(scores: dict[str, Score]) -> str:
    """Return the figures of one form."""
    missed = scores["members"].there - scores["members"].right
    return "  ".join(str(scores[what]) for what in WHAT) + f"  {scores['members'].shown} of {missed}"


def main() -> int:
    """Print the tables, and what was wrong."""
    if len(sys.argv) == 3:
        return against(Path(sys.argv[1]), sys.argv[2])
    records = load()
    wrong_: list[str] = []
    for new, heading in ((False, "its places known"), (True, "its places new")):
        lines, faults, slowest = table(records, new)
        print(f"\n{heading:22} " + "  ".join(f"{what:11}" for what in WHAT) + "  missed, but shown")
        print("\n".join(lines))
        print(f"precision and recall in percent; slowest {slowest:.2f} s")
        wrong_ += faults
    print("\n".join(["", *wrong_]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
