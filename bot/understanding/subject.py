"""What is listed or counted: cities, countries, regions or years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.spans import Span, Utterance
from knowledge.model import Subject

_NOUNS: dict[str, Subject] = {
    "city": "cities",
    "member": "cities",
    "country": "countries",
    "region": "regions",
    "year": "years",
    "round": "years",
}
_ASKING = {"list": ("which", "list", "what", "how_many", "who"), "count": ("how_many", "list", "what", "all")}
_RANKED = ("which", "what", "most", "fewest", "rank", "each", "more", "more_than", "how_many", "earliest", "list")
_BEFORE = 0.5  # a noun before the asking word is that much nearer in Thai, farther in English
_FAR = 6
_FIGURES = 4  # of a year


def subject_of(utterance: Utterance, ask: str) -> Subject:
    """Return what the question is about: the noun nearest to the word that asks; cities where there is none."""
    spans = utterance.spans
    if ask == "rank" and ("when" in utterance.concepts or _is_of_years(spans)):
        return "years"
    present = [_noun(spans, at) for at in range(len(spans))]
    if ask == "rank" and next(filter(None, present), None) == "years" and not _asked(spans, "country"):
        return "years"  # "year with most countries"
    others = [noun for noun in present if noun not in (None, "cities")]
    for asking in _ASKING.get(ask, _RANKED):
        for at, span in enumerate(spans):
            subject = _nearest(utterance, at, asking) if asking in span.concepts else None
            if subject and not (ask == "rank" and subject == "cities" and others):  # cities are what is counted
                return subject
    if ask == "rank":
        return next(iter(others), "countries")
    return next((noun for noun in present if noun in ("cities", "countries", "regions")), "cities")


def _is_of_years(spans: Sequence[Span]) -> bool:
    """Tell whether a year is ranked among the years: "was 2024 the year with the most"."""
    nouns = {_noun(spans, at) for at in range(len(spans))}
    return (
        any(span.number is not None for span in spans)
        and "years" in nouns
        and nouns.isdisjoint({"countries", "regions"})
    )


def _asked(spans: Sequence[Span], noun: str) -> bool:
    """Tell whether "which" is said of a noun."""
    return any(
        {noun} & one.concepts and ("which" in one.concepts or "which" in other.concepts)
        for pair in pairwise(spans)
        for one, other in (pair, pair[::-1])
    )


def _noun(spans: Sequence[Span], at: int) -> Subject | None:
    """Return the subject a span names; the word for year or round beside a year names none."""
    span = spans[at]
    if at > 1 and "from" in spans[at - 2].concepts and any(e.kind == "region" for e in spans[at - 1].entities):
        return None  # "from Arab countries"
    if at and "both" in spans[at - 1].concepts:
        return None  # "both countries" are those that were named
    of_year = span.concepts & {"year", "round"} and "each" not in span.concepts
    if span.entities or (of_year and at + 1 < len(spans) and spans[at + 1].number is not None):
        return None
    if "round" in span.concepts and at and len(spans[at - 1].key) == _FIGURES and spans[at - 1].number is not None:
        return None
    return next((subject for noun, subject in _NOUNS.items() if noun in span.concepts), None)


def _nearest(utterance: Utterance, at: int, asking: str) -> Subject | None:
    """Return the noun nearest to span `at`; Thai puts it before "which" and after "how many"."""
    spans = utterance.spans
    thai = utterance.tokens[spans[at].start].thai
    noun_first = thai and asking != "how_many"
    best: tuple[float, Subject] | None = None
    for i in range(len(spans)):
        subject = _noun(spans, i)
        if (
            subject is None
            or abs(i - at) > _FAR
            or (subject == "years" and asking not in ("which", "each", "what", "how_many", "list"))
        ):
            continue
        distance = abs(i - at) + (_BEFORE * 3 if (i < at) != noun_first and i != at else 0)
        if best is None or distance < best[0]:
            best = (distance, subject)
    return best[1] if best else None
