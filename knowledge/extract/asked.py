"""Questions that a text asks itself, and what their answers name: "Which cities were members before?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.extract import cues
from knowledge.extract.context import told
from knowledge.extract.document import Block, Document
from knowledge.extract.found import Named, Told
from knowledge.extract.parting import sentences

_LEAST = 2  # questions of a text that is one of questions and answers
_SPEAKER = re.compile(r"([^\W\d_][\w .'’-]{0,24}):\s+")  # before what somebody says
_MARKS = " *_\"”’'"  # around a question


def parted(document: Document) -> Document:
    """Return a document whose questions are headings, and whose answers stand without the word for it."""
    document = _labelled(document)
    asked = sum(is_question(block.text) for block in document.blocks)
    return replace(document, blocks=tuple(map(_set_out, document.blocks))) if asked >= _LEAST else document


def _labelled(document: Document) -> Document:
    """Return a document in which the questions of an interview are called so, and the answers have no speaker."""
    spoken = [_SPEAKER.match(block.text) for block in document.blocks]
    said = Counter(match[1] for match in spoken if match)
    asking = Counter(match[1] for match in spoken if match and _is_asked(match.string))
    if len(said) < _LEAST or not asking or asking.most_common(1)[0][1] < _LEAST:
        return document
    asker = asking.most_common(1)[0][0]
    return replace(document, blocks=tuple(part for block in document.blocks for part in _turn(block, asker, said)))


def _turn(block: Block, asker: str, said: Counter[str]) -> Iterator[Block]:
    """Yield what one speaker says: what is told before a question, and the question."""
    match = _SPEAKER.match(block.text)
    if match is None or said[match[1]] < _LEAST:
        yield block
        return
    rest = block.text[match.end() :]
    if match[1] != asker or not _is_asked(rest):
        yield replace(block, text=rest, kind="paragraph")
        return
    at, question = sentences(rest)[-1]
    if rest[:at].strip():
        yield replace(block, text=rest[:at].strip(), kind="paragraph")
    yield replace(block, text=f"Q: {question}", kind="heading")


def _is_asked(text: str) -> bool:
    return text.rstrip(_MARKS).endswith("?")


def answers(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the texts of a document that are no rows, an answer behind what it answers, with their places."""
    question = ""
    for block in parted(document).blocks:
        label = cues.pattern("question_label").match(block.text) if block.kind == "heading" else None
        if block.kind == "row":
            continue  # in tables numbers count the rows
        yield block.where, f"{question} {block.text}" if question else block.text
        question = block.text[label.end() :].rstrip(_MARKS + "?") if label else ""


def is_question(text: str) -> bool:
    """Tell whether a line is called a question: "Q: Which cities joined?"."""
    return bool(cues.pattern("question_label").match(text))


def asks_for(text: str, before: Told = Told.OPEN) -> Told:
    """Return what a question asks of cities: who joins, who is there for another reason, or neither.

    `before` is what the question before it asked for: "And outside Europe?" asks for the same.
    """
    label = cues.pattern("question_label").match(text)
    if label and cues.pattern("asking_on").match(text[label.end() :].strip()):
        return asks_for(text[label.end() :].strip()) or before
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
    return _is_asked(text) and cues.finds(text, "before")
