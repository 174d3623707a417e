"""An engine that repeats what it is asked: for what happens to a question and its reply in Telegram."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.language import Language
from bot.phrases import language_of_text
from bot.replies.following import Next
from bot.replies.reply import Citation, Group, Outcome, Reply
from knowledge.model import Place, Source

SOURCE = Source("s", "UNESCO <Bangkok>", "ยูเนสโก", "A & B", "th", "2022-09-02", 'https://example.org/?a=1&b="2"')


@dataclass(frozen=True, slots=True)
class StubTurn:
    """A reply and what was asked so far."""

    reply: Reply
    memory: tuple[str, ...]
    following: Callable[[], tuple[Next, ...]] = tuple
    sketch: StubSketch | None = None


class StubSketch:
    """A picture that is drawn as slowly as a test wants."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def draw(self) -> bytes:
        """Return the picture, one dot wide and high."""
        self.begun.set()
        assert self.go_on.wait(10)
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1, 1)


class StubEngine:
    """Repeats the question, names how many came before, and fails when told to."""

    base = None  # no fact base

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.failures: dict[str, Exception] = {}
        self.sketch = StubSketch()

    def answer(self, text: str, memory: tuple[str, ...] | None = None, language: Language | None = None) -> StubTurn:
        """Return a reply that shows what arrived."""
        asked = (*(memory or ()), text)
        if text in self.failures:
            raise self.failures[text]
        reply = self.replies.get(text) or reply_to(f"{len(asked)}: {text}")
        return StubTurn(replace(reply, language=language or reply.language), asked)

    def recall(self, code: str, language: Language) -> StubTurn | None:
        """There is nothing a code could stand for."""
        return None

    def named(self, text: str, language: Language, limit: int, offset: int = 0) -> tuple[Next, ...]:
        """There are no cities."""
        return ()

    def statistics(self, language: Language) -> StubTurn:
        """Return a picture that is drawn slowly."""
        return StubTurn(reply_to("figures"), (), sketch=self.sketch)

    def place(self, place_id: str) -> Place | None:
        """There are no cities."""
        return None


def reply_to(
    lead: str,
    *groups: Group,
    notes: tuple[str, ...] = (),
    suggestions: tuple[str, ...] = (),
    cited: bool = False,
    outcome: Outcome = "answered",
) -> Reply:
    """Return a reply in the language of its lead."""
    citations = (Citation(SOURCE, SOURCE.publisher),) if cited else ()
    return Reply(
        language=language_of_text(lead),
        outcome=outcome,
        intent="stub",
        lead=lead,
        groups=groups,
        notes=notes,
        citations=citations,
        suggestions=suggestions,
    )
