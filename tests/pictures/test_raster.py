"""SVG to PNG in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.pictures import raster
from bot.pictures.lettering import font_files
from tests.pictures.png import size

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="5" height="5"/></svg>'


def test_svg_becomes_png() -> None:
    assert size(raster.png(SVG, font_files(), 2)) == (40, 20)


@pytest.mark.parametrize("svg", ["", "<svg", "no svg", SVG.replace("20", "0")])
def test_what_cannot_be_drawn_is_told(svg: str) -> None:
    with pytest.raises(raster.DrawingError, match=r"\S"):
        raster.png(svg, font_files(), 2)


def test_a_machine_without_room_for_a_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    with pytest.raises(raster.DrawingError):
        raster.png(SVG, font_files(), 2)


def test_waiting_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_PATIENCE", 0.001)
    with pytest.raises(raster.DrawingError):
        raster.png(SVG, font_files(), 2)


def test_the_bot_itself_does_not_draw() -> None:
    draw = "import sys; from bot.pictures.canvas import Canvas; Canvas(9, 9, 'red').png()"
    code = f"{draw}; print('resvg_py' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert found.stdout.strip() == "False"
