"""The environment: what is read, and one clear line per mistake."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.settings import VARIABLES, Settings, SettingsError, read_file

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz_-01234"
SECRET = "A-secret_of_33_letters_and_figures"


def test_everything_has_a_default() -> None:
    assert Settings.read({}) == Settings(None, "https://api.telegram.org/bot", "INFO", None, None)


def test_everything_can_be_set(tmp_path: Path) -> None:
    environment = {
        "TELEGRAM_TOKEN": f" {TOKEN}\n",
        "TELEGRAM_TOKEN_FILE": "",
        "TELEGRAM_API_BASE_URL": "http://127.0.0.1:8081/bot/",
        "WEBHOOK_URL": "https://bot.example.org/telegram",
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": "[::1]:80",
        "GROUPS_WITHIN": "60",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "JSON",
        "LOG_CONTENT": "Yes",
        "LEARNING_CITIES_DATA": str(tmp_path),
        "LEARNING_CITIES_STATE": str(tmp_path / "state"),
        "MAINTAINERS": "11, 12,",
    }
    assert {variable.name for variable in VARIABLES} == set(environment)
    read = Settings.read(environment)
    assert read == Settings(
        TOKEN,
        "http://127.0.0.1:8081/bot",
        "DEBUG",
        tmp_path,
        tmp_path / "state",
        "https://bot.example.org/telegram",
        SECRET,
        ("::1", 80),
        60.0,
        "json",
        True,
        frozenset({11, 12}),
    )
    assert (read.bot, read.webhook_path) == ("123456789", "/telegram")


def test_the_token_can_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert Settings.read({"TELEGRAM_TOKEN_FILE": str(tmp_path / "token")}).token == TOKEN


def test_settings_can_lie_in_a_file_and_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nGROUPS_WITHIN=7\nWEBHOOK_SECRET='$HOME'\n")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    for name in ("GROUPS_WITHIN", "WEBHOOK_SECRET"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    read_file(tmp_path / ".env")
    assert [os.environ[name] for name in ("LOG_LEVEL", "GROUPS_WITHIN", "WEBHOOK_SECRET")] == ["DEBUG", "7", "$HOME"]


@pytest.mark.parametrize(
    ("environment", "code", "printed"),
    [
        ({}, 0, "In order: without TELEGRAM_TOKEN the bot chats in the terminal."),
        ({"TELEGRAM_TOKEN": TOKEN}, 0, "In order: updates are polled."),
        (
            {"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_URL": "https://a.org/t", "WEBHOOK_SECRET": "x" * 20},
            0,
            "In order: updates are delivered to https://a.org/t, listening on 127.0.0.1:8080.",
        ),
        ({"LOG_LEVEL": "x", "LOG_FORMAT": "x"}, 1, None),
    ],
)
def test_the_settings_can_be_checked(
    environment: dict[str, str], code: int, printed: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable.name, environment.get(variable.name, ""))
    result = CliRunner().invoke(main, ["--check-config"])
    assert result.exit_code == code
    lines = result.output.splitlines()
    assert lines == [printed] if printed else [line.split()[0] for line in lines] == ["LOG_LEVEL", "LOG_FORMAT"]


def test_the_server_alone_is_enough() -> None:
    assert Settings.read({"TELEGRAM_API_BASE_URL": "http://localhost:8081"}).api_base_url == "http://localhost:8081/bot"


def test_the_token_is_not_shown() -> None:
    read = Settings.read({"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_URL": "https://a.org/t", "WEBHOOK_SECRET": SECRET})
    assert TOKEN not in repr(read)
    assert SECRET not in repr(read)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "Use this token to access the HTTP API"),
        ("TELEGRAM_TOKEN", "123456789:ABC/../DEF"),
        ("TELEGRAM_TOKEN", "๑๒๓:abc"),
        ("TELEGRAM_API_BASE_URL", "127.0.0.1:8081/bot"),
        ("TELEGRAM_API_BASE_URL", "ftp://127.0.0.1/bot"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1:port/bot"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1/api"),
        ("TELEGRAM_API_BASE_URL", "http:///bot"),
        ("TELEGRAM_TOKEN_FILE", "no/such/file"),
        ("WEBHOOK_SECRET", "short"),
        ("WEBHOOK_SECRET", "with spaces in it, and a comma"),
        ("LISTEN", "8080"),
        ("LISTEN", "localhost:99999"),
        ("LISTEN", "http://localhost:80"),
        ("GROUPS_WITHIN", "ten"),
        ("GROUPS_WITHIN", "-1"),
        ("LOG_FORMAT", "xml"),
        ("LOG_CONTENT", "perhaps"),
        ("LEARNING_CITIES_STATE", __file__),
        ("LOG_LEVEL", "LOUD"),
        ("LEARNING_CITIES_DATA", __file__),
    ],
)
def test_a_mistake_is_one_line_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({name: value})
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{name} is ")
    assert name not in {"TELEGRAM_TOKEN", "WEBHOOK_SECRET"} or value not in line


@pytest.mark.parametrize(
    "url", ["http://a.org/t", "a.org/t", "https:///t", "https://a.org/t?x=1", "https://a.org/metrics"]
)
def test_a_webhook_needs_a_secure_address_of_its_own(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET})
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"WEBHOOK_URL is {url!r}: ")


def test_a_webhook_needs_a_secret() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET is needed"):
        Settings.read({"WEBHOOK_URL": "https://a.org/t"})


def test_every_mistake_is_told() -> None:
    names = {variable.name for variable in VARIABLES} - {"TELEGRAM_TOKEN_FILE"}
    with pytest.raises(SettingsError) as caught:
        Settings.read(dict.fromkeys(names, __file__))
    lines = str(caught.value).splitlines()
    assert len(lines) == len(names)
    assert {line.split()[0] for line in lines} == names
