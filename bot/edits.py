"""An edited question edits its answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from telegram import Bot, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import addressing
from bot.desk import Desk, Laid, asker_of, code_of
from bot.exchanges import Exchange
from bot.sending import Place, edit

YOUNG = timedelta(hours=1)


class Edits:
    """What becomes of an answer when its question changes.

    One that calls the bot no longer keeps its answer. One that was never answered, as it did not call the bot before,
    is answered now, unless it is old.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an edited question in the place of its first answer."""
        message = update.edited_message or update.edited_channel_post
        text = self._desk.question_of(message, context.bot) if message else None
        if not (message and text):
            return
        exchange = self._desk.exchanges.of(message.chat.id, message.message_id)
        if exchange is None:
            called = addressing.calls(message, context.bot.bot)
            if _is_young(message):
                await self._desk.answer(context.bot, message, text, called=called)
        elif exchange.asked != text and await self._desk.admits(context.bot, Place.beside(message), message.from_user):
            code = code_of(message.from_user)
            turn = self._desk.talk.answer_after(exchange.before, asker_of(message), text, code)
            self._desk.talk.missed(text, turn)
            answers = await self._replace(context.bot, message, exchange.answers, self._desk.laid(turn))
            self._desk.exchanges.keep(message.chat.id, message.message_id, Exchange(text, answers, exchange.before))

    async def _replace(self, bot: Bot, message: Message, old: tuple[int, ...], laid: Laid) -> tuple[int, ...]:
        """Put an answer in the place of another; where that is gone, send it as if it were the first."""
        chat, place = message.chat.id, Place.beside(message)
        for answer, text in zip(old, laid.texts, strict=False):
            if not await edit(bot, chat, answer, text, laid.markup if text is laid.texts[-1] else None):
                await _delete(bot, chat, old)
                return await self._desk.send(bot, place, laid.texts, laid.markup)
        await _delete(bot, chat, old[len(laid.texts) :])
        further = laid.texts[len(old) :]
        return (*old[: len(laid.texts)], *(await self._desk.send(bot, place, further, laid.markup)))


async def _delete(bot: Bot, chat: int, messages: tuple[int, ...]) -> None:
    for message in messages:
        with suppress(TelegramError):  # gone already, or too old to be deleted
            await bot.delete_message(chat, message)


def _is_young(message: Message) -> bool:
    return message.edit_date is None or message.edit_date - message.date <= YOUNG
