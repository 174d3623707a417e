"""Words around names in sentences: what puts them forward, what makes them those whom others join."""

from __future__ import annotations

import re
from functools import cache

from knowledge.extract import cues
from knowledge.extract.numerals import numerals

_LEAD = 90  # letters behind a word for those whom others join
_SPOKEN = 120  # letters before names in which it is said whose they are


@cache
def objects() -> re.Pattern[str]:
    """Return what finds members whom others join, up to the end of a text: "joins the six cities of the country"."""
    return re.compile(rf"(?:{cues.pattern('joined_members').pattern})[^.;]{{0,{_LEAD}}}$", re.IGNORECASE)


@cache
def ends_with(*keys: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{cues.pattern(*keys).pattern})(?: the)?\s*$", re.IGNORECASE)


@cache
def led_by_country() -> re.Pattern[str]:
    """Return what may stand before the country that a sentence begins with: "And from"."""
    return re.compile(
        rf"(?:(?:{cues.pattern('and').pattern})\s+)?(?:{cues.pattern('placing').pattern})\s+", re.IGNORECASE
    )


def begins_with(text: str, keys: tuple[str, ...]) -> bool:
    """Tell whether a text begins with a word under `keys`, behind some like "city", "is" and "now"."""
    while text := text.strip(" ,*“”’'\"–—-"):
        if cues.pattern(*keys).match(text):
            return True
        small = cues.pattern("around_city", "subject").match(text)
        if small is None:
            return False
        text = text[small.end() :]
    return False


def is_same_row(between: str) -> bool:
    """Tell whether names go on those before: "After Nairobi, the counties of Kilifi and Makueni and the …"."""
    bare = cues.pattern("of_cities", "and").sub(" ", between)
    return between.startswith((",", " ")) and not re.sub(r"\bthe\b", " ", bare).strip(" ,")


def is_presented(lead: str) -> bool:
    """Tell whether words before names put them forward: "Mexico contributes three: Puebla and León"."""
    bare = lead.rpartition(";")[2].rstrip(" \"“'")
    bare = next((bare[: n.start].rstrip() for n in numerals(bare) if not bare[n.end :].strip(" ,")), bare)
    if cues.finds(bare[-_SPOKEN:], "totals", "before", "others_before"):
        return False
    ends = (match.end() for match in cues.pattern("presenting", "listing").finditer(bare))
    return bare.endswith((":", "–", "—", "--")) or any(not bare[end:].strip(" ,") for end in ends)
