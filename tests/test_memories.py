"""Memories are bounded: the longest unused goes first."""

from __future__ import annotations

from bot.memories import Memories


def test_the_longest_unused_is_forgotten() -> None:
    memories: Memories[str] = Memories(limit=2)
    memories.keep((1, 1), "one")
    memories.keep((2, 2), "two")
    memories.recall((1, 1))
    memories.keep((3, 3), "three")
    assert [memories.recall((n, n)) for n in (1, 2, 3)] == ["one", None, "three"]
    assert len(memories) == 2
