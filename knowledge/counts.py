"""The numbers of the records: memberships given twice, counts against their own list, which number is followed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.faults import Issue, Steps
from knowledge.model import WORLD, Scope
from knowledge.reading import Records, line
from knowledge.records import CoverageRow, DeclaredRow, MembershipRow


@dataclass(frozen=True, slots=True)
class _Held:
    """A membership with its year and the row it stands in."""

    year: int
    row: MembershipRow
    path: Path
    steps: Steps


def contradictions(records: Records) -> Iterator[Issue]:
    """Yield every number that another one, or the list it counts, does not bear out."""
    held = list(_memberships(records))
    counted = _counted(records, held)
    yield from _duplicate_memberships(held)
    yield from _coverage_issues(records, counted)
    yield from _declared_issues(records, counted)
    yield from _followed(records)


def _memberships(records: Records) -> Iterator[_Held]:
    for path, record in records.announcements.items():
        for number, row in enumerate(record.memberships):
            yield _Held(row.year or record.year or 0, row, path, ("memberships", number))


def _duplicate_memberships(held: Iterable[_Held]) -> Iterator[Issue]:
    seen: dict[tuple[int, str], _Held] = {}
    for one in held:
        other = seen.setdefault((one.year, one.row.place), one)
        if other is not one:
            where = f"{other.path.name}:{line(other.path, other.steps)}"
            yield Issue(one.path, one.steps, f"{one.row.place} joined in {one.year} already, by {where}")


def _coverage_issues(records: Records, counted: Counter[tuple[int, Scope]]) -> Iterator[Issue]:
    seen: set[tuple[int, Scope]] = set()
    for path, number, row, year in _coverage(records):
        where, names = f"{_spelled(row.scope)} in {year}", counted[year, row.scope]
        if (year, row.scope) in seen:
            yield Issue(path, ("coverage", number), f"coverage of {where} is there already")
        elif row.known != names:
            message = f"known is {row.known}, but {names} memberships of {where} are recorded"
            yield Issue(path, ("coverage", number, "known"), message)
        elif message_ := _contradiction(row.declared, names, row.complete):
            yield Issue(path, ("coverage", number), message_)
        seen.add((year, row.scope))


def _declared_issues(records: Records, counted: Counter[tuple[int, Scope]]) -> Iterator[Issue]:
    complete = {(year, row.scope) for _, _, row, year in _coverage(records) if row.complete}
    for path, number, row, year in _declared(records):
        if row.measure == "new_cities" and row.followed:
            whole = any((year, scope) in complete for scope in _around(row.scope, records))
            if message := _contradiction(row.value, counted[year, row.scope], whole):
                yield Issue(path, ("declared", number, "value"), message)


def _contradiction(declared: int | None, names: int, complete: bool) -> str | None:
    if declared is None or declared == names or (declared > names and not complete):
        return None
    return f"{declared} are declared, but the list {'that is said to be complete ' if complete else ''}has {names}"


def _counted(records: Records, held: Iterable[_Held]) -> Counter[tuple[int, Scope]]:
    """Return how many memberships each year, region and country has."""
    country = {place.id: place.country for place in records.places}
    region = {row.iso: row.region for row in records.countries}
    counted: Counter[tuple[int, Scope]] = Counter()
    for one in held:
        iso = country.get(one.row.place)
        counted[one.year, WORLD] += 1
        counted[one.year, Scope("country", iso or "")] += 1
        counted[one.year, Scope("region", region.get(iso or "") or "")] += 1
    return counted


def _around(scope: Scope, records: Records) -> list[Scope]:
    """Return `scope` and those it lies in: where one of them is complete, it is."""
    regions = [row.region for row in records.countries if scope == Scope("country", row.iso)]
    return [scope, WORLD, *(Scope("region", region) for region in regions if region)]


def _coverage(records: Records) -> Iterator[tuple[Path, int, CoverageRow, int]]:
    for path, record in records.announcements.items():
        for number, row in enumerate(record.coverage):
            yield path, number, row, row.year or record.year or 0


def _declared(records: Records) -> Iterator[tuple[Path, int, DeclaredRow, int]]:
    for path, record in records.announcements.items():
        for number, row in enumerate(record.declared):
            yield path, number, row, row.year or record.year or 0


def _followed(records: Records) -> Iterator[Issue]:
    rows: dict[tuple[int, Scope, str], list[tuple[Path, int, DeclaredRow]]] = defaultdict(list)
    for path, number, row, year in _declared(records):
        rows[year, row.scope, row.measure].append((path, number, row))
    for (year, scope, measure), same in rows.items():
        followed = [row.source for _, _, row in same if row.followed]
        if len(followed) != 1:
            path, number, _ = same[-1]
            which = " and ".join(followed) or "none"
            message = f"{measure} of {_spelled(scope)} in {year}: follow one source, not {which} (`followed: false`)"
            yield Issue(path, ("declared", number), message)


def _spelled(scope: Scope) -> str:
    return "the world" if scope.kind == "world" else f"{scope.kind}:{scope.id}"
