"""Closer views of where cities crowd, for the names that find no room on the map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bot.pictures import page
from bot.pictures.labels import Box, Dot
from bot.pictures.panel import Panel, style_for
from bot.pictures.projection import View, fitted
from bot.pictures.sketch import Pin

_HEIGHT = 400.0  # units
_HALF = (page.WIDTH - page.GAP) / 2
_MOST = 4  # closer views
_CROWD, _LOST = 3, 20  # the fewest cities that are worth one, where one name in so many has found no room
_MANY = 14  # cities; a closer view of more is as wide as the picture
_CLOSE = 24.0  # units between cities that crowd each other
_WINDOW = 0.2, 0.14  # of the map's width: what a closer view takes in, across and upwards
_TRIES = 4  # to take in a city that the frame of a closer view holds
_AROUND = 12.0  # units between a frame and the dots in it
_EDGE, _LETTER = 8.0, 32.0  # units: a letter's distance from the corner of a closer view, and its size


def views(whole: Panel) -> list[Panel]:
    """Return closer views of where names have found no room, the largest crowd first; no two show the same."""
    left = {pin: whole.dot_of(pin) for pin in whole.nameless}
    found: list[Panel] = []
    while left and len(found) < _MOST:
        nameless, crowd = _crowd(whole, left)
        if len(crowd) < _CROWD or len(nameless) * _LOST < len(whole.pins):
            break
        panel = _closer(crowd, whole, _HALF)
        if len(panel.pins) > _MANY:
            panel = _closer(crowd, whole, page.WIDTH)
        if not _meets(whole, panel, found):
            found.append(panel)
        left = {pin: dot for pin, dot in left.items() if pin not in nameless and pin not in panel.pins}
    found.sort(key=lambda panel: -panel.view.width)
    if sum(panel.view.width == _HALF for panel in found) % 2:
        wide = _closer(found[-1].pins, whole, page.WIDTH)
        found[-1:] = [] if _meets(whole, wide, found[:-1]) else [wide]
    return found


def _crowd(whole: Panel, left: Mapping[Pin, Dot]) -> tuple[list[Pin], list[Pin]]:
    """Return the most cities of `left` that are near one of them, and these with those that crowd them."""
    x, y = (part * whole.view.width / 2 for part in _WINDOW)
    near = (
        [pin for pin, dot in left.items() if abs(dot.x - o.x) <= x and abs(dot.y - o.y) <= y] for o in left.values()
    )
    best = max(near, key=len)
    return best, [
        pin
        for pin, dot in zip(whole.pins, whole.dots, strict=True)
        if any(math.dist((dot.x, dot.y), (left[one].x, left[one].y)) <= _CLOSE for one in best)
    ]


def _meets(whole: Panel, panel: Panel, others: Sequence[Panel]) -> bool:
    own = frame(whole.view, panel.pins)
    return any(own.meets(frame(whole.view, other.pins)) for other in others)


def _closer(crowd: Sequence[Pin], whole: Panel, width: float) -> Panel:
    """Return a closer view of a crowd, `width` units wide, with every city that it shows or its frame holds."""
    inside = list(crowd)
    for _ in range(_TRIES):
        view = fitted([pin.place for pin in inside], width, _HEIGHT, _HEIGHT)
        shown = [pin for pin in whole.pins if _shows(view, pin)]
        held = frame(whole.view, shown)
        dots = zip(whole.pins, whole.dots, strict=True)
        missed = [pin for pin, dot in dots if pin not in shown and held.holds(Box(dot.x, dot.y, dot.x, dot.y))]
        if not missed:
            break
        inside = [*shown, *missed]
    return Panel(view, shown, style_for(len(shown)), taken=[corner(view, shown)])


def _shows(view: View, pin: Pin) -> bool:
    x, y = view.point(*pin.place)
    return _AROUND <= x <= view.width - _AROUND and _AROUND <= y <= view.height - _AROUND


def frame(view: View, pins: Sequence[Pin]) -> Box:
    """Return the frame that shows in `view` which cities a closer view is of."""
    points = [view.point(*pin.place) for pin in pins]
    (left, right), (top, bottom) = ((min(p[i] for p in points), max(p[i] for p in points)) for i in (0, 1))
    return Box(left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND)


def corner(view: View, pins: Sequence[Pin]) -> Box:
    """Return where a closer view has its letter: in the first corner without a city."""
    far_x, far_y = view.width - _EDGE - _LETTER, view.height - _EDGE - _LETTER
    corners = [Box(x, y, x + _LETTER, y + _LETTER) for y in (_EDGE, far_y) for x in (_EDGE, far_x)]
    points = [view.point(*pin.place) for pin in pins]
    free = [one for one in corners if not any(one.meets(Box(x, y, x, y), _AROUND) for x, y in points)]
    return (free or corners)[0]


def badge(held: Box) -> Box:
    """Return where a frame has its letter."""
    return Box(held.left - 14, held.top - 14, held.left + 14, held.top + 14)
