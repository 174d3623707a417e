"""Update to question to reply; what a question means is decided elsewhere."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Bot, Chat, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import addressing, metrics, phrases
from bot.memories import Key, Memories
from bot.replies.telegram_html import render, render_text
from bot.sending import Place, pressed, send

if TYPE_CHECKING:
    from bot.conversation import Engine, Memory
    from bot.language import Language
    from bot.replies.reply import Reply

Context = ContextTypes.DEFAULT_TYPE
ABSENT = (ChatMember.LEFT, ChatMember.BANNED)


class Handlers:
    """The bot's side of every update, on one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._memories: Memories[Memory] = Memories()

    async def start(self, update: Update, context: Context) -> None:
        """/start: what the bot is for, with questions to try; in a group, how to ask there."""
        if message := update.message:
            key = "start" if addressing.is_private(message) else "greeting"
            await self._say(message, key, context.bot, buttons=True)

    async def help(self, update: Update, context: Context) -> None:
        """/help: what can be asked, and the commands."""
        if message := update.message:
            await self._say(message, "help", context.bot, buttons=True)

    async def cities(self, update: Update, context: Context) -> None:
        """/cities: the cities of the best known announcement, or those of what follows the command."""
        if message := update.message:
            about = addressing.argument(message, _me(context))
            language = phrases.language_of_text(about, _code(message.from_user))
            key = "cities_about" if about else "cities"
            await self._answer(message, phrases.phrase(key, language, about=about), context.bot)

    async def ask(self, update: Update, context: Context) -> None:
        """/ask: the question behind it, or the message it replies to."""
        if message := update.message:
            await self._ask(message, addressing.argument(message, _me(context)), context.bot)

    async def question(self, update: Update, context: Context) -> None:
        """Any other text or caption, when it is meant for the bot."""
        if message := update.message:
            text = addressing.question(message, _me(context))
            if text is not None:
                await self._ask(message, text, context.bot)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command the bot does not have: in a group that is another bot's business unless named."""
        message = update.message
        if message and (addressing.is_private(message) or addressing.names_bot(message, _me(context))):
            await self._say(message, "unknown_command", context.bot)

    async def no_text(self, update: Update, context: Context) -> None:
        """A picture, a sticker or the like in a private chat; of an album, the caption speaks for all."""
        if (message := update.message) and not message.media_group_id:
            await self._say(message, "no_text", context.bot)

    async def button(self, update: Update, context: Context) -> None:
        """A pressed button, answered as if its question had been typed."""
        query = update.callback_query
        if query is None:
            return
        asked, language = pressed(query), phrases.language_of_person(_code(query.from_user))
        with suppress(TelegramError):  # too late to be confirmed; the question still stands
            await query.answer(None if asked else phrases.phrase("stale_button", language))
        if not asked or query.message is None:
            return
        chat = query.message.chat
        reply = self._reply((chat.id, query.from_user.id), asked)
        place = Place.beside(query.message) if isinstance(query.message, Message) else Place(chat.id)
        await send(context.bot, place, render(reply), reply.suggestions)

    async def added(self, update: Update, context: Context) -> None:
        """Added to a group: one message on how to ask there."""
        change = update.my_chat_member
        if change and change.chat.type in (Chat.GROUP, Chat.SUPERGROUP) and _joined(change):
            language = phrases.language_of_person(_code(change.from_user))
            text = phrases.phrase("greeting", language, bot=context.bot.username)
            await send(context.bot, Place(change.chat.id), render_text(text), phrases.examples(language))

    async def _ask(self, message: Message, text: str, bot: Bot) -> None:
        if text:
            await self._answer(message, text, bot)
        else:
            await self._say(message, "ask_hint", bot)

    async def _answer(self, message: Message, text: str, bot: Bot) -> None:
        reply = self._reply(_asker(message), text)
        await send(bot, Place.beside(message), render(reply), reply.suggestions)

    def _reply(self, asker: Key, text: str) -> Reply:
        turn = self._engine.answer(text, self._memories.recall(asker))
        self._memories.keep(asker, turn.memory)
        metrics.answered(turn.reply)
        return turn.reply

    async def _say(self, message: Message, key: str, bot: Bot, *, buttons: bool = False) -> None:
        language: Language = phrases.language_of_person(_code(message.from_user))
        text = phrases.phrase(key, language, bot=bot.username)
        await send(bot, Place.beside(message), render_text(text), phrases.examples(language) if buttons else ())


def _me(context: Context) -> User:
    return context.bot.bot


def _asker(message: Message) -> Key:
    """Return who asks where; anonymous admins and channels speak as a chat."""
    sender = message.sender_chat or message.from_user or message.chat
    return message.chat.id, sender.id


def _code(person: User | None) -> str | None:
    return person.language_code if person else None


def _joined(change: ChatMemberUpdated) -> bool:
    return change.old_chat_member.status in ABSENT and change.new_chat_member.status not in ABSENT
