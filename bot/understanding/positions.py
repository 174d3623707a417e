"""A place in the list that was last shown to the thing that stands there: "the second one", "อันสุดท้าย"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.memory import Memory
from bot.understanding.spans import Span, Utterance
from knowledge.lookup import Entity

_PLACES = {"position_1": 0, "position_2": 1, "position_3": 2, "position_4": 3, "position_5": 4, "position_last": -1}
_ENDS = frozenset({"position_1", "position_last"})
_OF_MORE = frozenset(  # asked of these it is no place in a list
    {"country", "region", "most", "fewest", "rank", "round", "announcement", "sdg", "education_goal", "cities_goal"}
)
_IN_TIME = frozenset({"join", "enter", "earliest", "latest"})


def pointed_at(utterance: Utterance, memory: Memory | None) -> Utterance:
    """Return `utterance` with what it points at by its place in the last list as if it were named.

    The first and last to join are asked of time where the list has several years, and are left as they are.
    """
    if memory is None or len(memory.listed) < 2 or any(span.entities for span in utterance.spans):
        return utterance
    found = [(at, cue) for at, span in enumerate(utterance.spans) for cue in span.concepts & _PLACES.keys()]
    pointing = {at for at, _ in found}
    beside = frozenset[str]().union(*(span.concepts for at, span in enumerate(utterance.spans) if at not in pointing))
    of_time = any(cue in _ENDS for _, cue in found) and beside & _IN_TIME and not memory.years
    of_time = of_time or (bool(found) and "all_time" in beside)  # "the first one ever"
    meant = {at: _item(memory.listed, _PLACES[cue]) for at, cue in found}
    if beside & _OF_MORE or of_time or not all(meant.values()):
        return utterance
    spans = (_named(span, meant.get(at)) for at, span in enumerate(utterance.spans))
    return replace(utterance, spans=tuple(spans))


def _item(listed: Sequence[Entity | None], place: int) -> Entity | None:
    return listed[place] if place < len(listed) else None


def _named(span: Span, meant: Entity | None) -> Span:
    """Return a span that points as the name of what is meant."""
    return replace(span, concepts=frozenset(), entities=(meant,)) if meant else span
