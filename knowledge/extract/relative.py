"""Days that a text tells of from its own: "yesterday", "two days ago", "on Tuesday"; and whose act a day is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.extract import cues
from knowledge.extract.document import Document
from knowledge.extract.parting import sentences
from knowledge.names import is_thai

_MARK = r"[;:\u2013\u2014]"
_SPEAKER = 30  # letters before a verb in which UNESCO stands if it is the one that speaks


@dataclass(frozen=True, slots=True)
class Back:
    """How far a day lies before that of a text: so many days, or the last one that is a `weekday` (Monday is 0)."""

    words: str
    days: int = 0
    weekday: int | None = None

    def before(self, day: str) -> str:
        """Return the day that is meant in a text of `day`, both in ISO form."""
        own = datetime.date.fromisoformat(day)
        back = self.days if self.weekday is None else (own.weekday() - self.weekday) % 7
        return (own - datetime.timedelta(days=back)).isoformat()


def told_back(document: Document) -> Back | None:
    """Return the day, told of from that of the text, on which somebody joined the network; None if there is none."""
    for block in document.blocks:
        for _, sentence in sentences(block.text):
            if not cues.finds(sentence, "joining") or not cues.finds(sentence, "network", "unesco"):
                continue
            for start, end, back in _spoken(sentence):
                if is_of_joining(sentence, start, end):
                    return back
    return None


def _spoken(sentence: str) -> Iterator[tuple[int, int, Back]]:
    for match in _counted_back().finditer(sentence):
        words = match[0].lower()
        yield match.start(), match.end(), Back(match[0], days=_back()[words])
    for match in _on_weekday().finditer(sentence):
        name = next(group for group in match.groups() if group)
        yield match.start(), match.end(), Back(match[0].strip(), weekday=_weekdays()[name.lower()])


def is_of_joining(sentence: str, start: int, end: int) -> bool:
    """Tell whether a day that stands in a sentence is that of joining or announcing, by the verb next to it.

    "Yesterday UNESCO admitted Lyon", but "Lyon, which joined the network, said yesterday".
    """
    own, at = _clause(sentence, start, end)
    joining = [_distance(match.span(), at) for match in cues.pattern("joining", "announcing").finditer(own)]
    others = [_distance(match.span(), at) for match in _acts(own)]
    if any(map(is_thai, own)):  # which puts the verb behind its subject, and the day before both
        later = [
            match.start() for match in cues.pattern("joining", "announcing").finditer(own) if match.start() >= at[1]
        ]
        acts = [match.start() for match in _acts(own) if match.start() >= at[1]]
        return not acts or (bool(later) and min(later) < min(acts))
    return bool(joining) and (not others or min(joining) < min(others))


def is_of_another_act(sentence: str, start: int, end: int) -> bool:
    """Tell whether the verb next to a day is that of something else: "On 5 March the Ambassador met the Director"."""
    return any(_acts(_clause(sentence, start, end)[0])) and not is_of_joining(sentence, start, end)


def _acts(text: str) -> Iterator[re.Match[str]]:
    """Yield the verbs of other acts; what UNESCO says is none."""
    for match in cues.pattern("speaking", "other_acts").finditer(text):
        if not cues.finds(text[max(0, match.start() - _SPEAKER) : match.start()], "unesco"):
            yield match


def _clause(sentence: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return the part of a sentence in which a day stands, with where it stands in it."""
    bounds = [match for match in _bound().finditer(sentence) if match.end() <= start or match.start() >= end]
    first = max((match.end() for match in bounds if match.end() <= start), default=0)
    last = min((match.start() for match in bounds if match.start() >= end), default=len(sentence))
    return sentence[first:last], (start - first, end - first)


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


@cache
def _back() -> dict[str, int]:
    return {word.lower(): int(days) for word, days in cues.words("days_back").items()}


@cache
def _counted_back() -> re.Pattern[str]:
    return cues.compiled([re.escape(word) for word in cues.words("days_back")])


@cache
def _weekdays() -> dict[str, int]:
    return {name.lower(): number for name, number in cues.words("days_of_week").items()}


@cache
def _on_weekday() -> re.Pattern[str]:
    """Return what finds the name of a day of the week that stands for the last one, and has no date beside it."""
    names = cues.words("days_of_week")
    latin = "|".join(name for name in names if not any(map(is_thai, name)))
    thai = "|".join(name for name in names if any(map(is_thai, name)))
    on = "|".join(cues.load("en")["on_day"])
    dated = cues.pattern("dated_day").pattern
    told = rf"(?<!next )(?<!every )(?<!each )(?:{on})\s+({latin})\b(?!,? ?\(?\d|,? \w+ \d)"
    return re.compile(rf"{told}|({thai})(?=\s|$)(?!\s*(?:{dated}))", re.IGNORECASE)


@cache
def _bound() -> re.Pattern[str]:
    return re.compile(rf"{_MARK}|{cues.pattern('bounding').pattern}", re.IGNORECASE)
