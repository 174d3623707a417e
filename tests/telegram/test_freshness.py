"""New fact bases while the bot answers in Telegram."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.floods import Floods
from bot.live import Live
from knowledge.build import build

from .conftest import Running
from .server import FakeTelegram
from .test_asking import texts
from .updates import ANN, WITH_ANN

RECORD = Path(__file__).parents[1] / "records" / "2031-uil-en.yaml"
QUESTION = "Which Thai cities joined in 2031? Which Lao cities joined in 2031?"
SWAPS = 3


@pytest.fixture
def facts(tmp_path: Path, facts_path: Path) -> Path:
    """A fact base in a folder of its own."""
    return Path(shutil.copy(facts_path, tmp_path / "facts.sqlite"))


def test_questions_are_answered_whole_while_fact_bases_change(
    server: FakeTelegram, run: Callable[..., Running], facts: Path
) -> None:
    run(Live.open(facts), floods=Floods(10_000))
    for number in range(SWAPS):
        grown = number % 2 == 0
        build(facts, added=[RECORD] if grown else [])
        deadline = time.monotonic() + 10
        while not server.sent or ("Udon Thani" in server.sent[-1]["text"]) != grown:
            assert time.monotonic() < deadline, "the new fact base was not taken"
            server.say(QUESTION)
            server.wait_sent(len(server.sent) + 1)
    said = set(texts(server.sent))
    assert len(said) == 2
    assert len([text for text in said if "Udon Thani" in text and "Pakse" in text]) == 1
    assert len([text for text in said if "Udon Thani" not in text and "Pakse" not in text]) == 1


def test_a_broken_fact_base_is_told_to_maintainers_once(
    server: FakeTelegram, run: Callable[..., Running], facts: Path
) -> None:
    server.chats.add(WITH_ANN["id"])
    run(Live.open(facts), maintainers=frozenset({ANN["id"], 99}))
    facts.write_bytes(b"somebody copied the wrong file" * 100)
    told = server.wait_sent()
    assert [one["chat"]["id"] for one in told] == [ANN["id"]]
    assert "A new fact base was refused" in told[0]["text"] and "is not a fact base" in told[0]["text"]
    server.say("Is Hat Yai a member?")
    assert server.wait_sent(2)[1]["text"].startswith("Yes, Hat Yai")
