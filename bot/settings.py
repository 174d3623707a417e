"""Environment to settings: every variable the bot reads, documented and checked in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+", re.ASCII)


class SettingsError(ValueError):
    """The environment is at fault; the message holds one line per mistake and never the token."""


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable as the documentation shows it."""

    name: str
    default: str
    help: str


VARIABLES = (
    Variable("TELEGRAM_TOKEN", "", "The token @BotFather gives out. Without it the bot chats in the terminal."),
    Variable(
        "TELEGRAM_API_BASE_URL",
        "https://api.telegram.org/bot",
        "Where the Bot API answers; for a self-hosted server as http://127.0.0.1:8081/bot",
    ),
    Variable("LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    Variable("LEARNING_CITIES_DATA", "", "Directory the fact base is built in; by default the bot chooses one itself."),
    Variable(
        "MAINTAINERS", "", "Telegram ids of those who may add announcements in the chat, with commas between them."
    ),
)
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for. The token is left out of the representation."""

    token: str | None = field(default=None, repr=False)
    api_base_url: str = _DEFAULTS["TELEGRAM_API_BASE_URL"]
    log_level: str = _DEFAULTS["LOG_LEVEL"]
    data: Path | None = None
    maintainers: frozenset[int] = frozenset()

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings, or raise `SettingsError` with one line per mistake."""
        values = {name: environment.get(name, "").strip() or default for name, default in _DEFAULTS.items()}
        base_url = _base_url(values["TELEGRAM_API_BASE_URL"])
        level = values["LOG_LEVEL"].upper()
        data = Path(values["LEARNING_CITIES_DATA"]).expanduser() if values["LEARNING_CITIES_DATA"] else None
        mistakes = [*_token_mistakes(values["TELEGRAM_TOKEN"]), *_base_url_mistakes(base_url)]
        if level not in LOG_LEVELS:
            mistakes.append(f"LOG_LEVEL is {values['LOG_LEVEL']!r}: use one of {', '.join(LOG_LEVELS)}")
        if data is not None and data.exists() and not data.is_dir():
            mistakes.append(f"LEARNING_CITIES_DATA is {str(data)!r}: that is a file, a directory is needed")
        ids = [part.strip() for part in values["MAINTAINERS"].split(",") if part.strip()]
        mistakes += [f"MAINTAINERS has {part!r}: a person's id is a number, as 123456789" for part in _no_ids(ids)]
        if mistakes:
            raise SettingsError("\n".join(mistakes))
        return cls(values["TELEGRAM_TOKEN"] or None, base_url, level, data, frozenset(map(int, ids)))


def _token_mistakes(token: str) -> list[str]:
    if not token or TOKEN.fullmatch(token):
        return []
    return ["TELEGRAM_TOKEN is not a bot token: @BotFather gives one of the form 123456789:AA… on /newbot"]


def _no_ids(ids: list[str]) -> list[str]:
    return [part for part in ids if not re.fullmatch(r"[1-9][0-9]{0,15}", part, re.ASCII)]


def _base_url(url: str) -> str:
    """Complete a bare server address: the Bot API answers below `/bot`."""
    url = url.rstrip("/")
    return f"{url}/bot" if re.fullmatch(r"https?://[^/]+", url) else url


def _base_url_mistakes(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        well_formed = False
    if well_formed and not re.search(r"[\s{}]", url) and parts.path.endswith("/bot"):
        return []
    return [f"TELEGRAM_API_BASE_URL is {url!r}: an address as http://127.0.0.1:8081/bot is needed"]
