"""Where questions become messages: the one place that answers, whatever way a question came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from telegram import Bot, InlineKeyboardMarkup, Message, User
from telegram.error import ChatMigrated

from bot import addressing, keyboards, phrases
from bot.exchanges import Exchange, Exchanges
from bot.floods import Floods
from bot.memories import Key
from bot.replies.telegram_html import pages, render, render_text
from bot.sending import Place, send
from bot.talk import Talk

if TYPE_CHECKING:
    from bot.conversation import Memory, Turn
    from bot.language import Language
    from knowledge.model import Place as City

OF_ONE_PLACE = ("check", "profile", "when", "where")
CHATTER = ("off_topic", "chat")


@dataclass(frozen=True, slots=True)
class Laid:
    """An answer as messages: their texts, and the buttons under the last one."""

    texts: tuple[str, ...]
    markup: InlineKeyboardMarkup | None


class Answers:
    """Answers at a place, keeps what belongs together, and keeps floods out."""

    def __init__(self, talk: Talk, floods: Floods | None = None) -> None:
        self.talk = talk
        self.exchanges: Exchanges[Memory] = Exchanges()
        self._floods = floods or Floods()

    async def answer(self, bot: Bot, message: Message, text: str, *, called: bool = True) -> None:
        """Answer a question beside its message; chatter among people that did not call the bot is left alone."""
        asker = asker_of(message)
        if not await self.admits(bot, Place.beside(message), message.from_user, message.date):
            return
        before = self.talk.memory(asker)
        turn = self.talk.answer(asker, text, code_of(message.from_user))
        if not called and turn.reply.outcome in CHATTER:
            return
        self.talk.missed(text, turn)
        sent = await self.tell(bot, Place.beside(message), turn)
        self.exchanges.keep(message.chat.id, message.message_id, Exchange(text, sent, before))

    async def tell(self, bot: Bot, place: Place, turn: Turn) -> tuple[int, ...]:
        """Send an answer; return the numbers of its messages."""
        laid = self.laid(turn)
        return await self.send(bot, place, laid.texts, laid.markup)

    async def say(
        self, bot: Bot, message: Message, key: str, markup: InlineKeyboardMarkup | None = None, **values: str
    ) -> None:
        """Say one of the bot's own sentences beside a message."""
        if not await self.admits(bot, Place.beside(message), message.from_user, message.date):
            return
        text = phrases.phrase(key, self.language(message), bot=bot.username, **values)
        await self.send(bot, Place.beside(message), render_text(text), markup)

    async def greet(self, bot: Bot, place: Place, person: User | None, *, admin: bool = False) -> None:
        """Tell a group how to ask in it, which depends on whether mentions reach the bot."""
        language = self.talk.language(place.chat, code_of(person))
        heard = admin or bot.bot.can_read_all_group_messages
        more = phrases.phrase("greeting_heard" if heard else "greeting_private", language, bot=bot.username)
        text = phrases.phrase("greeting", language, bot=bot.username, more=more)
        await self.send(bot, place, render_text(text), keyboards.suggested(phrases.examples(language)))

    async def send(
        self, bot: Bot, place: Place, texts: Sequence[str], markup: InlineKeyboardMarkup | None = None
    ) -> tuple[int, ...]:
        """Send texts to a place, or to where its chat has moved in the meantime."""
        try:
            return await send(bot, place, texts, markup)
        except ChatMigrated as moved:
            self.talk.state.move_chat(place.chat, moved.new_chat_id)
            return await send(bot, Place(moved.new_chat_id), texts, markup)

    async def admits(self, bot: Bot, place: Place, person: User | None, asked: datetime | None = None) -> bool:
        """Tell whether a chat may ask, by default now; one that asks too much is told so once."""
        verdict = self._floods.admit(place.chat, asked.timestamp() if asked else None)
        if verdict == "notice":
            text = phrases.phrase("too_fast", self.talk.language(place.chat, code_of(person)))
            await self.send(bot, place, render_text(text))
        return verdict == "answer"

    def laid(self, turn: Turn, page: int = 0) -> Laid:
        """Return an answer as messages: a list too long for one is turned page by page, if a button can say it."""
        found = pages(turn.reply) if keyboards.can_turn(turn.reply) else ()
        if len(found) < 2:
            return Laid(render(turn.reply), keyboards.under(turn, place=self._place(turn)))
        page = min(max(page, 0), len(found) - 1)
        return Laid((found[page],), keyboards.under(turn, page, len(found)))

    def language(self, message: Message) -> Language:
        """Return the language to say the bot's own sentences in, beside a message."""
        return self.talk.language(message.chat.id, code_of(message.from_user))

    def question_of(self, message: Message, bot: Bot) -> str | None:
        """Return what a message asks, by a command or by its words; None where it asks nothing of this bot."""
        if addressing.commands_bot(message, bot.bot):
            command, about = addressing.command(message), addressing.argument(message, bot.bot)
            if command == "cities":
                return self.cities_question(message, about)
            return about if command == "ask" else None
        return addressing.question(message, bot.bot)

    def cities_question(self, message: Message, about: str) -> str:
        """Return what /cities asks: the best known list, or what stands behind the command."""
        fixed = self.talk.state.language(message.chat.id)
        language = fixed or phrases.language_of_text(about, code_of(message.from_user))
        return phrases.phrase("cities_about" if about else "cities", language, about=about)

    def _place(self, turn: Turn) -> City | None:
        query = turn.reply.query
        if query is None or query.ask not in OF_ONE_PLACE or len(query.filters.places) != 1:
            return None
        place = self.talk.engine.place(query.filters.places[0])
        elsewhere = place and query.filters.countries and place.country not in query.filters.countries
        return None if elsewhere else place


def asker_of(message: Message) -> Key:
    """Return who asks where; anonymous admins and channels speak as a chat."""
    sender = message.sender_chat or message.from_user or message.chat
    return message.chat.id, sender.id


def code_of(person: User | None) -> str | None:
    """Return what somebody's Telegram speaks."""
    return person.language_code if person else None
