"""The numbers that an announcement states, each with what it counts and the part of the world it speaks of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.dates import common, days
from knowledge.extract.document import Document
from knowledge.extract.draft import ExtractError
from knowledge.extract.found import Headed
from knowledge.extract.home import home
from knowledge.extract.numerals import FIGURES, Numeral, numerals
from knowledge.extract.parting import sentences
from knowledge.extract.scoping import Scoping
from knowledge.model import WORLD, Measure, Scope

_GAP = 6  # words between a number and its noun
_WINDOW = 70  # letters before and behind a number that tell what it is
_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_NEAR = 12  # letters
_OLDEST = 1900  # what is larger and may be a year is one
_ROUND = 10
_HAVING = 60  # letters before a number in which it is said who has so many
_OF_COUNTRIES_BEHIND = re.compile(r"\s+(?:from|in)\s+(\w+)\s+countries")
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its meaning; `measure` is None where it is not certain what is counted.

    `of` is the number of cities of which it counts the countries, `is_open` tells that no word says what it counts,
    `held` that a country is said to have so many.
    """

    value: int
    scope: Scope
    measure: Measure | None
    where: str
    quoted: str
    sentence: str
    named_scope: bool
    of: int | None = None
    is_open: bool = False
    held: bool = False


class Counts:
    """Reads the numbers of one document."""

    def __init__(self, document: Document, atlas: Atlas, year: int | None) -> None:
        self._document = document
        self._atlas = atlas
        self._scoping = Scoping(atlas, home(document, atlas))
        self._year = year

    def read(self, headed: list[Headed]) -> list[Count]:
        """Return every number of cities or of countries, those in headings among them."""
        found: list[Count] = []
        until = time.monotonic() + _SECONDS
        for where, text in self._texts():
            if time.monotonic() > until:
                raise ExtractError("the text takes too long to read: keep only the announcement and try again")
            found += self._in(where, text)
        for head in headed:
            if head.value:
                scope = Scope(*head.scope)  # type: ignore[arg-type]  # region or country
                found.append(Count(head.value, scope, "new_cities", head.where, str(head.value), "", True))
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        yield "title", _lowered(self._document.title or "")
        for block in self._document.blocks:
            if block.kind != "row":  # there they number the rows
                yield block.where, _lowered(block.text)

    def _in(self, where: str, text: str) -> Iterator[Count]:
        cities: list[Count] = []
        for _, sentence in sentences(text):
            before, cities = cities, []
            if cues.finds(sentence, "award") or self._is_of_others(sentence):
                continue
            numbers = self._numbers(sentence)
            totals = list(self._total(sentence, numbers, where))
            yield from (count for count, _ in totals)
            taken = {number.start for _, number in totals}
            for number in (n for n in numbers if n.start not in taken):
                count = self._cities(sentence, number, where) or self._elliptical(sentence, number, where, cities)
                if count:
                    cities.append(self._as_before(count, cities))
                elif countries := self._countries(sentence, number, where, cities or self._meant(sentence, before)):
                    yield countries
            yield from cities

    def _meant(self, sentence: str, before: list[Count]) -> list[Count]:
        """Return the cities of the sentence before, if this one speaks of them: "They come from four countries"."""
        return before if cues.pattern("they").match(sentence) else []

    def _numbers(self, sentence: str) -> list[Numeral]:
        """Return the numbers of a sentence that may be counts: no years, and none of a date."""
        dates = [(start, end) for start, end, _, _ in days(sentence)]
        return [
            number
            for number in numerals(sentence)
            if not (common(number.value) and number.value > _OLDEST)
            and not any(start <= number.start < end for start, end in dates)
        ]

    def _as_before(self, count: Count, cities: list[Count]) -> Count:
        """Return a part's number with the meaning of the number before it, if it has none of its own."""
        same = count.measure is None and count.named_scope and bool(cities)
        return replace(count, measure=cities[-1].measure) if same else count

    def _is_of_others(self, sentence: str) -> bool:
        return not cues.finds(sentence, "network") and any(p.search(sentence) for p in cues.others().values())

    # --- cities

    def _cities(self, sentence: str, number: Numeral, where: str) -> Count | None:
        noun = self._noun(sentence, number, "city")
        if noun is None or cues.finds(noun[0], "of_some") or (number.value == 1 and noun[0].split()[:1] == ["of"]):
            return None
        gap, end = noun
        if self._is_other(sentence, number, gap):
            return Count(number.value, WORLD, None, where, self._quoted(sentence, number), sentence, False)
        behind = sentence[end : end + 14]
        if cues.pattern("of_others").match(behind.strip()):
            return Count(number.value, WORLD, None, where, self._quoted(sentence, number), sentence, False)
        scope = self._scoping.of(sentence, number, gap, end)
        measure = self._measure(sentence, number, gap, end)
        several = self._scoping.is_of_several(sentence[end:])
        if (
            (not scope and not self._is_plain(gap))
            or several
            or (scope is None and self._is_anaphora(sentence, number))
        ):
            scope, measure = None, None
        held = scope is not None and scope.kind == "country" and self._is_held(sentence, number, end)
        measure = "total_cities" if held else measure
        open_ = measure is None and self._is_plain(gap) and not several
        quoted = self._quoted(sentence, number)
        return Count(
            number.value, scope or WORLD, measure, where, quoted, sentence, scope is not None, None, open_, held
        )

    def _is_anaphora(self, sentence: str, number: Numeral) -> bool:
        """Tell whether a small number speaks of cities that were named: "the three cities"."""
        before = sentence[: number.start].split()[-1:]
        small = number.value < _ROUND and bool(before and cues.pattern("of_anaphora").fullmatch(before[0]))
        return small and not self._scoping.named(re.split(r"[.;:,]", sentence[number.end :])[0])

    def _is_held(self, sentence: str, number: Numeral, end: int) -> bool:
        """Tell whether a country is said to have so many cities, and not so many new ones."""
        before = sentence[max(0, number.start - _HAVING) : number.start].rstrip()
        has = next((match for match in cues.pattern("having").finditer(before) if match.end() == len(before)), None)
        whose = before[: has.start()].rstrip() if has else ""
        named_ = any(match.end() == len(whose) for match in self._atlas.scopes.finditer(whose))
        own = cues.finds(before, "own_country_has")
        new = cues.finds(sentence[number.end : end], "of_new")
        return (named_ or own) and not new and not cues.finds(sentence, "of_these")

    def _is_other(self, sentence: str, number: Numeral, gap: str) -> bool:
        """Tell whether a number of cities is one of others, of several rounds, or not exact."""
        before = sentence[max(0, number.start - 12) : number.start]
        beside = [match.end() for match in cues.pattern("beside").finditer(before)]
        near = re.split(r"[;.]", sentence[max(0, number.start - _WINDOW) : number.start])[-1]
        near += re.split(r"[;.:–—]", sentence[number.end : number.end + _WINDOW])[0]
        growth = cues.finds(sentence[max(0, number.start - 25) : number.start], "by_so_many")
        spread = self._noun(sentence, number, "city")
        from_countries = spread and re.match(r"\s*from\s+\w+\s+countries", sentence[spread[1] :])
        return (
            cues.finds(gap, "of_others", "millions", "award")
            or cues.finds(before, "of_others")
            or (cues.finds(before, "vague") and number.value % _ROUND == 0)
            or (growth and not from_countries)
            or cues.finds(near, "over_years")
            or cues.finds(near, "before")
            or bool(beside and not before[beside[-1] :].strip())
        )

    def _noun(self, sentence: str, number: Numeral, kind: str) -> tuple[str, int] | None:
        """Return the words between a number and the noun it counts, and where the noun ends."""
        rest = sentence[number.end :]
        match = cues.pattern(kind).search(rest[:80])
        other = cues.pattern("city" if kind == "country" else "country").search(rest[:80])
        if match is None or (other is not None and other.start() < match.start()):
            return None
        gap = rest[: match.start()]
        if number.value == 1 and match[0].lower().endswith("s"):
            return None
        if re.search(r"[,.;:()\u2013\u2014]|\d", gap) or len(gap.split()) > _GAP or any(numerals(gap)):
            return None
        if kind == "country" and self._atlas.scopes.match(rest, match.start()):
            return None  # it is the name of one
        if cues.finds(gap, "in_all_of", "and"):
            return None
        if not gap.isascii() and gap.strip():  # Thai has the noun right behind its number
            return None
        return gap, number.end + match.end()

    def _is_plain(self, gap: str) -> bool:
        """Tell whether the words before a noun say no more of it than that it is new or a member."""
        rest = cues.pattern("of_new", "of_member").sub(" ", gap)
        return not rest.strip(" -")

    def _measure(self, sentence: str, number: Numeral, gap: str, end: int) -> Measure | None:
        width = _WINDOW if sentence[number.start - 20 : end].isascii() else 2 * _WINDOW
        behind = cues.pattern("so_that").split(sentence[end : end + _WINDOW], maxsplit=1)[0]
        before = sentence[max(0, number.start - width) : number.start]
        if (
            cues.finds(gap, "of_new")
            or cues.pattern("of_new").match(behind.strip())
            or self._counts_new_members(sentence, number, end)
        ):
            return "new_cities"
        rest = sentence[end : end + _WINDOW]
        following = next(
            (n.start for n in numerals(rest) if not cues.pattern("country").match(rest[n.end :].strip())), None
        )
        if cues.finds(re.split(r"[;—–:]", rest[:following])[0], "totals_behind"):
            return "total_cities"
        near = cues.pattern("in_sum").sub("", before[-_NEAR:])
        if cues.finds(behind[:_WINDOW], "accepted") and not cues.finds(near, "totals"):
            return "new_cities"
        totals = [match.end() for match in cues.pattern("totals").finditer(before)]
        news = [match.end() for match in cues.pattern("counted_new").finditer(before)]
        if totals and max(totals) >= max(news, default=-1):
            return "total_cities"
        if news or cues.finds(behind, "counted_new"):
            return "new_cities"
        if totals or cues.finds(behind[:30], "totals"):
            return "total_cities"
        spread = cues.pattern("in_all_of").match(behind.lstrip())
        if spread and cues.finds(behind[:30], "country"):
            return "total_cities"
        return self._by_context(sentence)

    def _counts_new_members(self, sentence: str, number: Numeral, end: int) -> bool:
        words = sentence[number.end : end]
        return cues.finds(words, "of_new")

    def _by_context(self, sentence: str) -> Measure | None:
        title = self._document.title or ""
        if sentence == title and cues.finds(title, "joining", "counted_new"):
            return "new_cities"
        return None

    # --- countries, and numbers without a noun

    def _countries(self, sentence: str, number: Numeral, where: str, cities: list[Count]) -> Count | None:
        noun = self._noun(sentence, number, "country")
        if noun is None:
            return None
        gap, end = noun
        between = sentence[max(0, number.start - 40) : number.start]
        _, parted, clause = sentence[: number.start].rpartition(";")
        linked = [c for c in cities if not c.named_scope and (not parted or cues.finds(clause, "city"))]
        if (gap.strip() and not self._is_plain(gap)) or cues.finds(gap, "of_new"):
            return None
        beside = bool(cities) and not between.isascii() and cues.finds(between[-8:], "city")  # as Thai puts it
        covered = any(not between[match.end() :].strip() for match in cues.pattern("covering").finditer(between))
        if covered:
            quoted = self._quoted(sentence, number)
            return Count(number.value, WORLD, "total_countries", where, quoted, sentence, False)
        if cues.finds(sentence[end : end + 60], "first_time") or not (beside or cues.finds(between, "from")):
            return None
        measure: Measure | None = None
        if linked:
            measure = OF_COUNTRIES.get(linked[-1].measure or "new_countries")
            if linked[-1].measure is None:
                measure = None
        elif cues.finds(between, "of_new", "counted_new") or cues.finds(sentence[: number.start], "of_new"):
            measure = "new_countries"
        elif cues.finds(clause, "totals") and not cues.finds(clause, "joining"):
            measure = "total_countries"
        of = linked[-1].value if linked else None
        return Count(number.value, WORLD, measure, where, self._quoted(sentence, number), sentence, False, of)

    def _elliptical(self, sentence: str, number: Numeral, where: str, cities: list[Count]) -> Count | None:
        """Return the count in "…, 13 are in Asia and the Pacific", which leaves out the noun."""
        rest = sentence[number.end :]
        if (of := _OF_COUNTRIES_BEHIND.match(rest)) and next(numerals(of[1]), None) and cues.finds(rest, "joining"):
            return Count(number.value, WORLD, "new_cities", where, self._quoted(sentence, number), sentence, False)
        match = cues.pattern("elliptical").match(rest.lstrip())
        if match is None:
            return self._behind_scope(sentence, number, where)
        behind = rest.lstrip()[match.end() :].lstrip()
        article = cues.pattern("the").match(behind)
        behind = behind[article.end() :].lstrip() if article else behind
        found = self._atlas.scopes.match(behind)
        scope = self._scoping.taken(found[0]) if found else None
        parts = cues.finds(sentence, "of_these")
        if scope is None or not (cities or parts or cues.finds(sentence, "city")):
            return None
        new = parts or cues.finds(sentence, "counted_new")
        measure: Measure | None = cities[-1].measure if cities else "new_cities" if new else None
        return Count(number.value, scope, measure, where, self._quoted(sentence, number), sentence, True)

    def _behind_scope(self, sentence: str, number: Numeral, where: str) -> Count | None:
        """Return the count in "Of the new cities, Asia and the Pacific has 13, and Thailand by itself 3"."""
        before = sentence[max(0, number.start - _WINDOW) : number.start]
        found = list(self._atlas.scopes.finditer(before))
        scope = self._scoping.taken(found[-1][0]) if found else None
        alone = not re.match(r"\s*[\w%]", sentence[number.end :])
        has = found and cues.pattern("having", "alone").fullmatch(before[found[-1].end() :].strip())
        if scope is None or not (alone and has) or not cues.finds(sentence[: number.start], "of_these"):
            return None
        return Count(number.value, scope, "new_cities", where, self._quoted(sentence, number), sentence, True)

    def _total(self, sentence: str, numbers: list[Numeral], where: str) -> Iterator[tuple[Count, Numeral]]:
        """Yield what "brings the total number of cities to 294 in 76 countries" counts, with the numbers."""
        for match in cues.pattern("total_number").finditer(sentence):
            number = next((n for n in numbers if match.end() <= n.start <= match.end() + _NEAR), None)
            if number is None or cues.finds(sentence[number.end : number.end + _NEAR], "millions"):
                continue
            inside = self._scoping.named(match[0])
            if not cues.finds(match[0], "city") and not cues.finds(sentence, "network"):
                continue
            quoted = self._quoted(sentence, number)
            count = Count(number.value, inside or WORLD, "total_cities", where, quoted, sentence, inside is not None)
            yield count, number
            behind = next((n for n in numbers if n.start > number.end), None)
            if behind and self._noun(sentence, behind, "country") and len(sentence[number.end : behind.start]) < 30:
                quoted = self._quoted(sentence, behind)
                yield replace(count, value=behind.value, measure="total_countries", quoted=quoted), behind
            return

    def _quoted(self, sentence: str, number: Numeral) -> str:
        return sentence[max(0, number.start - 15) : number.end + 35].strip()

    def is_of_another_year(self, count: Count) -> bool:
        """Tell whether a number is one of an earlier round: "in 2019, 38 cities joined"."""
        text = count.sentence.translate(FIGURES)
        at = max(text.find(str(count.value)), 0)
        years = [
            common(int(match[0]))
            for match in _YEAR.finditer(text)
            if at - 40 <= match.start() <= at + 60
            and not cues.finds(text[max(0, match.start() - 40) : match.start()], "years_of_others")
        ]
        return bool(years) and self._year is not None and self._year not in years


OF_COUNTRIES: dict[str, Measure] = {"new_cities": "new_countries", "total_cities": "total_countries"}


def _lowered(text: str) -> str:
    """Return a text in capitals with small letters, as names of countries are looked for."""
    return text.title() if text.isupper() else text
