"""What is said to whom: the engine, and what the bot remembers of people and chats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from bot import metrics, phrases
from bot.memories import Key, Memories
from bot.state import DOWN, UNANSWERED, State

if TYPE_CHECKING:
    from bot.conversation import Engine, Memory, Turn
    from bot.language import Language

OF_CHATS = 2  # parts of an asker's key: a chat of the bot's own and a person; what has more is elsewhere


class Talk:
    """Conversations with many people. The first part of an asker's key is the chat."""

    def __init__(self, engine: Engine, state: State, today: Callable[[], date] = date.today) -> None:
        self.engine = engine
        self.state = state
        self._today = today
        self._memories: Memories[Memory] = Memories()

    def answer(self, asker: Key, text: str, code: str | None = None) -> Turn:
        """Return the answer to what somebody asks, whose Telegram speaks `code`.

        It is in the language fixed for the chat or that of the question; a year alone is in that of the person.
        """
        return self.answer_after(self.memory(asker), asker, text, code)

    def answer_after(self, memory: Memory | None, asker: Key, text: str, code: str | None = None) -> Turn:
        """Return the answer to what somebody asks as if `memory` were what was last spoken of."""
        language = self.state.language(asker[0]) if len(asker) == OF_CHATS else None
        if memory is None and language is None and not phrases.is_worded(text):
            language = phrases.language_of_person(code)
        return self._kept(asker, self.engine.answer(text, memory, language))

    def recall(self, asker: Key, code: str, language: Language) -> Turn | None:
        """Return the answer to a button's or link's code; None if it means nothing by now."""
        turn = self.engine.recall(code, language)
        return turn and self._kept(asker, turn)

    def memory(self, asker: Key) -> Memory | None:
        """Return what was last spoken of with somebody."""
        return self._memories.recall(asker)

    def language(self, chat: int, code: str | None) -> Language:
        """Return the language of a chat: the one fixed for it, or that of the person, whose Telegram speaks `code`."""
        return self.state.language(chat) or phrases.language_of_person(code)

    def missed(self, text: str, turn: Turn) -> None:
        """Keep a question for the maintainers if it was not answered."""
        if turn.reply.outcome == "unknown":
            self.state.keep_miss(text, turn.reply.language, UNANSWERED, self._today())

    def vote(self, intent: str, language: Language, *, up: bool, asked: str) -> None:
        """Count a vote on an answer, and keep the question of one that was not liked."""
        self.state.keep_feedback(intent, language, up=up, day=self._today())
        if not up:
            self.state.keep_miss(asked, language, DOWN, self._today())

    def _kept(self, asker: Key, turn: Turn) -> Turn:
        self._memories.keep(asker, turn.memory)
        metrics.answered(turn.reply)
        return turn
