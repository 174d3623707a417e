"""How alike a written word and a meant one are, and whether fingers could have made the one of the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pythainlp.util import eng_to_thai
from rapidfuzz.distance import OSA

from knowledge.names import is_thai, skeleton

_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")


def _neighbours() -> Iterator[tuple[str, str]]:
    """Yield every two keys side by side, of both layouts, with and without shift."""
    for row in _ROWS:
        for keys in (row, eng_to_thai(row), eng_to_thai(row.upper())):
            yield from (pair for pair in pairwise(keys) if not any(letter.isdecimal() for letter in pair))
        # A Thai letter and the one behind shift on the same key
        yield from zip(eng_to_thai(row), eng_to_thai(row.upper()), strict=False)


_VOWELS = set("aeiouy")
_BESIDE = frozenset(frozenset(pair) for pair in _neighbours())


_KEYS = {one: tuple(sorted(set().union(*(p for p in _BESIDE if one in p)) - {one})) for one in set().union(*_BESIDE)}


def beside(letter: str) -> tuple[str, ...]:
    """Return the letters on the keys beside that of `letter`, and the other one of its key in Thai."""
    return _KEYS.get(letter, ())


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, 0 to 1; what people confuse (tone marks, doubled letters) counts half."""
    written = OSA.normalized_similarity(one, other)
    return max(written, (written + OSA.normalized_similarity(skeleton(one), skeleton(other))) / 2)


def threshold(length: int) -> float:
    """Return the likeness that a key of `length` letters needs: the shorter, the stricter."""
    if length <= 4:
        return 0.86
    if length <= 6:
        return 0.79
    return 0.75 if length <= 9 else 0.72


def is_slip(written: str, meant: str) -> bool:
    """Tell whether one slip of the finger, or of the ear, makes `written` of `meant`.

    That is two letters exchanged, one left out after the first, one doubled or hit together with its neighbour, one
    replaced by its neighbour on the keyboard, or any tone mark or letter that sounds the same.
    """
    if skeleton(written) == skeleton(meant):
        return True
    start = _common(written, meant)
    end = _common(written[start:][::-1], meant[start:][::-1])
    extra, lost = written[start : len(written) - end], meant[start : len(meant) - end]
    if len(extra) + len(lost) == 1:
        return bool(start) if lost else _hit_together(written, start)
    if len(extra) == len(lost) == 1:
        return frozenset((extra, lost)) in _BESIDE or _marks(extra, lost)
    return len(extra) == len(lost) == 2 and extra == lost[::-1]


def is_misheard(written: str, meant: str) -> bool:
    """Tell whether a word was written with one vowel for another ("meny")."""
    pairs = [pair for pair in zip(written, meant, strict=False) if pair[0] != pair[1]]
    return len(written) == len(meant) and len(pairs) == 1 and _VOWELS.issuperset(pairs[0])


def _hit_together(written: str, at: int) -> bool:
    around = written[max(0, at - 1) : at] + written[at + 1 : at + 2]
    return any(written[at] == key or frozenset((written[at], key)) in _BESIDE for key in around)


def _marks(one: str, other: str) -> bool:
    """Tell whether both are Thai vowels or marks that stand above, below or behind a consonant."""
    return all(is_thai(char) and char > "\u0e2f" for char in (one, other))


def _common(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
