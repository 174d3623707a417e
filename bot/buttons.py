"""Pressed buttons: the next question, a page, a place on the map, a vote, a language."""

from __future__ import annotations

import re
from contextlib import suppress

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import addressing, keyboards, phrases
from bot.answers import Answers, code_of
from bot.keyboards import Press
from bot.memories import Memories
from bot.replies.telegram_html import render_text
from bot.sending import Place, edit
from bot.showing import Showing

Context = ContextTypes.DEFAULT_TYPE
PAGE = re.compile(r"(\d{1,3})\.([A-Za-z0-9_-]+)", re.ASCII)
VOTED = {"up": "voted_up", "down": "voted_down"}
INTENT = re.compile(r"[a-z0-9_]{1,40}", re.ASCII)


class Buttons:
    """The bot's side of every pressed button. One that means nothing any more says so kindly."""

    def __init__(self, answers: Answers, showing: Showing) -> None:
        self._answers = answers
        self._showing = showing
        self._voted: Memories[bool] = Memories()

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query = update.callback_query
        if query is None:
            return
        press, place = keyboards.read(query), _place(query)
        if press is None or place is None:
            await self._confirm(query, "stale_button")
        elif isinstance(press, str):
            await self._ask(query, place, press, context)
        elif not await self._do(query, place, press, context):
            await self._confirm(query, "stale_button")

    async def _do(self, query: CallbackQuery, place: Place, press: Press, context: Context) -> bool:
        """Do what a press says; tell whether it could be done."""
        match press.verb:
            case "ask":
                return await self._recall(query, place, press, context)
            case "page":
                return await self._turn(query, press, context)
            case "pin":
                return await self._pin(query, place, press, context)
            case "map":
                return await self._map(query, place, press, context)
            case "up" | "down":
                return await self._vote(query, press, context)
            case "lang":
                return await self._fix(query, press, context)

    async def _ask(self, query: CallbackQuery, place: Place, text: str, context: Context) -> None:
        """A question in words is answered as if it had been typed."""
        await self._confirm(query)
        if await self._answers.admits(context.bot, place, query.from_user):
            turn = self._answers.talk.answer((place.chat, query.from_user.id), text, code_of(query.from_user))
            self._answers.talk.missed(text, turn)
            await self._answers.tell(context.bot, place, turn)

    async def _recall(self, query: CallbackQuery, place: Place, press: Press, context: Context) -> bool:
        asker = (place.chat, query.from_user.id)
        turn = press.language and self._answers.talk.recall(asker, press.rest, press.language)
        if not turn:
            return False
        await self._confirm(query)
        if await self._answers.admits(context.bot, place, query.from_user):
            await self._answers.tell(context.bot, place, turn)
        return True

    async def _turn(self, query: CallbackQuery, press: Press, context: Context) -> bool:
        """Turn to a page of a list, in place; facts that came in since are in it."""
        found = PAGE.fullmatch(press.rest)
        if not (found and press.language and isinstance(query.message, Message)):
            return False
        asker = (query.message.chat.id, query.from_user.id)
        turn = self._answers.talk.recall(asker, found[2], press.language)
        if turn is None:
            return False
        await self._confirm(query)
        laid = self._answers.laid(turn, int(found[1]))
        return await edit(context.bot, query.message.chat.id, query.message.message_id, laid.texts[0], laid.markup)

    async def _pin(self, query: CallbackQuery, place: Place, press: Press, context: Context) -> bool:
        city = self._answers.talk.engine.place(press.rest)
        if city is None or city.latitude is None or city.longitude is None:
            return False
        await self._confirm(query)
        if await self._answers.admits(context.bot, place, query.from_user):
            await context.bot.send_location(
                place.chat,
                city.latitude,
                city.longitude,
                message_thread_id=place.topic,
                reply_parameters=place.quote,
            )
        return True

    async def _map(self, query: CallbackQuery, place: Place, press: Press, context: Context) -> bool:
        engine = self._answers.talk.engine
        turn = press.language and engine.recall(press.rest, press.language)
        if not (turn and turn.reply.query and press.language):
            return False
        await self._confirm(query)
        if await self._answers.admits(context.bot, place, query.from_user):
            await self._showing.show(context.bot, place, engine.map_for(turn.reply.query, press.language))
        return True

    async def _vote(self, query: CallbackQuery, press: Press, context: Context) -> bool:
        """Count one vote an answer and take its buttons away."""
        message = query.message
        if not (press.language and isinstance(message, Message) and INTENT.fullmatch(press.rest)):
            return False
        ballot = (message.chat.id, message.message_id)
        if not self._voted.recall(ballot):
            self._voted.keep(ballot, True)
            asked = self._answers.exchanges.asked(*ballot) or _asked(message, context)
            self._answers.talk.vote(press.rest, press.language, up=press.verb == "up", asked=asked)
        await self._confirm(query, VOTED[press.verb])
        with suppress(TelegramError):  # the vote is counted, whatever becomes of the buttons
            await query.edit_message_reply_markup(keyboards.without_votes(message))
        return True

    async def _fix(self, query: CallbackQuery, press: Press, context: Context) -> bool:
        if not isinstance(query.message, Message):
            return False
        chat = query.message.chat.id
        self._answers.talk.state.fix_language(chat, press.language)
        await self._confirm(query)
        language = self._answers.talk.language(chat, code_of(query.from_user))
        text = phrases.phrase("language_fixed" if press.language else "language_free", language)
        await edit(context.bot, chat, query.message.message_id, render_text(text)[0])
        return True

    async def _confirm(self, query: CallbackQuery, key: str | None = None) -> None:
        """Let the button rest, with a word if there is one to say."""
        chat = query.message.chat.id if query.message else query.from_user.id
        text = key and phrases.phrase(key, self._answers.talk.language(chat, code_of(query.from_user)))
        with suppress(TelegramError):  # too late to be confirmed; what was asked still stands
            await query.answer(text)


def _place(query: CallbackQuery) -> Place | None:
    """Return where the answer to a button goes; nowhere, if it stands in a message sent by way of the bot."""
    if query.message is None:
        return None
    return Place.beside(query.message) if isinstance(query.message, Message) else Place(query.message.chat.id)


def _asked(message: Message, context: Context) -> str:
    """Return the question that a message quotes, or else what it answers itself with."""
    quoted = message.reply_to_message
    text = quoted and (addressing.question(quoted, context.bot.bot) or quoted.text or quoted.caption)
    return text or next(iter((message.text or "").splitlines()), "")
