"""Replies to messages: sent where the question was asked, with buttons for the next questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters

from bot.addressing import is_private
from bot.replies.telegram_html import clean

DATA_BYTES = 64
ROW_LETTERS = 32
ROW_BUTTONS = 3
NUMBER = "#"


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


async def send(bot: Bot, place: Place, texts: Sequence[str], suggestions: Sequence[str] = ()) -> None:
    """Send texts in Telegram's HTML, the buttons under the last one."""
    for number, text in enumerate(texts, start=1):
        await bot.send_message(
            place.chat,
            text,
            message_thread_id=place.topic,
            reply_parameters=_quote(place) if number == 1 else None,
            reply_markup=keyboard(suggestions) if number == len(texts) else None,
        )


def keyboard(suggestions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """Return buttons that ask the suggestions.

    A button carries its question; one too long for that carries its number, and the question is read off
    the button itself. Either outlives a restart.
    """
    labels = [label for label in map(clean, suggestions) if label.strip()]
    buttons = [InlineKeyboardButton(label, callback_data=_data(label, number)) for number, label in enumerate(labels)]
    return InlineKeyboardMarkup(list(_rows(buttons))) if buttons else None


def pressed(query: CallbackQuery) -> str | None:
    """Return the question of a pressed button, or None where it can no longer be told."""
    data = query.data or ""
    if not data.startswith(NUMBER):
        return data or None
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return next((button.text for button in buttons if button.callback_data == data), None)


def _quote(place: Place) -> ReplyParameters | None:
    if place.quotes is None:
        return None
    return ReplyParameters(place.quotes, allow_sending_without_reply=True)


def _data(label: str, number: int) -> str:
    fits = len(label.encode()) <= DATA_BYTES and not label.startswith(NUMBER)
    return label if fits else f"{NUMBER}{number}"


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Iterator[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    for button in buttons:
        letters = sum(len(one.text) for one in [*row, button])
        if row and (letters > ROW_LETTERS or len(row) == ROW_BUTTONS):
            yield row
            row = []
        row.append(button)
    yield row
