"""Pieces of wording in one language: numbers of things, years, names and what an answer is narrowed to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from bot.language import Language, load
from knowledge.answer import Extent
from knowledge.model import Filters, Membership, Place, Scope, Source, YearSpan
from knowledge.names import dictionary_key, is_thai

_ERA = 543
_THAI, _OTHER = "[\u0e01-\u0e4e]", "[A-Za-z0-9\u00c0-\u024f"
_SCRIPTS = re.compile(f"(?<={_THAI})(?={_OTHER}(])|(?<={_OTHER})])(?={_THAI})")
NameOf = Callable[[str, str], tuple[str, str]]


class Wording:
    """Says things in `language`; `name_of` gives the English and Thai name of a country, region or organisation."""

    def __init__(self, language: Language, name_of: NameOf) -> None:
        self.language = language
        self._data = load("replies", language)
        self._name_of = name_of

    def say(self, path: str, **values: object) -> str:
        """Return the wording at `path` ("check.absent"), filled in."""
        node: Any = self._data
        for step in path.split("."):
            node = node[step]
        return str(node).format(**values)

    def texts(self, path: str) -> tuple[str, ...]:
        """Return the list of texts at `path`; empty if there is none."""
        node: Any = self._data
        for step in path.split("."):
            node = node.get(step, ())
        return tuple(node)

    def count(self, noun: str, number: int) -> str:
        """Return "3 cities" or "3 countries"; `noun` is city or country."""
        return self.say(f"{noun}.{'one' if number == 1 else 'many'}", n=number)

    def year(self, year: int) -> str:
        """Return a year as it is first mentioned."""
        return self.say("year", year=year, be=year + _ERA)

    def year_again(self, year: int) -> str:
        """Return a year in the fewest figures, for lists."""
        return self.say("year_again", year=year, be=year + _ERA)

    def years(self, years: Iterable[int]) -> str:
        """Return several years joined; the first in full."""
        ordered = sorted(set(years))
        return self.join([self.year(year) for year in ordered])

    def span(self, years: Sequence[int]) -> str:
        """Return one year, or the first and last of several."""
        first, last = min(years), max(years)
        if first == last:
            return self.year(first)
        return self.say("years_range", first=first, last=last, first_be=first + _ERA, last_be=last + _ERA)

    def day(self, iso: str) -> str:
        """Return an ISO date as people write it."""
        day = date.fromisoformat(iso)
        return self.say(
            "day", day=day.day, month=self.texts("months")[day.month - 1], year=day.year, be=day.year + _ERA
        )

    def join(self, parts: Sequence[str]) -> str:
        """Return "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        comma = self.say("comma_thai" if all(is_thai(part[0]) and is_thai(part[-1]) for part in parts) else "comma")
        return comma.join(parts[:-1]) + self.say("and") + parts[-1]

    def rounds(self, years: Sequence[int]) -> str:
        """Return years in figures, three or more running ones as a range."""
        runs: list[list[int]] = []
        for year in sorted(years):
            if runs and year == runs[-1][-1] + 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        ranges = [
            [f"{self.year_again(run[0])}–{self.year_again(run[-1])}"] if len(run) > 2 else map(self.year_again, run)
            for run in runs
        ]
        return self.join([text for texts in ranges for text in texts])

    def spaced(self, text: str) -> str:
        """Return `text` with single spaces, and in Thai with one between Thai and Latin writing."""
        if self.language == "th":
            text = _SCRIPTS.sub(" ", text)
        return " ".join(text.split())

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Return names in the order of a dictionary."""
        return sorted(names, key=dictionary_key)

    def country(self, iso: str) -> str:
        """Return a country's name as it stands in a sentence."""
        return self._named("country", iso)

    def region(self, ref: str) -> str:
        """Return a region's name as it stands in a sentence."""
        return self._named("region", ref)

    def _named(self, kind: str, ref: str) -> str:
        name = self.name(kind, ref)
        return self.say(f"{kind}_named", name=name) if re.match(self.say(f"{kind}_rule"), name) else name

    def name(self, kind: str, ref: str) -> str:
        """Return the name of a country, region or organisation."""
        en, th = self._name_of(kind, ref)
        return th if self.language == "th" else en

    def city(self, place: Place, *, plain: bool = False) -> str:
        """Return a place's name; in Thai with the Latin one, unless `plain`."""
        if self.language == "th" and place.name_th:
            return place.name_th if plain else self.say("name_both", name=place.name, name_th=place.name_th)
        return place.name

    def city_in_country(self, place: Place) -> str:
        """Return a place's name with its country, ready for a sentence."""
        return self.say("place", name=self.city(place), country=self.country(place.country))

    def cities(self, members: Iterable[Membership], *, plain: bool = False, abroad: bool = False) -> str:
        """Return the names of members, joined; `abroad` with their countries."""
        places = (m.place for m in members)
        names = (self.city_in_country(place).strip() if abroad else self.city(place, plain=plain) for place in places)
        return self.join(list(dict.fromkeys(names)))

    def kind(self, place: Place) -> str:
        """Return what sort of place it is."""
        kinds = self._data["kinds"]
        return str(kinds.get(place.kind, kinds["other"]))

    def scope(self, scope: Scope) -> str:
        """Return the name of a country or region as it stands in a sentence."""
        return self._named(scope.kind, scope.id)

    def where(self, filters: Filters) -> str:
        """Return " from Thailand", " in ASEAN", or nothing."""
        countries = [] if filters.country_initial else self.countries(filters.countries)
        regions = [self.region(region) for region in sorted(filters.regions)]
        parts = [self.say("from", names=self.join(countries))] if countries else []
        parts += [self.say("in_region", names=self.join(regions))] if regions else []
        parts += [self.say("initial", letter=filters.initial.upper().replace("|", "/"))] if filters.initial else []
        if filters.country_initial:
            parts.append(self.say("country_initial", letter=filters.country_initial.upper().replace("|", "/")))
        return self.join(parts) if filters.either else "".join(parts)

    def when(self, filters: Filters, *, each: bool | None = None) -> str:
        """Return " in 2022", " since 2020", or nothing; of several, `each` tells whether it is so in each or in any."""
        spans = [self._when(span).strip() for span in filters.years]
        if each and not spans:
            return self.say("at_every")
        if each:
            return self.say("at_both" if len(spans) == 2 else "at_each", years=self.join(spans))
        if each is False and len(spans) > 1:
            return self.say("at_any", years=self.say("comma").join(spans[:-1]), last=spans[-1])
        return self.say("at", years=self.join(spans)) if spans else ""

    def countries(self, codes: Iterable[str]) -> list[str]:
        """Return countries in order; in Thai only the first says that it is a country."""
        ordered = sorted(codes, key=lambda iso: dictionary_key(self.name("country", iso)))
        plain = self.language == "th"
        return [self.name("country", iso) if plain and i else self.country(iso) for i, iso in enumerate(ordered)]

    def _when(self, span: YearSpan) -> str:
        if span.single is not None:
            return self.say("in", year=self.year(span.single))
        if span.first is None:
            return self.say("until", year=self.year(span.last or 0))
        if span.last is None:
            return self.say("since", year=self.year(span.first))
        return self.say("between", first=self.year(span.first), last=self.year(span.last))

    def but(self, filters: Filters, places: Iterable[Place]) -> str:
        """Return ", not counting China", or nothing; `places` are those of `filters.not_places`."""
        names = self.countries(filters.not_countries)
        names += [self.region(region) for region in sorted(filters.not_regions)]
        names += [self.city(place, plain=True) for place in places]
        text = self.say("but", names=self.join(names)) if names else ""
        return text + (self.say("other_than_years", years=self.years(filters.not_years)) if filters.not_years else "")

    def extent(self, extent: Extent) -> str:
        """Return "13 members from Thailand (2019–2025)"."""
        number = extent.declared if extent.declared is not None else extent.held
        years = self.span(extent.years) if extent.years else ""
        if extent.scope.kind == "world":
            return self.say("extent.world", count=self.count("city", number), years=years)
        return self.say(f"extent.{extent.scope.kind}", number=number, name=self.scope(extent.scope), years=years)

    def publisher(self, source: Source) -> str:
        """Return the short name of a source's publisher."""
        return source.publisher_th if self.language == "th" else source.publisher
