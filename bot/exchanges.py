"""Which answers belong to which question, for edits and votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.memories import Memories

M = TypeVar("M")
LIMIT = 2_000  # a question may have 4,096 characters, and edits and votes follow soon


@dataclass(frozen=True, slots=True)
class Exchange(Generic[M]):
    """A question, the numbers of the messages that answered it, and what had been spoken of before."""

    asked: str
    answers: tuple[int, ...]
    before: M | None = None


class Exchanges(Generic[M]):
    """The latest exchanges of all chats; older ones are forgotten, and all of them at the end."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._by_question: Memories[Exchange[M]] = Memories(limit)
        self._by_answer: Memories[str] = Memories(limit)

    def keep(self, chat: int, question: int, exchange: Exchange[M]) -> None:
        """Remember what answered a message."""
        self._by_question.keep((chat, question), exchange)
        for answer in exchange.answers:
            self._by_answer.keep((chat, answer), exchange.asked)

    def of(self, chat: int, question: int) -> Exchange[M] | None:
        """Return the exchange that a message began."""
        return self._by_question.recall((chat, question))

    def asked(self, chat: int, answer: int) -> str | None:
        """Return the question that a message of the bot answers."""
        return self._by_answer.recall((chat, answer))
