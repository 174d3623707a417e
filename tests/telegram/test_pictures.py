"""Maps and figures as pictures, each with a caption that says the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.pictures import raster

from .engine import StubEngine
from .html import units
from .methods import Refusal
from .server import FakeTelegram
from .test_buttons import ENGLISH, THAI, asked, pressed
from .updates import ANN, BOT, FORUM, Json, topic


def actions(bot: FakeTelegram) -> list[str]:
    """Return what the bot was seen doing."""
    return [parameters["action"] for method, parameters in bot.calls if method == "sendChatAction"]


@pytest.mark.parametrize(
    ("command", "where", "said"),
    [
        ("/map", ENGLISH, "425 cities in 91 countries"),
        ("/map", THAI, "425 เมืองใน 91 ประเทศ"),
        ("/map Thai cities", ENGLISH, "Thailand"),
        ("/map เมืองไทย", THAI, "ไทย"),
        ("/map 2022", ENGLISH, "2022"),
        ("/stats", ENGLISH, "425 cities in 91 countries"),
        ("/stats", THAI, "425 เมืองใน 91 ประเทศ"),
    ],
)
def test_a_command_sends_a_picture_with_its_words(
    bot: FakeTelegram, command: str, where: tuple[Json, Json], said: str
) -> None:
    picture = asked(bot, command, where)
    assert said in picture["caption"]
    assert units(picture["caption"]) <= 1024
    assert [one for one in picture["caption_entities"] if one["type"] == "text_link"]
    assert actions(bot) == ["upload_photo"]


@pytest.mark.parametrize(
    ("question", "where", "said"),
    [("which Thai cities joined in 2022?", ENGLISH, "3 cities"), ("เมืองไทยไหนเข้าร่วมปี 65", THAI, "3 เมือง")],
)
def test_a_list_leads_to_its_map(bot: FakeTelegram, question: str, where: tuple[Json, Json], said: str) -> None:
    answer = asked(bot, question, where)
    assert said in pressed(bot, answer, "🗺", where[1])["caption"]
    assert said in asked(bot, "/map", where)["caption"]
    assert actions(bot) == ["upload_photo"]  # what Telegram holds already is not drawn again
    assert len(bot.photos) == 1


def test_there_is_no_map_of_nothing(bot: FakeTelegram) -> None:
    assert "photo" not in asked(bot, "/map blorptown")
    assert not actions(bot)


def test_where_no_pictures_may_be_sent_there_are_words(bot: FakeTelegram) -> None:
    bot.fail("sendPhoto", Refusal(400, "Bad Request: not enough rights to send photos to the chat"))
    assert "425 cities" in asked(bot, "/stats")["text"]


def test_where_no_picture_can_be_drawn_there_are_words(bot: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise raster.DrawingError("no room for a process")

    monkeypatch.setattr(raster, "png", fail)
    assert "425 cities" in asked(bot, "/stats")["text"]


def test_a_picture_stays_in_its_topic(bot: FakeTelegram) -> None:
    bot.say(f"/stats@{BOT['username']}", FORUM, **topic(31))
    (picture,) = bot.wait_sent()
    assert picture["message_thread_id"] == 31
    assert "reply_to_message" in picture


def test_a_button_of_a_map_that_means_nothing_says_so(bot: FakeTelegram) -> None:
    message = asked(bot, "Hat Yai")
    bot.press_data("map:en:atlantis", message, ANN)
    bot.wait(lambda: not bot.queries, "the answer to the button")
    assert len(bot.sent) == 1


def test_other_chats_are_answered_while_a_picture_is_drawn(server: FakeTelegram, run: Callable[..., Any]) -> None:
    engine = StubEngine()
    run(engine)
    server.say("/stats")
    server.wait(lambda: "upload_photo" in actions(server), "the drawing to begin")
    assert engine.sketch.begun.wait(5)
    server.say("/ask meanwhile", THAI[0], THAI[1])
    assert server.wait_sent()[0]["text"] == "1: meanwhile"
    engine.sketch.go_on.set()
    assert server.wait_sent(2)[1]["caption"] == "figures"
