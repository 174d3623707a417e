"""Pictures: maps and figures, drawn beside everything else and sent with a caption that says the same in words."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import addressing, refusals
from bot.answers import Answers, asker_of
from bot.memories import Memories
from bot.pictures.raster import DrawingError
from bot.replies.telegram_html import render
from bot.sending import Place

if TYPE_CHECKING:
    from bot.conversation import Turn
    from bot.pictures.sketch import Sketch

LOG = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE
AT_ONCE = 2  # pictures drawn at the same time; more only make each slower
KNOWN = 500  # pictures that Telegram holds already


class Showing:
    """Draws and sends pictures; one that has been sent is not drawn again."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._drawing = asyncio.Semaphore(AT_ONCE)
        self._sent: Memories[str] = Memories(KNOWN)

    async def map(self, update: Update, context: Context) -> None:
        """/map: the cities of what follows the command, or of what was last spoken of; else the whole network."""
        if (message := update.message) is None:
            return
        talk, asker = self._answers.talk, asker_of(message)
        about, language = addressing.argument(message, context.bot.bot), self._answers.language(message)
        memory = talk.memory(asker)
        turn = None
        if about:
            turn = talk.engine.map_of(about, None, talk.state.language(message.chat.id))
        elif memory is not None:
            turn = talk.engine.map_for(memory.query, language)
        if turn is None or not (about or turn.sketch):
            turn = talk.engine.map_of("", None, language)
        if await self._answers.admits(context.bot, Place.beside(message), message.from_user):
            await self.show(context.bot, Place.beside(message), turn)

    async def figures(self, update: Update, context: Context) -> None:
        """/stats: the network in figures."""
        message = update.message
        if message and await self._answers.admits(context.bot, Place.beside(message), message.from_user):
            turn = self._answers.talk.engine.statistics(self._answers.language(message))
            await self.show(context.bot, Place.beside(message), turn)

    async def show(self, bot: Bot, place: Place, turn: Turn) -> None:
        """Send the picture of a turn; in words where there is none, or where none may be sent."""
        if turn.sketch is None:
            await self._answers.tell(bot, place, turn)
            return
        try:
            await self._send(bot, place, turn.sketch, render(turn.reply)[0])
        except DrawingError as error:
            LOG.error("A picture could not be drawn: %s", error)
            await self._answers.tell(bot, place, turn)
        except TelegramError as error:
            if not refusals.says(error, refusals.NO_PICTURES):
                raise
            await self._answers.tell(bot, place, turn)

    async def _send(self, bot: Bot, place: Place, sketch: Sketch, caption: str) -> None:
        key = (hash(repr(sketch)),)
        picture: str | bytes | None = self._sent.recall(key)
        if picture is None:
            await bot.send_chat_action(place.chat, ChatAction.UPLOAD_PHOTO, message_thread_id=place.topic)
            async with self._drawing:
                picture = await asyncio.to_thread(sketch.draw)
        message = await bot.send_photo(
            place.chat, picture, caption, message_thread_id=place.topic, reply_parameters=place.quote
        )
        if message.photo:
            self._sent.keep(key, message.photo[-1].file_id)
