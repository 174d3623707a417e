"""The bot in a terminal, on the same engine as in Telegram."""

from __future__ import annotations

import sys
from contextlib import suppress

from bot.conversation import Engine, Memory
from bot.language import LANGUAGES
from bot.phrases import phrase
from bot.replies.reply import Reply

_PROMPT = "> "
_HELP = "/help"
_SHOWN_SOURCES = 3


def as_text(reply: Reply) -> str:
    """Return a reply with its sources, as plain text."""
    labels = list(dict.fromkeys(citation.label for citation in reply.citations))[:_SHOWN_SOURCES]
    parts = [reply.text]
    if labels:
        parts.append(phrase("source", reply.language, sources=" · ".join(labels)))
    return "\n\n".join(parts)


def chat(engine: Engine) -> int:
    """Talk until the end of input; return the exit code."""
    with suppress(ImportError):
        import readline  # noqa: F401  # gives input() its history and editing

    for language in LANGUAGES:
        print(phrase("terminal", language))
    memory: Memory | None = None
    while True:
        try:
            text = input(_PROMPT if sys.stdin.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        except UnicodeDecodeError:
            print(phrase("no_text", "en"))
            continue
        if not text.strip():
            continue
        if text.strip().lower() == _HELP:
            for language in LANGUAGES:
                print(phrase("help", language))
            continue
        engine.refresh()
        turn = engine.answer(text, memory)
        memory = turn.memory
        print(as_text(turn.reply))
        if turn.reply.suggestions:
            print(phrase("try", turn.reply.language, examples=" · ".join(turn.reply.suggestions)))
