"""Years that are counted and not named. The clock of the engine stands in 2026; the rounds end in 2025."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from knowledge.model import YearSpan

SINCE_2021 = YearSpan(2021, None)
LAST_TWO = YearSpan(2024, 2025)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("how many cities joined in the last two rounds", LAST_TWO),
        ("the 2 most recent rounds of thai cities", LAST_TWO),
        ("สองรอบล่าสุดมีเมืองไทยกี่เมือง", LAST_TWO),
        ("2 รอบหลังสุดไทยได้กี่เมือง", LAST_TWO),
        ("which thai cities joined in the past five years", SINCE_2021),
        ("5 ปีที่ผ่านมาไทยเข้ากี่เมือง", SINCE_2021),
        ("ในรอบ 5 ปีที่ผ่านมามีเมืองไทยเข้ากี่เมือง", SINCE_2021),
        ("cities of the first two rounds", YearSpan(2016, 2017)),
        ("which thai cities joined two years ago", YearSpan(2024, 2024)),
        ("2 ปีที่แล้วเมืองไทยไหนเข้า", YearSpan(2024, 2024)),
        ("how many thai cities joined in the 2020s", YearSpan(2020, 2029)),
        ("ทศวรรษ 2560 มีเมืองไทยกี่เมือง", YearSpan(2017, 2026)),
    ],
)
def test_counted_years_are_read(engine: Engine, text: str, span: YearSpan) -> None:
    assert engine.read(text)[1].slots.filters.years == (span,)


@pytest.mark.parametrize(
    "text",
    ["the last 3 cities of thailand", "3 เมืองล่าสุดของไทย", "top 5 countries of the network", "first 2 thai cities"],
)
def test_other_numbers_count_no_years(engine: Engine, text: str) -> None:
    assert engine.read(text)[1].slots.filters.years == ()
