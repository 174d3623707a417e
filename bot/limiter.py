"""Patience with Telegram's limits: a chat told to wait waits, and no other chat with it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

os.environ.setdefault("PTB_TIMEDELTA", "true")  # waits as timedeltas, as the library will have it from now on

LOG = logging.getLogger(__name__)
RETRIES = 3
LONGEST_WAIT = 60.0
Result = bool | dict[str, Any] | list[dict[str, Any]]


class Patience(BaseRateLimiter[int]):
    """Repeats a request that Telegram answered with "retry after", as long as the wait is bearable."""

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
        """Make the request, and again after each wait that Telegram asks for."""
        for _ in range(RETRIES if rate_limit_args is None else rate_limit_args):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as limit:
                wait = seconds(limit)
                if wait > LONGEST_WAIT:
                    raise
                LOG.warning("Telegram asks to wait %.0f s before the next %s", wait, endpoint)
                await asyncio.sleep(wait + 0.1)
        return await callback(*args, **kwargs)


def seconds(limit: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    wait = limit.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
