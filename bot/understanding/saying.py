"""What a stretch of a message says: whether it asks, names, dates or counts something."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.spans import Span

TOPICS = frozenset({"apply", "requirement", "benefit", "deadline", "administrative"})  # asked without an asking word
ASKING = frozenset({"which", "what", "how_many", "when", "where", "who", "why", "how"}) | TOPICS
_ASKING_AT_ALL = ASKING | {"wonders", "list", "tell", "yesno", "aux", "except", "not", "initial", "only", "correction"}
LISTING = frozenset({"how_many", "which", "list"})
OF_ONESELF = frozenset(  # what people say of themselves and of why they ask
    {"neutral", "filler", "schools", "budget", "mayor", "deadline", "next_call", "director_general", "area", "contact"}
    | {"inside", "have", "do", "tell", "greet", "thanks", "praise", "bot", "new", "toponym", "it", "help"}
)
_SALUTING = frozenset({"greet", "praise", "thanks", "neutral"})
LED = 4  # spans before an asking word; fewer belong to it
SAID = 3  # spans; a shorter part may be the topic of what follows
_YEAR = 4  # figures
_WEIGHTLESS = frozenset({"neutral", "what_about", "and", "greet", "thanks", "praise", "not", "have", "bot"})


def tells_of_the_asker(spans: Sequence[Span]) -> bool:
    """Tell whether a sentence only says who asks, or why: "I am a teacher in Derby"."""
    first = next((span for span in spans if not span.concepts <= _SALUTING), None)
    return first is not None and "myself" in first.concepts and not asks_at_all(spans) and not names_fully(spans)


def names_place(part: Sequence[Span]) -> bool:
    """Tell whether a part names a place."""
    return any(entity.kind == "place" for span in part for entity in span.entities)


def names_of_the_world(part: Sequence[Span]) -> bool:
    """Tell whether a part names a place, country or region."""
    return any(entity.kind != "organisation" for span in part for entity in span.entities)


def is_of_the_world(span: Span) -> bool:
    """Tell whether a span names a country or region."""
    return any(entity.kind in ("country", "region") for entity in span.entities)


def is_count(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a span may count something, and is no year."""
    return is_figure(spans[at]) and not (at and "year" in spans[at - 1].concepts)


def is_figure(span: Span) -> bool:
    """Tell whether a span is a number, and no year of four figures."""
    return span.number is not None and not (span.key.isdecimal() and len(span.key) == _YEAR)


def kinds_named(spans: Sequence[Span]) -> set[str]:
    """Return what is named: countries and regions, years."""
    years = any(span.number is not None and not is_count(spans, at) for at, span in enumerate(spans))
    named = any(map(is_of_the_world, spans))
    return {kind for kind, said in (("world", named), ("year", years)) if said}


def asks_at_all(spans: Sequence[Span]) -> bool:
    """Tell whether `spans` ask, wonder or want something, in whatever form."""
    begins, ends = ("what_about" in span.concepts for span in (spans[0], spans[-1]))
    asking = _ASKING_AT_ALL if names_something(spans) or "aux" in spans[0].concepts else _ASKING_AT_ALL - {"aux"}
    return begins or (ends and names_something(spans)) or bool(concepts_of(spans) & asking)


def names_something(spans: Sequence[Span]) -> bool:
    """Tell whether anything is named or numbered."""
    return any(span.entities or span.number is not None for span in spans)


def names_fully(spans: Sequence[Span]) -> bool:
    """Tell whether a part asks without an asking word: "Thai cities of 2022 and how to apply"."""
    return any(span.entities for span in spans) and any(span.number is not None for span in spans)


def asks(spans: Sequence[Span]) -> bool:
    """Tell whether there is a word that asks, or a topic that is asked about without one."""
    return any(span.concepts & ASKING for span in spans)


def says_more(spans: Sequence[Span]) -> bool:
    """Tell whether `spans` hold more than asking words."""
    return any(span.entities or span.number or span.concepts - ASKING - _WEIGHTLESS for span in spans)


def concepts_of(spans: Sequence[Span]) -> frozenset[str]:
    """Return all that is said in `spans`."""
    return frozenset().union(*(span.concepts for span in spans))
