"""The head of a table: which columns have cities, and which of these were members before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.calendar import common
from knowledge.extract.context import Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Told
from knowledge.extract.numerals import FIGURES
from knowledge.extract.twofold import parts

_KINDS = ("city_column", "country_column", "region_column")
_ALL = (*_KINDS, "new_column", "earlier_column")
_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_TITLE = 60  # letters of the title of a column


@dataclass(frozen=True, slots=True)
class Head:
    """The columns that titles tell of: of newcomers, of cities, and of what is told of for another reason.

    `again` are those that have the names a second time, in another language.
    """

    new: tuple[int, ...] = ()
    city: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()
    again: tuple[int, ...] = ()


def head_of(row: Block, body: Sequence[Block], desk: Desk) -> Head:
    """Return what the cells of the first row of a table say of its columns; nothing if it has no titles."""
    if not is_head(row.cells):
        return Head()
    barred = tuple(at for at, cell in enumerate(row.cells) if _is_barred(cell, desk))
    new = tuple(at for at in _titled(row, "new_column") if at not in barred and _has_words(at, body))
    cities = tuple(at for at in _titled(row, "city_column") if at not in barred)
    return Head(new, cities, barred, tuple(_titled(row, "again_column")))


def is_head(cells: Sequence[str]) -> bool:
    """Tell whether a row has titles: one that can be nothing else, or nothing but some like "2031" and "before"."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(_is_titled(cell, *_KINDS) for cell in filled):
        return True
    return len(filled) > 1 and all(_is_titled(cell, *_ALL) for cell in filled)


def is_nothing(cell: str) -> bool:
    """Tell whether a cell says that there is no city: "none", "–"."""
    bare = cell.strip(" .–—-")
    return not bare or bool(cues.pattern("nothing").fullmatch(bare))


def _is_barred(cell: str, desk: Desk) -> bool:
    """Tell whether a title is that of earlier members, of another round, or of something else about a city."""
    text = cell.strip()
    years = {common(int(year)) for year in _YEAR.findall(text.translate(FIGURES))} - {None}
    if years and desk.year is not None and desk.year not in years and not cues.finds(text, "before"):
        return max(filter(None, years)) < desk.year
    if not text or len(text) > _TITLE or cues.pattern("new_column").fullmatch(text):
        return desk.is_of_another_year(text)
    earlier = cues.pattern("earlier_column").fullmatch(text) or cues.finds(text, "before")
    return bool(earlier) or desk.told(text) == Told.ELSEWHERE


def _titled(row: Block, kind: str) -> list[int]:
    return [at for at, cell in enumerate(row.cells) if _is_titled(cell, kind)]


def _is_titled(cell: str, *kinds: str) -> bool:
    """Tell whether a cell is a title, perhaps in two languages: "ประเทศ / Country"."""
    return any(cues.pattern(*kinds).fullmatch(part) for part in parts(cell))


def _has_words(at: int, body: Sequence[Block]) -> bool:
    """Tell whether a column has names, and not numbers or dates."""
    cells = [row.cells[at] for row in body if at < len(row.cells) and not is_nothing(row.cells[at])]
    return sum(any(map(str.isdigit, cell)) for cell in cells) * 2 < len(cells)
