"""Counts into the numbers of a draft: each scope and measure once, held against the names that were read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.counts import OF_COUNTRIES, Count, Counts
from knowledge.extract.draft import Member, Number
from knowledge.extract.found import Reading
from knowledge.extract.points import Points
from knowledge.extract.rows import spelled
from knowledge.extract.sharing import shared
from knowledge.extract.weighing import FEWEST, Weighing
from knowledge.model import WORLD, Measure, Scope
from knowledge.reading import Records

_TOTAL_OF: dict[Measure, Measure] = {"new_cities": "total_cities", "new_countries": "total_countries"}
_OPEN = ("unread", "country", "text")  # doubts with which no list is called whole


class Numbering:
    """The numbers of one draft of one year."""

    def __init__(
        self, records: Records, atlas: Atlas, members: Collection[Member], points: Points, year: int | None
    ) -> None:
        self._records = records
        self._atlas = atlas
        self._members = members
        self._points = points
        self._year = year
        self._weighing = Weighing(records, year)
        self._weighed: set[tuple[Scope, Measure]] = set()  # taken by their size
        self._contested: set[Measure] = set()  # of the world, with other numbers beside

    def numbers(self, counts: Counts, found: Reading) -> list[Number]:
        """Return the numbers that hold, each scope and measure once; others become doubts."""
        kept: dict[tuple[Scope, Measure], list[Count]] = defaultdict(list)
        unclear: list[Count] = []
        for count, why in self._understood(counts.read(found.headed)):
            if why and count.measure:
                message = f"{count.value} is taken for the {count.measure} of {spelled(count.scope)}: {why}"
                self._points.add("count", count.where, message, count.quoted)
                self._weighed.add((count.scope, count.measure))
            count = self._as_read(count)
            if counts.is_of_another_year(count):
                self._points.add("left_out", count.where, f"{count.value} is a number of another year", count.quoted)
            elif count.measure is None:
                unclear.append(count)
            else:
                kept[count.scope, count.measure].append(count)
        self._without_parts(kept)
        unclear = [count for count in unclear if not self._borne_out(count, kept)]
        numbers = [number for key, same in kept.items() for number in self._followed(key, same)]
        believed = [self._believed(number, numbers) for number in numbers]
        unlikely = {OF_COUNTRIES.get(n.measure) for n in believed if n.scope == WORLD and n.confidence == "doubtful"}
        numbers = [
            replace(n, confidence="doubtful") if n.scope == WORLD and n.measure in unlikely else n for n in believed
        ]
        values = {number.value for number in numbers}
        for count in unclear:
            if count.value not in values:
                self._points.add("count", count.where, f"it is not clear what {count.value} counts", count.quoted)
        return numbers

    def _understood(self, counts: list[Count]) -> Iterator[tuple[Count, str]]:
        """Yield counts with what they count by their size or their sum, and why that may be otherwise."""
        weighed = list(self._weighing.weighed(counts))
        for (count, why), (_, before) in zip(shared([count for count, _ in weighed]), weighed, strict=True):
            yield count, why or before

    def _as_read(self, count: Count) -> Count:
        """Return what a country is said to have as its new cities, if as many names of it were read."""
        inside = [member for member in self._members if self._is_in(member.country, count.scope)]
        if count.scope == WORLD and (count.measure == "new_cities" or self._is_tiny(count)):
            return self._of_one_country(count)
        new = count.held and len(inside) == count.value and not cues.finds(count.sentence, "totals_behind", "totals")
        return replace(count, measure="new_cities") if new else count

    def _is_tiny(self, number: Count | Number) -> bool:
        """Tell whether a number is called the total of the network, and is smaller than any of its rounds was."""
        return number.scope == WORLD and number.measure == "total_cities" and number.value < FEWEST

    def _of_one_country(self, count: Count) -> Count:
        """Return a number that no words give a place, and that is small, as one of the country of all the names."""
        countries = {member.country for member in self._members}
        country = next(iter(countries)) if len(countries) == 1 else None
        if count.value == len(self._members) and country and count.value < FEWEST:
            scope = Scope("country", country)
            message = f"{count.value} is taken for the new_cities of {spelled(scope)}: all the names read are there"
            self._points.add("count", count.where, message, count.quoted)
            self._weighed.add((scope, "new_cities"))
            return replace(count, scope=scope, measure="new_cities")
        if self._is_tiny(count):
            return count
        small = count.value < FEWEST and bool(country or count.value < len(self._members))
        return replace(count, measure=None) if small else count

    def _borne_out(self, count: Count, kept: dict[tuple[Scope, Measure], list[Count]]) -> bool:
        """Take an unclear number of a country for that of its new cities, if as many names of it were read."""
        inside = [member for member in self._members if self._is_in(member.country, count.scope)]
        if count.scope.kind != "country" or len(inside) != count.value or (count.scope, "new_cities") in kept:
            return False
        kept[count.scope, "new_cities"].append(count)
        return True

    def _without_parts(self, kept: dict[tuple[Scope, Measure], list[Count]]) -> None:
        """Take away numbers of the world that are smaller than its largest: parts whose scope was not understood."""
        for measure in ("new_cities", "new_countries", "total_cities", "total_countries"):
            same = kept.get((WORLD, measure), [])
            if not same:
                continue
            votes = Counter(count.value for count in same)
            title = {count.value for count in same if count.where == "title"}
            best = max(votes, key=lambda value: (value >= FEWEST, value in title, votes[value], value))
            kept[WORLD, measure] = [count for count in same if count.value == best]
            known = self._elsewhere(kept, measure)
            for count in same:
                if count.value != best and count.value not in known:
                    self._contested.add(measure)
                    message = f"{count.value} beside {best}: it is not clear what it counts"
                    self._points.add("count", count.where, message, count.quoted)

    def _elsewhere(self, kept: dict[tuple[Scope, Measure], list[Count]], measure: Measure) -> set[int]:
        """Return the values that stand for something else: of a part of the world, or another measure."""
        scoped = {c.value for (scope, m), cs in kept.items() if scope != WORLD and m == measure for c in cs}
        others = {c.value for (scope, m), cs in kept.items() if scope == WORLD and m != measure for c in cs}
        by_country = Counter(member.country for member in self._members).values() if measure == "new_cities" else ()
        return scoped | others | set(by_country)

    def _followed(self, key: tuple[Scope, Measure], same: list[Count]) -> Iterator[Number]:
        scope, measure = key
        followed = self._is_followed(scope, measure)
        for place, value in enumerate(dict.fromkeys(count.value for count in same)):
            alike = [count for count in same if count.value == value]
            first = next((count for count in alike if count.where != "title"), alike[0])
            contested = scope == WORLD and measure in self._contested
            sure = "certain" if len({c.value for c in same}) == 1 and not contested else "doubtful"
            sure = "likely" if sure == "certain" and key in self._weighed else sure
            yield Number(scope, measure, value, first.where, sure, place == 0 and not followed)  # type: ignore[arg-type]
            if place:
                message = f"{measure} of {spelled(scope)} is {same[0].value} in one place and {value} in another"
                self._points.add("count", first.where, message, first.quoted)

    def _is_followed(self, scope: Scope, measure: Measure) -> bool:
        return any(
            (row.scope, row.measure, row.followed) == (scope, measure, True) and (row.year or one.year) == self._year
            for one in self._records.announcements.values()
            for row in one.declared
        )

    # --- numbers against numbers

    def _believed(self, number: Number, numbers: list[Number]) -> Number:
        """Return `number`, as doubtful where other numbers make it unlikely: news take newcomers for the network."""
        least = self._weighing.least(number.scope, number.measure)
        joined = [n.value for n in numbers if n.scope == number.scope and _TOTAL_OF.get(n.measure) == number.measure]
        if number.measure in _TOTAL_OF:
            before = self._weighing.last(number.scope, _TOTAL_OF[number.measure])
            half = 2 if number.measure == "new_cities" else 1  # newcomers come from countries that have members already
            why = (
                f"more than {'half of ' * (half - 1)}the {before} there were"
                if before and number.value * half > before
                else ""
            )
        elif number.value in joined:
            why = "the number of those that joined as well"
        else:
            why = f"less than the {least} there were" if least and number.value < least else ""
            why = why or ("less than any round had" if self._is_tiny(number) else "") or self._as_newcomers(number)
        why = why or self._against_names(number)
        if not why and self._year is None and number.measure in _TOTAL_OF.values():
            why = "one of a text without a year"
        if not why:
            return number
        message = f"{number.value} is taken for the {number.measure} of {spelled(number.scope)}, and is {why}"
        self._points.add("count", number.where, message)
        return replace(number, confidence="doubtful")

    def _as_newcomers(self, number: Number) -> str:
        """Return why the total of a country may be the number of those of it that joined."""
        inside = [member for member in self._members if self._is_in(member.country, number.scope)]
        same = number.scope.kind == "country" and len(inside) == number.value > 1
        return "the number of the names that were read there as well" if same else ""

    def _against_names(self, number: Number) -> str:
        """Return why a number of a country or region is unlikely beside the names read there, and the network."""
        inside = [member for member in self._members if self._is_in(member.country, number.scope)]
        network = self._weighing.last(WORLD, "total_cities") or 0
        if number.scope == WORLD or not number.measure.endswith("cities"):
            return ""
        if number.value < len(inside):
            return f"less than the {len(inside)} names that were read there"
        if number.scope.kind == "country" and network and number.value * 3 > network:
            return "more than a third of the network"
        if number.scope.kind == "country" and not inside and self._members:
            return "one of a country of which no name was read"
        of_new = number.measure == "new_cities" and number.scope.kind == "country"
        more = of_new and len(inside) < number.value
        return f"more than the {len(inside)} names that were read there" if more else ""

    # --- numbers against names

    def compare(self, numbers: list[Number]) -> list[Number]:
        """Return the numbers without those that the names contradict; note where names and numbers differ."""
        return [number for number in numbers if self._holds(number, numbers)]

    def _holds(self, number: Number, numbers: list[Number]) -> bool:
        inside = [member for member in self._members if self._is_in(member.country, number.scope)]
        if number.measure == "new_cities" and self._members:
            new = ((n.scope, n.measure) == (WORLD, "new_cities") and n.value > number.value for n in numbers)
            if number.scope.kind == "region" and number.value == len(self._members) > len(inside) and not any(new):
                message = f"{number.value} is said of {spelled(number.scope)}, and the names are of other regions, too"
                self._points.add("count", number.where, message)
                return False
            of = next((n.value for n in numbers if (n.scope, n.measure) == (number.scope, "new_countries")), None)
            self._cities(number, inside, of)
        return True

    def _cities(self, number: Number, inside: list[Member], countries: int | None) -> None:
        """Note where names, or the countries they are in, are more or fewer than declared."""
        read = len({member.country for member in inside})
        if len(inside) == number.value and countries in (read, None):
            return
        if inside or number.scope == WORLD:
            of = f" of {countries} countries" if countries else ""
            read_of = f" of {read}" if countries else ""
            message = f"{number.value} new cities{of} are declared for {spelled(number.scope)}"
            self._points.add("count", number.where, f"{message}, and {len(inside)} names{read_of} were read")

    def _is_in(self, country: str | None, scope: Scope) -> bool:
        if scope.kind == "country":
            return country == scope.id
        return scope == WORLD or self._atlas.region_of.get(country or "") == scope.id

    # --- coverage

    def coverage(self, numbers: list[Number]) -> Iterator[tuple[dict[str, Any], str]]:
        """Yield what can be said of the completeness of the list, where no record says it for that year."""
        held = {
            row.scope
            for one in self._records.announcements.values()
            for row in one.coverage
            if (row.year or one.year) == self._year
        }
        already = self._already()
        for number in numbers:
            if number.measure != "new_cities" or number.scope in held or self._year is None or not number.followed:
                continue
            names = {member.place for member in self._members if self._is_in(member.country, number.scope)}
            names |= {place for place, country in already.items() if self._is_in(country, number.scope)}
            complete = len(names) == number.value and not self._points.have(*_OPEN)
            row = {"scope": spelled(number.scope), "complete": complete, "known": len(names), "declared": number.value}
            yield row, "REVIEW: whole only if every name was read" if complete else ""
            held.add(number.scope)

    def _already(self) -> dict[str, str | None]:
        """Return the places that other records have for the year, with their countries."""
        country = {place.id: place.country for place in self._records.places}
        rows = [
            row.place
            for one in self._records.announcements.values()
            for row in one.memberships
            if (row.year or one.year) == self._year
        ]
        return {place: country.get(place) for place in rows}
