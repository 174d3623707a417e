"""Where the name of a country goes on a map: within its borders, and clear of the cities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.pictures.labels import Box, Shelf
from bot.pictures.projection import Point

_ROWS = 12  # heights at which a name is tried
_POINTS = 240  # of a border that are looked at
_STEPS = 5  # places along a row


def spot(rings: Sequence[Sequence[Point]], width: float, height: float, within: Box, shelf: Shelf) -> Box | None:
    """Return a free box of `width` by `height` in the largest of `rings`, as near to its middle as can be."""
    if not rings:
        return None
    ring = max(rings, key=_area)
    ring = ring[:: max(1, len(ring) // _POINTS)]
    top = max(min(y for _, y in ring), within.top) + height / 2
    bottom = min(max(y for _, y in ring), within.bottom) - height / 2
    if bottom <= top:
        return None
    middle = _middle(ring)
    found = []
    for row in range(_ROWS + 1):
        y = top + (bottom - top) * row / _ROWS
        for x in _centres(ring, y, width, height, within):
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if shelf.free(box):
                found.append(((x - middle[0]) ** 2 + (y - middle[1]) ** 2, box))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _centres(ring: Sequence[Point], y: float, width: float, height: float, within: Box) -> Iterator[float]:
    """Yield where a name of that size may have its middle at the height `y`."""
    rows = [list(_stretches(ring, at)) for at in (y - height / 2, y, y + height / 2)]
    for left, right in rows[1]:
        for above in rows[0]:
            for below in rows[2]:
                low = max(left, above[0], below[0], within.left) + width / 2
                high = min(right, above[1], below[1], within.right) - width / 2
                if low <= high:
                    yield from (low + (high - low) * step / (_STEPS - 1) for step in range(_STEPS))


def _stretches(ring: Sequence[Point], y: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where the ring is at the height `y`."""
    crossings = []
    before = ring[-1]
    for point in ring:
        if (before[1] > y) != (point[1] > y):
            crossings.append(before[0] + (y - before[1]) / (point[1] - before[1]) * (point[0] - before[0]))
        before = point
    crossings.sort()
    yield from zip(crossings[::2], crossings[1::2], strict=False)


def _middle(ring: Sequence[Point]) -> Point:
    """Return the centre of gravity of what a ring holds."""
    x = y = whole = 0.0
    for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
        part = a[0] * b[1] - b[0] * a[1]
        x, y, whole = x + (a[0] + b[0]) * part, y + (a[1] + b[1]) * part, whole + part
    return (x / whole / 3, y / whole / 3) if whole else ring[0]


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)))
