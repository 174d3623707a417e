"""What a number of cities counts: newcomers, all members, or something else."""

from __future__ import annotations

import re
from functools import cache

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.numerals import Numeral, numerals
from knowledge.extract.scoping import Scoping
from knowledge.model import Measure
from knowledge.names import is_thai

_GAP = 6  # words between a number and its noun
WINDOW = 70  # letters before and behind a number that tell what it is
NEAR = 12  # letters
_ROUND = 10
_DOZEN = 12
_THINGS = 40  # letters before a number in which it is said what it counts
_HAVING = 60  # letters before a number in which it is said who has so many


class Measuring:
    """Tells what the numbers of one document count."""

    def __init__(self, atlas: Atlas, scoping: Scoping, title: str) -> None:
        self._atlas = atlas
        self._scoping = scoping
        self._title = title

    def is_anaphora(self, sentence: str, number: Numeral) -> bool:
        """Tell whether a small number speaks of cities that were named: "the three cities"."""
        before = sentence[: number.start].split()[-1:]
        small = number.value < _ROUND and bool(before and cues.pattern("of_anaphora").fullmatch(before[0]))
        return small and not self._scoping.named(re.split(r"[.;:,]", sentence[number.end :])[0])

    def is_held(self, sentence: str, number: Numeral, end: int) -> bool:
        """Tell whether a country is said to have so many cities, and not so many new ones."""
        before = sentence[max(0, number.start - _HAVING) : number.start].rstrip()
        has = next((match for match in cues.pattern("having").finditer(before) if match.end() == len(before)), None)
        whose = before[: has.start()].rstrip() if has else ""
        named_ = any(match.end() == len(whose) for match in self._atlas.scopes.finditer(whose))
        own = cues.finds(before, "own_country_has")
        new = cues.finds(sentence[number.end : end], "of_new")
        return (named_ or own) and not new and not cues.finds(sentence, "of_these")

    def is_other(self, sentence: str, number: Numeral, gap: str) -> bool:
        """Tell whether a number of cities is one of others, of several rounds, or not exact."""
        before = sentence[max(0, number.start - 12) : number.start]
        beside = [match.end() for match in cues.pattern("beside").finditer(before)]
        lead = sentence[max(0, number.start - WINDOW) : number.start]
        near = re.split(r"[;.]", lead[_counted(lead) :])[-1]
        near += _clause_behind().split(own_part(sentence[number.end : number.end + WINDOW]))[0]
        growth = cues.finds(sentence[max(0, number.start - 25) : number.start], "by_so_many")
        spread = self.noun(sentence, number, "city")
        from_countries = spread and re.match(r"\s*from\s+\w+\s+countries", sentence[spread[1] :])
        return (
            cues.finds(gap, "of_others", "millions", "award")
            or self._is_more(before)
            or (cues.finds(before, "vague") and (number.value % _ROUND == 0 or number.value in (1, _DOZEN)))
            or (growth and not from_countries)
            or self._is_before_growth(sentence, number)
            or cues.finds(before, "proposed")
            or cues.finds(near, "over_years")
            or cues.finds(near, "before")
            or bool(beside and not before[beside[-1] :].strip())
        )

    def _is_more(self, before: str) -> bool:
        """Tell whether a number is one of others: "another 13", but not "เพิ่มอีก 13", which come in."""
        others = [match.start() for match in cues.pattern("of_others").finditer(before)]
        news = {match.end() for match in cues.pattern("counted_new").finditer(before)}
        return any(len(before[:start].rstrip()) not in news for start in others)

    def _is_before_growth(self, sentence: str, number: Numeral) -> bool:
        """Tell whether a number is what there was before: "from 13 cities to 15"."""
        noun = self.noun(sentence, number, "city")
        to = cues.pattern("ranges", "growing").match(sentence[noun[1] :].lstrip()) if noun else None
        if noun is None or to is None or not cues.finds(sentence[max(0, number.start - NEAR) : number.start], "out_of"):
            return False
        rest = sentence[noun[1] :].lstrip()[to.end() :]
        first = next(numerals(rest), None)
        return first is not None and not rest[: first.start].strip()

    def noun(self, sentence: str, number: Numeral, kind: str) -> tuple[str, int] | None:
        """Return the words between a number and the noun it counts, and where the noun ends."""
        rest = sentence[number.end :]
        match = cues.pattern(kind).search(rest[:80])
        other = cues.pattern("city" if kind == "country" else "country").search(rest[:80])
        if match is None or (other is not None and other.start() < match.start()):
            return None
        gap = rest[: match.start()]
        if cues.pattern("classifier").fullmatch(match[0]) and _is_of_things(
            sentence[max(0, number.start - _THINGS) : number.start]
        ):
            return None
        if number.value == 1 and match[0].lower().endswith("s"):
            return None
        if re.search(r"[,.;:()\u2013\u2014]|\d", gap) or len(gap.split()) > _GAP or any(numerals(gap)):
            return None
        if kind == "country" and self._atlas.scopes.match(rest, match.start()):
            return None  # it is the name of one
        if cues.finds(gap, "in_all_of", "and"):
            return None
        if any(map(is_thai, gap)) and gap.strip():  # Thai has the noun right behind its number
            return None
        return gap, number.end + match.end()

    def is_plain(self, gap: str) -> bool:
        """Tell whether the words before a noun say no more of it than that it is new or a member."""
        rest = cues.pattern("of_new", "of_member").sub(" ", gap)
        return not rest.strip(" -‘’'“”\"")

    def measure(self, sentence: str, number: Numeral, gap: str, end: int, part: bool = False) -> Measure | None:
        width = WINDOW if sentence[number.start - 20 : end].isascii() else 2 * WINDOW
        behind = cues.pattern("so_that").split(sentence[end : end + WINDOW], maxsplit=1)[0]
        before = sentence[max(0, number.start - width) : number.start]
        if (
            cues.finds(gap, "of_new")
            or cues.pattern("of_new").match(behind.strip())
            or self._counts_new_members(sentence, number, end)
        ):
            return "new_cities"
        rest = sentence[end : end + WINDOW]
        following = next(
            (n.start for n in numerals(rest) if not cues.pattern("country").match(rest[n.end :].strip())), None
        )
        if cues.finds(re.split(r"[;—–:]", rest[:following])[0], "totals_behind"):
            return "total_cities"
        near = cues.pattern("in_sum").sub("", before[-NEAR:])
        if cues.finds(behind[:WINDOW], "accepted") and not cues.finds(near, "totals"):
            return "new_cities"
        counted = _counted(before)
        totals = [match.end() for match in cues.pattern("totals").finditer(before) if match.end() > counted]
        news = [match.end() for match in cues.pattern("counted_new").finditer(before) if match.end() > counted * part]
        if totals and max(totals) >= max(news, default=-1):
            return "total_cities"
        if news or cues.finds(behind, "counted_new"):
            return "new_cities"
        if totals or cues.finds(re.split(r",\s+and\s|;", behind[:30])[0], "totals"):
            return "total_cities"
        spread = cues.pattern("in_all_of").match(behind.lstrip())
        if spread and cues.finds(behind[:30], "country"):
            return "total_cities"
        return self._by_context(sentence)

    def _counts_new_members(self, sentence: str, number: Numeral, end: int) -> bool:
        words = sentence[number.end : end]
        return cues.finds(words, "of_new")

    def _by_context(self, sentence: str) -> Measure | None:
        if sentence == self._title and cues.finds(self._title, "joining", "counted_new"):
            return "new_cities"
        return None


def _is_of_things(before: str) -> bool:
    """Tell whether a number counts what Thai names before it, and no cities: "ศูนย์การเรียนรู้ 61 แห่ง"."""
    things = [match.start() for match in cues.pattern("things").finditer(before)]
    counted = max((number.end for number in numerals(before)), default=0)
    members = [match.start() for match in cues.pattern("joining", "of_member", "network").finditer(before)]
    return bool(things) and things[-1] >= counted and things[-1] > max(members, default=-1)


def _counted(text: str) -> int:
    """Return where the last number of cities ends in a text."""
    return max((n.end for n in numerals(text) if cues.pattern("city").match(text[n.end :].strip())), default=0)


def own_part(behind: str) -> str:
    """Return what stands behind a number and is not of the next: " cities" of "18 cities, from before 15 cities"."""
    noun = cues.pattern("city")
    later = (n.start for n in numerals(behind) if n.start and noun.match(behind[n.end :].strip()))
    first = next(later, None)
    return behind if first is None else _of_next().sub("", behind[:first])


@cache
def _of_next() -> re.Pattern[str]:
    """Return what stands before a number and tells that it was so before."""
    out_of, before = (cues.pattern(key).pattern for key in ("out_of", "before"))
    return re.compile(rf"(?:{out_of})?\s*(?:{before})\s*$", re.IGNORECASE)


@cache
def _clause_behind() -> re.Pattern[str]:
    """Return what ends a clause; Thai has a blank before the word that begins the next."""
    thai = "|".join(word.strip() for word in cues.load("th")["clause"])
    return re.compile(rf"[;.:–—]| (?={thai})")
