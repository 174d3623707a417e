"""Numbers that a question takes for granted: whether anything that is held bears them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from knowledge.answer import Tally
from knowledge.coverage import Coverage
from knowledge.model import MEASURES, WORLD, Declared, Filters, Measure, Query
from knowledge.tallies import Tallies, compared


class Premises:
    """Weighs a number that was said against the numbers of one fact base."""

    def __init__(self, tallies: Tallies, coverage: Coverage) -> None:
        self._tallies = tallies
        self._coverage = coverage

    def once(self, query: Query) -> Declared | None:
        """Return the number of the network in any year that the question takes for granted of all of it."""
        measure: Measure = "total_countries" if query.subject == "countries" else "total_cities"
        numbers = [self._coverage.declared(year, WORLD, measure) for year in self._coverage.years]
        return next((number for number in numbers if number and number.value == query.claimed), None)

    def bears_out(self, query: Query, tally: Tally) -> bool:
        """Tell whether a number taken for granted is one of a round, of a part or of the whole of what is asked about.

        Or one of the world then, or right before what is asked about, or one that a source has that is not followed.
        """
        if query.claimed is None:
            return False
        of_countries = query.subject == "countries"
        numbers = {*self._of_world(query.filters, of_countries), *_of_rounds(tally, of_countries)}
        return query.claimed in numbers or any(
            self._tallies.of(part).number == query.claimed for part in _parts(query.filters)
        )

    def _of_world(self, filters: Filters, of_countries: bool) -> Iterator[int]:
        """Return what sources print of the world then, and those not followed of what is asked about."""
        years = [year for year in self._coverage.years if filters.has_year(year)]
        years = years if filters.years else years[-1:]
        before = [span.first - 1 for span in filters.years if span.first and span.last is None]
        for measure in MEASURES:
            if measure.endswith("countries") != of_countries:
                continue
            for year in (*years, *before):
                number = self._coverage.declared(year, WORLD, measure)
                yield from (number.value,) if number else ()
            for year in years:
                for scope in self._coverage.scopes(filters):
                    yield from self._coverage.disputed(year, scope, measure)


def _of_rounds(tally: Tally, of_countries: bool) -> Iterator[int]:
    """Return how many cities or countries joined in each round."""
    joined = {(m.year, m.place.country if of_countries else m.place.id) for m in tally.members}
    yield from Counter(year for year, _ in joined).values()


def _parts(filters: Filters) -> list[Filters]:
    """Return what is asked about without its exceptions; without any, the things that are put together in it."""
    whole = replace(filters, not_countries=frozenset(), not_places=frozenset())
    return compared(filters) if whole == filters else [whole]
