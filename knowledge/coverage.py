"""Which lists are held whole, so that an absence can be told from a gap."""

from __future__ import annotations

from knowledge.model import WORLD, Declared, Filters, Measure, Scope
from knowledge.store import FactBase


class Coverage:
    """Rounds, completeness and printed numbers of one fact base, held in memory (some hundred rows)."""

    def __init__(self, facts: FactBase) -> None:
        self.announced: dict[int, str | None] = dict(
            map(tuple, facts.rows("SELECT year, announced FROM cohort ORDER BY year"))
        )
        self.years: tuple[int, ...] = tuple(self.announced)
        self._complete = {
            (year, Scope(kind, ref))
            for year, kind, ref in facts.rows("SELECT year, scope_kind, scope_id FROM coverage WHERE complete")
        }
        self.region_of: dict[str, str | None] = dict(map(tuple, facts.rows("SELECT iso, region FROM country")))
        self.countries_of: dict[str, frozenset[str]] = {}
        for region, country in facts.rows("SELECT region, country FROM region_country"):
            self.countries_of[region] = self.countries_of.get(region, frozenset()) | {country}
        self.unesco = frozenset(ref for (ref,) in facts.rows("SELECT id FROM region WHERE kind = 'unesco'"))
        rows = facts.rows("SELECT year, scope_kind, scope_id, measure, value, source, locator, followed FROM declared")
        numbers = [Declared(year, Scope(kind, ref), *rest) for year, kind, ref, *rest in rows]
        self._declared = {(n.year, n.scope, n.measure): n for n in numbers if n.followed}
        self._disputed = {(n.year, n.scope, n.measure, n.value) for n in numbers if not n.followed}

    def complete(self, year: int, country: str) -> bool:
        """Tell whether every member of `country` that joined in `year` is held by name."""
        scopes = (Scope("country", country), Scope("region", self.region_of.get(country) or ""), WORLD)
        return any((year, scope) in self._complete for scope in scopes)

    def complete_in(self, year: int, scope: Scope, excluded: frozenset[str] = frozenset()) -> bool:
        """Tell whether the list of `scope` in `year` is held whole, countries in `excluded` left out."""
        if (year, scope) in self._complete or (year, WORLD) in self._complete:
            return True
        if scope.kind == "country":
            return self.complete(year, scope.id)
        countries = [c for c in self.countries_of.get(scope.id, frozenset()) - excluded if self.region_of.get(c)]
        return scope.kind == "region" and bool(countries) and all(self.complete(year, c) for c in countries)

    def declared(self, year: int, scope: Scope, measure: Measure) -> Declared | None:
        """Return the followed number of `measure`, if a source prints one."""
        return self._declared.get((year, scope, measure))

    def disputed(self, year: int, scope: Scope, measure: Measure) -> frozenset[int]:
        """Return the numbers of `measure` in sources that are not followed."""
        return frozenset(n for *of, n in self._disputed if of == [year, scope, measure])

    def latest(self, scope: Scope, measure: Measure, upto: int | None = None) -> Declared | None:
        """Return the newest followed number of `measure`, up to the year `upto` if one is given."""
        found = [
            d
            for (year, of, what), d in self._declared.items()
            if of == scope and what == measure and (upto is None or year <= upto)
        ]
        return max(found, key=lambda d: d.year, default=None)

    def rounds(self, filters: Filters) -> tuple[int, ...]:
        """Return the rounds that the filters' years let through."""
        return tuple(year for year in self.years if filters.has_year(year))

    def counted(self) -> tuple[int, ...]:
        """Return the years of which the size of the network is known, also those without a round."""
        of_world = [year for year, scope, measure in self._declared if (scope, measure) == (WORLD, "total_cities")]
        return tuple(sorted(of_world))

    def scopes_of(self, country: str) -> frozenset[Scope]:
        """Return every scope that a country lies in: itself, its regions and groups, and the world."""
        regions = {Scope("region", ref) for ref, countries in self.countries_of.items() if country in countries}
        return frozenset({WORLD, Scope("country", country), *regions})

    def scopes(self, filters: Filters) -> tuple[Scope, ...]:
        """Return the countries and regions the filters name; the world where they name none."""
        countries = tuple(Scope("country", ref) for ref in sorted(filters.countries))
        if countries and filters.regions and not filters.either:
            return countries
        return (*countries, *(Scope("region", ref) for ref in sorted(filters.regions))) or (WORLD,)

    def is_nowhere(self, filters: Filters) -> bool:
        """Tell whether the filters name countries that lie in none of the regions they name."""
        within = frozenset[str]().union(*(self.countries_of.get(ref, frozenset()) for ref in filters.regions))
        both = bool(filters.countries and filters.regions) and not filters.either
        return both and filters.countries.isdisjoint(within)

    def whole(self, filters: Filters) -> bool:
        """Tell whether every member the filters let through is held by name."""
        rounds = self.rounds(filters)
        scopes = self.scopes(filters)
        return bool(rounds) and all(
            self.complete_in(year, scope, filters.not_countries) for year in rounds for scope in scopes
        )
