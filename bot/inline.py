"""Answers in chats that the bot is no member of: inline (`@bot หาดใหญ่`, anywhere) and as a guest that is mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes
from telegram.helpers import create_deep_linked_url

from bot import addressing, phrases, refusals
from bot.answers import Answers, asker_of, code_of
from bot.codes import encode
from bot.replies.telegram_html import pages, plain, render, render_text

if TYPE_CHECKING:
    from bot.conversation import Turn
    from bot.language import Language

Context = ContextTypes.DEFAULT_TYPE
CARDS = 20  # a page of results
CACHE = 30  # seconds; new facts show soon
TITLE = 80
SUMMARY = 160
STATED = ("answered", "unknown")
ELSEWHERE = 1  # told apart from the bot's own chats, which may have the same numbers


class Inline:
    """Results to choose from while somebody types, and single answers as a guest."""

    def __init__(self, answers: Answers) -> None:
        self._talk = answers.talk
        self._answers = answers

    async def typed(self, update: Update, context: Context) -> None:
        """Offer the answer to what is being typed, then the cities with such a name."""
        query = update.inline_query
        if query is None:
            return
        language = phrases.language_of_text(query.query, code_of(query.from_user))
        start = int(query.offset) if query.offset.isdecimal() and len(query.offset) < 6 else 0
        cities = self._talk.engine.named(query.query, language, CARDS, start) if _searchable(query.query) else ()
        found = [] if start else list(self._results(query.query, language, context.bot.username))
        shown = {article.id for article in found}
        for city in cities:
            turn = self._talk.engine.recall(encode(city.query) or "", language)
            if turn and _id(turn) not in shown:
                found.append(_article(turn, context.bot.username, city.label))
        hint = phrases.phrase("inline_more" if found else "inline_none", language)
        try:
            await context.bot.answer_inline_query(
                query.id,
                found,
                cache_time=CACHE,
                is_personal=True,
                next_offset=str(start + CARDS) if len(cities) == CARDS else None,  # "" would be sent as []
                button=None if start else InlineQueryResultsButton(hint, start_parameter="start"),
            )
        except BadRequest as error:
            if not refusals.says(error, refusals.TOO_LATE):  # else somebody has typed on, and the next query is here
                raise

    async def guest(self, update: Update, context: Context) -> None:
        """Answer where the bot was mentioned without being there: with one message, and no second chance."""
        message = update.guest_message
        if message is None or not message.guest_query_id:
            return
        text = addressing.argument(message, context.bot.bot)
        language = phrases.language_of_text(text, code_of(message.from_user))
        if text:
            article = _article(self._guest_turn(message, text), context.bot.username)
        else:
            article = sentence(phrases.phrase("guest_hint", language, bot=context.bot.username))
        await context.bot.answer_guest_query(message.guest_query_id, article)

    def _guest_turn(self, message: Message, text: str) -> Turn:
        turn = self._talk.answer((*asker_of(message), ELSEWHERE), text, code_of(message.from_user))
        self._talk.missed(text, turn)
        return turn

    def _results(self, text: str, language: Language, bot: str) -> Iterator[InlineQueryResultArticle]:
        """The answer to a question, the choices of one that is not clear, or examples where nothing is typed."""
        questions = (text,) if text.strip() else phrases.examples(language)
        for number, question in enumerate(questions):
            turn = self._talk.engine.answer(question, None, None if phrases.is_worded(question) else language)
            if turn.reply.outcome in STATED and turn.reply.intent != "unclear":
                yield _article(turn, bot, "" if text.strip() else question, f"answer-{number}")


def _searchable(text: str) -> bool:
    """Tell whether a text may be a part of a name; all names are offered where nothing is typed."""
    return not text.strip() or any(letter.isalnum() for letter in text)


def _id(turn: Turn, otherwise: str = "answer") -> str:
    """Return what tells a result from others: what it answers."""
    code = encode(turn.reply.query) if turn.reply.query else None
    return code or otherwise


def _article(turn: Turn, bot: str, title: str = "", otherwise: str = "answer") -> InlineQueryResultArticle:
    reply = turn.reply
    lines = plain(reply)
    title, rest = (title, lines) if title else (lines[0], lines[1:])
    text = (pages(reply) or render(reply))[0]
    link = encode(reply.query) if reply.query else None
    url = create_deep_linked_url(bot, link or "start")
    more = InlineKeyboardButton(phrases.phrase("more_in_private", reply.language), url=url)
    return InlineQueryResultArticle(
        _id(turn, otherwise),
        _clipped(title, TITLE),
        InputTextMessageContent(text),
        InlineKeyboardMarkup([[more]]),
        description=_clipped(" · ".join(rest), SUMMARY) or None,
    )


def sentence(text: str) -> InlineQueryResultArticle:
    """Return one of the bot's own sentences as a result."""
    return InlineQueryResultArticle("hint", _clipped(text, TITLE), InputTextMessageContent(render_text(text)[0]))


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
