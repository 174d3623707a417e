"""Where in a document the reading is, and what was said of the cities that come next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.brackets import Entry
from knowledge.extract.calendar import common, years
from knowledge.extract.document import Block, Document
from knowledge.extract.entries import Grammar
from knowledge.extract.found import Named, Reading, Told, Unread
from knowledge.extract.numerals import FIGURES

_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_CLAUSE = re.compile(r"[;.()\u2013\u2014]|,(?! (?:back |as early as )?in \d)")
_SHORT_FORM = re.compile(r"\s*\([A-Z]{2,8}\)")  # of the name of the network
_BEHIND = 64  # letters behind a word for joining in which its year stands
_LEADING = 16  # letters of years before a colon
QUOTED = 60
VERB = 40  # letters around a name in which a verb tells of it
_TOGETHER = 600  # letters of lines that were not understood
SHORT = 160  # letters of a line that may introduce a list


@dataclass(slots=True)
class Context:
    """Under which heading the reading is, and what was said last of cities.

    `introduced` tells that the block before opens a list, `unclear` that it speaks of other cities and opens none.
    """

    told: Told = Told.OPEN
    region: str | None = None
    country: str | None = None
    introduced: bool = False
    unclear: str | None = None


@dataclass(slots=True)
class Desk:
    """What those who read lists, tables and sentences of one document share.

    `joined` tells that the sentences just read tell of newcomers, `counted` are the numbers in the last of them if it
    names none, `section` is the country that stands over them, `asked` what the question over them asks for,
    `told_before_prize` what was told before a prize that was named in passing.
    """

    document: Document
    atlas: Atlas
    grammar: Grammar
    year: int | None = None
    context: Context = field(default_factory=Context)
    found: Reading = field(default_factory=Reading)
    joined: bool = False
    counted: frozenset[int] = frozenset()
    section: str | None = None
    asked: Told = Told.OPEN
    told_before_prize: Told = Told.OPEN

    def told(self, text: str, behind: bool = False) -> Told:
        """Return what a text tells of the cities it names; those who came in another year are told of for that."""
        said = told(text, behind)
        led = () if behind else _led_by(text)
        if led and self.year is not None and self.year not in led:
            return Told.ELSEWHERE
        return Told.ELSEWHERE if said == Told.JOINING and self.is_of_another_year(text) else said

    def before(self, lead: str) -> Told:
        """Return what the words before names tell of them; those whom others join are members already."""
        if cues.finds(lead[-VERB:], "joined_by_others", "before"):
            return Told.ELSEWHERE
        return self.told(lead) if lead else Told.OPEN

    def is_of_another_year(self, text: str) -> bool:
        """Tell whether every year that is given for joining is another than that of the document."""
        text = _SHORT_FORM.sub("", text)
        behind = (text[match.end() : match.end() + _BEHIND] for match in cues.pattern("joining").finditer(text))
        clauses = [_CLAUSE.split(part)[0] for part in behind]
        told_ = (part for part in clauses if not cues.finds(part, "started"))
        years = [common(int(year[0])) for part in told_ for year in _YEAR.finditer(part)]
        return bool(years) and self.year is not None and all(year not in (None, self.year) for year in years)

    def name(self, entry: Entry, where: str, quoted: str, about: Told, listed: bool, taken: bool = False) -> None:
        """Take down a name; `taken` tells that its country is not the text's."""
        named = Named(entry.name, entry.country, self.context.region, where, quoted[:QUOTED], about, listed, entry.sure)
        unclear = self.context.unclear if listed else None
        self.found.names.append(replace(named, note=entry.note, unclear=unclear, taken=taken))

    def unread(self, block: Block, text: str) -> None:
        """Take down what looks like part of a list and was not understood; neighbours together, as far as they go."""
        before = self.found.unread[-1] if self.found.unread else None
        near = before and before.where.split(",")[0] == block.where.split(",")[0]
        if before and near and len(before.quoted) + len(text) < _TOGETHER:
            self.found.unread[-1] = Unread(before.where, f"{before.quoted}; {text[: 2 * QUOTED]}")
        else:
            self.found.unread.append(Unread(block.where, text[: 2 * QUOTED]))


def _led_by(text: str) -> tuple[int, ...]:
    """Return the years that a line begins with, as one of a list by rounds: "2031: Hua Hin", "’16–’18 : Nan"."""
    lead, colon, _ = text.partition(":")
    return years(lead.translate(FIGURES).strip()) if colon and len(lead) < _LEADING else ()


def told(text: str, behind: bool = False) -> Told:
    """Return what a text tells of the cities it names; a prize outweighs everything, else the word next to them counts.

    That is the last one of a text that stands before the names, and the first one `behind` them.
    """
    if cues.finds(text, "award"):
        return Told.ELSEWHERE
    others = [match.span() for match in cues.pattern("elsewhere").finditer(text)]
    spans = [match.span() for match in cues.pattern("joining").finditer(text)]
    if cues.finds(text, "network"):
        spans += (match.span() for match in cues.pattern("becoming").finditer(text))
    # "have also joined" tells of others, although it has "joined" in it.
    joining = [end for start, end in spans if not any(first <= start and end <= last for first, last in others)]
    elsewhere = [end for _, end in others]
    if not joining and cues.finds(text, "examples"):
        return Told.ELSEWHERE
    if not joining or not elsewhere:
        return Told.JOINING if joining else Told.ELSEWHERE if elsewhere else Told.OPEN
    first, last = min(joining) <= min(elsewhere), max(joining) >= max(elsewhere)
    return Told.JOINING if (first if behind else last) else Told.ELSEWHERE
