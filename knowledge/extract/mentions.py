"""Known places in running text, by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.linking import bare_name
from knowledge.extract.naming import LONGEST, Naming
from knowledge.names import is_thai

# Thai vowels and marks above and below letters are no letters to \w.
_WORD_START = re.compile(
    r"(?<![\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e'’-])(?=[A-ZÀ-ÞĀ-ɏḀ-ỿ'\u0e00-\u0e7f])|(?<=[\s\"“‘(-])(?=[\u0e00-\u0e7f])"
)
_WORD_END = re.compile(r"(?<=\w)(?![\w'’-])|(?<=[\u0e2f)])")
_BETWEEN = re.compile(r"[\s,;\"“”‘’'–-]*")
_CODES = re.compile(r"\([A-Z]{2,3}\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST_THAI = 40
_SURE = 3  # letters; a shorter Thai name may be part of a word
_PLACING = 12  # letters before a place in which others lie


@dataclass(frozen=True, slots=True)
class Mention:
    """The name of a known place, with where it begins and ends; `title` is the word for city or province before it.

    `around` tells that others lie in it: "from Telangana".
    """

    name: str
    start: int
    end: int
    title: str = ""
    around: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand together, and where they and what they lie in end."""

    names: tuple[Mention, ...]
    end: int

    @property
    def start(self) -> int:
        """Where the first name begins."""
        return self.names[0].start


class Mentions:
    """Finds known places in sentences."""

    def __init__(self, atlas: Atlas, naming: Naming) -> None:
        self._atlas = atlas
        self._joining = naming.joining
        self._around = cues.pattern("around_city")
        self._leading = cues.pattern("before_names", "taking_in")
        self._following = cues.pattern("behind_names")
        self._placing = re.compile(rf"(?:{cues.pattern('placing').pattern})$", re.IGNORECASE)

    def groups(self, sentence: str) -> Iterator[Group]:
        """Yield the names that nothing but commas, blanks and "and" part, together.

        A place in which others lie is passed over: "Warangal from Telangana and Thrissur from Kerala".
        """
        group: list[Mention] = []
        end = 0
        for mention in self.found(sentence):
            between = sentence[end : mention.start]
            if mention.around:
                end = mention.end if group and self.joins(self._placing.sub("", between.rstrip())) else end
                continue
            joined = bool(group) and self.joins(between)
            if not joined:
                if group:
                    yield Group(tuple(group), end)
                group = []
            if not (joined and self._lies_in(group[-1], mention, between)):
                group.append(mention)
            end = mention.end
        if group:
            yield Group(tuple(group), end)

    def leading(self, text: str) -> Iterator[Mention]:
        """Yield the names that a text begins with, up to the first word that is none; brackets are passed over."""
        before: Mention | None = None
        end = 0
        for mention in self.found(text):
            between = _BRACKETS.sub(" ", text[end : mention.start])
            if not self.joins(between):
                return
            if before is None or not self._lies_in(before, mention, between):
                yield mention
                before = mention
            end = mention.end

    def joins(self, between: str) -> bool:
        """Tell whether nothing but commas, blanks and "and" stands there."""
        plain = _CODES.sub("", between)
        return bool(_BETWEEN.fullmatch(self._joining.sub("", self._around.sub("", plain))))

    def _lies_in(self, place: Mention, other: Mention, between: str) -> bool:
        """Tell whether the other is the province that a town lies in, as Thai puts it: without comma or "and".

        The capital of a province lies in that of its own name.
        """
        beside = not between.replace(other.title, "").strip()
        if not (beside and cues.finds(place.title, "of_town") and cues.finds(other.title, "of_province")):
            return False
        town, province = bare_name(place.name), bare_name(other.name)
        return town == province or not self._atlas.places(f"{other.title}{town}")

    def found(self, sentence: str) -> Iterator[Mention]:
        """Yield the names of known places in a sentence, the longest at each word."""
        starts = {match.start() for match in _WORD_START.finditer(sentence)}
        starts |= {match.end() for match in self._joining.finditer(sentence)}
        starts |= {match.end() for match in self._leading.finditer(sentence) if is_thai(match[0][-1])}
        starts |= {match.start() for match in self._around.finditer(sentence) if is_thai(match[0][0])}
        end = 0
        for start in sorted(starts):
            if start < end:
                continue
            around = self._around.match(sentence, start)
            title = around[0] if around else ""
            span = self.known_at(sentence, start)
            if span is None and around:
                behind = around.end() + len(sentence[around.end() :]) - len(sentence[around.end() :].lstrip())
                span = self.known_at(sentence, behind)
            if span:
                end = span[1]
                placed = self._placing.search(sentence[:start].rstrip()[-_PLACING:])
                yield Mention(sentence[span[0] : span[1]], *span, title, placed is not None)

    def known_at(self, sentence: str, start: int) -> tuple[int, int] | None:
        """Return where the longest known name that begins at `start` begins and ends; None if none does."""
        stops = [match.end() for match in _WORD_END.finditer(sentence, start, start + LONGEST)]
        if is_thai(sentence[start : start + 1]):
            stops = list(range(start + 2, min(len(sentence), start + _LONGEST_THAI) + 1))
        return next(((start, stop) for stop in reversed(stops) if self._is_whole(sentence, start, stop)), None)

    def _is_whole(self, sentence: str, start: int, stop: int) -> bool:
        """Tell whether a known name stands there, and no longer word."""
        name = sentence[start:stop]
        if name != name.strip(" ,;:-") or name.count("(") != name.count(")") or not self._atlas.places(name):
            return False
        behind = sentence[stop:]
        whole = not is_thai(name[-1]) or not is_thai(behind[:1]) or bool(self._joining.match(behind))
        return whole or (stop - start > _SURE and bool(self._following.match(behind)))
