"""Numbers in words: "seventy-seven", "twenty twenty-two", "สองพันห้าร้อยหกสิบห้า", "หกห้า"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.language import LANGUAGES, load
from bot.understanding.token import Token

_WORDS: dict[str, int] = {}
_INNER: set[str] = set()
for _language in LANGUAGES:
    _data = load("numbers", _language)
    _WORDS |= {word: int(value) for word, value in (_data["words"] | _data["inner"]).items()}
    _INNER |= set(_data["inner"])
_PIECE = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_JOINING = {"-", "–", "and"}
_SCALES = (1000, 100, 10)


def with_numbers(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return `tokens` with number words of several parts made one number, and single ones given their value."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        values, end = _run(tokens, at)
        if len(values) > 1:
            found.append(Token(str(combined(values)), str(combined(values)), tokens[at].gap))
        elif values and tokens[at].text not in _INNER:
            found.append(replace(tokens[at], value=values[0]))
        else:
            found.append(tokens[at])
            end = at + 1
        at = end
    return tuple(found)


def combined(values: Iterable[int]) -> int:
    """Return the number that number words say together; words that do not add up are read as figures ("หกห้า" is 65)."""
    total = 0
    for value in values:
        if value in _SCALES and total % value:
            total += total % value * (value - 1)  # "two" before "hundred"
        elif total % (100 if value >= 10 else 10):
            total = total * (100 if value >= 10 else 10) + value
        else:
            total += value
    return total


def _run(tokens: Sequence[Token], at: int) -> tuple[list[int], int]:
    """Return the values of the number words from token `at` on, and where they end."""
    values: list[int] = []
    end = at
    for i in range(at, len(tokens)):
        if values and tokens[i].text in _JOINING and i + 1 < len(tokens) and _values(tokens[i + 1].text):
            continue
        more = _values(tokens[i].text)
        if not more:
            break
        values += more
        end = i + 1
    return values, max(end, at + 1)


def _values(text: str) -> list[int]:
    pieces = _PIECE.findall(text)
    return [_WORDS[piece] for piece in pieces] if pieces and "".join(pieces) == text else []
