"""How wide a text is, and the fonts it is set in: Sarabun, which has Thai and every Latin letter of the names."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

import uharfbuzz as hb

FAMILY = "Sarabun"
MIDDLE = 0.28  # of the size: from the baseline to the middle of a letter without a stem
_UNITS = 1000  # of the font, in its size
_FILES = {False: "Sarabun-Medium.ttf", True: "Sarabun-Bold.ttf"}


def font_files() -> list[str]:
    """Return the paths of the fonts."""
    return [str(_path(name)) for name in _FILES.values()]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `text` is, set in `size`."""
    advance: int = sum(position.x_advance for _, position in shaped(text, bold=bold))
    return advance * size / _UNITS


def reach(text: str, size: float) -> tuple[float, float]:
    """Return how far the ink of `text`, set in `size`, rises above the baseline and drops below it.

    In Thai that is much: a tone mark stands on a vowel that stands on a consonant.
    """
    tops, feet = [0.0], [0.0]
    for glyph, position in shaped(text):
        box = _font(False).get_glyph_extents(glyph.codepoint)
        tops.append(box.y_bearing + position.y_offset)
        feet.append(box.y_bearing + box.height + position.y_offset)
    return max(tops) * size / _UNITS, -min(feet) * size / _UNITS


def shaped(text: str, *, bold: bool = False) -> list[tuple[hb.GlyphInfo, hb.GlyphPosition]]:
    """Return the glyphs of `text` with their places, in units of the font."""
    buffer = hb.Buffer()
    buffer.add_str(settable(text))
    buffer.guess_segment_properties()
    hb.shape(_font(bold), buffer)
    return list(zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True))  # None where text is empty


@lru_cache(maxsize=4096)
def settable(text: str) -> str:
    """Return `text` without what the fonts lack: an accent, or letters of other scripts."""
    has = _font(False).get_nominal_glyph
    if all(has(ord(letter)) for letter in text):
        return text
    kept = "".join(
        letter if has(ord(letter)) else "".join(part for part in normalize("NFD", letter) if has(ord(part)))
        for letter in text
    )
    return " ".join(kept.split())


@cache
def _font(bold: bool) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(_path(_FILES[bold]))))


def _path(name: str) -> Path:
    return Path(str(files(__package__) / "data" / name))
