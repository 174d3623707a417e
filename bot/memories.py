"""What was last spoken of, per person and chat, so that a follow-up can be understood."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

M = TypeVar("M")
Key = tuple[int, ...]


class Memories(Generic[M]):
    """The latest memories; beyond `limit`, the longest unused one is forgotten."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._held: OrderedDict[Key, M] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def recall(self, key: Key) -> M | None:
        """Return what is remembered of a person in a chat."""
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    def keep(self, key: Key, memory: M | None) -> None:
        """Remember it, if there is anything, and forget the longest unused beyond the limit."""
        if memory is None:
            return
        self._held[key] = memory
        self._held.move_to_end(key)
        while len(self._held) > self._limit:
            self._held.popitem(last=False)
