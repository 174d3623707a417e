"""Misspelt words and names: the likeliest cue or name for what is not known as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from bot.understanding.lexicon import NEUTRAL, Lexicon
from bot.understanding.token import Token
from knowledge.lookup import Entity, Gazetteer
from knowledge.names import is_thai, skeleton

if TYPE_CHECKING:
    from bot.understanding.tagger import Span

_WINDOW = {True: 4, False: 3}  # words of one name, in Thai (which newmm cuts up) and in Latin letters
_LONGEST = 28  # letters of a misspelt word or name
_UNKNOWN_WORDS = 10  # of one message; beyond, it is no question with slips
_SLIP = 0.91  # likeness from which a slip of the finger is no doubt about the word
_KNOWN_PIECE = 0.05  # more that is asked of a window for each word in it that has a meaning of its own
_PART = 0.86  # likeness of one word of a name of several
_MARGIN = 0.04  # names closer than this are equally likely


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, 0 to 1; what people confuse (tone marks, doubled letters) counts half."""
    written = OSA.normalized_similarity(one, other)
    return max(written, (written + OSA.normalized_similarity(skeleton(one), skeleton(other))) / 2)


def threshold(length: int) -> float:
    """Return the likeness that a key of `length` letters needs: the shorter, the stricter."""
    if length <= 4:
        return 0.86
    if length <= 6:
        return 0.79
    return 0.75 if length <= 9 else 0.72


class Speller:
    """Replaces unknown words by the cue or name they nearly are."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer

    def mend(self, tokens: Sequence[Token], spans: list[Span]) -> list[Span]:
        """Return `spans` with the misspelt ones read, best match first, each token used once."""
        unknown = [i for i, span in enumerate(spans) if span.unknown]
        if not unknown or len(unknown) > _UNKNOWN_WORDS:
            return spans
        found = [match for window in _windows(spans, unknown) if (match := self._match(tokens, spans, *window))]
        used: set[int] = set()
        mended: list[Span] = []
        for _, first, last, span in sorted(found, key=lambda m: (-m[0], m[1])):
            if used.isdisjoint(range(first, last)):
                used.update(range(first, last))
                mended.append(span)
        mended += [span for i, span in enumerate(spans) if i not in used]
        return sorted(mended, key=lambda s: s.start)

    def _match(
        self, tokens: Sequence[Token], spans: Sequence[Span], first: int, last: int
    ) -> tuple[float, int, int, Span] | None:
        start, end = spans[first].start, spans[last - 1].end
        joined = "".join(token.key for token in tokens[start:end])
        if not 3 <= len(joined) <= _LONGEST:
            return None
        best, length, concepts, entities = self._likeliest(joined)
        pieces = 0 if is_thai(joined[0]) else sum(not span.unknown for span in spans[first:last])
        if best < threshold(length) + _KNOWN_PIECE * pieces:
            return None
        # a longer window must earn the words it takes in
        gain = best + 0.004 * len(joined)
        return (
            gain,
            first,
            last,
            replace(
                spans[first],
                end=end,
                key=joined,
                concepts=concepts,
                entities=entities,
                number=None,
                exact=best >= _SLIP,
            ),
        )

    def _likeliest(self, joined: str) -> tuple[float, int, frozenset[str], tuple[Entity, ...]]:
        """Return the best likeness, the length it is judged by, and the concepts or names that have it."""
        if partial := self._gazetteer.partial(joined):
            return _PART, len(joined), frozenset(), partial
        near = (
            (likeness(joined, other), max(len(joined), len(other)), entity)
            for other, entity in self._gazetteer.near(joined)
        )
        names = sorted(near, reverse=True)
        nothing: tuple[float, frozenset[str]] = (0.0, frozenset())
        cues = ((likeness(joined, other), concepts) for other, concepts in self._lexicon.near(joined))
        cue = max(cues, key=lambda c: c[0], default=nothing)
        if not names or cue[0] >= names[0][0]:
            return cue[0], len(joined), cue[1], ()
        top, length, _ = names[0]
        entities = tuple(dict.fromkeys(entity for score, _, entity in names if score > top - _MARGIN))
        return top, length, frozenset(), entities


def _windows(spans: Sequence[Span], unknown: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield stretches of spans around unknown words that may be one misspelt word."""
    seen: set[tuple[int, int]] = set()
    for centre in unknown:
        size = _WINDOW[is_thai(spans[centre].key[0])]
        for first in range(max(0, centre - size + 1), centre + 1):
            for last in range(centre + 1, min(len(spans), first + size) + 1):
                if (first, last) not in seen and all(_joinable(span) for span in spans[first:last]):
                    seen.add((first, last))
                    yield first, last


def _joinable(span: Span) -> bool:
    """Tell whether a span may be a piece of a misspelt word: unknown, weightless, or a short fragment."""
    return span.unknown or span.concepts == {NEUTRAL} or (len(span.key) <= 4 and span.number is None)
