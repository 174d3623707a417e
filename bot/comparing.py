"""Two fact bases side by side: which facts and which answers change, in lines a person can approve."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import Engine
from bot.standing import Changed, changed_answers
from knowledge import store
from knowledge.build import served
from knowledge.diff import changes, told
from knowledge.proposal import opened, sides

_SHOWN = 6  # lines of an answer that go, and that come


def compared(old_new: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each fact that differs, then each question that is answered differently, before and after.

    Raises RecordError, BuildError or StoreError if either side is at fault.
    """
    serving = served()
    one, other = sides(old_new, serving)
    with (
        opened(one, serving) as old,
        opened(other, serving) as new,
        store.open(old) as before,
        store.open(new) as after,
    ):
        found = changes(before, after)
        answers = changed_answers(Engine(before), Engine(after), found)
    for change in found:
        yield told(change)
    for answer in answers:
        yield from ("", *lines(answer))
    yield f"\n{len(found)} facts and {len(answers)} answers change" if found or answers else "nothing changes"


def lines(answer: Changed) -> Iterator[str]:
    """Yield the question, what its answer loses and what it gains."""
    yield f"? {answer.question}"
    for sign, texts in (("-", answer.gone), ("+", answer.come)):
        yield from (f"{sign} {text}" for text in texts[:_SHOWN])
        if len(texts) > _SHOWN:
            yield f"{sign} … {len(texts) - _SHOWN} lines more"
