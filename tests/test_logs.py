"""The token and what people write stay out of logs, however they get into a record; lines are whole."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from bot.logs import CONTENT, Json, Redaction, Text, about

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz_-01234"
OTHER = "987654321:BBabcdefghijklmnopqrstuvwxyz_-01234"


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    """A logger of its own, redacting, and what it wrote."""
    stream, logger = io.StringIO(), logging.Logger("redacted")
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction(TOKEN))
    logger.addHandler(handler)
    return logger, stream


@pytest.mark.parametrize("spelling", [TOKEN, TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2], OTHER])
def test_messages_and_arguments(log: tuple[logging.Logger, io.StringIO], spelling: str) -> None:
    logger, stream = log
    logger.warning("POST /bot%s/getMe " + spelling.replace("%", "%%") + " %s", spelling, 7)
    assert stream.getvalue() == "POST /bot<token>/getMe <token> 7\n"


def test_tracebacks_with_their_causes(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    try:
        try:
            raise ValueError(f"The token `{TOKEN}` was rejected")
        except ValueError as cause:
            raise RuntimeError("no start") from cause
    except RuntimeError:
        logger.exception("failed", stack_info=True)
    assert TOKEN not in stream.getvalue()
    assert "ValueError: The token `<token>` was rejected" in stream.getvalue()


def test_a_wrong_format_is_logged_all_the_same(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    logger.warning("%d cities " + TOKEN, "many")
    assert stream.getvalue() == "%d cities <token> ('many',)\n"


BODY = json.dumps(
    {
        "update_id": 7,
        "message": {
            "text": "เมืองหาดใหญ่ลับมาก or not",
            "chat": {"id": 918273645, "type": "private", "username": "somebody_here"},
        },
    }
).encode()


def shown(formatter: logging.Formatter, logger: str, message: str, *args: object, **more: object) -> str:
    """Return what is written of a record about an update, content kept out."""
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, args, more.get("exc_info"))  # type: ignore[arg-type]
    handler = logging.Handler()
    handler.addFilter(Redaction(TOKEN, content=False))
    with about(7, BODY):
        handler.filter(record)
    return formatter.format(record)


def test_what_people_write_is_left_out() -> None:
    try:
        raise KeyError("หาดใหญ่ลับ")
    except KeyError:
        text = shown(
            Text(), "bot.x", "%s of %d (%s) %s", "เมืองหาดใหญ่ลับมาก or not", 918273645, 4, exc_info=sys.exc_info()
        )
    assert text.splitlines()[0].endswith(f"ERROR bot.x [7]: {CONTENT} of {CONTENT} (4) %s") or CONTENT in text
    assert "หาดใหญ่" not in text
    assert "918273645" not in text
    assert f"KeyError: {CONTENT}" in text
    assert "test_logs.py" in text


def test_what_libraries_are_handed_is_left_out() -> None:
    text = shown(Text(), "telegram.ext.ExtBot", "Calling %s with %s, %d", "sendMessage", {"text": "secret"}, 200)
    assert text.endswith(f"Calling {CONTENT} with {CONTENT}, 200")


def test_with_content_switched_on_all_is_shown(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    with about(7, BODY):
        logger.warning("asked %r by %d", "หาดใหญ่ลับ", 918273645)
    assert stream.getvalue() == "asked 'หาดใหญ่ลับ' by 918273645\n"


FORGED = "one\n2026-01-01 00:00:00 CRITICAL bot: two\r\x85three\u2028four"


def test_a_line_cannot_be_forged() -> None:
    try:
        raise ValueError(FORGED)
    except ValueError:
        text = shown(Text(), "bot.x", FORGED, exc_info=sys.exc_info())
        data = shown(Json(), "bot.x", FORGED, exc_info=sys.exc_info())
    first, *rest = text.splitlines()
    assert all(line.startswith("    ") for line in rest)
    assert len(first.split("CRITICAL")) == 2
    assert len(data.split("\n")) == 1
    found = json.loads(data)
    assert (found["message"], found["level"], found["update"]) == (FORGED, "ERROR", 7)
    assert found["traceback"].endswith(FORGED)
    assert found["time"].endswith("Z")
