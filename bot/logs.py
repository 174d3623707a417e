"""Logging to standard error, with the bot's token taken out of messages and tracebacks alike."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from urllib.parse import quote

PLACE = "<token>"
TOKEN_LIKE = re.compile(r"[0-9]{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.ASCII | re.IGNORECASE)
SHORTEST_SECRET = 8
CHATTY = ("httpx", "httpcore", "telegram.ext.Application")


def secrets_of(token: str | None) -> tuple[str, ...]:
    """Return the spellings of a token that must not be shown, longest first."""
    if not token:
        return ()
    secret = token.partition(":")[2]
    spellings = {token, quote(token, safe="")} | ({secret} if len(secret) >= SHORTEST_SECRET else set())
    return tuple(sorted(spellings, key=len, reverse=True))


class Redaction(logging.Filter):
    """Takes the token, and whatever looks like one, out of every record that a handler shows."""

    def __init__(self, token: str | None) -> None:
        super().__init__()
        self._secrets = secrets_of(token)

    def redact(self, text: str) -> str:
        """Return `text` with every token replaced."""
        for secret in self._secrets:
            text = text.replace(secret, PLACE)
        return TOKEN_LIKE.sub(PLACE, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place; it is always shown."""
        record.msg, record.args = self.redact(_message(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


def configure(level: str, token: str | None) -> None:
    """Log to standard error at `level`; libraries that report each request only speak at DEBUG."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redaction(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "DEBUG" else logging.WARNING)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a wrong format string in some library must not stop the bot from logging
        return f"{record.msg} {record.args}"
