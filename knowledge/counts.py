"""The numbers of the records: memberships given twice, counts against their own list, which number is followed.

One announcement may have two records, one of each language: what both say counts once, with the source of the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    held = [_Held(year, row, path, ("memberships", at)) for path, at, row, year in memberships(records)]
    scopes = _scopes(records)
    joined = {(one.year, one.row.place) for one in held}
    counted = Counter((year, scope) for year, place in joined for scope in scopes(place))
    yield from _duplicate_memberships(held)
    yield from _lists_apart(records, held, scopes)
    yield from _coverage_issues(records, counted)
    yield from _declared_issues(records, counted)
    yield from _total_issues(records, {(year, place): scopes(place) for year, place in joined})
    yield from _followed(records)


def _duplicate_memberships(held: Iterable[_Held]) -> Iterator[Issue]:
    seen: dict[tuple[int, str], _Held] = {}
    for one in held:
        other = seen.setdefault((one.year, one.row.place), one)
        if other is not one and (other.path == one.path or other.row.source == one.row.source):
            where = f"{other.path.name}:{line(other.path, other.steps)}"
            yield Issue(one.path, one.steps, f"{one.row.place} joined in {one.year} already, by {where}")


def _coverage_issues(records: Records, counted: Counter[tuple[int, Scope]]) -> Iterator[Issue]:
    seen: dict[tuple[int, Scope], tuple[Path, int, CoverageRow]] = {}
    for path, number, row, year in coverages(records):
        where, names = f"{spelled(row.scope)} in {year}", counted[year, row.scope]
        first, at, same = seen.setdefault((year, row.scope), (path, number, row))
        if same is not row and (first == path or _extent(same) != _extent(row)):
            there = f"{first.name}:{line(first, ('coverage', at))}"
            yield Issue(path, ("coverage", number), f"coverage of {where} is there already, in {there}")
        elif row.known != names:
            message = f"known is {row.known}, but {names} memberships of {where} are recorded"
            yield Issue(path, ("coverage", number, "known"), message)
        elif message_ := _contradiction(row.declared, names, row.complete):
            yield Issue(path, ("coverage", number), message_)


def _extent(row: CoverageRow) -> tuple[bool, int, int | None]:
    return row.complete, row.known, row.declared


def _lists_apart(records: Records, held: Iterable[_Held], scopes: Callable[[str], list[Scope]]) -> Iterator[Issue]:
    """Two records that both have a whole list have to have the same one; records without names of it have none."""
    lists: dict[tuple[int, Scope, Path], set[str]] = defaultdict(set)
    for one in held:
        for scope in scopes(one.row.place):
            lists[one.year, scope, one.path].add(one.row.place)
    whole: dict[tuple[int, Scope], tuple[Path, set[str]]] = {}
    for path, number, row, year in coverages(records):
        ours = lists.get((year, row.scope, path))
        if not ours or not row.complete:
            continue
        other, theirs = whole.setdefault((year, row.scope), (path, ours))
        if ours != theirs:
            here, there = (", ".join(sorted(names)) or "none" for names in (ours - theirs, theirs - ours))
            what = f"the whole list of {spelled(row.scope)} in {year} is another one in {other.name}"
            yield Issue(path, ("coverage", number), f"{what}: only here {here}; only there {there}")


def _declared_issues(records: Records, counted: Counter[tuple[int, Scope]]) -> Iterator[Issue]:
    complete = {(year, row.scope) for _, _, row, year in coverages(records) if row.complete}
    for path, number, row, year in declarations(records):
        if row.measure == "new_cities" and row.followed:
            whole = any((year, scope) in complete for scope in _around(row.scope, records))
            if message := _contradiction(row.value, counted[year, row.scope], whole):
                yield Issue(path, ("declared", number, "value"), message)


def _total_issues(records: Records, joined: Mapping[tuple[int, str], list[Scope]]) -> Iterator[Issue]:
    """A total is at least the members recorded by then."""
    totals = [one for one in declarations(records) if one[2].measure == "total_cities" and one[2].followed]
    for path, number, row, year in totals:
        names = len({place for (when, place), scopes in joined.items() if when <= year and row.scope in scopes})
        if row.value < names:
            message = f"a total of {row.value} for {spelled(row.scope)} in {year} is less than the {names} members held"
            yield Issue(path, ("declared", number, "value"), message)


def _contradiction(declared: int | None, names: int, complete: bool) -> str | None:
    if declared is None or declared == names or (declared > names and not complete):
        return None
    return f"{declared} are declared, but the list {'that is said to be complete ' if complete else ''}has {names}"


def _scopes(records: Records) -> Callable[[str], list[Scope]]:
    """Return what tells the scopes that a place counts for: the world, its country and its region."""
    country = {place.id: place.country or "" for place in records.places}
    region = {row.iso: row.region or "" for row in records.countries}

    def scopes(place: str) -> list[Scope]:
        iso = country.get(place, "")
        return [WORLD, Scope("country", iso), Scope("region", region.get(iso, ""))]

    return scopes


def _around(scope: Scope, records: Records) -> list[Scope]:
    """Return `scope` and those it lies in: where one of them is complete, it is."""
    regions = [row.region for row in records.countries if scope == Scope("country", row.iso)]
    return [scope, WORLD, *(Scope("region", region) for region in regions if region)]


def memberships(records: Records) -> Iterator[tuple[Path, int, MembershipRow, int]]:
    """Yield every membership with its file, its number in it, and its year."""
    for path, record in records.announcements.items():
        for number, row in enumerate(record.memberships):
            yield path, number, row, row.year or record.year or 0


def coverages(records: Records) -> Iterator[tuple[Path, int, CoverageRow, int]]:
    """Yield every coverage with its file, its number in it, and its year."""
    for path, record in records.announcements.items():
        for number, row in enumerate(record.coverage):
            yield path, number, row, row.year or record.year or 0


def declarations(records: Records) -> Iterator[tuple[Path, int, DeclaredRow, int]]:
    """Yield every printed number with its file, its number in it, and its year."""
    for path, record in records.announcements.items():
        for number, row in enumerate(record.declared):
            yield path, number, row, row.year or record.year or 0


def _followed(records: Records) -> Iterator[Issue]:
    rows: dict[tuple[int, Scope, str], list[tuple[Path, int, DeclaredRow]]] = defaultdict(list)
    for path, number, row, year in declarations(records):
        rows[year, row.scope, row.measure].append((path, number, row))
    for (year, scope, measure), same in rows.items():
        followed = [row for _, _, row in same if row.followed]
        agree = len({row.value for row in followed}) == 1 and len({row.source for row in followed}) == len(followed)
        if not agree:
            path, number, _ = same[-1]
            which = " and ".join(row.source for row in followed) or "none"
            message = f"{measure} of {spelled(scope)} in {year}: follow one source, not {which} (`followed: false`)"
            yield Issue(path, ("declared", number), message)


def spelled(scope: Scope) -> str:
    """Write a scope as people do."""
    return "the world" if scope.kind == "world" else f"{scope.kind}:{scope.id}"
