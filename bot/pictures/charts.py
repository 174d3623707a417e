"""The network in figures, drawn as bars: what is declared, and how much of it is held by name."""

from __future__ import annotations

from bot.pictures import lettering, page
from bot.pictures.canvas import Canvas
from bot.pictures.page import INK, MARGIN, PAPER, QUIET, WIDTH
from bot.pictures.sketch import Chart, Statistics

_ROW, _BAR, _TEXT, _NOTE = 34.0, 22.0, 18.0, 16.0
_TITLE, _ABOVE, _BELOW = 22.0, 44.0, 18.0  # of a chart: its size, and the room above and below
_KEY = 40.0  # units: the row that explains the colours
_GAP = 12.0
_HELD, _DECLARED = "#0b6fb8", "#bcd9ee"


def draw(statistics: Statistics) -> bytes:
    """Return the charts as PNG."""
    words = page.Words(statistics.heading, statistics.title, statistics.subtitle, statistics.credits)
    credited = page.credit_lines(words)
    height = page.head_height(words) + _KEY + sum(map(_height, statistics.charts)) + page.foot_height(credited)
    canvas = Canvas(WIDTH, height, PAPER)
    y = page.head(canvas, words) + 4
    x = MARGIN
    for colour, text in zip((_HELD, _DECLARED), statistics.key, strict=True):
        canvas.box(x, y, 18, 18, colour, round_by=4)
        canvas.text(x + 26, y + 15, text, 17, QUIET)
        x += 26 + lettering.width(text, 17) + 28
    y += _KEY
    names = max(lettering.width(bar.name, _TEXT) for chart in statistics.charts for bar in chart.bars)
    for chart in statistics.charts:
        _chart(canvas, chart, y, MARGIN + names + _GAP)
        y += _height(chart)
    page.foot(canvas, credited, y)
    return canvas.png()


def _height(chart: Chart) -> float:
    return _ABOVE + _ROW * (len(chart.bars) + bool(chart.more)) + _BELOW


def _chart(canvas: Canvas, chart: Chart, y: float, left: float) -> None:
    """Draw a chart below `y`, its bars from `left` on."""
    canvas.text(MARGIN, y + 24, chart.heading, _TITLE, INK, bold=True)
    y += _ABOVE
    # Figures stand behind their bars, so the longest bar and figure together decide how long a city is.
    unit = min((WIDTH - MARGIN - left - 8 - lettering.width(b.figure, _TEXT)) / max(b.number, 1) for b in chart.bars)
    for bar in chart.bars:
        base = y + _BAR / 2 + _TEXT * lettering.MIDDLE
        canvas.text(left - _GAP, base, bar.name, _TEXT, INK, anchor="end")
        canvas.box(left, y, bar.number * unit, _BAR, _DECLARED, round_by=3)
        canvas.box(left, y, bar.held * unit, _BAR, _HELD, round_by=3)
        canvas.text(left + bar.number * unit + 8, base, bar.figure, _TEXT, INK)
        y += _ROW
    if chart.more:
        text, size = page.fitted(chart.more, _NOTE, WIDTH - MARGIN - left)
        canvas.text(left, y + 17, text, size, QUIET)
