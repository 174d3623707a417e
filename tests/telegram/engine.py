"""An engine that repeats what it is asked: for what happens to a question and its reply in Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrases import language_of_text
from bot.replies.reply import Citation, Group, Reply
from knowledge.model import Source

SOURCE = Source("s", "UNESCO <Bangkok>", "ยูเนสโก", "A & B", "th", "2022-09-02", 'https://example.org/?a=1&b="2"')


@dataclass(frozen=True, slots=True)
class StubTurn:
    """A reply and what was asked so far."""

    reply: Reply
    memory: tuple[str, ...]


class StubEngine:
    """Repeats the question, names how many came before, and fails when told to."""

    base = None  # no fact base

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.failures: dict[str, Exception] = {}

    def answer(self, text: str, memory: tuple[str, ...] | None = None) -> StubTurn:
        """Return a reply that shows what arrived."""
        asked = (*(memory or ()), text)
        if text in self.failures:
            raise self.failures[text]
        reply = self.replies.get(text) or reply_to(f"{len(asked)}: {text}")
        return StubTurn(reply, asked)


def reply_to(
    lead: str, *groups: Group, notes: tuple[str, ...] = (), suggestions: tuple[str, ...] = (), cited: bool = False
) -> Reply:
    """Return a reply in the language of its lead."""
    citations = (Citation(SOURCE, SOURCE.publisher),) if cited else ()
    return Reply(
        language=language_of_text(lead),
        outcome="answered",
        intent="stub",
        lead=lead,
        groups=groups,
        notes=notes,
        citations=citations,
        suggestions=suggestions,
    )
