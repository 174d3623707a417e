"""Numbers as announcements write them: figures, Thai figures, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.extract import cues
from knowledge.names import is_thai

FIGURES = str.maketrans("\u0e50\u0e51\u0e52\u0e53\u0e54\u0e55\u0e56\u0e57\u0e58\u0e59", "0123456789")
_TONE = re.compile("[\u0e48-\u0e4b]")  # marks above Thai letters, which no longer text is without unless it lost them
_AGAIN = re.compile(r"\s*\((\d{1,5})\)")  # behind a number in words: "forty (40)"
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text, with where it begins and ends."""

    value: int
    start: int
    end: int


@cache
def _pattern(marked: bool) -> re.Pattern[str]:
    """Return what finds numbers; in a text that is not `marked`, those whose Thai words have lost their marks, too."""
    known = cues.words("numbers")
    latin = "|".join(word for word in known if not any(map(is_thai, word)))
    thai = "|".join(word if marked else cues.lenient(word) for word in known if any(map(is_thai, word)))
    word = rf"(?<![^\W_])(?:{latin})(?:(?:[-\u2010\s]|\s+and\s+|\s)(?:{latin}))*(?![^\W_])"
    return re.compile(
        rf"(?<![\d.,/+])\d{{1,3}}(?:,\d{{3}})+(?![\d/])|(?<![\d.,/+])\d+(?![\d/]|[.,]\d|[a-z]|-[a-z])|{word}|(?:{thai})+",
        re.IGNORECASE,
    )


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the whole numbers in `text` up to a hundred thousand, in their order."""
    plain = text.translate(FIGURES)
    end = 0
    for match in _pattern(bool(_TONE.search(plain))).finditer(plain):
        value = _value(match[0])
        if value is not None and 0 < value < _LARGEST and match.start() >= end:
            again = _AGAIN.match(plain, match.end())
            end = again.end() if again and int(again[1]) == value and not match[0][0].isdigit() else match.end()
            yield Numeral(value, match.start(), end)


def _value(text: str) -> int | None:
    if text[0].isdigit():
        digits = text.replace(",", "")
        return int(digits) if len(digits) < 7 else None
    total = 0
    for value in _parts(text.lower()):
        if value in (10, 12, 100) and 0 < total % value < 10:
            total += total % value * (value - 1)  # "two" before "hundred" and "dozen", in Thai before "ten"
        else:
            total += value
    return total


def _parts(text: str) -> Iterator[int]:
    known = {_bare(word): int(value) for word, value in cues.words("numbers").items()}
    longest = sorted(known, key=len, reverse=True)
    text = _bare(text)
    at = 0
    while at < len(text):
        word = next((word for word in longest if text.startswith(word, at)), None)
        if word:
            yield known[word]
        at += len(word) if word else 1


def _bare(text: str) -> str:
    return re.sub("[\u0e47-\u0e4e\\s\u2010-]", "", text.lower())
