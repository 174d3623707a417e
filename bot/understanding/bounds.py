"""How many there have to be: "more than 3", "2 ถึง 3", "เกิน 5 แต่ไม่ถึง 10"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce

from bot.understanding.spans import Span
from knowledge.model import Bounds

_CUES = frozenset({"more_than", "fewer_than"})
_ONE = frozenset({"one", "exactly"})  # which say the number one: "just one city"
_REACH = 3  # spans between a cue and its number
_JOINING = frozenset({"until", "and", "or", "dash"})  # two ends: "2 to 3", "one or two"
_BETWEEN = _JOINING | {"city", "member", "neutral", "have", "between", "since", "exactly", "only"}


@dataclass(frozen=True, slots=True)
class _Said:
    """A number and the spans it is said in."""

    at: int
    number: int


def bounds_of(spans: Sequence[Span], years: Collection[int]) -> Bounds | None:
    """Return the bounds that `spans` set; None where they set none, or what they set is not clear.

    `years` are the spans that say a year.
    """
    numbers = [said for at, span in enumerate(spans) if at not in years and (said := _number(span, at))]
    if not any(spans[said.at].number is not None for said in numbers):
        numbers = [_Said(at, 1) for at, span in enumerate(spans) if span.concepts & _ONE][:1]
    cues = _assigned(spans, numbers)
    plain = [said for said in numbers if said.at not in cues]
    bounds = [_bounds(spans[cues[said.at]].concepts, said.number) for said in numbers if said.at in cues]
    if len(plain) == 1 and not bounds:
        bounds = [Bounds(plain[0].number, plain[0].number)]
    elif len(plain) == 2 and not bounds and _joined(spans[plain[0].at + 1 : plain[1].at]):
        least, most = sorted(said.number for said in plain)
        bounds = [Bounds(least, most)]
    elif plain or not bounds:
        return None
    return reduce(Bounds.meet, bounds)


def _number(span: Span, at: int) -> _Said | None:
    if span.number is not None:
        return _Said(at, span.number)
    return _Said(at, 1) if "one" in span.concepts else None


def _assigned(spans: Sequence[Span], numbers: Sequence[_Said]) -> dict[int, int]:
    """Return the cue that each number goes with: the nearest, of two the one before it."""
    found: dict[int, int] = {}
    for cue, span in enumerate(spans):
        if not span.concepts & _CUES:
            continue
        near = [said for said in numbers if abs(said.at - cue) <= _REACH]
        if near:
            nearest = min(near, key=lambda said: (abs(said.at - cue), said.at < cue))
            found.setdefault(nearest.at, cue)
    return found


def _bounds(cue: Collection[str], number: int) -> Bounds:
    if "more_than" in cue:
        return Bounds(number if "at_least" in cue else number + 1)
    return Bounds(0, number if "at_most" in cue else number - 1)


def _joined(between: Sequence[Span]) -> bool:
    said = frozenset().union(*(span.concepts for span in between))
    return not said or (bool(said & _JOINING) and all(span.concepts & _BETWEEN for span in between))
