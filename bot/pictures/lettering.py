"""How wide a text is, and the fonts it is set in: Sarabun, which has Thai and every Latin letter of the names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb

FAMILY = "Sarabun"
ASCENT, DESCENT = 0.86, 0.26  # of the size: from the top of a tone mark above a vowel to the foot of a vowel below
_UNITS = 1000  # of the font, in its size
_FILES = {False: "Sarabun-Medium.ttf", True: "Sarabun-Bold.ttf"}


def font_files() -> list[str]:
    """Return the paths of the fonts."""
    return [str(_path(name)) for name in _FILES.values()]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` is, set in `size`."""
    advance: int = sum(position.x_advance for _, position in shaped(text, bold=bold))
    return advance * size / _UNITS


def shaped(text: str, *, bold: bool = False) -> list[tuple[hb.GlyphInfo, hb.GlyphPosition]]:
    """Return the glyphs of `text` with their places, in units of the font."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(_font(bold), buffer)
    return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))


@cache
def _font(bold: bool) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(_path(_FILES[bold]))))


def _path(name: str) -> Path:
    return Path(str(files(__package__) / "data" / name))
