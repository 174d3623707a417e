"""Years, as people write them. The clock of the engine stands in 2026."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.slots import Slots
from knowledge.model import YearSpan
from tests.conftest import TODAY


def slots_of(engine: Engine, text: str) -> Slots:
    """Return the slots of `text`."""
    return engine.read(text)[1].slots


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("which cities joined in 2022", 2022),
        ("which cities joined in 2565", 2022),
        ("cities of B.E. 2565", 2022),
        ("cities of the year 2019", 2019),
        ("thai cities '22", 2022),
        ("cities of ’19", 2019),
        ("cities in year 19", 2019),
        ("thai cities 22", 2022),
        ("cities in twenty twenty-two", 2022),
        ("เมืองปี 2565", 2022),
        ("เมืองปี 2022", 2022),
        ("เมืองปี ๒๕๖๕", 2022),
        ("๒๕๖๕ เมืองไหน", 2022),
        ("เมืองพ.ศ. 2562", 2019),
        ("เมือง ค.ศ. 2019", 2019),
        ("เมืองปี 65", 2022),
        ("เมืองปี65", 2022),
        ("เมืองปี ๖๕", 2022),
        ("เมือง 65 มีที่ไหนบ้าง", 2022),
        ("65 เมืองไหนบ้าง", 2022),
        ("เมืองปี 19", 2019),
        ("เมืองปีหกห้า", 2022),
        ("เมืองปีสองพันห้าร้อยหกสิบห้า", 2022),
        ("cities of 1999", 1999),
        ("cities of 2031", 2031),
        ("cities this year", TODAY.year),
        ("cities last year", TODAY.year - 1),
        ("เมืองปีนี้", TODAY.year),
        ("เมืองปีที่แล้ว", TODAY.year - 1),
    ],
)
def test_single_year(engine: Engine, text: str, year: int) -> None:
    assert slots_of(engine, text).filters.years == (YearSpan(year, year),)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("cities since 2020", 2020, None),
        ("cities 2020 onwards", 2020, None),
        ("cities after 2020", 2021, None),
        ("cities before 2020", None, 2019),
        ("cities until 2020", None, 2020),
        ("cities up to 2019", None, 2019),
        ("cities since last year", 2025, None),
        ("cities between 2019 and 2022", 2019, 2022),
        ("cities between 2562 and 2565", 2019, 2022),
        ("cities from 2019 to 2022", 2019, 2022),
        ("cities from 2019 until 2022", 2019, 2022),
        ("เมืองตั้งแต่ปี 2563", 2020, None),
        ("เมืองปี 2563 เป็นต้นมา", 2020, None),
        ("เมืองหลังปี 2563", 2021, None),
        ("เมืองก่อนปี 63", None, 2019),
        ("เมืองตั้งแต่ปี 62 ถึง 65", 2019, 2022),
        ("เมืองระหว่างปี 2562 กับ 2565", 2019, 2022),
    ],
)
def test_several_years_running(engine: Engine, text: str, first: int | None, last: int | None) -> None:
    assert slots_of(engine, text).filters.years == (YearSpan(first, last),)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("cities in 2019 and 2022", [2019, 2022]),
        ("cities in 2019 or 2022", [2019, 2022]),
        ("first of 2022, then 2024", [2022, 2024]),
        ("year 65 or 67", [2022, 2024]),
        ("เมืองปี 62 และ 65", [2019, 2022]),
        ("ปี 2563 หรือ 65", [2020, 2022]),
    ],
)
def test_several_years_apart(engine: Engine, text: str, years: list[int]) -> None:
    assert [span.single for span in slots_of(engine, text).filters.years] == years


@pytest.mark.parametrize(
    "text",
    [
        "cities except 2022",
        "cities not in 2022",
        "all but 2022",
        "members in all years except 2022",
        "เมืองยกเว้นปี 65",
        "เมืองทั้งหมดยกเว้นปี 2565",
        "เมืองไม่ใช่ปี 2565",
    ],
)
def test_excluded_year(engine: Engine, text: str) -> None:
    filters = slots_of(engine, text).filters
    assert (filters.years, set(filters.not_years)) == ((), {2022})


@pytest.mark.parametrize(
    "text",
    [
        "13 cities",
        "which 13 cities joined",
        "13 เมือง",
        "65 cities",
        "65 เมือง",
        "20 cities from korea",
        "more than 22 cities",
        "at least 20 members",
        "how many 24",
        "sdg 22",
        "17 goals",
        "cities of 3000",
        "cities 99",
        "cities 12345",
    ],
)
def test_other_numbers_are_no_years(engine: Engine, text: str) -> None:
    assert slots_of(engine, text).filters.years == ()
