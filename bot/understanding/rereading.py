"""Words that mean another thing by where they stand: verbs that deny or describe, a "help" that only asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.lexicon import NEUTRAL
from bot.understanding.spans import Span
from knowledge.names import is_thai

_ASKED_FOR = frozenset({"city", "country", "member", "those", "region", "learning_city", "list"})
_ASKS_ON = frozenset({"list", "tell", "myself"})


def reread(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with each word read as what it means where it stands."""
    read = tuple(spans)
    for step in _STEPS:
        read = step(read)
    return read


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


def without_titles(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with a kind of place that we hold nothing of read as the title of the place named behind it.

    "How many districts has Phayao" asks for what is not held, "is the district of Si Satchanalai in it" does not.
    """
    return tuple(
        replace(span, concepts=frozenset({"neutral"})) if _is_title(span, spans[at + 1 : at + 2]) else span
        for at, span in enumerate(spans)
    )


def without_doubles(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with unknown Thai before a name in Latin letters read as the same name: "ซากาซิก Zagazig"."""
    read = list(spans)
    for at, span in enumerate(spans):
        named = span.exact and span.key.isascii() and any(entity.kind == "place" for entity in span.entities)
        before = at - 1
        while named and before >= 0 and spans[before].unknown and is_thai(spans[before].key[:1]):
            read[before] = replace(spans[before], concepts=frozenset({NEUTRAL}))
            before -= 1
    return tuple(read)


def _is_title(span: Span, after: Sequence[Span]) -> bool:
    places = any(entity.kind == "place" for following in after for entity in following.entities)
    return places and "part_title" in span.concepts


def without_clauses(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with the verb of what only describes those asked for read as no question: "cities that are …"."""
    return tuple(
        replace(span, concepts=span.concepts - {"aux"} | {"neutral"}) if _describes(spans, at) else span
        for at, span in enumerate(spans)
    )


def with_years_of_places(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans`, of a year that is said by who joined in it as "that year": "in the year Chiang Mai joined"."""
    return tuple(
        replace(span, concepts=span.concepts - {"year"} | {"that_year"}) if _is_year_of_a_place(spans, at) else span
        for at, span in enumerate(spans)
    )


def _is_year_of_a_place(spans: Sequence[Span], at: int) -> bool:
    if not spans[at].concepts & {"year", "round"} or spans[at].concepts & {"which", "when", "how_many"}:
        return False
    following = [span for span in spans[at + 1 :] if not span.concepts & {"neutral", "relative"}]
    named = bool(following) and any(entity.kind == "place" for entity in following[0].entities)
    return named and any(span.concepts & {"join", "enter"} for span in following[1:2])


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
    return "denies" in spans[at].concepts and asked and not placed


def _leaving_out(span: Span) -> Span:
    return replace(span, concepts=(span.concepts - {"aux"}) | {"except", "not"})


_STEPS = (without_courtesy, with_years_of_places, with_denials, without_clauses, without_titles, without_doubles)
