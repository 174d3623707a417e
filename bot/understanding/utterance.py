"""Cleaning a message and cutting it into words, Thai and Latin mixed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from pythainlp.tokenize.newmm import segment
from pythainlp.util import reorder_vowels

from bot.understanding.dictionary import Dictionary
from bot.understanding.glued import unglued
from bot.understanding.numbers import with_numbers
from bot.understanding.token import Token
from knowledge.names import FLAG, is_thai, key

MAX_LENGTH = 1000
"""Characters of a message that are read; no question needs more."""

_CUT_NAME = 4  # letters of a name that newmm may have cut
_THAI_RUN = 120  # newmm is fast on words and slow on noise: it never sees a longer run than this
_WORD = re.compile(
    r"[\u0e01-\u0e3a\u0e40-\u0e4e\u0e2f]+|\d+|[^\W\d_\u0e00-\u0e7f]+|[%&+]|(?<=\d)\s*[-–—/→]\s*(?=\d)|['’](?=\d\d(?![\d'’]))"
)
_PAUSE = re.compile(r"[,.:;!?(…–—-]\s|\s[–—-]|[\n!?…]")
_REPEATS = re.compile(r"([^\W\d_]|[\u0e30-\u0e4e])\1{2,}")
_TWICE = re.compile(r"([\u0e31\u0e34-\u0e3a\u0e41-\u0e44\u0e47-\u0e4e])\1+")  # vowels and marks that no word has twice
_SPELT_OUT = re.compile(r"\b(?:[A-Za-z] ){3,}[A-Za-z]\b")  # "G U A N G Z H O U"
_LETTER_O = re.compile(r"(?<=\do\d)o\b|(?<=\d)o(?=\do?\b)|(?<=\d)o(?=o?\d\d?\b)|(?<=\d\d\d)o\b")  # "2o2o"
_AMERICA = re.compile(r"(?<![\w.])US(?![\w.])")  # in small letters it is a word
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FLAG_LETTERS = 0x1F1E6 - ord("a")
_DIGITS = {code: str(unicodedata.digit(chr(code))) for code in range(0x0E50, 0x0E5A)}
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPELT_APART = (("เเ", "แ"), ("ํา", "ำ"), ("ฯลฯ", " "), ("İ", "I"))  # the last falls into two in lower case
# Thai has only twenty words with this vowel; everything else written with it is a slip for the other.
_WRONG_VOWEL = re.compile("ใ(?!กล|คร|จ|ช่|ช้|ช[เ-ไ]|ด|ต|น|บ|ฝ|ย|ส|ห้|หญ|หม|หล|ภ|ฬ)")
_SYMBOLS = set("%&+/–—→-'’")  # what means something by itself; dashes only between figures
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn"}


class Segmenter:
    """Cuts text into tokens with PyThaiNLP's newmm and a dictionary that knows our words and names.

    `is_word` tells of a Latin word in lower case whether it is one of ours. `names` in Thai are kept whole where newmm
    might as well cut them: "เชียงราย|ได้", not "เชียง|รายได้".
    """

    def __init__(
        self,
        words: Iterable[str],
        is_word: Callable[[str], bool] = lambda word: True,
        names: Iterable[str] = (),
    ) -> None:
        self._is_word = is_word
        self._names = frozenset(name for name in names if len(name) >= _CUT_NAME)
        self._words = Dictionary({part for word in words for part in _WORD.findall(word) if is_thai(part[0])})

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the words and numbers of cleaned `text`, in order."""
        found: list[Token] = []
        end = 0
        for match in _WORD.finditer(text):
            run, gap = match.group(), match.start() > end or not found
            pause = _PAUSE.search(text, end, match.start()) is not None or (gap and is_thai(run[0]))
            end = match.end()
            for part in self._parts(run):
                part_key = key(part) or (part.strip() if part.strip() in _SYMBOLS else "")
                if part_key:
                    found.append(Token(part, part_key, gap, pause))
                    gap = pause = False
        return with_numbers(found)

    def _parts(self, run: str) -> list[str]:
        if not is_thai(run[0]):
            return unglued(run, self._is_word)
        pieces = (run[i : i + _THAI_RUN] for i in range(0, len(run), _THAI_RUN))
        return [word for piece in pieces for word in self._with_names(segment(piece, self._words))]

    def _with_names(self, words: Sequence[str]) -> Iterator[str]:
        """Yield `words`, of two that hold a name and another word that name and that word."""
        at = 0
        while at < len(words):
            both = "".join(words[at : at + 2])
            cuts = (end for end in range(len(both) - 1, len(words[at]), -1) if both[:end] in self._names)
            cut = next((end for end in cuts if both[end:] in self._words), None)
            if cut is None:
                yield words[at]
                at += 1
            else:
                yield both[:cut]
                yield both[cut:]
                at += 2


def clean(text: str) -> str:
    """Return `text` as the tagger reads it.

    Without invisible, control and unpaired characters, in NFC and lower case, Arabic digits, letters said at most
    twice running, Thai vowels in their order, and at most `MAX_LENGTH` characters.
    """
    text = text[: 4 * MAX_LENGTH].encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    text = unicodedata.normalize("NFC", text).translate(_DIGITS).translate(_FULL_WIDTH)
    text = _FLAG.sub(_flag, text)
    if text != text.upper():
        text = _AMERICA.sub(f" {FLAG}us ", text)
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _DROPPED)
    for apart, whole in _SPELT_APART:
        kept = kept.replace(apart, whole)
    kept = _SPELT_OUT.sub(lambda letters: letters.group().replace(" ", ""), kept)
    kept = _LETTER_O.sub("0", _REPEATS.sub(r"\1", kept.casefold()))
    if any(map(is_thai, kept)):
        kept = _TWICE.sub(r"\1", kept)
        kept = _WRONG_VOWEL.sub("ไ", reorder_vowels(kept))
    return " ".join(kept.split())[:MAX_LENGTH]


def _flag(pair: re.Match[str]) -> str:
    """Return a flag as the name that the gazetteer has for it."""
    return f" {FLAG}{''.join(chr(ord(letter) - _FLAG_LETTERS) for letter in pair.group())} "
