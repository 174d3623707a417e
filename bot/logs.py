"""Logging to standard error: a line of text or of JSON each, without the token and without what people write."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal
from urllib.parse import quote

PLACE = "<token>"
TOKEN_LIKE = re.compile(r"[0-9]{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.ASCII | re.IGNORECASE)
SHORTEST_SECRET = 8
CONTENT = "<content>"
QUOTED = re.compile(r"""'[^'\n]{3,}'|"[^"\n]{3,}"|\d{5,}""")
OTHERS = ("telegram", "httpx", "httpcore", "uvicorn")  # libraries that put contents into arguments
CHATTY = ("httpx", "httpcore", "telegram.ext.Application", "uvicorn")

_UPDATE: ContextVar[tuple[int, bytes] | None] = ContextVar("update", default=None)


@contextmanager
def about(number: int, body: bytes) -> Iterator[None]:
    """Within this, records are about an update: they carry its number, and lose what they quote of it."""
    token = _UPDATE.set((number, body))
    try:
        yield
    finally:
        _UPDATE.reset(token)


def secrets_of(token: str | None) -> tuple[str, ...]:
    """Return the spellings of a token that must not be shown, longest first."""
    if not token:
        return ()
    secret = token.partition(":")[2]
    spellings = {token, quote(token, safe="")} | ({secret} if len(secret) >= SHORTEST_SECRET else set())
    return tuple(sorted(spellings, key=len, reverse=True))


class Redaction(logging.Filter):
    """Takes the token, and whatever looks like one, out of every record that a handler shows.

    Unless `content` is wanted, it also takes out what a record quotes of the update it is about, and what other
    libraries were handed.
    """

    def __init__(self, token: str | None, *, content: bool = True) -> None:
        super().__init__()
        self._secrets = secrets_of(token)
        self._content = content

    def redact(self, text: str) -> str:
        """Return `text` with every token, and what is quoted of the update at hand, replaced."""
        for secret in self._secrets:
            text = text.replace(secret, PLACE)
        text = TOKEN_LIKE.sub(PLACE, text)
        update = _UPDATE.get()
        return text if self._content or update is None else _without(text, update[1])

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place; it is always shown."""
        record.update_id = (_UPDATE.get() or (None,))[0]
        if not self._content and record.name.startswith(OTHERS):
            record.args = _blanked(record.args)
        record.msg, record.args = self.redact(_message(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


class Text(logging.Formatter):
    """One line for a person; a traceback follows indented, so that nothing in it can pass for a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text."""
        update = getattr(record, "update_id", None)
        head = f"{self.formatTime(record)} {record.levelname} {record.name}{f' [{update}]' if update else ''}: "
        details = [text for text in (record.exc_text, record.stack_info) if text]
        lines = "\n".join(details).splitlines()
        return head + "\\n".join(record.getMessage().splitlines()) + "".join(f"\n    {line}" for line in lines)


class Json(logging.Formatter):
    """One JSON object a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        found = {
            "time": f"{moment}.{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
            "update": getattr(record, "update_id", None),
            "message": record.getMessage(),
            "traceback": record.exc_text,
            "stack": record.stack_info,
        }
        return json.dumps({name: value for name, value in found.items() if value is not None}, ensure_ascii=False)


def configure(
    level: str, token: str | None, form: Literal["auto", "text", "json"] = "auto", *, content: bool = False
) -> None:
    """Log to standard error at `level`, as text in a terminal and as JSON elsewhere.

    Libraries that report each request only speak at DEBUG. Only with `content` are messages and ids shown.
    """
    handler = logging.StreamHandler(sys.stderr)
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler.setFormatter(Text() if as_text else Json())
    handler.addFilter(Redaction(token, content=content))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # what it reports is raised as well
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "DEBUG" else logging.WARNING)


def _without(text: str, body: bytes) -> str:
    """Return `text` without what it quotes of an update: its text, and strings and long numbers that occur in it."""
    update = json.loads(body)
    values = [value.casefold() for value in _values(update)]
    for value in (value for value in _values(update) if (len(value) > 2 and not value.isascii()) or " " in value):
        text = text.replace(value, CONTENT)

    def replaced(found: re.Match[str]) -> str:
        quoted = found[0].strip("'\"").casefold()
        return CONTENT if any(quoted in value for value in values) else found[0]

    return QUOTED.sub(replaced, text)


def _values(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from _values(value)
    elif isinstance(part, list):
        for value in part:
            yield from _values(value)
    elif part is not None and not isinstance(part, bool):
        yield str(part)


def _blanked(args: Any) -> Any:
    """Return arguments of a record with numbers only; the rest may be what somebody wrote."""
    if isinstance(args, dict):
        return {name: value if isinstance(value, int | float) else CONTENT for name, value in args.items()}
    return tuple(value if isinstance(value, int | float) else CONTENT for value in args or ())


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a wrong format string in some library must not stop the bot from logging
        return f"{record.msg} {record.args}"
