"""Sentences into names: which cities a paragraph names, what it says of them, and what it leads up to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.extract import cues
from knowledge.extract.brackets import Entry
from knowledge.extract.calendar import days
from knowledge.extract.context import SHORT, Context, Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Told
from knowledge.extract.home import named
from knowledge.extract.leads import is_presented
from knowledge.extract.loose import Loose
from knowledge.extract.mentions import Mention, Mentions
from knowledge.extract.numerals import numerals
from knowledge.extract.parting import filling, sentences
from knowledge.extract.thai import ThaiProse
from knowledge.extract.thai_owned import opened
from knowledge.names import is_thai

_DATELINE = 40  # letters before the date of a text
_WRITTEN = re.compile(r"[A-ZÀ-Þ/ .]{4,30}(?:\([A-Z]+\) ?)?[–—-]\s")
_DATELINED = re.compile(r"\s*(?:\([A-Z][\w/ ]*\)\s*)?[–—-]{1,2}\s+(?=[A-Z“\"])")
_HEADING = 60  # letters of a line that may be a heading
_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_RELATIVE = re.compile(r"\s*,?\s*(?:which|who|itself|that) ")
_VERB = re.compile(r"\s*(?:(?:was|were|has|have|been|also|now|both) )*")
_TURN = 30  # letters before a country in which it may be said that its cities came before
_ASIDE = 60  # letters behind a name that may set it apart


def _reported(sentence: str) -> str:
    """Return a sentence with "has" for "had" where somebody tells of it: "announced that it had joined"."""
    match = cues.pattern("telling").search(sentence)
    if match is None:
        return sentence
    return sentence[: match.end()] + re.sub(r"\bhad\b", "has", sentence[match.end() :])


def _without_asides(sentence: str) -> str:
    """Return a sentence without what commas set apart: "The five, with their coordinators, are listed below"."""
    return re.sub(rf",\s+(?:{cues.pattern('asides').pattern})\b[^,.;]*(?=,)", "", sentence)


class Prose:
    """Reads the paragraphs of one document that are no lists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._atlas = desk.atlas
        self._grammar = desk.grammar
        self._mentions = Mentions(desk.atlas, desk.grammar.naming)
        self._loose = Loose(desk, self._mentions)
        self._thai = ThaiProse(desk, self._mentions)

    def read(self, block: Block) -> None:
        """Read the sentences of a paragraph: names in them, and what they say of the list that may follow."""
        if block.kind == "heading":
            self._desk.joined, self._desk.section = False, None
        if block.kind == "heading" or len(block.text) < SHORT:
            self._introduce(block)
        else:
            self._desk.context = Context(told=self._desk.context.told)
        spoken = [_reported(text) for _, text in sentences(block.text)]
        for sentence in spoken:
            if self._is_news(sentence):
                self._desk.found.news = self._desk.found.news or sentence
            if self._desk.told(sentence) == Told.JOINING:
                self._desk.found.joining.append(sentence)
            before = len(self._desk.found.names)
            for clause in self._clauses(sentence):
                self._clause(block, clause, sentence)
            self._desk.joined = self._goes_on(sentence, before)
            unnamed = self._desk.told(sentence) == Told.JOINING and len(self._desk.found.names) == before
            self._desk.counted = frozenset(number.value for number in numerals(sentence)) if unnamed else frozenset()
        self._lead(block, spoken)

    def _goes_on(self, sentence: str, before: int) -> bool:
        """Tell whether what comes next may tell more of newcomers, in words that do not say so."""
        said = self._desk.told(sentence)
        new = {named.told for named in self._desk.found.names[before:]}
        if Told.JOINING in (said, self._desk.asked, *new):
            return True
        return self._desk.joined and Told.ELSEWHERE not in new and not cues.finds(sentence, "award")

    def _is_news(self, sentence: str) -> bool:
        """Tell whether a sentence tells of joining the network, and not in some year that has been."""
        joins = self._desk.told(sentence) == Told.JOINING and cues.finds(sentence, "network", "unesco")
        return joins and not (self._desk.year is None and _YEAR.search(sentence))

    def guess(self) -> None:
        """Take the places that sentences about the network name, where none is told of as joining; each is doubtful."""
        document = self._desk.document
        blocks = [Block(document.title or "", "heading", "title"), *document.blocks]
        for block in blocks:
            for _, sentence in sentences(block.text):
                about = cues.finds(sentence, "network") and not cues.finds(sentence, "award", "before")
                if about and self._desk.told(sentence) != Told.ELSEWHERE:
                    (self._thai if any(map(is_thai, sentence)) else self._loose).guess(block, sentence)

    def title(self, text: str) -> None:
        """Read the names of a title that tells of newcomers."""
        block = Block(text, "heading", "title")
        said = self._desk.told(text)
        named = said == Told.OPEN and self._desk.found.news is not None and cues.finds(text, "being")
        for clause in self._clauses(text) if said == Told.JOINING else ():
            self._clause(block, clause, text)
        if named:
            self._loose.read(block, text, text, (), Told.JOINING, sure=True)

    def _lead(self, block: Block, spoken: list[str]) -> None:
        """Keep in mind what a paragraph says of the list that may follow.

        One that opens a list is heard; of another only what it tells of newcomers and prizes, for what it says of
        earlier members in passing is no heading.
        """
        context = self._desk.context
        last = _without_asides(spoken[-1])
        said = self._desk.told(last)
        context.introduced = self.opens(block.text)
        headed = block.kind == "heading" or (len(block.text) < _HEADING and not block.text.rstrip().endswith("."))
        heard = context.introduced or headed or cues.finds(last, "pointing")
        if said == Told.ELSEWHERE and not heard and not cues.finds(last, "award"):
            context.unclear = last
            said = Told.OPEN
        before = (self._desk.told(text) for text in reversed(spoken[:-1]))
        joined = next((one for one in before if one == Told.JOINING), Told.OPEN)
        was, self._desk.told_before_prize = self._desk.told_before_prize, Told.OPEN
        if said == Told.OPEN and was == Told.JOINING and heard:
            context.unclear, joined = last, was  # "The complete list is below", behind a prize of one city
        elif said == Told.ELSEWHERE and not heard:
            self._desk.told_before_prize = joined or context.told
        context.told = said or joined or context.told
        if heard and context.country is None and context.region is None:
            context.country = self._sole_country(last)

    def _sole_country(self, text: str) -> str | None:
        """Return the only country that a text names: that of the names below, if they have none of their own."""
        found = set(named(text, self._atlas))
        return found.pop() if len(found) == 1 else None

    def _introduce(self, block: Block) -> None:
        """Take a heading or short line; one may name the region whose cities follow, or end the list."""
        ends = cues.pattern("ending").match(block.text)
        scope = self._atlas.scopes.search(block.text) if cues.finds(block.text, "city") else None
        named = self._atlas.scope(scope[0]) if scope else None
        region = named[1] if named and named[0] == "region" else None
        country = named[1] if named and named[0] == "country" else None
        self._desk.context = Context(Told.ELSEWHERE if ends else self._desk.context.told, region, country)

    def opens(self, text: str) -> bool:
        """Tell whether a text ends with a colon or a word that opens a list."""
        last, sentence = None, sentences(text)[-1][1]
        if text.rstrip().endswith(":"):
            return True
        for match in cues.pattern("listing").finditer(sentence):
            last = match
        return last is not None and not filling(sentence[last.end() :])

    # --- names with their countries

    def _clauses(self, sentence: str) -> Iterator[str]:
        """Yield the parts of a sentence that may tell different things: "…, while …"."""
        start = 0
        for at in self._turns(sentence):
            if sentence[:start].count("(") == sentence[:start].count(")"):
                yield sentence[start:at]
                start = at
        yield sentence[start:]

    def _turns(self, sentence: str) -> list[int]:
        """Return where a sentence turns to something else; in Thai also where another country has its newcomers."""
        found = {match.start() for match in cues.pattern("clause").finditer(sentence)}
        if any(map(is_thai, sentence)):
            found |= {
                match.start()
                for match in self._atlas.scopes.finditer(sentence)
                if sentence[match.start() - 1 : match.start()].isspace()
                and opened().match(sentence, match.end())
                and not cues.finds(sentence[max(0, match.start() - _TURN) : match.start()], "before", "elsewhere")
            }
        return sorted(found)

    def _clause(self, block: Block, clause: str, sentence: str) -> None:
        """Take the names that stand in a clause, and what it says of each."""
        joining = self._desk.told(clause) == Told.JOINING and not cues.finds(clause, "elsewhere")
        entries = self._grammar.run(clause) or self._grammar.spoken(clause, joining or self._desk.joined)
        if entries and clause == block.text[: len(clause)] and _DATELINED.match(clause[entries[0].end :]):
            entries = [entry for entry in entries if entry.start > 0 or entry.end > _DATELINE]
        about = self._entries(block, clause, sentence, entries) if entries else Told.OPEN
        if any(map(is_thai, clause)):
            if not entries:
                self._thai.read(block, clause, sentence)
            return
        self._loose.read(block, clause, sentence, entries, about)

    def _entries(self, block: Block, clause: str, sentence: str, entries: list[Entry]) -> Told:
        """Take the names that stand with their countries, and return what is told of them."""
        last = max(entry.end for entry in entries)
        about = self._desk.before(clause[: entries[0].start]) or self._desk.told(clause[last:], behind=True)
        about = about or (self._desk.told(sentence) if clause != sentence else Told.OPEN)
        starts = (entries[0].start, self._loose.first(clause), self._before_country(clause, entries[0].start))
        goes_on = cues.pattern("going_on").match(clause.strip()) or any(
            is_presented(clause[:start]) for start in starts
        )
        if about == Told.OPEN and (self._desk.asked == Told.JOINING or (self._desk.joined and goes_on)):
            about = Told.JOINING
        ends = [entry.start for entry in entries[1:]] + [len(clause)]
        said = [self._said(clause, entry, end, about) for entry, end in zip(entries, ends, strict=True)]
        for at, entry in reversed(list(enumerate(entries[:-1]))):
            between = clause[entry.end : max(ends[at], entry.end)]
            if said[at] == Told.OPEN and said[at + 1] == Told.JOINING and not self._grammar.naming.without_and(between):
                said[at] = Told.JOINING
        for at, entry in enumerate(entries):
            if at and said[at] == Told.OPEN and cues.pattern("also_behind").match(clause[entry.end :].lstrip(" ,")):
                said[at] = said[at - 1]
            bare = replace(entry, name=self._grammar.naming.trimmed(entry.name, entry.country))
            self._desk.name(bare, block.where, clause[entry.start : entry.end].strip(), said[at], listed=False)
        return about

    def _said(self, clause: str, entry: Entry, end: int, about: Told) -> Told:
        """Return what a clause that tells of its names as `about` tells of one of them."""
        if cues.finds(clause[max(0, entry.start - _ASIDE) : entry.start], "joined_by_others"):
            return Told.ELSEWHERE
        apart, behind = self._apart(clause, entry, end), clause[entry.end :]
        if self._desk.asked == Told.JOINING and not cues.finds(behind[:_ASIDE], "before"):
            return about  # "Chiang Rai in Thailand, which I should like to visit"
        return apart if apart == Told.ELSEWHERE or self._goes_with(behind, apart) else about

    def _before_country(self, clause: str, at: int) -> int:
        """Return where the country begins that ends at `at`, before its names in brackets."""
        lead = clause[:at].rstrip()
        return next((match.start() for match in self._atlas.scopes.finditer(lead) if match.end() == len(lead)), at)

    def _apart(self, clause: str, entry: Entry, end: int) -> Told:
        """Return what stands behind a name and may set it apart: "(Thailand), a member since 2019"."""
        aside = clause[entry.end : min(max(end, entry.end), entry.end + _ASIDE)] if end > entry.end else ""
        spoken = len(filling(aside)) > 4 and not aside.lstrip().startswith(")")
        return self._desk.told(aside, behind=True) if spoken else Told.OPEN

    def _goes_with(self, behind: str, apart: Told) -> bool:
        """Tell whether a city joins by a clause of its own, or right behind: "Durban, South Africa, which is new"."""
        joins = cues.pattern("joining").match(_VERB.sub("", behind, count=1))
        return apart == Told.JOINING and bool(_RELATIVE.match(behind) or joins)

    def enumeration(self, block: Block) -> bool:
        """Read a list of Thai names without countries behind a word that opens one; tell whether that is all."""
        return self._thai.enumeration(block)

    # --- what is left

    def names(self, text: str, country: str | None = None, several: bool = False) -> list[str]:
        """Return the names that a line without countries consists of; a province beside its town is none of them.

        They are in `country`, or else in that of the heading above; `several` tells that commas part them.
        """
        found = list(self._mentions.leading(text)) if any(map(is_thai, text)) else []
        if (found and not filling(text[found[-1].end :])) or self._ends_in_province(text, found):
            return [mention.name for mention in found]
        return self._grammar.naming.split(text, country or self._desk.context.country, several)

    def _ends_in_province(self, text: str, found: list[Mention]) -> bool:
        rest = text[found[-1].end :].strip() if found else ""
        return bool(rest) and bool(cues.pattern("of_province").match(rest)) and bool(self._atlas.places(rest))

    def leading(self, text: str) -> list[str]:
        """Return the known names that a text begins with."""
        return [mention.name for mention in self._mentions.leading(text)]

    def mentioned(self, block: Block) -> list[str]:
        """Return the known places that a block names, but for the one it was written in: "Hamburg, 3 March 2031 –"."""
        dated = next((end for start, end, _, _ in days(block.text) if start < _DATELINE), 0)
        written = _WRITTEN.match(block.text)
        start = max(dated, written.end() if written else 0)
        return [mention.name for mention in self._mentions.found(block.text) if mention.start >= start]

    def row(self, block: Block) -> None:
        """Read a row of a table that lists no cities."""
        self.read(replace(block, text=" ".join(block.cells)))
