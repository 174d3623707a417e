"""The grammar of a list: names with their countries, in any of the shapes that lists have.

    Hat Yai (Thailand), Phayao (Thailand) and ...      a run, with or without commas
    Hat Yai, Thailand                                   a line
    Thailand: Hat Yai, Phayao and Sukhothai             a country with its cities, also with brackets
    Hat Yai – Thailand

Countries are the anchors; what is between them are names, which may have brackets, commas and dashes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.names import is_thai

_OPEN, _CLOSE = "([{（", ")]}）"
_DASH = re.compile(r"\s+[-\u2010-\u2015\u2212]\s+|\s*[\u2013\u2014]\s*|\s*:\s+|:\s*$")
_EDGE = ' \n\t,;:.•·*/|\u2013\u2014-"“”«»'
_COMMAS = re.compile(r"\s*[,;、،\u2022·/]\s*")
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]%”’\"\u0e00-\u0e7f][.!?])[\"”’)]*\s+(?=[\"“‘(\[]*[A-Z0-9\u0e00-\u0e7f])")
_ABBREVIATED = re.compile(r"(?:\b(?:St|Dr|Mr|Ms|Mrs|No|Prof|vs|ca|Sta|Sto|Ste|Gen|Gral)\.|\u0e2f|\b[A-Z]\.)$")
_OF = re.compile(r"\bof(?: the)?\s*$")
_WORD_START = re.compile(r"(?<![\w'’-])(?=[A-ZÀ-ÞĀ-ɏḀ-ỿ'\u0e00-\u0e7f])|(?<=[\s\"“‘(])(?=[\u0e00-\u0e7f])")
_WORD_END = re.compile(r"(?<=\w)(?![\w'’-])")
_BETWEEN = re.compile(r"[\s,;\"“”]*")
_FURTHEST = 80  # letters behind a comma in which a country ends
_BEFORE = 400  # letters before a bracket that are looked at
_WORDS = 60  # of an enumeration without commas
_LINE = 4_000  # letters; what is longer is read for brackets only
_LONGEST = 70  # letters of a name


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with the country it stands with; `start` and `end` are those of both in the text.

    `sure` is false where the text left it open which words belong to the name.
    """

    name: str
    country: str | None
    start: int
    end: int
    sure: bool = True


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a paragraph with where they begin; Thai, which has no full stops, stays whole."""
    start = 0
    for match in _SENTENCE.finditer(text):
        if not _ABBREVIATED.search(text[: match.start()]):
            yield start, text[start : match.start()]
            start = match.end()
    yield start, text[start:]


def groups(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each outermost bracket opens, and where it is closed again."""
    depth = start = 0
    for at, char in enumerate(text):
        if char in _OPEN:
            start = at if depth == 0 else start
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1


class Grammar:
    """Reads entries, with the help of the places, countries and regions that are known."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._and = re.compile(rf"(?:{cues.pattern('and').pattern})", re.IGNORECASE)
        self._stop = re.compile(rf"[,،]|\s(?:{self._and.pattern})\s", re.IGNORECASE)
        self._listing = cues.pattern("listing")
        self._lines: dict[tuple[str, bool], list[Entry]] = {}

    def run(self, text: str) -> list[Entry]:
        """Return the entries of a text in which countries stand in brackets behind names, or names behind countries."""
        found: list[Entry] = []
        end = 0
        for opened, closed in groups(text):
            inside = text[opened + 1 : closed - 1]
            end = max(end, opened - _BEFORE)
            if self._is_title(text[end:opened], inside):
                continue
            country = self._in_brackets(inside)
            if country and text[end:opened].strip(_EDGE):
                found += self._named(text, end, opened, closed, country)
                end = closed
            elif turned := self._turned(text, end, opened, closed, inside):
                found += turned
                end = closed
        return found

    def _is_title(self, before: str, inside: str) -> bool:
        """Tell whether brackets belong to the name of a country: "Iran (Islamic Republic of)"."""
        return (
            bool(_OF.search(inside)) and self.atlas.country(f"{' '.join(before.split()[-1:])} ({inside})") is not None
        )

    def _in_brackets(self, inside: str) -> str | None:
        country = self.atlas.country(inside)
        if country is None and "," in inside:  # (Karnataka, India)
            country = self.atlas.country(inside.rpartition(",")[2])
        return country

    def _turned(self, text: str, start: int, opened: int, closed: int, inside: str) -> list[Entry]:
        """Return the entries of "the Netherlands ('s-Hertogenbosch and Groningen)"."""
        before = self.tail(text[start:opened])
        country = self.atlas.country(before) or self._country_at_end(before)
        if country is None or inside.strip()[:1].isdecimal():
            return []
        names = self.split(inside, country, several=True)
        if not all(self.is_name(name) for name in names):
            return []
        return [Entry(name, country, opened, closed, self.atlas.is_place(name, country)) for name in names]

    def _country_at_end(self, text: str) -> str | None:
        """Return the country that `text` ends with, by its longest name."""
        words = text.split()
        ends = (" ".join(words[at:]) for at in range(max(0, len(words) - 7), len(words)))
        return next((country for end in ends if (country := self.atlas.country(end))), None)

    def _named(self, text: str, start: int, opened: int, closed: int, country: str) -> list[Entry]:
        between = text[start:opened]
        tail = self.tail(between)
        sure = all(len(piece) <= _LONGEST for piece in self._pieces(tail))
        before = between[: max(between.rfind(tail), 0)]
        led = bool(before.strip(_EDGE)) and not before.rstrip().endswith(":") and not self._listing.search(before)
        if start == 0 and not self.atlas.is_place(tail, country):
            tail = self._behind_small_word(tail, country) or tail
        if not sure or (led and start == 0) or not all(map(self.is_name, self.split(tail, country))):
            tail, sure = self._shortened(tail, country)
        names = self.split(tail, country)
        begin = start + max(between.rfind(tail), 0)
        return [Entry(name, country, begin, closed, sure) for name in names if name]

    def tail(self, text: str) -> str:
        """Return the end of `text` that may be a name: behind the last sentence, colon or word that opens a list."""
        cut = 0
        for start, _ in sentences(text):
            cut = start
        for match in re.finditer(r"[:\n](?=\s)|[:](?=[\u0e00-\u0e7f])", text[cut:]):
            cut = max(cut, cut + match.end()) if text[cut + match.end() :].strip(_EDGE) else cut
            break
        rest = text[cut:]
        last = None
        for match in self._listing.finditer(rest):
            last = match if rest[match.end() :].strip(_EDGE) else last
        rest = rest[last.end() :] if last and not self.atlas.places(self._without_and(rest)) else rest
        return self._without_and(rest)

    def _without_and(self, text: str) -> str:
        """Return `text` without what joins it to the name before."""
        text = text.strip(_EDGE)
        match = self._and.match(text)
        if match and not self.atlas.places(text):
            text = text[match.end() :].strip(_EDGE)
        return text

    def _shortened(self, text: str, country: str) -> tuple[str, bool]:
        """Return the end of running text that is a name, and whether that is certain."""
        starts = [match.end() for match in re.finditer(r"\s+|(?<=[,(])", text)]
        for start in [0, *starts]:
            if self.atlas.is_place(text[start:].strip(_EDGE), country):
                return text[start:].strip(_EDGE), True
        if any(map(is_thai, text)):
            for start in range(max(0, len(text) - 30), len(text)):
                if self.atlas.is_place(text[start:], country):
                    return text[start:], True
            return text.split()[-1] if text.split() else text, False
        words = text.split()
        at = len(words)
        while at and (words[at - 1][:1].isupper() or not words[at - 1][:1].isalpha() or words[at - 1] in _particles()):
            at -= 1
        while at < len(words) and not words[at][:1].isupper():
            at += 1
        return (" ".join(words[at:]).strip(_EDGE), False) if at < len(words) else (text, False)

    def _behind_small_word(self, text: str, country: str) -> str | None:
        """Return the known name that `text` ends with, if a word without a capital stands before it."""
        words = text.split()
        ends = ((words[at - 1], " ".join(words[at:])) for at in range(1, len(words)))
        small = ((word, end) for word, end in ends if word[0].islower() and not self._and.fullmatch(word))
        return next((end for _, end in small if self.atlas.is_place(end, country)), None)

    def split(self, text: str, country: str | None, several: bool = False) -> list[str]:
        """Return the names in `text`, which may be one with commas, or several of one country.

        `several` tells that commas part names here, because a country stands only once with all its names.
        """
        text = self._without_and(text)
        if not text or self.atlas.is_place(text, country):
            return [text] if text else []
        joined = [self._without_and(piece) for piece in self._split_and(text)]
        pieces = [
            name for part in joined for piece in self._pieces(part) for name in self._blank_parted(piece, country)
        ]
        if len(pieces) <= 1:
            return [text]
        known = sum(self.atlas.is_place(piece, country) for piece in pieces)
        # "Bengaluru, Karnataka" is one place, "Tak, Rayong and Satun" are three.
        if several or known > 1 or len(joined) > 1 or (known and country and self._is_enumeration(pieces)):
            return [piece for piece in pieces if piece]
        return [text]

    def _split_and(self, text: str) -> list[str]:
        """Return the parts of `text` around "and"; in Thai that is a word only where a name ends before it."""
        parts, start = [], 0
        for match in self._and.finditer(text):
            spaced = match.start() > 0 and (text[match.start() - 1].isspace() or match[0] == "&")
            glued = any(map(is_thai, match[0])) and len(match[0]) > 2
            if (spaced or glued) and match.end() < len(text):
                parts.append(text[start : match.start()])
                start = match.end()
        return [*parts, text[start:]]

    def _pieces(self, text: str) -> list[str]:
        """Return the names between commas; brackets stay whole."""
        covered = [False] * len(text)
        for opened, closed in groups(text):
            covered[opened:closed] = [True] * (closed - opened)
        pieces, start = [], 0
        for match in _COMMAS.finditer(text):
            if not covered[match.start()]:
                pieces.append(text[start : match.start()])
                start = match.end()
        return [piece.strip(_EDGE) for piece in (*pieces, text[start:]) if piece.strip(_EDGE)]

    def _is_enumeration(self, pieces: list[str]) -> bool:
        return len(pieces) > 2

    def _blank_parted(self, text: str, country: str | None) -> list[str]:
        """Return the names that blanks part: in Thai if the most of them are known, in Latin letters if all are."""
        words = text.split()
        thai = any(map(is_thai, text))
        if not 2 <= len(words) <= _WORDS or self.atlas.is_place(text, country):
            return [text]
        names: list[str] = []
        while words:
            # The longest name that begins here: a name may have a blank in it.
            count = next((n for n in range(len(words), 0, -1) if self.atlas.is_place(" ".join(words[:n]), country)), 1)
            names.append(" ".join(words[:count]))
            words = words[count:]
        known = sum(self.atlas.is_place(name, country) for name in names)
        return names if known * 2 >= len(names) and (thai or known == len(names)) else [text]

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
        return self.run(text) or self._commas(text) or self._dashes(text) or (self._blanks(text) if loose else [])

    def _commas(self, text: str) -> list[Entry]:
        """Return the entries of "Nanjing, China" or "Nanjing, China; Suzhou, China"."""
        if ";" in text:
            parts = [self._commas(part) for part in text.split(";") if part.strip()]
            return [entry for part in parts for entry in part] if all(parts) else []
        found: list[Entry] = []
        start = 0
        for at in [match.start() for match in re.finditer(r"[,،]", text)]:
            country, stop = self._country_behind(text, at) if at >= start else (None, at)
            name = self._without_and(text[start:at])
            if country and name:
                sure = len(name) <= _LONGEST
                found += [Entry(one, country, start, stop, sure) for one in self.split(name, country)]
                start = stop
        return found if found and not text[start:].strip(_EDGE) else []

    def _country_behind(self, text: str, comma: int) -> tuple[str | None, int]:
        """Return the country behind a comma, by its longest name, and where it ends."""
        window = text[comma + 1 : comma + _FURTHEST]
        stops = [match.start() for match in self._stop.finditer(window)]
        if comma + _FURTHEST >= len(text):
            stops.append(len(window))
        for stop in reversed(stops):
            if country := self.atlas.country(window[:stop]):
                return country, comma + 1 + stop
        return None, comma

    def _dashes(self, text: str) -> list[Entry]:
        """Return the entries of "Hat Yai – Thailand" or "Thailand: Hat Yai, Phayao"."""
        for match in _DASH.finditer(text):
            left, right = text[: match.start()].strip(_EDGE), text[match.end() :].strip(_EDGE)
            if left and right and (country := self.atlas.country(re.sub(r"\s*\(\s*\d+[^)]*\)$", "", left))):
                return [Entry(name, country, 0, len(text)) for name in self.split(right, country, several=True)]
        for match in reversed(list(_DASH.finditer(text))):
            left, right = text[: match.start()].strip(_EDGE), text[match.end() :].strip(_EDGE)
            if left and right and (country := self.atlas.country(right)):
                return [Entry(name, country, 0, len(text)) for name in self.split(left, country)]
        return []

    def _blanks(self, text: str) -> list[Entry]:
        """Return the entry of "Hat Yai Thailand", a row of a table that lost its lines."""
        for match in re.finditer(r"\s+", text):
            left, right = text[: match.start()].strip(_EDGE), text[match.end() :]
            if left and (country := self.atlas.country(right)):
                sure = self.atlas.is_place(left, country)
                return [Entry(left, country, 0, len(text), sure)]
        return []

    def together(self, sentence: str) -> Iterator[list[str]]:
        """Yield each group of two or more known names that nothing but commas, blanks and "and" part."""
        group: list[str] = []
        end = 0
        for start, stop, name in self._known(sentence):
            between = sentence[end:start]
            if group and _BETWEEN.fullmatch(self._and.sub("", cues.pattern("around_city").sub("", between))):
                group.append(name)
            else:
                if len(group) > 1:
                    yield group
                group = [name]
            end = stop
        if len(group) > 1:
            yield group

    def _known(self, sentence: str) -> Iterator[tuple[int, int, str]]:
        """Yield the names of known places in a sentence, the longest at each word, with where they begin and end."""
        starts = {match.start() for match in _WORD_START.finditer(sentence)}
        starts |= {match.end() for match in self._and.finditer(sentence)}
        end = 0
        for start in sorted(starts):
            if start < end:
                continue
            around = cues.pattern("around_city").match(sentence, start)
            found = self._known_at(sentence, start) or (around and self._known_at(sentence, around.end()))
            if found:
                end = found[1]
                yield *found, sentence[found[0] : found[1]]

    def _known_at(self, sentence: str, start: int) -> tuple[int, int] | None:
        """Return where the longest known name that begins at `start` begins and ends."""
        stops = [match.end() for match in _WORD_END.finditer(sentence, start, start + _LONGEST)]
        if is_thai(sentence[start : start + 1]):
            stops = list(range(start + 2, min(len(sentence), start + 40) + 1))
        return next(((start, stop) for stop in reversed(stops) if self._is_whole(sentence, start, stop)), None)

    def _is_whole(self, sentence: str, start: int, stop: int) -> bool:
        """Tell whether a known name stands there, and no longer word."""
        name = sentence[start:stop]
        if name != name.strip() or not self.atlas.places(name):
            return False
        behind = sentence[stop:]
        return not is_thai(name[-1]) or not is_thai(behind[:1]) or bool(self._and.match(behind))

    def is_name(self, text: str) -> bool:
        """Tell whether `text` has the look of a name: short, no sentence, no markup."""
        if self.atlas.places(text):
            return True
        if not text or len(text) > _LONGEST or re.search(r"[<>{}\\=@#$%^~`|]|https?:|www\.|\d{4}", text):
            return False
        if any(map(is_thai, text)):
            return not text[0].isdigit() and len(text) <= 40 and not cues.finds(text, "sentence")
        words = text.split()
        small = [word for word in words if word[:1].islower() and word.strip("’'") not in _particles()]
        start = text.lstrip("'’‘(")[:1]
        lower = text.startswith(("'s-", "’s-", "’s ", "al-", "el-")) or start.isupper() or not start.isascii()
        return (
            len(words) <= 8
            and len(small) < 2
            and lower
            and any(map(str.isalpha, text))
            and not cues.finds(text, "sentence")
        )


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for language in cues.LANGUAGES for word in cues.load(language).get("particles", ()))
