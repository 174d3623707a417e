"""What does not stop a build and should still be looked at: warnings, and notes on what is not held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import OSA

from knowledge.counts import coverages, declarations, memberships, spelled
from knowledge.faults import Issue
from knowledge.gazetteer import gazetteer
from knowledge.model import WORLD, Measure, Scope
from knowledge.names import key, skeleton
from knowledge.reading import Records, line
from knowledge.records import PlaceRow
from knowledge.territories import countries

_ALIKE = 0.8  # likeness of two places' names from which they may be one
_LONGEST_NAME = 80
_UNFIT = re.compile(r"[<>{}\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|https?:|www\.")


def remarks(records: Records) -> Iterator[Issue]:
    """Yield warnings and notes on records that hold together."""
    yield from _days(records)
    yield from _joined_again(records)
    yield from _printed(records)
    yield from _without_region(records)
    yield from _alike(records)
    yield from _disagreements(records)
    yield from _sums(records)
    yield from _gaps(records)
    yield from _untraced(records)


def unfit(records: Records) -> Iterator[Issue]:
    """Yield every name that holds markup, an address, a line break or a hidden character, or is a whole sentence."""
    for path, record in records.announcements.items():
        for number, row in enumerate(record.memberships):
            if row.printed and (message := _unfit(row.printed)):
                yield Issue(path, ("memberships", number, "printed"), message)
        for number, source in enumerate(record.sources):
            for field in ("publisher", "publisher_th"):
                if (name := getattr(source, field)) and (message := _unfit(name)):
                    yield Issue(path, ("sources", number, field), message)
    for place, (path, steps) in zip(records.places, records.origins, strict=True):
        for field in ("name", "name_th", "within", "within_th"):
            if (name := getattr(place, field)) and (message := _unfit(name)):
                yield Issue(path, (*steps, field), message)
        for at, alias in enumerate(place.aliases):
            if _UNFIT.search(alias) and (message := _unfit(alias)):  # Bangkok's full name is long
                yield Issue(path, (*steps, "aliases", at), message)


def _unfit(name: str) -> str | None:
    if found := _UNFIT.search(name):
        return f"{name[:_LONGEST_NAME]!r} is no name: it holds {found.group()!r}"
    return f"{name[:_LONGEST_NAME]!r}… is no name: it has {len(name)} letters" if len(name) > _LONGEST_NAME else None


def _days(records: Records) -> Iterator[Issue]:
    for path, record in records.announcements.items():
        if record.year and record.announced and not record.announced.startswith(str(record.year)):
            message = f"announced on {record.announced}, and of the year {record.year}: is that the year of the round?"
            yield Issue(path, ("announced",), message, "warning")


def _joined_again(records: Records) -> Iterator[Issue]:
    """A place of two rounds is a slip more often than not, unless a conflict tells of it."""
    told = {row.topic for record in records.announcements.values() for row in record.conflicts}
    seen: dict[str, tuple[int, Path, int]] = {}
    for path, number, row, year in memberships(records):
        before, other, at = seen.setdefault(row.place, (year, path, number))
        if before != year and row.place not in told:
            where = f"{other.name}:{line(other, ('memberships', at))}"
            message = f"{row.place} joined in {before} already, by {where}: once more in {year}?"
            yield Issue(path, ("memberships", number), message, "warning")


def _printed(records: Records) -> Iterator[Issue]:
    """A name that the source prints, and that nobody ever recorded for the place, may be another's."""
    names: dict[str, set[str]] = defaultdict(set)
    for name in gazetteer(records, countries(records).values()):
        if name.kind == "place":
            names[name.ref].add(key(name.text))
    for path, number, row, _ in memberships(records):
        if row.printed and key(row.printed) not in names[row.place]:
            message = f"the source prints {row.printed!r}, which is no known name of {row.place}: add it to its aliases"
            yield Issue(path, ("memberships", number, "printed"), message, "warning")


def _without_region(records: Records) -> Iterator[Issue]:
    """A country that is no Member State of UNESCO has no region: its members count for the world only."""
    region_of = {row.iso: row.region for row in records.countries}
    for place, (path, steps) in zip(records.places, records.origins, strict=True):
        if not region_of.get(place.country or ""):
            message = f"{place.country} has no region in countries.yaml: {place.id} is counted in none"
            yield Issue(path, steps, message, "warning")


def _alike(records: Records) -> Iterator[Issue]:
    """A place that a record brings may be one that is known under another spelling."""
    of_country: dict[str | None, list[int]] = defaultdict(list)
    for number, place in enumerate(records.places):
        of_country[place.country].append(number)
    table = records.file("places.yaml")
    for numbers in of_country.values():
        for one, other in combinations(numbers, 2):
            path, steps = records.origins[other]
            if path != table and _likeness(records.places[one], records.places[other]) >= _ALIKE:
                message = f"{records.places[other].id} is spelt like {records.places[one].id}: are they one place?"
                yield Issue(path, steps, message, "warning")


def _likeness(one: PlaceRow, other: PlaceRow) -> float:
    ours, theirs = ({skeleton(name) for name in (row.name, row.name_th, *row.aliases) if name} for row in (one, other))
    return max((OSA.normalized_similarity(a, b) for a in ours for b in theirs), default=0.0)


def _disagreements(records: Records) -> Iterator[Issue]:
    """Sources that print different numbers of one thing: a conflict should say so."""
    told = {(row.year, row.scope) for record in records.announcements.values() for row in record.conflicts}
    seen: dict[tuple[int, Scope, Measure], tuple[int, str]] = {}
    for path, number, row, year in declarations(records):
        value, source = seen.setdefault((year, row.scope, row.measure), (row.value, row.source))
        if value != row.value and not {(year, row.scope), (year, None), (year, WORLD)} & told:
            message = (
                f"{row.measure} of {spelled(row.scope)} in {year}: {row.source} has {row.value}, {source} has {value}"
            )
            yield Issue(path, ("declared", number), f"{message}, and no conflict says so", "warning")


def _sums(records: Records) -> Iterator[Issue]:
    """The regions of a round cannot have more new cities than the world."""
    rows = [(path, number, row, year) for path, number, row, year in declarations(records) if row.followed]
    parts: dict[int, int] = defaultdict(int)
    for _, _, row, year in rows:
        parts[year] += row.value if (row.scope.kind, row.measure) == ("region", "new_cities") else 0
    for path, number, row, year in rows:
        if (row.scope, row.measure) == (WORLD, "new_cities") and parts[year] > row.value:
            message = f"{row.value} new cities in {year}, but its regions have {parts[year]} together"
            yield Issue(path, ("declared", number), message, "warning")


def _gaps(records: Records) -> Iterator[Issue]:
    """Counts that the names do not reach: 13 declared, 12 found."""
    covered = set()
    for path, at, cover, year in coverages(records):
        covered.add((year, cover.scope))
        if cover.declared is not None and cover.declared > cover.known:
            message = f"{spelled(cover.scope)} in {year}: {cover.declared} declared, {cover.known} found"
            yield Issue(path, ("coverage", at), message, "note")
    for path, number, row, year in declarations(records):
        if row.measure == "new_cities" and row.followed and (year, row.scope) not in covered:
            message = f"{spelled(row.scope)} in {year}: {row.value} declared, and no coverage says how many are held"
            yield Issue(path, ("declared", number), message, "note")


def _untraced(records: Records) -> Iterator[Issue]:
    for path, record in records.announcements.items():
        bare = [number for number, row in enumerate(record.memberships) if not row.locator]
        if bare:
            message = f"{len(bare)} of {len(record.memberships)} memberships have no locator"
            yield Issue(path, ("memberships", bare[0]), message, "note")
        for number, source in enumerate(record.sources):
            if not source.url:
                yield Issue(path, ("sources", number), f"{source.id} has no address", "note")
