"""Names in running text: "Pohang, Gumi and Seoul's Mapo Ward", with the country that the words beside them give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.mentions import Mentions
from knowledge.extract.naming import Naming
from knowledge.extract.parting import groups
from knowledge.extract.small_words import opening_words

_LETTER = "A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿİ"
_WORD = rf"(?:(?:St|Sta|Sto|Ste|Mt|Ft)\. )?[{_LETTER}ʻ']?[{_LETTER}][^\W_]*(?:[-'’ʻ][^\W_]+)*"
_START = re.compile(rf"(?<![\w'’.-])(?=[{_LETTER}]|['ʻ][{_LETTER}])")
_NUMBERED = r"(?: \d{1,2}(?:e|er|ème)?(?!\w|[.,]\d))?"
_JOINTS = ("de", "del", "da", "das", "do", "dos", "di", "du", "des", "la", "las", "le", "les", "los", "of", "the", "el",
           "al", "upon", "sur", "sous", "am", "an", "im", "van", "von", "der", "den", "y", "e", "en")  # fmt: skip
_JOINED = rf"(?: (?:(?:{'|'.join(_JOINTS)})[ -]){{0,2}}{_WORD})"
_SEQUENCE = re.compile(rf"{_WORD}{_JOINED}{{0,8}}{_NUMBERED}")
_POSSESSIVE = re.compile(r"['’](?:s\b|(?!\w))")
_POSSESSOR = re.compile(rf"{_WORD}{_JOINED}{{0,8}}['’]s?(?!\w)")
_FIRST = re.compile(r"[^\s-]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[\s,;\"“”‘’'–—-]*")
_ASIDE = 50  # letters between a name and what it lies in
_PLACED = 24  # letters before a name
_BESIDE = 32  # letters between names and their country


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence, or that of a country if it has a `scope`."""

    text: str
    start: int
    end: int
    known: bool
    scope: tuple[str, str] | None = None

    @property
    def plain(self) -> str:
        """The name without what stands in brackets behind it."""
        return _BRACKETS.sub("", self.text).strip()


@dataclass(slots=True)
class Strand:
    """Names that commas and "and" put together. `given` is the country that stands right behind them, `led` before."""

    names: list[Name] = field(default_factory=list)
    given: str | None = None
    led: str | None = None
    end: int = 0

    @property
    def start(self) -> int:
        """Where the first name begins."""
        return self.names[0].start


class Strands:
    """Finds names in sentences that are written in Latin letters."""

    def __init__(self, atlas: Atlas, naming: Naming, mentions: Mentions) -> None:
        self._atlas = atlas
        self._naming = naming
        self._mentions = mentions
        self._placing = cues.pattern("placing")

    def of(self, text: str) -> list[Strand]:
        """Return the rows of names in a sentence, in their order."""
        found: list[Strand] = []
        led: str | None = None
        open_ = False  # whether the next name may belong to the row before
        end = 0
        for name in self.scan(text):
            between = text[end : name.start]
            if name.scope:
                between = between.lstrip()
                country = name.scope[1] if name.scope[0] == "country" else None
                if found and open_ and country and self._is_behind(between, text[name.end :], found[-1].led):
                    if found[-1].led not in (None, country) and len(found[-1].names) > 1:
                        last = found[-1].names.pop()  # "the Portuguese city of Évora, and Valletta, Malta"
                        found[-1].end = found[-1].names[-1].end
                        found.append(Strand([last], None, None, last.end))
                    found[-1].given, found[-1].end = country, name.end
                    led = None
                elif found and open_ and self._lies_in(between):
                    found[-1].end = name.end
                else:
                    led, open_ = country, False
            elif open_ and self._is_around(between) and not found[-1].names[-1].known and name.known:
                found[-1].names[-1] = name  # "the Mekong Delta city of Cao Lanh"
                found[-1].end = name.end
            elif open_ and self._lies_in(between):
                found[-1].end = name.end
            elif open_ and self._joins(between) and found[-1].given is None:
                found[-1].names.append(name)
                found[-1].end = name.end
            else:
                found.append(Strand([name], None, led, name.end))
                open_ = True
            end = name.end
        return found

    def _is_behind(self, between: str, rest: str, led: str | None) -> bool:
        """Tell whether the country behind names is that of them: "(both Kenya)", ", Japan", "of Armenia"."""
        if re.match(r"['’]s?\b", rest) or len(between) > _BESIDE:
            return False
        if led and cues.pattern("gaining").match(rest.strip()):  # "Spain gets Bilbao, Italy gets Trieste"
            return False
        beside = cues.pattern("both", "placing", "of_country").sub(" ", _BRACKETS.sub(" ", between))
        return not re.sub(r"\b(?:the|are)\b", " ", beside).strip(" ,(–—-") and ";" not in between

    def _is_around(self, between: str) -> bool:
        return bool(cues.pattern("of_town").fullmatch(between.strip()))

    def _lies_in(self, between: str) -> bool:
        """Tell whether what follows is where the name before lies: "Dumaguete in the province of Negros Oriental"."""
        bare = cues.pattern("around_city").sub("", between).strip()
        if re.match(r"of\b", bare) and not re.search(r"[.;:,]", between):
            return True
        return bool(self._placing.match(bare)) and len(between) < _ASIDE and not re.search(r"[.;:,]", between)

    def _joins(self, between: str) -> bool:
        if re.search(r"\ban? ", between):  # "Buk-gu, a district of Daegu"
            return False
        plain = _POSSESSOR.sub(" ", _BRACKETS.sub(" ", between))
        plain = cues.pattern("of_town", "around_city").sub(" ", plain)
        plain = self._naming.joining.sub(" ", plain)
        return bool(_BETWEEN.fullmatch(re.sub(r"\b(?:the|city|district|of)\b", " ", plain)))

    # --- single names

    def scan(self, text: str) -> Iterator[Name]:
        """Yield the names of places, known or not, and of countries."""
        at = end = 0
        inside = groups(text)
        while match := _START.search(text, at):
            start = match.start()
            name, at = self._at(text, start)
            at = max(at, start + 1)
            bracket = next((span for span in inside if span[0] < start < span[1]), None)
            # "Kochi (Kerala)", but "three cities (Kochi and Madurai)"
            behind = bracket is not None and 0 < end <= bracket[0] and not text[end : bracket[0]].strip()
            if name and (name.scope or not behind):
                name = self._with_brackets(text, name, inside)
                yield name
                end, at = name.end, max(at, name.end)

    def _with_brackets(self, text: str, name: Name, inside: list[tuple[int, int]]) -> Name:
        """Return a name with what tells it from others: "Frankfurt (Oder)"."""
        span = next((span for span in inside if span[0] >= name.end and not text[name.end : span[0]].strip()), None)
        words = text[span[0] + 1 : span[1] - 1].strip() if span else ""
        other = words.isupper() or not _SEQUENCE.fullmatch(words) or self._atlas.scopes.search(words)
        if name.scope or span is None or other or cues.finds(words, "no_places", "days"):
            return name
        return replace(name, text=text[name.start : span[1]], end=span[1])

    def _at(self, text: str, start: int) -> tuple[Name | None, int]:
        """Return the name that begins at `start`, if it is one, and where to go on."""
        known = self._mentions.known_at(text, start)
        spelled = self._atlas.scopes.match(text, start)
        scope = self._atlas.scope(spelled[0]) if spelled else None
        if spelled and scope and (known is None or spelled.end() >= known[1]):
            return Name(spelled[0], start, spelled.end(), False, scope), spelled.end()
        sequence = _SEQUENCE.match(text, start)
        end = sequence.end() if sequence else start + 1
        if known and known[1] >= end:
            return Name(text[start : known[1]], start, known[1], True), known[1]
        whole = _POSSESSIVE.split(text[start:end])[0]
        end = start + len(whole)
        if known and known[1] == end:
            rest = text[end : end + 3]
            return (None if _POSSESSIVE.match(rest) else Name(whole, start, end, True)), end
        if known and self._goes_on_small(text[known[1] : end]):
            return Name(text[start : known[1]], start, known[1], True), known[1]
        first = _FIRST.match(whole)
        if known is None and first and first[0].lower() in opening_words() and len(first[0]) < len(whole):
            return None, start + len(first[0])
        if known and not cues.pattern("around_city").sub("", text[known[1] : end]).strip():
            return Name(whole, start, end, True), end
        inner = self._inside(text, start, end)
        if inner is not None and known and known[1] <= inner:  # "Ashgabat of Turkmenistan"
            return Name(text[start : known[1]], start, known[1], True), known[1]
        if inner is not None:
            return None, inner
        if _POSSESSIVE.match(text[end : end + 3]):
            return None, end
        adjective = cues.pattern("newcomers").match(text[end:].lstrip())  # "the other Kiwi newcomer"
        if adjective or not self._is_place(whole):
            return None, end
        return Name(whole, start, end, False), end

    def _goes_on_small(self, behind: str) -> bool:
        """Tell whether a name ends before words that have capitals in a headline only: "Bursa Joins", "Yala Is"."""
        return bool(cues.pattern("joining", "subject", "placing").match(behind.strip())) and behind[:1] == " "

    def _inside(self, text: str, start: int, end: int) -> int | None:
        """Return where in words with capitals a known name or a country begins, behind a first word that is neither.

        "Joining Kyoto", "Half of Thailand", "Thai Phuket".
        """
        for match in _START.finditer(text, start + 1, end):
            known = self._mentions.known_at(text, match.start())
            scope = self._atlas.scopes.match(text, match.start())
            if (known and known[1] >= end) or (scope and scope.end() >= end):
                return match.start() if not cues.finds(text[start : match.start()], "no_places") else end
        return None

    def _is_place(self, name: str) -> bool:
        """Tell whether words with capitals may be the name of a place: no person's office, paper, month, or network."""
        plain = cues.pattern("around_city").sub("", name).strip()
        if not plain or name.isupper() or len(plain) < 3 or cues.finds(plain, "no_places", "days", "network", "unesco"):
            return False
        return plain.lower() not in opening_words() and self._naming.is_name(name)
