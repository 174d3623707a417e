"""Commands, buttons, hints and greetings."""

from __future__ import annotations

import pytest

from bot.phrases import examples, phrase

from .engine import StubEngine, reply_to
from .server import FakeTelegram
from .test_asking import texts
from .updates import BOT, GROUP, NOK, WITH_NOK, Json

LONG = "เมืองอื่นในเอเชียแปซิฟิกที่เข้าร่วมในปีเดียวกัน"


@pytest.mark.parametrize("command", ["start", "help"])
def test_start_and_help_speak_the_persons_language(telegram: FakeTelegram, command: str) -> None:
    telegram.say(f"/{command}")
    telegram.say(f"/{command}", WITH_NOK, NOK)
    said = {message["chat"]["id"]: message for message in telegram.wait_sent(2)}
    assert said[11]["text"] == phrase(command, "en")
    assert said[12]["text"] == phrase(command, "th")
    assert labels(said[12]) == list(examples("th"))


def test_start_in_a_group_tells_how_to_ask_there(telegram: FakeTelegram) -> None:
    telegram.say("/start", GROUP)
    assert f"/ask@{BOT['username']}" in telegram.wait_sent()[0]["text"]


def test_cities_asks_for_the_best_known_list(telegram: FakeTelegram) -> None:
    telegram.say("/cities")
    telegram.say("/cities ประเทศไทย")
    assert texts(telegram.wait_sent(2)) == [
        "1: " + phrase("cities", "en"),
        "2: " + phrase("cities_about", "th", about="ประเทศไทย"),
    ]


def test_ask_without_a_question_gets_a_hint(telegram: FakeTelegram) -> None:
    telegram.say("/ask", WITH_NOK, NOK)
    telegram.say("@LearningCitiesBot", GROUP)
    assert sorted(texts(telegram.wait_sent(2))) == sorted([phrase("ask_hint", "th"), phrase("ask_hint", "en")])


def test_unknown_commands_are_answered_where_they_are_meant_for_the_bot(telegram: FakeTelegram) -> None:
    telegram.say("/weather")
    telegram.wait_sent()
    telegram.say("/weather", GROUP)
    telegram.say("/weather@LearningCitiesBot", GROUP)
    assert [(one["chat"]["id"], one["text"]) for one in telegram.wait_sent(2)] == [
        (11, phrase("unknown_command", "en")),
        (GROUP["id"], phrase("unknown_command", "en")),
    ]


def test_what_cannot_be_read_gets_a_hint_in_private(telegram: FakeTelegram) -> None:
    telegram.say(None, location={"latitude": 7.0, "longitude": 100.5})
    telegram.say(None, pinned_message=telegram.keep({"chat": {"id": 11, "type": "private"}}))
    telegram.say("last")
    assert texts(telegram.wait_sent(2)) == [phrase("no_text", "en"), "1: last"]


def test_a_button_is_answered_as_if_typed(telegram: FakeTelegram, engine: StubEngine) -> None:
    engine.replies["first"] = reply_to("answer", suggestions=(LONG, "# one", " ", "and 2024?", "x" * 30))
    telegram.say("first")
    (answer,) = telegram.wait_sent()
    assert labels(answer) == [LONG, "# one", "and 2024?", "👍", "👎"]
    for number, asked in enumerate([f"2: {LONG}", "3: # one", "4: and 2024?"]):
        telegram.press(answer, number)
        assert telegram.wait_sent(number + 2)[-1]["text"] == asked
    assert not telegram.queries


def test_a_button_in_a_group_is_answered_below_its_message(telegram: FakeTelegram, engine: StubEngine) -> None:
    engine.replies["first"] = reply_to("answer", suggestions=("and 2024?",))
    telegram.say("/ask first", GROUP)
    (answer,) = telegram.wait_sent()
    telegram.press(answer, 0, NOK)
    (_, second) = telegram.wait_sent(2)
    assert (second["text"], second["reply_to_message"]["message_id"]) == ("1: and 2024?", answer["message_id"])


def test_a_stale_button_says_so(telegram: FakeTelegram) -> None:
    telegram.say("first")
    (answer,) = telegram.wait_sent()
    telegram.press_data("#3", answer, NOK)
    telegram.wait(lambda: not telegram.queries, "the answer to the button")
    (call,) = [parameters for method, parameters in telegram.calls if method == "answerCallbackQuery"]
    assert call["text"] == phrase("stale_button", "th")
    assert len(telegram.sent) == 1


def test_a_button_pressed_long_ago_is_still_answered(telegram: FakeTelegram) -> None:
    telegram.say("first")
    (answer,) = telegram.wait_sent()
    telegram.press_data("second", answer)
    telegram.queries.clear()
    assert telegram.wait_sent(2)[1]["text"] == "2: second"


def labels(message: Json) -> list[str]:
    """Return what a message's buttons say."""
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]
