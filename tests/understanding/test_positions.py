"""What is pointed at by its place in the list that was last shown."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from tests.judging import replies


@pytest.mark.parametrize(
    ("asked", "cities"),
    [
        (("which thai cities joined in 2022", "what kind of place is the second one"), ["Phayao"]),
        (("thai members 2020", "and the third of these?"), ["Phuket"]),
        (("moroccan cities 2024", "when did the last one join"), ["Fez"]),
        (("เมืองไทยปี 67", "อันสุดท้ายเข้าวันไหน"), ["Yala"]),
        (("เมืองไทยที่ได้ปี 65", "อันแรกอยู่จังหวัดอะไรคะ"), ["Hat Yai"]),
        (("เมืองไทยที่ได้ปี 65", "เมืองที่สองยื่นสมัครเมื่อไหร่"), ["Phayao"]),
    ],
)
def test_a_place_in_a_list_is_what_stands_there(engine: Engine, asked: tuple[str, ...], cities: list[str]) -> None:
    assert list(replies(engine, asked)[-1].cities) == cities


def test_a_place_in_a_ranking_is_a_country(engine: Engine) -> None:
    assert (
        "China has 15 cities" in replies(engine, ("which countries have the most members", "and the second?"))[-1].text
    )


@pytest.mark.parametrize(
    ("asked", "city"),
    [
        (("thai members", "the third", "and the fourth?"), "Phuket"),
        (("เมืองไทยปี 67", "อันที่สอง", "แล้วอันที่สามล่ะ"), "Yala"),
    ],
)
def test_a_list_stays_while_its_items_are_asked_about(engine: Engine, asked: tuple[str, ...], city: str) -> None:
    assert list(replies(engine, asked)[-1].cities) == [city]


def test_years_have_no_place_in_a_list_of_countries(engine: Engine) -> None:
    assert replies(engine, ("ยุโรปประเทศไหนเข้าก่อน", "อันที่สอง", "อันสุดท้าย"))[-1].text


def test_countries_that_tie_have_no_place(engine: Engine) -> None:
    first, second = replies(engine, ("which country had the most new cities in 2022", "and the second?"))
    assert "Kenya" in first.lead
    assert not second.text.startswith("Kenya")


def test_first_to_join_is_asked_of_time(engine: Engine) -> None:
    assert list(replies(engine, ("thai members", "which was first"))[-1].cities) == ["Chiang Rai"]
    assert "Rayong" in replies(engine, ("thai members", "and the last ones"))[-1].cities


def test_without_a_list_there_is_nothing_to_point_at(engine: Engine) -> None:
    assert replies(engine, ("the second one?",))[-1].outcome != "answered"


def test_what_was_shown_last_is_what_is_pointed_into(engine: Engine) -> None:
    asked = ("top 5 countries by members", "which Thai cities joined in 2022?", "the second one")
    assert list(replies(engine, asked)[-1].cities) == ["Phayao"]


def test_a_goal_or_an_announcement_is_no_place_in_a_list(engine: Engine) -> None:
    assert not replies(engine, ("which thai cities joined in 2022", "what is the third goal about?"))[-1].cities
