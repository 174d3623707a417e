"""What a message is read as: spans of its words, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.lexicon import NEUTRAL, SILENT
from bot.understanding.token import Token
from knowledge.lookup import Entity

# Concepts of words that belong to the language a sentence is built in, whatever words it borrows.
_BINDING = frozenset(
    {NEUTRAL, "aux", "which", "what", "how_many", "when", "where", "who", "why", "how", "yesno", "have"}
)
UNITS = ("province", "municipality")  # kinds of places that a name may be said with


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` to `end` (exclusive) and what they mean; all empty: an unknown word.

    `homonyms` are names a word also has, to be used where the context asks for a name. `exact` is false of what was
    misspelt, `doubtful` true where the name is only a guess to be asked back about, `assumed` where it is the only
    likely guess, to be told with the answer. `unit` is the kind of place that a name is said with, `everyday` tells an
    unknown word that is used in talk of anything.
    """

    start: int
    end: int
    key: str
    concepts: frozenset[str] = frozenset()
    entities: tuple[Entity, ...] = ()
    homonyms: tuple[Entity, ...] = ()
    number: int | None = None
    exact: bool = True
    doubtful: bool = False
    assumed: bool = False
    unit: str | None = None
    everyday: bool = False

    @property
    def unknown(self) -> bool:
        return not (self.concepts or self.entities or self.number is not None)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message read: its cleaned text, its tokens and the spans that cover them in order."""

    text: str
    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]

    @property
    def unknown(self) -> tuple[Span, ...]:
        """Words nothing is known about."""
        return tuple(span for span in self.spans if span.unknown)

    @property
    def known(self) -> float:
        """Share of letters in words that something is known about."""
        whole = sum(len(span.key) for span in self.spans)
        return 1 - sum(len(span.key) for span in self.unknown) / whole if whole else 0.0

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset().union(*(span.concepts for span in self.spans)) - SILENT

    @property
    def thai_share(self) -> float:
        """Share of Thai among the words that hold the sentence together; among all but names where there are none.

        0.5 where there are no words.
        """
        words = [span for span in self.spans if not span.entities and span.number is None]
        binding = [span for span in words if span.concepts & _BINDING] or words
        return sum(self.tokens[span.start].thai for span in binding) / len(binding) if binding else 0.5
