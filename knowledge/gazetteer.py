"""Every name of the records with what it stands for, for the fact base and for checking that none is claimed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
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
    file: Path
    steps: Steps


def gazetteer(records: Records, countries: Iterable[Country]) -> list[Name]:
    """Return all names, each key of a thing once; namesakes are left out, since their name is the member's."""
    found: dict[tuple[str, NameKind, str], Name] = {}
    for name in _all(records, countries):
        found.setdefault((key(name.text), name.kind, name.ref), name)
    return [name for (key_, _, _), name in found.items() if key_]


def _all(records: Records, countries: Iterable[Country]) -> Iterator[Name]:
    for place, (path, steps) in zip(records.places, records.origins, strict=True):
        yield from _place(place, path, steps)
    for number, row in zip(records.lines, records.elsewhere, strict=True):
        if row.reason != "namesake":
            yield from _elsewhere(row, records.file("elsewhere.csv"), number)
    for country in countries:
        yield from _titled("country", country.iso, country, records.file("countries.yaml"), ())
    for title, rows in (("regions", records.regions.regions), ("groups", records.regions.groups)):
        for number, region in enumerate(rows):
            yield from _titled("region", region.id, region, records.file("regions.yaml"), (title, number))
    for number, body in enumerate(records.organisations):
        yield from _titled("organisation", body.id, body, records.file("organisations.yaml"), (number,))


def _place(place: PlaceRow, file: Path, steps: Steps) -> Iterator[Name]:
    yield Name(place.name, "place", place.id, True, True, file, (*steps, "name"))
    if place.name_th:
        yield Name(place.name_th, "place", place.id, True, True, file, (*steps, "name_th"))
    for field, near in (("aliases", True), ("spellings", False)):
        for position, text in enumerate(getattr(place, field)):
            yield Name(text, "place", place.id, near, False, file, (*steps, field, position))


def _elsewhere(row: ElsewhereRow, file: Path, number: int) -> Iterator[Name]:
    # A town that is only here because its name is nearly a member's must be met exactly.
    near = row.reason != "near"
    texts = [text for text in (row.name, row.name_th) if text]
    for text in (*texts, *row.aliases):
        yield Name(text, "place", row.id, near, text in texts, file, (number,))


def _titled(kind: NameKind, ref: str, thing: object, file: Path, steps: Steps) -> Iterator[Name]:
    for field in ("name_en", "name_th"):
        yield Name(getattr(thing, field), kind, ref, True, True, file, (*steps, field))
    for position, text in enumerate(getattr(thing, "aliases")):  # noqa: B009  # one function for four row classes
        yield Name(text, kind, ref, True, False, file, (*steps, "aliases", position))
