"""What a query is made of, while it is worked out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.intents import Intent
from bot.understanding.slots import Slots
from bot.understanding.spans import Utterance
from knowledge.model import Around, Filters, Subject


class Said:
    """Something with the features of a message."""

    __slots__ = ()
    features: frozenset[str]

    def says(self, *concepts: str) -> bool:
        """Tell whether all of `concepts` are said."""
        return self.features.issuperset(concepts)

    def says_any(self, *concepts: str) -> bool:
        """Tell whether one of `concepts` is said."""
        return not self.features.isdisjoint(concepts)


@dataclass(frozen=True, slots=True)
class Asked(Said):
    """What a query is made of, with what is asked and of what as far as it is worked out."""

    intent: Intent
    utterance: Utterance
    slots: Slots
    features: frozenset[str]
    ask: str
    filters: Filters
    subject: Subject
    around: Around | None = None
