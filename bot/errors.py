"""When something goes wrong: log it, and apologise to whoever waits for an answer."""

from __future__ import annotations

import logging

from telegram import Bot, Message, Update, User
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot import addressing, metrics, phrases
from bot.limiter import brief
from bot.replies.telegram_html import render_text
from bot.sending import Place, pressed, send

LOG = logging.getLogger(__name__)
GONE = ("chat not found", "not enough rights", "have no rights", "topic_closed", "message thread not found", "kicked")


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log a failed update; apologise where an answer was expected and one can still be sent."""
    error = context.error
    if isinstance(error, TelegramError) and not _own_fault(error):
        LOG.warning("Telegram did not take an answer: %s", brief(error))
        return
    metrics.FAILURES.inc()
    LOG.error("An update could not be handled", exc_info=error)
    if isinstance(update, Update):
        await _apologise(update, context.bot)


def _own_fault(error: TelegramError) -> bool:
    """Tell whether a request was wrong, and not the network, the chat or the bot's rights in it."""
    if isinstance(error, Forbidden) or not isinstance(error, BadRequest):
        return False
    return not any(words in error.message.lower() for words in GONE)


async def _apologise(update: Update, bot: Bot) -> None:
    waiting = _waiting(update, bot.bot)
    if waiting is None:
        return
    place, text = waiting
    person = update.effective_user
    language = phrases.language_of_text(text, person.language_code if person else None)
    try:
        await send(bot, place, render_text(phrases.phrase("apology", language)))
    except TelegramError as error:
        LOG.warning("The apology could not be sent either: %s", brief(error))


def _waiting(update: Update, me: User) -> tuple[Place, str] | None:
    """Return where somebody waits for an answer, and what they wrote."""
    query = update.callback_query
    if query and isinstance(query.message, Message):
        return Place.beside(query.message), pressed(query) or ""
    if (message := update.message) is None:
        return None
    text = addressing.question(message, me)
    if text is None and not addressing.commands_bot(message, me):
        return None
    return Place.beside(message), text or ""
