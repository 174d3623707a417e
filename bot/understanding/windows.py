"""Stretches of time that are counted and not named: "the last two rounds", "5 ปีที่ผ่านมา", "two years ago"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.understanding.lexicon import NEUTRAL
from bot.understanding.spans import Span
from knowledge.model import YearSpan

_LARGEST = 30  # a larger number counts no years or rounds back
_BESIDE = 2  # spans between a number and what says where it is counted from
_UNITS = {"round": "round", "recent_round": "round", "year": "year", "recent_year": "year", "last_year": "year"}
_RECENT = frozenset({"recent", "recent_round", "recent_year"})
_AGO = frozenset({"ago", "last_year"})

Window = tuple[YearSpan, frozenset[int]]


def find_window(spans: Sequence[Span], this_year: int, rounds: Sequence[int]) -> Window | None:
    """Return the years counted, and the spans that say so; None where none are.

    They are counted back from `this_year` (C.E.), or, where rounds are counted, in the years of `rounds`, in order.
    """
    for at, span in enumerate(spans):
        count = span.number if span.number is not None else 2 if "both" in span.concepts else 0
        if 0 < count <= _LARGEST and (window := _counted(spans, at, count, this_year, rounds)):
            return window
    return None


def _counted(spans: Sequence[Span], at: int, count: int, this_year: int, rounds: Sequence[int]) -> Window | None:
    following = spans[at + 1 : at + 1 + _BESIDE]
    unit = next(_units(following), None)
    if unit is None:
        return None
    beside = [*spans[max(0, at - _BESIDE) : at], *spans[at + 1 : at + 2 + _BESIDE]]
    said = frozenset().union(*(span.concepts for span in beside))
    used = frozenset({at})
    if unit == "year":
        if said & _AGO:
            return YearSpan(this_year - count, this_year - count), used
        return (YearSpan(this_year - count, None), used) if said & _RECENT else None
    if said & _RECENT:
        return YearSpan(rounds[-count:][0], rounds[-1]), used
    return (YearSpan(rounds[0], rounds[:count][-1]), used) if "earliest" in said else None


def _units(following: Sequence[Span]) -> Iterator[str]:
    """Yield what is counted: the noun after the number, with nothing between but what says "last" or "first"."""
    for span in following:
        yield from (unit for cue, unit in _UNITS.items() if cue in span.concepts)
        if not span.concepts & {"recent", "earliest", NEUTRAL, "new"}:
            return
