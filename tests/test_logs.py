"""The token stays out of logs, however it gets into a record."""

from __future__ import annotations

import io
import logging

import pytest

from bot.logs import Redaction

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
