"""What every reply to an answer begins with: its outcome, its intent and its sources."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.reply import Citation, Outcome, Reply
from bot.replies.wording import Wording
from knowledge.answer import Answer, Cited


def begun(answer: Answer, wording: Wording, lead: str = "", outcome: Outcome = "answered") -> Reply:
    """Return a reply to `answer` that says `lead` and names the sources."""
    intent = answer.query.intent or answer.query.ask
    return Reply(wording.language, outcome, intent, lead, citations=_citations(answer.cited, wording))


def _citations(cited: Sequence[Cited], wording: Wording) -> tuple[Citation, ...]:
    found = []
    for c in {c.source.id: c for c in reversed(cited)}.values():
        year = c.source.published[:4] if c.source.published else str(c.year) if c.year else ""
        label = wording.publisher(c.source) + (f", {wording.year_again(int(year))}" if year else "")
        found.append(Citation(c.source, label, c.locator))
    return tuple(reversed(found))
