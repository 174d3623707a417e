"""When something goes wrong: log it, and apologise to whoever waits for an answer."""

from __future__ import annotations

import logging

from telegram import Bot, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot import addressing, keyboards, metrics, phrases, refusals
from bot.inline import sentence
from bot.limiter import brief
from bot.replies.telegram_html import render_text
from bot.sending import Place, send

LOG = logging.getLogger(__name__)


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log a failed update; apologise where an answer was expected and one can still be sent."""
    error = context.error
    if isinstance(error, TelegramError) and not refusals.own_fault(error):
        LOG.warning("Telegram did not take an answer: %s", brief(error))
        return
    metrics.FAILURES.inc()
    LOG.error("An update could not be handled", exc_info=error)
    if isinstance(update, Update):
        await _apologise(update, context.bot)


async def _apologise(update: Update, bot: Bot) -> None:
    guest = update.guest_message
    waiting = _waiting(update, bot.bot)
    if waiting is None and guest is None:
        return
    place, text = waiting or (None, guest.text or "" if guest else "")
    person = update.effective_user
    language = phrases.language_of_text(text, person.language_code if person else None)
    apology = phrases.phrase("apology", language)
    try:
        if place:
            await send(bot, place, render_text(apology))
        elif guest and guest.guest_query_id:
            await bot.answer_guest_query(guest.guest_query_id, sentence(apology))
    except TelegramError as error:
        LOG.warning("The apology could not be sent either: %s", brief(error))


def _waiting(update: Update, me: User) -> tuple[Place, str] | None:
    """Return where somebody waits for an answer, and what they wrote."""
    query = update.callback_query
    if query and isinstance(query.message, Message):
        said = keyboards.read(query)
        return Place.beside(query.message), said if isinstance(said, str) else ""
    if (message := update.message or update.channel_post) is None:
        return None
    text = addressing.question(message, me)
    if text is None and not addressing.commands_bot(message, me):
        return None
    return Place.beside(message), text or ""
