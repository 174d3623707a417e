"""Where names go on a map: beside their dot, or a little away at the end of a line, and never over one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Line = tuple[tuple[float, float], tuple[float, float]]

_CELL = 60.0  # units of the grid that boxes are looked up in
_AIR = 2.5  # units kept between names
_SIDES = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_CORNER = 0.75  # of the distance to the side: that to a corner
_TURNS = 16  # directions that a line may lead in
_NEAR = 1.6  # heights of a name within which dots crowd each other


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in units of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: Box, air: float = 0) -> bool:
        """Tell whether two boxes have a point in common, or come nearer than `air`."""
        return (
            self.left < other.right + air
            and other.left < self.right + air
            and self.top < other.bottom + air
            and other.top < self.bottom + air
        )

    def holds(self, other: Box) -> bool:
        """Tell whether the other box lies within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def crossed(self, a: tuple[float, float], b: tuple[float, float]) -> bool:
        """Tell whether a straight line from `a` to `b` goes through the box."""
        low, high = 0.0, 1.0
        for start, to, least, most in ((a[0], b[0], self.left, self.right), (a[1], b[1], self.top, self.bottom)):
            if start == to:
                if not least < start < most:
                    return False
                continue
            first, second = (least - start) / (to - start), (most - start) / (to - start)
            low, high = max(low, min(first, second)), min(high, max(first, second))
        return low < high


@dataclass(frozen=True, slots=True)
class Dot:
    """A city on the picture: its place, how wide its name is, and how far it rises above its middle and drops below.

    One without a width has no name.
    """

    x: float
    y: float
    width: float
    rise: float
    drop: float

    @property
    def height(self) -> float:
        """How high the name is."""
        return self.rise + self.drop


@dataclass(frozen=True, slots=True)
class Label:
    """The box of a name, and where the line to its dot ends; None where the name stands beside it."""

    box: Box
    joint: tuple[float, float] | None = None


class Shelf:
    """Boxes that are taken, by the cells they lie in."""

    def __init__(self, taken: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in taken:
            self.take(box)

    def take(self, box: Box) -> None:
        """Keep others out of `box`."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def free(self, box: Box, own: Box | None = None) -> bool:
        """Tell whether nothing but `own` lies in `box`."""
        return not any(
            other is not own and other.meets(box, _AIR) for cell in _cells(box) for other in self._cells.get(cell, ())
        )

    def open(self, line: Line, own: Box) -> bool:
        """Tell whether a line crosses nothing but `own`, and what `own` lies on."""
        a, b = line
        around = Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        return not any(
            other.crossed(a, b) and not other.meets(own)
            for cell in _cells(around)
            for other in self._cells.get(cell, ())
        )


def placed(dots: Sequence[Dot], within: Box, radius: float, shelf: Shelf, *, reach: float = 0) -> list[Label | None]:
    """Return where the name of each dot goes, None where there is no room; lines are at most `reach` long.

    Names in a crowd choose first, for the others find room anyway. No name lies on another, on a dot or on a line.
    What is taken is put on the shelf.
    """
    own = [Box(dot.x - radius, dot.y - radius, dot.x + radius, dot.y + radius) for dot in dots]
    for box in own:
        shelf.take(box)
    found: list[Label | None] = [None] * len(dots)
    lines: list[Line] = []
    named = [i for i, dot in enumerate(dots) if dot.width]
    for i in sorted(named, key=lambda i: (-_crowd(dots, i), dots[i].y)):
        found[i] = label = next(_fitting(dots[i], own[i], within, radius, reach, shelf, lines), None)
        if label is None:
            continue
        shelf.take(label.box)
        if label.joint:
            lines.append(((dots[i].x, dots[i].y), label.joint))
            for box in _along(*lines[-1], radius):
                shelf.take(box)
    return found


def _fitting(
    dot: Dot, own: Box, within: Box, radius: float, reach: float, shelf: Shelf, lines: Sequence[Line]
) -> Iterator[Label]:
    """Yield places for a name that are free, the best first."""
    for label in _candidates(dot, radius, reach):
        if not within.holds(label.box) or not shelf.free(label.box, own):
            continue
        line = ((dot.x, dot.y), label.joint) if label.joint else None
        if line and not (shelf.open(line, own) and not any(_cross(line, other) for other in lines)):
            continue
        yield label


def _candidates(dot: Dot, radius: float, reach: float) -> Iterator[Label]:
    """Yield places for a name, the best first."""
    gap = radius + _AIR  # so that the dot of another city at the same place is no hindrance
    for side, upright in _SIDES:
        near = gap * (_CORNER if side and upright else 1)
        yield Label(_box(dot, dot.x + side * near, dot.y + upright * near, side, upright))
    distance = radius + dot.height
    while distance <= reach:
        for turn in range(_TURNS):
            angle = math.tau * turn / _TURNS
            dx, dy = math.cos(angle), math.sin(angle)
            x, y = dot.x + dx * distance, dot.y + dy * distance
            side = 1 if dx > 0.3 else -1 if dx < -0.3 else 0
            upright = 0 if side else 1 if dy > 0 else -1
            yield Label(_box(dot, x + side * 3, y, side, upright), (x, y))
        distance += dot.height * 0.8


def _box(dot: Dot, x: float, y: float, dx: int, dy: int) -> Box:
    """Return the box of a name that touches `x`, `y` and lies to the side of it that `dx`, `dy` tell."""
    left = x - dot.width * (1 - dx) / 2
    top = y - dot.rise if not dy else y if dy > 0 else y - dot.height
    return Box(left, top, left + dot.width, top + dot.height)


def _along(a: tuple[float, float], b: tuple[float, float], radius: float) -> Iterator[Box]:
    """Yield small boxes along a line, from where it leaves its dot."""
    length = math.dist(a, b)
    for step in range(int(radius) + 2, int(length), 3):
        x, y = a[0] + (b[0] - a[0]) * step / length, a[1] + (b[1] - a[1]) * step / length
        yield Box(x - 1, y - 1, x + 1, y + 1)


def _crowd(dots: Sequence[Dot], i: int) -> int:
    one = dots[i]
    return sum(
        abs(one.x - dot.x) < one.width and abs(one.y - dot.y) < _NEAR * one.height for dot in dots if dot is not one
    )


def _cross(one: Line, other: Line) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row
