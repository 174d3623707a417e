"""Spans to slots: what the question is narrowed to, and what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypedDict

from bot.understanding.bounds import bounds_of
from bot.understanding.lexicon import NEUTRAL
from bot.understanding.tagger import Span, Utterance
from bot.understanding.years import YearSlots, find_years
from knowledge.lookup import Entity
from knowledge.model import NO_FILTERS, Bounds, Filters, YearSpan

_PLACE_NOUNS = frozenset({"city", "province"})
_ONLY_A_NOUN = _PLACE_NOUNS | {"neutral"}
_KEEPS_EXCLUDING = {
    "and",
    "or",
    "city",
    "country",
    "neutral",
    "from",
    "except",
    "not",
    "have",
    "member",
    "region",
    "year",
    "it",
    "only",
    "other",
    "all",
}
_INITIALLED = ("city", "member", "country")
_COUNTED = frozenset({"city", "country", "member", "learning_city"})
_CONFIRMED = "yesno"  # "nine, right?"
_BESIDE = 3  # spans
_BEFORE_NOUN = frozenset({"new", NEUTRAL, "other", "only", "exactly"})  # stand between a number and what it counts
_REQUESTING = frozenset({"list", "tell", "which"})
_GOALS = range(1, 18)
_SMALL = 10  # cities; fewer name no round by themselves
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
    cities ("the 77"), `choice` that one of two numbers is said to be right ("54 or 55").
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

    @property
    def named(self) -> bool:
        """Tell whether any place, country, region, organisation or year was named."""
        return self.filters != NO_FILTERS or bool(self.organisations)


def find_slots(
    utterance: Utterance, this_year: int, rounds: Mapping[tuple[str, int], int], every_round: Sequence[int]
) -> Slots:
    """Return the slots of `utterance`.

    `this_year` (C.E.) is what "this year" means. `rounds` gives the round that a number of new cities, of the
    world or of a region, stands for: "the 77 cities" are those of 2022. `every_round` are the years of rounds.
    """
    spans = utterance.spans
    years = spoken = find_years(spans, this_year, frozenset(rounds.values()), every_round)
    goals, number = _numbers(spans, years.used)
    named, excluded, organisations = _names(spans)
    places = _places(named)
    years, number = _round_of_number(spans, years, number, frozenset(_refs(named, "region")), rounds)
    countries = frozenset(_refs(named, "country"))
    filters = Filters(
        years=years.spans,
        not_years=years.excluded,
        countries=countries,
        regions=frozenset(_refs(named, "region")),
        places=tuple(place.ref for place in places),
        not_countries=frozenset(_refs(excluded, "country")),
        not_regions=frozenset(_refs(excluded, "region")),
        not_places=frozenset(place.ref for place in _places(excluded)),
        **initials(utterance),
        either=any(_refs(named, "country")) and any(_refs(named, "region")) and _either(utterance),
    )
    of_round = years.spans != spoken.spans
    choice = _is_choice(spans, years.used)
    bounds = bounds_of(spans, years.used)
    return Slots(filters, organisations, goals, number, bounds, *_claimed(spans, years), of_round, choice)


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
                said = (YearSpan(year, year),)
                left = None if number == span.number else number
                if year and not years.spans and span.number > _SMALL:
                    return replace(years, spans=said, used=years.used | {at}), left
                if year and years.spans == said and not _counts_countries(spans, at):
                    return replace(years, used=years.used | {at}), left  # "the 13 of 2022" says it twice
    return years, number


def _counts_countries(spans: Sequence[Span], at: int) -> bool:
    return any("country" in span.concepts for span in spans[at + 1 : at + 2])


def _takes_out(spans: Sequence[Span], at: int, named: Sequence[tuple[Entity, ...]]) -> bool:
    """Tell whether a "no" stands before a country of a region named before it: "Asian cities, no Thai ones"."""
    wide = any(entity.kind == "region" for entities in named for entity in entities)
    following = spans[at + 1].entities if at + 1 < len(spans) else ()
    return wide and "not" in spans[at].concepts and any(entity.kind == "country" for entity in following)


def _either(utterance: Utterance) -> bool:
    """Tell whether a country and a region are named one beside the other ("Korea and Africa"), not one in the other."""
    named = [span for span in utterance.spans if span.entities]
    joined = False
    for one, other in pairwise(named):
        between = [span for span in utterance.spans if one.start < span.start < other.start]
        said = any(span.concepts & {"and", "or"} for span in between)
        inside = any("inside" in span.concepts for span in between)
        apart = {entity.kind for entity in one.entities} != {entity.kind for entity in other.entities}
        joined = joined or (apart and not inside and (said or (not between and utterance.tokens[other.start].pause)))
    return joined


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
    named = [at for at, span in enumerate(spans) if span.entities]
    for at, span in enumerate(spans[:-1]):
        noun = next((one for one in spans[at + 1 :] if not (one.entities or one.concepts & _BEFORE_NOUN)), span)
        requested = at > 0 and bool(spans[at - 1].concepts & _REQUESTING)
        confirmed = _CONFIRMED in spans[at + 1].concepts
        if span.number is None or at in years.used or requested or not (noun.concepts & _COUNTED or confirmed):
            continue
        near = not named or any(abs(name - at) <= _BESIDE for name in named)
        return (span.number, "country" in noun.concepts) if near else (None, False)
    return None, False


def _names(spans: Sequence[Span]) -> tuple[list[tuple[Entity, ...]], list[tuple[Entity, ...]], tuple[str, ...]]:
    named: list[tuple[Entity, ...]] = []
    excluded: list[tuple[Entity, ...]] = []
    organisations: list[str] = []
    excluding = False
    for at, span in enumerate(spans):
        entities = span.entities or _called_a_place(spans, at)
        if at and "tongue" in spans[at - 1].concepts:
            continue  # a language is no country
        if entities and _is_said_along(spans, at, named):
            continue
        if entities:
            excluding = excluding and not _widens(spans, at, excluded, entities)
            bodies = [entity.ref for entity in entities if entity.kind == "organisation"]
            organisations += bodies
            if not bodies:
                (excluded if excluding else named).append(entities)
        elif "removed" in span.concepts and not excluding and named and spans[at - 1].entities:
            excluded.append(named.pop())
            while named and _listed(spans, named[-1], excluded[-1]):
                excluded.append(named.pop())
        elif "meant" in span.concepts:
            excluding = False
        elif "except" in span.concepts or _takes_out(spans, at, named):
            excluding = True
        elif not span.concepts & _KEEPS_EXCLUDING or span.number is not None:
            excluding = False
    return named, excluded, tuple(dict.fromkeys(organisations))


def _is_said_along(spans: Sequence[Span], at: int, named: Sequence[tuple[Entity, ...]]) -> bool:
    """Tell whether a name is only said to be in what was named before it: "ASEAN, including Thailand"."""
    wide = any(entity.kind == "region" for entities in named for entity in entities)
    return wide and any("including" in span.concepts for span in spans[max(0, at - 1) : at])


def _listed(spans: Sequence[Span], one: tuple[Entity, ...], other: tuple[Entity, ...]) -> bool:
    """Tell whether two names stand beside each other, with at most an "and" between them."""
    first, second = (next(at for at, span in enumerate(spans) if span.entities == e) for e in (one, other))
    return all(span.concepts & {"and", "or"} for span in spans[first + 1 : second])


def _widens(
    spans: Sequence[Span], at: int, excluded: Sequence[tuple[Entity, ...]], entities: tuple[Entity, ...]
) -> bool:
    """Tell whether what stands after what is left out is what that is left out of: "not China, Asia 2024"."""
    joined = bool(spans[at - 1].concepts & {"and", "or", "except"})
    wide = {entity.kind for entity in entities} <= {"country", "region"}
    narrower = ("place",) if any(entity.kind == "country" for entity in entities) else ("place", "country")
    return bool(excluded) and wide and not joined and all(entity.kind in narrower for entity in excluded[-1])


def _called_a_place(spans: Sequence[Span], at: int) -> tuple[Entity, ...]:
    """Return the names a word also is, where the word before says that a name follows ("จังหวัดเลย")."""
    if not spans[at].homonyms or not at or not spans[at - 1].concepts & _PLACE_NOUNS:
        return ()
    if spans[at - 1].concepts - _ONLY_A_NOUN:
        return ()
    return spans[at].homonyms


def _places(named: Sequence[tuple[Entity, ...]]) -> list[Entity]:
    """Return the places meant by each name: of several of one name the members, or all if none is.

    What is also the name of a country or region is taken for a place only if that is a member.
    """
    chosen: dict[Entity, None] = {}
    for entities in named:
        if all(entity.kind == "place" for entity in entities) or any(entity.member for entity in entities):
            chosen |= dict.fromkeys([entity for entity in entities if entity.member] or entities)
    return list(chosen)


def _refs(named: Sequence[tuple[Entity, ...]], kind: str) -> Iterator[str]:
    for entities in named:
        if not any(entity.member for entity in entities):
            yield from (entity.ref for entity in entities if entity.kind == kind)


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
        if "initial" in span.concepts:
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
    return None
