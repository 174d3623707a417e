"""Text in its parts: sentences, and what stands in brackets."""

from __future__ import annotations

import re

_OPEN, _CLOSE = "([{（", ")]}）"
_SENTENCE = re.compile(r"(?<=[a-z0-9)\]%”’\"\u0e00-\u0e7f][.!?])[\"”’)]*\s+(?=[\"“‘(\[]*[A-Z0-9\u0e00-\u0e7f])")
_ABBREVIATED = re.compile(r"(?:\b(?:St|Dr|Mr|Ms|Mrs|No|Prof|vs|ca|Sta|Sto|Ste|Gen|Gral)\.|\u0e2f|\b[A-Z]\.)$")
_THAI_ABBREVIATED = re.compile(r"(?:^|[\s(.\d])[\u0e01-\u0e2e]{1,4}[\u0e34-\u0e37]?\.$")  # month, year, hour


_FILLING = re.compile(r"[\s,;:.•·*/|()–—\-\[\]'\"“”’‘]+")


def filling(text: str) -> str:
    """Return `text` without what only parts words."""
    return _FILLING.sub("", text)


def sentences(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph with where they begin; Thai, which has no full stops, stays whole."""
    found, start = [], 0
    for match in _SENTENCE.finditer(text):
        before = text[: match.start()]
        if not _ABBREVIATED.search(before) and not _THAI_ABBREVIATED.search(before):
            found.append((start, text[start : match.start()]))
            start = match.end()
    return [*found, (start, text[start:])]


def groups(text: str) -> list[tuple[int, int]]:
    """Return where each outermost bracket opens, and where it is closed again."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for at, char in enumerate(text):
        if char in _OPEN:
            start = at if depth == 0 else start
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                found.append((start, at + 1))
    return found
