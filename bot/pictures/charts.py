"""The network in figures, drawn as bars."""

from __future__ import annotations

from bot.pictures import lettering
from bot.pictures.canvas import Canvas
from bot.pictures.citymap import INK, PAPER, QUIET, WIDTH
from bot.pictures.sketch import Chart, Statistics

_MARGIN, _ROW, _BAR = 28.0, 34.0, 22.0
_HELD, _DECLARED = "#0b6fb8", "#bcd9ee"


def draw(statistics: Statistics) -> bytes:
    """Return the charts as PNG."""
    rows = sum(len(chart.bars) + bool(chart.more) for chart in statistics.charts)
    height = 170 + 64 * len(statistics.charts) + rows * _ROW + 22 * len(statistics.credits) + 40
    canvas = Canvas(WIDTH, height, PAPER)
    canvas.text(_MARGIN, 38, statistics.heading, 18, _HELD, bold=True)
    canvas.text(_MARGIN, 80, statistics.title, 36, INK, bold=True)
    canvas.text(_MARGIN, 112, statistics.subtitle, 19, QUIET)
    x = _MARGIN
    for colour, text in zip((_HELD, _DECLARED), statistics.key, strict=True):
        canvas.box(x, 130, 18, 18, colour, round_by=4)
        canvas.text(x + 26, 145, text, 17, QUIET)
        x += 26 + lettering.width(text, 17) + 30
    y = 162.0
    for chart in statistics.charts:
        y = _chart(canvas, chart, y)
    for line in statistics.credits:
        y += 22
        canvas.text(_MARGIN, y, line, 14, QUIET)
    return canvas.png()


def _chart(canvas: Canvas, chart: Chart, y: float) -> float:
    """Draw a chart below `y`; return where it ends."""
    y += 40
    canvas.text(_MARGIN, y, chart.heading, 23, INK, bold=True)
    y += 16
    names = max(lettering.width(bar.name, 18) for bar in chart.bars)
    figures = max(lettering.width(bar.figure, 18) for bar in chart.bars)
    left = _MARGIN + names + 12
    unit = (WIDTH - _MARGIN - left - figures - 10) / max(bar.number for bar in chart.bars)
    for bar in chart.bars:
        base = y + 17
        canvas.text(left - 12, base + 1, bar.name, 18, INK, anchor="end")
        canvas.box(left, y, bar.number * unit, _BAR, _DECLARED, round_by=3)
        canvas.box(left, y, bar.held * unit, _BAR, _HELD, round_by=3)
        canvas.text(left + bar.number * unit + 8, base + 1, bar.figure, 18, INK)
        y += _ROW
    if chart.more:
        canvas.text(left, y + 17, chart.more, 17, QUIET)
        y += _ROW
    return y
