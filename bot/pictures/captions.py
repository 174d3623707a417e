"""Captions: the same as the picture in words, in as many letters as Telegram lets one have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.phrases import phrase
from bot.replies.reply import Reply
from bot.replies.telegram_html import length

LIMIT = 1024  # UTF-16 units of a caption
_SOURCES = 3


def fitting(reply: Reply, limits: tuple[str, ...], instead: str) -> Reply:
    """Return `reply` short enough for a caption, with `limits`: with its list if that fits, or else with `instead`.

    Further notes are the first to go, `limits` are never left out.
    """
    for shorter in _shorter(reply, limits, instead):
        if caption_length(shorter) <= LIMIT:
            return shorter
    return replace(reply, groups=(), notes=limits, citations=reply.citations[:1])


def _shorter(reply: Reply, limits: tuple[str, ...], instead: str) -> Iterator[Reply]:
    few = replace(reply, citations=reply.citations[:_SOURCES])
    if reply.groups:
        yield replace(reply, notes=(*reply.notes, *limits))
        yield replace(few, notes=(*reply.notes, *limits))
    if instead:
        yield replace(few, groups=(), notes=(*reply.notes, *limits, instead))
    for kept in range(len(reply.notes), -1, -1):
        yield replace(few, groups=(), notes=(*reply.notes[:kept], *limits))


def caption_length(reply: Reply) -> int:
    """Return how long a reply is as a caption, in UTF-16 units, with its source and empty lines."""
    labels = ", ".join(dict.fromkeys(citation.label for citation in reply.citations))
    source = phrase("source", reply.language, sources=labels) if labels else ""
    return length(reply.text) + length(source) + 2 * (len(reply.groups) + 2)
