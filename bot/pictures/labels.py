"""Where names go on a map: beside their dot, or a little away at the end of a line, and never over one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_CELL = 60.0  # units of the grid that boxes are looked up in
_AIR = 1.5  # units kept between names
_SIDES = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_TURNS = 16  # directions that a line may lead in
_NEAR = 1.6  # heights of a name within which dots crowd each other


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in units of the picture."""

    left: float
    top: float
    right: float
    bottom: float

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
    """A city on the picture: its place, and the size of its name."""

    x: float
    y: float
    width: float
    height: float


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

    def open(self, a: tuple[float, float], b: tuple[float, float], own: Box) -> bool:
        """Tell whether a line from `a` to `b` crosses nothing but `own`."""
        around = Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        return not any(
            other is not own and other.crossed(a, b) for cell in _cells(around) for other in self._cells.get(cell, ())
        )


def placed(dots: Sequence[Dot], within: Box, radius: float, *, reach: float = 0) -> list[Label | None]:
    """Return where the name of each dot goes, None where there is no room; lines are at most `reach` long.

    Names in a crowd choose first, for the others find room anyway. No name lies on another, on a dot or on a line.
    """
    own = [Box(dot.x - radius, dot.y - radius, dot.x + radius, dot.y + radius) for dot in dots]
    shelf = Shelf(own)
    found: list[Label | None] = [None] * len(dots)
    lines: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for i in sorted(range(len(dots)), key=lambda i: (-_crowd(dots, i), dots[i].y)):
        for label in _candidates(dots[i], radius, reach):
            if not within.holds(label.box) or not shelf.free(label.box, own[i]):
                continue
            if any(label.box.crossed(*line) for line in lines):
                continue
            if label.joint:
                line = ((dots[i].x, dots[i].y), label.joint)
                if not shelf.open(*line, own[i]) or any(_cross(line, other) for other in lines):
                    continue
                lines.append(line)
            shelf.take(label.box)
            found[i] = label
            break
    return found


def _candidates(dot: Dot, radius: float, reach: float) -> Iterator[Label]:
    """Yield places for a name, the best first."""
    gap = radius + 2
    for side, upright in _SIDES:
        near = gap * (0.75 if side and upright else 1)
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
    top = y - dot.height * (1 - dy) / 2
    return Box(left, top, left + dot.width, top + dot.height)


def _crowd(dots: Sequence[Dot], i: int) -> int:
    one = dots[i]
    return sum(
        abs(one.x - dot.x) < one.width and abs(one.y - dot.y) < _NEAR * one.height for dot in dots if dot is not one
    )


def _cross(
    one: tuple[tuple[float, float], tuple[float, float]], other: tuple[tuple[float, float], tuple[float, float]]
) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row
