"""Words in which one letter slipped: "ใชไ่หม", "ขเ้าปีไหน", which newmm then cuts apart, "thw", "membe rin"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from bot.understanding.slips import beside
from bot.understanding.spans import Utterance
from bot.understanding.token import Token
from bot.understanding.words import Words
from knowledge.names import key

_REACH = 2  # words on either side of what is unknown that may be a part of the word that was meant
_LONGEST = 16  # letters of what is put right at a time
_LONGEST_MESSAGE = 60  # tokens
_KNOWN = 0.4  # share of a message that must mean something as it stands
_PIECES = 4  # words that it may be made of
_WORD = 3  # letters of a word in Latin letters that is put right
_SHORTEST = 2  # letters of a word
_TRIED = 4  # ways to put one stretch right
_MOST = 3  # stretches of a message that are put right; beyond, it is no question with slips
_INDEXED = range(3, 11)  # letters of a word of which one may have been left out
_SHORT = 5  # letters of a word that needs its first one


@dataclass(frozen=True, slots=True)
class Mended:
    """A message put right, and the characters `first` to `last` (exclusive) that are others than were written."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, order=True)
class _Meant:
    """What a stretch may be: by what kind of slip, the likeliest first, made of how many words."""

    kind: int
    pieces: int
    text: str


class Slips:
    """Puts right what one slip made of words that mean something: of `ours`, in Thai or in Latin letters.

    `words` are those of the language, which are left alone.
    """

    def __init__(self, ours: Iterable[str], words: Words, thai: bool) -> None:
        self._ours = frozenset(map(key, ours))
        self._words = words
        self._thai = thai
        self._left_out = _without_a_letter(self._ours)

    def put_right(self, utterance: Utterance) -> Iterator[Mended]:
        """Yield what `utterance` may be where a stretch of unknown Thai is one slip off, the likeliest first."""
        if utterance.known < _KNOWN or len(utterance.tokens) > _LONGEST_MESSAGE:
            return
        found = _stretches(utterance) if self._thai else _latin(utterance)
        stretches = [stretch for stretch in found if self._is_broken(utterance, *stretch)]
        if len(stretches) > _MOST:
            return
        for first, last in stretches:
            ways = self._of_thai(utterance, first, last) if self._thai else self._of_latin(utterance, first)
            yield from (mended for _, mended in sorted(ways.values(), key=itemgetter(0))[:_TRIED])

    def _of_thai(self, utterance: Utterance, first: int, last: int) -> dict[str, tuple[_Meant, Mended]]:
        """Return, by the text they come to, the ways to put right what stands around a stretch of Thai."""
        found: dict[str, tuple[_Meant, Mended]] = {}
        for low, high in _windows(utterance.tokens, first, last):
            written = "".join(token.text for token in utterance.tokens[low:high])
            for meant in self._meant(written)[:_TRIED]:
                mended = _mended(utterance, low, written, meant.text)
                found.setdefault(mended.text, (meant, mended))
        return found

    def _of_latin(self, utterance: Utterance, at: int) -> dict[str, tuple[_Meant, Mended]]:
        """Return the ways to put a word in Latin letters right, or the space beside it: "membe rin"."""
        tokens = utterance.tokens
        written = tokens[at].text
        beside_place = any(entity.kind == "place" for span in utterance.spans for entity in span.entities)
        most = 0 if beside_place else 2  # "war", "bus": beside a place a word may be of anything
        ways = {_Meant(kind, 1, meant) for kind, meant in _plain_slips(written) if kind <= most and meant in self._ours}
        found = [(at, written, way) for way in ways]
        for low in range(max(0, at - 1), min(at + 1, len(tokens) - 1)):
            one, other = tokens[low].text, tokens[low + 1].text
            for cut in (len(one) - 1, len(one) + 1):
                parted = (one + other)[:cut], (one + other)[cut:]
                if all(part in self._ours for part in parted):
                    found.append((low, f"{one} {other}", _Meant(0, 2, " ".join(parted))))
        mended = [(way, _mended(utterance, low, what, way.text)) for low, what, way in found]
        return {text.text: (way, text) for way, text in mended}

    def _is_broken(self, utterance: Utterance, first: int, last: int) -> bool:
        """Tell whether what is unknown is no word of Thai either."""
        return any(token.key not in self._words for token in utterance.tokens[first:last])

    def _meant(self, written: str) -> list[_Meant]:
        """Return the words that one slip may have made `written` of."""
        if not _SHORTEST < len(written) <= _LONGEST:
            return []
        found = {_Meant(kind, pieces, meant) for kind, meant in _variants(written) if (pieces := self._pieces(meant))}
        return sorted(found | set(self._with_a_letter(written)))

    def _pieces(self, text: str) -> int:
        """Return of how many words that mean something `text` is made; 0 where it is not."""
        least = [0, *[_PIECES + 1] * len(text)]
        for end in range(_SHORTEST, len(text) + 1):
            starts = (start for start in range(end - _SHORTEST + 1) if least[start] < _PIECES)
            least[end] = min((least[s] + 1 for s in starts if text[s:end] in self._ours), default=_PIECES + 1)
        return least[-1] if least[-1] <= _PIECES else 0

    def _with_a_letter(self, written: str) -> Iterator[_Meant]:
        """Yield what `written` is with a letter that was left out of one of its words."""
        for start in range(len(written) - 1):
            before = self._pieces(written[:start]) if start else 0
            if start and not before:
                continue
            for end in range(start + _SHORTEST, len(written) + 1):
                words = self._left_out.get(written[start:end], ())
                after = self._pieces(written[end:]) if words and end < len(written) else 0
                if end == len(written) or after:
                    yield from (_Meant(1, before + 1 + after, written[:start] + w + written[end:]) for w in words)


def _variants(written: str) -> Iterator[tuple[int, str]]:
    """Yield what `written` is without one slip: two letters exchanged, one too many, one for its neighbour."""
    for at in range(len(written)):
        head, tail = written[:at], written[at + 1 :]
        if tail and tail[0] != written[at]:
            yield 0, head + tail[0] + written[at] + tail[1:]
        yield 1, head + tail
        yield from ((2, head + other + tail) for other in beside(written[at]))


def _plain_slips(written: str) -> Iterator[tuple[int, str]]:
    """Yield what a short word in Latin letters may be, of slips that make no other word: "hte", "forr", "thw"."""
    for kind, meant in _variants(written):
        doubled = len(meant) < len(written) and any(one == other for one, other in pairwise(written))
        if len(written) >= _WORD and (len(meant) == len(written) or doubled):
            yield kind, meant


def _mended(utterance: Utterance, low: int, written: str, meant: str) -> Mended:
    """Return the message with what is `written` from token `low` on as it is `meant`."""
    start = _offset(utterance, low)
    same = next((at for at, pair in enumerate(zip(written, meant, strict=False)) if pair[0] != pair[1]), len(meant))
    behind = zip(written[same:][::-1], meant[same:][::-1], strict=False)
    rest = len(meant) - same
    last = len(meant) - next((at for at, pair in enumerate(behind) if pair[0] != pair[1]), rest)
    text = utterance.text[:start] + meant + utterance.text[start + len(written) :]
    return Mended(text, start + same, start + max(last, same + 1))


def _without_a_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the words that each key is with one letter left out; of short ones not the first."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        if len(word) in _INDEXED:
            for at in range(len(word) <= _SHORT, len(word)):
                less = word[:at] + word[at + 1 :]
                if word not in found.get(less, ()):
                    found[less] = (*found.get(less, ()), word)
    return found


def _stretches(utterance: Utterance) -> Iterator[tuple[int, int]]:
    """Yield the tokens, first to last (exclusive), of each stretch of unknown Thai."""
    first = last = -1
    for span in utterance.spans:
        if not span.unknown or not utterance.tokens[span.start].thai:
            continue
        if span.start != last:
            if last > first:
                yield first, last
            first = span.start
        last = span.end
    if last > first:
        yield first, last


def _latin(utterance: Utterance) -> Iterator[tuple[int, int]]:
    """Yield each unknown word in Latin letters."""
    for span in utterance.spans:
        if span.unknown and span.key.isascii() and span.key.isalpha() and span.end - span.start == 1:
            yield span.start, span.end


def _windows(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of Thai around an unknown one that are written without a space, the shortest first."""
    found = []
    for low in range(max(0, first - _REACH), first + 1):
        for high in range(last, min(len(tokens), last + _REACH) + 1):
            inner = tokens[low:high]
            if all(token.thai for token in inner) and not any(token.gap for token in inner[1:]):
                found.append((low, high))
    yield from sorted(found, key=lambda window: (window[1] - window[0], -window[0]))


def _offset(utterance: Utterance, at: int) -> int:
    """Return where token `at` begins in the text."""
    start = 0
    for token in utterance.tokens[:at]:
        start = utterance.text.index(token.text, start) + len(token.text)
    return utterance.text.index(utterance.tokens[at].text, start)
