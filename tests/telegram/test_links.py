"""Links that open the bot at a city, a country or a year."""

from __future__ import annotations

import pytest

from bot.phrases import phrase

from .server import FakeTelegram
from .updates import ANN, BOT, GROUP, NOK, WITH_ANN, WITH_NOK, Json

THAI, ENGLISH = (WITH_NOK, NOK), (WITH_ANN, ANN)


@pytest.mark.parametrize(
    ("payload", "where", "shown"),
    [
        ("hat-yai", ENGLISH, "Hat Yai, a municipality"),
        ("hat-yai", THAI, "หาดใหญ่ (Hat Yai) เป็นเทศบาล"),
        ("TH", ENGLISH, "13 cities from Thailand"),
        ("th", THAI, "เมืองสมาชิกจากประเทศไทยมี 13 เมือง"),
        ("2022", ENGLISH, "77 cities from 44 countries joined in 2022."),
        ("2565", THAI, "ปี 2565 (2022) มีเมืองเข้าร่วม 77 เมือง"),
        ("TH_2022", ENGLISH, "3 cities from Thailand joined in 2022."),
        ("asia-pacific_2022", THAI, "ปี 2565 (2022) มีเมืองในเอเชียและแปซิฟิกเข้าร่วม 13 เมือง"),
    ],
)
def test_a_link_opens_its_answer(bot: FakeTelegram, payload: str, where: tuple[Json, Json], shown: str) -> None:
    bot.say(f"/start {payload}", *where)
    assert bot.wait_sent()[0]["text"].startswith(shown)


@pytest.mark.parametrize(
    "payload", ["", "start", "atlantis", "ZZ", "1789", "hat yai", "x" * 64, "x" * 70, "<b>", "หาดใหญ่"]
)
@pytest.mark.parametrize(("where", "language"), [(ENGLISH, "en"), (THAI, "th")])
def test_a_wrong_link_is_an_ordinary_start(
    bot: FakeTelegram, payload: str, where: tuple[Json, Json], language: str
) -> None:
    bot.say(f"/start {payload}".strip(), *where)
    text = bot.wait_sent()[0]["text"]
    assert text == phrase("start", "th" if language == "th" else "en") or payload == "1789"
    assert "1789" not in payload or "1789" in text or "2332" in text


def test_a_link_into_a_group_tells_how_to_ask_there(bot: FakeTelegram) -> None:
    bot.say(f"/start@{BOT['username']} hat-yai", GROUP)
    assert f"/ask@{BOT['username']}" in bot.wait_sent()[0]["text"]
