"""Words that mean another thing by where they stand: verbs that deny, "help" that only asks, names nobody knows."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from tests.judging import replies

ARAB = {"Fayoum", "Ifrane", "Marrakech", "Yanbu Industrial City", "Ras Al Khaimah", "Sharjah"}


@pytest.mark.parametrize(
    ("asked", "cities"),
    [
        ("which Arab cities of 2022 aren't from Qatar", ARAB),
        ("the 9 arab cities of 2022 that did not come from qatar", ARAB),
        ("Arab 2022 but i don't need Qatar", ARAB),
        (
            "Asian cities of 2022 that are neither Thai nor Indian nor Korean",
            {"Canning", "Guangzhou", "Hamedan", "Cao Lãnh"},
        ),
        ("เมืองแอฟริกาปี 2567 ที่ไม่ได้มาจากแคเมอรูน", {"Gagnoa", "São Filipe", "Dakar", "Chinhoyi"}),
        ("Which Thai members haven't joined before 2024", {"Bangkok", "Khon Kaen", "Yala", "Rayong", "Satun", "Tak"}),
        ("Korean members in 2020 without Busan", {"Gongju", "Songpa-gu (Seoul)"}),
    ],
)
def test_a_verb_that_denies_leaves_out(engine: Engine, asked: str, cities: set[str]) -> None:
    reply = replies(engine, (asked,))[-1]
    assert (set(reply.cities), reply.text.startswith(("Yes", "Not", "ใช่", "ไม่ใช่"))) == (cities, False)


def test_the_same_verb_in_front_asks(engine: Engine) -> None:
    assert replies(engine, ("isn't Phuket in the network?",))[-1].text.startswith("Yes, Phuket")


@pytest.mark.parametrize("asked", ["ช่วย list เมืองไทยปี 2024 หน่อย", "ช่วยหาเมืองไทยปี 67 ให้ที"])
def test_help_in_a_request_is_politeness(engine: Engine, asked: str) -> None:
    assert list(replies(engine, (asked,))[-1].cities) == ["Bangkok", "Khon Kaen", "Yala"]


@pytest.mark.parametrize("asked", ["is Zzyzxburg a member", "is Qwertytown a unesco learning city?"])
def test_a_name_nobody_knows_is_said_to_be_unknown(engine: Engine, asked: str) -> None:
    reply = replies(engine, (asked,))[-1]
    assert (reply.outcome, reply.intent) == ("unknown", "check")


@pytest.mark.parametrize("asked", ["is my landlord a member of the golf club", "did Zzyzx join the band"])
def test_members_of_other_things_are_not_ours(engine: Engine, asked: str) -> None:
    assert replies(engine, (asked,))[-1].outcome == "off_topic"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("did Thailand or Vietnam get more in 2020 and 2024", ["2 more", "Thailand: 6", "Viet Nam: 4"]),
        ("Kenya in 2022 or Cameroon in 2024, which is bigger", ["2022: 3 cities", "2024: 3 cities"]),
        ("ไทยกับเวียดนาม ปี 63 กับ 67 ใครได้มากกว่า", ["ประเทศไทย 6 เมือง", "ประเทศเวียดนาม 4 เมือง"]),
    ],
)
def test_countries_are_compared_over_years_each_for_itself(engine: Engine, asked: str, said: list[str]) -> None:
    text = replies(engine, (asked,))[-1].text
    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("356 cities after 2024?", "356 cities"),
        ("76 countries in 2024?", "79 countries"),
        ("of the 3 Thai cities of 2022 without Phayao, which joined", "2 cities"),
    ],
)
def test_a_number_that_is_right_of_something_is_not_denied(engine: Engine, asked: str, said: str) -> None:
    text = replies(engine, (asked,))[-1].text
    assert said in text and not text.startswith("Not ")


def test_the_latest_is_told_with_what_may_have_come_later(engine: Engine) -> None:
    indian, thai = (replies(engine, (f"the latest {of} city",))[-1].text for of in ("Indian", "Thai"))
    assert "later one may be missing" in indian and "may be missing" not in thai


def test_the_most_of_names_held_in_part_is_said_to_be_that(engine: Engine) -> None:
    assert "by the names our sources hold" in replies(engine, ("which European country has the most",))[-1].text


def test_what_is_asked_for_a_purpose_is_asked_without_it(engine: Engine) -> None:
    asked = "names of the thai places that got in with the 2022 batch, writing the mayor's speech now"
    assert set(replies(engine, (asked,))[-1].cities) == {"Hat Yai", "Phayao", "Sukhothai"}


def test_a_name_on_the_other_layout_is_read_among_words_that_are_right(engine: Engine) -> None:
    assert list(replies(engine, ("is l6F-myp a member of the network",))[-1].cities) == ["Sukhothai"]


@pytest.mark.parametrize(
    ("asked", "cities"),
    [
        (("ปี 2022 ไทยมีเมืองไหน", "แล้วเกาหลีรอบต่อไปล่ะ"), {"Buan", "Hanam", "Seo-gu (Gwangju)"}),
        (("vietnam 2024", "and Thailand the round before?"), {"Hat Yai", "Phayao", "Sukhothai"}),
        (("บอนน์เข้าปีไหน", "เมืองอื่นในประเทศนั้น"), {"Gelsenkirchen", "Hamburg", "Dresden"}),
        (("was sukhothai in the 2022 group?", "who are the other two from the same country"), {"Hat Yai", "Phayao"}),
        (("who joined in the same year as Chiang Mai from the same country",), {"Chachoengsao", "Phuket"}),
        (("which country is Nilambur in?", "how many did they get in 2022"), {"Nilambur", "Thrissur", "Warangal"}),
    ],
)
def test_a_follow_up_takes_the_country_and_the_round_it_says(
    engine: Engine, asked: tuple[str, ...], cities: set[str]
) -> None:
    assert set(replies(engine, asked)[-1].cities) == cities


def test_without_leaves_out_even_what_was_just_named(engine: Engine) -> None:
    togolese = set(replies(engine, ("Togo 2022",))[-1].cities)
    assert set(replies(engine, ("Kenya 2022", "and Togo", "without Kenya"))[-1].cities) == togolese


def test_years_left_out_add_up(engine: Engine) -> None:
    left = {"Chiang Rai", "Chachoengsao", "Chiang Mai", "Phuket", "Hat Yai", "Phayao", "Sukhothai"}
    assert set(replies(engine, ("ไทยมีกี่เมือง", "ไม่รวมปี 2025", "แล้วไม่รวมปี 2024 ด้วย"))[-1].cities) == left
