"""The tables of a PDF page: text that stands in columns, put together row by row.

A page is given twice: laid out, with the gaps between its columns, and as the pieces that were written, in that order
and with their places. The order tells where a cell belongs that spans rows, wherever beside them it was printed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.headings import is_head
from knowledge.extract.leaflet import Cell, listed

Rows = list[tuple[str, ...]]

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_BLANKS = re.compile(r"\s+")
_OFTEN = 2  # lines in which a column begins at one place
_WIDE = 3  # lines of a table that have several cells
_NEAR = 2.0  # points by which that place may differ
_LINE = 10_000  # letters, more than a line has
_AHEAD = 6  # lines in which a table that goes on has several cells again
_LONGEST = 90  # letters of a cell
_TALL = 6  # lines of a column of running text
_ON = re.compile(r"(?:[,(/&–-]|\b(?:and|of|the|de|du|la))$", re.IGNORECASE)  # a cell goes on in the next line


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that was written at one place: `x` and `y` in points from the lower left corner."""

    x: float
    y: float
    text: str


def parts(laid_out: str, pieces: Sequence[Piece]) -> Iterator[str | Rows]:
    """Yield the text of a page and the rows of its tables, in their order."""
    lines = laid_out.splitlines()
    cells = _cells(lines, pieces)
    if (beside := listed(_cells(lines, pieces, apart=True))) is not None:
        yield beside
        return
    starts = _columns(cells)
    placed = [_placed(line, starts) for line in cells]
    text: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_table(placed, at) if len(starts) > 1 else at
        rows = [line or {} for line in placed[at:end]]
        if end > at and _flows(rows):
            text += _one_after_another(rows)
            at = end
        elif end > at:
            yield "\n".join(text)
            text = []
            yield _rows(rows, len(starts))
            at = end
        else:
            text.append(lines[at])
            at += 1
    yield "\n".join(text)


# --- where cells begin


def _cells(lines: Sequence[str], pieces: Sequence[Piece], apart: bool = False) -> list[list[Cell]]:
    """Return the cells of each line, with the places of those that begin a piece.

    `apart` is for columns whose lines are not level: each part of a line may have been written by itself.
    """
    written: dict[str, list[list[tuple[int, Piece]]]] = defaultdict(list)
    for same in _by_line(pieces):
        written[_BLANKS.sub("", "".join(piece.text for _, piece in same))].append(same)
    found: list[list[Cell]] = []
    for line in lines:
        queue = written.get(_BLANKS.sub("", line))
        single = [text for text in _GAP.split(line.strip()) if text] if apart and not queue else []
        if len(single) > 1 and all(written.get(_BLANKS.sub("", text)) for text in single):
            alone = [(text, written[_BLANKS.sub("", text)]) for text in single]
            found.append([cell for text, own in alone for cell in _split(text, own.pop(0))])
        else:
            found.append(list(_split(line, queue.pop(0) if queue else [])))
    return found


def _by_line(pieces: Sequence[Piece]) -> list[list[tuple[int, Piece]]]:
    """Return the pieces of each line from the left, with when they were written, the upper line first."""
    lines: dict[float, list[tuple[int, Piece]]] = defaultdict(list)
    for order, piece in enumerate(pieces):
        if piece.text.strip():
            near = next((y for y in lines if abs(y - piece.y) < _NEAR), piece.y)
            lines[near].append((order, piece))
    return [sorted(lines[y], key=lambda one: one[1].x) for y in sorted(lines, reverse=True)]


def _split(line: str, pieces: Sequence[tuple[int, Piece]]) -> Iterator[Cell]:
    """Yield the parts of a line between its gaps; what begins with a piece has its place."""
    begun: dict[int, tuple[int, Piece]] = {}
    length = 0
    for order, piece in pieces:
        begun[length] = (order, piece)
        length += len(_BLANKS.sub("", piece.text))
    at = 0
    for text in (part for part in _GAP.split(line.strip()) if part):
        before = max((start for start in begun if start <= at), default=None)
        written = begun[before][0] + (at - before) / _LINE if before is not None else 0.0
        place = begun[at][1] if at in begun else None
        yield Cell(text, place.x if place else None, written, place.y if place else None)
        at += len(_BLANKS.sub("", text))


def _columns(lines: Sequence[Sequence[Cell]]) -> list[float]:
    """Return where columns begin: where cells of several lines do, or those of a head."""
    counts = Counter(round(cell.x) for line in lines for cell in line if cell.x is not None)
    heads = {round(cell.x) for line in lines if _is_head(line) for cell in line if cell.x is not None}
    found: list[float] = []
    for x in sorted(counts):
        if (counts[x] >= _OFTEN or x in heads) and (not found or x - found[-1] > _NEAR):
            found.append(float(x))
    return found


def _is_head(line: Iterable[Cell]) -> bool:
    return is_head([cell.text for cell in line])


def _placed(line: Sequence[Cell], starts: Sequence[float]) -> dict[int, Cell] | None:
    """Return the cells of a line by their columns; None if they do not stand in columns."""
    found: dict[int, Cell] = {}
    column = -1
    for cell in line:
        near = [at for at, x in enumerate(starts) if cell.x is not None and abs(x - cell.x) <= _NEAR]
        if (cell.x is not None and not near) or len(cell.text) > _LONGEST:
            return None
        column = near[0] if near else column + 1
        if column in found or not 0 <= column < len(starts):
            return None
        found[column] = cell
    return found


# --- columns of running text


def _flows(lines: Sequence[dict[int, Cell]]) -> bool:
    """Tell whether two columns are those of a newsletter: the left one was written whole before the right one."""
    columns = {column for line in lines for column in line}
    left, right = ([line[column].order for line in lines if column in line] for column in (0, 1))
    if columns != {0, 1} or min(len(left), len(right)) < _TALL or any(_is_head(line.values()) for line in lines):
        return False
    return max(left) < min(right)


def _one_after_another(lines: Sequence[dict[int, Cell]]) -> Iterator[str]:
    for column in (0, 1):
        yield from (line[column].text if column in line else "" for line in lines)
        yield ""


# --- rows


def _end_of_table(lines: Sequence[dict[int, Cell] | None], at: int) -> int:
    """Return the end of the lines from `at` on that stand in columns; `at` if they are no table.

    A table begins with a line of several cells, or of one that is not the first; what stands alone at the left behind
    a gap is none of it any more.
    """
    if not any(column > 0 for column in lines[at] or ()):
        return at
    headed = len(lines[at] or ()) > 1 and _is_head((lines[at] or {}).values())
    end, wide = at, 0
    for number in range(at, len(lines)):
        line = lines[number]
        if line is None:
            break
        following = any(len(one or ()) > 1 for one in lines[number : number + _AHEAD])
        if list(line) == [0] and number > end and not following:
            break
        wide += len(line) > 1 or (headed and any(line))
        end = number + 1 if line else end
    return end if wide >= _WIDE else at


def _rows(lines: Sequence[dict[int, Cell]], width: int) -> Rows:
    """Put cells together into rows: one begins where a cell stands left of the one written before, or under it.

    What is missing at the left of a row spans it from the row above.
    """
    titles = cues.pattern("country_column", "region_column")
    scopes = {column for line in lines for column, cell in line.items() if titles.fullmatch(cell.text.strip())}
    written = sorted(
        ((cell, column, len(line) == 1) for line in lines for column, cell in line.items()),
        key=lambda one: one[0].order,
    )
    rows: list[list[str]] = []
    before = -1
    for cell, column, alone in written:
        text = " ".join(cell.text.split())
        if column == before and alone and (column in scopes or _goes_on(rows[-1][column], text)):
            rows[-1][column] = f"{rows[-1][column]} {text}"
        elif rows and column > before:
            rows[-1][column] = text
        else:
            above = rows[-1][:column] if rows else [""] * column
            rows.append([*above, text, *[""] * (width - column - 1)])
        before = column
    return [tuple(row) for row in rows]


def _goes_on(before: str, text: str) -> bool:
    """Tell whether a cell whose end is open goes on in the next line."""
    return bool(_ON.search(before)) or text[:1].islower() or text.startswith("(")
