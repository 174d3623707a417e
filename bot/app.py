"""The Telegram application: every handler in order, and its life from the first connection to the last answer."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot import errors, logs, maintaining, menus
from bot.addressing import PEOPLE
from bot.answers import Answers
from bot.buttons import Buttons
from bot.edits import Edits
from bot.floods import Floods
from bot.handlers import Handlers
from bot.inline import Inline
from bot.limiter import Patience, seconds
from bot.membership import Membership
from bot.processor import CONCURRENCY, ChatOrder
from bot.settings import Settings
from bot.showing import Showing
from bot.state import State
from bot.talk import Talk
from knowledge.location import candidates

if TYPE_CHECKING:
    from bot.conversation import Engine

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
STATE = "state"
SPARE_CONNECTIONS = 8
LONGEST_PAUSE = 30.0
REJECTED = "TELEGRAM_TOKEN was rejected by Telegram: copy it again from @BotFather"


def run(settings: Settings, engine: Engine) -> int:
    """Answer in Telegram until stopped; return the exit code."""
    logs.configure(settings.log_level, settings.token)
    try:
        asyncio.run(_until_signalled(build(settings, engine, State.open(_directory()))))
    except InvalidToken:
        print(REJECTED, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    except Exception:
        LOG.critical("The bot stopped", exc_info=True)
        return 1
    return 0


def _directory() -> Path:
    """Return where the bot's own file lies: beside the fact base."""
    return candidates()[0].parent


def build(settings: Settings, engine: Engine, state: State | None = None, floods: Floods | None = None) -> App:
    """Return the application, complete but not yet connected; without a `state` it forgets all when it ends."""
    look = Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
    application: App = (
        ApplicationBuilder()
        .token(settings.token or "")
        .base_url(settings.api_base_url)
        .base_file_url(f"{settings.api_base_url.removesuffix('bot')}file/bot")
        .defaults(look)
        .concurrent_updates(ChatOrder(CONCURRENCY))
        .connection_pool_size(CONCURRENCY + SPARE_CONNECTIONS)
        .rate_limiter(Patience())
        .job_queue(None)
        .build()
    )
    application.bot_data[STATE] = state = state or State.in_memory()
    maintaining.add(application, settings, engine, state)
    _add_handlers(application, Answers(Talk(engine, state), floods))
    return application


def _add_handlers(application: App, answers: Answers) -> None:
    """Register every handler; the first that fits an update has it."""
    handlers, inline, membership, showing = Handlers(answers), Inline(answers), Membership(answers), Showing(answers)
    new, words = filters.UpdateType.MESSAGE & PEOPLE, filters.TEXT | filters.CAPTION
    edited = filters.UpdateType.EDITED_MESSAGE | filters.UpdateType.EDITED_CHANNEL_POST
    application.add_handlers(
        [
            CommandHandler("start", handlers.start, new),
            CommandHandler("help", handlers.help, new),
            CommandHandler("cities", handlers.cities, new),
            CommandHandler("ask", handlers.ask, new),
            CommandHandler("map", showing.map, new),
            CommandHandler("stats", showing.figures, new),
            CommandHandler("language", handlers.language, new),
            CommandHandler("source", handlers.source, new),
            CommandHandler("privacy", handlers.privacy, new),
            MessageHandler(new & filters.COMMAND, handlers.unknown_command),
            MessageHandler(new & words, handlers.question),
            MessageHandler(filters.UpdateType.CHANNEL_POST & words, handlers.post),
            MessageHandler(edited & PEOPLE & words, Edits(answers).edited),
            MessageHandler(filters.StatusUpdate.MIGRATE, membership.moved),
            MessageHandler(new & filters.ChatType.PRIVATE & filters.ATTACHMENT, handlers.no_text),
            CallbackQueryHandler(Buttons(answers, showing).pressed),
            InlineQueryHandler(inline.typed),
            MessageHandler(filters.UpdateType.GUEST_MESSAGE, inline.guest),
            ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(errors.on_error)


async def serve(application: App, stop: asyncio.Event) -> None:
    """Connect, answer until `stop` is set, finish what was begun."""
    try:
        await _connect(application, stop)
        if stop.is_set():
            return
        await _start(application)
        async with maintaining.watching(application):
            await stop.wait()
    finally:
        await _finish(application)


async def _until_signalled(application: App) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows; there Ctrl-C arrives as KeyboardInterrupt
            loop.add_signal_handler(name, stop.set)
    await serve(application, stop)


async def _connect(application: App, stop: asyncio.Event) -> None:
    """Reach Telegram, however long its network or server takes; only a rejected token ends it."""
    pause = 1.0
    while not stop.is_set():
        try:
            await application.initialize()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = seconds(error) if isinstance(error, RetryAfter) else pause
            LOG.warning("Telegram cannot be reached (%s); next try in %.0f s", error, wait)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            pause = min(LONGEST_PAUSE, pause * 1.5)


async def _start(application: App) -> None:
    await application.start()
    assert application.updater is not None
    await application.updater.start_polling(
        allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=errors.on_polling_error
    )
    LOG.info("Answering as @%s", application.bot.username)
    application.create_task(menus.show(application.bot, application.bot_data[STATE]))


async def _finish(application: App) -> None:
    if application.updater and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # connected or not
    application.bot_data[STATE].close()
