"""Places and memberships, read from the fact base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.coverage import Coverage
from knowledge.model import Filters, Membership, Place, Scope
from knowledge.names import without_leading_vowel
from knowledge.store import FactBase

_PLACE = (
    "place.id, place.country, place.name, place.name_th, place.kind, place.within, place.within_th,"
    " place.latitude, place.longitude"
)
_MEMBERS = (
    f"SELECT membership.year, membership.source, membership.locator, membership.inferred, {_PLACE}"
    " FROM membership JOIN place ON place.id = membership.place"
)


class Members:
    """Places and memberships of one fact base."""

    def __init__(self, base: FactBase, coverage: Coverage) -> None:
        self._base = base
        self._coverage = coverage
        joined = "FROM membership JOIN place ON place.id = membership.place"
        self._counts: Counter[tuple[int, Scope]] = Counter()
        for year, country, number in base.rows(f"SELECT year, country, count(*) {joined} GROUP BY year, country"):
            for scope in coverage.scopes_of(country):
                self._counts[year, scope] += number
        # Places in several rounds, which a count over these must not count twice.
        self._repeated = [
            (coverage.scopes_of(country), {int(year) for year in years.split(",")})
            for country, years in base.rows(
                f"SELECT country, group_concat(year) {joined} GROUP BY membership.place HAVING count(*) > 1"
            )
        ]

    def place(self, place_id: str) -> Place:
        """Return a place by its id; raise KeyError if there is none."""
        row = self._base.row(f"SELECT {_PLACE} FROM place WHERE id = ?", (place_id,))
        if row is None:
            raise KeyError(place_id)
        return Place(*row)

    def meant(self, place_id: str, countries: frozenset[str]) -> Place:
        """Return the place of that id, or the one of its name in `countries` if it lies elsewhere."""
        place = self.place(place_id)
        if not countries or place.country in countries:
            return place
        rows = self._base.rows(
            "SELECT place FROM namesake WHERE member = ? UNION ALL SELECT member FROM namesake WHERE place = ?",
            (place_id, place_id),
        )
        others = (self.place(other) for (other,) in rows)
        return next((other for other in others if other.country in countries), place)

    def of(self, filters: Filters) -> tuple[Membership, ...]:
        """Return the memberships `filters` let through, by year, country and name."""
        conditions, parameters = self._conditions(filters)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._base.rows(f"{_MEMBERS}{where} ORDER BY membership.year, place.country, place.name", parameters)
        barred = self._countries(filters.not_countries, filters.not_regions)
        return tuple(m for m in map(_membership, rows) if _passes(m, filters, barred))

    def held(self, scope: Scope, rounds: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Return how many places of `scope` joined in `rounds`, and in which of them any did."""
        counts = {year: self._counts[year, scope] for year in rounds}
        again = sum(max(len(years & set(rounds)) - 1, 0) for scopes, years in self._repeated if scope in scopes)
        return sum(counts.values()) - again, tuple(sorted(year for year, number in counts.items() if number))

    def within(self, place: Place) -> tuple[Membership, ...]:
        """Return the memberships of places that lie in the province or city `place`."""
        rows = self._base.rows(
            f"{_MEMBERS} WHERE place.within = ? AND place.country = ? AND place.id != ?",
            (place.name, place.country, place.id),
        )
        return tuple(map(_membership, rows))

    def namesakes(self, place_id: str) -> tuple[Place, ...]:
        """Return well-known places elsewhere that share a member's name."""
        rows = self._base.rows("SELECT place FROM namesake WHERE member = ? AND prominent", (place_id,))
        return tuple(self.place(other) for (other,) in rows)

    def of_the_name(self, place_id: str) -> tuple[Membership, ...]:
        """Return the memberships of members that share the name of a place that is none."""
        rows = self._base.rows("SELECT DISTINCT member FROM namesake WHERE place = ? ORDER BY member", (place_id,))
        return self.of(Filters(places=tuple(member for (member,) in rows))) if rows else ()

    def whole_of(self, place_id: str) -> tuple[Membership, ...]:
        """Return the memberships of the province or city that a place is a part of, if that is a member as a whole."""
        row = self._base.row("SELECT member FROM part WHERE place = ?", (place_id,))
        return self.of(Filters(places=(row[0],))) if row else ()

    def mentioned(self, filters: Filters) -> tuple[Place, ...]:
        """Return places of the countries in `filters` that a source calls members without the year."""
        if not filters.countries:
            return ()
        countries = sorted(filters.countries - filters.not_countries)
        rows = self._base.rows(
            f"SELECT DISTINCT place.id FROM mention JOIN place ON place.id = mention.place"
            f" WHERE place.country IN ({_marks(countries)}) ORDER BY place.name",
            countries,
        )
        return tuple(self.place(place_id) for (place_id,) in rows)

    def also_counted(self, filters: Filters) -> int:
        """Return how many of the places mentioned count beside the members held by name."""
        counted = {place for (place,) in self._base.rows("SELECT place FROM mention WHERE counted")}
        return sum(place.id in counted for place in self.mentioned(filters))

    def is_mentioned(self, place_id: str) -> bool:
        """Tell whether a source calls a place a member without the year."""
        return self._base.row("SELECT 1 FROM mention WHERE place = ?", (place_id,)) is not None

    def _conditions(self, filters: Filters) -> tuple[list[str], list[object]]:
        conditions: list[str] = []
        parameters: list[object] = []
        if filters.places:
            conditions.append(f"membership.place IN ({_marks(filters.places)})")
            parameters += filters.places
        if filters.countries or filters.regions:
            countries = sorted(self._countries(filters.countries, filters.regions, filters.either))
            conditions.append(f"place.country IN ({_marks(countries)})")
            parameters += countries
        if filters.year is not None:
            conditions.append("membership.year = ?")
            parameters.append(filters.year)
        return conditions, parameters

    def _countries(self, countries: frozenset[str], regions: frozenset[str], either: bool = True) -> frozenset[str]:
        """Return the countries named and those of the regions named; or, if not `either`, those that are in both."""
        within: frozenset[str] = frozenset().union(*(self._coverage.countries_of.get(r, frozenset()) for r in regions))
        return countries & within if countries and regions and not either else countries | within


def _membership(row: Sequence[Any]) -> Membership:
    year, source, locator, inferred, *place = row
    return Membership(Place(*place), year, source, locator, bool(inferred))


def _passes(membership: Membership, filters: Filters, barred: frozenset[str]) -> bool:
    place = membership.place
    return (
        filters.has_year(membership.year)
        and place.id not in filters.not_places
        and place.country not in barred
        and (filters.initial is None or starts((place.name, place.name_th), filters.initial))
    )


def starts(written: Iterable[str | None], initial: str) -> bool:
    """Tell whether one of the names written begins with a letter of `initial`; Thai leading vowels do not count."""
    names = [name.lstrip("'’").casefold() for name in written if name]
    letters = tuple(initial.split("|"))
    return any(name.startswith(letters) or without_leading_vowel(name).startswith(letters) for name in names)


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
