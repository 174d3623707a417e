"""Blocks into names: which lists there are, what each is introduced as, and what is in them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from knowledge.extract import cues
from knowledge.extract.asked import answered, asks_for, is_question, parted
from knowledge.extract.atlas import Atlas
from knowledge.extract.brackets import Entry
from knowledge.extract.calendar import alone
from knowledge.extract.context import QUOTED, SHORT, Context, Desk
from knowledge.extract.described import Described
from knowledge.extract.document import Block, Document
from knowledge.extract.draft import ExtractError
from knowledge.extract.entries import Grammar
from knowledge.extract.found import Headed, Reading, Told
from knowledge.extract.numerals import FIGURES
from knowledge.extract.parting import filling, sentences
from knowledge.extract.prose import Prose
from knowledge.extract.shapes import COUNT, Shapes
from knowledge.extract.tables import Tables

_SECONDS = 10.0
_SENTENCE = 30  # letters


class Lists:
    """Reads the names of one document, which tells of the members of `year`."""

    def __init__(self, document: Document, atlas: Atlas, year: int | None = None) -> None:
        self._atlas = atlas
        self._grammar = Grammar(atlas)
        self._desk = Desk(parted(document), atlas, self._grammar, year)
        self._prose = Prose(self._desk)
        self._tables = Tables(self._desk)
        self._described = Described(self._desk, self._prose)
        self._shapes = Shapes(self._desk, self._prose)
        self._until = time.monotonic() + _SECONDS

    def read(self) -> Reading:
        """Return everything that was found, in the order of the text."""
        document = self._desk.document
        blocks = document.blocks
        texts = (block.text for block in blocks if block.kind != "row")
        self._grammar.learn([text for text in texts if self._shapes.is_listed(text)])
        self._desk.context.told = self._desk.told(document.title or "")
        self._desk.joined = self._desk.context.told == Told.JOINING
        at = 0
        while at < len(blocks):
            self._in_time()
            end = self._end_of_run(blocks, at)
            if end > at + 1 or blocks[at].kind in ("item", "row"):
                self._run(blocks[at:end])
            else:
                self._single(blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None)
            at = end
        self._prose.title(document.title or "")
        joined = any(named.told == Told.JOINING or named.listed for named in self._desk.found.names)
        title = document.title or ""
        hoped = self._desk.told(title) == Told.ELSEWHERE and not cues.finds(title, "award")  # to join some day
        if not joined and not hoped and (self._desk.found.news or self._is_told()):
            self._prose.guess()
        for block in (Block(document.title or "", where="title"), *blocks):
            self._in_time()
            self._desk.found.mentioned[block.where] = self._prose.mentioned(block)
        self._desk.found.names = list(answered(self._desk.found.names, blocks))
        self._desk.found.joins_network = self._is_told("own_network") or cues.finds(title, "own_network")
        return self._desk.found

    def _is_told(self, *keys: str) -> bool:
        """Tell whether any sentence, in which one of `keys` stands, tells of newcomers."""
        texts = (self._desk.document.title or "", *(block.text for block in self._desk.document.blocks))
        spoken = (text for block in texts for _, text in sentences(block) if not keys or cues.finds(text, *keys))
        return any(self._desk.told(text) == Told.JOINING for text in spoken)

    def _in_time(self) -> None:
        if time.monotonic() > self._until:
            raise ExtractError("the text takes too long to read: keep only the announcement and try again")

    def _end_of_run(self, blocks: Sequence[Block], at: int) -> int:
        """Return where the list that begins at `at` ends: items and rows, and short paragraphs that are entries."""
        end = at
        while end < len(blocks) and (blocks[end].kind in ("item", "row") or self._shapes.is_entry(blocks[end])):
            if blocks[end].kind != blocks[at].kind:
                break
            end += 1
        return max(end, at + 1)

    # --- one block

    def _single(self, block: Block, following: Block | None) -> None:
        """Read a heading or paragraph."""
        if block.kind == "heading":
            self._desk.asked = asks_for(block.text, self._desk.asked) if is_question(block.text) else Told.OPEN
        if block.kind == "heading" and is_question(block.text):
            self._question()
            return
        if self._heading(block.text, block.where, following):
            return
        if self._shapes.is_listed(block.text):
            self._entries(block, self._grammar.line(block.text))
            return
        if self._prose.enumeration(block) or self._is_section(block, following):
            return
        self._prose.read(block)

    def _question(self) -> None:
        """Keep in mind what the answer that follows tells of its cities."""
        self._desk.section = None
        if self._desk.asked != Told.OPEN:
            self._desk.joined = self._desk.asked == Told.JOINING
            self._desk.context = Context(self._desk.asked)

    def _is_section(self, block: Block, following: Block | None) -> bool:
        """Take a line that is the name of a country as the heading of a paragraph about its cities."""
        country = self._atlas.country(block.text)
        short = following is None or len(following.text) < _SENTENCE or self._shapes.is_scope(following.text)
        if country is None or short:
            return False
        self._desk.section = country
        return True

    def _heading(self, text: str, where: str, following: Block | None) -> bool:
        """Take a line that is the name of a region or country as the heading of what follows."""
        plain = text.translate(FIGURES).strip()
        if (year := alone(plain)) is not None:
            self._desk.context = Context(Told.JOINING if year == self._desk.year else Told.ELSEWHERE)
            return True
        count = COUNT.search(plain)
        bare = plain[: count.start()] if count and plain[: count.start()].strip() else plain
        region, country = self._atlas.region(bare), self._atlas.country(bare)
        if region is None and (country is None or not self._shapes.is_head(following, country)):
            return False
        context = self._desk.context
        if region:
            context.region, context.country = region, None
        else:
            context.country = country
        scope = ("region", region) if region else ("country", country or "")
        counted = count and bare is not plain and (not count[2].strip() or cues.finds(count[2], "city"))
        self._desk.found.headed.append(Headed(scope, int(count[1]) if count and counted else None, where))
        return True

    def _entries(self, block: Block, entries: Sequence[Entry]) -> None:
        """Take the entries of a text that is a list, and note what is left between them."""
        lead = self._shapes.lead(block.text, entries)
        first = entries[0]
        known = self._atlas.is_place(first.name, first.country)
        about = self._desk.told(lead if known else block.text[: first.end])
        about = about or self._after(block.text, entries) or self._desk.context.told
        if about == Told.JOINING and self._desk.is_of_another_year(block.text[first.start :]):
            about = Told.ELSEWHERE  # "São Paulo (Brazil) joined in 2016, Cuenca (Ecuador) in 2017"
        sole = sentences(lead)[-1][1]
        held = about == Told.JOINING and sole != lead and self._desk.told(sole) == Told.OPEN
        held = held and cues.finds(sole, "holding")
        if held:
            entries = [replace(e, note=f"{e.name} is only said to be in it: see that it joins now") for e in entries]
        own = self._by_sentence(block.text, entries)
        for entry in entries:
            quoted = block.text if len(block.text) <= QUOTED else block.text[entry.start : entry.end].strip()
            self._desk.name(entry, block.where, quoted, own.get(entry.start) or about, listed=not held)
        self._leftovers(block, entries)

    def _by_sentence(self, text: str, entries: Sequence[Entry]) -> dict[int, Told]:
        """Return what each sentence tells of its entries, by where they begin, if several sentences have some."""
        found: dict[int, Told] = {}
        spoken = [(start, start + len(one)) for start, one in sentences(text)]
        inside = [[e for e in entries if start <= e.start and e.end <= end] for start, end in spoken]
        if sum(map(bool, inside)) > 1:
            for (start, end), own in ((span, own) for span, own in zip(spoken, inside, strict=True) if own):
                lead, tail = text[start : own[0].start], text[max(entry.end for entry in own) : end]
                said = self._desk.told(lead) or self._desk.told(tail, behind=True)
                found |= {entry.start: said for entry in own}
        return found

    def _after(self, text: str, entries: Sequence[Entry]) -> Told:
        tail = sentences(text[max(entry.end for entry in entries) :])[0][1]
        return self._desk.told(tail, behind=True) if len(filling(tail)) > 8 else Told.OPEN

    def _leftovers(self, block: Block, entries: Sequence[Entry]) -> None:
        """Note what stands behind the last entry of a list and looks like one more."""
        tail = block.text[max(entry.end for entry in entries) :]
        first = sentences(tail)[0][1]
        rest = first.strip(" \n\t,;.)")
        if not filling(rest) or len(rest) > QUOTED:
            return
        joined = cues.pattern("and").match(rest) or first.lstrip().startswith((",", ";"))
        if joined and self._desk.told(rest) == Told.OPEN:
            self._desk.unread(block, rest)

    # --- lists

    def _run(self, blocks: Sequence[Block]) -> None:
        """Read items, rows or lines that belong together."""
        if blocks[0].kind == "row":
            if not self._tables.read(blocks):
                for row in blocks:
                    self._prose.row(row)
            return
        parsed = self._shapes.parsed(blocks)
        is_list = self._shapes.is_list(blocks, parsed)
        if not is_list and len(parts := list(self._shapes.introduced(blocks))) > 1:
            for part in parts:
                self._run(part)
            return
        if not is_list and self._described.read(blocks):
            return
        for number, (block, entries) in enumerate(zip(blocks, parsed, strict=True)):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            self._line(block, entries, following, is_list)

    def _line(self, block: Block, entries: list[Entry], following: Block | None, is_list: bool) -> None:
        """Read one line of a list: entries, a heading, names without country, or none of these."""
        listed = entries and self._shapes.is_listed(block.text)
        if listed or (entries and is_list and len(block.text) < SHORT):
            self._entries(block, entries)
        elif self._heading(block.text, block.where, following):
            return
        elif cues.pattern("ending").match(block.text):
            self._prose.read(block)
        elif is_list and self._shapes.is_member(block):
            self._bare(block)
        elif self._prose.enumeration(block) or self._is_section(block, following):
            return
        elif (is_list or self._is_expected(block)) and not self._shapes.is_prose(block.text):
            self._desk.unread(block, block.text)
        else:
            self._prose.read(block)

    def _is_expected(self, block: Block) -> bool:
        """Tell whether a line stands where new members were announced, and is as short as one."""
        context = self._desk.context
        return context.introduced and context.told == Told.JOINING and len(block.text) < QUOTED

    def _bare(self, block: Block) -> None:
        """Take a line of names under a country, or of known names."""
        context = self._desk.context
        names = self._shapes.names(block)
        note = self._grammar.naming.parted(block.text, context.country).note if len(names) < 3 else None
        for name in names:
            sure = self._atlas.is_place(name, context.country) or context.country is not None
            entry = Entry(name, context.country, 0, len(block.text), sure, note)
            self._desk.name(entry, block.where, block.text, context.told, listed=True)
