"""What Telegram shows of the bot before anything is asked: its commands, name and descriptions, in every language."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot import phrases
from bot.language import LANGUAGES, Language
from bot.state import State

LOG = logging.getLogger(__name__)
Setter = Callable[..., Awaitable[bool]]


async def show(bot: Bot, state: State) -> None:
    """Set what has changed since it was last set; Telegram seldom allows to set the same again and again."""
    for name, content, setter in _all(bot):
        key = f"menu:{bot.id}:{name}"
        fingerprint = hashlib.sha256(json.dumps(content).encode()).hexdigest()
        if state.value(key) == fingerprint:
            continue
        try:
            await setter()
        except TelegramError as error:
            LOG.warning("What Telegram shows of the bot could not be set (%s): %s", name, error)
        else:
            state.set_value(key, fingerprint)


def _all(bot: Bot) -> Iterator[tuple[str, object, Setter]]:
    """Yield everything that is shown: what it is called here, what it holds, and how it is set."""
    for language in LANGUAGES:
        code = _code(language)
        commands, about = phrases.commands(language), phrases.about(language)
        menu = [BotCommand(name, text) for name, text in commands.items()]
        setters: dict[str, tuple[object, Setter]] = {
            "commands": (commands, partial(bot.set_my_commands, menu)),
            "name": (about["name"], partial(bot.set_my_name, about["name"])),
            "description": (about["description"], partial(bot.set_my_description, about["description"])),
            "short": (about["short_description"], partial(bot.set_my_short_description, about["short_description"])),
        }
        for part, (content, setter) in setters.items():
            yield f"{part}:{code}", content, partial(setter, language_code=code)


def _code(language: Language) -> str | None:
    """Return the code a language is set for: Telegram falls back to what has none."""
    return None if language == phrases.language_of_person(None) else language
