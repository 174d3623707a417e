"""Two columns of running text, as newsletters have them, put one under the other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.names import is_thai

_GAP = re.compile(r"(?:^|(?<=\S)) {3,}(?=\S)")
_TALL = 5  # lines of either column
_NARROW = 2  # blanks between them
_WORDS = 4  # of a line of prose
_LETTERS = 25  # of the left column
_THAI = 32  # letters of such a line in Thai, which has few blanks
_MOSTLY = 0.6  # of the lines of prose
_STOPS = (".", "!", "?", ":", ";", "”", '"')

SIGNS = ("•", "●", "▪", "■", "◦", "○", "‣", "∙")  # of items

Pair = tuple[str, str]  # the left and the right part of a line


def flowing(text: str) -> str:
    """Return a text with its columns one after the other, each paragraph of them on one line; others as they are."""
    plain = text.expandtabs().splitlines()
    lines = [_spread(line) for line in plain]  # marks over and under letters take no place
    at = _gutter(lines)
    if at is None:
        lines, at = plain, _gutter(plain)
    if at is None:
        return text
    found: list[str] = []
    pairs: list[Pair] = []
    for line, printed in zip(lines, text.splitlines(), strict=True):
        if (pair := _parted(line, at)) is not None:
            pairs.append(pair)
        else:
            found += [*_one_after_another(pairs), printed]
            pairs = []
    return "\n".join([*found, *_one_after_another(pairs)])


def _spread(line: str) -> str:
    """Return a line in which what stands behind a gap has the place that it has on paper."""
    parts = re.split(r"( {3,})", line)
    for at in range(0, len(parts) - 1, 2):
        marks = sum(unicodedata.category(letter) == "Mn" for letter in parts[at])
        gap = len(parts[at + 1]) - marks
        parts[at + 1] = " " * gap if gap >= _NARROW else parts[at + 1]
    return "".join(parts)


def _gutter(lines: Sequence[str]) -> int | None:
    """Return where the right column begins: in most lines at one place, with prose on both sides."""
    starts = Counter(match.end() for line in lines for match in _GAP.finditer(line) if match.end() > _LETTERS)
    for at, count in starts.most_common(1):
        pairs = [pair for line in lines if (pair := _parted(line, at)) and pair[1]]
        if count >= _TALL and _is_prose([left for left, _ in pairs]) and _is_prose([right for _, right in pairs]):
            return at
    return None


def _parted(line: str, at: int) -> Pair | None:
    """Return the parts of a line before and behind `at`; None if other text stands there, as in a headline."""
    left, right = line[:at], line[at:]
    if not line.strip():
        return "", ""
    if right and (len(left) - len(left.rstrip()) < _NARROW or right[0] == " "):
        return None
    if any(not re.search(r"\w", piece) for piece in _GAP.split(left.strip())[1:]):
        return None  # "Bulletin   |   No. 14   |", the head of a page
    return left.strip(), right.strip()


def _is_prose(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line]
    long = [line for line in filled if len(line.split()) >= _WORDS or (len(line) >= _THAI and any(map(is_thai, line)))]
    return len(filled) >= _TALL and len(long) >= _MOSTLY * len(filled)


def _one_after_another(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield the lines of both columns as paragraphs, or the lines as they were if only one column has some."""
    if sum(bool(right) for _, right in pairs) < _TALL:
        yield from (f"{left}   {right}" if left and right else left or right for left, right in pairs)
        return
    columns = [[" ".join(pair[side].split()) for pair in pairs] for side in (0, 1)]
    widest = max(len(line) for column in columns for line in column)
    left, right = ("\n".join(column).strip("\n").split("\n") for column in columns)
    for paragraph in paragraphs([*left, *right], widest):
        yield paragraph
        yield ""


def paragraphs(lines: Sequence[str], widest: int) -> Iterator[str]:
    """Yield the paragraphs of a column whose longest line has `widest` letters; items under signs begin new ones."""
    current = last = ""
    for line in lines:
        if current and line and not line.startswith(SIGNS) and _goes_on(current, last, line, widest):
            current = f"{current} {line}" if not current.endswith("-") else f"{current[:-1]}{line}"
        else:
            if current:
                yield current
            current = line
        last = line
    if current:
        yield current


def _goes_on(before: str, last: str, line: str, widest: int) -> bool:
    """Tell whether a line goes on in the next one: it has no room for the next word, or no end."""
    word = line.split(maxsplit=1)[0]
    full = len(last) + 1 + len(word) > widest * 0.95
    return full or (line[0].islower() and not before.endswith(_STOPS))
