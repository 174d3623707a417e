"""Patience with Telegram: a chat told to wait waits, and no other chat with it; an answer is sent until it arrives."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot import metrics

os.environ.setdefault("PTB_TIMEDELTA", "true")  # waits as timedeltas, as the library will have it from now on

LOG = logging.getLogger(__name__)
ANSWERS = ("send", "edit")  # how methods begin that are worth waiting for; the others come too late when they come late
PASSING = "sendChatAction"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
PATIENCE = 3600.0  # seconds after which an answer is given up
HASTE = 60.0  # the same for what is no answer
Result = bool | dict[str, Any] | list[dict[str, Any]]


class Patience(BaseRateLimiter[int]):
    """Repeats requests that Telegram did not take.

    A request that got no answer may have been carried out. An answer is repeated all the same: a second copy is a
    nuisance, none at all is a lost question.
    """

    def __init__(self) -> None:
        self.idle: Callable[[], AbstractContextManager[None]] = nullcontext  # entered while a chat waits by itself

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make the request, and again after each wait that Telegram asks for or its absence suggests."""
        is_answer = endpoint.startswith(ANSWERS) and endpoint != PASSING
        end = time.monotonic() + (PATIENCE if is_answer else HASTE)
        pause = FIRST_PAUSE
        while True:
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as limit:
                _count(endpoint, limit)
                wait = seconds(limit)
                if time.monotonic() + wait > end:
                    raise
                LOG.warning("Telegram asks to wait %.0f s before the next %s", wait, endpoint)
                with self.idle():
                    await asyncio.sleep(wait + 0.1)
            except TelegramError as error:
                _count(endpoint, error)
                if not _is_unheard(error) or not is_answer or time.monotonic() + pause > end:
                    raise
                LOG.warning("Telegram did not take %s (%s); again in %.1f s", endpoint, brief(error), pause)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)


def seconds(limit: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    wait = limit.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def brief(error: Exception) -> str:
    """Return an error in one short line; a proxy's whole page may be in it."""
    text = (str(error).partition(". Parsing the server response")[0].splitlines() or [""])[0]
    return text[:200] or type(error).__name__


def _is_unheard(error: TelegramError) -> bool:
    """Tell whether an error is the network's or a server's, and no answer to the request as such."""
    is_garbled = type(error) is TelegramError  # what the library makes of an answer that is not JSON
    return is_garbled or (isinstance(error, NetworkError) and not isinstance(error, BadRequest))


def _count(endpoint: str, error: TelegramError) -> None:
    metrics.TELEGRAM_ERRORS.labels(endpoint, type(error).__name__).inc()
