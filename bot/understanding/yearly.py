"""What is asked of years one by one: those in which one country joined and another did not, bounds within a year."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from bot.understanding.asked import Asked
from bot.understanding.spans import Span, Utterance
from knowledge.model import Bounds, Query

_JOINING = frozenset({"enter", "join", "have", "new"})


def without_another(asked: Asked) -> Asked | None:
    """Return the question for the years in which one country had cities and another none: "X joined but Y did not"."""
    filters = asked.filters
    if filters.years or filters.places or not asked.says("when") or asked.says_any("neither", "both"):
        return None
    denied = filters.not_countries or _denied(asked.utterance)
    named = filters.countries - denied
    if len(denied) != 1 or len(named) != 1:
        return None
    return replace(asked, ask="rank", subject="years", filters=replace(filters, countries=named, not_countries=denied))


def within_a_year(asked: Asked) -> Asked | None:
    """Return the question for the years in which a country kept to a bound: "did it ever get more than three"."""
    filters = asked.filters
    bounded = asked.intent.name == "threshold" and asked.slots.bounds is not None
    one = len(filters.countries) == 1 and not (filters.years or filters.places)
    if not (bounded and one and asks_within_a_year(asked.features)) or asked.says_any("member", "network", "country"):
        return None
    return replace(asked, ask="rank", subject="years")


def asks_within_a_year(features: frozenset[str]) -> bool:
    """Tell whether what joined in some one year is meant, and not all members: "in one year", "did it ever get"."""
    return "in_a_year" in features or ("ever" in features and bool(features & _JOINING))


def bounds_of_years(query: Query) -> Bounds | None:
    """Return how many cities a year needs in which one country joined and another did not; None for other queries."""
    filters = query.filters
    apart = query.ask == "rank" and query.subject == "years" and filters.countries and filters.not_countries
    return Bounds(1) if apart else None


def _denied(utterance: Utterance) -> frozenset[str]:
    """Return the countries of which it is said that they did not: named right after a "not", or last before it."""
    denied, last = set[str](), frozenset[str]()
    for span, following in zip_longest(utterance.spans, utterance.spans[1:]):
        last = _countries(span) or last
        if "not" in span.concepts:
            denied |= (following and _countries(following)) or last
    return frozenset(denied)


def _countries(span: Span) -> frozenset[str]:
    return frozenset(entity.ref for entity in span.entities if entity.kind == "country")
