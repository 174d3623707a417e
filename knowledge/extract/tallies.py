"""Tables of numbers: how many newcomers, and of how many countries, each region has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.calendar import common
from knowledge.extract.document import Block
from knowledge.extract.numerals import FIGURES
from knowledge.model import WORLD, Measure, Scope

_FEWEST = 3  # regions in a table that counts by them
_OLDEST = 1900  # what is larger heads the column of a year


@dataclass(frozen=True, slots=True)
class Tally:
    """A number in a table; `measure` is None where the head of its column does not say whether it is of newcomers."""

    value: int
    scope: Scope
    measure: Measure | None
    where: str
    quoted: str


class Tallies:
    """Reads the tables of one document of `year` that count by region."""

    def __init__(self, atlas: Atlas, year: int | None) -> None:
        self._atlas = atlas
        self._year = year

    def read(self, blocks: Sequence[Block]) -> Iterator[Tally]:
        """Yield the numbers of every such table."""
        for is_row, group in groupby(blocks, key=lambda block: block.kind == "row"):
            rows = list(group)
            if is_row and sum(self._scope(row) is not None for row in rows) >= _FEWEST:
                yield from self._table(rows)

    def _table(self, rows: Sequence[Block]) -> Iterator[Tally]:
        head = next((row for row in rows if self._scope(row) is None and not any(map(_number, row.cells))), None)
        for at in range(max(len(row.cells) for row in rows)):
            title = head.cells[at] if head and at < len(head.cells) else ""
            for row in rows if self._is_of_year(title) else ():
                value = _number(row.cells[at]) if at < len(row.cells) else None
                scope = self._scope(row) or (WORLD if is_sum(row) else None)
                if value and scope and row is not head:
                    yield Tally(value, scope, _measure(title), row.where, row.text)

    def _scope(self, row: Block) -> Scope | None:
        """Return the region that a row counts: its only cell that is no number."""
        words = [cell for cell in row.cells if cell.strip() and _number(cell) is None]
        region = self._atlas.region(words[0]) if len(words) == 1 else None
        return Scope("region", region) if region else None

    def _is_of_year(self, title: str) -> bool:
        years = [common(value) for word in title.split() if (value := _number(word)) and value > _OLDEST]
        return not years or self._year in (None, *years)


def _measure(title: str) -> Measure | None:
    """Return what a column counts by its head; of one that does not say, the sum has to."""
    of_countries = cues.finds(title, "country") and not cues.finds(title, "city")
    if cues.finds(title, "of_new", "counted_new"):
        return "new_countries" if of_countries else "new_cities"
    if cues.finds(title, "totals"):
        return "total_countries" if of_countries else "total_cities"
    return "new_countries" if of_countries else None


def is_sum(row: Block) -> bool:
    """Tell whether a row is the last one of a table, which has the sums of its columns."""
    words = [cell.strip(" *:") for cell in row.cells if cell.strip() and _number(cell) is None]
    counted = all(any(map(str.isdigit, cell)) for cell in words[1:])
    return bool(words) and counted and bool(cues.pattern("sum").fullmatch(words[0]))


def _number(cell: str) -> int | None:
    plain = cell.translate(FIGURES).strip(" *()")
    return int(plain) if plain.isdecimal() and len(plain) < 5 else None
