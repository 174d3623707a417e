"""The network in figures: declared and held told apart, ties honest."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.language import LANGUAGES, Language
from bot.pictures.captions import LIMIT, caption_length
from bot.pictures.figures import _top
from bot.pictures.sketch import Statistics
from bot.replies.telegram_html import render
from knowledge.answer import Row
from tests.pictures.png import size


def figures(engine: Engine, language: Language = "en") -> Statistics:
    """Return the network in figures."""
    sketch = engine.statistics(language).sketch
    assert isinstance(sketch, Statistics)
    return sketch


def test_declared_and_held_are_told_apart(engine: Engine) -> None:
    by_year, by_country = figures(engine).charts
    bars = {bar.name: (bar.number, bar.held, bar.figure) for bar in (*by_year.bars, *by_country.bars)}
    assert bars["2022"] == (77, 71, "77 (71 named)")
    assert bars["2016"] == (16, 16, "16+")
    assert bars["Thailand"] == (13, 13, "13")
    assert bars["Republic of Korea"] == (59, 15, "59 (15 named)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_those_of_the_replies(engine: Engine, language: Language) -> None:
    sketch, asked = figures(engine, language), {"th": "ปี 2565 มีกี่เมืองเข้าร่วม", "en": "How many cities joined in 2022?"}
    bar = next(bar for bar in sketch.charts[0].bars if "2022" in bar.name)
    assert f"{bar.number} " in engine.answer(asked[language]).reply.lead
    assert "425" in sketch.subtitle


def test_years_stand_in_order(engine: Engine) -> None:
    names = [bar.name for bar in figures(engine).charts[0].bars]
    assert names == sorted(names)


def test_no_country_is_cut_off_from_others_with_its_number(engine: Engine) -> None:
    chart = figures(engine).charts[1]
    assert f"at most {chart.bars[-1].number - 1} cities" in chart.more


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([9, 8, 7], 3),
        ([20, *range(15, 0, -1)], 10),
        ([5] * 9 + [4] * 4 + [3], 13),
        ([9] * 3 + [2] * 40, 3),
        ([], 0),
    ],
)
def test_ties_stand_or_fall_together(numbers: list[int], shown: int) -> None:
    rows = [Row(str(i), number, True, ()) for i, number in enumerate(numbers)]
    assert len(_top(rows)) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_caption_says_the_same(engine: Engine, language: Language) -> None:
    turn = engine.statistics(language)
    assert isinstance(turn.sketch, Statistics)
    for chart in turn.sketch.charts:
        for bar in chart.bars:
            assert any(bar.name in line and bar.figure in line for line in turn.reply.text.splitlines())
    assert caption_length(turn.reply) <= LIMIT
    assert len(render(turn.reply)) == 1
    assert turn.reply.citations


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_drawn(engine: Engine, language: Language) -> None:
    png = figures(engine, language).draw()
    assert size(png)[0] == 1280
    assert len(png) < 400_000
