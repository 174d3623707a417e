"""Records against each other: every reference known, and no id, name or place claimed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from knowledge.counts import contradictions
from knowledge.faults import Fault, Issue, RecordError, Steps
from knowledge.gazetteer import Name, gazetteer
from knowledge.model import Scope
from knowledge.names import is_thai, key
from knowledge.reading import Records, line
from knowledge.records import PlaceRow
from knowledge.remarks import remarks, unfit
from knowledge.territories import Country, countries


def checked(records: Records) -> Records:
    """Return `records` if they hold together; raise RecordError with every fault if not."""
    found = faults(records)
    if found:
        raise RecordError(found)
    return records


def faults(records: Records) -> list[Fault]:
    """Return all that is wrong with `records`, check by check."""
    return [_located(issue) for issue in _issues(records)]


def remarks_on(records: Records) -> list[Fault]:
    """Return warnings and notes on `records` that hold together; warnings first."""
    found = [_located(issue) for issue in remarks(records)]
    return sorted(found, key=lambda fault: fault.level, reverse=True)


def _issues(records: Records) -> Iterator[Issue]:
    known = countries(records)
    yield from _drafts(records)
    yield from _duplicate_ids(records)
    yield from _geography(records, known)
    yield from _places(records)
    yield from _names(records, known)
    yield from _references(records, known)
    yield from contradictions(records)
    yield from _languages(records)
    yield from unfit(records)


def _located(issue: Issue) -> Fault:
    in_table = issue.path.suffix == ".csv"  # there the only step is the line
    place = (issue.steps[0] if issue.steps else None) if in_table else line(issue.path, issue.steps)
    return Fault(str(issue.path), str(place or ""), issue.message, issue.level)


def _drafts(records: Records) -> Iterator[Issue]:
    for path, record in records.announcements.items():
        if record.review:
            points = f"{len(record.review)} point{'s' if len(record.review) > 1 else ''}"
            message = f"{record.id} is a draft: settle the {points} under `review`, then take that section out"
            yield Issue(path, ("review",), message)


def _duplicate_ids(records: Records) -> Iterator[Issue]:
    ids: list[tuple[str, str, Path, Steps]] = []
    for path, record in records.announcements.items():
        ids.append(("record", record.id, path, ("id",)))
        for section in ("sources", "statements", "conflicts"):
            rows = enumerate(getattr(record, section))
            ids += [(section[:-1], row.id, path, (section, number)) for number, row in rows]
    ids += [("place", row.id, *origin) for row, origin in zip(records.places, records.origins, strict=True)]
    elsewhere = records.file("elsewhere.csv")
    ids += [("place", row.id, elsewhere, (at,)) for at, row in zip(records.lines, records.elsewhere, strict=True)]
    for title, regions in (("regions", records.regions.regions), ("groups", records.regions.groups)):
        path = records.file("regions.yaml")
        ids += [("region", row.id, path, (title, number)) for number, row in enumerate(regions)]
    path = records.file("organisations.yaml")
    ids += [("organisation", row.id, path, (number,)) for number, row in enumerate(records.organisations)]
    path = records.file("countries.yaml")
    ids += [("country", row.iso, path, (number,)) for number, row in enumerate(records.countries)]
    seen: dict[tuple[str, str], Path] = {}
    for kind, id_, path, steps in ids:
        if (kind, id_) in seen:
            yield Issue(path, steps, f"{kind} {id_} is there already, in {seen[kind, id_].name}")
        seen.setdefault((kind, id_), path)


def _geography(records: Records, known: dict[str, Country]) -> Iterator[Issue]:
    regions = {row.id for row in records.regions.regions}
    path = records.file("countries.yaml")
    for number, row in enumerate(records.countries):
        if row.iso not in known:
            yield Issue(path, (number, "iso"), _no_country(row.iso))
        if row.region is not None and row.region not in regions:
            yield Issue(path, (number, "region"), f"{row.region} is no region of UNESCO in regions.yaml")
    path = records.file("regions.yaml")
    for number, group in enumerate(records.regions.groups):
        for iso in sorted(set(group.countries) - set(known)):
            yield Issue(path, ("groups", number, "countries"), _no_country(iso))


def _places(records: Records) -> Iterator[Issue]:
    codes = set(countries(records))
    region_of = {row.iso: row.region for row in records.countries}
    names: dict[str, list[PlaceRow]] = defaultdict(list)
    for place, (path, steps) in zip(records.places, records.origins, strict=True):
        twins = names[key(place.name)]
        if twins and (message := _twins(twins[0], place)):
            yield Issue(path, steps, message)
        elif place.country is None:
            yield Issue(path, steps, f"place {place.id} has no country: add `country:` with its ISO code")
        elif place.country not in codes:
            yield Issue(path, (*steps, "country"), _no_country(place.country))
        elif not region_of.get(place.country) and path == records.file("places.yaml"):
            yield Issue(path, steps, f"{place.country} has a member, {place.id}, but no region in countries.yaml")
        if (place.name_th is None) != (place.th_status in (None, "conventional")):
            yield Issue(path, steps, f"{place.id}: a name_th needs the th_status source or checked, and these need it")
        twins.append(place)
    path = records.file("elsewhere.csv")
    members = {place.id for place in records.places}
    for number, row in zip(records.lines, records.elsewhere, strict=True):
        if row.country not in codes:
            yield Issue(path, (number,), _no_country(row.country))
        if row.part_of and row.part_of not in members:
            yield Issue(path, (number,), f"{row.id}: {row.part_of} is no member that it could be a part of")
        if (row.reason == "namesake") != (row.of is not None) or (row.of and row.of not in members):
            yield Issue(path, (number,), f"{row.id}: a namesake, and nothing else, names the member it is called like")


def _twins(one: PlaceRow, other: PlaceRow) -> str | None:
    both = f"{one.id} and {other.id} are both called {other.name}"
    if one.country is None or other.country is None:
        return f"{both}, and one has no country: add `country:` to tell them apart"
    if one.country == other.country and (one.within is None or other.within is None):
        return f"{both} in {other.country}: add `within:` to both to tell them apart"
    return None


def _names(records: Records, known: dict[str, Country]) -> Iterator[Issue]:
    members = {place.id for place in records.places}
    claims: dict[str, Name] = {}
    for name in gazetteer(records, known.values()):
        other = claims.setdefault(key(name.text), name)
        if (other.kind, other.ref) == (name.kind, name.ref) or _may_share(other, name, members):
            continue
        # Of a real name and an alias, the alias is the one to change.
        one, two = (other, name) if name.main and not other.main else (name, other)
        yield Issue(one.file, one.steps, _claimed_twice(one, two, members))


def _may_share(one: Name, other: Name, members: set[str]) -> bool:
    """Places may be called alike, and real names of different kinds, too; only aliases are ours to choose."""
    if one.kind == other.kind == "place":
        ours = (one.ref in members) + (other.ref in members)
        return ours == 0 or (ours == 2 and one.main and other.main)
    return one.kind != other.kind and one.main and other.main


def _claimed_twice(name: Name, other: Name, members: set[str]) -> str:
    there = f"{other.file.name}:{line(other.file, other.steps) or ''}" if other.file != name.file else "above"
    both = f"{name.text!r} stands for {name.kind} {name.ref} and for {other.kind} {other.ref} ({there})"
    if (name.ref in members) != (other.ref in members) and name.kind == other.kind == "place":
        return f"{both}: record the one that is no member as a namesake, or take the alias out"
    return f"{both}: keep it at one of them, or write it with the country or province at both"


def _references(records: Records, known: dict[str, Country]) -> Iterator[Issue]:
    sources = {row.id for record in records.announcements.values() for row in record.sources}
    members = {row.id for row in records.places}
    places = members | {row.id for row in records.elsewhere}
    for path, record in records.announcements.items():
        for section in ("memberships", "declared", "statements", "mentions"):
            for number, row in enumerate(getattr(record, section)):
                if row.source not in sources:
                    yield Issue(path, (section, number, "source"), f"no record introduces the source {row.source}")
        for number, conflict in enumerate(record.conflicts):
            for source in sorted(set(conflict.sources) - sources):
                yield Issue(path, ("conflicts", number, "sources"), f"no record introduces the source {source}")
        for number, membership in enumerate(record.memberships):
            if membership.place not in members:
                yield Issue(path, ("memberships", number, "place"), f"no place {membership.place} in places.yaml")
        for number, mention in enumerate(record.mentions):
            if mention.place not in places:
                yield Issue(path, ("mentions", number, "place"), f"no place {mention.place} is known")
        for section in ("declared", "coverage", "conflicts"):
            for number, row in enumerate(getattr(record, section)):
                if row.scope and (message := _no_scope(row.scope, records, known)):
                    yield Issue(path, (section, number, "scope"), message)


def _no_scope(scope: Scope, records: Records, known: dict[str, Country]) -> str | None:
    if scope.kind == "country" and scope.id not in known:
        return _no_country(scope.id)
    if scope.kind == "region" and scope.id not in {row.id for row in records.regions.regions}:
        return f"{scope.id} is no region of UNESCO in regions.yaml"
    return None


def _no_country(iso: str) -> str:
    return f"{iso} is no country: write its ISO 3166-1 code in two capitals"


def _languages(records: Records) -> Iterator[Issue]:
    for path, record in records.announcements.items():
        for section in ("statements", "conflicts"):
            for number, row in enumerate(getattr(record, section)):
                if not any(map(is_thai, row.th)):
                    yield Issue(path, (section, number, "th"), f"{row.id} has no Thai letter in its Thai wording")
                if sum(map(is_thai, row.en)) > len(row.en) // 4:
                    yield Issue(path, (section, number, "en"), f"{row.id} has Thai for its English wording")
