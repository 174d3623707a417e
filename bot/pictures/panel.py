"""One map of a picture: land, borders, cities and their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.pictures import lettering, names, outlines
from bot.pictures.canvas import Canvas
from bot.pictures.labels import Box, Dot, Label, Shelf, placed
from bot.pictures.projection import Point, View
from bot.pictures.sketch import Pin

SEA, LAND, TINTED, BORDER, COAST = "#d6e7f0", "#f7f4ec", "#e8efd4", "#c9c3b0", "#9db7c5"
INK, PAPER, COUNTRY = "#14263d", "#ffffff", "#8d8a70"
_LINE = 0.7  # units; a thin line is drawn far faster than one of several pixels
_EDGE = 6.0  # units that names keep from the frame
_REACH = 90.0  # of the lines from dots to names
_NAMED_LAND = 60.0  # degrees; on wider maps countries go without names
_AIR = 4.0  # units beside the name of a country
_LEAST_GAP = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes: of names, of dots, and of countries' names."""

    text: float
    dot: float
    country: float = 19.0  # with cities on the map
    neighbour: float = 15.0


def style_for(number: int) -> Style:
    """Return sizes that suit a number of cities."""
    if number <= 15:
        return Style(20, 7)
    return Style(18, 6) if number <= 60 else Style(17, 5) if number <= 120 else Style(16, 4)


class Panel:
    """A map of `pins` in a view; those in `unnamed` are dots without a name, and no name goes into `taken`."""

    def __init__(
        self,
        view: View,
        pins: Sequence[Pin],
        style: Style,
        unnamed: frozenset[Pin] = frozenset(),
        taken: Sequence[Box] = (),
    ) -> None:
        self.view, self.pins, self.style = view, pins, style
        self.frame = Box(_EDGE, _EDGE, view.width - _EDGE, view.height - _EDGE)
        self._shelf = Shelf(taken)
        self.dots = [self._dot(pin, pin not in unnamed) for pin in pins]
        self.labels: list[Label | None] = placed(
            self.dots, self.frame, style.dot + _LEAST_GAP, self._shelf, reach=_REACH
        )

    @property
    def nameless(self) -> list[Pin]:
        """The cities whose name has found no room."""
        return [
            pin for pin, dot, label in zip(self.pins, self.dots, self.labels, strict=True) if dot.width and not label
        ]

    def dot_of(self, pin: Pin) -> Dot:
        """Return where a city of the map is."""
        return self.dots[self.pins.index(pin)]

    def draw(self, colours: Mapping[int, str], countries: Mapping[str, str]) -> Canvas:
        """Return the map, with dots in the colour of their year and the names of countries."""
        canvas = Canvas(self.view.width, self.view.height, SEA)
        self._land(canvas, countries)
        for dot, label in zip(self.dots, self.labels, strict=True):
            if label and label.joint:
                canvas.lines([[(dot.x, dot.y), label.joint]], INK, 1.1)
        for pin, dot in sorted(zip(self.pins, self.dots, strict=True), key=lambda pair: pair[0].year):
            canvas.dot(dot.x, dot.y, self.style.dot, colours[pin.year], PAPER)
        for pin, label in zip(self.pins, self.labels, strict=True):
            if label:
                base = label.box.top + lettering.reach(pin.name, self.style.text)[0]
                canvas.text(label.box.left, base, pin.name, self.style.text, INK, halo=PAPER)
        return canvas

    def _dot(self, pin: Pin, named: bool) -> Dot:
        size = self.style.text
        rise, drop = lettering.reach(pin.name, size)
        middle = size * lettering.MIDDLE
        width = lettering.width(pin.name, size) if named else 0
        return Dot(*self.view.point(*pin.place), width, rise - middle, drop + middle)

    def _land(self, canvas: Canvas, countries: Mapping[str, str]) -> None:
        own = {pin.country for pin in self.pins}
        world = outlines.of_view(self.view)
        shown = {code: outlines.areas(rings, self.view) for code, rings in world.rings.items()}
        canvas.area([ring for rings in shown.values() for ring in rings], LAND)
        canvas.area([ring for code in own for ring in shown.get(code, ())], TINTED)
        canvas.lines(outlines.strokes(world.borders, self.view), BORDER, _LINE)
        canvas.lines(outlines.strokes(world.coasts, self.view), COAST, _LINE)
        if self.view.east - self.view.west <= _NAMED_LAND:
            for code in sorted(shown, key=lambda code: (code not in own, code)):
                if rings := shown[code]:
                    size = self.style.country if code in own else self.style.neighbour
                    self._name(canvas, countries.get(code, ""), size, rings)

    def _name(self, canvas: Canvas, name: str, size: float, rings: Sequence[Sequence[Point]]) -> None:
        rise, drop = lettering.reach(name, size)
        width = lettering.width(name, size) + 2 * _AIR
        if name and (box := names.spot(rings, width, rise + drop, self.frame, self._shelf)):
            self._shelf.take(box)
            canvas.text(box.left + _AIR, box.top + rise, name, size, COUNTRY)
