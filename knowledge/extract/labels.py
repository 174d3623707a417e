"""Numbers behind labels, as fact sheets and tables have them: "New members: 66", "Total members | 491"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.extract import cues
from knowledge.extract.document import Block
from knowledge.extract.numerals import FIGURES
from knowledge.extract.scoping import Scoping
from knowledge.extract.tallies import Tally, is_sum
from knowledge.model import WORLD, Measure

_LONGEST = 60  # letters of a label
_PARTS = re.compile(r"\s*(?:[;|•·]|,\s(?=[^\d,;]{3,60}?(?::|\s[–—-]\s)))\s*")
_COUNTED = re.compile(r"(\d{1,4})\s*(\D+)")
_LABELLED = re.compile(r"(?P<label>[^:]{3,60}?)\s*(?::|\s[–—-]\s|\s?=)\s*\(?(?P<number>\d{1,4})(?P<noun>\s*\D{0,24})")


class Labels:
    """Reads the labelled numbers of one document."""

    def __init__(self, scoping: Scoping, title: str) -> None:
        self._scoping = scoping
        self._of_new = cues.finds(title, "of_new", "joining", "counted_new")

    def read(self, blocks: Sequence[Block]) -> Iterator[Tally]:
        """Yield the numbers that stand behind labels, on lines and in rows of two cells."""
        for block in blocks:
            yield from self._sum(block)
            for label, number, noun in _labelled(block):
                if found := self._count(label, int(number), noun, block):
                    yield found

    def _sum(self, block: Block) -> Iterator[Tally]:
        """Yield the numbers of a last row, whose nouns stand beside them: "Total | 15 countries | 21 cities"."""
        for cell in block.cells if is_sum(block) else ():
            match = _COUNTED.fullmatch(cell.strip().translate(FIGURES))
            kind = match and _counted(match[2])
            if match and kind and cues.pattern(kind).fullmatch(match[2].strip()):
                new: Measure = "new_cities" if kind == "city" else "new_countries"
                yield Tally(int(match[1]), WORLD, new if self._of_new else None, block.where, block.text)

    def _count(self, label: str, value: int, noun: str, block: Block) -> Tally | None:
        """Return what a number counts whose label has nothing but words for members, countries and a place."""
        scope = self._scoping.named(label) or WORLD
        counted = _counted(label) or _counted(noun)
        if counted is None or not _is_plain(label, self._scoping) or not value:
            return None
        return Tally(value, scope, _measure(label, counted), block.where, block.text)


def _labelled(block: Block) -> Iterator[tuple[str, str, str]]:
    """Yield labels with their numbers and the nouns behind these."""
    if block.kind == "row":
        cells = [cell.strip() for cell in block.cells if cell.strip()]
        number = cells[1].translate(FIGURES) if len(cells) == 2 else ""
        if number.isdecimal() and len(number) < 5:
            yield cells[0], number, ""
        return
    for part in _PARTS.split(block.text.translate(FIGURES)):
        match = _LABELLED.fullmatch(part.strip(" .,;"))
        if match and not any(map(str.isdigit, match["label"])):
            yield match["label"], match["number"], match["noun"].strip(" ().")


def _counted(text: str) -> str | None:
    """Return which noun a label is about: "countries" of "Countries of the new members"."""
    spans = {kind: match.start() for kind in ("city", "country") if (match := cues.pattern(kind).search(text))}
    return min(spans, key=lambda kind: spans[kind]) if spans else None


def _measure(label: str, counted: str) -> Measure | None:
    """Return what a label counts: what is new, or all there is."""
    new = cues.finds(label, "of_new", "counted_new", "joining")
    total = cues.finds(label, "totals", "labelled_total")
    if new == total:
        return None
    if counted == "country":
        if new and not cues.finds(label, "city"):
            return None  # "New countries": those of the newcomers, or those that are there for the first time
        return "new_countries" if new else "total_countries"
    return "new_cities" if new else "total_cities"


def _is_plain(label: str, scoping: Scoping) -> bool:
    """Tell whether a label says nothing else: no "countries that are there for the first time", no mayors."""
    if len(label) > _LONGEST or cues.finds(
        label, "first_time", "of_others", "before", "award", "proposed", "elsewhere"
    ):
        return False
    keys = ("city", "country", "of_new", "of_member", "counted_new", "joining", "totals", "labelled_total", "from")
    rest = cues.pattern(*keys, "the", "number_of", "network", "unesco", "and", "labelled").sub(
        " ", scoping.without(label)
    )
    return not re.sub(r"[\s()–—,.'’:*-]+", "", rest)
