"""Whether a place is a member, and the list that shows it. What is not held whole is never denied."""

from __future__ import annotations

from knowledge.answer import Extent, Status, Verdict
from knowledge.coverage import Coverage
from knowledge.members import Members
from knowledge.model import WORLD, Declared, Filters, Place, Scope


class Verdicts:
    """Verdicts out of one fact base."""

    def __init__(self, members: Members, coverage: Coverage) -> None:
        self._members = members
        self._coverage = coverage

    def on(self, place_id: str, filters: Filters) -> Verdict:
        """Return whether the place joined in the years of `filters`."""
        place = self._members.meant(place_id, filters.countries)
        memberships = self._members.of(Filters(places=(place.id,)))
        matching = tuple(m for m in memberships if filters.has_year(m.year))
        extent = self.searched(place, self._coverage.rounds(filters))
        status: Status = "member" if matching else "other_year" if memberships else self._missing(place, extent)
        if memberships and filters.countries and place.country not in filters.countries:
            status = "other_country"
        inside, namesakes = self._members.within(place), self._members.namesakes(place.id)
        of_the_name = () if memberships else self._members.of_the_name(place.id)
        whole = () if memberships else tuple(m for m in self._members.whole_of(place.id) if filters.has_year(m.year))
        return Verdict(place, status, matching or memberships, extent, inside, namesakes, of_the_name, whole)

    def searched(self, place: Place, rounds: tuple[int, ...]) -> Extent:
        """Return the narrowest whole list that would show `place`, or the partial one that was searched."""
        region = Scope("region", self._coverage.region_of.get(place.country) or "")
        for scope in (Scope("country", place.country), region):
            if rounds and all(self._coverage.complete_in(year, scope) for year in rounds):
                extent = self.extent(scope, rounds, True)
                if extent.held:
                    return extent
        whole = bool(rounds) and all(self._coverage.complete(year, place.country) for year in rounds)
        return self.extent(WORLD, rounds, whole)

    def containing(self, filters: Filters) -> Extent | None:
        """Return the whole list that contains what `filters` ask for, or the one with gaps; None without a round."""
        rounds = self._coverage.rounds(filters)
        if not rounds:
            return None
        groups = (self._coverage.countries_of.get(region, frozenset()) for region in filters.regions)
        countries = filters.countries.union(*groups)
        regions = {region for c in countries if (region := self._coverage.region_of.get(c))}
        scope = Scope("region", next(iter(regions))) if len(regions) == 1 else WORLD
        if all(self._coverage.complete_in(year, scope) for year in rounds):
            return self.extent(scope, rounds, True)
        return self.extent(WORLD, rounds, False)

    def extent(self, scope: Scope, rounds: tuple[int, ...], complete: bool) -> Extent:
        """Return what is held of the list of `scope` in `rounds`."""
        held, with_members = self._members.held(scope, rounds)
        printed = [self._coverage.declared(year, scope, "new_cities") for year in rounds]
        declared = sum(number.value for number in printed if number) if printed and all(printed) else None
        years = with_members if complete else rounds
        return Extent(scope, years or rounds, held, declared, complete)

    def numbers(self, extent: Extent) -> list[Declared | None]:
        """Return the printed numbers of a list, the newest first."""
        return [self._coverage.declared(year, extent.scope, "new_cities") for year in reversed(extent.years)]

    def _missing(self, place: Place, extent: Extent) -> Status:
        if self._members.is_mentioned(place.id):
            return "mentioned"
        if not extent.years:
            return "no_round"
        return "absent" if extent.complete else "not_found"
