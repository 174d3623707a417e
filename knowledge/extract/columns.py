"""The tables of a PDF page: text that stands in columns, put together row by row.

A page is given twice: laid out, with the gaps between its columns, and in the order in which it was written. The
second tells where a cell belongs that spans several rows, wherever in their middle it was printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.extract import cues

Rows = list[tuple[str, ...]]

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_BLANKS = re.compile(r"\s+")
_OFTEN = 3  # lines in which a column begins at one place
_NEAR = 1  # letters by which that place may differ
_AHEAD = 6  # lines in which a table that goes on has several columns again
_LONGEST = 90  # letters of a cell
_ON = re.compile(r"(?:[,(/&–-]|\b(?:and|of|the|de|du|la))$", re.IGNORECASE)  # a cell goes on in the next line


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in a column of a page; `alone` tells that its line has no other."""

    line: int
    column: int
    text: str
    alone: bool


def parts(laid_out: str, plain: str) -> Iterator[str | Rows]:
    """Yield the text of a page and the rows of its tables, in their order."""
    lines = laid_out.splitlines()
    starts = _columns(lines)
    text: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at, starts) if starts else at
        if end > at:
            yield "\n".join(text)
            text = []
            yield _rows(lines[at:end], starts, plain)
            at = end
        else:
            text.append(lines[at])
            at += 1
    yield "\n".join(text)


def _pieces(line: str) -> list[tuple[int, str]]:
    """Return the pieces of a line that wide gaps part, each with where it begins."""
    bounds = [(match.start(), match.end()) for match in _GAP.finditer(line)]
    first = len(line) - len(line.lstrip())
    starts = [first, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(line.rstrip())]
    return [(start, line[start:end]) for start, end in zip(starts, ends, strict=True) if line[start:end].strip()]


def _columns(lines: Sequence[str]) -> list[int]:
    """Return where columns begin: where pieces of several lines do, or those of a head; none if fewer than two."""
    wide = [pieces for line in lines if len(pieces := _pieces(line)) > 1]
    counts = Counter(start for pieces in wide for start, _ in pieces)
    heads = {start for pieces in wide if _is_head(text for _, text in pieces) for start, _ in pieces}
    found: list[int] = []
    for start in sorted(counts):
        often = sum(counts[start + by] for by in range(-_NEAR, _NEAR + 1)) >= _OFTEN or start in heads
        if often and (not found or start - found[-1] > 2 * _NEAR):
            found.append(start)
    return found if len(found) > 1 else []


def _is_head(texts: Iterable[str]) -> bool:
    return any(cues.pattern("city_column", "country_column", "region_column").fullmatch(text.strip()) for text in texts)


def _column(start: int, starts: Sequence[int]) -> int | None:
    return next((at for at, one in enumerate(starts) if abs(one - start) <= _NEAR), None)


def _end_of_table(lines: Sequence[str], at: int, starts: Sequence[int]) -> int:
    """Return the end of the lines from `at` on whose pieces all stand in columns; `at` if they are no table.

    A table begins with a line of several columns; what stands alone at the left behind a gap is none of it any more.
    """
    if len(_pieces(lines[at])) < 2:
        return at
    end, wide = at, 0
    for number in range(at, len(lines)):
        found = _pieces(lines[number])
        if not found:
            continue
        if not all(_column(start, starts) is not None and _fits(start, text, starts) for start, text in found):
            break
        following = any(len(_pieces(line)) > 1 for line in lines[number : number + _AHEAD])
        if len(found) == 1 and _column(found[0][0], starts) == 0 and number > end and not following:
            break
        wide += len(found) > 1
        end = number + 1
    return end if wide >= _OFTEN else at


def _fits(start: int, text: str, starts: Sequence[int]) -> bool:
    """Tell whether a piece ends before the next column begins."""
    following = next((one for one in starts if one > start + _NEAR), None)
    return len(text) <= _LONGEST and (following is None or start + len(text) <= following)


def _rows(lines: Sequence[str], starts: Sequence[int], plain: str) -> Rows:
    cells = [
        Cell(number, column, text, len(_pieces(line)) == 1)
        for number, line in enumerate(lines)
        for start, text in _pieces(line)
        if (column := _column(start, starts)) is not None
    ]
    head = {
        cell.column for cell in cells if cues.pattern("country_column", "region_column").fullmatch(cell.text.strip())
    }
    return _assembled(_as_written(cells, plain) or cells, len(starts), head)


def _as_written(cells: Sequence[Cell], plain: str) -> list[Cell]:
    """Return the cells in the order in which they were written; nothing if one of them is not found there."""
    text = _BLANKS.sub("", plain)
    found: list[tuple[int, Cell]] = []
    last: dict[int, int] = {}
    for cell in cells:
        wanted = _BLANKS.sub("", cell.text)
        at = text.find(wanted, last.get(cell.column, 0))
        if at < 0:
            return []
        last[cell.column] = at + len(wanted)
        found.append((at, cell))
    return [cell for _, cell in sorted(found, key=lambda one: one[0])]


def _assembled(cells: Sequence[Cell], width: int, scopes: set[int]) -> Rows:
    """Put cells together into rows: one begins where a cell stands left of the one before, or under it.

    What is missing at the left of a row spans it from the row above. `scopes` are the columns of countries and regions.
    """
    rows: list[list[str]] = []
    before: Cell | None = None
    for cell in cells:
        text = " ".join(cell.text.split())
        same = before is not None and cell.column == before.column and cell.alone
        if same and (cell.column in scopes or _goes_on(rows[-1][cell.column], text)):
            rows[-1][cell.column] = f"{rows[-1][cell.column]} {text}"
        elif before and cell.column > before.column:
            rows[-1][cell.column] = text
        else:
            above = rows[-1][: cell.column] if rows else [""] * cell.column
            rows.append([*above, text, *[""] * (width - cell.column - 1)])
        before = cell
    return [tuple(row) for row in rows]


def _goes_on(before: str, text: str) -> bool:
    """Tell whether a cell whose end is open goes on in the next line."""
    return bool(_ON.search(before)) or text[:1].islower() or text.startswith("(")
