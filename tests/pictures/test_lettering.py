"""Thai is shaped right, and every name can be set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import uharfbuzz as hb

from bot.pictures import lettering
from bot.pictures.canvas import Canvas
from knowledge import store
from tests.pictures.png import dark_rows

VOWEL, TONED = "ที", "ที่"
MISSING = 0


def drawn(text: str) -> list[int]:
    """Return how much ink each row of pixels of a text has."""
    canvas = Canvas(120, 100, "#ffffff")
    canvas.text(20, 70, text, 40, "#000000")
    return dark_rows(canvas.png())


def ink(text: str) -> tuple[int, int]:
    """Return the first and the last row with ink."""
    rows = [number for number, dark in enumerate(drawn(text)) if dark]
    return rows[0], rows[-1]


def test_a_tone_mark_stands_above_the_vowel() -> None:
    assert ink(TONED)[0] < ink(VOWEL)[0] - 5
    assert ink(TONED)[1] == ink(VOWEL)[1]


@pytest.mark.parametrize("consonant", ["ป", "ฝ", "ฟ"])
def test_a_vowel_gives_way_to_a_tall_consonant(consonant: str) -> None:
    (_, low), (_, tall) = lettering.shaped("ที"), lettering.shaped(f"{consonant}ี")
    assert tall[0].codepoint != low[0].codepoint or tall[1].x_offset < low[1].x_offset


def test_a_consonant_loses_its_foot_above_a_low_vowel() -> None:
    with_foot, without = lettering.shaped("ญ")[0][0], lettering.shaped("ญู")[0][0]
    assert with_foot.codepoint != without.codepoint


def test_marks_take_no_width() -> None:
    assert lettering.width(TONED, 20) == lettering.width("ท", 20)


def test_reach_is_where_the_ink_is() -> None:
    rise, drop = lettering.reach("ที่ฎุ", 40)
    first, last = ink("ที่ฎุ")
    assert 70 - rise == pytest.approx(first / 1.6, abs=1)
    assert 70 + drop == pytest.approx(last / 1.6, abs=1)


def test_an_empty_text_is_nothing() -> None:
    assert lettering.width("", 20) == 0
    assert lettering.reach("", 20) == (0, 0)


def test_every_name_can_be_set(facts_path: Path) -> None:
    with store.open(facts_path) as base:
        rows = base.rows(
            "SELECT name FROM place WHERE member UNION SELECT coalesce(name_th, '') FROM place WHERE member"
            " UNION SELECT name_en FROM country UNION SELECT name_th FROM country UNION SELECT name_th FROM region"
        )
        lacking = {
            name: bold
            for (name,) in rows
            for bold in (False, True)
            if any(glyph.codepoint == MISSING for glyph, _ in lettering.shaped(name, bold=bold))
            or lettering.settable(name) != name
        }
    assert lacking == {}


def test_letters_that_the_fonts_lack_are_left_out() -> None:
    assert lettering.settable("Экономические Новости (enovosty.com)") == "(enovosty.com)"
    assert lettering.settable("เชียงใหม่ · Cao Lãnh") == "เชียงใหม่ · Cao Lãnh"
    assert lettering.width("西安", 20) == 0


def test_both_weights_are_of_one_family() -> None:
    for path in lettering.font_files():
        face = hb.Face(hb.Blob.from_file_path(path))
        assert lettering.FAMILY in face.get_name(hb.OTNameIdPredefined.FONT_FAMILY)
        assert face.upem == 1000


def test_a_start_without_pictures_loads_none_of_it() -> None:
    code = "import sys, bot.conversation; print([m for m in ('uharfbuzz', 'resvg_py') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert found.stdout.strip() == "[]"
