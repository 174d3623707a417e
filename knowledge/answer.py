"""What the fact base says to a query, typed; wording is not its business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.model import Declared, Filters, Membership, Place, Query, Scope, Source, Statement

Status = Literal["member", "other_year", "other_country", "mentioned", "absent", "not_found", "no_round"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, the place in it, and the year of the facts taken from it, if they are of one."""

    source: Source
    locator: str | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cities the filters let through, and which of them are held by name.

    `number` is exact, or a lower bound where `exact` is false. `declared` is the printed number it rests on, if any.
    `total` tells that it counts the members of that time (`as_of`), not those of a round; `later` are members held
    by name that joined after `as_of`. `years` are the rounds looked at; empty: no round is known for the years asked.
    `summed` tells that it is put together of the numbers of several countries, which are those of different years.
    `countries` counts countries in the same way.
    """

    filters: Filters
    members: tuple[Membership, ...]
    number: int
    exact: bool
    complete: bool
    years: tuple[int, ...]
    declared: Declared | None = None
    total: bool = False
    as_of: int | None = None
    later: tuple[Membership, ...] = ()
    countries: int = 0
    countries_exact: bool = False
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How many members a country, a region or the network had after the round of `year`.

    `declared` is the printed number, if it is one; without `exact` there were at least so many.
    """

    scope: Scope
    year: int
    cities: int
    declared: Declared | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Extent:
    """The list that was searched: its scope, rounds, how many names are held of how many declared, and if whole."""

    scope: Scope
    years: tuple[int, ...]
    held: int
    declared: int | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a place is a member, or joined in the years asked, and the list that shows it.

    `inside` are members within a province of that name; `namesakes` well-known places of the same name elsewhere,
    `of_the_name` the members that share the name of a place that is none; `part_of` is the member, as a whole province
    or city, that it lies in.
    """

    place: Place
    status: Status
    memberships: tuple[Membership, ...]
    extent: Extent
    inside: tuple[Membership, ...] = ()
    namesakes: tuple[Place, ...] = ()
    of_the_name: tuple[Membership, ...] = ()
    part_of: tuple[Membership, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a ranking or table: a country, region or year with its count (a lower bound if not exact).

    `year` is set where a country is counted in that one alone."""

    id: str
    number: int
    exact: bool
    members: tuple[Membership, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a reply needs. Which fields are set depends on `query.ask`.

    `certain` tells of firsts that every earlier list is held whole, `later_open` of the latest that some later one is
    not; `best` is the first row of a ranking whose threshold none of its rows meets, `unsure` are the rows of which
    that is not known; `against` are those of the country that is compared with, for each of the rows; `standing`
    tells that rows count the members of that time, not those who joined; `then` tells how many members there were
    after the round that was asked about, or the last before it; `claimed` is the number of the network in another
    year that the question takes for that of now, `borne_out` that such a number is one of the world or of a part
    then; `holder` is where the place asked about is said to lie.
    """

    query: Query
    tally: Tally | None = None
    verdicts: tuple[Verdict, ...] = ()
    rows: tuple[Row, ...] = ()
    unsure: tuple[Row, ...] = ()
    against: tuple[Row, ...] = ()
    standing: bool = False
    tallies: tuple[Tally, ...] = ()
    statements: tuple[Statement, ...] = ()
    proof: Extent | None = None
    certain: bool = False
    later_open: bool = False
    best: Row | None = None
    mentioned: tuple[Place, ...] = ()
    conflicts: tuple[Statement, ...] = ()
    rounds: tuple[int, ...] = ()
    network: tuple[Declared, Declared] | None = None
    then: Standing | None = None
    claimed: Declared | None = None
    borne_out: bool = False
    holder: Place | None = None
    cited: tuple[Cited, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """The memberships the answer rests on."""
        if self.verdicts:
            return tuple(m for verdict in self.verdicts for m in verdict.memberships)
        return self.tally.members if self.tally else ()
