"""Spans to slots: what the question is narrowed to, and what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypedDict

from bot.understanding.bounds import bounds_of
from bot.understanding.lexicon import NEUTRAL
from bot.understanding.naming import find_names, is_either, places_of, refs
from bot.understanding.spans import Span, Utterance
from bot.understanding.years import YearSlots, find_years
from knowledge.model import NO_FILTERS, Bounds, Filters, only

_INITIALLED = ("city", "country")
_COUNTED = frozenset({"city", "country", "member", "learning_city"})
_CONFIRMED = "yesno"  # "nine, right?"
_BESIDE = 3  # spans
_BEFORE_NOUN = frozenset({"new", NEUTRAL, "other", "only", "exactly"})  # stand between a number and what it counts
_REQUESTING = frozenset({"list", "tell", "which"})
_GOALS = range(1, 18)
_OF_A_PART = 30  # cities or countries; a larger number counts all of the network, or of a round
_SMALL = 10  # cities; fewer name no round by themselves
_WORDS_OF_ONE_LETTER = "ai"
_LETTERING = frozenset({"along", "inside", "forth"})
_LETTERED = frozenset({"city", "country", "member", "those"})
_LETTERS_BEHIND = 5  # tokens behind "starting with"


class Initials(TypedDict):
    """The first letters of names that are asked for; those of one kind at most."""

    initial: str | None
    country_initial: str | None


@dataclass(frozen=True, slots=True)
class Slots:
    """What a message names.

    `bounds` are those of a number of cities, for a question that asks which keep to them. `claimed` is a number of
    cities, or of countries, that is taken for granted; `of_round` tells that the year was named by its number of
    cities ("the 77"), `choice` that one of two numbers is said to be right ("54 or 55"). `figures` are the
    numbers that are said and are no years.
    """

    filters: Filters = NO_FILTERS
    organisations: tuple[str, ...] = ()
    goals: frozenset[int] = frozenset()
    number: int | None = None
    bounds: Bounds | None = None
    claimed: int | None = None
    claims_countries: bool = False
    of_round: bool = False
    choice: bool = False
    figures: frozenset[int] = frozenset()

    @property
    def figure(self) -> int | None:
        """The number of cities or countries that is said of all of the network, too large for a part of it."""
        ends = (self.bounds.least, self.bounds.most or 0) if self.bounds else ()
        said = max((self.claimed or 0, *ends))
        return said if said > _OF_A_PART and not self.filters.narrowed else None

    @property
    def of_all(self) -> bool:
        """Tell whether a number is said beside nothing but years, and too large for a part of the network."""
        return not self.filters.narrowed and max(self.figures, default=0) > _OF_A_PART

    @property
    def named(self) -> bool:
        """Tell whether any place, country, region, organisation or year was named."""
        return self.filters != NO_FILTERS or bool(self.organisations)


def find_slots(
    utterance: Utterance,
    this_year: int,
    rounds: Mapping[tuple[str, int], int],
    every_round: Sequence[int],
    region_of: Mapping[str, str | None],
) -> Slots:
    """Return the slots of `utterance`.

    `this_year` (C.E.) is what "this year" means. `rounds` gives the round that a number of new cities, of the
    world or of a region, stands for: "the 77 cities" are those of 2022. `every_round` are the years of rounds,
    `region_of` the region of each country.
    """
    spans = utterance.spans
    years = spoken = find_years(spans, this_year, frozenset(rounds.values()), every_round)
    goals, number = _numbers(spans, years.used)
    named, excluded, organisations = find_names(spans)
    places = places_of(named)
    years, number = _round_of_number(spans, years, number, frozenset(refs(named, "region")), rounds)
    countries, regions = frozenset(refs(named, "country")), frozenset(refs(named, "region"))
    inside = all(region_of.get(country) in regions for country in countries)
    filters = Filters(
        years=years.spans,
        not_years=years.excluded,
        countries=countries,
        regions=regions,
        places=tuple(place.ref for place in places),
        not_countries=frozenset(refs(excluded, "country")),
        not_regions=frozenset(refs(excluded, "region")),
        not_places=frozenset(place.ref for place in places_of(excluded)),
        **initials(utterance),
        either=bool(countries and regions) and is_either(utterance, inside),
    )
    of_round = years.spans != spoken.spans
    choice = _is_choice(spans, years.used)
    bounds = bounds_of(spans, years.used)
    said = frozenset(s.number for at, s in enumerate(spans) if s.number is not None and at not in spoken.used)
    return Slots(filters, organisations, goals, number, bounds, *_claimed(spans, years), of_round, choice, said)


def _round_of_number(
    spans: Sequence[Span],
    years: YearSlots,
    number: int | None,
    regions: frozenset[str],
    rounds: Mapping[tuple[str, int], int],
) -> tuple[YearSlots, int | None]:
    """Return the years and the number left over, with a year that is only named by its number of cities."""
    scopes = ("world", *sorted(regions))
    for at, span in enumerate(spans):
        if span.number is not None and at not in years.used and not _is_bound(spans, at):
            for scope in scopes:
                year = rounds.get((scope, span.number))
                said = only(year) if year else ()
                left = None if number == span.number else number
                if year and not years.spans and span.number > _SMALL:
                    return replace(years, spans=said, used=years.used | {at}), left
                if said and years.spans == said and not _counts_countries(spans, at):
                    return replace(years, used=years.used | {at}), left  # "the 13 of 2022" says it twice
    return years, number


def _counts_countries(spans: Sequence[Span], at: int) -> bool:
    return any("country" in span.concepts for span in spans[at + 1 : at + 2])


def _is_choice(spans: Sequence[Span], years: frozenset[int]) -> bool:
    """Tell whether one of two numbers is to be chosen: "is it 54 or 55"."""
    numbers = [at for at, span in enumerate(spans) if span.number is not None and at not in years]
    between = (spans[one + 1 : other] for one, other in pairwise(numbers))
    return any("or" in frozenset().union(*(s.concepts for s in part)) and len(part) <= _BESIDE for part in between)


def _is_bound(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a number is a bound ("at least 64")."""
    around = (*spans[max(0, at - 2) : at], *spans[at + 1 : at + 3])
    return any(span.concepts & {"more_than", "fewer_than"} for span in around)


def _claimed(spans: Sequence[Span], years: YearSlots) -> tuple[int | None, bool]:
    """Return the number that stands before "cities" or "countries", and whether it is of countries.

    It is one that is said of what the question narrows to, and not one asked for ("name three").
    """
    named = [at for at, span in enumerate(spans) if any(entity.kind != "organisation" for entity in span.entities)]
    for at, span in enumerate(spans[:-1]):
        noun = next((one for one in spans[at + 1 :] if not (one.entities or one.concepts & _BEFORE_NOUN)), span)
        requested = at > 0 and bool(spans[at - 1].concepts & _REQUESTING)
        confirmed = _CONFIRMED in spans[at + 1].concepts
        if span.number is None or at in years.used or requested or not (noun.concepts & _COUNTED or confirmed):
            continue
        near = not named or any(abs(name - at) <= _BESIDE for name in named)
        return (span.number, "country" in noun.concepts) if near else (None, False)
    return None, False


def _numbers(spans: Sequence[Span], years: frozenset[int]) -> tuple[frozenset[int], int | None]:
    """Return the goals named by number and the last other number below a hundred."""
    goals: set[int] = set()
    number: int | None = None
    goal_follows = False
    for at, span in enumerate(spans):
        if span.number is None:
            goal_follows = "sdg" in span.concepts or (goal_follows and bool(span.concepts & {"and", "or", "neutral"}))
        elif at in years:
            goal_follows = False
        elif goal_follows and span.number in _GOALS:
            goals.add(span.number)
        elif span.number < 100 and not _is_of_a_unit(spans, at):
            number = span.number
    return frozenset(goals), number


def _is_of_a_unit(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a number counts minutes, days or the like."""
    return any("unit" in span.concepts for span in spans[at + 1 : at + 2])


def initials(utterance: Utterance) -> Initials:
    """Return the first letters asked for, and whether of the city or, where that noun leads to them, of the country."""
    letters, noun = initial_of(utterance), None
    for span in utterance.spans:
        if "initial" in span.concepts or "along" in span.concepts:
            break
        noun = next((one for one in _INITIALLED if one in span.concepts), noun)
    of_country = noun == "country"
    return {"initial": None if of_country else letters, "country_initial": letters if of_country else None}


def initial_of(utterance: Utterance) -> str | None:
    """Return the first letters asked for: the word after "starting with" that is no word of ours."""
    for span in utterance.spans:
        if "initial" in span.concepts:
            weightless = {
                i
                for s in utterance.spans
                if s.exact and (s.concepts or s.entities)
                for i in range(s.start, s.end)
                if len(s.key) > 1
            }
            following = utterance.tokens[span.end : span.end + _LETTERS_BEHIND]
            said = [t.key for i, t in enumerate(following, span.end) if i not in weightless and t.number is None]
            letters = [key for key in said if len(key) == 1]
            return "|".join(letters) if len(letters) > 1 else next(iter(said), None)
    return _letter_beside(utterance.spans)


def _letter_beside(spans: Sequence[Span]) -> str | None:
    """Return the single letter that cities or countries are said to be with, or on: "cities with B"."""
    for noun, link, letter in zip(spans, spans[1:], spans[2:], strict=False):
        single = len(letter.key) == 1 and letter.key.isalpha() and letter.key not in _WORDS_OF_ONE_LETTER
        if single and link.concepts & _LETTERING and noun.concepts & _LETTERED and not letter.entities:
            return letter.key
    return None
