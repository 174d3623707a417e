"""Checked records into the rows of the fact base's tables."""

from __future__ import annotations

from sqlite_utils import Database

from knowledge.gazetteer import gazetteer
from knowledge.names import key, skeleton, traces
from knowledge.reading import Records
from knowledge.records import ConflictRow, CoverageRow, DeclaredRow, Record
from knowledge.territories import Country, countries

_SHORTEST = 3  # letters of a skeleton; what is shorter is near to everything


def fill(database: Database, records: Records) -> None:
    """Insert all `records` into the tables of `database`, which has to have them."""
    known = countries(records)
    _geography(database, records, known)
    _places(database, records)
    _sources(database, records)
    _cohorts(database, records)
    seen: set[object] = set()
    for record in records.announcements.values():
        _record(database, record, seen)
    _names(database, records, known)


def _geography(database: Database, records: Records, known: dict[str, Country]) -> None:
    regions = [("unesco", row) for row in records.regions.regions] + [("group", row) for row in records.regions.groups]
    titles = {"id", "name_en", "name_th", "definition_en", "definition_th"}
    database.table("region").insert_all({"kind": kind, **row.model_dump(include=titles)} for kind, row in regions)
    database.table("country").insert_all(
        {"iso": country.iso, "region": country.region, "name_en": country.name_en, "name_th": country.name_th}
        for country in known.values()
    )
    pairs = [(country.region, country.iso) for country in known.values() if country.region]
    pairs += [(group.id, iso) for group in records.regions.groups for iso in group.countries]
    database.table("region_country").insert_all({"region": region, "country": iso} for region, iso in pairs)


def _places(database: Database, records: Records) -> None:
    shown = {"id", "country", "name", "name_th", "kind", "within", "within_th", "latitude", "longitude"}
    database.table("place").insert_all({**row.model_dump(include=shown), "member": 1} for row in records.places)
    database.table("place").insert_all({**row.model_dump(include=shown), "member": 0} for row in records.elsewhere)
    database.table("namesake").insert_all(
        {"member": row.of, "place": row.id, "prominent": int(row.prominent)} for row in records.elsewhere if row.of
    )
    database.table("part").insert_all(
        {"place": row.id, "member": row.part_of} for row in records.elsewhere if row.part_of
    )
    database.table("organisation").insert_all(
        row.model_dump(include={"id", "name_en", "name_th"}) for row in records.organisations
    )


def _sources(database: Database, records: Records) -> None:
    database.table("source").insert_all(
        {
            **source.model_dump(),
            "publisher_th": source.publisher_th or source.publisher,
            "title": source.title or source.publisher,
        }
        for record in records.announcements.values()
        for source in record.sources
    )


def _cohorts(database: Database, records: Records) -> None:
    years: dict[int, str | None] = {}
    for record in records.announcements.values():
        years.update({row.year or record.year or 0: None for row in record.memberships})
    for record in records.announcements.values():
        if record.year in years and record.announced:
            years[record.year] = record.announced
    database.table("cohort").insert_all({"year": year, "announced": day} for year, day in sorted(years.items()))


def _record(database: Database, record: Record, seen: set[object]) -> None:
    """Insert one record. What a record before it says of the same thing, told by `seen`, goes first."""

    def first(*thing: object) -> bool:
        known = thing in seen
        seen.add(thing)
        return not known

    database.table("membership").insert_all(
        {
            "year": row.year or record.year,
            "inferred": int(row.confidence == "inferred"),
            **row.model_dump(include={"place", "source", "locator"}),
        }
        for row in record.memberships
        if first(row.year or record.year, row.place)
    )
    database.table("declared").insert_all(
        _scoped(
            row,
            record.year,
            {"measure", "value", "source", "locator", "note"},
            followed=int(row.followed and first(row.year or record.year, row.scope, row.measure)),
        )
        for row in record.declared
    )
    database.table("coverage").insert_all(
        _scoped(row, record.year, {"known", "declared", "note"}, complete=int(row.complete))
        for row in record.coverage
        if first(row.year or record.year, row.scope)
    )
    database.table("statement").insert_all(row.model_dump() for row in record.statements)
    database.table("conflict").insert_all(_scoped(row, None, {"id", "topic", "th", "en"}) for row in record.conflicts)
    database.table("conflict_source").insert_all(
        {"conflict": row.id, "source": source} for row in record.conflicts for source in row.sources
    )
    database.table("mention").insert_all(row.model_dump() for row in record.mentions)


def _scoped(
    row: DeclaredRow | CoverageRow | ConflictRow, year: int | None, fields: set[str], **more: int
) -> dict[str, object]:
    scope = row.scope
    where = {"scope_kind": scope and scope.kind, "scope_id": scope and scope.id}
    return {"year": row.year or year, **where, **row.model_dump(include=fields), **more}


def _names(database: Database, records: Records, known: dict[str, Country]) -> None:
    names = gazetteer(records, known.values())
    database.table("name").insert_all(
        {"id": number, "key": key(name.text), "text": name.text, "kind": name.kind, "ref": name.ref}
        for number, name in enumerate(names, 1)
    )
    database.table("near").insert_all(
        {"variant": variant, "name": number}
        for number, name in enumerate(names, 1)
        if name.near and len(skeleton(name.text)) >= _SHORTEST
        for variant in sorted(traces(name.text))
    )
