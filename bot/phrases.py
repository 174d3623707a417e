"""The bot's own sentences (greeting, hints, apology) and the language to say them in."""

from __future__ import annotations

import re

from bot.language import Language, load

THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]")
LATIN = re.compile(r"[A-Za-z]")


def phrase(key: str, language: Language, **values: str) -> str:
    """Return a sentence of `chat.yaml`, filled in."""
    text: str = load("chat", language)[key]
    return text.strip().format(**values)


def examples(language: Language) -> tuple[str, ...]:
    """Return questions that show what can be asked."""
    return tuple(load("chat", language)["examples"])


def commands(language: Language) -> dict[str, str]:
    """Return the commands and what each does, in the order of the menu."""
    return dict(load("chat", language)["commands"])


def about(language: Language) -> dict[str, str]:
    """Return the bot's name and its descriptions, as its profile shows them."""
    return {part: text.strip() for part, text in load("chat", language)["about"].items()}


def language_of_person(code: str | None) -> Language:
    """Return the language for someone whose Telegram speaks `code`."""
    return "th" if (code or "").lower().split("-")[0] == "th" else "en"


def is_worded(text: str) -> bool:
    """Tell whether a text has letters to tell its language by."""
    return bool(THAI.search(text) or LATIN.search(text))


def language_of_text(text: str, code: str | None = None) -> Language:
    """Return the language of a text; without letters, that of the person who wrote it."""
    if THAI.search(text):
        return "th"
    return "en" if LATIN.search(text) else language_of_person(code)
