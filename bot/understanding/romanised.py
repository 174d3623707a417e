"""Thai written in Latin letters ("muang thai pee 65 mee arai bang"), put back into Thai."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from bot.understanding.token import Token

_LONGEST = 7  # words of one phrase
_FEWEST = 3  # words in Thai; one or two may be words of any language
_HELD = 4096  # sounds of words
_MOST = 0.5  # share of the words that must be Thai, names and numbers aside


def in_thai(tokens: Sequence[Token], names: Collection[int]) -> str | None:
    """Return the text of `tokens` with the Thai that is written in Latin letters put into Thai ones.

    Numbers stay, and the tokens that are `names`. None where there is no such Thai.
    """
    if any(token.thai for token in tokens):
        return None
    words = [
        (token.text, at not in names and token.number is None and len(token.text) > 1)
        for at, token in enumerate(tokens)
    ]
    found = ""
    thai = at = 0
    while at < len(words):
        length, phrase = _phrase(words, at)
        if phrase and at + length < len(words) and not words[at + length][1]:
            phrase = _data()["before_names"].get(phrase, phrase)
        thai += length
        found += phrase or f" {words[at][0]} "
        at += length or 1
    fewest = max(_FEWEST, _MOST * sum(may_be for _, may_be in words))
    return found if thai >= fewest else None


def _phrase(words: Sequence[tuple[str, bool]], at: int) -> tuple[int, str | None]:
    """Return the longest Thai phrase from word `at` on, and how many words it takes."""
    phrases, sound = _phrases(), ""
    best: tuple[int, str | None] = (0, None)
    for length, (word, may_be) in enumerate(words[at : at + _LONGEST], 1):
        if not may_be:
            break
        sound += _sound(word)
        if sound in phrases:
            best = (length, phrases[sound])
    return best


@cache
def _phrases() -> dict[str, str]:
    """Return Thai phrases by the sound of their Latin spellings; the first that has a sound keeps it."""
    found: dict[str, str] = {}
    for thai, spellings in _data()["words"].items():
        for spelling in spellings:
            found.setdefault("".join(map(_sound, spelling.split())), thai)
    return found


@lru_cache(_HELD)
def _sound(word: str) -> str:
    for pattern, sound in _sounds():
        word = pattern.sub(sound, word)
    return word


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(spelt), sound) for spelt, sound in _data()["sounds"])


@cache
def _data() -> dict[str, Any]:
    text = (files(__package__) / "romanised.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return data
