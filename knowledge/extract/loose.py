"""Names of newcomers in sentences that do not give the country right with them: "Three Thai cities – A, B and C –"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from knowledge.extract import cues
from knowledge.extract.atlas import Known
from knowledge.extract.brackets import Entry
from knowledge.extract.calendar import common
from knowledge.extract.context import Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Told
from knowledge.extract.home import home, named
from knowledge.extract.leads import begins_with, is_presented, is_same_row
from knowledge.extract.linking import bare_name
from knowledge.extract.mentions import Mentions
from knowledge.extract.numerals import numerals
from knowledge.extract.strands import Name, Strand, Strands
from knowledge.extract.surroundings import TITLE, VERB, Surroundings

_YEAR_BEHIND = re.compile(r"\(\D{0,5}(2[05]\d\d)\)")  # a name: Kyiv (2022)
_ANSWER = 12  # letters before the names that an answer begins with
_LEAD = 90  # letters before names that say how many they are


class Loose:
    """Reads the names in the sentences of one document that stand without brackets or commas before a country."""

    def __init__(self, desk: Desk, mentions: Mentions) -> None:
        self._desk = desk
        self._atlas = desk.atlas
        self._around = Surroundings(desk.atlas)
        self._strands = Strands(desk.atlas, desk.grammar.naming, mentions)

    def read(
        self, block: Block, clause: str, sentence: str, entries: Sequence[Entry], about: Told, sure: bool = False
    ) -> None:
        """Take the names that a clause tells of as joining, beside its `entries`, which are told of as `about`.

        `sure` tells that it does, whatever its words.
        """
        heard = self._heard(clause, sentence, sure)
        if heard is None:
            self._doubt(block, self._unknown(self._strands.of(clause)) if self._desk.section else ())
            return
        said, follows = heard
        taken = [(entry.start, entry.end) for entry in entries]
        strands = list(self._beside(self._strands.of(clause), taken))
        spans = sorted([*taken, *((one.start, one.end) for one in strands)])
        before = {end: about for _, end in taken}
        for strand in strands:
            start = max((end for _, end in spans if end <= strand.start), default=0)
            end = min((begin for begin, _ in spans if begin >= strand.end), default=len(clause))
            told = self._said(clause, strand, start, end, before.get(start, Told.OPEN)) or said
            before[strand.end] = told = self._placed(clause, strand, told, follows)
            if told == Told.JOINING:
                self._take(block, clause, sentence, strand, start, before.get(start) == Told.JOINING)
            else:
                self._leave(block, clause, strand, told, follows, Told.JOINING in before.values())

    def _heard(self, clause: str, sentence: str, sure: bool) -> tuple[Told, bool] | None:
        """Return what a clause tells of its names, and whether only the sentences before it tell of newcomers.

        Return None where none of them can join by it.
        """
        said = Told.JOINING if sure else self._desk.told(clause) or self._desk.told(sentence)
        if said == Told.OPEN and self._desk.asked == Told.JOINING and self.first(clause) <= _ANSWER:
            said = Told.JOINING
        follows = said == Told.OPEN and self._desk.joined
        if follows and cues.pattern("going_on").match(clause.strip()):  # "For our region these are …"
            return Told.JOINING, False
        if follows and cues.finds(clause, "also_new"):  # "Two other cities also received certification"
            said, follows = Told.JOINING, False
        mixed = cues.finds(clause, "joining") and not cues.finds(clause, "award")
        years = {common(int(match[1])) for match in _YEAR_BEHIND.finditer(clause)}
        if not (said == Told.JOINING or follows or mixed) or years - {self._desk.year, None}:
            return None
        return said, follows

    def _placed(self, clause: str, strand: Strand, told: Told, follows: bool) -> Told:
        """Return what is told of names, unless they only say where something is, or words lead up to them."""
        if self._around.is_whereabouts(clause, strand):
            return Told.OPEN
        put_forward = follows and told == Told.OPEN and self._is_put_forward(clause, strand)
        return Told.JOINING if put_forward else told

    def _leave(self, block: Block, clause: str, strand: Strand, told: Told, follows: bool, joined: bool) -> None:
        """Note names that are not taken, where others beside them are or words lead up to them."""
        if told == Told.ELSEWHERE:
            self._apart(block, strand)
            if (follows and is_presented(self._around.lead(clause, strand))) or cues.finds(clause, "joining"):
                self._doubt(block, self._unknown([strand]))
        elif joined and not self._around.is_whereabouts(clause, strand):
            self._doubt(block, self._unknown([strand]))

    def _unknown(self, strands: Iterable[Strand]) -> list[Name]:
        return [name for strand in strands for name in strand.names if not name.known]

    def _beside(self, strands: Sequence[Strand], taken: Sequence[tuple[int, int]]) -> Iterator[Strand]:
        """Yield the rows of names that are none of those `taken`, and of others the known names before these."""
        for strand in strands:
            spans = [(start, end) for start, end in taken if start < strand.end and strand.start < end]
            first = min((start for start, _ in spans), default=strand.end)
            names = [name for name in strand.names if name.known and name.end <= first]
            if not spans:
                yield strand
            elif names:
                yield Strand(names, None, strand.led, names[-1].end)

    def first(self, clause: str) -> int:
        """Return where the first name of a clause begins, or where it ends if it has none."""
        return next((strand.start for strand in self._strands.of(clause)), len(clause))

    def guess(self, block: Block, sentence: str) -> None:
        """Take the known names of a sentence that does not say that they join, as doubtful."""
        for strand in self._strands.of(sentence):
            known = [name for name in strand.names if name.known]
            if (
                known
                and not self._around.is_object(self._around.lead(sentence, strand))
                and not self._around.is_whereabouts(sentence, strand)
            ):
                countries = list(self._countries(block, sentence, sentence, strand))
                for name in known:
                    country = self._shared(known, countries, strand) or self._only(name, countries)
                    entry = Entry(name.text, country, 0, 0, False, f"nothing says plainly that {name.text} joins")
                    self._desk.name(entry, block.where, name.text, Told.JOINING, listed=False, taken=True)

    def _is_put_forward(self, clause: str, strand: Strand) -> bool:
        """Tell whether words lead up to names, or the names stand under the country that they are in."""
        if is_presented(self._around.lead(clause, strand)) or self._around.is_under_country(clause, strand):
            return True
        if self._is_counted(strand) and not clause[: strand.start].strip(" “\"'"):
            return True
        country = self._desk.section
        known = [name for name in strand.names if self._atlas.is_place(name.plain, country)]
        return country is not None and len(known) * 2 > len(strand.names)

    def _is_counted(self, strand: Strand) -> bool:
        """Tell whether names are as many as the newcomers of which the sentence before told."""
        return len(strand.names) > 1 and len(strand.names) in self._desk.counted

    def _said(self, clause: str, strand: Strand, start: int, end: int, before: Told) -> Told:
        """Return what a clause says of the names in it that stand between `start` and `end`."""
        lead, behind = clause[start : strand.start].rpartition(";")[2], clause[strand.end : end].partition(";")[0]
        if self._around.is_object(self._around.lead(clause, strand)) or cues.finds(lead[-_LEAD:], "totals", "before"):
            return Told.ELSEWHERE
        if cues.pattern("receiving").match(behind.strip()):
            return Told.ELSEWHERE
        if before == Told.ELSEWHERE and is_same_row(lead):
            return Told.ELSEWHERE
        said = self._desk.told(lead)
        after = self._desk.told(behind, behind=True)
        if Told.ELSEWHERE in (said, after):
            return Told.ELSEWHERE
        near = before if len(lead) < VERB and not is_presented(lead) else Told.OPEN
        return said or after or near

    # --- taking names

    def _take(self, block: Block, clause: str, sentence: str, strand: Strand, start: int, joined: bool) -> None:
        """Take the names of newcomers: those that are known, and others that the text puts beside them or counts."""
        names = [name for name in strand.names if not self._atlas.region(name.text)]
        known = [name for name in names if name.known]
        sure = self._is_sure(clause, sentence, strand, start)
        led = any(place.country == strand.led for name in known for place in self._places(name))
        near = (
            joined
            or led
            or self._desk.asked == Told.JOINING
            or len(names) > 1
            or cues.finds(sentence, "network", "unesco")
        )
        if not (sure or (known and near and len(known) * 2 >= len(names))):
            self._doubt(block, names)
            return
        countries = list(self._countries(block, clause, sentence, strand))
        shared = self._shared(known, countries, strand)
        for name in names:
            own = {place.country for place in self._places(name)}
            stated = shared is not None and shared in (strand.given, strand.led)
            stated = stated and not (own & set(countries) and shared not in own)  # "Tuzla and Podgorica", of two
            country = shared if not name.known or shared in own or stated else self._only(name, countries)
            if country is None or (not name.known and not (sure or known)):
                self._doubt(block, [name])
                continue
            stated = country in (strand.given, strand.led) or country in named(sentence, self._atlas)
            entry = Entry(name.text, country, 0, 0, name.known)
            self._desk.name(entry, block.where, name.text, Told.JOINING, listed=False, taken=not stated)

    def _is_sure(self, clause: str, sentence: str, strand: Strand, start: int) -> bool:
        """Tell whether a text counts or lists names, gives their country, or says of them alone that they join."""
        names = strand.names
        known = any(name.known for name in names)
        lead = clause[max(start, strand.start - _LEAD) : strand.start]
        if (len(names) > 1 or strand.led) and any(number.value == len(names) for number in numerals(lead)):
            return True
        if self._is_counted(strand) or self._around.is_under_country(clause, strand):
            return True
        if strand.given is not None or (len(names) > 1 and self._desk.section is not None):
            return True
        if (len(names) > 1 or known) and is_presented(self._around.lead(clause, strand)):
            return True
        return self._is_direct(clause, strand) and (
            known or self._desk.section is not None or cues.finds(sentence, "network", "unesco")
        )

    def _is_direct(self, clause: str, strand: Strand) -> bool:
        """Tell whether a word for joining stands right beside names: "Waterford City joins", "included Sa Dec"."""
        behind = clause[strand.end : strand.end + VERB]
        becoming = ("joining", "becoming") if cues.finds(clause, "network") else ("joining",)
        return begins_with(behind, becoming) or any(
            match.end() <= strand.start and not TITLE.sub("", clause[match.end() : strand.start]).strip(" ,:“”'\"–—-")
            for match in cues.pattern("taking_in").finditer(clause)
        )

    def _countries(self, block: Block, clause: str, sentence: str, strand: Strand) -> Iterator[str]:
        """Yield the countries that the names may be in, the likeliest first."""
        yield from filter(None, (strand.given, strand.led))
        yield from named(clause, self._atlas)
        yield from named(sentence, self._atlas)
        before = block.text[: max(block.text.find(sentence), 0)]
        yield from reversed(named(before, self._atlas))
        yield from filter(None, (self._desk.context.country, self._desk.section, self._home))

    @cached_property
    def _home(self) -> str | None:
        """The country that the text is about."""
        return home(self._desk.document, self._atlas)

    def _shared(self, known: list[Name], countries: list[str], strand: Strand) -> str | None:
        """Return the country that names have in common: one that the text gives, or the only one that can be."""
        if not known:
            return next(iter(countries), None)
        own = [{place.country for place in self._places(name)} for name in known]
        for country in countries:
            if sum(country in one for one in own) * 2 > len(own):
                return country
        return self._single(set.intersection(*own), known)

    def _single(self, shared: set[str | None], known: list[Name]) -> str | None:
        members = {p.country for name in known for p in self._places(name) if p.member} & shared
        only = shared if len(shared) == 1 else members
        return next(iter(only)) if len(only) == 1 else None

    def _only(self, name: Name, countries: list[str]) -> str | None:
        """Return the country of one name: one that the text names, or else the only one."""
        own = {place.country for place in self._places(name)}
        return next((country for country in countries if country in own), None) or self._single(own, [name])

    def _places(self, name: Name) -> list[Known]:
        """Return the places of a name, with or without a word like "City" and what stands in brackets."""
        return self._atlas.places(name.plain) or self._atlas.places(bare_name(name.plain))

    # --- what is not taken

    def _doubt(self, block: Block, names: Sequence[Name]) -> None:
        beside = self._desk.found.beside.setdefault(block.where, [])
        beside += [name.text for name in names]

    def _apart(self, block: Block, strand: Strand) -> None:
        for name in strand.names:
            if name.known:
                own = self._single({p.country for p in self._places(name)}, [name])
                entry = Entry(name.text, strand.given or own, 0, 0)
                self._desk.name(entry, block.where, name.text, Told.ELSEWHERE, listed=False)
