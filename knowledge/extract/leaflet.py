"""Lists in two columns on a page of a PDF, as leaflets have them: one column after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.extract.gutters import SIGNS, paragraphs

_TALL = 6  # items of a column
_FOOT = 2  # cells below the columns, which may have been written first or last
_NEAR = 2.0  # points by which items may be out of line
_WIDER = 1.25  # of the space between lines: such a one parts paragraphs


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line between wide gaps: where it begins, if that is known, and when it was written."""

    text: str
    x: float | None
    order: float
    y: float | None = None


def listed(lines: Sequence[Sequence[Cell]]) -> str | None:
    """Return the text of a page whose items stand in two columns, the left one before the right; None of others.

    A line in the one need not be level with any in the other.
    """
    cells = [cell for line in lines for cell in line]
    right = _right(cells)
    if right is None:
        return None
    left = [cell for cell in cells if cell.x is None or cell.x < right - _NEAR]
    sides = [list(_spaced(side)) for side in (left, [cell for cell in cells if cell not in left])]
    return "\n\n".join(part for side in sides for part in _parts(side))


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """Yield what empty lines part in a column, with wrapped lines put together."""
    widest = max(map(len, lines))
    for part in "\n".join(lines).split("\n\n"):
        yield "\n".join(paragraphs(part.split("\n"), widest))


def _right(cells: Sequence[Cell]) -> float | None:
    """Return where the items of the right column begin, if all of the left one were written before them."""
    starts = Counter(round(cell.x) for cell in cells if cell.x is not None and cell.text.startswith(SIGNS))
    columns = sorted(x for x, count in starts.items() if count >= _TALL)
    if len(columns) != 2:
        return None
    placed = [cell for cell in cells if cell.x is not None]
    before = [cell.order for cell in placed if (cell.x or 0) < columns[1] - _NEAR]
    behind = [cell.order for cell in placed if (cell.x or 0) >= columns[1] - _NEAR]
    late = min(sum(order > min(behind) for order in before), sum(order < max(before) for order in behind))
    return float(columns[1]) if late <= _FOOT else None


def _spaced(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the lines of a column, with an empty one where the space between two is wider than most."""
    spaces = [above.y - below.y if above.y and below.y else 0.0 for above, below in pairwise(cells)]
    usual = median([space for space in spaces if space > 0] or [0.0])
    for cell, space in zip(cells, [0.0, *spaces], strict=True):
        if usual and space > usual * _WIDER:
            yield ""
        yield cell.text
