"""Thai names beside their countries in sentences: "ญี่ปุ่นส่งฮิโรชิมะและนีงาตะ", "เสียมราฐของกัมพูชา และน่านของไทย"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.context import VERB, Desk
from knowledge.extract.found import Told
from knowledge.extract.mentions import Mentions
from knowledge.names import is_thai

_PIECE = 24  # letters of a name
_FURTHEST = 400  # letters behind a country in which its names stand
_LEAD = 60  # letters before a country in which it may be said that its cities came before


@dataclass(frozen=True, slots=True)
class Owned:
    """Names with the country that stands beside them; those that are not known are not `sure`.

    `lost` is what stands behind a country as names do, and has none that is known.
    """

    names: tuple[str, ...]
    country: str
    sure: bool = True
    lost: str = ""


class ThaiOwned:
    """Finds the names of newcomers that stand beside their countries in Thai clauses."""

    def __init__(self, desk: Desk, mentions: Mentions) -> None:
        self._desk = desk
        self._atlas: Atlas = desk.atlas
        self._mentions = mentions

    def of(self, clause: str) -> Iterator[Owned]:
        """Yield what a clause that tells of newcomers puts beside countries."""
        yield from self._led(clause)
        yield from self._behind(clause)

    def _led(self, clause: str) -> Iterator[Owned]:
        """Yield the names behind a country and a verb: "จีนได้ต้าเหลียนและหนิงปัว"."""
        end = 0
        for match in self._atlas.scopes.finditer(clause):
            scope = self._atlas.scope(match[0])
            verb = opened().match(clause, match.end()) if match.start() >= end else None
            before = cues.finds(clause[max(0, match.start() - _LEAD) : match.end()].rpartition(",")[2], "before")
            if verb is None or scope is None or scope[0] != "country" or before:
                continue
            rest = clause[verb.end() : verb.end() + _FURTHEST]
            leading = list(self._mentions.leading(rest))
            known = tuple(one.name for one in leading if self._atlas.is_place(one.name, scope[1]))
            if not known or len(known) * 2 < len(leading):
                if lost := _enumerated(rest):
                    yield Owned((), scope[1], False, lost)
                continue
            end = verb.end() + leading[-1].end
            if self._desk.told(clause[end : end + VERB], behind=True) == Told.ELSEWHERE:
                continue
            yield Owned(known, scope[1])
            if unknown := self._joined(clause[end:]):
                yield Owned((unknown,), scope[1], False)

    def _joined(self, behind: str) -> str | None:
        """Return the one name more that "and" puts behind names: it may not be known."""
        match = re.match(rf"\s?(?:{cues.pattern('and').pattern})\s?(\S+)", behind)
        name = match[1].strip(".,;()“”\"'") if match else ""
        spoken = cues.finds(name, "sentence", "joining", "elsewhere", "totals", "country", "presenting")
        fits = 1 < len(name) <= _PIECE and is_thai(name[0]) and not self._atlas.scopes.search(name)
        return name if fits and not spoken else None

    def _behind(self, clause: str) -> Iterator[Owned]:
        """Yield the names before "of" and a country, behind a word that puts them forward, and those behind these."""
        end = -1
        joined_all = self._is_said_behind(clause)
        for group in self._mentions.groups(clause):
            of = _owner().match(clause, group.end)
            spelled = self._atlas.scopes.match(clause, of.end()) if of else None
            scope = self._atlas.scope(spelled[0]) if spelled else None
            if spelled is None or scope is None or scope[0] != "country":
                continue
            joined = 0 <= end <= group.start and self._mentions.joins(clause[end : group.start])
            names = tuple(one.name for one in group.names if self._atlas.is_place(one.name, scope[1]))
            if len(names) < len(group.names) or not (joined or joined_all or _is_put_forward(clause[: group.start])):
                continue
            end = spelled.end()
            yield Owned(names, scope[1])
            while one := self._one_more(clause, end):
                unknown, end = one
                yield unknown

    def _is_said_behind(self, clause: str) -> bool:
        """Tell whether it is said behind the last country that all before it join: "… ของอิตาลีก็อยู่ในรายชื่อ"."""
        last = max((match.end() for match in self._atlas.scopes.finditer(clause)), default=len(clause))
        behind = cues.pattern("subject").sub(" ", clause[last : last + VERB])
        return bool(cues.pattern("joining").match(behind.strip())) and not cues.finds(clause, "elsewhere", "before")

    def is_owned(self, behind: str) -> bool:
        """Tell whether a country stands behind a name, which is in it: "ของกัมพูชา"."""
        of = _owner().match(behind)
        return of is not None and self._atlas.scopes.match(behind, of.end()) is not None

    def _one_more(self, clause: str, end: int) -> tuple[Owned, int] | None:
        """Return a name that is not known behind others, with its country: "และซามาร์กันต์ของอุซเบกิสถาน"."""
        match = _next_owned().match(clause, end)
        spelled = self._atlas.scopes.match(clause, match.end()) if match else None
        scope = self._atlas.scope(spelled[0]) if spelled else None
        if match is None or spelled is None or scope is None or scope[0] != "country" or self._atlas.places(match[1]):
            return None
        spoken = cues.finds(match[1], "sentence", "joining", "elsewhere", "totals", "country", "presenting")
        return None if spoken else (Owned((match[1],), scope[1], False), spelled.end())


def _enumerated(text: str) -> str:
    """Return the beginning of a text that puts words together as names are, or nothing."""
    head = text[:_PIECE]
    spoken = cues.finds(head, "city", "country", "sentence", "joining", "totals", "elsewhere") or head[:1].isdigit()
    return text[: 2 * _PIECE] if is_thai(head[:1]) and not spoken and cues.finds(text[: 2 * _PIECE], "and") else ""


def _is_put_forward(lead: str) -> bool:
    """Tell whether words before names put them forward: "นอกจากนี้ยังมี", "ได้แก่"."""
    bare = _titled().sub("", lead).rstrip()
    if cues.finds(bare[-_LEAD:], "before", "joined_by_others"):
        return False
    return any(match.end() == len(bare) for match in cues.pattern("presenting", "listing", "examples").finditer(bare))


@cache
def counted() -> str:
    """Return the expression for a number of cities as Thai puts it, without a blank or with one."""
    numbers = "|".join(cues.lenient(word) for word in cues.load("th")["numbers"])
    number = rf"(?:[\d\u0e50-\u0e59]+|(?:{numbers})+)"
    return rf"\s*(?:(?:{cues.pattern('counting').pattern})\s*)?{number}\s*(?:{cues.pattern('city').pattern})"


@cache
def opened() -> re.Pattern[str]:
    """Return what stands between a country or a question and the names of newcomers, a number of them with it."""
    opens = rf"(?:\s*(?:{cues.pattern('listing').pattern}))?\s*:?\s*"
    return re.compile(rf"\s*(?:{cues.pattern('presenting_thai').pattern})(?:{counted()})?{opens}", re.IGNORECASE)


@cache
def _owner() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{cues.pattern('owner').pattern})")


@cache
def _next_owned() -> re.Pattern[str]:
    joining, owner = cues.pattern("and").pattern, cues.pattern("owner").pattern
    return re.compile(rf"\s?(?:{joining}|,)?\s?([\u0e00-\u0e7f]{{2,{_PIECE}}}?)(?:{owner})", re.IGNORECASE)


@cache
def _titled() -> re.Pattern[str]:
    """Return what may stand between a word that puts a name forward and the name: "เทศบาลนคร"."""
    return re.compile(rf"(?:{cues.pattern('around_city').pattern})\s*$")
