"""The environment: what is read, and one clear line per mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import VARIABLES, Settings, SettingsError

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz_-01234"


def test_everything_has_a_default() -> None:
    assert Settings.read({}) == Settings(None, "https://api.telegram.org/bot", "INFO", None)


def test_everything_can_be_set(tmp_path: Path) -> None:
    environment = {
        "TELEGRAM_TOKEN": f" {TOKEN}\n",
        "TELEGRAM_API_BASE_URL": "http://127.0.0.1:8081/bot/",
        "LOG_LEVEL": "debug",
        "LEARNING_CITIES_DATA": str(tmp_path),
        "MAINTAINERS": "11, 12,",
    }
    assert {variable.name for variable in VARIABLES} == set(environment)
    assert Settings.read(environment) == Settings(
        TOKEN, "http://127.0.0.1:8081/bot", "DEBUG", tmp_path, frozenset({11, 12})
    )


def test_the_server_alone_is_enough() -> None:
    assert Settings.read({"TELEGRAM_API_BASE_URL": "http://localhost:8081"}).api_base_url == "http://localhost:8081/bot"


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(Settings.read({"TELEGRAM_TOKEN": TOKEN}))


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
        ("LOG_LEVEL", "LOUD"),
        ("LEARNING_CITIES_DATA", __file__),
    ],
)
def test_a_mistake_is_one_line_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({name: value})
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{name} is ")
    assert name != "TELEGRAM_TOKEN" or value not in line


def test_every_mistake_is_told() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read({variable.name: __file__ for variable in VARIABLES})
    assert [line.split()[0] for line in str(caught.value).splitlines()] == [
        variable.name for variable in VARIABLES[:2]
    ] + [
        "LOG_LEVEL",
        "LEARNING_CITIES_DATA",
        "MAINTAINERS",
    ]
