"""Latin words typed without spaces, cut apart: "whichthaicitiesjoinedin"."""

from __future__ import annotations

from collections.abc import Callable

SHORTEST = 10  # letters; a shorter run is a word or a slip
_LONGEST = 60
_WORD = 24  # letters of one piece
_SHORT = 3  # letters; a piece this short or shorter is no evidence, and must be rare


def unglued(run: str, is_word: Callable[[str], bool]) -> list[str]:
    """Return the fewest known words that `run` is made of; `run` itself where it is not made of such."""
    if not SHORTEST <= len(run) <= _LONGEST or is_word(run):
        return [run]
    cuts: dict[int, list[str]] = {0: []}  # how far the run is cut, into which words
    for end in range(1, len(run) + 1):
        starts = [
            start for start in cuts if end - start <= _WORD and (is_word(run[start:end]) or run[start:end] == "a")
        ]
        if starts:
            start = min(starts, key=lambda start: len(cuts[start]))
            cuts[end] = [*cuts[start], run[start:end]]
    whole = cuts.get(len(run))
    return whole if whole and 2 * sum(len(word) <= _SHORT for word in whole) <= len(whole) else [run]
