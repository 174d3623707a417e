"""What pictures show, in words and numbers, free of the fact base: not drawn yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

# What draws is imported when something is drawn: fonts and outlines cost a start nothing.


class Sketch(Protocol):
    """A picture that is not drawn yet."""

    def draw(self) -> bytes:
        """Return the picture as PNG; callable in any thread. Raises DrawingError where the machine fails."""
        ...


@dataclass(frozen=True, slots=True)
class Pin:
    """A city to be shown: `place` is its longitude and latitude, `year` when it joined."""

    name: str
    place: tuple[float, float]
    year: int
    country: str


@dataclass(frozen=True, slots=True)
class CityMap:
    """A map of cities. Every text is in the chat's language.

    `years` words every year on it, `joined` what they are; `unnamed` tells of names left out ("{number}" is filled in),
    `dots_only` that there are too many for names; `countries` are names of countries by ISO code; `credits` are lines
    at the foot.
    """

    heading: str
    title: str
    subtitle: str
    pins: tuple[Pin, ...]
    years: Mapping[int, str]
    joined: str
    unnamed: str
    dots_only: str
    credits: tuple[str, ...]
    countries: Mapping[str, str]

    def draw(self) -> bytes:
        """Return the map as PNG; callable in any thread."""
        from bot.pictures.citymap import draw

        return draw(self)


@dataclass(frozen=True, slots=True)
class Bar:
    """A number to be shown: `held` of it by name. `figure` says it in words."""

    name: str
    held: int
    number: int
    figure: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one heading; `more` says what is left out."""

    heading: str
    bars: tuple[Bar, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The network in figures. Every text is in the chat's language; `key` explains dark and light bars."""

    heading: str
    title: str
    subtitle: str
    charts: tuple[Chart, ...]
    key: tuple[str, str]
    credits: tuple[str, ...]

    def draw(self) -> bytes:
        """Return the charts as PNG; callable in any thread."""
        from bot.pictures.charts import draw

        return draw(self)
