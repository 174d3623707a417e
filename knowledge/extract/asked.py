"""Questions that a text asks itself, and what their answers name: "Which cities were members before?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.extract import cues
from knowledge.extract.document import Block
from knowledge.extract.found import Named, Told
from knowledge.extract.parting import sentences

_MARKS = " *_\"”’'"  # around a question


def answered(names: Iterable[Named], blocks: Sequence[Block]) -> Iterator[Named]:
    """Yield names; those that answer a question for earlier members are told of for that."""
    told = [(block.where, text) for block in blocks for _, text in sentences(block.text)]
    answers = [answer for asked, answer in pairwise(told) if _asks_for_others(asked[1])]
    for named in names:
        other = any(where == named.where and named.name in text for where, text in answers)
        yield replace(named, told=Told.ELSEWHERE) if other else named


def _asks_for_others(text: str) -> bool:
    return text.rstrip(_MARKS).endswith("?") and cues.finds(text, "before")
