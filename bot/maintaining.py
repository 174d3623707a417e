"""Maintainers in their private chats: an announcement comes in, a person looks at it, and the answers change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.drafts import Draft, Drafts
from bot.language import Language, load
from bot.live import Live
from bot.misses import missed
from bot.phrases import language_of_person, phrase
from bot.replies.telegram_html import render_text
from bot.reviewer import Reviewer, ReviewError, StaleReviewError
from bot.sending import Place, send
from bot.settings import Settings
from bot.state import State
from bot.telling import answers_shown, misses_shown, shown
from knowledge.extract import MAX_BYTES

if TYPE_CHECKING:
    from bot.conversation import Engine

LOG = logging.getLogger(__name__)
KEEPER = "keeper"
FIRST = -1  # the group of handlers that are asked before all others
LONG = 700  # letters; no question has so many
_SHOWN = 20  # groups of questions
TOGETHER = 120.0  # seconds between the messages of one long text
Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


class Keeper:
    """What maintainers can do with the fact base of one live engine."""

    def __init__(self, application: App, settings: Settings, live: Live, state: State) -> None:
        self._application = application
        self._maintainers = settings.maintainers
        self._live = live
        self._state = state
        self._drafts = Drafts(live.path.parent)
        self._reviewer = Reviewer(live.path)

    async def watch(self) -> None:
        """Take every new fact base, until cancelled."""
        await self._live.watch(self._report)

    async def document(self, update: Update, context: Context) -> None:
        """A file: an announcement, or a record that was corrected."""
        message = update.message
        if message and message.document:
            await self._receive(message, context.bot)
            raise ApplicationHandlerStop

    async def command(self, update: Update, context: Context) -> None:
        """/draft: reads what it replies to, or what stands behind it."""
        if (message := update.message) is None:
            return
        source, text = message.reply_to_message, (message.text or "").partition(" ")[2].strip()
        if source and source.document:
            await self._receive(source, context.bot, message)
        elif text or (source and (text := source.text or source.caption or "")):
            await self._read(message, context.bot, text.encode(errors="replace"), "text.txt")
        else:
            await self._say(context.bot, message, "draft_hint")
        raise ApplicationHandlerStop

    async def pasted(self, update: Update, context: Context) -> None:
        """A text too long for a question; what is too long for one message comes in several."""
        message = update.message
        if message is None or message.text is None or message.from_user is None:
            return
        before = self._drafts.pasted(message.from_user.id, TOGETHER)
        if len(message.text) < LONG and before is None:
            return
        if before is None:
            draft = self._drafts.start(message.from_user.id, "text.txt", "pasted", texts=(message.text,))
        else:
            draft = self._drafts.keep(before, texts=(*before.texts, message.text))
        letters, parts = str(sum(map(len, draft.texts))), str(len(draft.texts))
        language = _language(message)
        text = phrase("draft_paste", language, letters=letters, parts=parts)
        await send(context.bot, _beside(message), render_text(text), _buttons(draft, language, "read", "discard"))
        raise ApplicationHandlerStop

    async def misses(self, update: Update, context: Context) -> None:
        """/misses: what people asked and did not get answered."""
        if message := update.message:
            groups = missed(self._state, date.today())[:_SHOWN]
            await send(context.bot, _beside(message), render_text(misses_shown(groups, _language(message))))
        raise ApplicationHandlerStop

    async def button(self, update: Update, context: Context) -> None:
        """A button under a draft; of a stranger, nothing is known of drafts."""
        query = update.callback_query
        if query is None or query.from_user.id not in self._maintainers or not isinstance(query.message, Message):
            return
        with suppress(TelegramError):  # too late to be confirmed
            await query.answer()
        _, id_, action = (query.data or "").split(":")
        draft = self._drafts.get(id_)
        if draft is None or not draft.is_open or draft.by != query.from_user.id:
            await self._say(context.bot, query.message, "draft_closed", query)
        else:
            await self._do(action, draft, query, query.message, context.bot)
        raise ApplicationHandlerStop

    async def _do(self, action: str, draft: Draft, query: CallbackQuery, message: Message, bot: Bot) -> None:
        if action == "show":
            self._drafts.log(draft.by, "shown", draft)
            name, text = f"{draft.review['id']}.yaml", draft.review["draft"]
            await bot.send_document(message.chat.id, InputFile(text.encode(), name))
            return
        with suppress(TelegramError):  # the buttons have done their work
            await query.edit_message_reply_markup(None)
        language = language_of_person(query.from_user.language_code)
        if action == "read":
            text = "\n".join(draft.texts)
            self._drafts.keep(draft, state="discarded")
            await self._read(message, bot, text.encode(errors="replace"), draft.name, query)
        elif action == "look":
            self._drafts.keep(draft, state="discarded")
            name = f"{draft.review['id']}.yaml"
            await self._read(message, bot, draft.review["draft"].encode(), name, query)
        elif action == "settle":
            draft = self._drafts.keep(draft, state="settled")
            self._drafts.log(draft.by, "settled", draft, points=len(draft.review["points"]))
            await self._offer(bot, message, draft, language)
        elif action == "approve" and draft.may_be_taken:
            await self._take(bot, message, draft, language)
        elif action == "discard":
            self._drafts.log(draft.by, "discarded", self._drafts.keep(draft, state="discarded"))
            await self._say(bot, message, "draft_discarded", query, id=draft.review.get("id", draft.name))

    # --- reading

    async def _receive(self, message: Message, bot: Bot, asked: Message | None = None) -> None:
        document = message.document
        assert document is not None
        name = document.file_name or "announcement"
        if (document.file_size or 0) > MAX_BYTES:  # Telegram would let a bot fetch twice as much
            await self._say(bot, asked or message, "draft_too_large", name=name, most=str(MAX_BYTES // 1_000_000))
            return
        try:
            data = bytes(await (await bot.get_file(document.file_id)).download_as_bytearray())
        except TelegramError as error:
            await self._say(bot, asked or message, "draft_refused", name=name, why=error.message)
            return
        await self._read(asked or message, bot, data, name)

    async def _read(
        self, message: Message, bot: Bot, data: bytes, name: str, query: CallbackQuery | None = None
    ) -> None:
        person = query.from_user if query else message.from_user
        assert person is not None
        language = language_of_person(person.language_code)
        self._drafts.log(person.id, "received", None, name=name, bytes=len(data))
        await self._say(bot, message, "draft_busy" if self._reviewer.busy else "draft_reading", query, name=name)
        try:
            review = await self._reviewer.review(data, name)
        except ReviewError as error:
            self._drafts.log(person.id, "refused", None, name=name, why=str(error))
            await self._say(bot, message, "draft_refused", query, name=name, why=str(error))
            return
        draft = self._drafts.start(person.id, name, review=review)
        self._drafts.log(person.id, "reviewed", draft, basis=review["basis"], facts=len(review["facts"]))
        await send(bot, _beside(message), render_text(shown(review, language)))
        await self._offer(bot, message, draft, language)

    async def _offer(self, bot: Bot, message: Message, draft: Draft, language: Language) -> None:
        """Say what can be done with a draft now."""
        key, step = "draft_nothing", ""
        if draft.needs_writing:
            key = "draft_edit"
        elif draft.may_be_taken:
            key, step = "draft_ready", "approve"
        elif draft.review["facts"]:
            key, step = "draft_settle", "settle"
        actions = [action for action in (step, "show", "discard") if action]
        await send(bot, _beside(message), render_text(phrase(key, language)), _buttons(draft, language, *actions))

    # --- taking

    async def _take(self, bot: Bot, message: Message, draft: Draft, language: Language) -> None:
        review = draft.review
        self._drafts.log(draft.by, "approved", draft, basis=review["basis"])
        try:
            done = await self._reviewer.take(review["record"], f"{review['id']}.yaml", review["basis"])
        except StaleReviewError:
            self._drafts.log(draft.by, "stale", draft)
            text, buttons = phrase("draft_stale", language), _buttons(draft, language, "look", "discard")
            await send(bot, _beside(message), render_text(text), buttons)
            return
        except ReviewError as error:
            self._drafts.log(draft.by, "failed", draft, why=str(error))
            text = phrase("draft_failed", language, id=review["id"], why=str(error))
            await send(
                bot, _beside(message), render_text(text), _buttons(draft, language, "approve", "show", "discard")
            )
            return
        await self._live.reload()
        self._drafts.log(draft.by, "installed", self._drafts.keep(draft, state="taken"), digest=self._live.digest)
        told = phrase("draft_installed", language, id=review["id"], file=done["kept"].rpartition("/")[2])
        count = phrase("draft_before_after", language, number=str(len(done["answers"])))
        parts = [told, "", count, "", answers_shown(done["answers"], language)]
        await send(bot, _beside(message), render_text("\n".join(parts)))

    async def _report(self, refused: str) -> None:
        for person in sorted(self._maintainers):
            with suppress(TelegramError):  # somebody who never wrote to the bot
                await send(self._application.bot, Place(person), render_text(phrase("refused", "en", why=refused)))

    async def _say(
        self, bot: Bot, message: Message, key: str, query: CallbackQuery | None = None, **values: str
    ) -> None:
        language = language_of_person(query.from_user.language_code) if query else _language(message)
        await send(bot, _beside(message), render_text(phrase(key, language, **values)))


def add(application: App, settings: Settings, engine: Engine, state: State) -> None:
    """Let `application` keep its engine fresh, where that can be exchanged, and hear its maintainers."""
    if not isinstance(engine, Live):
        return
    keeper = Keeper(application, settings, engine, state)
    application.bot_data[KEEPER] = keeper
    if not settings.maintainers:
        return
    theirs = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(settings.maintainers)
    application.add_handlers(
        [
            CommandHandler("draft", keeper.command, theirs),
            CommandHandler("misses", keeper.misses, theirs),
            MessageHandler(theirs & filters.Document.ALL, keeper.document),
            MessageHandler(theirs & filters.TEXT & ~filters.COMMAND, keeper.pasted),
            CallbackQueryHandler(keeper.button, pattern=r"^draft:[0-9a-f]{8}:[a-z]+$"),
        ],
        FIRST,
    )


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


def _buttons(draft: Draft, language: Language, *actions: str) -> InlineKeyboardMarkup:
    labels = load("chat", language)["buttons"]
    buttons = [InlineKeyboardButton(labels[one], callback_data=f"draft:{draft.id}:{one}") for one in actions]
    return InlineKeyboardMarkup([[button] for button in buttons])


def _beside(message: Message) -> Place:
    return Place(message.chat.id)


def _language(message: Message) -> Language:
    return language_of_person(message.from_user.language_code if message.from_user else None)
