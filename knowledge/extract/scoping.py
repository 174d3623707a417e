"""The part of the world that a number is of: a region or country that stands beside it, or the world."""

from __future__ import annotations

import re

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.numerals import Numeral, numerals
from knowledge.model import Scope

_WINDOW = 70  # letters before a number in which its scope may stand
_OF_WHOLE = re.compile(r"\S+ (?:out )?of (?:(?:the|these|this year['’]s) )?$")
_GROUP = 70  # letters before a number in which a group of countries may stand
_NEAR = 12  # letters
_PROPOSED = 14  # letters before a number that say that so many were put forward


class Scoping:
    """Finds the scopes of numbers."""

    def __init__(self, atlas: Atlas, home: str | None = None) -> None:
        self._atlas = atlas
        self._home = home

    def of(self, sentence: str, number: Numeral, gap: str, end: int) -> Scope | None:
        """Return the region or country that a number of cities is of; None for the world."""
        if inside := self.named(gap):
            return inside
        behind = sentence[end:]
        everywhere = cues.pattern("worldwide").match(behind.strip(" ,"))
        if everywhere and not self._is_counted(behind.strip(" ,")[everywhere.end() :]):
            return None
        if self._is_of_countries(behind):
            return None
        if self._home and cues.pattern("own_country").match(behind.strip()):
            return Scope("country", self._home)
        behind = behind[match.end() :] if (match := cues.pattern("of_new").match(behind)) else behind
        if glued := self._atlas.scopes.match(behind):  # Thai puts the country right behind
            return self.taken(glued[0])
        if accepted := cues.pattern("accepted").match(behind.lstrip()):  # "Eleven cities were admitted in Asia"
            behind = behind.lstrip()[accepted.end() :]
        match = re.match(
            rf"\s*(?:{cues.pattern('from').pattern})?\s*(?:(?:{cues.pattern('the').pattern})\s*)*",
            behind,
            re.IGNORECASE,
        )
        start = match.end() if match else 0
        found = self._atlas.scopes.match(behind, start)
        if found and match and match[0].strip():
            return None if self._is_counted(behind[found.end() :]) else self.taken(found[0])
        return self._before(sentence, number)

    def _is_of_countries(self, behind: str) -> bool:
        """Tell whether a number is of cities in several countries: "64 cities from 35 countries"."""
        lead = re.match(rf"\s*(?:{cues.pattern('from').pattern})?\s*", behind, re.IGNORECASE)
        first = next(numerals(behind[lead.end() : lead.end() + _WINDOW]), None) if lead else None
        if lead is None or first is None or first.start > 1:
            return False
        return bool(cues.pattern("country").match(behind[lead.end() + first.end :].strip()))

    def _is_counted(self, behind: str) -> bool:
        """Tell whether a scope has a number of its own behind it, as Thai puts it."""
        first = next(numerals(behind[:_NEAR]), None)
        return (first is not None and not behind[: first.start].strip() and not behind[:1].isascii()) or bool(
            first and not behind[: first.start].strip() and cues.pattern("city").match(behind[first.end :].strip())
        )

    def is_of_group(self, sentence: str, number: Numeral, end: int) -> bool:
        """Tell whether a number is of a group of countries that is no region: "6 cities in ASEAN"."""
        start = max(0, number.start - _GROUP)
        text = self._atlas.scopes.sub(lambda match: "_" * len(match[0]), sentence[start : end + _GROUP])
        before, inside, rest = text[: number.start - start], text[number.end - start : end - start], text[end - start :]
        lead = re.match(
            rf"\s*(?:(?:{cues.pattern('from').pattern})\s*)?(?:{cues.pattern('the').pattern})?\s*", rest, re.IGNORECASE
        )
        if self._atlas.groups.match(rest, lead.end() if lead else 0) or self._atlas.groups.search(inside):
            return True
        others = max((n.end for n in numerals(before)), default=0)
        ahead = list(self._atlas.groups.finditer(before, others))
        return bool(ahead) and not re.search(r"[,;:.]", before[ahead[-1].end() :])

    def is_of_several(self, behind: str) -> bool:
        """Tell whether a number is of several parts of the world: "39 cities in Africa and the Arab States"."""
        lead = re.match(rf"\s*(?:{cues.pattern('from').pattern})\s*(?:{cues.pattern('the').pattern})?\s*", behind)
        first = self._atlas.scopes.match(behind, lead.end()) if lead else None
        if first is None:
            return False
        rest = behind[first.end() :]
        joined = re.match(rf"\s*,?\s*(?:{cues.pattern('and').pattern})?\s*(?:the\s+)?", rest, re.IGNORECASE)
        return bool(joined and joined[0].strip() and self._atlas.scopes.match(rest, joined.end()))

    def _before(self, sentence: str, number: Numeral) -> Scope | None:
        """Return the scope that a clause begins with: "In Africa, 16 cities …", "from Thailand, three cities"."""
        text = sentence[max(0, number.start - 3 * _WINDOW) : number.start]
        if (whole := _OF_WHOLE.search(text)) and next(numerals(whole[0]), None):
            return None  # "Latin America has ten of the 72 places"
        thai = not text[-_WINDOW:].isascii()
        start = max(0, len(text) - (2 if thai else 1) * _WINDOW)
        others = [
            n.end
            for n in numerals(text)
            if n.end > start and cues.pattern("city", "country").match(text[n.end :].strip())
            if not cues.finds(text[max(0, n.start - _PROPOSED) : n.start], "proposed")  # "Thailand put forward 3"
        ]
        window = text[max([start, *others]) :]
        found = list(self._atlas.scopes.finditer(window))
        if not found:
            own = cues.pattern("own_country_has").search(window)
            if self._home and own and not window[own.end() :].strip():
                return Scope("country", self._home)
            return self._subject(sentence, number)
        last = found[-1]
        between = window[last.end() :]
        if cues.pattern("having").fullmatch(between.strip()):  # "This gives Thailand a total of ten cities"
            return self.taken(last[0])
        if cues.pattern("city").match(between.strip()) and cues.finds(between, "totals"):  # Qatari cities rise to seven
            return self.taken(last[0])
        if thai:
            alone = len({self.taken(match[0]) for match in found}) == 1 and not re.search(r"[():;.]", between)
            return self.taken(last[0]) if alone or len(between) <= _NEAR else None
        close = len(between.split()) <= 3 and not re.search(r"[.;:\u2013\u2014-]|,.*,", between)
        lead = window[: last.start()][-30:].rpartition(",")[2]
        opens = re.fullmatch(r"\W*(?:(?:in|from|for|across|with|the|and|while|including)\s+)*", lead, re.IGNORECASE)
        return self.taken(last[0]) if close and opens is not None else self._subject(sentence, number)

    def _subject(self, sentence: str, number: Numeral) -> Scope | None:
        """Return the country that a sentence is about: "Portugal adds three cities and so has eleven in all"."""
        first = self._atlas.scopes.match(sentence)
        told = sentence[first.end() : number.start] if first else ""
        its = first and cues.pattern("city").match(told.strip())
        about = its or (re.match(r"\s+(?:now\s+|already\s+)?[a-z]+s\b", told) and not cues.finds(told, "network"))
        return self.taken(first[0]) if first and about else None

    def named(self, text: str) -> Scope | None:
        """Return the first scope that a text names."""
        found = self._atlas.scopes.search(text)
        return self.taken(found[0]) if found else None

    def without(self, text: str) -> str:
        """Return a text without the scopes that it names."""
        return self._atlas.scopes.sub(" ", text)

    def taken(self, text: str) -> Scope | None:
        """Return the scope that a text is the name of."""
        scope = self._atlas.scope(text)
        return Scope(*scope) if scope else None  # type: ignore[arg-type]  # region or country
