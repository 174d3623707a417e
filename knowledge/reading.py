"""Record files into typed rows, and paths in them back into lines for messages."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.faults import RecordError, Steps, fault
from knowledge.location import PACKAGE, record_files
from knowledge.names import key
from knowledge.records import CountryRow, ElsewhereRow, OrganisationRow, PlaceRow, Record, Regions

T = TypeVar("T")
_WELL_KNOWN = ("capital", "large", "thai-province")  # as well as the member of their name


@dataclass(frozen=True, slots=True)
class Records:
    """All record files, typed but not yet checked against each other; `announcements` by file, in order.

    `places` are those of `places.yaml` and, after them, those that the announcements introduce, which `elsewhere` is
    without. `origins` say where each place stands, `lines` in which line of its file each row of `elsewhere` does.
    """

    directory: Path
    announcements: dict[Path, Record]
    places: list[PlaceRow]
    origins: list[tuple[Path, Steps]]
    elsewhere: list[ElsewhereRow]
    lines: list[int]
    countries: list[CountryRow]
    regions: Regions
    organisations: list[OrganisationRow]

    def place_at(self, number: int) -> tuple[Path, Steps]:
        """Return the file in which the place of that number stands, and the steps to it."""
        return self.origins[number]

    def file(self, name: str) -> Path:
        """Return the path of a record file beside `announcements/`."""
        return self.directory / name


def load(directory: Path = PACKAGE, added: Iterable[Path] = ()) -> Records:
    """Read all record files under `directory`, and the records `added` to them.

    An added record that `directory` has, too, word for word, is passed over: it has been taken over since.
    Raises RecordError at the first file that is unreadable or of the wrong shape.
    """
    files = (path for path in record_files(directory) if path.parent != directory)
    announcements = {path: read(path, Record) for path in files}
    for path in added:
        if (record := read(path, Record)) not in announcements.values():
            announcements[path] = record
    table = directory / "places.yaml"
    places = read(table, list[PlaceRow])
    elsewhere = dict(_read_csv(directory / "elsewhere.csv"))
    origins: list[tuple[Path, Steps]] = [(table, (number,)) for number in range(len(places))]
    for path, record in announcements.items():
        for number, place in enumerate(record.places):
            places.append(_taken_over(place, elsewhere, path, number))
            origins.append((path, ("places", number)))
            _make_room(places[-1], elsewhere)
    _leave_names(places, origins, announcements)
    return Records(
        directory,
        announcements,
        places,
        origins,
        list(elsewhere.values()),
        list(elsewhere),
        read(directory / "countries.yaml", list[CountryRow]),
        read(directory / "regions.yaml", Regions),
        read(directory / "organisations.yaml", list[OrganisationRow]),
    )


def _taken_over(place: PlaceRow, elsewhere: dict[int, ElsewhereRow], path: Path, number: int) -> PlaceRow:
    """Take a place that a record brings out of those that are no members; people go on calling it as they did.

    It is the row of its id, or of its `geonames`, or else of its country and name. Raises RecordError if several rows
    have these and neither id nor `geonames` says which one is meant.
    """
    row = _row_of(place, elsewhere, path, number)
    if row is None:
        return place
    del elsewhere[next(line for line, one in elsewhere.items() if one is row)]
    known = {key(name) for name in (place.name, place.name_th) if name}
    fresh: dict[str, str] = {}
    for name in (*place.aliases, row.name, row.name_th, *row.aliases):
        if name:
            fresh.setdefault(key(name), name)
    return place.model_copy(update={"aliases": [name for found, name in fresh.items() if found not in known]})


def _row_of(place: PlaceRow, elsewhere: dict[int, ElsewhereRow], path: Path, number: int) -> ElsewhereRow | None:
    rows = list(elsewhere.values())
    named = [row for row in rows if row.id == place.id]
    named = named or [row for row in rows if place.geonames and row.geonames == place.geonames]
    if named or place.geonames:
        return named[0] if named else None
    alike = [row for row in rows if (row.country, key(row.name)) == (place.country, key(place.name))]
    if len(alike) > 1:
        which = " or ".join(f"{row.geonames} ({row.id})" for row in alike)
        message = f"several places of elsewhere.csv are called {place.name}: say which with `geonames:` {which}"
        raise fault(path, str(line(path, ("places", number)) or ""), message)
    return alike[0] if alike else None


def _leave_names(places: list[PlaceRow], origins: list[tuple[Path, Steps]], records: dict[Path, Record]) -> None:
    """Take from places that came out of elsewhere the aliases that are names of others; a record's own stay."""
    named: dict[str, set[str]] = {}
    for place in places:
        for name in filter(None, (place.name, place.name_th)):
            named.setdefault(key(name), set()).add(place.id)
    for number, (path, steps) in enumerate(origins):
        if len(steps) > 1:
            place, own = places[number], records[path].places[int(steps[1])].aliases
            kept = [name for name in place.aliases if name in own or not named.get(key(name), set()) - {place.id}]
            places[number] = place.model_copy(update={"aliases": kept})


def _make_room(place: PlaceRow, elsewhere: dict[int, ElsewhereRow]) -> None:
    """Let places elsewhere go on under the names that a new member has: as its namesakes, or without the alias."""
    taken = {key(name) for name in (place.name, place.name_th) if name}
    for number, row in list(elsewhere.items()):
        if (row.country, key(row.name)) == (place.country, key(place.name)):
            del elsewhere[number]  # nobody could tell them apart
        elif row.reason != "namesake" and taken & {key(name) for name in (row.name, row.name_th) if name}:
            known = row.reason in _WELL_KNOWN
            elsewhere[number] = row.model_copy(update={"reason": "namesake", "of": place.id, "prominent": known})
        elif any(key(name) in taken for name in row.aliases):
            kept = [name for name in row.aliases if key(name) not in taken]
            elsewhere[number] = row.model_copy(update={"aliases": kept})


def read(path: Path, shape: type[T]) -> T:
    """Read one YAML file as `shape`; raise RecordError with line and column, or with the path inside the file."""
    try:
        data = yaml.load(_text(path), Loader=_Loader)  # a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise fault(path, place, f"YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise fault(path, "", f"YAML: {error}") from None
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        raise _shape_fault(path, error) from None


def line(path: Path, steps: tuple[int | str, ...]) -> int | None:
    """Return the line of the value at `steps` inside a YAML file, or None where there is none."""
    node: Any = yaml.compose(_text(path), Loader=yaml.CSafeLoader)
    for step in steps:
        found = _child(node, step)
        if found is None:
            break
        node = found
    return node.start_mark.line + 1 if node else None


def spelled(steps: tuple[int | str, ...]) -> str:
    """Write steps as people do: `memberships[3].source`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


class _Loader(yaml.CSafeLoader):
    """Refuses a key given twice, which YAML would let the last one win."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for name, _ in node.value:
            if name.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{name.value} is given twice", name.start_mark)
            seen.add(name.value)
        return super().construct_mapping(node, deep)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise fault(path, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise fault(path, "", f"is not UTF-8 at byte {error.start}") from None


def _shape_fault(path: Path, error: ValidationError) -> RecordError:
    first = error.errors()[0]
    steps = first["loc"]
    message = f"{spelled(steps)}: {first['msg']}" if steps else first["msg"]
    if first["type"] not in ("missing", "value_error") and steps:
        message += f", not {first['input']!r:.60}"
    found = line(path, steps)
    return fault(path, str(found or ""), message)


def _child(node: Any, step: int | str) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == step), None)
    return None


def _read_csv(path: Path) -> list[tuple[int, ElsewhereRow]]:
    """Return the rows of a CSV file with their lines."""
    numbered = [(n, text) for n, text in enumerate(_text(path).splitlines(), 1) if not text.startswith("#")]
    rows = csv.DictReader(text for _, text in numbered)
    found = []
    # The heading is the first numbered line, so rows start at the second.
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        try:
            found.append((number, _elsewhere(row)))
        except (ValidationError, ValueError) as error:
            first = error.errors()[0] if isinstance(error, ValidationError) else None
            message = f"{spelled(first['loc'])}: {first['msg']}" if first else str(error)
            raise fault(path, str(number), message) from None
    return found


def _elsewhere(row: dict[str, Any]) -> ElsewhereRow:
    if None in row or None in row.values():
        raise ValueError("has more or fewer cells than the heading")
    filled = {name: value for name, value in row.items() if value}
    if "aliases" in filled:
        filled["aliases"] = filled["aliases"].split("|")
    return ElsewhereRow.model_validate(filled)
