"""Text typed on the wrong keyboard layout, Thai on English or English on Thai, whole or in part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pythainlp.util import eng_to_thai, thai_to_eng

from knowledge.names import is_thai

_SIGNS = re.compile(r"(?<=[a-z])[^a-z0-9\s]+(?=[a-z])", re.IGNORECASE)  # within a word
_LONGEST = 120  # characters; people notice before they have typed more
_FEW = 8  # words of a message in which single ones are tried


def retyped(text: str) -> Iterator[str]:
    """Yield what `text` would be on the other layout: all of it, all of one script, each word; plain numbers stay."""
    if len(text) > _LONGEST:
        return
    chunks = text.split()
    swaps = (thai_to_eng, eng_to_thai) if any(map(is_thai, text)) else (eng_to_thai,)
    for swap in swaps:
        yield " ".join(_swapped(chunk, swap) for chunk in chunks)
    if any(map(is_thai, text)):
        yield " ".join(_swapped(chunk, thai_to_eng) if is_thai(chunk[0]) else chunk for chunk in chunks)
        yield " ".join(chunk if is_thai(chunk[0]) else _swapped(chunk, eng_to_thai) for chunk in chunks)
    if 1 < len(chunks) <= _FEW:
        for i, chunk in enumerate(chunks):
            swap = thai_to_eng if is_thai(chunk[0]) else eng_to_thai
            yield " ".join([*chunks[:i], _swapped(chunk, swap), *chunks[i + 1 :]])


def other_layout(chunk: str) -> str:
    """Return what a word would be on the other layout."""
    return _swapped(chunk, thai_to_eng if is_thai(chunk[0]) else eng_to_thai)


def _swapped(chunk: str, swap: Callable[[str], str]) -> str:
    """Return a word on the other layout; as it is where it is a number, or would be no English but for its signs."""
    other = chunk if chunk.isdecimal() else swap(chunk)
    return chunk if swap is thai_to_eng and len(_SIGNS.findall(other)) > 1 else other
