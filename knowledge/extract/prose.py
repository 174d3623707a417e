"""Sentences into names: which cities a paragraph names, what it says of them, and what it leads up to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from knowledge.extract import cues
from knowledge.extract.context import SHORT, Context, Desk
from knowledge.extract.dates import common, days
from knowledge.extract.document import Block
from knowledge.extract.entries import Entry
from knowledge.extract.found import Told
from knowledge.extract.loose import Loose, is_presented
from knowledge.extract.mentions import Group, Mention, Mentions
from knowledge.extract.parting import sentences
from knowledge.names import is_thai

_FILLING = re.compile(r"[\s,;:.•·*/|()–—\-\[\]'\"“”’‘]+")
_NEAR = 200  # letters before a word that opens a list
_MATCHES = 20  # words in a sentence that may open a list
_DATELINE = 40  # letters before the date of a text
_WRITTEN = re.compile(r"[A-ZÀ-Þ/ .]{4,30}(?:\([A-Z]+\) ?)?[–—-]\s")
_HEADING = 60  # letters of a line that may be a heading
_YEAR_BEHIND = re.compile(r"\(\D{0,5}(2[05]\d\d)\)")  # a name: Kyiv (2022)
_YEAR = re.compile(r"(?<!\d)2[05]\d\d(?!\d)")
_CAPITALS = r"((?:[A-ZÀ-ÞĀ-Ž][\w'’-]+)(?: [A-ZÀ-ÞĀ-Ž][\w'’-]+){0,3})"
_BEFORE = re.compile(rf"(?<![.\w]){_CAPITALS}(?:,| and|, and) $")
_BEHIND = re.compile(rf"(?:, and|,| and) {_CAPITALS}(?![\w'’])")
_VERB = 40  # letters around a name in which a verb tells of it
_PIECE = 28  # letters of a name in Thai
_ASIDE = 60  # letters behind a name that may set it apart


def _reported(sentence: str) -> str:
    """Return a sentence with "has" for "had" where it tells what somebody said: "it was announced that it had joined"."""
    match = cues.pattern("telling").search(sentence)
    if match is None:
        return sentence
    return sentence[: match.end()] + re.sub(r"\bhad\b", "has", sentence[match.end() :])


def filling(text: str) -> str:
    """Return `text` without what only parts words."""
    return _FILLING.sub("", text)


class Prose:
    """Reads the paragraphs of one document that are no lists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._atlas = desk.atlas
        self._grammar = desk.grammar
        self._mentions = Mentions(desk.atlas, desk.grammar.naming)
        self._loose = Loose(desk, self._mentions)

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
            before = len(self._desk.found.names)
            for clause in self._clauses(sentence):
                self._clause(block, clause, sentence)
            self._desk.joined = self._goes_on(sentence, before)
        self._lead(block, spoken)

    def _goes_on(self, sentence: str, before: int) -> bool:
        """Tell whether what comes next may tell more of newcomers, in words that do not say so."""
        said = self._desk.told(sentence)
        new = {named.told for named in self._desk.found.names[before:]}
        if said == Told.JOINING or Told.JOINING in new:
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
                    self._loose.guess(block, sentence)

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
        last = spoken[-1]
        said = self._desk.told(last)
        context.introduced = self.opens(block.text)
        headed = block.kind == "heading" or (len(block.text) < _HEADING and not block.text.rstrip().endswith("."))
        heard = context.introduced or headed or cues.finds(last, "award", "pointing")
        if said == Told.ELSEWHERE and not heard:
            context.unclear = last
            said = Told.OPEN
        before = (self._desk.told(text) for text in reversed(spoken[:-1]))
        joined = next((one for one in before if one == Told.JOINING), Told.OPEN)
        context.told = said or joined or context.told

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
        for match in cues.pattern("clause").finditer(sentence):
            if sentence[:start].count("(") == sentence[:start].count(")"):
                yield sentence[start : match.start()]
                start = match.start()
        yield sentence[start:]

    def _clause(self, block: Block, clause: str, sentence: str) -> None:
        """Take the names that stand in a clause, and what it says of each."""
        joining = self._desk.told(clause) == Told.JOINING and not cues.finds(clause, "elsewhere")
        entries = self._grammar.run(clause) or self._grammar.spoken(clause, joining)
        about = self._entries(block, clause, sentence, entries) if entries else Told.OPEN
        if any(map(is_thai, clause)):
            if not entries:
                self._together(block, clause, sentence)
            return
        self._loose.read(block, clause, sentence, entries, about)

    def _entries(self, block: Block, clause: str, sentence: str, entries: list[Entry]) -> Told:
        """Take the names that stand with their countries, and return what is told of them."""
        last = max(entry.end for entry in entries)
        about = self._before(clause[: entries[0].start]) or self._desk.told(clause[last:], behind=True)
        about = about or (self._desk.told(sentence) if clause != sentence else Told.OPEN)
        starts = (entries[0].start, self._loose.first(clause))
        if about == Told.OPEN and self._desk.joined and any(is_presented(clause[:start]) for start in starts):
            about = Told.JOINING
        ends = [entry.start for entry in entries[1:]] + [len(clause)]
        for entry, end in zip(entries, ends, strict=True):
            apart = self._apart(clause, entry, end)
            said = apart if apart == Told.ELSEWHERE else about
            self._desk.name(entry, block.where, clause[entry.start : entry.end].strip(), said, listed=False)
        return about

    def _beside(self, block: Block, clause: str, start: int, end: int) -> None:
        """Note a word with a capital that "and" or a comma joins to names of newcomers: it may be an unknown one."""
        before, behind = _BEFORE.search(clause[:start]), _BEHIND.match(clause[end:])
        for match in filter(None, (before, behind)):
            name = match[1]
            place = self._atlas.places(name) or self._atlas.country(name) or self._atlas.region(name)
            if not place and not name.isupper() and not cues.finds(name, "sentence", "network", "unesco", "days"):
                self._desk.found.beside.setdefault(block.where, []).append(name)

    def _apart(self, clause: str, entry: Entry, end: int) -> Told:
        """Return what stands behind a name and may set it apart: "(Thailand), a member since 2019"."""
        aside = clause[entry.end : min(max(end, entry.end), entry.end + _ASIDE)] if end > entry.end else ""
        spoken = len(filling(aside)) > 4 and not aside.lstrip().startswith(")")
        return self._desk.told(aside, behind=True) if spoken else Told.OPEN

    # --- names without countries

    def _before(self, lead: str) -> Told:
        """Return what the words before names tell of them; those whom others join are members already."""
        return (
            Told.ELSEWHERE
            if cues.finds(lead[-_VERB:], "joined_by_others", "before")
            else self._desk.told(lead)
            if lead
            else Told.OPEN
        )

    def _together(self, block: Block, clause: str, sentence: str) -> None:
        """Take names that a clause about newcomers puts together, or has for its subject: "Tak and Satun join"."""
        said = self._desk.told(clause) or self._desk.told(sentence)
        years = {common(int(match[1])) for match in _YEAR_BEHIND.finditer(clause)}
        if said == Told.JOINING or (said == Told.OPEN and self._desk.joined):
            self._presented(block, clause)
        mixed = cues.finds(clause, "joining") and not cues.finds(clause, "award")
        if (said != Told.JOINING and not mixed) or years - {self._desk.year, None}:
            return
        for group in self._mentions.groups(clause):
            if self._is_apart(clause, group):
                continue
            if len(group.names) == 1 and not self._is_subject(clause, group):
                continue
            names = [mention.name for mention in group.names]
            near = clause[max(0, group.start - 2 * _VERB) : group.start]
            if self._before(clause[: group.start]) != Told.ELSEWHERE and not cues.finds(near, "totals", "before"):
                named = self.country_of(clause) or self.country_of(sentence)
                self._take(block, names, self._shared(names, named), named)
                self._beside(block, clause, group.start, group.end)

    def _is_apart(self, clause: str, group: Group) -> bool:
        """Tell whether the words beside names tell of them for another reason."""
        lead, behind = clause[max(0, group.start - _VERB) : group.start], clause[group.end : group.end + _VERB]
        return Told.ELSEWHERE in (self._desk.told(lead), self._desk.told(behind, behind=True))

    def _presented(self, block: Block, clause: str) -> None:
        """Take the names that a clause without a word for joining puts forward: "ส่วนเวียดนามมีกรุงฮานอย"."""
        for group in self._mentions.groups(clause):
            lead = cues.pattern("around_city").sub("", clause[: group.start]).rstrip()
            verb = next((m for m in cues.pattern("presenting").finditer(lead) if m.end() == len(lead)), None)
            if verb and (country := self._anchor(lead[: verb.start()])):
                self._take(block, [mention.name for mention in group.names], country, country)

    def _is_subject(self, clause: str, group: Group) -> bool:
        """Tell whether a word for joining stands right beside a name: "ให้เทศบาลนครยะลา เป็นสมาชิก"."""
        behind = clause[group.end : group.end + _VERB]
        bare = cues.pattern("around_city", "subject").sub("", behind)
        becoming = ("joining", "becoming") if cues.finds(clause, "network") else ("joining",)
        verb = any(cues.pattern(*becoming).match(text.strip(" ,*“”’'\"")) for text in (behind, bare))
        return verb or any(
            match.end() <= group.start
            and not filling(cues.pattern("around_city").sub("", clause[match.end() : group.start]))
            for match in cues.pattern("taking_in").finditer(clause)
        )

    def _take(self, block: Block, names: list[str], country: str | None, named: str | None) -> None:
        for name in names if country else ():
            entry = Entry(name, country, 0, 0)
            self._desk.name(entry, block.where, name, Told.JOINING, listed=False, taken=country != named)

    def _shared(self, names: list[str], country: str | None) -> str | None:
        """Return the country that all of the names can be in: the one that is named, or the only one."""
        shared = set.intersection(*({place.country for place in self._atlas.places(name)} for name in names))
        members = {p.country for name in names for p in self._atlas.places(name) if p.member} & shared
        only = shared if len(shared) == 1 else members
        return country if country in shared else next(iter(only)) if len(only) == 1 else None

    def country_of(self, text: str) -> str | None:
        """Return the country that a text names last."""
        found = [self._atlas.scope(match[0]) for match in self._atlas.scopes.finditer(text)]
        return found[-1][1] if found and found[-1] and found[-1][0] == "country" else None

    def enumeration(self, block: Block) -> bool:
        """Read a list of names without countries behind a word that opens one: "the three cities are: …"."""
        taken = False
        for _, sentence in sentences(block.text):
            if not any(map(is_thai, sentence)) or self._grammar.run(sentence) or self._grammar.spoken(sentence):
                continue
            for match in islice(cues.pattern("listing").finditer(sentence), _MATCHES):
                taken |= self._behind(block, sentence, match)
        return taken and len(block.text) < SHORT

    def _behind(self, block: Block, sentence: str, match: re.Match[str]) -> bool:
        lead = sentence[max(0, match.start() - _NEAR) : match.start()]
        anchored = self._anchor(lead)
        rest = sentence[match.end() : match.end() + 2 * _NEAR].lstrip(" :")
        country = anchored or self.country_of(lead) or self._desk.context.country
        leading = list(self._mentions.leading(rest))
        names = [mention.name for mention in leading]
        names += self._pieces(rest[leading[-1].end if leading else 0 :]) if anchored else ()
        known = [name for name in names if self._atlas.is_place(name, country)]
        if not known and not anchored:
            return False
        near = lead[-2 * _VERB :]
        after = rest[rest.rfind(names[-1]) + len(names[-1]) :].strip() if names else ""
        own = cues.pattern("subject", "joining").match(after) and self._desk.told(after[:_VERB]) == Told.JOINING
        own = own or self._desk.told(lead[-_VERB:]) == Told.JOINING
        held = not own and cues.finds(near, "totals", "before")
        about = Told.ELSEWHERE if held else self._desk.told(lead)
        about = Told.JOINING if own else about or (Told.JOINING if self._desk.joined else self._desk.context.told)
        for name in names:
            sure = name in known
            if country is None and not sure:
                continue
            taken = self.country_of(lead) is None
            self._desk.name(Entry(name, country, 0, 0, sure), block.where, name, about, listed=False, taken=taken)
        return True

    def _anchor(self, lead: str) -> str | None:
        """Return the country that stands right before a word that opens a list: "เกาหลีใต้ ได้แก่"."""
        found = list(self._atlas.scopes.finditer(lead))
        scope = self._atlas.scope(found[-1][0]) if found and not lead[found[-1].end() :].strip(" :") else None
        return scope[1] if scope and scope[0] == "country" else None

    def _pieces(self, text: str) -> Iterator[str]:
        """Yield the names that a Thai enumeration begins with, known or not, up to the next country or sentence."""
        pieces = re.split(rf"\s*[,;]\s*|\s+(?:{cues.pattern('and').pattern})?\s*", text)
        for piece in islice(pieces, _MATCHES):
            bare = piece.strip("()“”\"' .")
            spoken = cues.finds(f" {bare}", "clause", "sentence", "joining", "elsewhere", "totals", "listing")
            country = self._atlas.scopes.search(bare) and not self._atlas.places(bare)
            if not bare:
                continue
            if country or len(bare) > _PIECE or (spoken and not self._atlas.places(bare)):
                return
            yield bare

    # --- what is left

    def names(self, text: str) -> list[str]:
        """Return the names that a line without countries consists of; a province beside its town is none of them."""
        found = list(self._mentions.leading(text)) if any(map(is_thai, text)) else []
        if (found and not filling(text[found[-1].end :])) or self._ends_in_province(text, found):
            return [mention.name for mention in found]
        return self._grammar.naming.split(text, self._desk.context.country)

    def _ends_in_province(self, text: str, found: list[Mention]) -> bool:
        rest = text[found[-1].end :].strip() if found else ""
        return bool(rest) and bool(cues.pattern("of_province").match(rest)) and bool(self._atlas.places(rest))

    def mentioned(self, block: Block) -> list[str]:
        """Return the known places that a block names, but for the one it was written in: "Hamburg, 3 March 2031 –"."""
        dated = next((end for start, end, _, _ in days(block.text) if start < _DATELINE), 0)
        written = _WRITTEN.match(block.text)
        start = max(dated, written.end() if written else 0)
        return [mention.name for mention in self._mentions.found(block.text) if mention.start >= start]

    def row(self, block: Block) -> None:
        """Read a row of a table that lists no cities."""
        self.read(replace(block, text=" ".join(block.cells)))
