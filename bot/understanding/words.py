"""Common words of either language, to tell a slip of the finger from another word."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby

from pythainlp.corpus.common import thai_words

from knowledge.names import is_thai


class Words:
    """Knows words as they are spelt; a word that stands here is no slip for one that is like it."""

    def __init__(self) -> None:
        self._thai = thai_words()
        # A string for each two letters that words begin with: a set would take ten times the memory.
        lines = (files(__package__) / "words.txt").read_text("utf-8").splitlines()
        self._english = {
            start: "\n".join(["", *words, ""]) for start, words in groupby(lines, key=lambda line: line[:2])
        }

    def __contains__(self, word: str) -> bool:
        """Tell whether `word`, in lower case, is one."""
        if not word or is_thai(word[0]):
            return word in self._thai
        return f"\n{word}\n" in self._english.get(word[:2], "")
