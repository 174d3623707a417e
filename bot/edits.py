"""An edited question edits its answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram import Bot, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import addressing
from bot.answers import Answers, Laid, asker_of, code_of
from bot.exchanges import Exchange
from bot.sending import Place, edit

if TYPE_CHECKING:
    from bot.conversation import Memory

YOUNG = timedelta(hours=1)


class Edits:
    """What becomes of an answer when its question changes.

    One that calls the bot no longer keeps its answer. One that was never answered, as it did not call the bot before,
    is answered now, unless it is old.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an edited question in the place of its first answer."""
        message = update.edited_message or update.edited_channel_post
        text = self._answers.question_of(message, context.bot) if message else None
        if not (message and text):
            return
        exchange = self._answers.exchanges.of(message.chat.id, message.message_id)
        if exchange is None:
            if _is_young(message):
                called = addressing.calls(message, context.bot.bot)
                await self._answers.answer(context.bot, message, text, called=called)
        elif exchange.asked != text:
            await self._again(context.bot, message, text, exchange)

    async def _again(self, bot: Bot, message: Message, text: str, exchange: Exchange[Memory]) -> None:
        """Answer a question as if it had been put so from the start."""
        if not await self._answers.admits(bot, Place.beside(message), message.from_user, message.edit_date):
            return
        code = code_of(message.from_user)
        turn = self._answers.talk.answer_after(exchange.before, asker_of(message), text, code)
        self._answers.talk.missed(text, turn)
        answers = await self._replace(bot, message, exchange.answers, self._answers.laid(turn))
        self._answers.exchanges.keep(message.chat.id, message.message_id, Exchange(text, answers, exchange.before))

    async def _replace(self, bot: Bot, message: Message, old: tuple[int, ...], laid: Laid) -> tuple[int, ...]:
        """Put an answer in the place of another; where that is gone, send it as if it were the first."""
        chat, place = message.chat.id, Place.beside(message)
        for answer, text in zip(old, laid.texts, strict=False):
            if not await edit(bot, chat, answer, text, laid.markup if text is laid.texts[-1] else None):
                await _delete(bot, chat, old)
                return await self._answers.send(bot, place, laid.texts, laid.markup)
        await _delete(bot, chat, old[len(laid.texts) :])
        further = laid.texts[len(old) :]
        return (*old[: len(laid.texts)], *(await self._answers.send(bot, place, further, laid.markup)))


async def _delete(bot: Bot, chat: int, messages: tuple[int, ...]) -> None:
    for message in messages:
        with suppress(TelegramError):  # gone already, or too old to be deleted
            await bot.delete_message(chat, message)


def _is_young(message: Message) -> bool:
    return message.edit_date is None or message.edit_date - message.date <= YOUNG
