"""The bot's life in Telegram, from the first connection to the last answer."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot import maintaining, menus
from bot.inbox import Inbox
from bot.limiter import brief, seconds
from bot.line import Line
from bot.polling import REJECTIONS, Polling
from bot.settings import Settings
from bot.vitals import Facts, Vitals
from bot.work import Work
from knowledge.location import candidates

if TYPE_CHECKING:
    from bot.web import Server

LOG = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]
UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "callback_query",
    "my_chat_member",
    "guest_message",
)
STATE = "state"  # where the application holds what it remembers of chats
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
GRACE = 5.0  # seconds that answers begun may take once the bot is to stop
WEBHOOK_CONNECTIONS = 40
LOOK_AFTER = 60.0  # seconds between looks at the webhook


class ListenError(Exception):
    """The address to listen on cannot be had; the text says which."""


async def serve(
    application: App, line: Line, settings: Settings, stop: asyncio.Event, facts: Facts = lambda: None
) -> None:
    """Connect, answer until `stop` is set, finish what was begun. Raises InvalidToken once the token is rejected."""
    work = Work(
        application, Inbox(directory(settings) / f"inbox-{settings.bot}.sqlite"), line.contact, settings.groups_within
    )
    line.patience.idle = work.desk.idle
    vitals = Vitals(line.contact, settings.bot, facts)
    server = _server(settings, vitals, work)
    async with _beside(vitals.beat()), _served(server):
        try:
            await _persistently(application.initialize, stop)
            if not stop.is_set():
                await _answer(application, line, settings, stop, work)
        finally:
            await _finish(application, work)


async def _answer(application: App, line: Line, settings: Settings, stop: asyncio.Event, work: Work) -> None:
    await application.start()
    await work.resume()
    LOG.info("Answering as @%s", application.bot.username)
    application.create_task(menus.show(application.bot, application.bot_data[STATE]))
    async with _beside(work.adopt()), maintaining.watching(application):
        if settings.webhook_url:
            await _until(stop, _look_after_webhook(application, settings, stop))
            return
        await _persistently(application.bot.delete_webhook, stop)
        await _until(stop, Polling(line.polling, application.bot.base_url, UPDATES, work).run())


async def _persistently(action: Callable[[], Awaitable[Any]], stop: asyncio.Event) -> None:
    """Do something however long Telegram's network or server takes; only a rejected token ends it."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await action()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = seconds(error) if isinstance(error, RetryAfter) else pause
            LOG.warning("Telegram cannot be reached (%s); next try in %.0f s", brief(error), wait)
            await _sleep(wait, stop)
            pause = min(LONGEST_PAUSE, pause * 1.5)


async def _look_after_webhook(application: App, settings: Settings, stop: asyncio.Event) -> None:
    """Have updates delivered, and see for ever that they are."""
    bot, rejections, problem = application.bot, 0, None

    async def ask_for_updates() -> None:
        await bot.set_webhook(
            settings.webhook_url,
            allowed_updates=UPDATES,
            secret_token=settings.webhook_secret,
            max_connections=WEBHOOK_CONNECTIONS,
        )

    await _persistently(ask_for_updates, stop)
    while True:
        await asyncio.sleep(LOOK_AFTER)
        try:
            found = await bot.get_webhook_info()
            rejections = 0
            if found.url != settings.webhook_url:
                LOG.error("Another copy of this bot took the webhook away: stop it. It is set again")
                await ask_for_updates()
            elif found.last_error_date not in (None, problem):
                problem = found.last_error_date
                LOG.warning("Telegram could not deliver updates: %s", found.last_error_message)
        except InvalidToken:
            rejections += 1
            if rejections == REJECTIONS:
                raise
        except TelegramError as error:
            LOG.warning("The webhook could not be looked at (%s)", brief(error))


async def _finish(application: App, work: Work) -> None:
    await work.stop(GRACE)
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # connected or not
    application.bot_data[STATE].close()


async def _until(stop: asyncio.Event, endless: Coroutine[Any, Any, None]) -> None:
    """Run something endless until `stop` is set, or raise what it ends with."""
    work, stopped = asyncio.create_task(endless), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
    finally:
        for task in (work, stopped):
            task.cancel()
        await asyncio.gather(work, stopped, return_exceptions=True)


@asynccontextmanager
async def _beside(endless: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run something endless beside the block; what it ends with is logged."""
    task = asyncio.create_task(endless)
    task.add_done_callback(_report)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        LOG.error("%s ended", task.get_coro(), exc_info=error)


@asynccontextmanager
async def _served(server: Server | None) -> AsyncIterator[None]:
    """Serve HTTP beside the block, if wanted, and stop in good order."""
    if server is None:
        yield
        return
    task = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await task


def _server(settings: Settings, vitals: Vitals, work: Work) -> Server | None:
    if settings.listen is None:
        return None
    try:
        from bot.web import Server, Web  # late: whoever only polls does without
    except ImportError as error:
        raise ListenError(
            f"LISTEN and WEBHOOK_URL need more: pip install 'learning-cities-bot[web]' ({error})"
        ) from None
    path = settings.webhook_path if settings.webhook_url else ""
    try:
        return Server(Web(vitals, work, path, settings.webhook_secret), *settings.listen)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise ListenError(f"LISTEN is {settings.listen[0]}:{settings.listen[1]}: {why}") from None


def directory(settings: Settings) -> Path:
    """Return where lies what must not be forgotten."""
    return settings.state or candidates()[0].parent


async def _sleep(wait: float, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), wait)
