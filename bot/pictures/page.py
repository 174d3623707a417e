"""What every picture has around it: heading, title, key and credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures import lettering
from bot.pictures.canvas import Canvas

WIDTH, MARGIN = 800.0, 28.0
INK, QUIET, ACCENT, PAPER = "#14263d", "#5b6878", "#0b6fb8", "#ffffff"
GAP = 8.0  # units between maps
_HEADING, _TITLE, _SUBTITLE, _KEY, _CREDIT = 18.0, 35.0, 19.0, 17.0, 13.5
_ROW, _LINE = 30.0, 19.0  # units: a row of the key, a line of credits
_SMALLEST = 0.55  # of its size, to which a long title shrinks before it is cut
_LINES = 2  # of one credit


@dataclass(frozen=True, slots=True)
class Words:
    """The texts around a picture."""

    heading: str
    title: str
    subtitle: str
    credits: tuple[str, ...]


def compose(words: Words, keys: Sequence[tuple[str, str]], note: str, maps: Sequence[Canvas]) -> bytes:
    """Return the page as PNG: what the colours stand for and a note, the first map, the others below it, credits."""
    rows = _rows(keys, note)
    credited = credit_lines(words)
    top = head_height(words) + _ROW * len(rows) + 8
    below = sum(row[0].height + GAP for row in _shelved(maps[1:]))
    canvas = Canvas(WIDTH, top + maps[0].height + below + foot_height(credited), PAPER)
    y = head(canvas, words)
    for row in rows:
        y += _ROW
        for x, colour, text in row:
            if colour:
                canvas.dot(x + 7, y - 14, 7, colour, PAPER)
            canvas.text(x + (20 if colour else 0), y - 8, text, _KEY, QUIET)
    canvas.put(0, top, maps[0])
    y = top + maps[0].height + GAP
    for shelf in _shelved(maps[1:]):
        for number, inner in enumerate(shelf):
            canvas.put(number * (inner.width + GAP), y, inner)
        y += shelf[0].height + GAP
    foot(canvas, credited, top + maps[0].height + below)
    return canvas.png()


def credit_lines(words: Words) -> list[str]:
    """Return the credits as lines."""
    return [line for text in words.credits for line in lines(text, _CREDIT, WIDTH - 2 * MARGIN)]


def foot_height(credited: Sequence[str]) -> float:
    """Return how much room the credits take."""
    return _LINE * len(credited) + 24


def head_height(words: Words) -> float:
    """Return how much room the title takes."""
    return 132.0 if words.subtitle else 104.0


def head(canvas: Canvas, words: Words) -> float:
    """Write heading, title and subtitle; return where they end."""
    wide = WIDTH - 2 * MARGIN
    canvas.text(MARGIN, 34, words.heading, _HEADING, ACCENT, bold=True)
    title, size = fitted(words.title, _TITLE, wide, bold=True)
    canvas.text(MARGIN, 86, title, size, INK, bold=True)
    subtitle, size = fitted(words.subtitle, _SUBTITLE, wide)
    canvas.text(MARGIN, 119, subtitle, size, QUIET)
    return head_height(words)


def foot(canvas: Canvas, credited: Sequence[str], y: float) -> None:
    """Write the credits below `y`."""
    for number, line in enumerate(credited):
        canvas.text(MARGIN, y + 22 + _LINE * number, line, _CREDIT, QUIET)


def badge(canvas: Canvas, x: float, y: float, letter: str) -> None:
    """Draw a letter in a circle."""
    canvas.dot(x, y, 13, INK, PAPER)
    canvas.text(x, y + 6, letter, 17, PAPER, bold=True, anchor="middle")


def fitted(text: str, size: float, wide: float, *, bold: bool = False) -> tuple[str, float]:
    """Return a text and the size it fits in, shrunk and, if it has to be, cut."""
    long = lettering.width(text, size, bold=bold)
    if long > wide:
        size = max(size * wide / long, size * _SMALLEST)
    return cut(text, size, wide, bold=bold), size


def cut(text: str, size: float, wide: float, *, bold: bool = False) -> str:
    """Return a text that is no wider than `wide`, cut between words if it has to be."""
    if lettering.width(text, size, bold=bold) <= wide:
        return text
    words = text.split(" ")
    while len(words) > 1 and lettering.width(" ".join(words) + "…", size, bold=bold) > wide:
        words.pop()
    left = " ".join(words).rstrip(",·")
    while left and lettering.width(left + "…", size, bold=bold) > wide:
        left = left[:-1]
    return left + "…"


def lines(text: str, size: float, wide: float) -> list[str]:
    """Return a text in lines no wider than `wide`; the last of them is cut if there are too many."""
    rows: list[str] = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and len(rows) < _LINES and lettering.width(longer, size) > wide:
            rows.append(word)
        else:
            rows[-1] = longer
    return [cut(row, size, wide) for row in rows]


def _shelved(maps: Sequence[Canvas]) -> list[list[Canvas]]:
    """Return maps row by row: as many side by side as the page is wide."""
    shelves: list[list[Canvas]] = []
    for one in maps:
        if not shelves or sum(other.width + GAP for other in shelves[-1]) + one.width > WIDTH:
            shelves.append([])
        shelves[-1].append(one)
    return shelves


def _rows(keys: Sequence[tuple[str, str]], note: str) -> list[list[tuple[float, str, str]]]:
    """Return what goes where above the maps, row by row: x, colour and text."""
    rows: list[list[tuple[float, str, str]]] = []
    x = WIDTH
    for colour, text in [*keys, *([("", note)] if note else [])]:
        wide = (20 if colour else 0) + lettering.width(text, _KEY)
        if x + wide > WIDTH - MARGIN:
            rows.append([])
            x = MARGIN
        rows[-1].append((x, colour, text))
        x += wide + 18
    return rows
