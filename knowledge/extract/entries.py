"""The grammar of a list: names with their countries, in any of the shapes that lists have.

    Hat Yai (Thailand), Phayao (Thailand) and ...      a run, with or without commas
    Hat Yai, Thailand, Kyoto, Japan and ...             with commas, alone on a line or in a sentence
    Thailand: Hat Yai, Phayao and Sukhothai             a country with its cities, also with brackets
    Hat Yai – Thailand

Countries are the anchors; what is between them are names, which may have brackets, commas and dashes of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.naming import EDGE, LONGEST, Naming, Parted
from knowledge.extract.parting import groups
from knowledge.names import is_thai

_DASH = re.compile(r"\s+[-\u2010-\u2015\u2212]\s+|\s*[\u2013\u2014]\s*|\s*:\s+|:\s*$")
_COMMA = re.compile(r"[,،]")
_FLAG_LETTERS = 0x1F1E6 - ord("A")  # of two such signs a flag is made
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff]{2})\\s*(.+)")
_STREET = re.compile(r"^(?!\s*\d{1,3}[.)]?\s*$).*\d")  # a number before a name, unless it counts the names
_OWNED = re.compile(r"(.{3,}?)['’]s?\s+(\S.*)")
_OF = re.compile(r"\bof(?: the)?\s*$")
_FURTHEST = 80  # letters behind a comma in which a country ends
_BEFORE = 400  # letters before a bracket that are looked at
_MANY = 8  # countries, of which one may stand twice by chance
_SHORT = 160  # letters of a line of a list
_GLUED = 40  # letters of Thai in which the name of a country ends
_LINE = 4_000  # letters; what is longer is read for brackets only


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


class Grammar:
    """Reads entries, with the help of the places, countries and regions that are known."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.naming = Naming(atlas)
        glued = "|".join(cues.load("th")["and"])  # Thai has no blank behind "and"
        self._stop = re.compile(rf"[,،;.]|\s(?:{self.naming.joining.pattern})\s|\s(?:{glued})", re.IGNORECASE)
        self._listing = cues.pattern("listing")
        self._count = re.compile(rf"\s*\d{{1,3}}\s*(?:{cues.pattern('city').pattern})\s*$", re.IGNORECASE)
        self._lines: dict[tuple[str, bool], list[Entry]] = {}

    def learn(self, texts: list[str]) -> None:
        """See from the longest list whether a country is repeated with each of its names, or stands once for all.

        A list is one long text, or all the short ones together.
        """
        lists = [[text] for text in texts if len(text) > _SHORT]
        lists.append([text for text in texts if len(text) <= _SHORT])
        longest = max(lists, key=lambda one: sum(len(self._stated(text)) for text in one))
        stated = [country for text in longest for country in self._stated(text)]
        again = len(stated) - len(set(stated))
        if again > 1 or (again and len(stated) < _MANY):
            self.naming.repeated = True
        elif any(self._has_several(text) for text in longest):
            self.naming.repeated = False
        self._lines.clear()

    def _has_several(self, text: str) -> bool:
        """Tell whether one country stands with several names in a text, as far as that is plain."""
        names = Counter((entry.country, entry.end) for entry in self.line(text) if entry.note is None)
        return any(count > 1 for count in names.values())

    def _stated(self, text: str) -> list[str | None]:
        """Return every country that a text gives with names before it, as often as it does."""
        return [country for country, _ in {(entry.country, entry.end) for entry in self.line(text)}]

    # --- countries in brackets

    def run(self, text: str) -> list[Entry]:
        """Return the entries of a text in which countries stand in brackets behind names, or names behind countries."""
        found: list[Entry] = []
        end = 0
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
                if len(inside) == 2 and self.atlas.coded(inside) and not self._are_known(named, country):
                    continue  # PE is Peru, or Pernambuco
                found += named
                end = closed
            elif turned := self._turned(text, end, opened, closed, inside):
                found += turned
                end = closed
        return found

    def _behind_others(self, text: str, start: int, opened: int) -> int:
        """Return where the names begin that a bracket is of: behind others whose country stands before a semicolon."""
        cut = text.rfind(";", start, opened)
        return cut + 1 if cut > start and self.atlas.scopes.search(text[start:cut]) else start

    def _is_title(self, before: str, inside: str) -> bool:
        """Tell whether brackets belong to the name of a country: "Iran (Islamic Republic of)"."""
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

    # --- a line that says nothing else

    def line(self, text: str, loose: bool = False) -> list[Entry]:
        """Return the entries of a line that says nothing else; `loose` lets a blank part name and country."""
        key = (text, loose)
        if key not in self._lines:
            self._lines[key] = self._line(text.strip().rstrip(".;,"), loose)
        return self._lines[key]

    def _line(self, text: str, loose: bool) -> list[Entry]:
        if len(text) > _LINE:
            return self.run(text)
        if self.atlas.region(text) or self.atlas.country(text):
            return []
        found = self.run(text) or self._commas(text) or self._dashes(text) or self._flagged(text)
        return found or self._semicolons(text) or (self._blanks(text) if loose else [])

    def _commas(self, text: str) -> list[Entry]:
        """Return the entries of "Nanjing, China" or "Nanjing, China; Suzhou, China", if nothing else stands there."""
        if ";" in text:
            found, start = [], 0
            for part in text.split(";"):
                entries = self._commas(part)
                if part.strip() and not entries:
                    return []
                found += [replace(one, start=one.start + start, end=one.end + start) for one in entries]
                start += len(part) + 1
            return found
        found, rest = self._comma_parted(text)
        if not found and text.count(",") == 1:  # Thailand, Hat Yai
            left, right = (piece.strip(EDGE) for piece in text.split(","))
            if (country := self.atlas.country(left)) and right and self.naming.is_name(right):
                return [Entry(right, country, 0, len(text))]
        return found if not text[rest:].strip(EDGE) else []

    def _semicolons(self, text: str) -> list[Entry]:
        """Return the entries of "New members: Thailand: Hat Yai, Phayao; Portugal: Braga"."""
        found: list[Entry] = []
        start = 0
        for part in text.split(";") if ";" in text else ():
            entries = self._dashes(part if found else self._without_lead(part))
            if not entries:
                return []
            found += [replace(entry, start=start, end=start + len(part)) for entry in entries]
            start += len(part) + 1
        return found

    def _without_lead(self, text: str) -> str:
        lead, colon, rest = text.partition(":")
        return rest if colon and ":" in rest and self.atlas.country(lead) is None else text

    def _flagged(self, text: str) -> list[Entry]:
        """Return the entry of a name behind the flag of its country."""
        match = _FLAG.fullmatch(text)
        country = "".join(chr(ord(sign) - _FLAG_LETTERS) for sign in match[1]) if match else ""
        known = match and country in self.atlas.names and self.naming.is_name(match[2])
        return [Entry(match[2], country, 0, len(text))] if match and known else []

    def spoken(self, sentence: str, joining: bool = False) -> list[Entry]:
        """Return the entries of a sentence that names countries without brackets: "X, Japan, and Y in China join".

        Where it tells of newcomers (`joining`), names in several countries need not be known.
        """
        if len(sentence) > _LINE:
            return []
        parted = self._comma_parted(sentence)[0]
        found = [entry for entry in parted if entry.sure or self.naming.is_name(entry.name)]
        placed = [entry for entry in self._placed(sentence, joining) if not any(one.end == entry.end for one in found)]
        return sorted([*found, *placed], key=lambda entry: entry.start)

    def _placed(self, text: str, joining: bool) -> list[Entry]:
        """Return the entries of "Tianjin and Ningbo in China": known names, or some of which one is known."""
        found: list[Entry] = []
        unknown: list[Entry] = []
        start = 0
        for match in cues.pattern("placing").finditer(text):
            blank = len(text[match.end() :]) - len(text[match.end() :].lstrip(" "))
            spelled = self.atlas.scopes.match(text, match.end() + blank)
            scope = self.atlas.scope(spelled[0]) if spelled else None
            if spelled is None or scope is None or scope[0] != "country" or match.start() < start:
                continue
            names = self._names_before(text[start : match.start()], scope[1])
            known = [name for name in names if self.atlas.is_place(name, scope[1])]
            begin = text.index(names[0], start) if names else start
            entries = [Entry(name, scope[1], begin, spelled.end(), name in known) for name in names]
            unknown += [] if known else entries
            found += entries if known else []
            start = spelled.end()
        several = len({entry.country for entry in (*found, *unknown)}) > 1
        return [*found, *unknown] if joining and several else found

    def _names_before(self, text: str, country: str) -> list[str]:
        """Return the names that running text ends with."""
        names: list[str] = []
        for piece in reversed(self.naming.split(self.naming.tail(text), country, several=True)):
            if self.naming.is_name(piece):
                names.insert(0, piece)
                continue
            name, sure = self.naming.shortened(piece, country)
            return [name, *names] if sure else names
        return names

    def _comma_parted(self, text: str) -> tuple[list[Entry], int]:
        """Return the entries of a text with commas before its countries, and where the last of them ends."""
        found: list[Entry] = []
        start = 0
        for at in [match.start() for match in _COMMA.finditer(text)]:
            country, stop = self._country_behind(text, at) if at >= start else (None, at)
            if country and text[start:at].strip(EDGE):
                named = (
                    []
                    if self._is_country(self.naming.tail(text[start:at]), country)
                    else self._named(text, start, at, stop, country)
                )
                before = text[start : named[0].start].rpartition(":")[2] if named else ""
                if not _STREET.search(before):
                    found += [entry for entry in named if not self._is_country(entry.name, country)]
                start = stop
        return found, start

    def _is_country(self, name: str, of: str) -> bool:
        """Tell whether a name before a country is one itself, as in a list of countries."""
        return self.atlas.country(name) is not None and not self.atlas.is_place(name, of)

    def _country_behind(self, text: str, comma: int) -> tuple[str | None, int]:
        """Return the country behind a comma, by its longest name, and where it ends."""
        window = text[comma + 1 : comma + _FURTHEST]
        stops = [match.start() for match in self._stop.finditer(window)]
        if comma + _FURTHEST >= len(text):
            stops.append(len(window))
        for stop in reversed(stops):
            if country := self.atlas.country(window[:stop]):
                return country, comma + 1 + stop
        blank = len(window) - len(window.lstrip())
        # "Tartu, Estonia join": a country, and a small word behind it.
        spelled = self.atlas.scopes.match(window, blank)
        scope = self.atlas.scope(spelled[0]) if spelled else None
        if spelled and scope and scope[0] == "country" and re.match(r"\s+[a-z]|\s*[()–—]", window[spelled.end() :]):
            return scope[1], comma + 1 + spelled.end()
        return None, comma

    def _dashes(self, text: str) -> list[Entry]:
        """Return the entries of "Hat Yai – Thailand" or "Thailand: Hat Yai, Phayao"."""
        for match in _DASH.finditer(text):
            left, right = text[: match.start()].strip(EDGE), text[match.end() :].strip(EDGE)
            if left and right and (country := self._heading(left)):
                parted = self.naming.parted(right, country, several=True)
                return self._entries(parted, country, 0, len(text))
        for match in reversed(list(_DASH.finditer(text))):
            left, right = text[: match.start()].strip(EDGE), text[match.end() :].strip(EDGE)
            if left and right and (country := self.atlas.country(right)):
                return self._entries(self.naming.parted(left, country), country, 0, len(text))
        return []

    def _heading(self, text: str) -> str | None:
        """Return the country before its cities: "Thailand (3)", "From Korea", "Kazakhstan, for the first time"."""
        plain = cues.pattern("first_time").sub("", re.sub(r"\s*\(\s*\d+[^)]*\)$", "", text)).strip(EDGE)
        led = re.match(rf"(?:and\s+)?(?:{cues.pattern('placing').pattern})\s+", plain, re.IGNORECASE)
        return self.atlas.country(plain[led.end() :] if led else plain)

    def _blanks(self, text: str) -> list[Entry]:
        """Return the entry of "Hat Yai Thailand", a row of a table that lost its lines."""
        for match in re.finditer(r"\s+", text):
            left, right = text[: match.start()].strip(EDGE), text[match.end() :]
            if left and (country := self.atlas.country(right)):
                sure = self.atlas.is_place(left, country)
                return [Entry(left, country, 0, len(text), sure)]
        return []


def _of_several(inside: str) -> str:
    """Return a country in brackets without the words that say of how many names it is: "both in Morocco"."""
    match = cues.pattern("both").match(inside.strip())
    return inside.strip()[match.end() :].strip() if match else inside
