"""Messages on their way out: where they go, and what happens when they cannot go there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest

from bot import refusals
from bot.addressing import is_private


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: the chat, its topic, and the message it quotes."""

    chat: int
    topic: int | None = None
    quotes: int | None = None

    @classmethod
    def beside(cls, message: Message) -> Place:
        """Return the place of an answer to a message: in groups it quotes the message, in its topic."""
        topic = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat.id, topic, None if is_private(message) else message.message_id)

    @property
    def quote(self) -> ReplyParameters | None:
        """What makes a message quote another; one deleted in the meantime is not missed."""
        return None if self.quotes is None else ReplyParameters(self.quotes, allow_sending_without_reply=True)


async def send(
    bot: Bot, place: Place, texts: Sequence[str], markup: InlineKeyboardMarkup | None = None
) -> tuple[int, ...]:
    """Send texts in Telegram's HTML, the buttons under the last one; return the numbers of the messages."""
    sent = []
    for number, text in enumerate(texts, start=1):
        message = await bot.send_message(
            place.chat,
            text,
            message_thread_id=place.topic,
            reply_parameters=place.quote if number == 1 else None,
            reply_markup=markup if number == len(texts) else None,
        )
        sent.append(message.message_id)
    return tuple(sent)


async def edit(bot: Bot, chat: int, message: int, text: str, markup: InlineKeyboardMarkup | None = None) -> bool:
    """Say something else in a message of the bot; return whether the message is still there to say it."""
    try:
        await bot.edit_message_text(text, chat, message, reply_markup=markup)
    except BadRequest as error:
        if refusals.says(error, refusals.NO_MESSAGE):
            return False
        if not refusals.says(error, refusals.UNCHANGED):
            raise
    return True
