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
from dataclasses import replace

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.brackets import Brackets, Entry
from knowledge.extract.naming import EDGE
from knowledge.extract.parting import sentences
from knowledge.names import is_thai

_DASH = re.compile(r"\s+[-\u2010-\u2015\u2212]\s+|\s*[\u2013\u2014]\s*|\s*:\s+|:\s*$")
_COMMA = re.compile(r"[,،]")
_FLAG_LETTERS = 0x1F1E6 - ord("A")  # of two such signs a flag is made
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff]{2})\\s*(.+)")
_STREET = re.compile(r"^(?!\s*\d{1,3}[.)]?\s*$).*\d")  # a number before a name, unless it counts the names
_FURTHEST = 80  # letters behind a comma in which a country ends
_MANY = 8  # countries, of which one may stand twice by chance
_SHORT = 160  # letters of a line of a list
_LINE = 4_000  # letters; what is longer is read for brackets only


class Grammar(Brackets):
    """Reads entries, with the help of the places, countries and regions that are known."""

    def __init__(self, atlas: Atlas) -> None:
        super().__init__(atlas)
        glued = "|".join(cues.load("th")["and"])  # Thai has no blank behind "and"
        self._stop = re.compile(rf"[,،;.]|\s(?:{self.naming.joining.pattern})\s|\s(?:{glued})", re.IGNORECASE)
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
        found = self._semicolons(text) if ";" in text and _DASH.search(text) else []
        found = found or self.run(text) or self._commas(text) or (self._semicolons(text) if ". " in text else [])
        found = found or self._dashes(text) or self._flagged(text)
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
        """Return the entries of "New members: Thailand: Hat Yai, Phayao; Portugal: Braga", or with full stops."""
        found: list[Entry] = []
        start = 0
        parts = text.split(";") if ";" in text else [part for _, part in sentences(text)] if ". " in text else []
        for part in parts if len(parts) > 1 else ():
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
        found: list[Entry] = []
        unknown: list[Entry] = []
        start = 0
        for part in sentence.split(";"):  # each may have a country, and none is of the names of another
            parted = [entry for entry in self._comma_parted(part)[0] if entry.sure or self.naming.is_name(entry.name)]
            placed, doubtful = self._placed(part)
            ends = {entry.end for entry in parted}
            found += _moved([*parted, *(entry for entry in placed if entry.end not in ends)], start)
            unknown += _moved([entry for entry in doubtful if entry.end not in ends], start)
            start += len(part) + 1
        several = len({entry.country for entry in (*found, *unknown)}) > 1
        return sorted([*found, *unknown] if joining and several else found, key=lambda entry: entry.start)

    def _placed(self, text: str) -> tuple[list[Entry], list[Entry]]:
        """Return the entries of "Tianjin and Ningbo in China" of which some are known, and those of which none is."""
        found: list[Entry] = []
        unknown: list[Entry] = []
        start = 0
        for match in cues.pattern("placing").finditer(text):
            blank = len(text[match.end() :]) - len(text[match.end() :].lstrip(" "))
            spelled = self.atlas.scopes.match(text, match.end() + blank)
            scope = self.atlas.scope(spelled[0]) if spelled else None
            if spelled is None or scope is None or scope[0] != "country" or match.start() < start:
                continue
            if any(map(is_thai, text[spelled.end() :][:4])) and self._listing.match(text[spelled.end() :].lstrip()):
                start = spelled.end()  # "จากอินเดีย ได้แก่ …": the names stand behind it
                continue
            names = self._names_before(_without_both(text[start : match.start()]), scope[1])
            known = [name for name in names if self.atlas.is_place(name, scope[1])]
            begin = text.index(names[0], start) if names else start
            entries = [Entry(name, scope[1], begin, spelled.end(), name in known) for name in names]
            unknown += [] if known else entries
            found += entries if known else []
            start = spelled.end()
        return found, unknown

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
        behind = window[spelled.end() :] if spelled else ""
        if cues.pattern("city", "of_town").match(behind.strip()):
            return None, comma  # ", the Portuguese city of Évora"
        if spelled and scope and scope[0] == "country" and re.match(r"\s+[a-z]|\s*[()–—]|['’]s\s", behind):
            if self._is_led(text[:comma]) and cues.pattern("gaining").match(behind.strip()):
                return None, comma  # "Spain gets Bilbao, Italy gets Trieste"
            return scope[1], comma + 1 + spelled.end()
        return None, comma

    def _is_led(self, text: str) -> bool:
        """Tell whether a country and a verb stand before names: "Spain gets Zaragoza and Bilbao"."""
        countries = self.atlas.scopes.finditer(text)
        return any(cues.pattern("gaining").match(text[match.end() :].strip()) for match in countries)

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


def _moved(entries: list[Entry], by: int) -> list[Entry]:
    return [replace(entry, start=entry.start + by, end=entry.end + by) for entry in entries]


def _without_both(text: str) -> str:
    """Return a text without the word before "in Brazil" that says of how many names it is: "both"."""
    return re.sub(r",?\s+(?:both|all)\s*$", "", text)
