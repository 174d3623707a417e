"""Questions as lines, replies as JSON objects: the bot for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from bot.conversation import Engine, Memory
from bot.replies.reply import Citation, Reply


def answer_lines(engine: Engine, lines: Iterable[bytes], output: TextIO) -> None:
    """Answer each line (plain text, a JSON string, or a JSON list of strings: one conversation) with one line of JSON.

    A line that cannot be read gets `{"error": …}` in its place.
    """
    for line in lines:
        engine.refresh()
        try:
            found: dict[str, Any] = as_json(_answered(engine, messages(line)))
        except ValueError as error:
            found = {"error": str(error)}
        output.write(json.dumps(found, ensure_ascii=False) + "\n")
        output.flush()


def messages(line: bytes) -> list[str]:
    """Return the messages of a conversation that `line` holds; raise ValueError if it holds none."""
    try:
        text = line.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise ValueError("the line is not UTF-8") from None
    if not text.lstrip().startswith(("[", '"')):
        return [text]
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        if text.lstrip().startswith('"'):
            return [text]
        raise ValueError("the line begins like JSON and is none") from None
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and value and all(isinstance(message, str) for message in value):
        return value
    raise ValueError("a JSON line must be a string or a list of strings")


def as_json(reply: Reply) -> dict[str, Any]:
    """Return a reply as its JSON object."""
    return {
        "text": reply.text.encode("utf-8", "replace").decode(),
        "language": reply.language,
        "outcome": reply.outcome,
        "intent": reply.intent,
        "cities": list(reply.cities),
        "sources": [_source(citation) for citation in reply.citations],
        "suggestions": list(reply.suggestions),
    }


def _answered(engine: Engine, conversation: list[str]) -> Reply:
    memory: Memory | None = None
    for message in conversation[:-1]:
        memory = engine.answer(message, memory).memory
    return engine.answer(conversation[-1], memory).reply


def _source(citation: Citation) -> dict[str, str | None]:
    source = citation.source
    return {
        "publisher": source.publisher,
        "title": source.title,
        "published": source.published,
        "url": source.url,
        "locator": citation.locator,
    }
