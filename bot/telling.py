"""A review in words, for a chat or a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.language import Language, load
from bot.misses import Group
from bot.phrases import language_of_text, phrase

_MEMBERS = 100
_POINTS = 12
_FACTS = 30
_ANSWERS = 8
_ALIKE = 2  # further wordings of one question


def shown(review: dict[str, Any], language: Language) -> str:
    """Return what a person has to see of a review (`reviewing.Review`) before the record is taken."""
    return "\n".join(_lines(review, language)).strip()


def answers_shown(answers: list[list[str]], language: Language) -> str:
    """Return questions with what their answers lose and gain."""
    first = sorted(answers, key=lambda answer: language_of_text(answer[0]) != language)
    parts = ["\n".join(answer) for answer in first[:_ANSWERS]]
    more = [phrase("draft_more", language, number=str(len(answers) - _ANSWERS))] if len(answers) > _ANSWERS else []
    return "\n\n".join([*parts, *more])


def misses_shown(groups: Sequence[Group], language: Language) -> str:
    """Return questions that were missed, group by group."""
    if not groups:
        return phrase("misses_none", language)
    return "\n".join(line for group in groups for line in _group(group, language))


def _group(group: Group, language: Language) -> Iterator[str]:
    first, *others = group.texts
    counts = phrase("misses_count", language, unanswered=str(group.unanswered), disliked=str(group.disliked))
    yield f"{group.count} × {first} ({counts})"
    yield from _cut([f"    {text}" for text in others], _ALIKE, language)


def _lines(review: dict[str, Any], language: Language) -> Iterator[str]:
    members = [f"{name} ({country})" for name, country in review["members"]]
    key = "draft_head" if review["year"] else "draft_head_undated"
    yield phrase(key, language, id=review["id"], year=str(review["year"]), number=str(len(members)))
    yield from _list(members, _MEMBERS, language)
    yield from _titled("draft_faults", review["faults"], _POINTS, language)
    yield from _titled("draft_to_write", _points(review["to_write"], language), _POINTS, language)
    yield from _titled("draft_points", _points(review["points"], language), _POINTS, language)
    yield from _titled("draft_warnings", review["warnings"], _POINTS, language)
    if review["faults"]:
        return
    if not review["facts"]:
        yield f"\n{phrase('draft_nothing', language)}"
        return
    come, go, change = map(str, review["counts"])
    yield f"\n{phrase('draft_facts', language, come=come, go=go, change=change)}"
    yield from _cut([fact for fact in review["facts"] if not fact.startswith("+ membership")], _FACTS, language)
    if review["answers"]:
        yield f"\n{phrase('draft_answers', language, number=str(len(review['answers'])))}\n"
        yield answers_shown(review["answers"], language)


def _points(points: Iterable[dict[str, Any]], language: Language) -> list[str]:
    kinds = load("chat", language)["doubts"]
    texts = []
    for point in points:
        told = f"{kinds.get(point['kind'], point['kind'])}: {point['message']}"
        where = f" ({point['where']})" if point["where"] else ""
        texts.append(f"{told}{where}" + (f" “{point['quoted']}”" if point["quoted"] else ""))
    return texts


def _titled(key: str, texts: list[str], most: int, language: Language) -> Iterator[str]:
    if texts:
        yield f"\n{phrase(key, language, number=str(len(texts)))}"
        yield from _list(texts, most, language)


def _list(texts: list[str], most: int, language: Language) -> Iterator[str]:
    return _cut([f"• {text}" for text in texts], most, language)


def _cut(texts: list[str], most: int, language: Language) -> Iterator[str]:
    yield from texts[:most]
    if len(texts) > most:
        yield phrase("draft_more", language, number=str(len(texts) - most))
