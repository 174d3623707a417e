"""Questions that a text asks itself, and what their answers name: "Which cities were members before?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.extract import cues
from knowledge.extract.context import told
from knowledge.extract.document import Block, Document
from knowledge.extract.found import Named, Told
from knowledge.extract.parting import sentences

_LEAST = 2  # questions of a text that is one of questions and answers
_MARKS = " *_\"”’'"  # around a question


def parted(document: Document) -> Document:
    """Return a document whose questions are headings, and whose answers stand without the word for it."""
    asked = sum(is_question(block.text) for block in document.blocks)
    return replace(document, blocks=tuple(map(_set_out, document.blocks))) if asked >= _LEAST else document


def is_question(text: str) -> bool:
    """Tell whether a line is called a question: "Q: Which cities joined?"."""
    return bool(cues.pattern("question_label").match(text))


def asks_for(text: str) -> Told:
    """Return what a question asks of cities: who joins, who is there for another reason, or neither."""
    if cues.finds(text, "before", "asking_first") or told(text) == Told.ELSEWHERE:
        return Told.ELSEWHERE
    return Told.JOINING if cues.finds(text, "asking_which") else Told.OPEN


def _set_out(block: Block) -> Block:
    if is_question(block.text):
        return replace(block, kind="heading")
    label = cues.pattern("answer_label").match(block.text)
    return replace(block, kind="paragraph", text=block.text[label.end() :].strip()) if label else block


def answered(names: Iterable[Named], blocks: Sequence[Block]) -> Iterator[Named]:
    """Yield names; those that answer a question for earlier members are told of for that."""
    told = [(block.where, text) for block in blocks for _, text in sentences(block.text)]
    answers = [answer for asked, answer in pairwise(told) if _asks_for_others(asked[1])]
    for named in names:
        other = any(where == named.where and named.name in text for where, text in answers)
        yield replace(named, told=Told.ELSEWHERE) if other else named


def _asks_for_others(text: str) -> bool:
    return text.rstrip(_MARKS).endswith("?") and cues.finds(text, "before")
