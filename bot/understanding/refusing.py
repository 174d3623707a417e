"""Questions that cannot be answered: not clear, of more than we tell, or of what no source holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding.asking import OF_ONE_PLACE
from bot.understanding.location import goes_on, is_written_on
from bot.understanding.slots import Slots
from bot.understanding.spans import Span, Utterance
from knowledge.model import Query
from knowledge.names import is_thai

_LACKING = frozenset({"member", "join", "enter", "have", "learning_city", "province"})  # with "not": is no member
_OURS = frozenset({"member", "network", "learning_city", "gnlc"})
_BELONGING = _OURS | {"join", "enter"}
_BESIDE = frozenset({"yesno", "when", "aux", "year", "city", "province", "it", "and", "what_about", "do", "inside"})
_NAME = 3  # words of one name
_SHORTEST = 3  # letters of one
_FIGURES = 3
_NO_YEAR = 16  # two figures from here on may be a year


def asks_for_what_is_not_held(query: Query, features: frozenset[str]) -> bool:
    """Tell whether it is asked which countries came first in a year or came always, or which are no members."""
    filters = query.filters
    first = query.ask == "earliest" and (filters.years or "@year" in features) and "country" in features
    always = query.ask in ("list", "count") and query.subject == "countries" and "every_time" in features
    left_out = filters.not_years or filters.not_countries or filters.not_regions or filters.not_places
    whole = query.ask in ("list", "count") and not (
        left_out or filters.years or filters.places or query.threshold or query.alone or query.by_kind
    )
    lacking = bool(whole and "not" in features and "yesno" not in features)
    lacking = lacking and bool(features & _LACKING or query.subject == "countries")
    asks = features & {"which", "what", "how_many"} or query.subject == "countries"
    lacking = lacking or bool(whole and query.subject == "countries" and "none_of" in features)
    return bool((first and not filters.countries) or (always and not filters.years) or (lacking and asks))


def asks_more_than_we_tell(query: Query, features: frozenset[str]) -> bool:
    """Tell whether the reply would only be to a part of it: "in both years", "for the first time in that year"."""
    years = query.filters.years
    both = "both" in features and len(years) > 1 and query.ask in ("list", "count") and not query.in_each
    both = both and not query.filters.countries
    bounds = query.threshold is not None and len(years) > 1 and query.subject != "years" and not query.in_each
    only = query.subject == "countries" and query.ask == "list" and bool(years) and "exactly" in features
    only = only and not query.alone
    none = "none_of" in features and query.ask in ("list", "count") and query.subject != "cities"
    letter = (query.filters.initial or query.filters.country_initial) is not None and "not" in features
    of_years = "in_a_year" in features and query.threshold is not None and query.subject != "years"
    of_years = of_years and not query.in_one and query.filters.year is None
    return bool(both or bounds or only or none or letter or of_years)


def sets_bounds_twice(query: Query, utterance: Utterance) -> bool:
    """Tell whether bounds are not clear, are set to two things, or to a share, which cannot have them."""
    numbers = [s for s in utterance.spans if s.number is not None and len(s.key) < _FIGURES and s.number < _NO_YEAR]
    if any("not" in one.concepts and "since" in other.concepts for one, other in pairwise(utterance.spans)):
        return True  # "in 2020 and not since"
    if query.ask == "share":
        return bool(numbers) and "country" in utterance.concepts
    if query.intent != "threshold":
        return False
    denied = any("not" in one.concepts and other.number is not None for one, other in pairwise(utterance.spans))
    return denied or _counts_twice(utterance) or (query.threshold is None and bool(numbers) and query.ask != "table")


def asks_of_a_stranger(query: Query, utterance: Utterance, slots: Slots, features: frozenset[str]) -> bool:
    """Tell whether a question about one place names it by a word that is no name we know."""
    filters = slots.filters
    if query.topics or filters.initial or filters.country_initial:
        return False
    named = filters.places or filters.countries or filters.regions or filters.not_countries or filters.not_places
    if query.ask in OF_ONE_PLACE and is_written_on(utterance):
        return True
    of_one = query.ask in ("when", "where", "profile") and query.subject != "years"
    return bool(utterance.unknown) and not named and (of_one or (query.ask in OF_ONE_PLACE and "yesno" in features))


def asks_whether_a_stranger_belongs(utterance: Utterance, slots: Slots) -> bool:
    """Tell whether it is asked of nothing but a name we do not know whether or when it joined: "is Xyz a member"."""
    spans = utterance.spans
    begun = [span for at, span in enumerate(spans) if goes_on(utterance, at)]
    unknown = [span for span in spans if span.unknown or span in begun]
    words, named = _words(unknown), {entity.ref for span in begun for entity in span.entities}
    narrowed = replace(slots.filters, places=tuple(p for p in slots.filters.places if p not in named)).narrowed
    if not unknown or len(words) > _NAME or narrowed or slots.organisations:
        return False
    if any(all(span.everyday for span in word) or sum(len(span.key) for span in word) < _SHORTEST for word in words):
        return False
    at = [spans.index(span) for span in unknown]
    belongs = next((i for i, span in enumerate(spans) if span.concepts & _BELONGING), 0)
    whole = at[-1] - at[0] == len(at) - 1 and at[-1] < belongs
    said = utterance.concepts
    asks = said & {"yesno", "when"} or "aux" in spans[0].concepts
    belongs_to_us = said & _OURS or (said & _BELONGING and "unesco" in said)
    return bool(whole and asks and belongs_to_us and said <= _BELONGING | _BESIDE | {"unesco"})


def _words(unknown: Sequence[Span]) -> list[list[Span]]:
    """Return unknown spans by the word that they are written as: Thai that is no word falls into syllables."""
    words: list[list[Span]] = []
    for span in unknown:
        if words and is_thai(span.key[:1]) and words[-1][-1].end == span.start:
            words[-1].append(span)
        else:
            words.append([span])
    return words


def counts_the_unknown(utterance: Utterance, slots: Slots, features: frozenset[str]) -> bool:
    """Tell whether it is asked how many of something we know nothing about a place has."""
    return bool(slots.filters.places) and "how_many" in features and bool(utterance.unknown)


def asks_how_much(concepts: frozenset[str]) -> bool:
    """Tell whether nothing is asked but "how much?" or "how long?"."""
    return bool(concepts & {"how_many", "how_long"}) and concepts <= {"how_many", "how_long", "what_about", "and", "it"}


def _counts_twice(utterance: Utterance) -> bool:
    """Tell whether two numbers count something: "16 cities from 9 countries"."""
    nouns = {"city", "country", "member"}
    pairs = pairwise(utterance.spans)
    return (
        sum(one.number is not None and len(one.key) <= _FIGURES and bool(two.concepts & nouns) for one, two in pairs)
        > 1
    )
