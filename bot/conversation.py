"""The whole journey of a question: text in, reply out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.language import Language
from bot.replies.render import Renderer
from bot.replies.reply import Reply
from bot.understanding.followup import Memory
from bot.understanding.intents import Intents
from bot.understanding.interpret import Reading, interpret
from bot.understanding.lexicon import Lexicon
from bot.understanding.slots import find_slots
from bot.understanding.tagger import Tagger, Utterance
from knowledge import store
from knowledge.build import ensure
from knowledge.lookup import Gazetteer
from knowledge.queries import Facts

__all__ = ["Engine", "Memory", "Turn"]

_THAI = 0.5  # share of Thai letters from which a message is answered in Thai


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply, and the memory to hand back with the next message of the same person."""

    reply: Reply
    memory: Memory | None


class Engine:
    """Answers questions out of one fact base. Not safe for use by two threads at once."""

    def __init__(self, base: store.FactBase, today: Callable[[], date] = date.today) -> None:
        self._facts = Facts(base)
        self._tagger = Tagger(Lexicon(), Gazetteer(base))
        self._intents = Intents()
        self._renderer = Renderer(self._facts)
        self._today = today
        self._rounds = self._facts.rounds_by_number()

    @classmethod
    def open(cls, path: Path | None = None) -> Engine:
        """Return an engine on the fact base at `path`, or on the packaged records, built if need be."""
        return cls(store.open(path or ensure()))

    def read(self, text: str, memory: Memory | None = None) -> tuple[Utterance, Reading]:
        """Return what is understood of `text`, without answering it."""
        utterance = self._tagger.read(text)
        slots = find_slots(utterance, self._today().year, self._rounds)
        return utterance, interpret(utterance, slots, self._intents, memory)

    def answer(self, text: str, memory: Memory | None = None) -> Turn:
        """Return the reply to `text`, said after what `memory` holds."""
        utterance, reading = self.read(text, memory)
        language = language_of(utterance)
        if reading.query is None:
            return Turn(self._renderer.without_query(reading, language), memory)
        answer = self._facts.answer(reading.query)
        reply = self._renderer.render(answer, reading, language)
        return Turn(reply, Memory(answer.query, self._renderer.places(answer)))


def language_of(utterance: Utterance) -> Language:
    """Return the language a message is written in: Thai where most of its words are."""
    if utterance.thai_share != _THAI:
        return "th" if utterance.thai_share > _THAI else "en"
    return "th" if any(token.thai for token in utterance.tokens) else "en"
