"""A draft as YAML, in the shape of the records, with what is uncertain said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from knowledge.extract.document import one_line

_WIDE = 10_000


def flow(row: Mapping[str, Any]) -> str:
    """Return a row on one line, escaped where it has to be; empty fields are left out."""
    kept = {name: value for name, value in row.items() if value not in (None, [], ())}
    dumped = yaml.safe_dump(kept, default_flow_style=True, allow_unicode=True, sort_keys=False, width=_WIDE)
    return str(dumped).strip()


def scalar(value: object) -> str:
    """Return one value as YAML."""
    dumped = yaml.safe_dump(value, allow_unicode=True, width=_WIDE, default_style=None)
    return str(dumped).removesuffix("\n").removesuffix("...").strip()


def note(text: str) -> str:
    """Return a comment for the end of a line."""
    return f"  # {one_line(text)}" if text else ""


def section(name: str, rows: Iterable[tuple[Mapping[str, Any], str]]) -> Iterator[str]:
    """Yield the lines of a section, each row with its comment; nothing where there are no rows."""
    rows = list(rows)
    if rows:
        yield ""
        yield f"{name}:"
        yield from (f"  - {flow(row)}{note(comment)}" for row, comment in rows)


def block(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a section whose rows take a line a field."""
    rows = list(rows)
    if rows:
        yield ""
        yield f"{name}:"
        for row in rows:
            start = "  - "
            for field, value in row.items():
                if value is not None:
                    yield f"{start}{field}: {scalar(value)}"
                    start = "    "
