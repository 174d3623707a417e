"""What is said beside a question, and left out of it: who asks and why, and what he tells before he asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.understanding.saying import (
    ASKING,
    LED,
    LISTING,
    OF_ONESELF,
    SAID,
    TOPICS,
    asks,
    asks_at_all,
    concepts_of,
    kinds_named,
    names_of_the_world,
    names_place,
    names_something,
    says_more,
    tells_of_the_asker,
)
from bot.understanding.spans import Span, Utterance

_JOINING = frozenset({"join", "enter", "member", "new", "announcement", "learning_city", "gnlc"})
_SUBJECTS = frozenset({"city", "country", "member", "join", "network", "learning_city", "unesco", "announcement"})
_UNKNOWN_BESIDE = 6  # unknown words; beside more, a question of ours is by chance
_WITHIN = frozenset({"inside", "deadline", "neutral", "filler"})
_NUMBERED = frozenset({"year", "city", "country", "member"})
_NARROWING = frozenset({"latest", "earliest", "more_than", "fewer_than", "at_least", "at_most", "exactly", "each"})


def without_asides(utterance: Utterance, is_clear: Callable[[Utterance], bool]) -> Utterance:
    """Return `utterance` without what is said in parts that neither ask nor name anything, where another part asks.

    "My students want to know: which cities …", "…, it is for a meeting". Unknown words stay, since they may be the
    topic, but for where a part asks what is a question of ours by itself, as `is_clear` tells.
    """
    utterance = _without_durations(utterance)
    parts = _without_reasons(_after_the_story(_parts(utterance)))
    utterance = replace(utterance, spans=tuple(span for part in parts for span in part))
    asked = [run for run in (*_known_runs(parts), *parts) if _is_question(run)]
    if len(parts) < 2 or not asked:
        return utterance
    few = len(utterance.unknown) <= _UNKNOWN_BESIDE
    clear = next((run for run in asked if is_clear(replace(utterance, spans=tuple(run)))), None) if few else None
    if clear is not None:
        left = ([span for span in part if not span.unknown or span in clear] for part in parts)
        parts = [part for part in left if part]
    spread = not any(_is_question(part) for part in parts)  # one question over several parts
    if spread and clear is None:
        return utterance
    named = any(_is_question(part) and names_of_the_world(part) for part in parts)
    least = 1 if clear is not None else SAID
    before = [[], *parts[:-1]]
    asides = [_is_aside(p, named, least) and not _goes_on(b, p) for b, p in zip(before, parts, strict=True)]
    kept = [
        span
        for part, aside in zip(parts, asides, strict=True)
        for span in (part if named or aside else _without_the_asker(part))
        if span.unknown or not aside or (spread and clear is not None and span in clear)
    ]
    return replace(utterance, spans=tuple(kept))


def _without_durations(utterance: Utterance) -> Utterance:
    """Return `utterance` without what counts minutes, days or the like: "…, I need it in 20 min"."""
    spans = utterance.spans
    counting = {at for at, span in enumerate(spans[:-1]) if span.number is not None and _is_unit(spans[at + 1])}
    if not counting:
        return utterance
    led = {at - 1 for at in counting if at and spans[at - 1].concepts <= _WITHIN}
    left_out = counting | {at + 1 for at in counting} | led
    return replace(utterance, spans=tuple(span for at, span in enumerate(spans) if at not in left_out))


def _is_unit(span: Span) -> bool:
    return "unit" in span.concepts and not span.entities


def _after_the_story(parts: Sequence[list[Span]]) -> list[list[Span]]:
    """Return the parts of a message from that on in which somebody wonders; of what he tells before, names and years.

    These are taken from the part that names something last, and only where the question does not name any itself.
    """
    at = max((i for i, part in enumerate(parts) if "wonders" in part[0].concepts), default=0)
    question = [span for part in parts[at:] for span in part]
    if not at or not asks_at_all(question[1:] or question) or not concepts_of(question) & ASKING:
        return list(parts)
    told = parts[:at]
    of_one = "when" in concepts_of(question) and concepts_of(question).isdisjoint(LISTING | {"city"})
    says = names_place(question) or (names_of_the_world(question) and not of_one)
    named = (
        [] if says else next((p for names in (names_place, names_of_the_world) for p in reversed(told) if names(p)), [])
    )
    dated = [] if kinds_named(question) & {"year"} else next((p for p in reversed(told) if _tells_of_a_round(p)), [])
    context = [span for part in told for span in part if (span in named and span.entities) or span in dated]
    return [*([context] if context else []), *parts[at:]]


def _without_reasons(parts: Sequence[list[Span]]) -> list[list[Span]]:
    """Return `parts` without those that only say what something is asked for: "…, writing the mayor's speech"."""
    kept: list[list[Span]] = []
    dropped = False
    for part in parts:
        narrows = concepts_of(part) & _NARROWING
        says = narrows or asks_at_all(part) or kinds_named(part) or any(span.entities for span in part)
        led = "reason_of_mine" in part[0].concepts or (dropped and len(part) < SAID)
        dropped = bool(kept) and not says and led
        kept += [] if dropped else [part]
    return kept


def _tells_of_a_round(part: Sequence[Span]) -> bool:
    """Tell whether a part says of a year that cities joined in it."""
    return "year" in kinds_named(part) and not concepts_of(part).isdisjoint(_JOINING)


def _without_the_asker(part: Sequence[Span]) -> Sequence[Span]:
    """Return of what somebody says of himself the names alone, which what he asks takes up: "I teach in Derby …"."""
    tells = tells_of_the_asker(part) and not any(span.number is not None for span in part)
    return [span for span in part if span.unknown or span.entities] if tells else part


def _goes_on(before: Sequence[Span], part: Sequence[Span]) -> bool:
    """Tell whether a part goes on with the names of the part before it: "Hat Yai, Phuket and Yala"."""
    return bool(before and before[-1].entities and part[0].entities)


def _is_aside(part: Sequence[Span], named: bool, least: int) -> bool:
    """Tell whether a part only says something; `named` tells that a part that asks names places itself.

    A part of less than `least` spans may be the topic.
    """
    if (
        asks_at_all(part)
        or _dates(part)
        or concepts_of(part) & {"other_network", "unheld", "that_year"}
        or len(part) < (least if concepts_of(part) <= OF_ONESELF else SAID)
    ):
        return False
    tells = len(part) > SAID or tells_of_the_asker(part)
    return not any(span.entities for span in part) or (named and tells)


def _known_runs(parts: Sequence[list[Span]]) -> list[list[Span]]:
    """Return the parts of which every word is known, those that follow one another as one; Thai has spaces anywhere."""
    runs: list[list[Span]] = [[]]
    for part in parts:
        if any(span.unknown for span in part):
            runs.append([])
        else:
            runs[-1] += part
    return [run for run in runs if run]


def _dates(spans: Sequence[Span]) -> bool:
    """Tell whether a part may say a year or count cities: a number in figures, or one beside the word for these."""
    words = bool(concepts_of(spans) & _NUMBERED)
    return any(span.number is not None and (span.key.isdecimal() or words) for span in spans)


def _parts(utterance: Utterance) -> list[list[Span]]:
    parts: list[list[Span]] = []
    for span in utterance.spans:
        asking = [parts[-1].pop()] if parts and len(parts[-1]) > 1 and "wonders" in parts[-1][-1].concepts else []
        if not parts or asking or utterance.tokens[span.start].pause or _turns_away(parts[-1], span):
            parts.append(asking)
        parts[-1].append(span)
    return parts


def _turns_away(part: Sequence[Span], span: Span) -> bool:
    """Tell whether a new part begins with `span` though nothing stands between: the asking, or the reason for it."""
    if "wonders" in part[-1].concepts:
        return True
    if "reason_of_mine" in span.concepts and len(part) >= SAID and asks(part):
        return True
    begins = bool(span.concepts & (ASKING - TOPICS)) and span.key.isascii()
    return begins and len(part) >= LED and not asks_at_all(part) and any(one.unknown for one in part)


def _is_question(spans: Sequence[Span]) -> bool:
    """Tell whether a part of a sentence asks for something that it says itself."""
    return asks_at_all(spans) and says_more(spans) and bool(concepts_of(spans) & _SUBJECTS or names_something(spans))
