"""Numbers that stand for cities without the word: "…, 13 are in Asia and the Pacific", "Thailand got three"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.measuring import WINDOW
from knowledge.extract.numerals import Numeral, numerals
from knowledge.extract.scoping import Scoping
from knowledge.model import WORLD, Measure, Scope

_OF_COUNTRIES_BEHIND = re.compile(r"\s+(?:from|in)\s+(\w+)\s+countries")
_OF_SO_MANY = re.compile(r"\s+of\s+(?:the|these|this year['’]s)\s+(\w+)")
_EACH = 110  # letters in which the parts of the world stand that have so many each


@dataclass(frozen=True, slots=True)
class Bare:
    """What a number without a noun counts; `sure` tells that the words beside it say so."""

    scope: Scope
    measure: Measure | None
    sure: bool = True


class Elliptic:
    """Reads the numbers of one document that have no noun."""

    def __init__(self, atlas: Atlas, scoping: Scoping) -> None:
        self._atlas = atlas
        self._scoping = scoping

    def read(self, sentence: str, number: Numeral, before: list[Measure | None]) -> list[Bare]:
        """Return what a number counts, of each part of the world; `before` are the measures of the cities before it."""
        rest = sentence[number.end :]
        if (of := _OF_COUNTRIES_BEHIND.match(rest)) and next(numerals(of[1]), None) and cues.finds(rest, "joining"):
            return [Bare(WORLD, "new_cities")]
        if cues.pattern("to_be_new").match(rest.lstrip()) and cues.finds(sentence[: number.start][-12:], "among_new"):
            return [Bare(WORLD, "new_cities")]
        parts = cues.finds(sentence, "of_these")
        told: Measure | None = before[-1] if before else "new_cities" if parts else None
        if each := self.each(sentence, number):
            return [Bare(scope, told) for scope in each]
        scope = self._behind(rest)
        if scope and (before or parts or cues.finds(sentence, "city")):
            new = parts or cues.finds(sentence, "counted_new")
            return [Bare(scope, told if before else "new_cities" if new else None)]
        return list(filter(None, [self._having(sentence, number, told)]))

    def _behind(self, rest: str) -> Scope | None:
        """Return the scope in "13 are in Asia and the Pacific" and "a dozen are African"."""
        match = cues.pattern("elliptical").match(rest.lstrip()) or cues.pattern("are").match(rest.lstrip())
        if match is None:
            return None
        behind = rest.lstrip()[match.end() :].lstrip()
        article = cues.pattern("the").match(behind)
        found = self._atlas.scopes.match(behind[article.end() :].lstrip() if article else behind)
        return self._scoping.taken(found[0]) if found else None

    def _having(self, sentence: str, number: Numeral, told: Measure | None) -> Bare | None:
        """Return the count in "Thailand got three", "Of the new cities, Asia and the Pacific has 13"."""
        rest = sentence[number.end :]
        of = _OF_SO_MANY.match(rest)
        alone = not re.match(r"\s*[\w%]", rest) or bool(of and next(numerals(of[1]), None))
        before = sentence[max(0, number.start - WINDOW) : number.start]
        found = list(self._atlas.scopes.finditer(before))
        scope = self._scoping.taken(found[-1][0]) if found else None
        if scope is None or not alone:
            return None
        between = before[found[-1].end() :].strip()
        listed = not between.strip(" :–—-(") and scope.kind == "region" and self._is_list(sentence)
        # "Colombia now has nine members, the Republic of Korea 49"
        goes_on = told is not None and not between and scope.kind == "country" and _goes_on(before, found[-1].start())
        if goes_on:
            return Bare(scope, told)
        if not listed and not cues.pattern("having", "alone", "getting").fullmatch(between):
            return None
        new = of is not None or cues.finds(sentence[: number.start], "of_these")
        return Bare(scope, "new_cities" if new else told, new)

    def _is_list(self, sentence: str) -> bool:
        """Tell whether regions and their numbers stand in a row: "Africa 11; Arab States 7; …"."""
        regions = [match for match in self._atlas.scopes.finditer(sentence) if self._atlas.region(match[0])]
        rows = [
            match for match in regions if next((n for n in numerals(sentence[match.end() : match.end() + 16])), None)
        ]
        return len(rows) > 1

    def each(self, sentence: str, number: Numeral) -> list[Scope]:
        """Return the parts of the world in "seven each from Africa and the Arab States", which Thai has before it."""
        behind = cues.pattern("each").match(sentence[number.end :].lstrip())
        ahead = list(cues.pattern("each_before").finditer(sentence[: number.start]))
        text = re.split(r"[;.:]", sentence[number.end : number.end + _EACH])[0]
        if behind and self._atlas.scopes.search(text):
            pass
        elif behind or (ahead and not sentence[ahead[-1].end() : number.start].strip()):
            counted = [n.end for n in numerals(sentence[: number.start])]
            text = sentence[max([0, number.start - _EACH, *counted]) : number.start]
        else:
            return []
        scopes = (self._scoping.taken(match[0]) for match in self._atlas.scopes.finditer(text))
        return list(dict.fromkeys(filter(None, scopes)))


def _goes_on(before: str, at: int) -> bool:
    """Tell whether a scope stands right behind a comma, as one of several with their numbers."""
    lead = re.sub(r"\b(?:and|the)\b", " ", before[:at])
    return lead.rstrip().endswith((",", ";"))
