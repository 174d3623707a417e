"""What a line or a run of lines is, by its shape: a list, a heading, a name, or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.extract import cues
from knowledge.extract.brackets import Entry
from knowledge.extract.context import SHORT, Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Told
from knowledge.extract.numerals import FIGURES
from knowledge.extract.parting import filling
from knowledge.extract.prose import Prose

COUNT = re.compile(r"\s*[-–—:,]?\s*[(\[]?\s*(\d{1,3})\s*([^\d()\[\]]{0,30}?)[)\]]?\s*:?\s*$")
_FIRST = 3  # lines of a list, one of which may introduce it
_MOSTLY = 0.6  # of a block's letters: then it is a list, and not a sentence with a name in it


class Shapes:
    """Tells the shapes of the blocks of one document."""

    def __init__(self, desk: Desk, prose: Prose) -> None:
        self._desk = desk
        self._atlas = desk.atlas
        self._grammar = desk.grammar
        self._prose = prose
        self._alone = self._single_lines(desk.document.blocks)

    def is_entry(self, block: Block) -> bool:
        """Tell whether a paragraph is a short line of entries."""
        return block.kind == "paragraph" and len(block.text) < SHORT and bool(self.is_listed(block.text))

    def is_listed(self, text: str) -> bool:
        """Tell whether a text is a list: mostly entries, or an introduction with a colon and then entries."""
        found = self._grammar.line(text)
        if not found or (len(found) == 1 and cues.finds(found[0].name, "bodies")):
            return False
        lead = self.lead(text, found)
        rest = filling(text[len(lead) :])
        covered = sum(len(filling(text[e.start : e.end])) for e in self._spans(found))
        return bool(rest) and covered >= _MOSTLY * len(rest) and (not lead or len(found) > 1 or len(lead) < 30)

    def _spans(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Yield the entries, one of several that stand at one place."""
        end = -1
        for entry in entries:
            if entry.end > end:
                yield entry
                end = entry.end

    def lead(self, text: str, found: Sequence[Entry]) -> str:
        """Return the words before the first entry of a text."""
        return text[: text.find(found[0].name, 0, found[0].end)] if found and found[0].name in text else ""

    def is_list(self, blocks: Sequence[Block], parsed: Sequence[Sequence[Entry]]) -> bool:
        """Tell whether lines that belong together list cities: with countries, under one, or by known names."""
        context = self._desk.context
        opened = any(self._prose.opens(block.text) for block in blocks[:_FIRST])
        under = bool(context.region or context.country or context.introduced or opened)
        entries = sum(map(bool, parsed))
        scopes = sum(self.is_scope(block.text) for block in blocks)
        known = sum(bool(names) and all(map(self._atlas.places, names)) for b in blocks if (names := self.names(b)))
        spoken = sum(self.is_prose(block.text) for block in blocks)
        if (entries >= 2 or (entries and under)) and entries * 2 >= len(blocks) - scopes - known:
            return True
        if scopes and context.told == Told.JOINING and any(self.is_country(b.text) for b in blocks):
            others = [block for block in blocks if not self.is_scope(block.text)]
            return bool(others) and sum(map(self._is_bare, others)) >= 0.8 * len(others)
        return (known >= 1 and (under or scopes > 0) and known * 2 >= len(blocks) - scopes - spoken) or (
            bool(context.country) and all(self._is_bare(b) for b in blocks)
        )

    def introduced(self, blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
        """Yield the parts of a run: names that a line opens stand by themselves, as in the points of a memorandum."""
        start = at = 0
        while at < len(blocks):
            end = at + 1
            while end < len(blocks) and self._prose.opens(blocks[at].text) and self.is_member(blocks[end]):
                if blocks[end].depth != blocks[at + 1].depth:
                    break
                end += 1
            if end > at + 2:
                yield blocks[start : at + 1]
                yield blocks[at + 1 : end]
                start = end
            at = end
        if start < len(blocks):
            yield blocks[start:]

    def parsed(self, blocks: Sequence[Block]) -> list[list[Entry]]:
        """Return the entries of each line; where most have a blank between name and country, of those, too."""
        parsed = [self._grammar.line(block.text) for block in blocks]
        blank = [
            entries or self._grammar.line(block.text, loose=True) for block, entries in zip(blocks, parsed, strict=True)
        ]
        wide = sum(map(bool, blank)) >= max(3, len(blocks) // 2) and sum(map(bool, parsed)) < len(blocks)
        return blank if wide else parsed

    def is_prose(self, text: str) -> bool:
        """Tell whether a line is a sentence."""
        return len(text) > 100 or cues.finds(text, "sentence") or self._desk.told(text) != Told.OPEN

    def is_member(self, block: Block) -> bool:
        """Tell whether a line without a country may be one or more names."""
        return len(block.text) < SHORT and self._is_bare(block)

    def _is_bare(self, block: Block, country: str | None = None) -> bool:
        names = self.names(block, country)
        return bool(names) and all(self._grammar.naming.is_name(name) for name in names)

    def names(self, block: Block, country: str | None = None) -> list[str]:
        """Return the names of a line; those that stand alone under their country are parted by commas."""
        if cues.finds(block.text, "bodies"):
            return []
        return self._prose.names(block.text, country, block.where in self._alone)

    def _single_lines(self, blocks: Sequence[Block]) -> frozenset[str]:
        """Return where the lines are that stand alone under a country, as definitions do."""
        countries = [*(self.is_country(block.text) for block in blocks), True]
        heads = [*(block.kind == "heading" for block in blocks), True]
        return frozenset(
            block.where
            for at, block in enumerate(blocks)
            if at and countries[at - 1] and not countries[at] and (countries[at + 1] or heads[at + 1])
        )

    def is_head(self, following: Block | None, country: str | None) -> bool:
        """Tell whether what follows the name of a country are names without one."""
        if following is None or following.kind == "row":
            return False
        text = following.text
        return not self._grammar.line(text) and not self.is_scope(text) and self._is_bare(following, country)

    def is_scope(self, text: str) -> bool:
        """Tell whether a line is the name of a region or country, perhaps with a number."""
        bare = COUNT.sub("", text.translate(FIGURES))
        return self._atlas.region(bare) is not None or self._atlas.country(bare) is not None

    def is_country(self, text: str) -> bool:
        """Tell whether a line is the name of a country, perhaps with a number."""
        return self._atlas.country(COUNT.sub("", text.translate(FIGURES))) is not None
