"""Query to answer: rows, printed numbers, coverage and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from knowledge.answer import Answer, Row, Tally
from knowledge.coverage import Coverage
from knowledge.directory import members_named
from knowledge.library import Library
from knowledge.members import Members, starts
from knowledge.model import (
    NO_FILTERS,
    WORLD,
    Ask,
    Bounds,
    Declared,
    Filters,
    Membership,
    Place,
    Query,
    Scope,
    Statement,
    YearSpan,
    only,
)
from knowledge.premises import Premises
from knowledge.rankings import Rankings
from knowledge.store import FactBase
from knowledge.tallies import Tallies, compared
from knowledge.verdicts import Verdicts

_SMALL = 10  # cities; fewer name no round
_STANDING = ("list", "count", "rank", "table", "share", "difference")
_TOTALS = ("totals",)  # on why the totals of rounds do not add up
_BEST_KNOWN = 2022  # the round whose announcement is held in full
_NOWHERE = frozenset({""})
_NAMED = (("country", "iso"), ("region", "id"), ("organisation", "id"))


class Facts:
    """Answers queries out of one open fact base. Not safe for use by two threads at once."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self.coverage = Coverage(base)
        self._members = Members(base, self.coverage)
        self._tallies = Tallies(self._members, self.coverage)
        self._rankings = Rankings(self._members, self._tallies, self.coverage)
        self._verdicts = Verdicts(self._members, self.coverage)
        self._premises = Premises(self._tallies, self.coverage)
        self._library = Library(base)
        self._names = {
            (kind, ref): (en, th)
            for kind, column in _NAMED
            for ref, en, th in base.rows(f"SELECT {column}, name_en, name_th FROM {kind}")
        }

    def answer(self, query: Query) -> Answer:
        """Return what the fact base says to `query`."""
        if query.filters.country_initial:
            query = replace(query, filters=self._of_initial(query.filters, query.filters.country_initial))
        if query.beyond and query.subject != "years":
            query = self._bounded(query)
        if parts := self._parts_of(query.filters.not_places):
            query = replace(query, filters=replace(query.filters, not_places=query.filters.not_places | parts))
        if query.around and query.ask != "same_country":
            query = self._resolved(query)
        later_open = False
        if query.latest and all(span.first is None for span in query.filters.years):
            newest = self._newest(query.filters)
            later_open = self._later_may_be_missing(query.filters, newest)
            query = replace(query, filters=replace(query.filters, years=only(newest)))
        if query.ask in _STANDING and self._is_up_to_now(query.filters):
            query = replace(query, filters=replace(query.filters, years=()))
        answer = _HANDLERS[query.ask](self, query)
        return replace(answer, later_open=True) if later_open else answer

    def _parts_of(self, places: frozenset[str]) -> frozenset[str]:
        """Return the members that lie in places that are left out: without Busan, its districts are left out, too."""
        return frozenset(m.place.id for place in places for m in self._members.within(self.place(place)))

    def _later_may_be_missing(self, filters: Filters, newest: int) -> bool:
        """Tell whether members may have joined after `newest` in rounds of which the list is not held whole."""
        later = replace(filters, years=(YearSpan(newest + 1, filters.until),))
        return later.narrowed and bool(self.coverage.rounds(later)) and not self.coverage.whole(later)

    def _of_initial(self, filters: Filters, initial: str) -> Filters:
        """Return `filters` with the countries whose name begins so; of those named before, if any were."""
        found = {ref for (kind, ref), names in self._names.items() if kind == "country" and starts(names, initial)}
        within = frozenset[str]().union(*(self.coverage.countries_of[region] for region in filters.regions))
        meant = found & (filters.countries or found) & (within or found)
        return replace(filters, countries=frozenset(meant) or _NOWHERE)

    def name(self, kind: str, ref: str) -> tuple[str, str]:
        """Return the English and the Thai name of a country, region or organisation."""
        return self._names[kind, ref]

    def place(self, place_id: str) -> Place:
        """Return a place by its id; raise KeyError if there is none."""
        return self._members.place(place_id)

    def held(self, scope: Scope, year: int | None = None) -> tuple[int, tuple[int, ...]]:
        """Return how many places of `scope` are held by name, of one round or of all, and the rounds they joined in."""
        return self._members.held(scope, self.coverage.years if year is None else (year,))

    def members(self, filters: Filters) -> tuple[Membership, ...]:
        """Return the memberships `filters` let through, by year, country and name."""
        return self._members.of(filters)

    def knows(self, kind: str, ref: str) -> bool:
        """Tell whether there is a place, country, region or organisation of that id."""
        if kind != "place":
            return (kind, ref) in self._names
        return self._base.row("SELECT 1 FROM place WHERE id = ?", (ref,)) is not None

    def named(self, text: str, limit: int, offset: int = 0) -> tuple[Place, ...]:
        """Return members with a name that holds `text`; all of them, by name, without a text."""
        return members_named(self._base, text, limit, offset)

    def topics(self) -> frozenset[str]:
        """Return the topics that statements exist for."""
        return self._library.topics()

    def rounds_by_number(self) -> dict[tuple[str, int], int]:
        """Return the round that each printed number of new cities, of the world or a region, belongs to.

        Small numbers of the world stand for nothing, nor do those of several rounds.
        """
        rows = self._base.rows(
            "SELECT scope_id, value, min(year) FROM declared WHERE scope_kind != 'country' AND measure = 'new_cities'"
            " AND (followed OR scope_kind = 'world') AND (value > ? OR scope_kind = 'region')"
            " GROUP BY scope_id, value HAVING min(year) = max(year)",
            (_SMALL,),
        )
        return {(scope, value): year for scope, value, year in rows}

    # --- lists and counts

    def _list(self, query: Query) -> Answer:
        if query.of_network and not query.filters.narrowed and len(query.filters.years) > 1 and query.ask == "count":
            return self._rank(replace(query, ask="rank", subject="years", threshold=Bounds()))
        everything = query.subject == "cities" and query.filters == NO_FILTERS and query.ask == "list"
        if (everything and not query.by_kind) or (query.subject == "years" and not query.filters.narrowed):
            return self._rounds(query, self.coverage.rounds(query.filters))
        stands = query.of_network and (query.ask == "count" or query.filters.year not in self.coverage.years)
        tally = (stands and self._tallies.standing_of(query.filters)) or self._tallies.of(query.filters)
        network = self._network(query.filters)
        if network and query.filters.until and query.of_network:
            tally = replace(tally, members=tuple(m for m in tally.members if m.year <= network[0].year))
        tally = self._tallies.in_each(tally, query.subject) if query.in_each else tally
        if query.subject == "countries" and query.filters.not_years:
            tally = self._tallies.never_in(tally, query.filters.not_years)
        if query.subject == "countries" and query.alone:
            tally = self._tallies.never_in(tally, frozenset(self.coverage.years) - frozenset(tally.years))
        proof = self._verdicts.containing(query.filters)
        numbers = [tally.declared] if tally.members or proof is None else self._verdicts.numbers(proof)
        if not tally.members and not any(numbers):
            numbers = [self.coverage.latest(scope, "new_cities") for scope in self.coverage.scopes(query.filters)]
        unnamed = () if tally.members else self._library.joined(query.filters)
        then = None if tally.total else self._tallies.then(query.filters, or_bound=True)
        numbers = [*numbers, then.declared if then else None]
        return Answer(
            query,
            tally=tally,
            then=then,
            claimed=self._premises.once(query) if tally.total else None,
            borne_out=self._premises.bears_out(query, tally),
            proof=proof,
            rounds=self.coverage.years,
            network=network,
            mentioned=self._members.mentioned(query.filters) if not query.filters.years else (),
            conflicts=self._conflicts_on(query.filters),
            statements=(*self._library.statements(query.topics), *unnamed),
            cited=(*self._library.cite_statements(unnamed), *self._library.cite(tally.members, numbers)),
        )

    def _together(self, query: Query) -> Answer:
        """Return who joined in the same round as the places named."""
        return self.answer(replace(query, ask="list", around="with"))

    def _bounded(self, query: Query) -> Query:
        """Return `query` with the number of the one country it names as the bound for the others."""
        number = self._tallies.of(query.filters).number
        bounds = {"more": Bounds(number + 1), "fewer": Bounds(0, number - 1), "same": Bounds(number, number)}
        others = replace(query.filters, countries=frozenset(), not_countries=query.filters.countries)
        threshold = bounds[query.beyond or "same"]
        return replace(query, ask="rank", subject="countries", filters=others, threshold=threshold, beyond=None)

    def _resolved(self, query: Query) -> Query:
        """Return `query` with the years before, after or in which its places joined; a check where they did not."""
        filters = query.filters
        years = sorted({m.year for m in self._members.of(Filters(places=filters.places))})
        if not years:
            return replace(query, ask="check", around=None)
        beside = sorted({m.year for m in self._members.of(replace(filters, places=(), years=()))})
        earlier, later = [y for y in beside if y < years[0]], [y for y in beside if y > years[-1]]
        spans = {
            "previous": only(earlier[-1] if earlier else years[0] - 1),
            "next_one": only(later[0] if later else years[-1] + 1),
            "before": (YearSpan(None, years[0] - 1),),
            "after": (YearSpan(years[-1] + 1, None),),
            "by": (YearSpan(None, years[0]),),
            "with": tuple(span for year in years for span in only(year)),
            "in": tuple(span for year in years for span in only(year)),
        }[query.around or "with"]
        counted = [p for p in filters.places if self.place(p).country in (filters.countries or {self.place(p).country})]
        others = frozenset(counted) if query.around == "with" else frozenset[str]()
        ask: Ask = "count" if query.ask == "count" else "list"  # of others, whatever was asked of the place before
        return replace(query, ask=ask, around=None, filters=replace(filters, years=spans, places=(), not_places=others))

    def _same_country(self, query: Query) -> Answer:
        """Return the other members of the countries that the places named lie in."""
        filters = query.filters
        countries = frozenset(self.place(place).country for place in filters.places)
        years = filters.years
        if query.around == "with":
            joined = sorted({m.year for m in self._members.of(Filters(places=filters.places))})
            if not joined:
                return self._check(replace(query, ask="check", around=None))
            years = tuple(span for year in joined for span in only(year))
        others = replace(filters, countries=countries, years=years, places=(), not_places=frozenset(filters.places))
        return self._list(replace(query, ask="list", filters=others))

    def _rounds(self, query: Query, years: Iterable[int]) -> Answer:
        rows = tuple(self._rankings.row(str(year), Filters(years=only(year)), query.by_countries) for year in years)
        numbers = [self.coverage.declared(int(row.id), WORLD, "new_cities") for row in rows]
        network = self._network(query.filters)
        return Answer(
            query, rows=rows, network=network, rounds=self.coverage.years, cited=self._library.cite((), numbers)
        )

    def _completeness(self, query: Query) -> Answer:
        filters = query.filters if query.filters.years else replace(query.filters, years=only(_BEST_KNOWN))
        answer = self._list(replace(query, subject="cities", filters=filters))
        return replace(answer, query=replace(query, filters=filters))

    # --- single places

    def _check(self, query: Query) -> Answer:
        verdicts = tuple(self._verdicts.on(place, query.filters) for place in query.filters.places)
        members = [m for verdict in verdicts for m in (*verdict.memberships, *verdict.inside)]
        lists = [n for v in verdicts if not v.memberships for n in self._verdicts.numbers(v.extent)]
        statements = self._library.statements(query.topics)
        cited = (*self._library.cite(members, lists), *self._library.cite_statements(statements))
        holder = self.place(query.within) if query.within else None
        rounds = self.coverage.years
        return Answer(query, verdicts=verdicts, statements=statements, rounds=rounds, holder=holder, cited=cited)

    def _when(self, query: Query) -> Answer:
        if query.filters.places:
            return self._check(query)
        if query.subject != "years" and (query.filters.narrowed or not query.filters.years):
            return self._earliest(query)
        if not query.filters.years:
            return self._rounds(query, (_BEST_KNOWN,))
        return self._rounds(query, self.coverage.rounds(query.filters))

    def _earliest(self, query: Query) -> Answer:
        """Return the first members, of the filters or among the places named."""
        if len(query.filters.places) > 1:
            return self._check(query)
        if query.filters.places and not (query.filters.countries or query.filters.regions or query.of_network):
            country = self.place(query.filters.places[0]).country  # "is it the first?" is asked within its country
            query = replace(query, filters=replace(query.filters, countries=frozenset({country})))
        tally = self._tallies.of(replace(query.filters, places=()))
        first = tuple(m for m in tally.members if m.year == tally.members[0].year)
        years = dict.fromkeys(m.year for m in tally.members)
        rows = tuple(self._rankings.row(str(year), replace(tally.filters, years=only(year))) for year in years)
        unnamed = () if first else self._library.joined(query.filters)
        cited = (*self._library.cite(first, ()), *self._library.cite_statements(unnamed))
        until = (
            replace(query.filters, places=(), years=(YearSpan(None, tally.members[0].year),))
            if first
            else query.filters
        )
        certain = bool(first) and self.coverage.whole(until)
        tally = replace(tally, members=first)
        rounds = self.coverage.years
        undated = query.filters.countries and not query.filters.years
        mentioned = self._members.mentioned(query.filters) if undated else ()
        return Answer(
            query,
            tally,
            rows=rows,
            statements=unnamed,
            mentioned=mentioned,
            certain=certain,
            rounds=rounds,
            cited=cited,
        )

    # --- comparing

    def _rank(self, query: Query) -> Answer:
        if query.ask == "table" and query.subject == "years" and query.of_network and not query.filters.narrowed:
            query = replace(query, ask="rank", threshold=Bounds())
        if query.subject in ("cities", "countries") and len(query.filters.countries) == 1:
            query = replace(query, filters=replace(query.filters, countries=frozenset()))  # one alone is no ranking
        if query.subject == "years" and query.filters.year is not None:
            query = replace(query, filters=replace(query.filters, years=()))
        rows = sorted(self._rankings.rows(query), key=lambda row: (row.number if query.fewest else -row.number, row.id))
        best = rows[0] if rows else None
        unsure: Sequence[Row] = ()
        of_years = query.threshold is not None and query.subject == "years" and query.ask == "rank"
        of_years = of_years and not (query.in_each and len(query.filters.countries) == 1)  # of each year alone
        if of_years and query.by_countries and query.threshold and rows and query.threshold.least > rows[0].number:
            query = replace(query, of_network=True)  # more than joined in any round: all countries are meant
        if of_years and (standing := self._rankings.reached(query, rows)):
            cited = self._library.cite((), [number for _, number in standing])
            reached = tuple(row for row, _ in standing)
            unsure = self._rankings.unknown(query, until=int(reached[0].id))
            rounds = self.coverage.years
            why = self._library.conflicts(Filters(), _TOTALS) if query.threshold == Bounds() else ()
            return Answer(query, rows=reached, unsure=unsure, standing=True, conflicts=why, rounds=rounds, cited=cited)
        if of_years and query.of_network:
            totals = self._rankings.totals(query)
            best, number = max(totals, key=lambda total: total[0].number, default=(None, None))
            cited = self._library.cite((), [number])
            held = self._tallies.of(query.filters)
            return Answer(query, held, best=best, standing=True, rounds=self.coverage.years, cited=cited)
        if query.threshold:
            rows, unsure = self._rankings.kept(query, rows)
        tally = self._tallies.of(query.filters)
        cited = self._library.cite(tally.members, ())
        best = None if rows else best
        rounds = self.coverage.years
        against = self._rankings.against(query, rows)
        return Answer(
            query, tally, rows=tuple(rows), unsure=tuple(unsure), against=against, best=best, rounds=rounds, cited=cited
        )

    def _share(self, query: Query) -> Answer:
        filters = query.filters
        plain = replace(filters, not_countries=frozenset(), not_regions=frozenset(), not_places=frozenset())
        if plain != filters:
            return self._compared(query, [self._tallies.of(filters), self._tallies.of(plain)])
        if query.of_network and filters.until and filters.narrowed and self._tallies.standing(filters.until):
            year = only(filters.until)
            return self._compared(query, [self._stood(replace(filters, years=year)), self._stood(Filters(years=year))])
        if not filters.narrowed:  # a share of nothing named: whose is the greatest
            return self._rank(replace(query, ask="rank", subject="regions"))
        whole = replace(filters, countries=frozenset()) if filters.countries else replace(filters, regions=frozenset())
        whole = replace(whole, regions=frozenset(), either=False) if filters.either else whole
        wholes = [whole, replace(filters, years=())] if filters.years and filters.narrowed else [whole]
        return self._compared(query, [self._tallies.of(one) for one in (filters, *wholes)])

    def _difference(self, query: Query) -> Answer:
        parts = compared(query.filters)
        if not parts:
            subject = "countries" if query.subject == "cities" else query.subject
            return self._rank(replace(query, ask="rank", subject=subject))
        tallies = [self._stood(part) if query.of_network else self._tallies.of(part) for part in parts]
        if query.by_countries:
            tallies = [replace(t, number=t.countries, exact=t.countries_exact) for t in tallies]
        return self._compared(query, tallies)

    def _stood(self, filters: Filters) -> Tally:
        """Return how many members there were after a round; by the names until then where no number is known."""
        if filters.year is None:
            return self._tallies.of(filters)
        if not filters.narrowed:
            return self._tallies.standing(filters.year) or self._tallies.of(filters)
        held = replace(self._tallies.of(replace(filters, years=(YearSpan(None, filters.year),))), filters=filters)
        then = self._tallies.then(filters)
        if then is None or then.declared is None:
            return held
        return replace(held, number=then.cities, exact=True, declared=then.declared, total=True, as_of=then.year)

    def _compared(self, query: Query, tallies: Sequence[Tally]) -> Answer:
        members = [m for tally in tallies for m in tally.members]
        cited = self._library.cite(members, [tally.declared for tally in tallies])
        return Answer(query, tallies=tuple(tallies), rounds=self.coverage.years, cited=cited)

    # --- statements and sources

    def _said(self, query: Query) -> Answer:
        statements = self._library.statements(query.topics)
        verdicts = tuple(self._verdicts.on(place, query.filters) for place in query.filters.places)
        claimed = query.claimed is not None and query.filters.year is not None
        tally = self._tallies.of(replace(query.filters, places=())) if claimed else None
        cited = self._library.cite_statements(statements)
        rounds = self.coverage.years
        return Answer(query, tally=tally, verdicts=verdicts, statements=statements, rounds=rounds, cited=cited)

    def _used(self, query: Query) -> Answer:
        tally, then = self._tallies.of(query.filters), self._tallies.then(query.filters)
        if query.topics:
            stated = self._library.cite_statements(self._library.statements(query.topics))
            return Answer(query, tally, sources=tuple(one.source for one in stated), cited=stated)
        cited = self._library.cite(tally.members, [tally.declared, then.declared if then else None])
        numbers = tuple(one.source for one in cited if not tally.members)  # of a time without names of its own
        return Answer(query, tally, sources=(*self._library.resting_on(tally.members), *numbers), cited=cited)

    def _conflicts(self, query: Query) -> Answer:
        year = query.filters.year  # one without a round is a figure that some source gives
        figure = query.claimed if query.claimed or year in self.coverage.years else year
        statements = self._library.conflicts(query.filters, query.topics, figure)
        return Answer(query, statements=statements, cited=self._library.sources_in_conflict(statements))

    def _conflicts_on(self, filters: Filters) -> tuple[Statement, ...]:
        """Return where sources disagree on the numbers told: that of a round, and of all then."""
        scopes = self.coverage.scopes(filters)
        year = filters.until or filters.year
        if year is None or len(scopes) != 1:
            return ()
        return self._library.conflicts_on(scopes[0], year)

    # --- helpers

    def _is_up_to_now(self, filters: Filters) -> bool:
        """Tell whether the only bound in time is the newest round or later: that says no more than "until now"."""
        return filters.until is not None and filters.until >= self.coverage.years[-1]

    def _newest(self, filters: Filters) -> int:
        """Return the newest round with a member that the filters let through; the newest of all if there is none."""
        members = self._members.of(filters) if filters.narrowed else ()
        rounds = self.coverage.rounds(filters) or self.coverage.years
        return max((m.year for m in members), default=rounds[-1])

    def _network(self, filters: Filters) -> tuple[Declared, Declared] | None:
        """Return the network's cities and countries at the end of the year asked for, or now; None for parts of it."""
        if filters.narrowed or (filters.years and filters.year is None and filters.until is None):
            return None
        declared = self.coverage.declared
        if filters.year:
            cities = declared(filters.year, WORLD, "total_cities")
        else:
            cities = self.coverage.latest(WORLD, "total_cities", filters.until)
        countries = cities and declared(cities.year, WORLD, "total_countries")
        return (cities, countries) if cities and countries else None


# By name and not in each instance: those would hold themselves, and outlive the fact base they speak for.
_HANDLERS: dict[Ask, Callable[[Facts, Query], Answer]] = {
    "list": Facts._list,
    "count": Facts._list,
    "together": Facts._together,
    "same_country": Facts._same_country,
    "check": Facts._check,
    "where": Facts._check,
    "profile": Facts._check,
    "when": Facts._when,
    "rank": Facts._rank,
    "table": Facts._rank,
    "share": Facts._share,
    "difference": Facts._difference,
    "earliest": Facts._earliest,
    "statements": Facts._said,
    "sources": Facts._used,
    "completeness": Facts._completeness,
    "conflicts": Facts._conflicts,
}
