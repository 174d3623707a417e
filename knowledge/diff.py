"""What differs between two fact bases: facts that come, go or change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.store import FactBase

Table = Literal[
    "source", "membership", "declared", "coverage", "statement", "conflict", "mention", "place", "country", "name"
]

# For each table how many columns, from the first on, say which fact it is; the rest says what is told of it.
_FACTS: dict[Table, tuple[int, str]] = {
    "membership": (2, "SELECT year, place, source, locator, inferred FROM membership"),
    "declared": (5, "SELECT year, scope_kind, scope_id, measure, source, value, followed FROM declared"),
    "coverage": (3, "SELECT year, scope_kind, scope_id, known, declared, complete FROM coverage"),
    "statement": (1, "SELECT id, en, th, source, locator FROM statement"),
    "conflict": (1, "SELECT id, en, th FROM conflict"),
    "mention": (2, "SELECT place, source, counted, note FROM mention"),
    "place": (1, "SELECT id, name, name_th, country, kind, within, member FROM place"),
    "country": (1, "SELECT iso, name_en, name_th, region FROM country"),
    "source": (1, "SELECT id, publisher, publisher_th, title, published, url FROM source"),
    "name": (3, "SELECT kind, ref, text FROM name"),
}

_FLAGS = frozenset({"counted", "inferred", "followed", "complete", "member"})  # told by their name where they hold


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that differs. `before` is None of one that comes, `after` of one that goes; both are by column."""

    table: Table
    before: dict[str, object] | None
    after: dict[str, object] | None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def fact(self) -> dict[str, object]:
        """The fact as it will be, or as it was if it goes."""
        return self.after or self.before or {}

    @property
    def altered(self) -> dict[str, tuple[object, object]]:
        """What differs in a changed fact: by column, before and after."""
        if self.before is None or self.after is None:
            return {}
        return {name: (old, self.after[name]) for name, old in self.before.items() if old != self.after[name]}


def changes(old: FactBase, new: FactBase) -> list[Change]:
    """Return every difference from `old` to `new`, table by table."""
    return [change for table in _FACTS for change in _changes(table, old, new)]


def _changes(table: Table, old: FactBase, new: FactBase) -> Iterator[Change]:
    key, sql = _FACTS[table]
    before, after = _rows(old, sql, key), _rows(new, sql, key)
    for fact in sorted(before.keys() | after.keys(), key=lambda fact: tuple(map(str, fact))):
        if before.get(fact) != after.get(fact):
            yield Change(table, before.get(fact), after.get(fact))


def difference(old: FactBase, new: FactBase) -> list[str]:
    """Return a line for each difference: `+` for what comes, `-` for what goes, `*` for what changes."""
    return [told(change) for change in changes(old, new)]


def _rows(base: FactBase, sql: str, key: int) -> dict[tuple[object, ...], dict[str, object]]:
    rows = base.rows(sql)
    return {tuple(row)[:key]: dict(zip(row.keys(), tuple(row), strict=True)) for row in rows}


def told(change: Change) -> str:
    """Return a change as one line."""
    key, _ = _FACTS[change.table]
    values = list(change.fact.items())
    subject = " ".join(dict.fromkeys(str(value) for _, value in values[:key]))
    if change.kind == "changed":
        parts = (f"{name} {_shown(old)} → {_shown(new)}" for name, (old, new) in change.altered.items())
        return f"* {change.table} {subject}: {'; '.join(parts)}"
    sign = "+" if change.kind == "added" else "-"
    rest = [name if name in _FLAGS else str(value) for name, value in values[key:] if not _is_empty(name, value)]
    return f"{sign} {change.table} {subject}" + (f": {', '.join(rest)}" if rest else "")


def _is_empty(column: str, value: object) -> bool:
    return value in (None, "") or (column in _FLAGS and not value)


def _shown(value: object) -> str:
    return "none" if value is None else str(value)
