"""Words that mean another thing by where they stand: a verb that denies, and a "help" that only asks for something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.spans import Span

_ASKED_FOR = frozenset({"city", "country", "member", "those", "region", "learning_city", "list"})
_DENIES = "denies"
_ASKS_ON = frozenset({"list", "tell", "myself", "could", "could_you"})


def with_denials(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans`, of a verb that denies behind those asked for what leaves out ("which cities aren't Thai").

    In front it asks ("isn't Phuket in it?"), behind a place it says something of that.
    """
    return tuple(_leaving_out(span) if _denies(spans, at) else span for at, span in enumerate(spans))


def without_courtesy(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with the "help" that a request begins with read as politeness: "ช่วย list …", "help me find …"."""
    return tuple(
        replace(span, concepts=span.concepts - {"help"}) if _is_courtesy(spans, at) else span
        for at, span in enumerate(spans)
    )


def without_clauses(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with the verb of what only describes those asked for read as no question: "cities that are …"."""
    return tuple(
        replace(span, concepts=span.concepts - {"aux"} | {"neutral"}) if _describes(spans, at) else span
        for at, span in enumerate(spans)
    )


def _describes(spans: Sequence[Span], at: int) -> bool:
    described = at > 1 and (spans[at - 2].concepts & _ASKED_FOR or spans[at - 2].entities or spans[at - 2].number)
    return bool(described) and "aux" in spans[at].concepts and "relative" in spans[at - 1].concepts


def _is_courtesy(spans: Sequence[Span], at: int) -> bool:
    following = spans[at + 1].concepts if at + 1 < len(spans) else frozenset()
    return spans[at].concepts == {"help", "neutral"} and bool((not at and following) or following & _ASKS_ON)


def _denies(spans: Sequence[Span], at: int) -> bool:
    before = spans[:at]
    placed = any(entity.kind == "place" for span in before for entity in span.entities)
    asked = any(span.concepts & _ASKED_FOR or span.entities for span in before)
    return _DENIES in spans[at].concepts and asked and not placed


def _leaving_out(span: Span) -> Span:
    return replace(span, concepts=(span.concepts - {"aux"}) | {"except", "not"})
