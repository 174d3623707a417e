"""What numbers can mean, by what is known of the network: rounds have dozens of cities, the network has hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.extract import cues
from knowledge.extract.counts import OF_COUNTRIES, Count
from knowledge.model import WORLD, Measure, Scope
from knowledge.reading import Records

FEWEST = 10  # cities of a round of the world
_SHRUNK = 0.5  # of what the network was: it never fell so low
_SMALL = 0.75  # of the smallest network that is known


class Weighing:
    """Holds the numbers of a text of one year against the totals that records declare of the years before."""

    def __init__(self, records: Records, year: int | None) -> None:
        self._records = records
        self._year = year
        self._said: dict[str, set[int]] = {}
        self._spread: set[int] = set()  # numbers of cities in so many countries

    def weighed(self, counts: Sequence[Count]) -> Iterator[tuple[Count, str]]:
        """Yield counts, and why some are not what the words beside them say, or nothing."""
        self._said = {
            measure: {count.value for count in counts if (count.scope, count.measure) == (WORLD, measure)}
            for measure in ("new_cities", "total_cities")
        }
        self._spread = {count.of for count in counts if count.of is not None and count.scope == WORLD}
        measures = {(count.sentence, count.value): self._measure(count) for count in counts if count.of is None}
        alike = {c.value: (c.measure, self._measure(c)) for c in counts if c.scope == WORLD and c.of is None}
        for count in counts:
            measure = self._measure(count) if count.of is None else self._of(count, measures)
            model = alike.get(count.like or 0)
            if model and model[0] == count.measure:
                measure = model[1]
            if measure == count.measure:
                yield count, ""
            else:
                yield (
                    replace(count, measure=measure),
                    "it has the size of one, and the words beside it may say otherwise",
                )

    def _of(self, count: Count, measures: dict[tuple[str, int], Measure | None]) -> Measure | None:
        cities = measures.get((count.sentence, count.of or 0))
        return OF_COUNTRIES.get(cities or "", count.measure)

    def _measure(self, count: Count) -> Measure | None:
        """Return what a number of cities of the world can count."""
        least = self.least(WORLD, "total_cities")
        other = count.measure not in (None, "new_cities", "total_cities") or cues.finds(count.sentence, "network_has")
        if count.scope != WORLD or least is None or (other and count.measure != "new_cities"):
            return count.measure
        shrunk = least * (_SHRUNK if self._year else _SMALL)
        new = {value for value in self._said["new_cities"] if value < least}
        totals = {value for value in self._said["total_cities"] if value >= shrunk}
        if count.measure == "total_cities" and count.value < shrunk and new <= {count.value}:
            return "new_cities" if count.value >= FEWEST else count.measure
        if count.measure == "new_cities" and count.value >= least and totals <= {count.value}:
            return "total_cities"
        if count.is_open and (count.value in totals or (self._year and not totals and count.value >= least)):
            return "total_cities"
        fits = FEWEST <= count.value < least and self._said["new_cities"] <= {count.value}
        return "new_cities" if count.is_open and count.value in self._spread and fits else count.measure

    # --- what is known

    def least(self, scope: Scope, measure: Measure) -> int | None:
        """Return what a total cannot be below: the last that is known, or the smallest where the year is not."""
        if self._year is not None:
            return self.last(scope, measure)
        return min((value for _, value in self._totals(scope, measure)), default=None)

    def last(self, scope: Scope, measure: Measure) -> int | None:
        """Return the greatest total that records declare of years before."""
        totals = self._totals(scope, measure)
        return max((value for year, value in totals if self._year is None or year < self._year), default=None)

    def _totals(self, scope: Scope, measure: Measure) -> list[tuple[int, int]]:
        """Return the totals that records declare and follow, each with its year."""
        return [
            (row.year or one.year or 0, row.value)
            for one in self._records.announcements.values()
            for row in one.declared
            if (row.scope, row.measure, row.followed) == (scope, measure, True)
        ]
