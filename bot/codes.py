"""Queries in a few characters, for buttons and links: `TH_2022`, `hat-yai`, `R_Sc_2022`.

A code holds ids and years, never wording: it means the same after a restart, after new facts have come in and in either
language. Its characters are those a deep link takes: A–Z, a–z, 0–9, "_" and "-".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from knowledge.model import NO_FILTERS, Ask, Bounds, Filters, Query, Subject, YearSpan

LONGEST = 64  # what a deep link holds
CODE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
EMPTY = re.compile(r"^_|__|_$|X-(?:_|$)")
_ASKS: dict[str, Ask] = {
    "L": "list",
    "C": "count",
    "K": "check",
    "W": "when",
    "A": "where",
    "P": "profile",
    "R": "rank",
    "T": "table",
    "E": "earliest",
    "B": "share",
    "D": "difference",
    "H": "completeness",
    "S": "sources",
}
_SUBJECTS: dict[str, Subject] = {"Sc": "countries", "Sr": "regions", "Sy": "years", "Sm": "members"}
_BOUNDS: dict[str, Callable[[int], Bounds]] = {
    "M": lambda number: Bounds(number + 1),
    "U": lambda number: Bounds(0, number - 1),
    "Q": lambda number: Bounds(number, number),
}
_OF_PLACES = ("check", "when", "where", "profile")
_YEARS = re.compile(r"(\d{4})?(-)?(\d{4})?")
_ERA = 543
_BUDDHIST = 2400  # later years are counted in B.E.
Kind = Literal["country", "region", "place"]
Known = Callable[[Kind, str], bool]


def encode(query: Query) -> str | None:
    """Return the code of a query; None for what a code cannot say or is too long to hold."""
    if (
        query.topics
        or query.filters.either
        or query.filters.country_initial
        or query.by_kind
        or query.by_countries
        or query.in_each
        or query.alone
        or query.beyond
        or query.ask not in _ASKS.values()
    ):
        return None
    code = "_".join(_parts(query))
    return code if CODE.fullmatch(code) else None


def decode(code: str, known: Known) -> Query | None:
    """Return the query of a code; None where it is none, or names what the facts do not know."""
    if not CODE.fullmatch(code) or EMPTY.search(code):
        return None
    draft = _Draft(known)
    if not all(draft.takes(part) for part in code.split("_")):
        return None
    return draft.query()


def _parts(query: Query) -> Iterator[str]:
    filters = query.filters
    implied = "profile" if filters.places else "list"
    if query.ask != implied or (filters == NO_FILTERS and query.subject == "cities"):
        yield from (letter for letter, ask in _ASKS.items() if ask == query.ask)
    yield from (part for part, subject in _SUBJECTS.items() if subject == query.subject)
    yield from ("Ff",) if query.fewest else ()
    yield from ("Fn",) if query.of_network else ()
    if query.threshold:
        yield from _bounds(query.threshold)
    yield from sorted(filters.countries)
    yield from sorted(filters.regions)
    yield from filters.places
    yield from map(_span, filters.years)
    left_out = (filters.not_countries, filters.not_regions, filters.not_places, map(str, filters.not_years))
    yield from (f"X-{one}" for group in left_out for one in sorted(group))
    yield from (f"I-{filters.initial.encode().hex()}",) if filters.initial else ()


def _bounds(bounds: Bounds) -> Iterator[str]:
    if bounds.least == bounds.most:
        yield f"Q-{bounds.least}"
        return
    yield from (f"M-{bounds.least - 1}",) if bounds.least else ()
    yield from (f"U-{bounds.most + 1}",) if bounds.most is not None else ()


def _span(span: YearSpan) -> str:
    return str(span.single) if span.single else f"{span.first or ''}-{span.last or ''}"


@dataclass
class _Draft:
    """A query that is put together from the parts of its code."""

    known: Known
    filters: Filters = NO_FILTERS
    rest: dict[str, object] = field(default_factory=dict)

    def query(self) -> Query | None:
        """Return the query, if it is one that can be asked."""
        ask = cast(Ask, self.rest.pop("ask", "profile" if self.filters.places else "list"))
        if ask in _OF_PLACES and not self.filters.places and ask != "when":
            return None
        return replace(Query(ask, intent=ask), filters=self.filters, **self.rest)  # type: ignore[arg-type]

    def takes(self, part: str) -> bool:
        """Take one part in; tell whether it means anything."""
        if part in _ASKS:
            return self._sets("ask", _ASKS[part])
        if part in _SUBJECTS:
            return self._sets("subject", _SUBJECTS[part])
        if part in ("Ff", "Fn"):
            return self._sets("fewest" if part == "Ff" else "of_network", True)
        if part[1:2] == "-" and part[:1].isupper():
            return self._option(part[0], part[2:])
        return self._narrows(part)

    def _sets(self, name: str, value: object) -> bool:
        self.rest[name] = value
        return True

    def _option(self, letter: str, value: str) -> bool:
        if letter in _BOUNDS and value.isdigit():
            others = cast(Bounds, self.rest.get("threshold", Bounds()))
            return self._sets("threshold", _BOUNDS[letter](int(value)).meet(others))
        if letter == "I":
            return self._starts(value)
        return letter == "X" and self._leaves_out(value)

    def _starts(self, value: str) -> bool:
        try:
            initial = bytes.fromhex(value).decode()
        except ValueError:
            return False
        self.filters = replace(self.filters, initial=initial)
        return bool(initial)

    def _leaves_out(self, value: str) -> bool:
        filters = self.filters
        if value.isdigit():
            self.filters = replace(filters, not_years=filters.not_years | {_common_era(int(value))})
        elif value.isupper():
            self.filters = replace(filters, not_countries=filters.not_countries | {value})
            return self.known("country", value)
        elif self.known("region", value):
            self.filters = replace(filters, not_regions=filters.not_regions | {value})
        else:
            self.filters = replace(filters, not_places=filters.not_places | {value})
            return self.known("place", value)
        return True

    def _narrows(self, part: str) -> bool:
        filters = self.filters
        if (found := _YEARS.fullmatch(part)) and (found[1] or found[3]):
            if not found[2] and found[1] and found[3]:
                return False
            first, last = (int(year) if year else None for year in (found[1], found[3]))
            span = YearSpan(first and _common_era(first), last and _common_era(last)) if found[2] else _one(first)
            self.filters = replace(filters, years=(*filters.years, span))
        elif len(part) == 2:
            self.filters = replace(filters, countries=filters.countries | {part.upper()})
            return self.known("country", part.upper())
        elif self.known("region", part.lower()):
            self.filters = replace(filters, regions=filters.regions | {part.lower()})
        else:
            self.filters = replace(filters, places=(*filters.places, part.lower()))
            return self.known("place", part.lower())
        return True


def _one(year: int | None) -> YearSpan:
    return YearSpan(_common_era(year or 0), _common_era(year or 0))


def _common_era(year: int) -> int:
    return year - _ERA if year > _BUDDHIST else year
