"""Update to question to reply; what a question means is decided elsewhere."""

from __future__ import annotations

from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot import addressing, keyboards, phrases
from bot.answers import Answers, asker_of
from bot.codes import encode
from bot.language import LANGUAGES
from bot.sending import Place
from knowledge.model import Query

Context = ContextTypes.DEFAULT_TYPE
SOURCES = encode(Query("sources")) or ""


class Handlers:
    """Commands and questions in private chats, groups and channels."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def start(self, update: Update, context: Context) -> None:
        """/start: what the bot is for, with questions to try; behind a link, what the link is about."""
        if message := update.message:
            private, link = addressing.is_private(message), " ".join(context.args or ())
            if not private:
                await self._answers.greet(context.bot, Place.beside(message), message.from_user)
            elif not (link and await self._tell(message, link, context)):
                await self._introduce(message, "start", context)

    async def help(self, update: Update, context: Context) -> None:
        """/help: what can be asked, and the commands."""
        if message := update.message:
            await self._introduce(message, "help", context)

    async def cities(self, update: Update, context: Context) -> None:
        """/cities: the cities of the best known announcement, or those of what follows the command."""
        if message := update.message:
            about = addressing.argument(message, _me(context))
            await self._answers.answer(context.bot, message, self._answers.cities_question(message, about))

    async def ask(self, update: Update, context: Context) -> None:
        """/ask: the question behind it, or the message it replies to."""
        if message := update.message:
            await self._ask(message, addressing.argument(message, _me(context)), context)

    async def language(self, update: Update, context: Context) -> None:
        """/language: which language answers are in here, to be chosen with a button."""
        if message := update.message:
            named = [(language, phrases.phrase("language_name", language)) for language in LANGUAGES]
            free = (None, phrases.phrase("language_any", self._answers.language(message)))
            await self._answers.say(context.bot, message, "language", keyboards.languages([*named, free]))

    async def source(self, update: Update, context: Context) -> None:
        """/source: what the answers rest on."""
        if message := update.message:
            await self._tell(message, SOURCES, context, aside=True)

    async def privacy(self, update: Update, context: Context) -> None:
        """/privacy: what is kept, and what is not."""
        if message := update.message:
            await self._answers.say(context.bot, message, "privacy")

    async def question(self, update: Update, context: Context) -> None:
        """Any other text or caption, when it is meant for the bot."""
        if message := update.message:
            text = addressing.question(message, _me(context))
            if text is not None:
                await self._ask(message, text, context)

    async def post(self, update: Update, context: Context) -> None:
        """A post in a channel, when it calls the bot; commands arrive here as well."""
        if message := update.channel_post:
            text = self._answers.question_of(message, context.bot)
            if text is not None:
                await self._ask(message, text, context)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command the bot does not have: in a group that is another bot's business unless named."""
        message = update.message
        if message and (addressing.is_private(message) or addressing.names_bot(message, _me(context))):
            await self._answers.say(context.bot, message, "unknown_command")

    async def no_text(self, update: Update, context: Context) -> None:
        """A picture, a sticker or the like in a private chat; of an album, the caption speaks for all."""
        if (message := update.message) and not message.media_group_id:
            await self._answers.say(context.bot, message, "no_text")

    async def _ask(self, message: Message, text: str, context: Context) -> None:
        if text:
            called = addressing.calls(message, _me(context))
            await self._answers.answer(context.bot, message, text, called=called)
        else:
            await self._answers.say(context.bot, message, "ask_hint")

    async def _tell(self, message: Message, code: str, context: Context, *, aside: bool = False) -> bool:
        """Answer what a code asks, as an `aside` that the conversation goes on after; tell whether it asks anything."""
        talk, language = self._answers.talk, self._answers.language(message)
        turn = talk.engine.recall(code, language) if aside else talk.recall(asker_of(message), code, language)
        place = Place.beside(message)
        if turn is not None and await self._answers.admits(context.bot, place, message.from_user, message.date):
            await self._answers.tell(context.bot, place, turn)
        return turn is not None

    async def _introduce(self, message: Message, key: str, context: Context) -> None:
        language = self._answers.language(message)
        await self._answers.say(context.bot, message, key, keyboards.suggested(phrases.examples(language)))


def _me(context: Context) -> User:
    return context.bot.bot
