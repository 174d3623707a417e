"""Cue words: which concepts a phrase carries, in all languages at once."""

from __future__ import annotations

from collections.abc import Iterator

from bot.language import LANGUAGES, load
from knowledge.names import is_thai, key, skeleton, traces

NEUTRAL = "neutral"
SILENT = frozenset({"myself"}) | frozenset(
    {
        NEUTRAL,
        "recent",
        "recent_round",
        "recent_year",
        "ago",
        "decade",
        "filler",
        "inside",
        "toponym",
        "along",
        "unit",
        "relative",
        "tongue",
        "forth",
        "reason_of_mine",
        "at_the_time",
        "position_1",
        "position_2",
        "position_3",
        "position_4",
        "position_5",
        "position_last",
    }
)
"""Concepts that only say something of other words."""
_FUZZY_FROM = 4  # shorter cue words are matched as they stand


class Lexicon:
    """Phrase keys to concepts. A phrase may carry several concepts; people mix languages, so both are always read."""

    def __init__(self) -> None:
        self._exact: dict[str, frozenset[str]] = {}
        self._near: dict[str, tuple[str, ...]] = {}  # tuples, since as sets they would take four times the memory
        self._usual: dict[str, str] = {}
        self.phrases: list[str] = []
        for language in LANGUAGES:
            for concept, phrases in load("lexicon", language).items():
                for phrase in phrases:
                    self._add(concept, phrase)
            for usual, spellings in load("spellings", language).items():
                self.phrases += spellings
                self._usual.update((key(spelling), key(usual)) for spelling in spellings)

    def exact(self, phrase_key: str) -> frozenset[str]:
        """Return the concepts of `phrase_key`; empty if it is no cue."""
        return self._exact.get(phrase_key, frozenset())

    def usual(self, word_key: str) -> str:
        """Return the key of a word in its usual spelling."""
        return self._usual.get(word_key, word_key)

    def near(self, phrase_key: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield cues about one edit away from `phrase_key`."""
        seen: set[str] = set()
        for form in traces(phrase_key):
            seen.update(self._near.get(form, ()))
        return ((other, self._exact[other]) for other in sorted(seen))

    def _add(self, concept: str, phrase: str) -> None:
        phrase_key = key(phrase) or phrase
        self.phrases.append(phrase)
        known = phrase_key in self._exact
        self._exact[phrase_key] = self._exact.get(phrase_key, frozenset()) | {concept}
        if known:
            return
        bones = skeleton(phrase_key)
        if len(bones) >= _FUZZY_FROM or (is_thai(phrase_key[0]) and len(bones) >= 3):
            for form in traces(phrase_key):
                self._near[form] = (*self._near.get(form, ()), phrase_key)
