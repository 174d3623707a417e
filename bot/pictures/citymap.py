"""A map of cities: what it shows, and how it is drawn."""

from __future__ import annotations

from bot.pictures import lettering, outlines
from bot.pictures.canvas import Canvas
from bot.pictures.labels import Box, Dot, placed
from bot.pictures.projection import View, fitted
from bot.pictures.sketch import CityMap

WIDTH = 800.0
_LOWEST, _HIGHEST = 430.0, 960.0  # units of the map itself
_MARGIN = 28.0
SEA, LAND, TINTED, BORDER, COAST = "#d5e6ef", "#f6f3ea", "#e9efd3", "#c3bda9", "#9fb6c3"
INK, QUIET, PAPER = "#14263d", "#5d6b7a", "#ffffff"
_FIRST, _LAST = (0x0B, 0x5F, 0xA5), (0xE0, 0x4E, 0x1B)


def draw(city_map: CityMap) -> bytes:
    """Return the map as PNG."""
    view = fitted([pin.place for pin in city_map.pins], WIDTH, _LOWEST, _HIGHEST)
    inner = Canvas(view.width, view.height, SEA)
    _land(inner, view, {pin.country for pin in city_map.pins})
    size = 19 if len(city_map.pins) <= 40 else 17
    dots = _dots(city_map, view, size)
    names = placed(dots, Box(6, 6, view.width - 6, view.height - 6), 7, reach=90)
    for dot, label in zip(dots, names, strict=True):
        if label and label.joint:
            inner.lines([[(dot.x, dot.y), label.joint]], INK, 1.2)
    for dot in dots:
        inner.dot(dot.x, dot.y, 6, "#d6402b", PAPER)
    for pin, label in zip(city_map.pins, names, strict=True):
        if label:
            y = label.box.top + size * lettering.ASCENT
            inner.text(label.box.left, y, pin.name, size, INK, halo=PAPER)
    head = 110.0
    foot = 20.0 * len(city_map.credits) + 20
    canvas = Canvas(WIDTH, head + view.height + foot, PAPER)
    canvas.text(_MARGIN, 52, city_map.title, 34, INK, bold=True)
    canvas.text(_MARGIN, 86, city_map.subtitle, 21, QUIET)
    canvas.put(0, head, inner)
    for number, line in enumerate(city_map.credits):
        canvas.text(_MARGIN, head + view.height + 24 + 20 * number, line, 14, QUIET)
    return canvas.png()


def _dots(city_map: CityMap, view: View, size: float) -> list[Dot]:
    height = size * (lettering.ASCENT + lettering.DESCENT)
    return [Dot(*view.point(*pin.place), lettering.width(pin.name, size), height) for pin in city_map.pins]


def _land(canvas: Canvas, view: View, tinted: set[str]) -> None:
    world = outlines.of_view(view)
    for code, rings in world.rings.items():
        canvas.area(outlines.areas(rings, view), TINTED if code in tinted else LAND)
    canvas.lines(outlines.strokes(world.borders, view), BORDER, 0.9)
    canvas.lines(outlines.strokes(world.coasts, view), COAST, 0.9)
