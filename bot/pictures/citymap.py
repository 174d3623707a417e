"""A map of cities, drawn: the map, closer views of where cities crowd, and the words around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.pictures import outlines, page
from bot.pictures.labels import Box, Dot
from bot.pictures.panel import Panel, style_for
from bot.pictures.projection import Place, View, fitted
from bot.pictures.sketch import CityMap, Pin

_LOWEST, _HIGHEST, _CLOSER = 400.0, 960.0, 400.0  # units of a map's height
_DOTS_ONLY = 130  # cities; on a map of more, names would only be in the way
_WHOLE_COUNTRY = 18.0  # degrees; a country no larger is shown whole
_INSETS, _CROWD = 4, 3  # closer views at most, and the fewest names that are worth one
_WINDOW = 0.2, 0.14  # of the map's width: what a closer view takes in, across and upwards
_TRIES = 4  # to take in a city that the frame of a closer view holds
_AROUND = 12.0  # units between a frame and the dots in it
_RAMP = ((0x1F, 0x3F, 0x9C), (0x8A, 0x2A, 0x8F), (0xDB, 0x3A, 0x49), (0xF2, 0x95, 0x27))  # first round to newest
_HALF = (page.WIDTH - page.GAP) / 2
_LETTERS = "ABCD"
_LETTER = Box(8, 8, 40, 40)  # where a closer view has its letter


def draw(city_map: CityMap) -> bytes:
    """Return the map as PNG."""
    colours = ramp(sorted(city_map.years))
    panels = plan(city_map.pins)
    drawn = [panel.draw(colours, city_map.countries) for panel in panels]
    for letter, panel, canvas in zip(_LETTERS, panels[1:], drawn[1:], strict=False):
        frame = _around(panels[0].view, panel.pins)
        drawn[0].frame(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, page.INK)
        page.badge(drawn[0], frame.left, frame.top, letter)
        page.badge(canvas, 24, 24, letter)
    nameless = sum(len(panel.nameless) for panel in panels)
    keys = [(colours[year], text) for year, text in sorted(city_map.years.items())]
    words = page.Words(city_map.heading, city_map.title, city_map.subtitle, city_map.credits)
    note = city_map.dots_only if len(city_map.pins) > _DOTS_ONLY else ""
    if nameless:
        note = city_map.unnamed.format(number=nameless)
    return page.compose(words, [("", city_map.joined), *keys] if len(keys) > 1 else [], note, drawn)


def plan(pins: Sequence[Pin]) -> list[Panel]:
    """Return the maps to draw: one of all cities, then closer views of the crowds in it."""
    view = fitted(_extent(pins), page.WIDTH, _LOWEST, _HIGHEST)
    if len(pins) > _DOTS_ONLY:
        return [Panel(view, pins, style_for(len(pins)), frozenset(pins))]
    whole = Panel(view, pins, style_for(len(pins)))
    closer = closer_views(whole)
    if not closer:
        return [whole]
    within = frozenset(pin for panel in closer for pin in panel.pins)
    frames = [_around(view, panel.pins) for panel in closer]
    return [Panel(view, pins, style_for(len(pins)), within, [*frames, *map(_badge, frames)]), *closer]


def closer_views(whole: Panel) -> list[Panel]:
    """Return closer views of where names have found no room, the largest crowd first; no two show the same."""
    left = {pin: whole.dot_of(pin) for pin in whole.nameless}
    views: list[Panel] = []
    while len(views) < _INSETS and len(crowd := _crowd(whole, left)) >= _CROWD:
        panel = _closer(crowd, whole, _HALF)
        if not _meets(whole, panel, views):
            views.append(panel)
        left = {pin: dot for pin, dot in left.items() if pin not in crowd and pin not in panel.pins}
    if len(views) % 2:
        wide = _closer(views[-1].pins, whole, page.WIDTH)
        views[-1:] = [] if _meets(whole, wide, views[:-1]) else [wide]
    return views


def _crowd(whole: Panel, left: Mapping[Pin, Dot]) -> list[Pin]:
    """Return the most cities of `left` that are near one of them."""
    x, y = (part * whole.view.width / 2 for part in _WINDOW)
    near = (
        [pin for pin, dot in left.items() if abs(dot.x - o.x) <= x and abs(dot.y - o.y) <= y] for o in left.values()
    )
    return max(near, key=len, default=[])


def _meets(whole: Panel, panel: Panel, others: Sequence[Panel]) -> bool:
    frame = _around(whole.view, panel.pins)
    return any(frame.meets(_around(whole.view, other.pins)) for other in others)


def ramp(years: Sequence[int]) -> dict[int, str]:
    """Return a colour for each year, from the first to the newest."""
    if len(years) == 1:
        return {years[0]: "#d23b33"}
    return {year: _blend(number / (len(years) - 1)) for number, year in enumerate(years)}


def _blend(part: float) -> str:
    at = min(int(part * (len(_RAMP) - 1)), len(_RAMP) - 2)
    between = part * (len(_RAMP) - 1) - at
    mixed = (round(a + (b - a) * between) for a, b in zip(_RAMP[at], _RAMP[at + 1], strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _closer(crowd: Sequence[Pin], whole: Panel, width: float) -> Panel:
    """Return a closer view of a crowd, `width` units wide, with every city that it shows or its frame holds."""
    inside = list(crowd)
    for _ in range(_TRIES):
        view = fitted([pin.place for pin in inside], width, _CLOSER, _CLOSER)
        shown = [pin for pin in whole.pins if _shows(view, pin)]
        frame = _around(whole.view, shown)
        dots = zip(whole.pins, whole.dots, strict=True)
        missed = [pin for pin, dot in dots if pin not in shown and frame.holds(Box(dot.x, dot.y, dot.x, dot.y))]
        if not missed:
            break
        inside = [*shown, *missed]
    return Panel(view, shown, style_for(len(shown)), taken=[_LETTER])


def _shows(view: View, pin: Pin) -> bool:
    x, y = view.point(*pin.place)
    return _AROUND <= x <= view.width - _AROUND and _AROUND <= y <= view.height - _AROUND


def _around(view: View, pins: Sequence[Pin]) -> Box:
    points = [view.point(*pin.place) for pin in pins]
    (left, right), (top, bottom) = ((min(p[i] for p in points), max(p[i] for p in points)) for i in (0, 1))
    return Box(left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND)


def _badge(frame: Box) -> Box:
    return Box(frame.left - 14, frame.top - 14, frame.left + 14, frame.top + 14)


def _extent(pins: Sequence[Pin]) -> list[Place]:
    """Return places that a map of `pins` has to show: these, and the corners of a country that they all lie in."""
    places = [pin.place for pin in pins]
    countries = {pin.country for pin in pins}
    rings = outlines.load("world").rings.get(countries.pop(), []) if len(countries) == 1 else []
    boxes = sorted((ring.box for ring in rings), key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    if boxes and max(boxes[-1][2] - boxes[-1][0], boxes[-1][3] - boxes[-1][1]) <= _WHOLE_COUNTRY:
        west, south, east, north = boxes[-1]
        places += [(west, south), (east, north)]
    return places
