"""Captions: the same as the picture in words, in as many letters as Telegram lets one have."""

from __future__ import annotations

from dataclasses import replace

from bot.phrases import phrase
from bot.replies.reply import Reply
from bot.replies.telegram_html import length

LIMIT = 1024  # UTF-16 units of a caption
_SOURCES = 3


def fitting(reply: Reply, instead: str) -> Reply:
    """Return `reply` short enough for a caption: with its list, or with `instead` of it, or without."""
    few = replace(reply, citations=reply.citations[:_SOURCES])
    for shorter in (reply, few, replace(few, groups=(), notes=(*few.notes, instead)), replace(few, groups=())):
        if caption_length(shorter) <= LIMIT:
            return shorter
    notes = list(few.notes)
    while notes:
        notes.pop()
        shorter = replace(few, groups=(), notes=tuple(notes))
        if caption_length(shorter) <= LIMIT:
            return shorter
    return replace(few, groups=(), notes=(), citations=few.citations[:1])


def caption_length(reply: Reply) -> int:
    """Return how long a reply is as a caption, in UTF-16 units, with its source and empty lines."""
    labels = ", ".join(dict.fromkeys(citation.label for citation in reply.citations))
    source = phrase("source", reply.language, sources=labels) if labels else ""
    return length(reply.text) + length(source) + 2 * (len(reply.groups) + 2)
