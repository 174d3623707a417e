"""What a message names: exclusions, first letters, goals, organisations, and rounds named by their number."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import Engine
from bot.understanding.slots import Slots
from knowledge.model import Filters, YearSpan

Y2022 = (YearSpan(2022, 2022),)
ASIA = frozenset({"asia-pacific"})


def slots_of(engine: Engine, text: str) -> Slots:
    """Return the slots of `text`."""
    return engine.read(text)[1].slots


def filters(**fields: Any) -> Filters:
    """Return filters, with sets written as strings that hold several ids."""
    given: dict[str, Any] = {
        name: frozenset(value.split()) if isinstance(value, str) else value for name, value in fields.items()
    }
    return Filters(**given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("asian cities", filters(regions=ASIA)),
        ("asian cities except china", filters(regions=ASIA, not_countries="CN")),
        ("asian cities except china and india", filters(regions=ASIA, not_countries="CN IN")),
        ("cities not in china or india in 2022", filters(years=Y2022, not_countries="CN IN")),
        ("without korea how many cities in asia", filters(regions=ASIA, not_countries="KR")),
        ("cities in asia except china, and in africa", filters(regions="africa asia-pacific", not_countries="CN")),
        ("except thailand which country has most in asean", filters(regions="asean", not_countries="TH")),
        ("2022 except thailand", filters(years=Y2022, not_countries="TH")),
        ("thai cities other than bangkok", filters(countries="TH", not_places="bangkok")),
        ("cities besides hat yai and phayao", filters(not_places="hat-yai phayao")),
        ("cities outside europe", filters(not_regions="europe")),
        ("เมืองไทยยกเว้นกรุงเทพ", filters(countries="TH", not_places="bangkok")),
        ("เมืองในเอเชียไม่รวมจีนกับอินเดีย", filters(regions=ASIA, not_countries="CN IN")),
        ("ยกเว้นไทย ประเทศไหนมากสุดในอาเซียน", filters(regions="asean", not_countries="TH")),
        ("เมืองที่ไม่ใช่ไทยปี 65", filters(years=Y2022, not_countries="TH")),
    ],
)
def test_exclusion_reaches_as_far_as_it_is_meant(engine: Engine, text: str, expected: Filters) -> None:
    assert slots_of(engine, text).filters == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thailand and Korea", filters(countries="TH KR")),
        ("ASEAN cities", filters(regions="asean")),
        ("cities in asia and the pacific", filters(regions=ASIA)),
        ("is chiang mai or chiang rai a member", filters(places=("chiang-mai", "chiang-rai"))),
        ("sukhothai thailand", filters(countries="TH", places=("sukhothai",))),
        ("georgia", filters(countries="GE")),
        ("is singapore a member", filters(countries="SG")),
        ("เมืองในจอร์เจีย", filters(countries="GE")),
        ("จังหวัดเลย", filters(places=("loei-th",))),
        ("เมืองตาก", filters(places=("tak",))),
        ("จังหวัดน่าน", filters(places=("nan-th",))),
        ("ฉันเลยไม่ได้ไป", filters()),
    ],
)
def test_names(engine: Engine, text: str, expected: Filters) -> None:
    assert slots_of(engine, text).filters == expected


@pytest.mark.parametrize(
    ("text", "initial"),
    [
        ("cities starting with H", "h"),
        ("cities starting with ch", "ch"),
        ("cities whose name starts with B in 2022", "b"),
        ("thai cities beginning with p", "p"),
        ("which cities start with the letter K", "k"),
        ("เมืองที่ขึ้นต้นด้วย พ", "พ"),
        ("เมืองขึ้นต้นด้วยตัว ส", "ส"),
        ("เมืองที่ขึ้นต้นด้วย K", "k"),
        ("cities of 2022", None),
        ("เมืองไทยปี 65", None),
    ],
)
def test_first_letters(engine: Engine, text: str, initial: str | None) -> None:
    assert slots_of(engine, text).filters.initial == initial


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("SDG 4", {4}),
        ("sdg4", {4}),
        ("SDG 4 and 11", {4, 11}),
        ("SDG 4 in 2022", {4}),
        ("what is goal 11", {11}),
        ("เป้าหมายที่ 11", {11}),
        ("sdg ข้อ 4 กับ 11", {4, 11}),
        ("goal 18", set()),
        ("SDG 0", set()),
        ("4 cities", set()),
    ],
)
def test_goals(engine: Engine, text: str, goals: set[int]) -> None:
    assert slots_of(engine, text).goals == goals


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("what did UIL and TK Park do", ("uil", "tk-park")),
        ("what did the UNESCO Institute for Lifelong Learning do", ("uil",)),
        ("unesco bangkok", ("unesco-bangkok",)),
        ("PMU-A", ("pmu-a",)),
        ("บพท. กับ กสศ. ทำอะไร", ("pmu-a", "eef")),
        ("ยูเนสโก กรุงเทพฯ ช่วยอะไร", ("unesco-bangkok",)),
        ("ทีเคพาร์คกับทีเคพาร์ค", ("tk-park",)),
        ("cities of thailand", ()),
    ],
)
def test_organisations(engine: Engine, text: str, organisations: tuple[str, ...]) -> None:
    slots = slots_of(engine, text)
    assert slots.organisations == organisations
    assert "bangkok" not in slots.filters.places


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("the 77 cities", 2022),
        ("who are the 55", 2020),
        ("the 54 cities", 2020),
        ("64 cities", 2024),
        ("how many of the 77 are thai", 2022),
        ("เมืองทั้ง 77 มีประเทศไหนบ้าง", 2022),
        ("seventy-seven cities", 2022),
    ],
)
def test_round_is_named_by_its_number_of_cities(engine: Engine, text: str, year: int) -> None:
    slots = slots_of(engine, text)
    assert slots.filters.years == (YearSpan(year, year),)
    assert slots.of_round and slots.number is None


@pytest.mark.parametrize("text", ["the 77 cities of 2022", "which of the 77 joined in 2022"])
def test_year_that_is_said_counts_more_than_a_number(engine: Engine, text: str) -> None:
    slots = slots_of(engine, text)
    assert slots.filters.years == Y2022 and not slots.of_round


@pytest.mark.parametrize(
    ("text", "number"), [("more than 5 cities", 5), ("exactly 3 cities in 2022", 3), ("อย่างน้อย 2 เมือง", 2)]
)
def test_other_numbers(engine: Engine, text: str, number: int) -> None:
    assert slots_of(engine, text).number == number
