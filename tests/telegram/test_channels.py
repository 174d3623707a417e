"""Channels: nobody in particular writes there, and commands arrive as any other post."""

from __future__ import annotations

import pytest

from bot.phrases import phrase

from .server import FakeTelegram
from .test_asking import texts
from .updates import CHANNEL, GROUP

NAME = "@LearningCitiesBot"


@pytest.mark.parametrize(
    ("post", "asked"),
    [
        (f"{NAME} which cities?", "which cities?"),
        (f"ถาม {NAME} เมืองไหนบ้าง", "ถาม เมืองไหนบ้าง"),
        ("/ask which cities?", "which cities?"),
        (f"/ask{NAME} เมืองไหนบ้าง", "เมืองไหนบ้าง"),
        ("/cities ประเทศไทย", phrase("cities_about", "th", about="ประเทศไทย")),
    ],
)
def test_a_post_that_calls_the_bot_is_answered_below_it(telegram: FakeTelegram, post: str, asked: str) -> None:
    written = telegram.post(post)
    (answer,) = telegram.wait_sent()
    assert answer["text"] == f"1: {asked}"
    assert answer["chat"]["id"] == CHANNEL["id"]
    assert answer["reply_to_message"]["message_id"] == written["message_id"]


@pytest.mark.parametrize(
    "post", ["News: Hat Yai joined!", "ข่าววันนี้", "/start", "/weather", "/ask@OtherCitiesBot which?", "/privacy"]
)
def test_other_posts_are_left_alone(telegram: FakeTelegram, post: str) -> None:
    telegram.post(post)
    telegram.post(f"{NAME} asked")
    assert texts(telegram.wait_sent()) == ["1: asked"]


def test_a_post_is_not_answered_again_in_the_linked_group(telegram: FakeTelegram) -> None:
    post = telegram.post(f"{NAME} which cities?")
    telegram.say(post["text"], GROUP, sender_chat=CHANNEL, is_automatic_forward=True)
    telegram.say("/ask asked", GROUP)
    assert sorted(texts(telegram.wait_sent(2))) == ["1: asked", "1: which cities?"]


def test_an_empty_call_gets_a_hint(telegram: FakeTelegram) -> None:
    telegram.post("/ask")
    assert texts(telegram.wait_sent()) == [phrase("ask_hint", "en")]
