"""Words that are no names: small ones inside names, those around them, and those that begin sentences."""

from __future__ import annotations

import re
from functools import cache

from knowledge.extract import cues

PREFIXED = re.compile(r"[a-z]{1,3}[A-Z][a-z]{2}")  # "eThekwini", "uMhlathuze"


def is_small(word: str) -> bool:
    """Tell whether a word begins with a small letter that is no prefix of a name, as in "eThekwini", "uMhlathuze"."""
    return word[:1].islower() and not PREFIXED.match(word)


@cache
def opening_words() -> frozenset[str]:
    """Return words that begin sentences."""
    return frozenset(word for language in cues.LANGUAGES for word in cues.load(language)["opening_words"])


@cache
def particles() -> frozenset[str]:
    """Return the small words inside names."""
    return frozenset(word for language in cues.LANGUAGES for word in cues.load(language).get("particles", ()))


@cache
def thai_led() -> re.Pattern[str]:
    """Return what finds the word that puts a name forward, glued to the word for a city before the name."""
    presenting = "|".join(cues.load("th")["presenting"])
    titles = "|".join(cues.load("th")["titles"] + cues.load("th")["of_town"])
    return re.compile(rf"(?:{presenting})(?={titles})")


@cache
def other_name() -> re.Pattern[str]:
    """Return what finds another name of the same place: " also known as Mysore", "หรือปาตัน"."""
    return re.compile(rf",?\s+(?:{cues.pattern('or_name').pattern})\s*[^,;()]+(?=\s*\(|$)", re.IGNORECASE)
