"""What a conversation has spoken of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.language import Language
from bot.understanding.slots import Slots
from bot.understanding.spans import Utterance
from knowledge.answer import Answer
from knowledge.lookup import Entity
from knowledge.model import NO_FILTERS, Filters, Query, YearSpan, only

_COUNTED = ("list", "count", "share")
_MOST_FIRST = 12  # countries that came first together, whose cities may be asked for
_MOST_IN_A_ROW = 5  # places asked about one after the other
_KINDS = ("years", "countries", "regions")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was last spoken of: the last query, and the places its answer named.

    `countries` and `years` are those of the places, where there is but one; `organisations` those last named,
    `language` that of the last reply. `choices` are the places that the last reply asked to choose from, `before`
    is what was asked about before the last: the places one after the other, or the country and years. `row` is what
    was counted in a row before the last question: each differs from the last in its years alone, or its countries,
    or its regions. `ranked` are the countries that keep to the bounds last asked about, `elsewhere` those in which
    there is another place of the name last asked about. `listed` is what the last reply listed, in the order it is
    shown; None is what shares its place with another.
    """

    query: Query
    places: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    years: tuple[YearSpan, ...] = ()
    organisations: tuple[str, ...] = ()
    language: Language = "th"
    choices: tuple[str, ...] = ()
    before: Filters = NO_FILTERS
    row: tuple[Filters, ...] = ()
    ranked: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    listed: tuple[Entity | None, ...] = ()


def remembered(answer: Answer, asked: Query) -> Query:
    """Return what to remember of a query that was answered: the year of the latest, or of ranked years the first.

    `asked` is the query as it was put, which may say "until" a year that bounds nothing.
    """
    query, rows = answer.query, answer.rows
    if asked.filters.until and not query.filters.years:
        return replace(query, filters=replace(query.filters, years=asked.filters.years))
    if query.ask == "completeness":
        return replace(query, ask="list", intent="list")  # it is asked of a list, which is gone on with
    years = {member.year for member in answer.memberships}
    if query.latest and len(years) == 1:
        (year,) = years
        return replace(query, latest=False, filters=replace(query.filters, years=only(year)))
    ties = [row for row in rows if row.number == rows[0].number]
    if query.ask != "rank" or query.subject != "years" or len(ties) != 1:
        return query
    year = int(rows[0].id)
    return replace(query, filters=replace(query.filters, years=only(year)))


def ranked(answer: Answer) -> frozenset[str]:
    """Return the countries that keep to the bounds that were asked about, or that came first."""
    query, rows = answer.query, answer.rows
    if query.subject != "countries" or not rows:
        return frozenset()
    if query.threshold is not None:
        return frozenset(row.id for row in rows)
    best = [row.id for row in rows if row.number == rows[0].number]
    return frozenset(best) if query.ask == "rank" and len(best) <= _MOST_FIRST else frozenset()


def elsewhere(answer: Answer) -> frozenset[str]:
    """Return the countries in which the one place asked about has namesakes."""
    if len(answer.verdicts) != 1:
        return frozenset()
    verdict = answer.verdicts[0]
    others = (*verdict.namesakes, *(m.place for m in verdict.of_the_name))
    return frozenset(place.country for place in (verdict.place, *others)) if others else frozenset()


def is_of_list(memory: Memory, answer: Answer) -> bool:
    """Tell whether an answer is about places of the last list alone."""
    asked = {("place", place) for place in answer.query.filters.places}
    return bool(asked) and asked <= {(one.kind, one.ref) for one in memory.listed if one}


def spoken_before(memory: Memory | None) -> Filters:
    """Return the places, or the country, that the last answers were about, for when the next is about another."""
    if memory is None:
        return NO_FILTERS
    filters = memory.query.filters
    if filters.places:
        return Filters(places=tuple(dict.fromkeys((*memory.before.places, *filters.places)))[-_MOST_IN_A_ROW:])
    countries = filters.countries if len(filters.countries) == 1 and not filters.places else frozenset[str]()
    return Filters(years=filters.years, countries=countries, regions=filters.regions)


def in_a_row(memory: Memory | None, query: Query) -> tuple[Filters, ...]:
    """Return what was counted in a row up to `query`, which differs from it in one and the same thing."""
    if memory is None or query.ask not in _COUNTED or memory.query.ask not in _COUNTED:
        return ()
    kind = _differing(memory.query.filters, query.filters)
    if kind is None:
        return ()
    row = memory.row if all(_differing(one, query.filters) == kind for one in memory.row) else ()
    return (*row, memory.query.filters)


def summed(memory: Memory) -> Filters | None:
    """Return filters for all that was counted in a row; None if nothing was."""
    last = memory.query.filters
    kind = _differing(memory.row[-1], last) if memory.row else None
    every = (*memory.row, last)
    if kind == "years":
        return replace(last, years=tuple(dict.fromkeys(span for one in every for span in one.years)))
    if kind == "countries":
        return replace(last, countries=frozenset().union(*(one.countries for one in every)))
    if kind == "regions":
        return replace(last, regions=frozenset().union(*(one.regions for one in every)))
    return None


def _differing(one: Filters, other: Filters) -> str | None:
    """Return the one thing in which two filters differ, both naming it; None if it is not just one."""
    found = [kind for kind in _KINDS if getattr(one, kind) != getattr(other, kind)]
    if len(found) != 1 or not getattr(one, found[0]) or not getattr(other, found[0]):
        return None
    plain = Filters(one.years, one.countries, one.regions)
    return found[0] if one == plain and other == Filters(other.years, other.countries, other.regions) else None


def corrected(utterance: Utterance, slots: Slots, memory: Memory) -> Slots:
    """Return `slots` with what seems to be left out as what is meant: "no, Chiang Rai" corrects the name said before.

    Only what was spoken of can be left out of it; "without" and the like say plainly that it is.
    """
    if any("except" in span.concepts and "not" not in span.concepts for span in utterance.spans):
        return slots
    filters, old = slots.filters, memory.query.filters
    if _is_other_year(filters, old):
        years = tuple(YearSpan(year, year) for year in sorted(filters.not_years))
        return replace(slots, filters=replace(filters, years=years, not_years=frozenset()))
    if filters.places or filters.countries or filters.regions:
        return slots
    places, countries = filters.not_places, filters.not_countries
    if places and not countries and len(memory.places) == 1 and places.isdisjoint(memory.places):
        return replace(slots, filters=replace(filters, places=tuple(sorted(places)), not_places=frozenset()))
    if countries and not places and old.countries and countries - old.countries:
        meant = replace(filters, countries=countries - old.countries, not_countries=frozenset())
        return replace(slots, filters=meant)
    return slots


def _is_other_year(filters: Filters, old: Filters) -> bool:
    """Tell whether the only years named are denied and were not spoken of: "no, 2024"."""
    spoken = any(year in span for span in old.years for year in filters.not_years)
    return bool(filters.not_years and old.years) and not (filters.years or spoken)
