"""Inline, in any chat, and as a guest: answers where the bot is no member."""

from __future__ import annotations

import pytest

from bot.phrases import examples, phrase

from .html import units
from .methods import Refusal
from .results import TOO_OLD
from .server import FakeTelegram
from .updates import ANN, BOT, GROUP, NOK, Json

NAME = f"@{BOT['username']}"


@pytest.mark.parametrize(
    ("typed", "person", "title", "said"),
    [
        ("หาดใหญ่", ANN, "หาดใหญ่ (Hat Yai)", "เข้าร่วมเครือข่ายเมื่อปี 2565 (2022)"),
        ("hat y", NOK, "Hat Yai (Thailand)", "joined the network in 2022."),
        ("which Thai cities joined in 2022?", NOK, "3 cities from Thailand", "• Sukhothai"),
        ("เมืองไทยไหนเข้าร่วมปี 65", ANN, "ปี 2565 (2022) มีเมืองจากประเทศไทย", "• สุโขทัย"),
        ("2022", NOK, "ปี 2565 (2022) มีเมืองเข้าร่วม 77 เมือง", "หาดใหญ่"),
        ("2022", ANN, "77 cities from 44 countries", "Hat Yai"),
    ],
)
def test_what_is_typed_is_answered(bot: FakeTelegram, typed: str, person: Json, title: str, said: str) -> None:
    answer = bot.type(typed, person)
    first = answer["results"][0]
    assert first["title"].startswith(title)
    assert said in first["text"]
    assert first["preview"] == {"is_disabled": True}
    assert [entity for entity in first["entities"] if entity["type"] == "text_link"]
    ((button,),) = first["reply_markup"]["inline_keyboard"]
    assert button["url"].startswith(f"https://t.me/{BOT['username']}?start=")
    assert (int(answer["cache_time"]), answer["is_personal"]) == (30, "true")


@pytest.mark.parametrize(("person", "language"), [(ANN, "en"), (NOK, "th")])
def test_nothing_typed_shows_examples_and_then_every_city(bot: FakeTelegram, person: Json, language: str) -> None:
    offset, titles = "", []
    for _ in range(30):
        page = bot.type("", person, offset)
        titles += [result["title"] for result in page["results"]]
        offset = page.get("next_offset", "")
        if not offset:
            break
    shown = examples("th" if language == "th" else "en")
    assert titles[: len(shown)] == list(shown)
    assert len(titles) == len(shown) + 245


def test_a_city_is_not_shown_twice(bot: FakeTelegram) -> None:
    results = bot.type("Hat Yai")["results"]
    assert [result["id"] for result in results].count("hat-yai") == 1


@pytest.mark.parametrize(
    ("typed", "hint"), [("zzzzz", "inline_none"), ("🏙", "inline_none"), ("Hat Yai", "inline_more")]
)
def test_the_way_to_the_bot_is_always_there(bot: FakeTelegram, typed: str, hint: str) -> None:
    answer = bot.type(typed)
    assert bool(answer["results"]) == (hint == "inline_more")
    assert answer["button"]["text"] == phrase(hint, "en")


@pytest.mark.parametrize("typed", ["' OR 1=1 --", "%", "\x00", "a" * 256, "๙" * 256, "\ud83d", "<b>", "-", "."])
def test_anything_may_be_typed(bot: FakeTelegram, typed: str) -> None:
    for offset in ("", "20", "-3", "x", "9" * 30):
        assert len(bot.type(typed, ANN, offset)["results"]) <= 50


def test_a_query_that_is_over_is_no_error(bot: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    bot.fail("answerInlineQuery", Refusal(400, f"Bad Request: {TOO_OLD}"))
    bot.push("inline_query", {"id": "1", "from": ANN, "query": "Hat", "offset": ""})
    bot.type("Hat Yai")
    assert [record for record in caplog.records if record.levelname != "INFO"] == []


@pytest.mark.parametrize(
    ("text", "person", "said"),
    [
        (f"{NAME} which Thai cities joined in 2022?", NOK, "3 cities from Thailand joined in 2022."),
        (f"{NAME} เมืองไทยไหนเข้าร่วมปี 65", ANN, "ปี 2565 (2022) มีเมืองจากประเทศไทยเข้าร่วม 3 เมือง"),
        (f"สวัสดี {NAME}", NOK, "สวัสดี"),
        (NAME, NOK, phrase("guest_hint", "th", bot=BOT["username"])),
        (NAME, ANN, phrase("guest_hint", "en", bot=BOT["username"])),
    ],
)
def test_a_guest_answers_where_it_is_mentioned(bot: FakeTelegram, text: str, person: Json, said: str) -> None:
    result = bot.summon(text, person=person)
    assert result["text"].startswith(said)
    assert result["title"]
    assert bot.sent == []


def test_a_guest_asked_in_reply_answers_that_message(bot: FakeTelegram) -> None:
    remark = {"message_id": 5, "date": 1, "chat": GROUP, "from": NOK, "text": "is Hat Yai a member?"}
    result = bot.summon(NAME, GROUP, ANN, reply_to_message=remark)
    assert result["text"].startswith("Yes, Hat Yai")


def test_a_guest_follows_the_conversation(bot: FakeTelegram) -> None:
    bot.summon(f"{NAME} which Thai cities joined in 2022?")
    assert bot.summon(f"{NAME} and Viet Nam?")["text"].startswith("1 city from Viet Nam joined in 2022.")


def test_a_guest_says_what_fits_into_one_message(bot: FakeTelegram) -> None:
    assert units(bot.summon(f"{NAME} all cities since 2016")["text"]) <= 4096
