"""A map of cities, drawn: the map, closer views of it, and the words around them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures import closer, outlines, page
from bot.pictures.panel import Panel, style_for
from bot.pictures.projection import Place, fitted
from bot.pictures.sketch import CityMap, Pin

_LOWEST, _HIGHEST = 400.0, 960.0  # units of a map's height
_DOTS_ONLY = 130  # cities; on a map of more, names would only be in the way
_WHOLE_COUNTRY = 18.0  # degrees; a country no larger is shown whole
_BESIDE = 8.0  # degrees; of a larger one so much is shown around its cities
_RAMP = ((0x1F, 0x3F, 0x9C), (0x8A, 0x2A, 0x8F), (0xDB, 0x3A, 0x49), (0xF2, 0x95, 0x27))  # first round to newest
_LETTERS = "ABCD"


def draw(city_map: CityMap) -> bytes:
    """Return the map as PNG."""
    colours = ramp(sorted(city_map.years))
    panels = plan(city_map.pins)
    drawn = [panel.draw(colours, city_map.countries) for panel in panels]
    for letter, panel, canvas in zip(_LETTERS, panels[1:], drawn[1:], strict=False):
        frame = closer.frame(panels[0].view, panel.pins)
        drawn[0].frame(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, page.INK)
        page.badge(drawn[0], frame.left, frame.top, letter)
        page.badge(canvas, *closer.corner(panel.view, panel.pins).middle, letter)
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
    views = closer.views(whole)
    if not views:
        return [whole]
    within = frozenset(pin for panel in views for pin in panel.pins)
    frames = [closer.frame(view, panel.pins) for panel in views]
    return [Panel(view, pins, style_for(len(pins)), within, [*frames, *map(closer.badge, frames)]), *views]


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


def _extent(pins: Sequence[Pin]) -> list[Place]:
    """Return places that a map of `pins` has to show: these, and the country that they all lie in, or some of it."""
    places = [pin.place for pin in pins]
    countries = {pin.country for pin in pins}
    rings = outlines.load("world").rings.get(countries.pop(), []) if len(countries) == 1 else []
    boxes = sorted((ring.box for ring in rings), key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    if not boxes:
        return places
    west, south, east, north = boxes[-1]
    if max(east - west, north - south) > _WHOLE_COUNTRY:
        if len(set(places)) == 1:
            return places
        x, y = [x if x >= west else x + 360 for x, _ in places], [y for _, y in places]
        west, south = max(west, min(x) - _BESIDE), max(south, min(y) - _BESIDE)
        east, north = min(east, max(x) + _BESIDE), min(north, max(y) + _BESIDE)
    return [*places, (west, south), (east, north)]
