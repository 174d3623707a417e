"""Record files into typed rows, and paths in them back into lines for messages."""

from __future__ import annotations

import csv
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.faults import RecordError, Steps, fault
from knowledge.location import PACKAGE
from knowledge.records import CountryRow, ElsewhereRow, OrganisationRow, PlaceRow, Record, Regions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """All record files, typed but not yet checked against each other; `announcements` by file, in order.

    `places` are those of `places.yaml` and, after them, those that the announcements introduce.
    """

    directory: Path
    announcements: dict[Path, Record]
    places: list[PlaceRow]
    elsewhere: list[ElsewhereRow]
    countries: list[CountryRow]
    regions: Regions
    organisations: list[OrganisationRow]

    def file(self, name: str) -> Path:
        """Return the path of a record file beside `announcements/`."""
        return self.directory / name

    def place_at(self, number: int) -> tuple[Path, Steps]:
        """Return the file in which the place of that number stands, and the steps to it."""
        inside = number - len(self.places) + sum(len(record.places) for record in self.announcements.values())
        for path, record in self.announcements.items():
            if 0 <= inside < len(record.places):
                return path, ("places", inside)
            inside -= len(record.places)
        return self.file("places.yaml"), (number,)


def load(directory: Path = PACKAGE) -> Records:
    """Read all record files; raise RecordError at the first that is unreadable or of the wrong shape."""
    announcements = {path: read(path, Record) for path in sorted((directory / "announcements").glob("*.yaml"))}
    introduced = [place for record in announcements.values() for place in record.places]
    moved = {place.id for place in introduced}
    return Records(
        directory,
        announcements,
        read(directory / "places.yaml", list[PlaceRow]) + introduced,
        [row for row in _read_csv(directory / "elsewhere.csv") if row.id not in moved],
        read(directory / "countries.yaml", list[CountryRow]),
        read(directory / "regions.yaml", Regions),
        read(directory / "organisations.yaml", list[OrganisationRow]),
    )


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
        return node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == step), None)
    return None


def _read_csv(path: Path) -> list[ElsewhereRow]:
    numbered = [(n, text) for n, text in enumerate(_text(path).splitlines(), 1) if not text.startswith("#")]
    rows = csv.DictReader(text for _, text in numbered)
    found = []
    # The heading is the first numbered line, so rows start at the second.
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        try:
            found.append(_elsewhere(row))
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
