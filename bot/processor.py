"""The order of work: many chats at once, the updates of one chat one after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

CONCURRENCY = 24
WAITING = 100_000


class ChatOrder(BaseUpdateProcessor):
    """Handles updates of different chats at once, and never two of one chat.

    A chat waits for its turn before it takes one of the `concurrency` places, so one busy or slow chat
    holds at most one place.
    """

    def __init__(self, concurrency: int = CONCURRENCY) -> None:
        super().__init__(WAITING)
        self._places = asyncio.Semaphore(concurrency)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the turn of the update's chat and a free place, then the work itself."""
        async with self._turn(_chat(update)), self._places:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    @asynccontextmanager
    async def _turn(self, chat: int) -> AsyncIterator[None]:
        lock, users = self._turns.get(chat) or (asyncio.Lock(), 0)
        self._turns[chat] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            self._leave(chat)

    def _leave(self, chat: int) -> None:
        lock, users = self._turns[chat]
        if users == 1:
            del self._turns[chat]
        else:
            self._turns[chat] = (lock, users - 1)


def _chat(update: object) -> int:
    """Return the chat an update belongs to, or the person where there is no chat."""
    if not isinstance(update, Update):
        return 0
    place = update.effective_chat or update.effective_user
    return place.id if place else 0
