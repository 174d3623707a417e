"""How much one chat may ask: as fast as people type, not as fast as programs do."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["answer", "notice", "silence"]
AT_ONCE = 30
EVERY = 2.0  # seconds until a chat may ask once more
CHATS = 10_000


@dataclass(slots=True)
class _Chat:
    """What a chat may still ask, as of a moment, and whether it was told to slow down."""

    left: float
    at: float
    told: bool = False


class Floods:
    """Lets `at_once` questions of a chat through, then one `every` so many seconds; says once that it is too much."""

    def __init__(self, at_once: int = AT_ONCE, every: float = EVERY, clock: Callable[[], float] = time.time) -> None:
        self._at_once, self._every, self._clock = at_once, every, clock
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def admit(self, chat: int, asked: float | None = None) -> Verdict:
        """Return what the next question of a chat gets; the chats that asked last are kept in mind.

        `asked` is when it was asked, in seconds since 1970, by default now: what has waited for long is no flood.
        """
        now = self._clock() if asked is None else asked
        held = self._chats.setdefault(chat, _Chat(self._at_once, now))
        self._chats.move_to_end(chat)
        if len(self._chats) > CHATS:
            self._chats.popitem(last=False)
        held.left = min(self._at_once, held.left + max(now - held.at, 0.0) / self._every)
        held.at = max(now, held.at)
        if held.left >= 1:
            held.left -= 1
            held.told = held.told and held.left < self._at_once / 2
            return "answer"
        if held.told:
            return "silence"
        held.told = True
        return "notice"
