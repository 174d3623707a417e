"""What people are likely to ask next, out of the answer they have just been given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.replies.wording import Wording
from knowledge.answer import Answer
from knowledge.model import Filters, Membership, Place, Query, Scope, only
from knowledge.queries import Facts

_MOST = 3
_OF_PLACES = ("check", "when", "where", "profile")
_NAMED = 3  # cities in a list that is short enough to go on to one of them


@dataclass(frozen=True, slots=True)
class Next:
    """A question that may follow, and the few words that offer it."""

    label: str
    query: Query


def following(answer: Answer, wording: Wording, facts: Facts) -> tuple[Next, ...]:
    """Return up to three questions that follow an answer and are themselves answered with members."""
    offered = _after_place(answer, wording, facts) if answer.verdicts else _after_list(answer, wording, facts)
    return tuple(islice(offered, _MOST))


def choice(place: Place, wording: Wording, pending: Query | None = None) -> Next:
    """Return the choice of one of several places, of which something may have been asked already."""
    query = _card(place)
    if pending is not None and pending.ask in _OF_PLACES and not pending.topics:
        query = replace(pending, filters=replace(pending.filters, places=(place.id,)))
    return Next(wording.spaced(wording.city_in_country(place)), query)


def _after_place(answer: Answer, wording: Wording, facts: Facts) -> Iterator[Next]:
    """The same country, then the same year."""
    places = [verdict.place for verdict in answer.verdicts]
    if len({place.country for place in places}) == 1:
        country = places[0].country
        if facts.held(Scope("country", country))[0] > len({m.place.id for m in answer.memberships}):
            yield _all_of(country, wording)
    years = sorted({m.year for m in answer.memberships})
    if len(years) == 1 or (years and len(places) == 1):
        yield Next(wording.say("next.year", year=wording.year_again(years[-1])), _list(_of_year(years[-1])))
    if len(places) == 1 and answer.memberships and answer.query.ask != "profile":
        yield Next(wording.city(places[0], plain=True), _card(places[0]))


def _after_list(answer: Answer, wording: Wording, facts: Facts) -> Iterator[Next]:
    """Part of the same: another year of a country, the rest of its region, a city of a short list."""
    if answer.tally is None or answer.query.subject != "cities" or answer.query.ask not in ("list", "count"):
        return
    filters, members = answer.tally.filters, answer.tally.members
    if len(filters.countries) == 1 and not filters.regions:
        yield from _of_country(next(iter(filters.countries)), filters, members, wording, facts)
    elif filters.year is not None and not filters.narrowed:
        if members:
            label = wording.say("next.most", year=wording.year_again(filters.year))
            yield Next(label, Query("rank", "countries", _of_year(filters.year), intent="rank"))
        yield from _other_year(filters, wording, facts)
    elif filters.regions or filters.countries:
        yield from _other_year(filters, wording, facts)
    if members and len({m.place.id for m in members}) <= _NAMED:
        yield Next(wording.city(members[0].place, plain=True), _card(members[0].place))


def _of_country(
    country: str, filters: Filters, members: Sequence[Membership], wording: Wording, facts: Facts
) -> Iterator[Next]:
    if filters.years and facts.held(Scope("country", country))[0] > len({m.place.id for m in members}):
        yield _all_of(country, wording)
    yield from _other_year(filters, wording, facts)
    region = facts.coverage.region_of.get(country)
    if region and filters.year is not None and facts.held(Scope("region", region), filters.year)[0] > len(members):
        around = Filters(years=filters.years, regions=frozenset({region}))
        yield Next(wording.say("next.region", region=wording.name("region", region)), _list(around))


def _other_year(filters: Filters, wording: Wording, facts: Facts) -> Iterator[Next]:
    """The newest other round with members of the same countries and regions."""
    rest = Filters(countries=filters.countries, regions=frozenset() if filters.countries else filters.regions)
    held = {year for scope in facts.coverage.scopes(rest) for year in facts.held(scope)[1]}
    years = held - {span.single for span in filters.years}
    if years and (len(years) > 1 or filters.years):
        year = max(years)
        query = _list(replace(rest, years=_of_year(year).years))
        key = "next.other_year" if filters.years else "next.year"
        yield Next(wording.say(key, year=wording.year_again(year)), query)


def _all_of(country: str, wording: Wording) -> Next:
    query = _list(Filters(countries=frozenset({country})))
    return Next(wording.say("next.country", country=wording.country(country)), query)


def _of_year(year: int) -> Filters:
    return Filters(years=only(year))


def _list(filters: Filters) -> Query:
    return Query("list", filters=filters, intent="list")


def _card(place: Place) -> Query:
    return Query("profile", filters=Filters(places=(place.id,)), intent="profile")
