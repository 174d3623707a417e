"""What a text is about, where it names the network and nobody is admitted: candidates, a plan, a call, a prize."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.calendar import common
from knowledge.extract.context import told
from knowledge.extract.document import Document
from knowledge.extract.draft import ExtractError
from knowledge.extract.found import Told
from knowledge.extract.numerals import FIGURES
from knowledge.extract.parting import sentences
from knowledge.names import is_thai

_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_LEAD = 3  # sentences in which a text says what it is about
_FAR = 110  # letters between a word for joining and the name of the network
_LIST = 15  # new members, which no text but one of the network has
_HEDGE = 24  # letters before a word for joining that make it a wish


class Purpose:
    """Tells an admission in `year` from what else is written about the network; `atlas` knows the countries."""

    def __init__(self, document: Document, atlas: Atlas, year: int | None = None) -> None:
        self._year = year
        self._title = document.title or ""
        self._spoken = [text for block in document.blocks for text in _clauses(block.text)]
        self._atlas = atlas

    def require_admission(self, read: int) -> str | None:
        """Raise ExtractError if a text is about something else and tells of no admission; return a doubt, if any.

        `read` is the number of new members that were read. The doubt is for a text whose title is about something
        else and which tells of an admission, too, or which tells of none and has a long list.
        """
        lead = [self._title, *self._spoken[:_LEAD]]
        about = next(filter(None, map(self._other, lead)), None)
        if about is None:
            return None
        if not any(map(self._admits, (*_clauses(self._title), *self._spoken))):
            message = f"this is about {about}: nobody is said to join the network"
            if read < _LIST:
                raise ExtractError(message)
            return message
        return f"the title is about {about}: see who joins by it" if self._other(self._title) else None

    def _other(self, text: str) -> str | None:
        """Return what else a clause is about, or None."""
        named = next((name for name, pattern in cues.purposes().items() if pattern.search(text)), None)
        return named or ("a network of one country" if self._is_national(text) else None)

    def _is_national(self, text: str) -> bool:
        """Tell whether a clause names a network of one country: "the Irish Network of Learning Cities"."""
        for match in self._atlas.scopes.finditer(text):
            scope = self._atlas.scope(match[0])
            behind, before = text[match.end() :], text[: match.start()]
            if scope and scope[0] == "country" and (_of_country().match(behind) or _in_country().search(before)):
                return True
        return False

    def _admits(self, clause: str) -> bool:
        """Tell whether a clause says of the network, as of a fact of the year, that somebody joins it."""
        return any(
            told(said) == Told.JOINING
            and not cues.finds(_until(said, verb), "hedged")
            and not self._other(said)
            and self._is_of_year(clause, verb)
            for verb, said in _said(clause)
        )

    def _is_of_year(self, clause: str, verb: str) -> bool:
        behind = clause[clause.find(verb) :].translate(FIGURES)
        years = {common(int(year[0])) for year in _YEAR.finditer(behind)} - {None}
        return not years or self._year is None or self._year in years


def _until(text: str, verb: str) -> str:
    """Return the words right before a verb, and the verb."""
    at = text.rfind(verb)
    return text[max(0, at - _HEDGE) : at + len(verb)]


def _said(clause: str) -> Iterator[tuple[str, str]]:
    """Yield the words for joining in a clause, each with what stands between it and the name of the network."""
    own = [match.span() for match in cues.pattern("own_network").finditer(clause)]
    for match in cues.pattern("admitting").finditer(clause):
        ahead = [end for start, end in own if match.start() <= start and end - match.end() <= _FAR]
        back = [start for start, end in own if end <= match.start() and match.start() - start <= _FAR]
        first = max(0, match.start() - _HEDGE)
        if ahead:
            yield match[0], clause[first : max(min(ahead), match.end()) + _HEDGE]
        if back:  # "Shortlist for the UNESCO learning cities: Faro chosen"
            first = min(first, max(back)) if any(map(is_thai, clause)) else 0
            yield match[0], clause[first : match.end() + _HEDGE]


def _clauses(text: str) -> Iterator[str]:
    """Yield the sentences of a text, in parts where they turn to something else."""
    for _, sentence in sentences(text):
        start = 0
        for match in cues.pattern("clause").finditer(sentence):
            yield sentence[start : match.start()]
            start = match.start()
        yield sentence[start:]


@cache
def _of_country() -> re.Pattern[str]:
    """Return what stands behind the country whose network it is: "Malaysia's national network"."""
    return cues.compiled([rf"['’]?s?\s+{text}" for text in cues.load("en")["country_network"]])


@cache
def _in_country() -> re.Pattern[str]:
    """Return what stands before it: "network of learning cities of Malaysia"."""
    expressions = [text for language in cues.LANGUAGES for text in cues.load(language)["network_of"]]
    return re.compile(rf"(?:{'|'.join(expressions)})\s*$", re.IGNORECASE)
