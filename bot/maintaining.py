"""Keeping the fact base fresh while the bot runs: new builds are taken, maintainers are heard."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError
from telegram.ext import Application

from bot.live import Live
from bot.phrases import phrase
from bot.replies.telegram_html import render_text
from bot.sending import Place, send
from bot.settings import Settings
from bot.state import State

if TYPE_CHECKING:
    from bot.conversation import Engine

LOG = logging.getLogger(__name__)
KEEPER = "keeper"
App = Application[Any, Any, Any, Any, Any, Any]


class Keeper:
    """Keeps the engine of an application fresh."""

    def __init__(self, application: App, settings: Settings, live: Live) -> None:
        self._application = application
        self._maintainers = settings.maintainers
        self._live = live

    async def watch(self) -> None:
        """Take every new fact base, until cancelled."""
        await self._live.watch(self._report)

    async def _report(self, refused: str) -> None:
        for person in sorted(self._maintainers):
            with suppress(TelegramError):  # somebody who never wrote to the bot
                await send(self._application.bot, Place(person), render_text(phrase("refused", "en", why=refused)))


def add(application: App, settings: Settings, engine: Engine, state: State) -> None:
    """Let `application` keep its engine fresh, where that can be exchanged."""
    if isinstance(engine, Live):
        application.bot_data[KEEPER] = Keeper(application, settings, engine)


@asynccontextmanager
async def watching(application: App) -> AsyncIterator[None]:
    """Keep the engine of `application` fresh as long as the context lasts."""
    keeper: Keeper | None = application.bot_data.get(KEEPER)
    task = asyncio.create_task(keeper.watch()) if keeper else None
    try:
        yield
    finally:
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
