"""The words of the domain: places, memberships, coverage, queries and answers.

Years are C.E. integers, countries ISO 3166-1 alpha-2 codes, places and regions ids out of the records.
A *membership* is a place admitted in a year; a *cohort* is everything admitted in one year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

ScopeKind = Literal["world", "region", "country"]
Measure = Literal["new_cities", "new_countries", "total_cities", "total_countries"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, slots=True)
class Source:
    """A page or document that facts were read from; `published` is an ISO date, a month or None."""

    id: str
    publisher: str
    publisher_th: str
    title: str
    language: str
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """Part of the world a count or a list speaks of: `world`, a UNESCO region or a country."""

    kind: ScopeKind
    id: str


WORLD = Scope("world", "world")


@dataclass(frozen=True, slots=True)
class Place:
    """A city, district, province or consortium, member or not.

    `name_th` is None where no checked Thai name is known. `kind` is one of the kinds in `places.yaml`.
    """

    id: str
    country: str
    name: str
    name_th: str | None
    kind: str
    within: str | None = None
    within_th: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A place that joined in `year`, with the source that says so."""

    place: Place
    year: int
    source: str
    locator: str | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """A number a source prints. Of those that disagree, one is `followed`."""

    year: int
    scope: Scope
    measure: Measure
    value: int
    source: str
    locator: str | None
    followed: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of our own, in both languages, that rests on a paragraph of a source."""

    id: str
    topic: str
    th: str
    en: str
    source: str
    locator: str | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """One round of admissions; `announced` is an ISO date, or None where cities joined one by one."""

    year: int
    announced: str | None


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Years from `first` to `last`, both included; None leaves that side open."""

    first: int | None
    last: int | None

    def __contains__(self, year: int) -> bool:
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)

    @property
    def single(self) -> int | None:
        """The year, if the span is of one year."""
        return self.first if self.first == self.last else None


def only(year: int) -> tuple[YearSpan, ...]:
    """Return the years of filters that let one year through."""
    return (YearSpan(year, year),)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer is narrowed to. Empty fields do not narrow.

    `countries` are ISO codes, `regions` ids of UNESCO regions or of groups such as ASEAN, `places` place ids;
    `initial` is the first letter of a name, or several with "|" between them, `country_initial` that of the country's.
    Of countries and regions what is in both
    is meant, or what is in `either`.
    """

    years: tuple[YearSpan, ...] = ()
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    not_years: frozenset[int] = frozenset()
    not_countries: frozenset[str] = frozenset()
    not_regions: frozenset[str] = frozenset()
    not_places: frozenset[str] = frozenset()
    initial: str | None = None
    country_initial: str | None = None
    either: bool = False

    def has_year(self, year: int) -> bool:
        """Tell whether the filters let `year` through."""
        return year not in self.not_years and (not self.years or any(year in span for span in self.years))

    @property
    def narrowed(self) -> bool:
        """Tell whether anything but the year narrows."""
        return replace(self, years=(), not_years=frozenset()) != Filters()

    @property
    def year(self) -> int | None:
        """The one year asked for, if it is one."""
        return self.years[0].single if len(self.years) == 1 else None

    @property
    def until(self) -> int | None:
        """The year until which everything is meant, if that is the only bound in time."""
        return self.years[0].last if len(self.years) == 1 and self.years[0].first is None else None


NO_FILTERS = Filters()

Subject = Literal["cities", "countries", "regions", "years", "members"]
Ask = Literal[
    "list",
    "count",
    "check",
    "when",
    "where",
    "profile",
    "rank",
    "share",
    "difference",
    "earliest",
    "table",
    "statements",
    "sources",
    "completeness",
    "together",
    "same_country",
    "conflicts",
]

Around = Literal["before", "after", "previous", "next_one", "with", "in", "by"]
Comparison = Literal["more", "fewer", "same"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many there have to be: at least `least`, and at most `most` if that is set."""

    least: int = 0
    most: int | None = None

    def met_by(self, number: int, exact: bool) -> bool | None:
        """Tell whether a number keeps to them; None where it is a lower bound, and so cannot tell."""
        if number < self.least:
            return False if exact else None
        if self.most is None:
            return True
        if number > self.most:
            return False
        return True if exact else None

    def meet(self, other: Bounds) -> Bounds:
        """Return what keeps to both."""
        ends = [most for most in (self.most, other.most) if most is not None]
        return Bounds(max(self.least, other.least), min(ends) if ends else None)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, typed: what is asked of which subject, narrowed by filters.

    `intent` names the question for people and logs. `topics` are statement topics. `threshold` keeps countries,
    regions or years with so many cities. `fewest` turns a ranking round, `latest` asks for the newest round.
    `by_kind` tells members by the kind of place they joined as: those of one kind, those not of it ("-province"),
    or "all". `of_network` compares all members of a time, not those of a round. `by_countries` counts the countries
    of years, not their cities; `in_each` keeps what is there in each of the years, not in any, `in_one` ranks
    countries by what joined in some one of them; `alone` keeps the countries of no other year. `around` takes the
    places as the bound in time: who joined before or after them, in the round before or after, with them, in their
    year, or was a member by then. `beyond` takes the one country named as the bound: which have more, fewer or as
    many. `unit` is the kind of place that the one place named is said to be, `within` the place it is said to lie
    in. `claimed` is a number that is taken for granted.
    """

    ask: Ask
    subject: Subject = "cities"
    filters: Filters = NO_FILTERS
    intent: str = ""
    topics: tuple[str, ...] = ()
    threshold: Bounds | None = None
    fewest: bool = False
    latest: bool = False
    of_network: bool = False
    by_kind: str | None = None
    by_countries: bool = False
    in_each: bool = False
    in_one: bool = False
    alone: bool = False
    around: Around | None = None
    beyond: Comparison | None = None
    unit: str | None = None
    within: str | None = None
    claimed: int | None = None
