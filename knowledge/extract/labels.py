"""Numbers behind labels, as fact sheets and tables have them: "New members: 66", "Total members | 491"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.document import Block
from knowledge.extract.numerals import FIGURES
from knowledge.extract.scoping import Scoping
from knowledge.model import WORLD, Measure, Scope

_LONGEST = 60  # letters of a label
_PARTS = re.compile(r"\s*(?:[;|•·]|,\s(?=[^\d,;]{3,60}?(?::|\s[–—-]\s)))\s*")
_LABELLED = re.compile(r"(?P<label>[^:]{3,60}?)\s*(?::|\s[–—-]\s|\s?=)\s*\(?(?P<number>\d{1,4})(?P<noun>\s*\D{0,24})")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A number with what its label says that it counts; `measure` is None where the label leaves that open."""

    value: int
    scope: Scope
    measure: Measure | None
    where: str
    quoted: str


class Labels:
    """Reads the labelled numbers of one document."""

    def __init__(self, scoping: Scoping) -> None:
        self._scoping = scoping

    def read(self, blocks: Sequence[Block]) -> Iterator[Labelled]:
        """Yield the numbers that stand behind labels, on lines and in rows of two cells."""
        for block in blocks:
            for label, number, noun in _labelled(block):
                if found := self._count(label, int(number), noun, block):
                    yield found

    def _count(self, label: str, value: int, noun: str, block: Block) -> Labelled | None:
        """Return what a number counts whose label has nothing but words for members, countries and a place."""
        scope = self._scoping.named(label) or WORLD
        counted = _counted(label) or _counted(noun)
        if counted is None or not _is_plain(label, self._scoping) or not value:
            return None
        return Labelled(value, scope, _measure(label, counted), block.where, block.text)


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
