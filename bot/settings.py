"""Environment to settings: every variable the bot reads, documented and checked in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("auto", "text", "json")
YES, NO = ("1", "on", "true", "yes"), ("", "0", "off", "false", "no")
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+", re.ASCII)
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)
LISTEN = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]]*):(?P<port>[0-9]{1,5})", re.ASCII)
FILE = ".env"
LISTEN_FOR_WEBHOOK = "127.0.0.1:8080"
LogFormat = Literal["auto", "text", "json"]


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
    Variable("TELEGRAM_TOKEN_FILE", "", "A file that holds the token, for secrets that are mounted."),
    Variable(
        "TELEGRAM_API_BASE_URL",
        "https://api.telegram.org/bot",
        "Where the Bot API answers; for a self-hosted server as http://127.0.0.1:8081/bot",
    ),
    Variable(
        "WEBHOOK_URL", "", "Where Telegram delivers, as https://bot.example.org/telegram; without it the bot polls."
    ),
    Variable("WEBHOOK_SECRET", "", "What Telegram has to show with each update: 16 to 256 letters, figures, _ and -."),
    Variable(
        "LISTEN",
        "",
        "Address and port for the webhook, /healthz, /readyz and /metrics; with a webhook 127.0.0.1:8080, else none.",
    ),
    Variable("GROUPS_WITHIN", "600", "Seconds after which a message in a group is not answered any more."),
    Variable("LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    Variable("LOG_FORMAT", "auto", "text, json, or auto: text in a terminal and JSON elsewhere."),
    Variable("LOG_CONTENT", "no", "yes shows messages and the ids of people and chats in logs, to find a fault."),
    Variable("LEARNING_CITIES_DATA", "", "Directory the fact base is built in; by default the bot chooses one itself."),
    Variable(
        "MAINTAINERS", "", "Telegram ids of those who may add announcements in the chat, with commas between them."
    ),
    Variable(
        "LEARNING_CITIES_STATE", "", "Directory for what must not be forgotten; by default that of the fact base."
    ),
)
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for. The secrets are left out of the representation."""

    token: str | None = field(default=None, repr=False)
    api_base_url: str = _DEFAULTS["TELEGRAM_API_BASE_URL"]
    log_level: str = _DEFAULTS["LOG_LEVEL"]
    data: Path | None = None
    state: Path | None = None
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    listen: tuple[str, int] | None = None
    groups_within: float = float(_DEFAULTS["GROUPS_WITHIN"])
    log_format: LogFormat = "auto"
    log_content: bool = False
    maintainers: frozenset[int] = frozenset()

    @property
    def bot(self) -> str:
        """The bot's number, which is the public part of its token."""
        return (self.token or "").partition(":")[0]

    @property
    def webhook_path(self) -> str:
        """The path below which updates are delivered."""
        return urlsplit(self.webhook_url).path or "/"

    def summary(self) -> str:
        """Return in one line what the bot would do."""
        if not self.token:
            return "In order: without TELEGRAM_TOKEN the bot chats in the terminal."
        how = f"delivered to {self.webhook_url}" if self.webhook_url else "polled"
        where = "" if self.listen is None else f", listening on {self.listen[0]}:{self.listen[1]}"
        return f"In order: updates are {how}{where}."

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings, or raise `SettingsError` with one line per mistake."""
        values = {name: environment.get(name, "").strip() or default for name, default in _DEFAULTS.items()}
        mistakes: list[str] = []
        token = _token(values, mistakes)
        base_url = _base_url(values["TELEGRAM_API_BASE_URL"])
        level = values["LOG_LEVEL"].upper()
        mistakes += [*_token_mistakes(token), *_base_url_mistakes(base_url), *_webhook_mistakes(values)]
        if level not in LOG_LEVELS:
            mistakes.append(f"LOG_LEVEL is {values['LOG_LEVEL']!r}: use one of {', '.join(LOG_LEVELS)}")
        if values["LOG_FORMAT"].lower() not in LOG_FORMATS:
            mistakes.append(f"LOG_FORMAT is {values['LOG_FORMAT']!r}: use one of {', '.join(LOG_FORMATS)}")
        if values["LOG_CONTENT"].lower() not in YES + NO:
            mistakes.append(f"LOG_CONTENT is {values['LOG_CONTENT']!r}: use yes or no")
        if not re.fullmatch(r"[0-9]{1,9}", values["GROUPS_WITHIN"], re.ASCII):
            mistakes.append(f"GROUPS_WITHIN is {values['GROUPS_WITHIN']!r}: a number of seconds is needed")
        mistakes += _directory_mistakes(values)
        ids = [part.strip() for part in values["MAINTAINERS"].split(",") if part.strip()]
        mistakes += [f"MAINTAINERS has {part!r}: a person's id is a number, as 123456789" for part in _no_ids(ids)]
        if mistakes:
            raise SettingsError("\n".join(mistakes))
        return cls(
            token or None,
            base_url,
            level,
            _path(values["LEARNING_CITIES_DATA"]),
            _path(values["LEARNING_CITIES_STATE"]),
            values["WEBHOOK_URL"],
            values["WEBHOOK_SECRET"],
            _listen(values["LISTEN"] or (LISTEN_FOR_WEBHOOK if values["WEBHOOK_URL"] else "")),
            float(values["GROUPS_WITHIN"]),
            cast("LogFormat", values["LOG_FORMAT"].lower()),
            values["LOG_CONTENT"].lower() in YES,
            frozenset(map(int, ids)),
        )


def read_file(path: Path = Path(FILE)) -> None:
    """Add to the environment what a file in the current directory sets; the environment itself comes first."""
    from dotenv import load_dotenv

    load_dotenv(path, interpolate=False)


def _token(values: Mapping[str, str], mistakes: list[str]) -> str:
    file = values["TELEGRAM_TOKEN_FILE"]
    if values["TELEGRAM_TOKEN"] or not file:
        return values["TELEGRAM_TOKEN"]
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, ValueError):
        mistakes.append(f"TELEGRAM_TOKEN_FILE is {file!r}: that cannot be read")
        return ""


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
    if _is_address(url, ("http", "https")) and urlsplit(url).path.endswith("/bot"):
        return []
    return [f"TELEGRAM_API_BASE_URL is {url!r}: an address as http://127.0.0.1:8081/bot is needed"]


def _webhook_mistakes(values: Mapping[str, str]) -> Iterator[str]:
    url, secret, listen = values["WEBHOOK_URL"], values["WEBHOOK_SECRET"], values["LISTEN"]
    if url and not (_is_address(url, ("https",)) and not urlsplit(url).query and not urlsplit(url).fragment):
        yield f"WEBHOOK_URL is {url!r}: an address as https://bot.example.org/telegram is needed"
    elif url and urlsplit(url).path in ("/healthz", "/readyz", "/metrics"):
        yield f"WEBHOOK_URL is {url!r}: that path is taken"
    if (url or secret) and not SECRET.fullmatch(secret):
        yield "WEBHOOK_SECRET is needed with a webhook: 16 to 256 letters, figures, _ and -"
    if listen and _listen(listen) is None:
        yield f"LISTEN is {listen!r}: an address and a port as 127.0.0.1:8080 are needed"


def _directory_mistakes(values: Mapping[str, str]) -> Iterator[str]:
    for name in ("LEARNING_CITIES_DATA", "LEARNING_CITIES_STATE"):
        path = _path(values[name])
        if path is not None and path.exists() and not path.is_dir():
            yield f"{name} is {str(path)!r}: that is a file, a directory is needed"


def _is_address(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return well_formed and not re.search(r"[\s{}]", url)


def _listen(text: str) -> tuple[str, int] | None:
    found = LISTEN.fullmatch(text)
    if not found or not 0 <= int(found["port"]) < 65536:
        return None
    return found["host"].strip("[]") or "0.0.0.0", int(found["port"])


def _path(text: str) -> Path | None:
    return Path(text).expanduser() if text else None
