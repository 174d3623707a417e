"""The numbers that an announcement states, each with what it counts and the part of the world it speaks of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.extract import cues
from knowledge.extract.asked import answers
from knowledge.extract.atlas import Atlas
from knowledge.extract.calendar import common, days
from knowledge.extract.document import Document
from knowledge.extract.draft import ExtractError
from knowledge.extract.elliptic import Elliptic
from knowledge.extract.found import Headed
from knowledge.extract.home import home
from knowledge.extract.labels import Labels
from knowledge.extract.measuring import NEAR, Measuring, own_part
from knowledge.extract.numerals import FIGURES, Numeral, numerals
from knowledge.extract.parting import sentences
from knowledge.extract.scoping import Scoping
from knowledge.extract.tallies import Tallies
from knowledge.model import WORLD, Measure, Scope

_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_SMALL = 10  # cities; the world never has so few
# Behind such a number: some part of the world, which is not known.
_ELSEWHERE = re.compile(r"\s+(?:in|from|across) (?:the )?(?!UNESCO|Global|\d)[A-Z][\w-]+")
_NUMBER_OF = 70  # letters behind a number that say whose it is
_BESIDE = 30  # letters between the numbers of cities and of their countries
_OLDEST = 1900  # what is larger and may be a year is one
_YEAR_BEHIND = 60  # letters behind a number in which the year of another round stands
_SECONDS = 10.0
_TAG = re.compile(r"#(\w+)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its meaning; `measure` is None where it is not certain what is counted.

    `of` is the number of cities of which it counts the countries, `is_open` tells that no word says what it counts,
    `held` that a country is said to have so many, `like` is the number before it which it takes its meaning from.
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
    like: int | None = None


class Counts:
    """Reads the numbers of one document."""

    def __init__(self, document: Document, atlas: Atlas, year: int | None) -> None:
        self._document = document
        self._atlas = atlas
        self._scoping = Scoping(atlas, home(document, atlas))
        self._measuring = Measuring(atlas, self._scoping, document.title or "")
        self._elliptic = Elliptic(atlas, self._scoping)
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
        blocks = self._document.blocks
        labelled = Labels(self._scoping, self._document.title or "").read(blocks)
        for row in (*labelled, *Tallies(self._atlas, self._year).read(blocks)):
            named, open_ = row.scope != WORLD, row.measure is None
            found.append(Count(row.value, row.scope, row.measure, row.where, row.quoted, "", named, is_open=open_))
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        yield "title", _lowered(self._document.title or "")
        for where, text in answers(self._document):
            yield where, _lowered(text)

    def _in(self, where: str, text: str) -> Iterator[Count]:
        cities: list[Count] = []
        sentence = ""
        for _, following in sentences(text):
            before, cities = cities, []
            last, sentence = sentence, following
            if cues.finds(sentence, "award") or self._is_of_others(sentence):
                continue
            numbers = self._numbers(sentence)
            totals = list(self._total(sentence, numbers, where, last))
            yield from (count for count, _ in totals)
            taken = {number.start for _, number in totals}
            for number in (n for n in numbers if n.start not in taken):
                found = self._counted(sentence, number, where, cities or before)
                if found:
                    cities += [self._as_before(one, cities) for one in found]
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
        if not same:
            return count
        like = cities[-1].value if cities[-1].scope == WORLD else cities[-1].like
        return replace(count, measure=cities[-1].measure, like=like)

    def _is_of_others(self, sentence: str) -> bool:
        return not cues.finds(sentence, "network") and any(p.search(sentence) for p in cues.others().values())

    # --- cities

    def _cities(self, sentence: str, number: Numeral, where: str) -> Count | None:
        noun = self._measuring.noun(sentence, number, "city")
        if noun is None or cues.finds(noun[0], "of_some") or (number.value == 1 and noun[0].split()[:1] == ["of"]):
            return None
        gap, end = noun
        if self._measuring.is_other(sentence, number, gap):
            return Count(number.value, WORLD, None, where, self._quoted(sentence, number), sentence, False)
        behind = sentence[end : end + 14]
        if (other := cues.pattern("of_others").match(behind.strip())) and not _is_next(behind.strip()[other.end() :]):
            return Count(number.value, WORLD, None, where, self._quoted(sentence, number), sentence, False)
        scope = self._scoping.of(sentence, number, gap, end)
        small = number.value < _SMALL and bool(_ELSEWHERE.match(sentence[end:]))
        if scope is None and (small or self._scoping.is_of_group(sentence, number, end)):
            return Count(number.value, WORLD, None, where, self._quoted(sentence, number), sentence, False)
        measure = self._measuring.measure(sentence, number, gap, end, scope is not None)
        several = self._scoping.is_of_several(sentence[end:])
        if (
            (not scope and not self._measuring.is_plain(gap))
            or several
            or (scope is None and self._measuring.is_anaphora(sentence, number))
        ):
            scope, measure = None, None
        held = scope is not None and scope.kind == "country" and self._measuring.is_held(sentence, number, end)
        measure = "total_cities" if held else measure
        open_ = measure is None and self._measuring.is_plain(gap) and not several
        quoted = self._quoted(sentence, number)
        return Count(
            number.value, scope or WORLD, measure, where, quoted, sentence, scope is not None, None, open_, held
        )

    # --- countries, and numbers without a noun

    def _countries(self, sentence: str, number: Numeral, where: str, cities: list[Count]) -> Count | None:
        noun = self._measuring.noun(sentence, number, "country")
        if noun is None:
            return None
        gap, end = noun
        between = sentence[max(0, number.start - 40) : number.start]
        _, parted, clause = sentence[: number.start].rpartition(";")
        linked = [c for c in cities if not c.named_scope and (not parted or cues.finds(clause, "city"))]
        if (gap.strip() and not self._measuring.is_plain(gap)) or cues.finds(gap, "of_new"):
            return None
        if cues.finds(between[-NEAR * 2 :], "proposed"):  # "131 applications from 71 countries"
            return None
        beside = bool(cities) and not between.isascii() and cues.finds(between[-8:], "city")  # as Thai puts it
        beside = beside or (
            bool(cities) and between.endswith(", ") and _ends_with_city(between)
        )  # "64 cities, 35 countries"
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

    def _counted(self, sentence: str, number: Numeral, where: str, before: list[Count]) -> list[Count]:
        """Return what a number counts: with its noun, or without one, of each part of the world."""
        each = self._elliptic.each(sentence, number)
        if not each and (count := self._cities(sentence, number, where)):
            return [count]
        quoted = self._quoted(sentence, number)
        like = before[-1].value if before and before[-1].scope == WORLD else None
        blank = Count(number.value, WORLD, None, where, quoted, sentence, False, like=like)
        return [
            replace(blank, scope=one.scope, measure=one.measure, named_scope=one.scope != WORLD, is_open=not one.sure)
            for one in self._elliptic.read(sentence, number, [count.measure for count in before])
        ]

    def _total(self, sentence: str, numbers: list[Numeral], where: str, last: str) -> Iterator[tuple[Count, Numeral]]:
        """Yield what "brings the total number of cities to 294 in 76 countries" counts, with the numbers.

        `last` is the sentence before, which may name the network that is "it".
        """
        for number, words in self._summed(sentence, numbers):
            if cues.finds(sentence[number.end : number.end + NEAR], "millions"):
                continue
            inside = self._scoping.named(words)
            told = cues.finds(sentence, "city") and cues.finds(sentence, "joining")
            if not (told or cues.finds(words, "city", "of_network") or cues.finds(f"{last} {sentence}", "network")):
                continue
            quoted = self._quoted(sentence, number)
            new = cues.finds(words, "joining") and not cues.finds(words, "totals", "bringing_to")
            measure: Measure = "new_cities" if new else "total_cities"
            count = Count(number.value, inside or WORLD, measure, where, quoted, sentence, inside is not None)
            yield count, number
            behind = next((n for n in numbers if n.start > number.end), None)
            if (
                behind
                and self._measuring.noun(sentence, behind, "country")
                and len(sentence[number.end : behind.start]) < 30
            ):
                quoted = self._quoted(sentence, behind)
                yield replace(count, value=behind.value, measure="total_countries", quoted=quoted), behind
            return

    def _summed(self, sentence: str, numbers: list[Numeral]) -> Iterator[tuple[Numeral, str]]:
        """Yield the numbers that words call a total, with them: "bringing to seven the number of Irish cities"."""
        for number in numbers:
            behind = cues.pattern("number_of").match(sentence[number.end :].lstrip())
            ahead = list(cues.pattern("bringing_to").finditer(sentence[: number.start]))
            if behind and ahead and not sentence[ahead[-1].end() : number.start].strip():
                yield number, sentence[number.end : number.end + _NUMBER_OF]
        for match in cues.pattern("total_number").finditer(sentence):
            beside = next((n for n in numbers if match.end() <= n.start <= match.end() + NEAR), None)
            if beside:
                yield beside, match[0]

    def _quoted(self, sentence: str, number: Numeral) -> str:
        return sentence[max(0, number.start - 15) : number.end + 35].strip()

    def is_of_another_year(self, count: Count) -> bool:
        """Tell whether a number is one of an earlier round: "in 2019, 38 cities joined"."""
        text = count.sentence.translate(FIGURES)
        at = max(text.find(str(count.value)), 0)
        behind = at + len(str(count.value))
        until = min(at + _YEAR_BEHIND, behind + len(own_part(text[behind : behind + _YEAR_BEHIND])))
        years = [
            common(int(match[0]))
            for match in _YEAR.finditer(text)
            if at - 40 <= match.start() <= until
            and not cues.finds(text[max(0, match.start() - 40) : match.start()], "years_of_others")
        ]
        return bool(years) and self._year is not None and self._year not in years


OF_COUNTRIES: dict[str, Measure] = {"new_cities": "new_countries", "total_cities": "total_countries"}


def _is_next(text: str) -> bool:
    """Tell whether what begins there is another number, and not what the one before it counts: "3 เมือง อีกสองเมือง"."""
    first = next(numerals(text), None)
    return first is not None and not text[: first.start].strip()


def _ends_with_city(text: str) -> bool:
    last = list(cues.pattern("city").finditer(text))
    return bool(last) and not text[last[-1].end() :].strip(", ")


def _lowered(text: str) -> str:
    """Return a text in capitals with small letters, as names of countries are looked for."""
    text = _TAG.sub(lambda tag: _HUMP.sub(" ", tag[1]), text)  # "72 new #LearningCities"
    return text.title() if text.isupper() else text
