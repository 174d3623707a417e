"""Questions that were not answered, or not well: grouped by likeness, without anybody's data, the old ones let go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from bot.state import Miss, State
from knowledge.names import key

DAYS = 30
"""Days that are looked at unless told otherwise."""

KEPT = 180
"""Days after which a question is let go."""

_LIKE = 78  # likeness of two questions of one group, of 100
_MOST = 3_000  # questions that are compared; the most frequent
_PERSONAL = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|@\w{3,}|\+?\d[\d\s().-]{7,}\d")


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike, the most frequent first; `unanswered` and `disliked` count how often."""

    texts: tuple[str, ...]
    unanswered: int
    disliked: int
    last: date

    @property
    def count(self) -> int:
        """How often in all."""
        return self.unanswered + self.disliked


def missed(state: State, today: date, days: int = DAYS) -> list[Group]:
    """Return the questions missed in the last `days`, the most frequent group first, and let go of old ones."""
    state.forget_misses(today - timedelta(days=KEPT))
    return grouped(state.misses(today - timedelta(days=days)))


def grouped(misses: Sequence[Miss]) -> list[Group]:
    """Return groups of questions that are alike; at most the `_MOST` most frequent questions are looked at."""
    members: list[list[Miss]] = []
    heads: dict[int, str] = {}
    for miss in sorted(misses, key=lambda miss: -miss.count)[:_MOST]:
        found = key(miss.text)
        near = process.extractOne(found, heads, scorer=fuzz.ratio, score_cutoff=_LIKE) if found else None
        if near is None:
            heads[len(members)] = found
            members.append([miss])
        else:
            members[near[2]].append(miss)
    return sorted(map(_group, members), key=lambda group: (-group.count, group.texts))


def without_people(text: str) -> str:
    """Return a question without addresses, accounts and telephone numbers."""
    return _PERSONAL.sub("…", text)


def _group(misses: list[Miss]) -> Group:
    counts = {kind: sum(miss.count for miss in misses if miss.kind == kind) for kind in ("unanswered", "down")}
    texts = tuple(dict.fromkeys(without_people(miss.text) for miss in misses))
    return Group(texts, counts["unanswered"], counts["down"], max(miss.last for miss in misses))
