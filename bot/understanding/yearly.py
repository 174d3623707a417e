"""What is asked of years one by one: those in which one country joined and another did not, bounds within a year."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from bot.understanding.asked import Asked
from bot.understanding.spans import Span, Utterance
from knowledge.model import Bounds, Comparison, Query

_JOINING = frozenset({"enter", "join", "have", "new"})
_ASKING_WHEN = ("when", "together", "earliest", "difference", "list")
_TWO = 2  # countries that are compared


_TOGETHER = frozenset({"both", "together", "same"})


def years_of_two(asked: Asked) -> Asked | None:
    """Return the question for the years in which one country had more than another, or in which both had cities."""
    filters = asked.filters
    two = len(filters.countries) == _TWO and not filters.not_countries
    if not (two and _asks_which_years(asked)) or asked.says_any("not", "neither", "how_many", "most", "total"):
        return None
    if comparison := compared_by(asked.features):
        first = next(iter(_named(asked.utterance)), frozenset[str]())
        others = filters.countries - first
        if len(others) != 1 or (comparison == "same" and asked.says_any(*_TOGETHER - {"same"})):
            return None
        filters = replace(filters, countries=filters.countries - others, not_countries=others)
        return replace(asked, ask="rank", subject="years", filters=filters)
    if asked.says_any(*_TOGETHER) and asked.says_any(*_JOINING):
        return replace(asked, ask="rank", subject="years")
    return None


def compared_by(features: frozenset[str]) -> Comparison | None:
    """Return how two are compared: "more than", "fewer than", "as many as"."""
    if features & {"more", "more_than"}:
        return "more"
    if features & {"fewer", "fewer_than"}:
        return "fewer"
    return "same" if "same" in features else None


def without_another(asked: Asked) -> Asked | None:
    """Return the question for the years in which one country had cities and another none: "X joined but Y did not"."""
    filters = asked.filters
    if not _asks_which_years(asked) or asked.says_any("neither", "both"):
        return None
    denied = filters.not_countries or _denied(asked.utterance)
    named = filters.countries - denied
    if len(denied) != 1 or len(named) != 1:
        return None
    return replace(asked, ask="rank", subject="years", filters=replace(filters, countries=named, not_countries=denied))


def within_a_year(asked: Asked) -> Asked | None:
    """Return the question for the year with the most, or those in which a country kept to a bound."""
    filters = asked.filters
    ranks = asked.ask == "rank" and asked.says("in_a_year") and asked.says_any("most", "fewest")
    if ranks and not (filters.years or filters.places or asked.says("country")):
        return replace(asked, subject="years")  # "the most cities in a single round"
    bounded = asked.intent.name == "threshold" and asked.slots.bounds is not None
    one = len(filters.countries) == 1 and not (filters.years or filters.places)
    if not (bounded and one and asks_within_a_year(asked.features)) or asked.says_any("member", "network", "country"):
        return None
    return replace(asked, ask="rank", subject="years")


def asks_within_a_year(features: frozenset[str]) -> bool:
    """Tell whether what joined in some one year is meant, and not all members: "in one year", "did it ever get"."""
    return "in_a_year" in features or ("ever" in features and bool(features & _JOINING))


def rounds_taken_part_in(asked: Asked) -> Asked | None:
    """Return the question for the years in which a country had cities: "how many rounds had Thai cities"."""
    of_one = asked.intent.name == "threshold" and len(asked.filters.countries) == 1 and asked.slots.bounds is None
    if not of_one or not asked.says("how_many", "round") or asked.says_any("not", "none_of", "missed"):
        return None
    return replace(asked, ask="rank", subject="years")


def bounds_of_years(query: Query) -> Bounds | None:
    """Return how many cities a year needs in which two countries are compared; None for other queries."""
    filters = query.filters
    if query.ask != "rank" or query.subject != "years" or not filters.countries:
        return None
    if query.intent == "threshold" and query.threshold is None:
        return Bounds(1)  # any city will do
    together = query.intent in _ASKING_WHEN and len(filters.countries) > 1 and query.threshold is None
    return Bounds(1) if filters.not_countries or together else None


def _asks_which_years(asked: Asked) -> bool:
    """Tell whether it is years that are asked for, of no place and no one year."""
    filters = asked.filters
    which = asked.says("when") or (asked.says("which") and asked.says_any("year", "round"))
    return which and filters.year is None and not filters.places


def _named(utterance: Utterance) -> list[frozenset[str]]:
    """Return the countries that are named, in order."""
    return [named for span in utterance.spans if (named := _countries(span))]


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
