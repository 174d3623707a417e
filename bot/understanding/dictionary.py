"""The dictionary that Thai is cut up with: PyThaiNLP's words and our own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pythainlp.util import Trie

from bot.understanding.words import LONGEST_THAI, thai_words

_START = 2  # letters; few of our words begin with the same two


class Dictionary(Trie):
    """Words as PyThaiNLP's newmm asks for them, in sets: the tree of its own takes 27 MB more."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(())
        self._thai = thai_words()
        self._ours = frozenset(words)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._ours:
            lengths[word[:_START]].add(len(word))
        self._lengths = {start: sorted(found) for start, found in lengths.items()}

    def __len__(self) -> int:
        return len(self._thai) + len(self._ours)

    def __contains__(self, word: object) -> bool:
        return word in self._thai or word in self._ours

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """Return every word that `text` goes on with at `start`, the shortest first."""
        pieces = [text[start : start + length] for length in range(1, min(LONGEST_THAI, len(text) - start) + 1)]
        found = [piece for piece in pieces if piece in self._thai]
        lengths = self._lengths.get(text[start : start + _START], ())
        ours = [text[start : start + length] for length in lengths if start + length <= len(text)]
        more = [piece for piece in ours if piece in self._ours and piece not in found]
        return sorted([*found, *more], key=len) if more else found
