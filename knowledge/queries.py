"""Query to answer: rows, printed numbers, coverage and sources. What is not held whole is never denied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.answer import Answer, Cited, Extent, Row, Tally, Verdict
from knowledge.coverage import Coverage
from knowledge.model import (
    WORLD,
    Ask,
    Declared,
    Filters,
    Membership,
    Place,
    Query,
    Scope,
    Source,
    Statement,
    Subject,
    YearSpan,
)
from knowledge.store import FactBase

_PLACE = "place.id, place.country, place.name, place.name_th, place.kind, place.within, place.within_th, place.latitude, place.longitude"
_MEMBERS = f"SELECT membership.year, membership.source, membership.locator, membership.inferred, {_PLACE} FROM membership JOIN place ON place.id = membership.place"


_SMALL = 20  # cities; fewer name no round


class Facts:
    """Answers queries out of one open fact base. Not safe for use by two threads at once."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self.coverage = Coverage(base)
        self._sources = {row[0]: Source(*row) for row in base.rows("SELECT id, publisher, publisher_th, title, language, published, url FROM source")}
        self._names: dict[tuple[str, str], tuple[str, str]] = {}
        for kind, table, id_ in (("country", "country", "iso"), ("region", "region", "id"), ("organisation", "organisation", "id")):
            for ref, en, th in base.rows(f"SELECT {id_}, name_en, name_th FROM {table}"):
                self._names[kind, ref] = (en, th)
        self._statements: dict[str, list[Statement]] = {}
        for row in base.rows("SELECT id, topic, th, en, source, locator FROM statement"):
            self._statements.setdefault(row[1], []).append(Statement(*row))

        self._handlers: dict[Ask, Callable[[Query], Answer]] = {
            "list": self._list,
            "count": self._list,
            "check": self._check,
            "where": self._check,
            "when": self._when,
            "profile": self._profile,
            "rank": self._rank,
            "table": self._rank,
            "share": self._share,
            "difference": self._difference,
            "earliest": self._earliest,
            "statements": self._statements_of,
            "sources": self._sources_of,
            "completeness": self._completeness,
            "conflicts": self._conflicts,
        }

    def name(self, kind: str, ref: str) -> tuple[str, str]:
        """Return the English and the Thai name of a country, region or organisation."""
        return self._names[kind, ref]

    def place(self, place_id: str) -> Place:
        """Return a place by its id; raise KeyError if there is none."""
        row = self._base.row(f"SELECT {_PLACE} FROM place WHERE id = ?", (place_id,))
        if row is None:
            raise KeyError(place_id)
        return Place(*row)

    def rounds_by_number(self) -> dict[int, int]:
        """Return the round that each printed number of new cities belongs to; small numbers stand for nothing."""
        rows = self._base.rows("SELECT value, year FROM declared WHERE scope_kind = 'world' AND measure = 'new_cities'")
        return {value: year for value, year in rows if value > _SMALL}

    def topics(self) -> frozenset[str]:
        """Return the topics that statements exist for."""
        return frozenset(self._statements)

    def answer(self, query: Query) -> Answer:
        """Return what the fact base says to `query`."""
        if query.latest and not query.filters.years:
            newest = self._newest(query.filters)
            query = replace(query, filters=replace(query.filters, years=(YearSpan(newest, newest),)))
        return self._handlers[query.ask](query)

    # --- lists and counts

    def _list(self, query: Query) -> Answer:
        if query.subject == "years" and not _narrowed(query.filters):
            return self._rounds(query)
        tally = self.tally(query.filters)
        return Answer(
            query,
            tally=tally,
            proof=self._proof(query.filters, tally.years),
            rounds=self.coverage.years,
            network=self._network(query.filters),
            statements=self._said(query.topics),
            cited=self._cite(tally.members, [tally.declared]),
        )

    def _rounds(self, query: Query) -> Answer:
        rounds = self.coverage.rounds(query.filters)
        rows = tuple(self._year_row(year, Filters()) for year in rounds)
        declared = [self.coverage.declared(year, WORLD, "new_cities") for year in rounds]
        return Answer(query, rows=rows, rounds=self.coverage.years, cited=self._cite((), declared))

    def tally(self, filters: Filters) -> Tally:
        """Return how many cities `filters` let through: printed numbers first, then names where the list is whole."""
        rounds = self.coverage.rounds(filters)
        members = self.members(filters)
        whole = self.coverage.whole(filters)
        base = Tally(filters, members, len(_places(members)), whole, whole, rounds, countries=len({m.place.country for m in members}), countries_exact=whole)
        scopes = self.coverage.scopes(filters)
        if len(scopes) != 1 or filters.places or filters.initial:
            return base
        if filters.not_places or filters.not_countries or filters.not_regions:
            return self._without(base)
        if not filters.years and not filters.not_years:
            return base if whole else self._current(base, scopes[0])
        return self._declared_rounds(base, scopes[0])

    def _without(self, base: Tally) -> Tally:
        """Return a tally with exclusions: the whole less what is excluded, where both are known."""
        filters = base.filters
        plain = replace(filters, not_places=frozenset(), not_countries=frozenset(), not_regions=frozenset())
        whole = self.tally(plain)
        if base.exact or not whole.exact or whole.total or filters.not_places:
            return base
        left_out = self.tally(replace(plain, countries=filters.not_countries, regions=filters.not_regions))
        return replace(base, number=whole.number - left_out.number, exact=True) if left_out.exact else base

    def standing(self, year: int) -> Tally | None:
        """Return how many members the network had after the round of `year`, if a source says so."""
        total = self.coverage.declared(year, WORLD, "total_cities")
        filters = Filters(years=(YearSpan(year, year),))
        return total and Tally(filters, (), total.value, True, False, (year,), total, True, year)

    def _declared_rounds(self, base: Tally, scope: Scope) -> Tally:
        printed = [self.coverage.declared(year, scope, "new_cities") for year in base.years]
        known = [p for p in printed if p]
        if not known or len(known) < len(printed):
            return base
        tally = replace(base, number=sum(p.value for p in known), exact=True, declared=known[0])
        countries = self.coverage.declared(base.years[0], scope, "new_countries")
        if len(base.years) == 1 and countries:
            tally = replace(tally, countries=countries.value, countries_exact=True)
        return tally

    def _current(self, base: Tally, scope: Scope) -> Tally:
        """Return the newest printed total of members, and the members that joined after it."""
        total = self.coverage.latest(scope, "total_cities")
        if total is None or total.value < len(_places([m for m in base.members if m.year <= total.year])):
            return base
        later = tuple(m for m in base.members if m.year > total.year)
        tally = replace(base, number=total.value, exact=True, declared=total, total=True, as_of=total.year, later=later)
        countries = self.coverage.declared(total.year, scope, "total_countries")
        return replace(tally, countries=countries.value, countries_exact=True) if countries else tally

    def members(self, filters: Filters) -> tuple[Membership, ...]:
        """Return the memberships `filters` let through, by year, country and name."""
        sql, parameters = [], []
        if filters.places:
            sql.append(f"membership.place IN ({_marks(filters.places)})")
            parameters += list(filters.places)
        countries = self._countries(filters.countries, filters.regions)
        if countries or filters.countries or filters.regions:
            sql.append(f"place.country IN ({_marks(countries)})")
            parameters += sorted(countries)
        if filters.year is not None:
            sql.append("membership.year = ?")
            parameters.append(filters.year)
        where = f" WHERE {' AND '.join(sql)}" if sql else ""
        rows = self._base.rows(f"{_MEMBERS}{where} ORDER BY membership.year, place.country, place.name", parameters)
        barred = self._countries(filters.not_countries, filters.not_regions)
        found = (_membership(row) for row in rows)
        return tuple(m for m in found if _passes(m, filters, barred))

    def _countries(self, countries: frozenset[str], regions: frozenset[str]) -> frozenset[str]:
        """Return the countries named, or those of the regions named; where both are, the countries within the regions."""
        within = frozenset().union(*(self.coverage.countries_of.get(region, frozenset()) for region in regions))
        if countries and regions:
            return countries & within or countries | within
        return countries or within

    # --- single places

    def _check(self, query: Query) -> Answer:
        verdicts = tuple(self._verdict(place, query.filters) for place in query.filters.places)
        members = [m for verdict in verdicts for m in (*verdict.memberships, *verdict.inside)]
        lists = [number for verdict in verdicts if not verdict.memberships for number in self._numbers(verdict.extent)]
        return Answer(query, verdicts=verdicts, rounds=self.coverage.years, cited=self._cite(members, lists))

    def _profile(self, query: Query) -> Answer:
        answer = self._check(query)
        statements = self._said(query.topics)
        return replace(answer, statements=statements, cited=(*answer.cited, *self._cite_statements(statements)))

    def _when(self, query: Query) -> Answer:
        if query.filters.places:
            return self._check(query)
        if query.subject == "years":
            return self._announced(query)
        return replace(self._earliest(query), query=query)

    def _announced(self, query: Query) -> Answer:
        year = query.filters.year or (2022 if not query.filters.years else None)
        rounds = (year,) if year in self.coverage.announced else self.coverage.years if not query.filters.years else ()
        rows = tuple(self._year_row(y, Filters()) for y in rounds)
        return Answer(query, rows=rows, rounds=self.coverage.years, cited=self._cite((), [self.coverage.declared(y, WORLD, "new_cities") for y in rounds]))

    def _verdict(self, place_id: str, filters: Filters) -> Verdict:
        place = self.place(place_id)
        memberships = self.members(Filters(places=(place_id,)))
        matching = [m for m in memberships if filters.has_year(m.year)]
        rounds = self.coverage.rounds(filters)
        extent = self._searched(place, rounds)
        mention = self._base.row("SELECT source FROM mention WHERE place = ?", (place_id,))
        status = (
            "member" if matching
            else "other_year" if memberships
            else "mentioned" if mention
            else "no_round" if not rounds
            else "absent" if extent.complete
            else "not_found"
        )  # fmt: skip
        return Verdict(place, status, tuple(matching) or memberships, extent, self._inside(place), self._namesakes(place_id))  # type: ignore[arg-type]

    def _searched(self, place: Place, rounds: tuple[int, ...]) -> Extent:
        """Return the narrowest whole list that would show `place`, or the partial one that was searched."""
        for scope in (Scope("country", place.country), Scope("region", self.coverage.region_of.get(place.country) or "")):
            if rounds and all(self.coverage.complete_in(year, scope) for year in rounds):
                extent = self._extent(scope, rounds, True)
                if extent.held:
                    return extent
        whole = bool(rounds) and all(self.coverage.complete(year, place.country) for year in rounds)
        return self._extent(WORLD, rounds, whole)

    def _extent(self, scope: Scope, rounds: tuple[int, ...], complete: bool) -> Extent:
        spans = tuple(YearSpan(year, year) for year in rounds)
        filters = Filters(
            years=spans,
            countries=frozenset({scope.id}) if scope.kind == "country" else frozenset(),
            regions=frozenset({scope.id}) if scope.kind == "region" else frozenset(),
        )
        members = self.members(filters)
        printed = [self.coverage.declared(year, scope, "new_cities") for year in rounds]
        declared = sum(p.value for p in printed if p) if printed and all(printed) else None
        with_members = tuple(sorted({m.year for m in members})) if complete else rounds
        return Extent(scope, with_members or rounds, len(members), declared, complete)

    def _numbers(self, extent: Extent) -> list[Declared | None]:
        """Return the printed numbers of the list that was searched, the newest first."""
        return [self.coverage.declared(year, extent.scope, "new_cities") for year in reversed(extent.years)]

    def _inside(self, place: Place) -> tuple[Membership, ...]:
        rows = self._base.rows(
            f"{_MEMBERS} WHERE place.within = ? AND place.country = ? AND place.id != ?", (place.name, place.country, place.id)
        )
        return tuple(_membership(row) for row in rows)

    def _namesakes(self, place_id: str) -> tuple[Place, ...]:
        rows = self._base.rows("SELECT place FROM namesake WHERE member = ? AND prominent", (place_id,))
        return tuple(self.place(other) for (other,) in rows)

    # --- comparing

    def _rank(self, query: Query) -> Answer:
        rows = self._rows_by(query)
        order = sorted(rows, key=lambda row: (row.number if query.fewest else -row.number, row.id))
        if query.threshold:
            order = [row for row in order if _meets(row.number, query.threshold)]
        tally = self.tally(query.filters)
        return Answer(query, tally=tally, rows=tuple(order), proof=self._proof(query.filters, tally.years), rounds=self.coverage.years, cited=self._cite(tally.members, ()))

    def _rows_by(self, query: Query) -> list[Row]:
        subject: Subject = "countries" if query.subject == "cities" else query.subject
        if subject == "years":
            return [self._year_row(year, query.filters) for year in self.coverage.rounds(query.filters)]
        if subject == "regions":
            return [self._region_row(region, query.filters) for region in sorted(self.coverage.unesco)]
        members = sorted(self.members(query.filters), key=lambda m: m.place.country)
        return [self._country_row(iso, tuple(group), query.filters) for iso, group in groupby(members, key=lambda m: m.place.country)]

    def _year_row(self, year: int, filters: Filters) -> Row:
        tally = self.tally(replace(filters, years=(YearSpan(year, year),), not_years=frozenset()))
        return Row(str(year), tally.number, tally.exact, tally.members)

    def _region_row(self, region: str, filters: Filters) -> Row:
        tally = self.tally(replace(filters, regions=frozenset({region})))
        return Row(region, tally.number, tally.exact, tally.members)

    def _country_row(self, iso: str, members: tuple[Membership, ...], filters: Filters) -> Row:
        tally = self.tally(replace(filters, countries=frozenset({iso}), regions=frozenset(), not_countries=frozenset(), not_regions=frozenset()))
        return Row(iso, tally.number, tally.exact, members)

    def _share(self, query: Query) -> Answer:
        filters = query.filters
        whole = replace(filters, countries=frozenset()) if filters.countries else replace(filters, regions=frozenset())
        tallies = (self.tally(filters), self.tally(whole))
        return Answer(query, tallies=tallies, rounds=self.coverage.years, cited=self._cite(tallies[0].members, [t.declared for t in tallies]))

    def _difference(self, query: Query) -> Answer:
        filters = query.filters
        if len(filters.years) > 1 or filters.year is None and filters.years:
            years = [s.single for s in filters.years] if len(filters.years) > 1 else [filters.years[0].first, filters.years[0].last]
            parts = [replace(filters, years=(YearSpan(y, y),)) for y in years if y]
        elif len(filters.countries) > 1:
            parts = [replace(filters, countries=frozenset({c}), regions=frozenset()) for c in sorted(filters.countries)]
        elif len(filters.regions) > 1:
            parts = [replace(filters, regions=frozenset({r})) for r in sorted(filters.regions)]
        else:
            return self._rank(replace(query, ask="rank", subject="countries" if query.subject == "cities" else query.subject))
        standing = [self.standing(part.year) for part in parts if part.year and query.of_network]
        tallies = tuple(t for t in standing if t) or tuple(self.tally(part) for part in parts)
        members = [m for t in tallies for m in t.members]
        return Answer(query, tallies=tallies, rounds=self.coverage.years, cited=self._cite(members, [t.declared for t in tallies]))

    def _earliest(self, query: Query) -> Answer:
        """Return the first members, of the filters or among the places named."""
        if len(query.filters.places) > 1:
            return self._check(query)
        filters = replace(query.filters, places=())
        tally = self.tally(filters)
        first = min((m.year for m in tally.members), default=None)
        members = tuple(m for m in tally.members if m.year == first)
        rows = tuple(Row(str(year), len(list(group)), True, ()) for year, group in groupby(tally.members, key=lambda m: m.year))
        return Answer(query, tally=replace(tally, members=members), rows=rows, rounds=self.coverage.years, cited=self._cite(members, ()))

    # --- statements and sources

    def _statements_of(self, query: Query) -> Answer:
        statements = self._said(query.topics)
        verdicts = tuple(self._verdict(place, query.filters) for place in query.filters.places)
        return Answer(query, verdicts=verdicts, statements=statements, rounds=self.coverage.years, cited=self._cite_statements(statements))

    def _sources_of(self, query: Query) -> Answer:
        tally = self.tally(query.filters)
        used = Counter(m.source for m in tally.members)
        listed = tuple(self._sources[source] for source, _ in used.most_common())
        return Answer(query, tally=tally, sources=listed, cited=self._cite(tally.members, [tally.declared]))

    def _completeness(self, query: Query) -> Answer:
        filters = query.filters if query.filters.years else replace(query.filters, years=(YearSpan(2022, 2022),))
        answer = self._list(replace(query, ask="list", filters=filters))
        return replace(answer, query=replace(query, filters=filters))

    def _conflicts(self, query: Query) -> Answer:
        rows = self._base.rows("SELECT id, topic, th, en FROM conflict WHERE ? IS NULL OR year = ? ORDER BY year, id", (query.filters.year, query.filters.year))
        statements = tuple(Statement(row[0], row[1], row[2], row[3], "", None) for row in rows)
        sources = self._base.rows("SELECT DISTINCT source FROM conflict_source")
        return Answer(query, statements=statements, cited=tuple(Cited(self._sources[s], None) for (s,) in sources))

    def _said(self, topics: Iterable[str]) -> tuple[Statement, ...]:
        return tuple(statement for topic in topics for statement in self._statements.get(topic, ()))

    # --- helpers

    def _newest(self, filters: Filters) -> int:
        """Return the newest round with a member that the filters let through; the newest of all if there is none."""
        members = self.members(filters) if _narrowed(filters) else ()
        return max((m.year for m in members), default=self.coverage.years[-1])

    def _network(self, filters: Filters) -> tuple[Declared, Declared] | None:
        """Return the network's cities and countries at the end of the year asked for, or now; None for parts of it."""
        if _narrowed(filters) or (filters.years and filters.year is None):
            return None
        cities = self.coverage.declared(filters.year, WORLD, "total_cities") if filters.year else self.coverage.latest(WORLD, "total_cities")
        countries = cities and self.coverage.declared(cities.year, WORLD, "total_countries")
        return (cities, countries) if cities and countries else None

    def _proof(self, filters: Filters, rounds: tuple[int, ...]) -> Extent | None:
        """Return the whole list that contains what was asked for, or the list that has gaps."""
        if not rounds:
            return None
        regions = {self.coverage.region_of.get(c) for c in filters.countries} | set(filters.regions & self.coverage.unesco)
        scopes = [Scope("region", next(iter(regions)) or "")] if len(regions) == 1 else []
        for scope in scopes:
            if all(self.coverage.complete_in(year, scope) for year in rounds):
                return self._extent(scope, rounds, True)
        return self._extent(WORLD, rounds, self.coverage.whole(filters))

    def _cite(self, members: Iterable[Membership], declared: Sequence[Declared | None]) -> tuple[Cited, ...]:
        numbers = [(d.source, d.locator, d.year) for d in declared if d]
        rows = Counter((m.source, m.locator, m.year) for m in members)
        best: dict[str, Cited] = {}
        for source, locator, year in [*numbers, *(place for place, _ in rows.most_common())]:
            best.setdefault(source, Cited(self._sources[source], locator, year))
        return tuple(best.values())

    def _cite_statements(self, statements: Iterable[Statement]) -> tuple[Cited, ...]:
        best: dict[str, Cited] = {}
        for statement in statements:
            best.setdefault(statement.source, Cited(self._sources[statement.source], statement.locator))
        return tuple(best.values())


def _narrowed(filters: Filters) -> bool:
    return replace(filters, years=(), not_years=frozenset()) != Filters()


def _membership(row: Sequence[object]) -> Membership:
    year, source, locator, inferred, *place = row
    return Membership(Place(*place), year, source, locator, bool(inferred))  # type: ignore[arg-type]


def _passes(membership: Membership, filters: Filters, barred: frozenset[str]) -> bool:
    place = membership.place
    return (
        filters.has_year(membership.year)
        and place.id not in filters.not_places
        and place.country not in barred
        and (filters.initial is None or _starts(place, filters.initial))
    )


def _starts(place: Place, initial: str) -> bool:
    names = [name.lstrip("'’").casefold() for name in (place.name, place.name_th or "")]
    vowels = "เแโใไ"  # written before the consonant that a Thai name begins with
    return any(name.startswith(initial) or name.lstrip(vowels).startswith(initial) for name in names)


def _places(members: Sequence[Membership]) -> set[str]:
    return {m.place.id for m in members}


def _meets(number: int, threshold: tuple[str, int]) -> bool:
    comparison, bound = threshold
    return {"more": number > bound, "fewer": number < bound, "exactly": number == bound}[comparison]


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
