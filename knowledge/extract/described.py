"""Items that begin with a name and say more of it: "Kisumu – a lakeside city with …", "เทศบาลนครยะลา เสนอในประเด็น…"."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.extract.atlas import Atlas
from knowledge.extract.brackets import Entry
from knowledge.extract.context import Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Told
from knowledge.extract.numerals import numerals
from knowledge.extract.prose import Prose

_FEWEST = 2  # items


class Described:
    """Reads such items in one document, where a line before them says that they are of newcomers."""

    def __init__(self, desk: Desk, prose: Prose) -> None:
        self._desk = desk
        self._atlas: Atlas = desk.atlas
        self._prose = prose
        self._title = desk.document.title or ""

    def read(self, blocks: Sequence[Block]) -> bool:
        """Read items that belong together; tell whether they are such."""
        head, items = self._parted(blocks)
        led = [self._names(block) for block in items]
        if len(items) < _FEWEST or sum(map(bool, led)) * 2 < len(items):
            return False
        if head is not None:
            self._prose.read(head)
        for block, names in zip(items, led, strict=True):
            for name in names:
                self._take(block, name)
            if not names:
                self._desk.unread(block, block.text)
        return True

    def _parted(self, blocks: Sequence[Block]) -> tuple[Block | None, Sequence[Block]]:
        """Return the line that announces as many items as follow, and these; none where nothing announces them."""
        context = self._desk.context
        first = blocks[0]
        if self._desk.told(first.text) == Told.JOINING and not self._names(first):
            counted = {number.value for number in numerals(first.text)}
            return (first, blocks[1:]) if len(blocks) - 1 in counted else (None, ())
        announced = context.introduced or len(blocks) in {number.value for number in numerals(self._title)}
        return None, blocks if announced and context.told == Told.JOINING else ()

    def _names(self, block: Block) -> list[str]:
        """Return the known names that an item begins with, one that stands there in two languages once."""
        found: list[str] = []
        before: set[str] = set()
        for name in self._prose.leading(block.text):
            ids = {place.id for place in self._atlas.places(name)}
            if not ids & before:
                found.append(name)
            before |= ids
        return found

    def _take(self, block: Block, name: str) -> None:
        own = {place.country for place in self._atlas.places(name)}
        country = self._desk.context.country
        country = country if country in own else next(iter(own)) if len(own) == 1 else None
        told = Told.ELSEWHERE if self._desk.told(block.text, behind=True) == Told.ELSEWHERE else Told.JOINING
        entry = Entry(name, country, 0, 0)
        self._desk.name(entry, block.where, block.text, told, listed=True, taken=country != self._desk.context.country)
