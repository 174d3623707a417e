"""Common words of either language, to cut Thai up by and to tell a slip of the finger from another word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby

from pythainlp.corpus import get_corpus

from bot.language import LANGUAGES, load
from knowledge.names import is_thai, key

LONGEST_THAI = 8  # letters; longer words are compounds of these


class Words:
    """Knows words as they are spelt; a word that stands here is no slip for one that is like it."""

    def __contains__(self, word: str) -> bool:
        """Tell whether `word`, in lower case, is one."""
        if not word or is_thai(word[0]):
            return word in thai_words()
        return f"\n{word}\n" in _english().get(word[:2], "")

    def like(self, word: str) -> Iterator[str]:
        """Yield the English words that begin with the same two letters."""
        return iter(_english().get(word[:2], "").split())


@cache
def thai_words() -> frozenset[str]:
    """Return PyThaiNLP's words, but for the long ones, which it is made to forget, and rare ones.

    For those newmm cuts common words apart: "แล้|วจะ".
    """
    rare = set((files(__package__) / "rare_thai.txt").read_text("utf-8").split())
    words = frozenset(word for word in get_corpus("words_th.txt") if len(word) <= LONGEST_THAI and word not in rare)
    get_corpus.cache_clear()
    return words


@cache
def everyday_words() -> frozenset[str]:
    """Return the keys of words that are used in talk of anything, and name no matter of their own."""
    return frozenset(key(word) for language in LANGUAGES for word in load("everyday", language)["words"].split())


@cache
def _english() -> Mapping[str, str]:
    """Return English words, a string for each two letters they begin with: a set would take ten times the memory."""
    lines = (files(__package__) / "words.txt").read_text("utf-8").splitlines()
    return {start: "\n".join(["", *words, ""]) for start, words in groupby(lines, key=lambda line: line[:2])}
