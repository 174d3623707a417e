"""When the engine, the network or Telegram fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.phrases import phrase

from .engine import StubEngine, reply_to
from .methods import Refusal
from .server import TOKEN, FakeTelegram
from .test_asking import texts
from .updates import GROUP, NOK, WITH_NOK

BAD_GATEWAY = Refusal(502, "Bad Gateway")


def test_an_error_is_answered_with_an_apology(
    telegram: FakeTelegram, engine: StubEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.failures = {"crash": RuntimeError("out of luck"), "พัง": RuntimeError("out of luck")}
    telegram.say("crash", WITH_NOK, NOK)
    telegram.say("พัง", WITH_NOK, NOK)
    telegram.say("better", WITH_NOK, NOK)
    assert texts(telegram.wait_sent(3)) == [phrase("apology", "en"), phrase("apology", "th"), "1: better"]
    assert sum("could not be handled" in record.message for record in caplog.records) == 2
    assert "RuntimeError: out of luck" in caplog.text


def test_an_error_is_owned_up_to_in_commands_and_buttons(telegram: FakeTelegram, engine: StubEngine) -> None:
    engine.failures = {phrase("cities", "en"): ValueError(), "crash": ValueError()}
    engine.replies["fine"] = reply_to("fine", suggestions=("crash",))
    telegram.say("/cities", GROUP)
    telegram.say("/ask fine", GROUP)
    _, answer = telegram.wait_sent(2)
    telegram.press(answer)
    assert texts(telegram.wait_sent(3)) == [phrase("apology", "en"), "fine", phrase("apology", "en")]


def test_an_error_is_owned_up_to_in_channels_and_as_a_guest(telegram: FakeTelegram, engine: StubEngine) -> None:
    engine.failures = {"crash": ValueError(), "พัง": ValueError()}
    telegram.post("/ask พัง")
    assert texts(telegram.wait_sent()) == [phrase("apology", "th")]
    assert telegram.summon("@LearningCitiesBot crash")["text"] == phrase("apology", "en")


def test_a_chat_that_cannot_be_written_to_does_not_matter(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    rights = Refusal(400, "Bad Request: not enough rights to send text messages to the chat")
    telegram.fail("sendMessage", Refusal(403, "Forbidden: bot was kicked from the supergroup chat"), rights)
    telegram.say("/ask one", GROUP)
    telegram.say("/ask two", GROUP)
    telegram.say("/ask three", GROUP)
    assert texts(telegram.wait_sent()) == ["3: three"]
    assert [record.levelname for record in caplog.records if record.name == "bot.errors"] == ["WARNING"] * 2


def test_telegrams_limits_are_waited_out_by_that_chat_alone(telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", Refusal(429, "Too Many Requests: retry after 1", retry_after=1))
    telegram.say("/ask slow", GROUP)
    telegram.wait(lambda: any(method == "sendMessage" for method, _ in telegram.calls), "the refusal")
    telegram.say("/ask next", GROUP)
    telegram.say("elsewhere")
    assert texts(telegram.wait_sent(3)) == ["1: elsewhere", "1: slow", "2: next"]


def test_a_hiccup_at_the_start_is_survived(
    server: FakeTelegram, run: Callable[[Any], Any], engine: StubEngine, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("getMe", BAD_GATEWAY)
    server.fail("deleteWebhook", BAD_GATEWAY)
    server.fail("setMyCommands", BAD_GATEWAY)
    run(engine)
    server.say("still here?")
    assert texts(server.wait_sent()) == ["1: still here?"]
    assert "Telegram cannot be reached (Bad Gateway)" in caplog.text


def test_polling_survives_errors_and_a_second_copy_is_named(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("getUpdates", Refusal(409, "Conflict: terminated by other getUpdates request"), BAD_GATEWAY)
    telegram.say("first")
    telegram.wait_sent()
    telegram.wait(lambda: not telegram._failures["getUpdates"], "the failures")
    telegram.say("second")
    assert texts(telegram.wait_sent(2)) == ["1: first", "2: second"]
    assert "Another copy of this bot is running" in caplog.text
    assert "No updates from Telegram (Bad Gateway)" in caplog.text


def test_the_token_is_in_no_record_of_our_own(
    telegram: FakeTelegram, engine: StubEngine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "bot"):
        engine.failures["crash"] = ValueError("nothing")
        telegram.say("crash")
        telegram.wait_sent()
    assert TOKEN not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
