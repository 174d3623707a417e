"""What the bot says, before a surface (terminal, JSON, Telegram) lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.language import Language
from knowledge.model import Query, Source

Outcome = Literal["answered", "unknown", "clarify", "off_topic", "chat"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A source behind a reply: `label` is its short name in the reply's language."""

    source: Source
    label: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a list under one heading; an empty heading means a plain list, no lines a note between two lists."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: the answer first, then its list, then what limits it.

    `query` is what it answers, where that is one query.
    """

    language: Language
    outcome: Outcome
    intent: str
    lead: str
    groups: tuple[Group, ...] = ()
    notes: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    query: Query | None = None

    @property
    def text(self) -> str:
        """The answer in plain text, without its source line and suggestions."""
        parts = [self.lead]
        for group in self.groups:
            heading = [group.heading] if group.heading else []
            parts.append("\n".join([*heading, *(f"• {line}" for line in group.lines)]))
        parts.extend(self.notes)
        return "\n".join(part for part in parts if part)
