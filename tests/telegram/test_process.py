"""The bot as a process of its own: exit codes, what it prints, and how it stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.phrases import phrase

from .methods import Refusal
from .server import TOKEN, FakeTelegram

ROOT = Path(__file__).parents[2]
WRONG = TOKEN[:-4] + "oops"
PROGRAM = """
import sys
from bot.app import run
from bot.settings import Settings
from tests.telegram.engine import StubEngine
engine = StubEngine()
engine.failures["crash"] = RuntimeError("no luck with https://example.org/bot" + sys.argv[1] + "/getMe")
sys.exit(run(Settings.read(), engine))
"""

STARTED: list[subprocess.Popen[str]] = []


def start(
    server: FakeTelegram,
    level: str,
    token: str = TOKEN,
    state: Path | None = None,
    program: str = PROGRAM,
    **more: str,
) -> subprocess.Popen[str]:
    """Start the bot as a process."""
    environment = {
        **os.environ,
        "TELEGRAM_TOKEN": token,
        "TELEGRAM_API_BASE_URL": server.base_url,
        "LOG_LEVEL": level,
        **({"LEARNING_CITIES_STATE": str(state)} if state else {}),
        **more,
    }
    command = [sys.executable, "-c", program, token]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    STARTED.append(process)
    return process


@pytest.fixture
def output() -> Callable[[subprocess.Popen[str]], str]:
    """Wait for a process to end and return what it printed."""

    def read(process: subprocess.Popen[str]) -> str:
        try:
            return process.communicate(timeout=20)[0]
        finally:
            process.kill()

    return read


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "ERROR"])
def test_a_wrong_token_is_one_clear_line(
    server: FakeTelegram, output: Callable[[subprocess.Popen[str]], str], level: str
) -> None:
    process = start(server, level, WRONG)
    printed = output(process)
    assert process.returncode == 1
    assert WRONG not in printed
    assert WRONG.partition(":")[2] not in printed
    assert [line for line in printed.splitlines() if "TELEGRAM_TOKEN" in line] == [
        "TELEGRAM_TOKEN was rejected by Telegram: copy it again from @BotFather"
    ]
    if level != "DEBUG":
        assert len(printed.splitlines()) == 1


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_the_token_is_never_printed(
    server: FakeTelegram, output: Callable[[subprocess.Popen[str]], str], level: str
) -> None:
    process = start(server, level)
    server.say("crash")
    server.say("works")
    server.wait_sent(2)
    process.send_signal(signal.SIGTERM)
    printed = output(process)
    assert process.returncode == 0
    assert TOKEN.partition(":")[2] not in printed
    assert "RuntimeError: no luck with https://example.org/bot<token>/getMe" in printed
    assert "Answering as @LearningCitiesBot" in printed


def test_what_was_fixed_outlives_a_kill(server: FakeTelegram, output: Callable[[subprocess.Popen[str]], str]) -> None:
    first = start(server, "INFO")
    server.say("/language")
    server.press_labelled(server.wait_sent()[0], "ไทย")
    server.wait(lambda: server.edits == 1, "the confirmation")
    first.kill()
    output(first)
    second = start(server, "INFO")
    server.say("/privacy")
    assert server.wait_sent(2)[1]["text"] == phrase("privacy", "th")
    second.send_signal(signal.SIGTERM)
    output(second)
    assert second.returncode == 0


def test_it_answers_without_a_directory_to_write_to(
    server: FakeTelegram,
    output: Callable[[subprocess.Popen[str]], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LEARNING_CITIES_STATE", str(tmp_path / "file" / "below"))
    process = start(server, "INFO")
    server.say("one")
    server.wait_sent()
    process.send_signal(signal.SIGTERM)
    assert output(process).count("cannot be written") == 2  # the state and the inbox, once each
    assert process.returncode == 0


def test_it_stops_while_telegram_is_out_of_reach(
    server: FakeTelegram, output: Callable[[subprocess.Popen[str]], str]
) -> None:
    server.fail("getMe", *[Refusal(502, "Bad Gateway")] * 20)
    process = start(server, "INFO")
    server.wait(lambda: bool(server.calls), "the first call")
    process.send_signal(signal.SIGTERM)
    output(process)
    assert process.returncode == 0
