"""Misspelt words and names: the likeliest cue or name for what is not known as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.understanding.lexicon import NEUTRAL, Lexicon
from bot.understanding.slips import is_misheard, is_slip, likeness, threshold
from bot.understanding.words import Words
from knowledge.lookup import Entity, Gazetteer
from knowledge.names import is_thai, key

if TYPE_CHECKING:
    from bot.understanding.spans import Span

_HEADS = frozenset({"city", "province", "municipality"})  # what names of places in Thai begin with
_WINDOW = {True: 8, False: 4}  # words of one name, in Thai (which newmm cuts up) and in Latin letters
_WORD = 3  # letters; shorter ones newmm cuts off misspelt names
_FRAGMENT = 4  # letters
_SHORT_NAME = 4  # letters; one edit makes another name of it, so it is asked back about
_ONE_OF_FOUR = 0.74  # likeness of names of four letters that differ in one
_SHORT_CUE = 4  # letters
_SHORTEST = 3
_SAYS_NOTHING = frozenset({NEUTRAL, "yesno", "aux"})
_LONGEST = 28  # letters of a misspelt word or name
_UNKNOWN_WORDS = 10  # of one message; beyond, it is no question with slips
_SLIP = 0.91  # likeness from which a slip of the finger is no doubt about the word
_PLAIN_WORD = 6  # letters of a word that means nothing to us, in which one slip is no doubt either
_SURE_NAME = 7  # the same of a name
_SURE_CUE = 5  # letters of a cue word in which any slip is no doubt, where what was written is no word
_OVER_KNOWN = 0.85  # likeness from which a name goes before the meaning of a word in it
_CHANCE = 0.6  # likeness that means nothing; what is above it counts by the letters it explains
_PART = 0.86  # likeness of one word of a name of several
_MARGIN = 0.04  # names closer than this are equally likely
_SLIP_MARGIN = 0.1  # so much less alike, a name that one slip explains goes before one that none does


@dataclass(frozen=True, slots=True)
class _Window:
    """Spans `first` to `last` (exclusive), written as `pieces`, read as one word; `known` of them mean something."""

    first: int
    last: int
    pieces: tuple[str, ...]
    known: int

    @property
    def joined(self) -> str:
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class _Match:
    """What a window may be; `gain` ranks it among the others."""

    window: _Window
    gain: float
    span: Span


class Speller:
    """Replaces unknown words by the cue or name they nearly are."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._words = Words()
        heads = (word for word in map(key, lexicon.phrases) if is_thai(word[:1]) and lexicon.exact(word) <= _HEADS)
        self._heads = tuple(word for word in heads if len(word) > _WORD)

    def mend(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Return `spans` with the misspelt ones read, best match first, each word used once."""
        unknown = [i for i, span in enumerate(spans) if span.unknown and not _is_initial(spans, i)]
        if not unknown or len(unknown) > _UNKNOWN_WORDS:
            return tuple(spans)
        windows = list(_windows(spans, unknown))
        sure = any(span.entities for span in spans)
        names = self._gazetteer.near(window.joined for window in windows)
        matches = [m for w in windows if (m := self._match(spans, w, names.get(w.joined, ()), sure))]
        used: set[int] = set()
        mended: list[Span] = []
        for match in sorted(matches, key=lambda m: (-m.gain, m.window.first)):
            stretch = range(match.window.first, match.window.last)
            if used.isdisjoint(stretch):
                used.update(stretch)
                mended.append(match.span)
        mended += [span for i, span in enumerate(spans) if i not in used]
        return tuple(sorted(mended, key=lambda span: span.start))

    def _match(
        self, spans: Sequence[Span], window: _Window, near: Iterable[tuple[str, Entity]], sure: bool
    ) -> _Match | None:
        """Return what a window is; short names are guessed at where no name is `sure` yet."""
        best = self._likeliest(window, near)
        ours = best.slip or any(entity.member for entity in best.entities)
        known = window.known or (not ours and self._is_made_of_words(window))
        doubtful = best.likeness < (_OVER_KNOWN if known else threshold(best.length))
        doubtful = doubtful and not self._is_short_cue(window, best)
        if doubtful and (sure or not _worth_asking(window, best)):
            return None
        if sure and not best.slip and _is_of_towns(best.entities):
            return None  # beside a name that is sure, another word is rarely a misspelt town
        exact = best.likeness >= _SLIP or self._is_sure(window.joined, best)
        sole = len(best.entities) == 1 and best.entities[0].kind == "place"
        taken = doubtful and best.slip and len(best.entities) == 1
        span = replace(
            spans[window.first],
            end=spans[window.last - 1].end,
            key=window.joined,
            concepts=best.concepts,
            entities=best.entities,
            number=None,
            exact=exact,
            doubtful=doubtful and not taken,
            assumed=taken or (sole and not exact and not doubtful and best.likeness < _OVER_KNOWN),
        )
        return _Match(window, (best.likeness - _CHANCE) * len(window.joined), span)

    def _likeliest(self, window: _Window, near: Iterable[tuple[str, Entity]]) -> _Likely:
        joined = window.joined
        if joined not in self._words and (partial := self._gazetteer.partial(joined)):
            return _Likely(_PART, len(joined), entities=partial)
        names = sorted(((self._alike(joined, other), other, entity) for other, entity in near), reverse=True)
        if joined.isascii() and joined in self._words:
            names = [name for name in names if is_slip(joined, name[1])]  # a word, unless a finger slipped
        cues = [
            (likeness(joined, other), is_slip(joined, other) or is_misheard(joined, other), len(other), concepts)
            for other, concepts in self._lexicon.near(joined)
        ]
        cue, slip, length, concepts = max(cues, key=lambda c: c[:3], default=(0.0, False, 0, frozenset[str]()))
        right = bool(cue) and (not slip or len(window.pieces) == 1) and self._is_spelt_right(window)
        plain = slip and length >= _PLAIN_WORD and self._is_no_other_word(window)
        if (concepts <= _SAYS_NOTHING and cue < _SLIP and not plain) or (window.known and not slip) or right:
            cue = 0.0  # an unknown word is not explained away
        slips = [name for name in names if name[0] > names[0][0] - _SLIP_MARGIN and is_slip(joined, name[1])]
        if not names or cue > names[0][0] or (cue == names[0][0] and not slips):
            return _Likely(cue, max(len(joined), length), concepts, slip=slip)
        score, meant, _ = (slips or names)[0]
        entities = tuple(dict.fromkeys(entity for near, _, entity in slips or names if near > score - _MARGIN))
        return _Likely(score, max(len(joined), len(meant)), entities=entities, slip=bool(slips))

    def _alike(self, written: str, name: str) -> float:
        """Return how alike a name is; of what both begin with, the word for a town, no likeness comes."""
        head = max((head for head in self._heads if written.startswith(head) and name.startswith(head)), default="")
        return likeness(written[len(head) :], name[len(head) :]) if len(head) < len(name) else 0.0

    def _is_short_cue(self, window: _Window, likely: _Likely) -> bool:
        """Tell whether what is no word is one slip of the finger off a cue word of four letters ("lsit")."""
        of_four = likely.length == len(window.joined) == _SHORT_CUE and likely.likeness >= _ONE_OF_FOUR
        short = of_four and likely.slip and not window.known
        ours = bool(likely.concepts) or any(entity.kind == "country" for entity in likely.entities)
        return short and ours and window.joined.isascii() and window.joined not in self._words

    def _is_spelt_right(self, window: _Window) -> bool:
        """Tell whether words as they are spelt stand there; those that newmm finds in a misspelt Thai one are many."""
        return all(piece in self._words for piece in window.pieces)

    def _is_made_of_words(self, window: _Window) -> bool:
        """Tell whether several words stand there, none of them a fragment that newmm may have cut off a name."""
        whole = all(len(piece) >= _WORD for piece in window.pieces)
        return len(window.pieces) > 1 and whole and self._is_spelt_right(window)

    def _is_no_other_word(self, window: _Window) -> bool:
        """Tell whether what stands there is no word, nor one slip off a word that we have no meaning for ("wether")."""
        word = window.joined
        others = (other for other in self._words.like(word) if is_slip(word, other) and not self._lexicon.exact(other))
        return len(window.pieces) == 1 and word not in self._words and not any(others)

    def _is_sure(self, written: str, likely: _Likely) -> bool:
        """Tell whether one slip makes a cue word, a country or the long name of a member of what is no word."""
        countries = any(entity.kind == "country" for entity in likely.entities)
        enough = _SURE_CUE if likely.concepts or countries else _SURE_NAME
        ours = bool(likely.concepts) or countries or any(entity.member for entity in likely.entities)
        return ours and likely.slip and likely.length >= enough and written not in self._words


@dataclass(frozen=True, slots=True)
class _Likely:
    """The best likeness, the length it is judged by, and the concepts or names that have it.

    `slip` tells that one slip makes what was written of what is meant.
    """

    likeness: float
    length: int
    concepts: frozenset[str] = frozenset()
    entities: tuple[Entity, ...] = ()
    slip: bool = False


def _is_of_towns(entities: Sequence[Entity]) -> bool:
    return bool(entities) and all(entity.kind == "place" and not entity.member for entity in entities)


def _worth_asking(window: _Window, likely: _Likely) -> bool:
    """Tell whether a word of which nothing is known is one letter off the short name of a member."""
    short = likely.length <= _SHORT_NAME and likely.likeness >= _ONE_OF_FOUR
    return not window.known and short and any(entity.member for entity in likely.entities)


def _is_initial(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a word is the first letters asked for ("starting with H")."""
    return any("initial" in span.concepts for span in spans[max(0, at - 3) : at])


def _windows(spans: Sequence[Span], unknown: Sequence[int]) -> Iterator[_Window]:
    """Yield stretches of spans around unknown words that may be one misspelt word."""
    seen: set[tuple[int, int]] = set()
    for centre in unknown:
        thai = is_thai(spans[centre].key[0])
        size = _WINDOW[thai]
        for first in range(max(0, centre - size + 1), centre + 1):
            for last in range(centre + 1, min(len(spans), first + size) + 1):
                if (first, last) in seen:
                    continue
                seen.add((first, last))
                pieces = spans[first:last]
                length = sum(len(span.key) for span in pieces)
                if _SHORTEST <= length <= _LONGEST and all(_joinable(span, thai) for span in pieces):
                    written = tuple(span.key for span in pieces)
                    yield _Window(first, last, written, sum(_has_meaning(span, thai) for span in pieces))


def _joinable(span: Span, thai: bool) -> bool:
    """Tell whether a span may be a piece of a misspelt word in the script of the rest."""
    figures = span.number is not None and not (thai and not span.key.isdecimal())  # "สาม" may begin a word
    return not figures and "initial" not in span.concepts and is_thai(span.key[0]) == thai


def _has_meaning(span: Span, thai: bool) -> bool:
    """Tell whether a span means something on its own; newmm's short Thai fragments do not."""
    if span.unknown or (thai and len(span.key) <= _FRAGMENT):
        return False
    return not thai or span.concepts != {NEUTRAL}
