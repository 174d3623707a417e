"""Rows of rankings and tables: countries, regions and years with their counts, and which keep to bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Row
from knowledge.coverage import Coverage
from knowledge.members import Members
from knowledge.model import WORLD, Bounds, Comparison, Declared, Filters, Query, only
from knowledge.tallies import Tallies

_NONE = Bounds(0, 0)
_FEW = 15  # cities of one country in a round; a larger bound means a total


class Rankings:
    """Rows of one fact base."""

    def __init__(self, members: Members, tallies: Tallies, coverage: Coverage) -> None:
        self._members = members
        self._tallies = tallies
        self._coverage = coverage

    def reached(self, query: Query, rows: Sequence[Row]) -> list[tuple[Row, Declared | None]]:
        """Return the rounds after which the total kept to the bounds, where the total is meant or no round itself did.

        A round of which it is not known may have.
        """
        assert query.threshold is not None
        met = [query.threshold.met_by(row.number, row.exact) for row in rows]
        joined = True in met or (None in met and query.threshold.least <= _FEW)
        if joined and not query.of_network:
            return []
        known = self.totals(query)
        kept = [total for total in known if query.threshold.met_by(total[0].number, True)]
        passed = [total for total in known if total[0].number >= query.threshold.least]
        means_total = query.of_network or query.threshold.least > max((row.number for row in rows), default=0)
        return kept or (passed[:1] if means_total else [])  # it has that many from the first that has more

    def kept(self, query: Query, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
        """Return the rows that keep to the threshold, and those of which that is not known.

        Of countries and regions only those are among the latter that have as many as they have to.
        """
        assert query.threshold is not None
        met = [(row, self._meets(query, row)) for row in rows]
        least = 0 if query.subject == "years" else query.threshold.least
        unsure = [row for row, keeps in met if keeps is None and row.number >= least]
        return [row for row, keeps in met if keeps], unsure

    def unknown(self, query: Query, until: int) -> tuple[Row, ...]:
        """Return the rounds before `until` after which the total is not known."""
        rounds = [year for year in self._coverage.rounds(query.filters) if year < until]
        return tuple(Row(str(year), 0, False, ()) for year in rounds if self._total(query, year) is None)

    def totals(self, query: Query) -> list[tuple[Row, Declared | None]]:
        """Return how many members, or countries, there were after each round, as far as that is known."""
        rounds = self._coverage.rounds(query.filters)
        bounds = query.threshold
        exactly = bounds is not None and bounds.least == bounds.most and not query.filters.narrowed
        years = sorted({*rounds, *self._coverage.counted()}) if exactly else rounds
        return [total for year in years if (total := self._total(query, year))]

    def _total(self, query: Query, year: int) -> tuple[Row, Declared | None] | None:
        """Return how many members, or countries, there were after the round of `year`; None if that is not known."""
        if query.by_countries:
            number = self._coverage.declared(year, WORLD, "total_countries")
            return None if number is None or query.filters.narrowed else (_counting(year, number.value), number)
        if year not in self._coverage.years:
            of_world = self._coverage.declared(year, WORLD, "total_cities")
            return (_counting(year, of_world.value), of_world) if of_world else None
        then = self._tallies.then(replace(query.filters, years=only(year)))
        if then is None or then.year != year:
            return None
        number = then.declared or self._coverage.declared(year, then.scope, "new_cities")
        return _counting(year, then.cities), number

    def _meets(self, query: Query, row: Row) -> bool | None:
        """Tell whether a row keeps to the threshold, or does in each of the years; None where that is not known."""
        assert query.threshold is not None
        if query.subject == "years" and query.filters.countries and query.filters.not_countries:
            others = Filters(years=only(int(row.id)), countries=query.filters.not_countries)
            other = self.row(row.id, others)
            if query.beyond:
                return _compares(row, other, query.beyond)
            return _all_met([query.threshold.met_by(row.number, row.exact), _NONE.met_by(other.number, other.exact)])
        if not query.in_each or query.subject not in ("countries", "years"):
            return query.threshold.met_by(row.number, row.exact)
        if query.subject == "years":
            year = replace(query.filters, years=only(int(row.id)))
            each = [self.row(row.id, replace(year, countries=frozenset({c}))) for c in query.filters.countries]
            return _all_met([query.threshold.met_by(one.number, one.exact) for one in each])
        of_row = replace(query.filters, countries=frozenset({row.id}), regions=frozenset())
        years = [self.row(row.id, replace(of_row, years=only(y))) for y in self._coverage.rounds(query.filters)]
        met = [query.threshold.met_by(year.number, year.exact) for year in years]
        return _all_met(met)

    def against(self, query: Query, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Return what the country compared with has in the years of `rows`; nothing where none is."""
        if not query.beyond or query.subject != "years":
            return ()
        of_other = Filters(countries=query.filters.not_countries)
        return tuple(self.row(row.id, replace(of_other, years=only(int(row.id)))) for row in rows)

    def rows(self, query: Query) -> list[Row]:
        filters = query.filters
        if query.subject == "years":
            rounds = self._coverage.rounds(filters)
            named = replace(filters, not_countries=frozenset()) if filters.countries else filters
            of_year = [(str(y), replace(named, years=only(y), not_years=frozenset())) for y in rounds]
            return [self.row(ref, of_one, query.by_countries) for ref, of_one in of_year]
        if query.subject == "regions":
            return [self.row(ref, replace(filters, regions=frozenset({ref}))) for ref in sorted(self._coverage.unesco)]
        if query.in_one:
            return [row for year in self._coverage.rounds(filters) for row in self._rows_of(year, query)]
        countries = sorted({m.place.country for m in self._members.of(filters)})
        alone = replace(filters, regions=frozenset(), not_countries=frozenset(), not_regions=frozenset())
        return [self.row(ref, replace(alone, countries=frozenset({ref}))) for ref in countries]

    def _rows_of(self, year: int, query: Query) -> list[Row]:
        """Return the countries of one round."""
        of_year = replace(query, in_one=False, filters=replace(query.filters, years=only(year), not_years=frozenset()))
        return [replace(row, year=year) for row in self.rows(of_year)]

    def row(self, ref: str, filters: Filters, by_countries: bool = False) -> Row:
        tally = self._tallies.of(filters)
        if by_countries:
            return Row(ref, tally.countries, tally.countries_exact, tally.members)
        return Row(ref, tally.number, tally.exact, tally.members)


def _all_met(met: Sequence[bool | None]) -> bool | None:
    return False if False in met else None if None in met else True


def _compares(row: Row, other: Row, comparison: Comparison) -> bool | None:
    """Tell whether `row` has more, fewer or as many as `other`; None where that is not known."""
    if comparison == "fewer":
        return _compares(other, row, "more")
    if row.exact and other.exact:
        return row.number > other.number if comparison == "more" else row.number == other.number
    if other.exact and row.number > other.number:
        return comparison == "more"
    return False if row.exact and other.number > row.number else None


def _counting(year: int, number: int) -> Row:
    return Row(str(year), number, True, ())
