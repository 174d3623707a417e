"""A chat that asks more than people can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.floods import Floods
from bot.phrases import phrase

from .engine import StubEngine
from .server import FakeTelegram
from .test_asking import texts
from .updates import ANN, GROUP, NOK, WITH_ANN, WITH_NOK, Json


@pytest.mark.parametrize(
    ("chat", "person", "language"), [(WITH_ANN, ANN, "en"), (WITH_NOK, NOK, "th"), (GROUP, NOK, "th")]
)
def test_a_flood_gets_one_polite_notice(
    server: FakeTelegram, run: Callable[..., Any], chat: Json, person: Json, language: Any
) -> None:
    run(StubEngine(), None, Floods(2, 1e9))
    for number in range(6):
        server.say(f"/ask {number}", chat, person)
    server.say("/ask elsewhere", {**WITH_ANN, "id": 99})
    server.wait(lambda: any(one["chat"]["id"] == 99 for one in server.sent), "the other chat")
    server.wait(lambda: len(server.sent) == 4, "the notice")
    there = texts([one for one in server.sent if one["chat"]["id"] == chat["id"]])
    assert there == ["1: 0", "2: 1", phrase("too_fast", language)]


def test_a_flood_of_buttons_and_edits_is_one_too(server: FakeTelegram, run: Callable[..., Any]) -> None:
    run(StubEngine(), None, Floods(2, 1e9))
    question = server.say("one")
    (answer,) = server.wait_sent()
    server.press_data("two", answer)
    server.press_data("three", answer)
    server.edit(question, "four")
    assert texts(server.wait_sent(3)) == ["1: one", "2: two", phrase("too_fast", "en")]


@pytest.mark.parametrize("text", ["/help", "/start", "/privacy", "/nonsense", "/language", "/ask"])
def test_a_flood_of_commands_is_one_too(server: FakeTelegram, run: Callable[..., Any], text: str) -> None:
    run(StubEngine(), None, Floods(1, 1e9))
    for _ in range(4):
        server.say(text)
    server.say("/ask elsewhere", {**WITH_ANN, "id": 99})
    server.wait(lambda: len(server.sent) == 3, "an answer, a notice, and another chat")
    assert phrase("too_fast", "en") in texts(server.sent)


def test_people_talking_among_themselves_are_no_flood(server: FakeTelegram, run: Callable[..., Any]) -> None:
    run(StubEngine(), None, Floods(1, 1e9))
    for number in range(5):
        server.say(f"chatter {number}", GROUP)
    server.say("/ask asked", GROUP)
    assert texts(server.wait_sent()) == ["1: asked"]
