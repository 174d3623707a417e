"""Pins and maps for the tests of pictures."""

from __future__ import annotations

from collections.abc import Iterable

from bot.pictures.sketch import CityMap, Pin


def pin(name: str, longitude: float, latitude: float, country: str = "TH", year: int = 2022) -> Pin:
    """Return a city to be shown."""
    return Pin(name, (longitude, latitude), year, country)


def city_map(pins: Iterable[Pin], title: str = "เมืองที่เข้าร่วม") -> CityMap:
    """Return a map of cities."""
    pins = tuple(pins)
    years = {one.year: str(one.year) for one in pins}
    return CityMap("heading", title, "subtitle", pins, years, "joined", "+{number}", "dots", ("source",), {})
