"""The Telegram application: every handler in order, and the way into it."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken
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

from bot import errors, logs, maintaining
from bot.addressing import PEOPLE
from bot.answers import Answers
from bot.buttons import Buttons
from bot.edits import Edits
from bot.floods import Floods
from bot.handlers import Handlers
from bot.inline import Inline
from bot.line import Line
from bot.membership import Membership
from bot.service import STATE, ListenError, directory, serve
from bot.settings import Settings
from bot.showing import Showing
from bot.state import State
from bot.talk import Talk

if TYPE_CHECKING:
    from bot.conversation import Engine

LOG = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]
REJECTED = "TELEGRAM_TOKEN was rejected by Telegram: copy it again from @BotFather"


def run(settings: Settings, engine: Engine) -> int:
    """Answer in Telegram until stopped; return the exit code."""
    logs.configure(settings.log_level, settings.token, settings.log_format, content=settings.log_content)
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_until_signalled(settings, engine))
    except InvalidToken:
        print(REJECTED, file=sys.stderr)
        return 1
    except ListenError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    except Exception:
        LOG.critical("The bot stopped", exc_info=True)
        return 1
    return 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the event loop: uvloop where there is one, which is everywhere but on Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _until_signalled(settings: Settings, engine: Engine) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows; there Ctrl-C arrives as KeyboardInterrupt
            loop.add_signal_handler(name, stop.set)
    line = Line.open()
    application = build(settings, engine, line, State.open(directory(settings)))
    await serve(application, line, settings, stop, lambda: engine.base)


def build(
    settings: Settings, engine: Engine, line: Line, state: State | None = None, floods: Floods | None = None
) -> App:
    """Return the application, complete but not yet connected; without a `state` it forgets all when it ends."""
    look = Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
    application: App = (
        ApplicationBuilder()
        .token(settings.token or "")
        .base_url(settings.api_base_url)
        .base_file_url(f"{settings.api_base_url.removesuffix('bot')}file/bot")
        .defaults(look)
        .request(line.request)
        .get_updates_request(line.polling)
        .rate_limiter(line.patience)
        .updater(None)
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
