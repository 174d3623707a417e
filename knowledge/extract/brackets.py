"""Names with their countries in brackets: "Hat Yai (Thailand), Phayao (Thailand)", "the Netherlands (Groningen)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.naming import EDGE, LONGEST, Naming, Parted
from knowledge.extract.parting import groups
from knowledge.names import is_thai

_OWNED = re.compile(r"(.{3,}?)['’]s?\s+(\S.*)")
_OF = re.compile(r"\bof(?: the)?\s*$", re.IGNORECASE)
_ASIDE = re.compile(r"an? [a-z]")  # behind a name: "Buk-gu, a district of Daegu"
_BEFORE = 400  # letters before a bracket that are looked at
_CODES = 2  # of countries, behind names that are known there
_GLUED = 40  # letters of Thai in which the name of a country ends


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with the country it stands with; `start` and `end` are those of both in the text.

    `sure` is false where the text left it open which words belong to the name; `note` says what may be read otherwise.
    """

    name: str
    country: str | None
    start: int
    end: int
    sure: bool = True
    note: str | None = None


class Brackets:
    """Reads texts in which countries stand in brackets behind names, or names behind countries."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.naming = Naming(atlas)
        self._listing = cues.pattern("listing")
        self._count = re.compile(rf"\s*\d{{1,3}}\s*(?:{cues.pattern('city').pattern})\s*$", re.IGNORECASE)

    def run(self, text: str) -> list[Entry]:
        """Return the entries of a text in which countries stand in brackets behind names, or names behind countries."""
        found: list[Entry] = []
        end = 0
        with_codes = self._has_codes(text)
        for opened, closed in groups(text):
            inside = text[opened + 1 : closed - 1]
            end = self._behind_others(text, max(end, opened - _BEFORE), opened)
            if self._is_title(text[end:opened], inside):
                continue
            country = self._in_brackets(inside)
            if country and self._country_at_end(text[end:opened]) == country:
                continue  # its short name, as in "the United Arab Emirates (UAE)"
            if country and text[end:opened].strip(EDGE):
                named = self._named(text, end, opened, closed, country)
                coded = len(inside) == 2 and self.atlas.coded(inside) and not with_codes
                if coded and not self._are_known(named, country):
                    continue  # PE is Peru, or Pernambuco
                found += named
                end = closed
            elif turned := self._turned(text, end, opened, closed, inside):
                found += turned
                end = closed
        return found

    def _has_codes(self, text: str) -> bool:
        """Tell whether codes in brackets are those of countries: behind names of several that are known there."""
        found = set()
        for opened, closed in groups(text):
            code = self.atlas.coded(text[opened + 1 : closed - 1])
            words = text[max(0, opened - LONGEST) : opened].split()
            if code and any(self.atlas.is_place(" ".join(words[-n:]), code) for n in range(1, 4)):
                found.add(code)
        return len(found) >= _CODES

    def _behind_others(self, text: str, start: int, opened: int) -> int:
        """Return where the names begin that a bracket is of: behind others whose country stands before a semicolon."""
        cut = text.rfind(";", start, opened)
        return cut + 1 if cut > start and self.atlas.scopes.search(text[start:cut]) else start

    def _is_title(self, before: str, inside: str) -> bool:
        """Tell whether brackets belong to the name of a country: "Iran (Islamic Republic of)"."""
        if self.atlas.is_title(inside) and self._country_at_end(before):
            return True
        return (
            bool(_OF.search(inside)) and self.atlas.country(f"{' '.join(before.split()[-1:])} ({inside})") is not None
        )

    def _are_known(self, entries: list[Entry], country: str) -> bool:
        return all(self.atlas.is_place(entry.name, country) for entry in entries)

    def _in_brackets(self, inside: str) -> str | None:
        inside = _of_several(inside)
        country = self.atlas.country(inside) or self.atlas.coded(inside)
        if country is None and "," in inside:  # (Karnataka, India)
            country = self.atlas.country(inside.rpartition(",")[2])
        return country

    def _turned(self, text: str, start: int, opened: int, closed: int, inside: str) -> list[Entry]:
        """Return the entries of "the Netherlands ('s-Hertogenbosch and Groningen)"."""
        before = self._count.sub("", self.naming.tail(text[start:opened]))
        country = self.atlas.country(before) or self._country_at_end(before)
        acronym = inside.isupper() and len(inside.split()) == 1 and not self.atlas.is_place(inside, country)
        if country is None or inside.strip()[:1].isdecimal() or acronym:
            return []
        parted = self.naming.parted(inside, country, several=True)
        if not all(self.naming.is_name(name) for name in parted.names):
            return []
        known = self.atlas.is_place
        return [Entry(name, country, opened, closed, known(name, country)) for name in parted.names]

    def _country_at_end(self, text: str) -> str | None:
        """Return the country that `text` ends with, by its longest name."""
        words = text.split()
        ends = (" ".join(words[at:]) for at in range(max(0, len(words) - 7), len(words)))
        found = next((country for end in ends if (country := self.atlas.country(end))), None)
        return found or self._thai_at_end(text.rstrip())

    def _thai_at_end(self, text: str) -> str | None:
        """Return the country that a Thai text ends with, glued to the word before: "แบ่งเป็นไทย"."""
        if not text or not is_thai(text[-1]):
            return None
        end = text[-_GLUED:]
        last = next((match for match in self.atlas.scopes.finditer(end) if match.end() == len(end)), None)
        return self.atlas.country(last[0]) if last else None

    def _named(self, text: str, start: int, opened: int, closed: int, country: str) -> list[Entry]:
        """Return the entries that end before a country."""
        between = text[start:opened]
        naming = self.naming
        tail = naming.tail(between)
        sure = all(len(piece) <= LONGEST for piece in tail.split(","))
        before = between[: max(between.rfind(tail), 0)]
        led = bool(before.strip(EDGE)) and not before.rstrip().endswith(":") and not self._listing.search(before)
        if start == 0 and not self.atlas.is_place(tail, country):
            tail = naming.behind_small_word(tail, country) or tail
        if not sure or (led and start == 0) or not all(map(naming.is_name, naming.split(tail, country))):
            tail, sure = naming.shortened(tail, country)
        begin = start + max(between.rfind(tail), 0)
        inside = text[opened + 1 : closed - 1]
        if _of_several(inside) != inside and (names := self._names_before(between, country)):
            begin = text.index(names[0], start)
            return [Entry(name, country, begin, closed, self.atlas.is_place(name, country)) for name in names]
        return self._entries(naming.parted(tail, country), country, begin, closed, sure)

    def _entries(self, parted: Parted, country: str, start: int, end: int, sure: bool = True) -> list[Entry]:
        names = (self._without_owner(name) for name in parted.names if name)
        return [Entry(name, country, start, end, sure, parted.note) for name in names]

    def _without_owner(self, name: str) -> str:
        """Return "Commune de Cocody" of "Abidjan's Commune de Cocody"."""
        owned = _OWNED.fullmatch(name)
        return owned[2] if owned and (self.atlas.places(owned[1]) or self.atlas.country(owned[1])) else name

    def _placed_head(self, piece: str) -> str:
        """Return the name in "Gwangju in Gyeonggi Province", or nothing."""
        placed = cues.pattern("placing").search(piece)
        return piece[: placed.start()].strip(EDGE) if placed else ""

    def _names_before(self, text: str, country: str) -> list[str]:
        """Return the names that running text ends with."""
        names: list[str] = []
        for piece in reversed(self.naming.split(self.naming.tail(text), country, several=True)):
            head = self._placed_head(piece)
            if head and self.atlas.is_place(head, country):
                names.insert(0, head)
                continue
            of_another = self.atlas.country(piece) not in (None, country) and not self.atlas.is_place(piece, country)
            if names and (of_another or self.atlas.places(head)):
                return names  # "Hobart in Tasmania and Valparaíso", "Matagalpa, Nicaragua, and Ponce"
            if _ASIDE.match(piece) and not self.atlas.places(piece):
                continue
            if self.naming.is_name(piece):
                names.insert(0, piece)
                continue
            name, sure = self.naming.shortened(piece, country)
            return [name, *names] if sure else names
        return names


def _of_several(inside: str) -> str:
    """Return a country in brackets without the words that say of how many names it is: "both in Morocco"."""
    match = cues.pattern("both").match(inside.strip())
    return inside.strip()[match.end() :].strip() if match else inside
