"""Where on the picture a place lies: which part of the globe is shown, and how it is laid flat.

A small part of the world is shown as Mercator has it, a larger one as Miller, most of the globe as Patterson's Natural
Earth. The middle of the picture is that of the cities, so that an ocean is only cut where there are none. Longitudes
are taken relative to it, from -180 to 180.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Place = tuple[float, float]  # longitude and latitude, in degrees
Point = tuple[float, float]
Flat = Callable[[float, float], Point]  # radians to a plane, y upwards

_WORLD = 150.0  # degrees of longitude from which the earth is shown as round
_SMALL = 40.0  # degrees of latitude up to which Mercator keeps shapes
_LEAST, _LEAST_OF_ONE = 4.0, 24.0  # degrees of latitude that are always shown; around a single city more
_FLAT = 0.7  # of the least width: the least height
_MARGIN = 0.1  # of the cities' extent, on each side
_POLE = 85.0


@dataclass(frozen=True, slots=True)
class View:
    """A window on the globe, `width` by `height` units, as seen with `flat` from `middle` (degrees of longitude)."""

    flat: Flat
    middle: float
    scale: float
    left: float
    top: float
    width: float
    height: float
    west: float
    east: float
    south: float
    north: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Return where a place lies in the window."""
        return self.at((longitude - self.middle + 180) % 360 - 180, latitude)

    def at(self, relative: float, latitude: float) -> Point:
        """Return where a place lies whose longitude is given relative to the middle."""
        x, y = self.flat(math.radians(relative), math.radians(latitude))
        return x * self.scale - self.left, self.top - y * self.scale


def fitted(places: Sequence[Place], width: float, lowest: float, highest: float) -> View:
    """Return a view of `places`, `width` units wide and of a height from `lowest` to `highest`."""
    middle, span = _middle([longitude for longitude, _ in places])
    latitudes = [latitude for _, latitude in places]
    small = max(latitudes) - min(latitudes) <= _SMALL
    flat = natural if span >= _WORLD else mercator if small else miller
    around = [flat(math.radians((x - middle + 180) % 360 - 180), math.radians(y)) for x, y in places]
    least = math.radians(_LEAST if len(places) > 1 else _LEAST_OF_ONE) / math.cos(
        math.radians(sum(latitudes) / len(latitudes))
    )
    left, right = _range([x for x, _ in around], least)
    bottom, top = _range([y for _, y in around], least * _FLAT)
    height = min(max(width * (top - bottom) / (right - left), lowest), highest)
    scale = min(width / (right - left), height / (top - bottom))
    x, y = (left + right) / 2 * scale - width / 2, (top + bottom) / 2 * scale + height / 2
    return _view(flat, middle, scale, x, y, width, height)


def mercator(x: float, y: float) -> Point:
    """Return a place as Mercator has it: shapes are kept, sizes are not."""
    return x, math.log(math.tan(math.pi / 4 + y / 2))


def miller(x: float, y: float) -> Point:
    """Return a place as Miller has it: Mercator with the north less drawn out."""
    return x, 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * y))


def natural(x: float, y: float) -> Point:
    """Return a place as Patterson's Natural Earth has it: the globe with round sides."""
    y2 = y * y
    y4 = y2 * y2
    return (
        x * (0.8707 - 0.131979 * y2 + y4 * (-0.013791 + y4 * (0.003971 * y2 - 0.001529 * y4))),
        y * (1.007226 + y2 * (0.015085 + y4 * (-0.044475 + 0.028874 * y2 - 0.005916 * y4))),
    )


def _middle(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the middle of the shortest stretch that holds all longitudes, and its length."""
    ordered = sorted(longitude % 360 for longitude in longitudes)
    gaps = [(b - a, a) for a, b in zip(ordered, (*ordered[1:], ordered[0] + 360), strict=True)]
    gap, start = max(gaps)
    span = 360 - gap
    return (start + gap + span / 2 + 180) % 360 - 180, span


def _range(values: Sequence[float], least: float) -> Point:
    low, high = min(values), max(values)
    spread = max((high - low) * (1 + 2 * _MARGIN), least)
    return (low + high - spread) / 2, (low + high + spread) / 2


def _view(flat: Flat, middle: float, scale: float, left: float, top: float, width: float, height: float) -> View:
    """Return the view with the degrees it shows, and a few more."""
    beyond = 40 / scale
    south = _latitude(flat, (top - height) / scale - beyond)
    north = _latitude(flat, top / scale + beyond)
    narrow = min(flat(1, math.radians(latitude))[0] for latitude in (south, north))
    west = max(math.degrees((left / scale - beyond) / narrow), -180.0)
    east = min(math.degrees(((left + width) / scale + beyond) / narrow), 180.0)
    return View(flat, middle, scale, left, top, width, height, west, east, south, north)


def _latitude(flat: Flat, y: float) -> float:
    """Return the latitude that lies at `y`, in degrees, by halving."""
    low, high = -_POLE, _POLE
    for _ in range(30):
        middle = (low + high) / 2
        if flat(0, math.radians(middle))[1] < y:
            low = middle
        else:
            high = middle
    return low
