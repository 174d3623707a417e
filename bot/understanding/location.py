"""Where a question says that a place lies: "Nam-gu in Ulsan", "is Hat Yai in Phayao"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.lexicon import NEUTRAL
from bot.understanding.spans import Span, Utterance
from bot.understanding.words import Words
from knowledge.names import is_thai

_BETWEEN = frozenset({NEUTRAL, "inside", "city", "province", "enter", "aux"})
_NAME = 4  # letters of an unknown word that may be a name
_LARGEST_PART = 15  # of a city, by number; what is above it may be a year
_JOINING = frozenset({"and", "or"})
_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Location:
    """A place named, and the place, region or unknown name (None) that it is said to lie in."""

    place: Span
    within: Span


def location_of(utterance: Utterance) -> Location | None:
    """Return the place that is said to lie in another, or in a region; None where none is."""
    spans = utterance.spans
    for at, span in enumerate(spans):
        if not _is_place(span):
            continue
        inside = False
        for following in spans[at + 1 :]:
            if following.entities or following.unknown:
                if inside and _may_hold(following):
                    return Location(span, following)
                break
            if not following.concepts or not following.concepts <= _BETWEEN:
                break
            inside = inside or "inside" in following.concepts
    return None


def is_written_on(utterance: Utterance) -> bool:
    """Tell whether an unknown word is a part of the name of a place, so that it may be the name of another.

    It is written on to it without a space in Thai; or what names of places begin with stands before it ("Novo
    Hamburgo", "บ้านตาก").
    """
    spans = utterance.spans
    return any(goes_on(utterance, at) or (_is_place(span) and _is_led(utterance, at)) for at, span in enumerate(spans))


def goes_on(utterance: Utterance, at: int) -> bool:
    """Tell whether the place that span `at` names is written on in Thai without a space ("กัว" in "กัวดาลาฮารา")."""
    following = utterance.spans[at + 1] if at + 1 < len(utterance.spans) else None
    if following is None or not following.unknown or not _is_place(utterance.spans[at]):
        return False
    token = utterance.tokens[following.start]
    return utterance.spans[at].end == following.start and token.thai and not token.gap


def beside_a_name(utterance: Utterance) -> list[Span]:
    """Return the names in Latin letters that a word stands beside which is none we know ("Kara Suu")."""
    spans = utterance.spans
    parted = [(spans[at - 1], spans[at + 1]) for at in range(1, len(spans) - 1) if _leads(spans[at])]
    pairs = [*pairwise(spans), *parted]
    return [one for one, other in pairs if _is_place(one) and _stands_beside(utterance, one, other)]


def in_a_state(utterance: Utterance) -> list[Span]:
    """Return the places that are said to lie in a state or province of a large country: "Paris Texas"."""
    said = [span for span in utterance.spans if not span.concepts or not span.concepts <= {NEUTRAL, "inside"}]
    return [one for one, other in pairwise(said) if _is_place(one) and "state" in other.concepts]


def is_led_by(utterance: Utterance, concept: str) -> bool:
    """Tell whether a place is named right after a word of `concept` ("with Bangkok")."""
    return any(concept in one.concepts and _is_place(other) for one, other in pairwise(utterance.spans))


def all_led(utterance: Utterance, concept: str) -> bool:
    """Tell whether no place is named before a word of `concept` that leads to one."""
    led = next(
        (
            at
            for at, (one, other) in enumerate(pairwise(utterance.spans))
            if concept in one.concepts and _is_place(other)
        ),
        0,
    )
    return not any(_is_place(span) for span in utterance.spans[:led])


def has_stranger_beside(utterance: Utterance) -> bool:
    """Tell whether a word that is no name we know is joined to one that is: "Bonn and Bern"."""
    spans = utterance.spans
    for at, span in enumerate(spans):
        if not span.concepts & _JOINING or not 0 < at < len(spans) - 1:
            continue
        one, other = spans[at - 1], spans[at + 1]
        if (one.entities and _may_be_a_name(other)) or (_may_be_a_name(one) and other.entities):
            return True
    return False


def _may_be_a_name(span: Span) -> bool:
    word = span.key in _WORDS and not is_thai(span.key[0])  # what Thai lists of words hold are names, too
    return span.unknown and not span.everyday and len(span.key) >= _NAME and not word


def _leads(span: Span) -> bool:
    """Tell whether a word may begin the name of another place: "New Hampshire"."""
    return "new" in span.concepts and span.key.isascii() and span.end - span.start == 1


def _stands_beside(utterance: Utterance, one: Span, other: Span) -> bool:
    token = utterance.tokens[other.start]
    if other.start - one.end > 1 or token.pause or token.thai or not one.key.isascii():
        return False
    if other.number is not None:
        return 0 < other.number <= _LARGEST_PART
    return other.unknown and len(other.key) > 1 and other.key not in _WORDS


def _is_led(utterance: Utterance, at: int) -> bool:
    span = utterance.spans[at]
    before = utterance.spans[at - 1] if at else None
    if before is None or before.end != span.start or "toponym" not in before.concepts:
        return False
    first, token = utterance.tokens[before.start], utterance.tokens[span.start]
    return not token.pause and first.thai == token.thai and (not token.thai or not token.gap)


def _is_place(span: Span) -> bool:
    return any(entity.kind == "place" for entity in span.entities)


def _may_hold(span: Span) -> bool:
    """Tell whether a place may lie in what `span` names."""
    if span.unknown:
        return len(span.key) >= _NAME and span.key not in _WORDS
    return any(entity.kind in ("place", "region") for entity in span.entities)
