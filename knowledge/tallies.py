"""Counting: printed numbers first, then names where the list is whole, and a lower bound where neither is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from knowledge.answer import Standing, Tally
from knowledge.coverage import Coverage
from knowledge.members import Members
from knowledge.model import WORLD, Filters, Membership, Scope, Subject, YearSpan, only


class Tallies:
    """Counts of one fact base."""

    def __init__(self, members: Members, coverage: Coverage) -> None:
        self._members = members
        self._coverage = coverage

    def of(self, filters: Filters) -> Tally:
        """Return how many cities `filters` let through."""
        base = self._held(filters)
        if self._coverage.is_nowhere(filters):
            return replace(base, exact=True, complete=True)
        scopes = self._coverage.scopes(filters)
        if filters.places or filters.initial:
            return base
        if len(scopes) != 1:
            return self._summed(base, scopes)
        if filters.not_places or filters.not_countries or filters.not_regions:
            return self._without(base)
        if filters.years or filters.not_years:
            return self._printed(base, scopes[0])
        return base if base.complete else self._current(base, scopes[0])

    def standing(self, year: int) -> Tally | None:
        """Return how many members the network had after the round of `year`, if a source says so."""
        total = self._coverage.declared(year, WORLD, "total_cities")
        if total is None:
            return None
        countries = self._coverage.declared(year, WORLD, "total_countries")
        tally = Tally(Filters(years=only(year)), (), total.value, True, False, (year,), total, True, year)
        return replace(tally, countries=countries.value, countries_exact=True) if countries else tally

    def standing_of(self, filters: Filters) -> Tally | None:
        """Return how many members one country or region had in one year, if a source says so."""
        scopes = self._coverage.scopes(filters)
        plain = Filters(years=filters.years, countries=filters.countries, regions=filters.regions)
        year = filters.year or filters.until
        if year is None or len(scopes) != 1 or scopes[0] == WORLD or filters != plain:
            return None
        total = self._coverage.declared(year, scopes[0], "total_cities")
        if total is None:
            return None
        then = replace(filters, years=(YearSpan(None, year),))
        return Tally(
            filters, self._members.of(then), total.value, True, False, self._coverage.rounds(then), total, True, year
        )

    def then(self, filters: Filters, or_bound: bool = False) -> Standing | None:
        """Return how many members one country, region or the network had by the year asked for, if that is known.

        With `or_bound` the names that are held until then count where it is not.
        """
        scopes = self._coverage.scopes(filters)
        plain = Filters(years=filters.years, countries=filters.countries, regions=filters.regions)
        rounds = [year for year in self._coverage.years if year <= (filters.year or 0)]
        if not rounds or len(scopes) != 1 or filters != plain:
            return None
        for year in dict.fromkeys((filters.year or rounds[-1], rounds[-1])):
            if total := self._coverage.declared(year, scopes[0], "total_cities"):
                return Standing(scopes[0], year, total.value, total)
        until = replace(filters, years=(YearSpan(None, filters.year),))
        whole = self._coverage.whole(until)
        if not whole and (not or_bound or scopes[0].kind != "country"):
            return None
        return Standing(scopes[0], rounds[-1], _cities(self._members.of(until)), exact=whole)

    def in_each(self, tally: Tally, subject: Subject) -> Tally:
        """Return `tally` with only the cities, or the cities of the countries, that are there in each of its years."""
        of = attrgetter("place.country" if subject == "countries" else "place.id")
        there = [{of(m) for m in tally.members if m.year == year} for year in tally.years]
        always = set.intersection(*there) if there else set()
        members = tuple(m for m in tally.members if of(m) in always)
        return _of_names(tally.filters, members, self._coverage.whole(tally.filters), tally.years)

    def never_in(self, tally: Tally, years: frozenset[int]) -> Tally:
        """Return `tally` without the countries that have members in one of `years`."""
        filters = tally.filters
        left_out = tuple(YearSpan(year, year) for year in sorted(years))
        there = replace(filters, years=left_out, not_years=frozenset())
        barred = {m.place.country for m in self._members.of(there)}
        members = tuple(m for m in tally.members if m.place.country not in barred)
        whole = self._coverage.whole(there) and self._coverage.whole(filters)
        return _of_names(filters, members, whole, tally.years)

    def _held(self, filters: Filters) -> Tally:
        members = self._members.of(filters)
        return _of_names(filters, members, self._coverage.whole(filters), self._coverage.rounds(filters))

    def _without(self, base: Tally) -> Tally:
        """Return a tally with exclusions: the whole less what is excluded, where both are known."""
        filters = base.filters
        plain = replace(filters, not_places=frozenset(), not_countries=frozenset(), not_regions=frozenset())
        whole = self.of(plain)
        if base.exact or not whole.exact or (whole.total and filters.not_places):
            return base
        countries, regions = filters.not_countries, filters.not_regions
        barred = replace(plain, countries=countries, regions=regions, either=True)
        left_out = self.of(barred) if countries or regions else None
        if left_out is not None and (not left_out.exact or filters.not_places):
            return base
        places = _cities(m for m in whole.members if m.place.id in filters.not_places)
        return replace(base, number=whole.number - places - (left_out.number if left_out else 0), exact=True)

    def _printed(self, base: Tally, scope: Scope) -> Tally:
        """Return the sum of the printed numbers of new cities, if every round has one."""
        printed = [self._coverage.declared(year, scope, "new_cities") for year in base.years]
        known = [number for number in printed if number]
        if not known or len(known) < len(printed):
            return self._until(base, scope)
        tally = replace(base, number=sum(number.value for number in known), exact=True, declared=known[0])
        countries = self._coverage.declared(base.years[0], scope, "new_countries")
        if len(base.years) > 1 or countries is None:
            return tally
        return replace(tally, countries=countries.value, countries_exact=True)

    def _until(self, base: Tally, scope: Scope) -> Tally:
        """Return the printed total after the last of the rounds until a year, where the names are not all held."""
        upto = base.filters.until is not None and not base.filters.not_years
        total = self._coverage.declared(base.years[-1], scope, "total_cities") if upto and base.years else None
        if base.exact or scope == WORLD or total is None or total.value < base.number:
            return base
        return replace(base, number=total.value, exact=True, declared=total)

    def _summed(self, base: Tally, scopes: Sequence[Scope]) -> Tally:
        """Return the sum over countries, of each its printed number where there is one."""
        filters = base.filters
        plain = replace(filters, not_places=frozenset(), not_countries=frozenset(), not_regions=frozenset())
        if base.exact or plain != filters or any(scope.kind != "country" for scope in scopes):
            return base
        each = [self.of(replace(filters, countries=frozenset({s.id}), regions=frozenset())) for s in scopes]
        number, exact = sum(tally.number for tally in each), all(tally.exact for tally in each)
        return replace(base, number=max(number, base.number), exact=exact, summed=number > base.number)

    def _at_least(self, base: Tally, scope: Scope) -> Tally:
        """Return a region's lower bound: what its countries have together, by printed number or by name."""
        countries = self._coverage.countries_of.get(scope.id, frozenset())
        each = [self.of(Filters(countries=frozenset({country}))) for country in sorted(countries)]
        number = sum(tally.number for tally in each)
        return replace(base, number=number, summed=True) if number > base.number else base

    def _current(self, base: Tally, scope: Scope) -> Tally:
        """Return the newest printed total of members, and the members that joined after it."""
        total = self._coverage.latest(scope, "total_cities")
        if total is None and scope.kind == "region":
            return self._at_least(base, scope)
        if total is None and scope.kind == "country":
            return replace(base, number=base.number + self._members.also_counted(base.filters))
        if total is None or total.value < _cities(m for m in base.members if m.year <= total.year):
            return base
        later = tuple(m for m in base.members if m.year > total.year)
        newer = [year for year in self._coverage.years if year > total.year]
        tally = replace(
            base,
            number=total.value + _cities(later),
            exact=all(self._coverage.complete_in(year, scope) for year in newer),
            declared=total,
            total=True,
            as_of=total.year,
            later=later,
        )
        countries = self._coverage.declared(total.year, scope, "total_countries")
        return replace(tally, countries=countries.value, countries_exact=True) if countries else tally


def _of_names(filters: Filters, members: tuple[Membership, ...], whole: bool, years: tuple[int, ...]) -> Tally:
    """Return the count of names that are held; `whole` tells whether these are all."""
    countries = len({m.place.country for m in members})
    return Tally(filters, members, _cities(members), whole, whole, years, countries=countries, countries_exact=whole)


def _cities(members: Iterable[Membership]) -> int:
    return len({m.place.id for m in members})


def compared(filters: Filters) -> list[Filters]:
    """Return the filters of each of the things compared: countries, else regions, else years; empty if only one."""
    if len(filters.countries) > 1:
        return [replace(filters, countries=frozenset({c}), regions=frozenset()) for c in sorted(filters.countries)]
    if len(filters.regions) > 1:
        return [replace(filters, regions=frozenset({region})) for region in sorted(filters.regions)]
    ends = [span.first or span.last for span in filters.years]
    if len(ends) == 1 and filters.year is None:
        ends = [filters.years[0].first, filters.years[0].last]
    years = list(dict.fromkeys(year for year in ends if year))
    return [replace(filters, years=only(year)) for year in years] if len(years) > 1 else []
