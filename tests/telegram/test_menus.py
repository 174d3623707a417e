"""What Telegram shows of the bot, set in both languages and only when it has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import phrases
from bot.state import State

from .engine import StubEngine
from .methods import Refusal
from .server import FakeTelegram

SETTERS = {"setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"}


def calls(server: FakeTelegram) -> list[str]:
    """Return what was set so far."""
    return [method for method, _ in server.calls if method in SETTERS]


def test_everything_is_shown_in_both_languages(telegram: FakeTelegram) -> None:
    telegram.wait(lambda: len(telegram.commands) == 2 and len(telegram.shown) == 6, "two menus and two profiles")
    assert {code: [one["command"] for one in menu] for code, menu in telegram.commands.items()} == {
        "": list(phrases.commands("en")),
        "th": list(phrases.commands("th")),
    }
    assert telegram.shown == {
        (part, code): text for code, language in (("", "en"), ("th", "th")) for part, text in _about(language)
    }


def test_nothing_is_set_again_before_it_changes(
    server: FakeTelegram, run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(StubEngine(), State.open(tmp_path))
    server.wait(lambda: len(calls(server)) == 8, "eight settings")
    first.stop()
    server.calls.clear()
    about = phrases.about
    monkeypatch.setattr(phrases, "about", lambda language: {**about(language), "name": f"New {language}"})
    run(StubEngine(), State.open(tmp_path))
    server.wait(lambda: server.shown["name", ""] == "New en", "the new names")
    assert calls(server) == ["setMyName", "setMyName"]


def test_what_could_not_be_set_is_set_next_time(
    server: FakeTelegram, run: Callable[..., Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("setMyName", Refusal(429, "Too Many Requests: retry after 4000", retry_after=4000))
    first = run(StubEngine(), State.open(tmp_path))
    server.wait(lambda: len(calls(server)) == 8, "eight tries")
    server.say("still here?")
    server.wait_sent()
    first.stop()
    assert "could not be set (name:th)" in caplog.text
    server.calls.clear()
    run(StubEngine(), State.open(tmp_path))
    server.wait(lambda: ("name", "th") in server.shown, "the name")
    assert calls(server) == ["setMyName"]


def _about(language: Any) -> list[tuple[str, str]]:
    return list(phrases.about(language).items())
