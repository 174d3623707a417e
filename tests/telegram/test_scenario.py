"""The whole way: `python -m bot` in Telegram, from a question to its sourced answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .server import TOKEN, FakeTelegram
from .updates import ANN, GROUP, NOK, WITH_ANN, WITH_NOK, Json

pytest.importorskip("bot.conversation")
pytest.importorskip("bot.__main__")

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@pytest.fixture(scope="module")
def telegram(facts_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeTelegram]:
    """The stand-in for Telegram, with the bot's own process polling it."""
    server = FakeTelegram()
    address = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": server.base_url}
    address["LEARNING_CITIES_DATA"] = str(facts_path.parent)
    address["LEARNING_CITIES_STATE"] = str(tmp_path_factory.mktemp("state"))
    process = subprocess.Popen([sys.executable, "-m", "bot"], cwd=ROOT, env={**os.environ, **address})
    try:
        with server.changed:
            assert server.changed.wait_for(lambda: server.polls > 0, PATIENCE)
        yield server
    finally:
        process.terminate()
        assert process.wait(20) == 0
        server.close()


def asked(telegram: FakeTelegram, text: str, chat: Json, person: Json) -> Json:
    """Return the one answer to a question."""
    before = len(telegram.sent)
    telegram.say(text, chat, person)
    (answer,) = telegram.wait_sent(before + 1)[before:]
    return answer


def sources(answer: Json) -> list[str]:
    """Return where an answer's links lead."""
    return [entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"]


def test_a_private_question_in_english(telegram: FakeTelegram) -> None:
    answer = asked(telegram, "which Thai cities joined in 2022?", WITH_ANN, ANN)
    assert [name in answer["text"] for name in ("Hat Yai", "Phayao", "Sukhothai", "Chiang Mai")] == [True] * 3 + [False]
    assert "Source: " in answer["text"]
    assert sources(answer)[0].startswith("https://")


def test_a_private_question_in_thai(telegram: FakeTelegram) -> None:
    answer = asked(telegram, "เมืองไทยไหนเข้าร่วมปี 65 บ้างคะ", WITH_NOK, NOK)
    assert [name in answer["text"] for name in ("หาดใหญ่", "พะเยา", "สุโขทัย", "เชียงใหม่")] == [True] * 3 + [False]
    assert "ที่มา: " in answer["text"]
    assert sources(answer)


def test_a_group_is_answered_only_when_it_calls_the_bot(telegram: FakeTelegram) -> None:
    telegram.say("which Thai cities joined in 2022?", GROUP, NOK)
    answer = asked(telegram, "@LearningCitiesBot and which Korean cities joined in 2022?", GROUP, ANN)
    assert "Sejong" in answer["text"]


def test_markup_in_a_question_is_not_taken_over(telegram: FakeTelegram) -> None:
    answer = asked(telegram, "is <b>Atlantis</b> & <a href='https://example.org'>co</a> a member?", WITH_ANN, ANN)
    assert "https://example.org" not in sources(answer)
    assert "bold" not in [entity["type"] for entity in answer["entities"]]


@pytest.mark.parametrize(
    "text", [" ", "🏙🏙🏙", "a" * 4096, "๙" * 4096, "\u0e34" * 4096, "\u202e\u0007\x00", "\ud83d", "'; --"]
)
def test_nonsense_gets_an_ordinary_reply(telegram: FakeTelegram, text: str) -> None:
    answer = asked(telegram, text, WITH_ANN, ANN)
    assert answer["text"]


@pytest.mark.parametrize("command", ["/start", "/help", "/cities", "/ask is Hat Yai a member?"])
def test_every_command_is_answered(telegram: FakeTelegram, command: str) -> None:
    assert asked(telegram, command, WITH_ANN, ANN)["text"]


def test_buttons_lead_on(telegram: FakeTelegram) -> None:
    answer = asked(telegram, "which Thai cities joined in 2022?", WITH_ANN, ANN)
    before = len(telegram.sent)
    telegram.press(answer)
    assert telegram.wait_sent(before + 1)[before]["text"]
