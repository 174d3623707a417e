"""Long polling: updates are fetched, kept on disk, and only then confirmed by the next request."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import metrics
from bot.inbox import Kept, MalformedError
from bot.limiter import brief, seconds
from bot.work import Work

LOG = logging.getLogger(__name__)
WAIT = 10  # seconds that Telegram holds a request open
LIMIT = 100  # updates in one answer, the most there may be
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
REPEAT_AFTER = 60.0  # seconds between two lines about the same trouble
ALARM_AFTER = 300.0  # seconds of conflict
QUIET_AFTER = 120.0  # seconds without a conflict after which it is over
REJECTIONS = 3  # in a row; Telegram has been seen to reject a good token once


class Polling:
    """Fetches updates for ever. Ends with InvalidToken only, once the token is rejected for good."""

    def __init__(self, request: BaseRequest, base_url: str, allowed: Sequence[str], work: Work) -> None:
        self._request = request
        self._url = f"{base_url}/getUpdates"
        self._allowed = json.dumps(list(allowed))
        self._work = work
        self._offset: int | None = None
        self._trouble = Trouble()

    async def run(self) -> None:
        """Fetch, keep, confirm."""
        pause, rejections = FIRST_PAUSE, 0
        while True:
            await self._work.desk.room()
            try:
                updates = await self._fetch()
                rejections, pause = 0, FIRST_PAUSE
                self._trouble.over()
            except TelegramError as error:
                rejections = rejections + 1 if isinstance(error, InvalidToken) else 0
                if rejections == REJECTIONS:
                    raise
                metrics.TELEGRAM_ERRORS.labels("getUpdates", type(error).__name__).inc()
                self._trouble.tell(error)
                await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else pause)
                pause = min(LONGEST_PAUSE, pause * 1.5)
                continue
            await self._take(updates)

    async def _fetch(self) -> list[Any]:
        parameters = {"timeout": WAIT, "limit": LIMIT, "allowed_updates": self._allowed}
        if self._offset is not None:
            parameters["offset"] = self._offset
        patience = (self._request.read_timeout or 0) + WAIT
        try:
            found = await self._request.post(f"{self._url}?{urlencode(parameters)}", read_timeout=patience)
        except (KeyError, TypeError, AttributeError):  # JSON, but not of Telegram's shape
            found = None
        if not isinstance(found, list):
            raise NetworkError("no list of updates")
        return found

    async def _take(self, updates: list[Any]) -> None:
        found = []
        for update in updates:
            try:
                found.append(Kept.of(update))
            except MalformedError as fault:
                LOG.error("Telegram sent something that is no update (%s)", fault)
        if found:
            await self._work.take(found)
            self._offset = max(kept.id for kept in found) + 1
        elif updates:  # it would send the same at once
            await asyncio.sleep(LONGEST_PAUSE)


class Trouble:
    """Says why no updates come in: at once, then once a minute, and when it is over."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._told: dict[type[TelegramError], float] = {}
        self._conflict: tuple[float, float] | None = None  # since when, and when last

    def tell(self, error: TelegramError) -> None:
        """Log a failure, unless one of its kind was just logged."""
        moment = time.monotonic()
        self._since = self._since or moment
        if isinstance(error, Conflict):
            begun, last = self._conflict or (moment, moment)
            self._conflict = (begun if moment - last < QUIET_AFTER else moment, moment)
            metrics.CONFLICT.set(1)
        if moment - self._told.get(type(error), -REPEAT_AFTER) < REPEAT_AFTER:
            return
        self._told[type(error)] = moment
        if self._conflict and isinstance(error, Conflict):
            self._alarm(moment - self._conflict[0])
        else:
            LOG.warning("No updates from Telegram (%s); trying again", brief(error))

    def over(self) -> None:
        """Log that updates come in again. Two copies take turns, so a conflict ends only when it has been quiet."""
        moment = time.monotonic()
        if self._conflict and moment - self._conflict[1] >= QUIET_AFTER:
            self._conflict = None
            metrics.CONFLICT.set(0)
        if self._since is not None and moment - self._since >= REPEAT_AFTER:
            LOG.info("Updates come in again after %.0f s", moment - self._since)
        self._since = None

    def _alarm(self, lasting: float) -> None:
        since = f", for {lasting / 60:.0f} minutes now" if lasting >= ALARM_AFTER else ""
        LOG.log(
            logging.CRITICAL if since else logging.ERROR,
            "Another copy of this bot is running with the same token%s, and both miss messages: stop one (409)",
            since,
        )
