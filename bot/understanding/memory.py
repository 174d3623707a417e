"""What a conversation has spoken of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.language import Language
from bot.understanding.slots import Slots
from knowledge.answer import Answer
from knowledge.model import NO_FILTERS, Filters, Query, YearSpan


@dataclass(frozen=True, slots=True)
class Memory:
    """What was last spoken of: the last query, and the places its answer named.

    `countries` and `years` are those of the places, where there is but one; `organisations` those last named,
    `language` that of the last reply. `choices` are the places that the last reply asked to choose from, `before` is
    what was asked about before the last: one place, or the country and years.
    """

    query: Query
    places: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    years: tuple[YearSpan, ...] = ()
    organisations: tuple[str, ...] = ()
    language: Language = "th"
    choices: tuple[str, ...] = ()
    before: Filters = NO_FILTERS


def remembered(answer: Answer) -> Query:
    """Return what to remember of a query that was answered: of years that were ranked, the one that came first."""
    query, rows = answer.query, answer.rows
    ties = [row for row in rows if row.number == rows[0].number]
    if query.ask != "rank" or query.subject != "years" or len(ties) != 1:
        return query
    year = int(rows[0].id)
    return replace(query, filters=replace(query.filters, years=(YearSpan(year, year),)))


def spoken_before(memory: Memory | None) -> Filters:
    """Return the one place or country that the last answer was about, for when the next is about another."""
    filters = memory.query.filters if memory else NO_FILTERS
    if len(filters.places) == 1:
        return Filters(places=filters.places)
    countries = filters.countries if len(filters.countries) == 1 and not filters.places else frozenset[str]()
    return Filters(years=filters.years, countries=countries, regions=filters.regions)


def corrected(slots: Slots, memory: Memory) -> Slots:
    """Return `slots` with what seems to be left out as what is meant: "no, Chiang Rai" corrects the name said before.

    Only what was spoken of can be left out of it.
    """
    filters, old = slots.filters, memory.query.filters
    if filters.places or filters.countries or filters.regions:
        return slots
    places, countries = filters.not_places, filters.not_countries
    if places and not countries and len(memory.places) == 1 and places.isdisjoint(memory.places):
        return replace(slots, filters=replace(filters, places=tuple(sorted(places)), not_places=frozenset()))
    if countries and not places and old.countries and countries.isdisjoint(old.countries):
        return replace(slots, filters=replace(filters, countries=countries, not_countries=frozenset()))
    return slots
