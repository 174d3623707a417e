"""Every name of the records with what it stands for, for the fact base and for checking that none is claimed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.faults import Steps
from knowledge.names import key
from knowledge.reading import Records
from knowledge.records import ElsewhereRow, PlaceRow
from knowledge.territories import Country

NameKind = Literal["place", "country", "region", "organisation"]


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place, country, region or organisation.

    `near` says whether misspellings of it are understood, too. `main` marks a name that is shown, not an alias.
    `file` and `steps` say where it stands in the records.
    """

    text: str
    kind: NameKind
    ref: str
    near: bool
    main: bool
    file: str
    steps: Steps


def gazetteer(records: Records, countries: Iterable[Country]) -> list[Name]:
    """Return all names, each key of a thing once; namesakes are left out, since their name is the member's."""
    found: dict[tuple[str, NameKind, str], Name] = {}
    for name in _all(records, countries):
        found.setdefault((key(name.text), name.kind, name.ref), name)
    return [name for (key_, _, _), name in found.items() if key_]


def _all(records: Records, countries: Iterable[Country]) -> Iterator[Name]:
    for number, place in enumerate(records.places):
        path, steps = records.place_at(number)
        yield from _place(place, "places.yaml" if path.name == "places.yaml" else str(path), steps)
    for number, row in enumerate(records.elsewhere):
        if row.reason != "namesake":
            yield from _elsewhere(row, number)
    for country in countries:
        yield from _titled("country", country.iso, country, "countries.yaml", ())
    for title, rows in (("regions", records.regions.regions), ("groups", records.regions.groups)):
        for number, region in enumerate(rows):
            yield from _titled("region", region.id, region, "regions.yaml", (title, number))
    for number, organisation in enumerate(records.organisations):
        yield from _titled("organisation", organisation.id, organisation, "organisations.yaml", (number,))


def _place(place: PlaceRow, file: str, steps: Steps) -> Iterator[Name]:
    yield Name(place.name, "place", place.id, True, True, file, (*steps, "name"))
    if place.name_th:
        yield Name(place.name_th, "place", place.id, True, True, file, (*steps, "name_th"))
    for field, near in (("aliases", True), ("spellings", False)):
        for position, text in enumerate(getattr(place, field)):
            yield Name(text, "place", place.id, near, False, file, (*steps, field, position))


def _elsewhere(row: ElsewhereRow, number: int) -> Iterator[Name]:
    # A town that is only here because its name is nearly a member's must be met exactly.
    near = row.reason != "near"
    texts = [text for text in (row.name, row.name_th) if text]
    for text in (*texts, *row.aliases):
        yield Name(text, "place", row.id, near, text in texts, "elsewhere.csv", (number,))


def _titled(kind: NameKind, ref: str, thing: object, file: str, steps: Steps) -> Iterator[Name]:
    for field in ("name_en", "name_th"):
        yield Name(getattr(thing, field), kind, ref, True, True, file, (*steps, field))
    for position, text in enumerate(getattr(thing, "aliases")):  # noqa: B009  # one function for four row classes
        yield Name(text, kind, ref, True, False, file, (*steps, "aliases", position))
