"""Several questions in one message, cut apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding.tagger import Span, Utterance

_SENTENCE = re.compile(r"[?!;\n\r？！]+|(?:^|\s)\(?[1-9]\)\s|(?<=[a-z]{3})\.\s+(?=[A-Z])|(?<=\d{4})\.\s+(?=[A-Za-z])")
_TOPICS = frozenset(
    {"apply", "requirement", "benefit", "deadline", "administrative"}
)  # asked about without an asking word
_ASKING = frozenset({"which", "what", "how_many", "when", "where", "who", "why", "how"}) | _TOPICS
_OTHER_MATTER = frozenset({"when", "where", "who", "why", "how"}) | _TOPICS
_MATTERS = frozenset(
    {"theme", "sdg", "literacy_day", "occasion", "fund", "nominate", "recommend", "launch", "deadline"}
    | {"most", "fewest", "earliest"}
)
_CIRCUMSTANCES = frozenset({"when", "where", "why", "how"})
_COUNTED = frozenset({"city", "country"})
_COMPARING = frozenset(
    {"more", "fewer", "more_than", "fewer_than", "difference", "compare", "combined", "same", "both"}
)
_JOINING = frozenset({"join", "enter", "member", "new", "announcement", "learning_city", "gnlc"})
_DEFINED = frozenset({"network", "gnlc", "learning_city", "sdg"})
_FEW = 4  # spans
_LISTING = frozenset({"how_many", "which", "list"})
_ASKING_AT_ALL = _ASKING | {"wonders", "list", "tell", "yesno", "aux", "except", "not", "initial", "only", "correction"}
_SUBJECTS = frozenset({"city", "country", "member", "join", "network", "learning_city", "unesco", "announcement"})
_UNKNOWN_BESIDE = 6  # unknown words; beside more, a question of ours is by chance
_NUMBERED = frozenset({"year", "city", "country", "member"})
_OF_ONESELF = frozenset(  # what people say of themselves and of why they ask
    {"neutral", "filler", "schools", "budget", "mayor", "deadline", "next_call", "director_general", "area", "contact"}
    | {"inside", "have", "do", "tell", "greet", "thanks", "praise", "bot", "new", "toponym", "it", "help"}
)
_YEAR = 4  # figures
_ALL_OF_IT = frozenset({"list", "all", "those", "neutral", "myself", "wonders", "tell"})
_AT_A_LOSS = _OF_ONESELF | {"do", "not", "aux", "reason_of_mine", "along"}
_LED = 4  # spans before an asking word; fewer belong to it
_SAID = 3  # spans; a shorter part may be the topic of what follows
_MOST = 4  # questions of one message that are answered
_WEIGHTLESS = frozenset({"neutral", "what_about", "and", "greet", "thanks", "praise", "not", "have", "bot"})


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` that a question mark or a line break divides."""
    return [part.strip() for part in _SENTENCE.split(text) if any(c.isalnum() for c in part)][: 2 * _MOST]


def led_by_topics(read: Sequence[Utterance]) -> list[str]:
    """Return the sentences of `read` without what people tell of themselves before they ask.

    "I do homework on Africa. Which …" What is asked takes it up where it names nothing itself: "We live in Derby. Is
    our council a member?"
    """
    found: list[str] = []
    topic = ""
    for one, following in zip(read, [*read[1:], None], strict=True):
        if following is not None and _tells_of_the_asker(one.spans) and _asks(following.spans):
            topic = one.text
            continue
        after = found and one.spans and not _names(one.spans)
        if after and _concepts(one.spans) <= _ALL_OF_IT | (_AT_A_LOSS if _tells_of_the_asker(one.spans) else set()):
            continue  # "… I want all of them", "… I did not know"
        found.append(f"{topic} {one.text}" if topic and not _names(one.spans) else one.text)
        topic = ""
    return found


def _tells_of_the_asker(spans: Sequence[Span]) -> bool:
    """Tell whether a sentence only says who asks, or why: "I am a teacher in Derby"."""
    return bool(spans) and "myself" in spans[0].concepts and not _asks_at_all(spans) and not _names_fully(spans)


def clauses(utterance: Utterance) -> list[str]:
    """Return the questions of one sentence, as text; the whole of it where it is one question.

    A new question begins at "and", or at a gap in Thai, where what stands before it asks something of its own and
    what follows asks again, of something else that it names.
    """
    if not utterance.spans:
        return [utterance.text]
    cuts = [0]
    for at, span in enumerate(utterance.spans):
        if at > cuts[-1] and len(cuts) < _MOST:
            before, after = utterance.spans[cuts[-1] : at], utterance.spans[at:]
            goes_on = len(cuts) > 1 and _is_claim(before) and _is_claim(after)
            if goes_on or _claims_anew(before, after) or (_may_begin(utterance, span) and _asks_anew(before, after)):
                cuts.append(at)
    starts = [utterance.spans[cut].start for cut in cuts]
    ends = [*starts[1:], len(utterance.tokens)]
    return [_text(utterance, start, end) for start, end in zip(starts, ends, strict=True)]


def _asks_anew(before: Sequence[Span], after: Sequence[Span]) -> bool:
    """Tell whether what stands before asks something, and what follows something else."""
    if (_is_dated(before) and _is_dated(after)) or _turns_from_a_number(before, after):
        return True
    asks = _asks(before) or (_names_or_lists(before) and _turns(after))
    again = _asks(_until_and(after)) or _lists(after) or _adds_a_matter(before, after)
    return asks and again and _says_more(before) and _is_another(before, after)


def without_asides(utterance: Utterance, is_clear: Callable[[Utterance], bool]) -> Utterance:
    """Return `utterance` without what is said in parts that neither ask nor name anything, where another part asks.

    "My students want to know: which cities …", "…, it is for a meeting". Unknown words stay, since they may be the
    topic, but for where a part asks what is a question of ours by itself, as `is_clear` tells.
    """
    parts = _after_the_story(_parts(utterance))
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
    named = any(_is_question(part) and _places(part) for part in parts)
    least = 1 if clear is not None else _SAID
    before = [[], *parts[:-1]]
    asides = [_is_aside(p, named, least) and not _goes_on(b, p) for b, p in zip(before, parts, strict=True)]
    kept = [
        span
        for part, aside in zip(parts, asides, strict=True)
        for span in (part if named or aside else _without_the_asker(part))
        if span.unknown or not aside or (spread and clear is not None and span in clear)
    ]
    return replace(utterance, spans=tuple(kept))


def _after_the_story(parts: Sequence[list[Span]]) -> list[list[Span]]:
    """Return the parts of a message from that on in which somebody wonders; of what he tells before, names and years.

    These are taken from the part that names something last, and only where the question does not name any itself.
    """
    at = max((i for i, part in enumerate(parts) if "wonders" in part[0].concepts), default=0)
    question = [span for part in parts[at:] for span in part]
    if not at or not _asks_at_all(question[1:] or question) or not _concepts(question) & _ASKING:
        return list(parts)
    told = parts[:at]
    of_one = "when" in _concepts(question) and _concepts(question).isdisjoint(_LISTING | {"city"})
    says = _names_place(question) or (_places(question) and not of_one)
    named = [] if says else next((p for names in (_names_place, _places) for p in reversed(told) if names(p)), [])
    dated = [] if _kinds(question) & {"year"} else next((p for p in reversed(told) if _tells_of_a_round(p)), [])
    context = [span for part in told for span in part if (span in named and span.entities) or span in dated]
    return [*([context] if context else []), *parts[at:]]


def _names_place(part: Sequence[Span]) -> bool:
    return any(entity.kind == "place" for span in part for entity in span.entities)


def _tells_of_a_round(part: Sequence[Span]) -> bool:
    """Tell whether a part says of a year that cities joined in it."""
    return "year" in _kinds(part) and not _concepts(part).isdisjoint(_JOINING)


def _without_the_asker(part: Sequence[Span]) -> Sequence[Span]:
    """Return of what somebody says of himself the names alone, which what he asks takes up: "I teach in Derby …"."""
    tells = _tells_of_the_asker(part) and not any(span.number is not None for span in part)
    return [span for span in part if span.unknown or span.entities] if tells else part


def _goes_on(before: Sequence[Span], part: Sequence[Span]) -> bool:
    """Tell whether a part goes on with the names of the part before it: "Hat Yai, Phuket and Yala"."""
    return bool(before and before[-1].entities and part[0].entities)


def _is_aside(part: Sequence[Span], named: bool, least: int) -> bool:
    """Tell whether a part only says something; `named` tells that a part that asks names places itself.

    A part of less than `least` spans may be the topic.
    """
    if (
        _asks_at_all(part)
        or _dates(part)
        or "other_network" in _concepts(part)
        or len(part) < (least if _concepts(part) <= _OF_ONESELF else _SAID)
    ):
        return False
    tells = len(part) > _SAID or _tells_of_the_asker(part)
    return not any(span.entities for span in part) or (named and tells)


def _places(part: Sequence[Span]) -> bool:
    """Tell whether a part names a place, country or region."""
    return any(entity.kind != "organisation" for span in part for entity in span.entities)


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
    words = bool(_concepts(spans) & _NUMBERED)
    return any(span.number is not None and (span.key.isdecimal() or words) for span in spans)


def _parts(utterance: Utterance) -> list[list[Span]]:
    parts: list[list[Span]] = []
    for span in utterance.spans:
        asking = [parts[-1].pop()] if parts and len(parts[-1]) > 1 and "wonders" in parts[-1][-1].concepts else []
        if not parts or asking or utterance.tokens[span.start].pause or _turns_away(parts[-1], span):
            parts.append(asking)
        parts[-1].append(span)
    return parts


def _is_dated(spans: Sequence[Span]) -> bool:
    """Tell whether one place is said with one year: "Chiang Mai in 2019", of several such each is another question."""
    places = sum(any(entity.kind == "place" for entity in span.entities) for span in spans)
    years = sum(span.number is not None and not _counts(spans, at) for at, span in enumerate(spans))
    return places == 1 and years == 1


def _turns_from_a_number(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether the number of one thing is said, and that of another asked: "77 joined in 2022, and in 2024?"."""
    turns = "what_about" in spans[0].concepts and "and" not in spans[0].concepts
    numbers = any(_counts(before, at) for at in range(len(before)))
    if not (turns and numbers) or _asks(before) or _concepts(spans) & _COMPARING:
        return False
    return bool(_kinds(spans)) and _kinds(spans) <= _kinds(before)


def _kinds(spans: Sequence[Span]) -> set[str]:
    """Return what is named: countries and regions, years."""
    years = any(span.number is not None and not _counts(spans, at) for at, span in enumerate(spans))
    named = any(map(_is_of_the_world, spans))
    return {kind for kind, said in (("world", named), ("year", years)) if said}


def _claims_anew(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether a number of a country or region follows numbers of cities: "77 cities, 44 countries, 13 of Asia"."""
    counted = {noun for one, other in pairwise(before) if _is_figure(one) for noun in other.concepts & _COUNTED}
    sure = counted == _COUNTED or (counted and "yesno" in _concepts(spans))
    return bool(sure) and _is_claim(spans) and not (_concepts(before) | _concepts(spans)) & _LISTING


def _is_claim(spans: Sequence[Span]) -> bool:
    """Tell whether a number of a country or region comes first: "13 in Asia", "ไทย 3"."""
    said = [at for at, span in enumerate(spans[:_LED]) if _counts(spans, at) or _is_of_the_world(span)]
    if len(said) < 2 or said[0] or _counts(spans, 0) == _counts(spans, said[1]):
        return False
    return not (_counts(spans, 0) and _is_counted_behind(spans[said[1] :]))


def _is_counted_behind(spans: Sequence[Span]) -> bool:
    """Tell whether the number of what is named first follows it: "Asia 13", but not "of Asia, 3 Thai"."""
    figure = next((at for at in range(1, min(_SAID, len(spans))) if _counts(spans, at)), None)
    return figure is not None and not any(map(_is_of_the_world, spans[figure : figure + _SAID]))


def _is_of_the_world(span: Span) -> bool:
    return any(entity.kind in ("country", "region") for entity in span.entities)


def _counts(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a span may count something, and is no year."""
    return _is_figure(spans[at]) and not (at and "year" in spans[at - 1].concepts)


def _is_figure(span: Span) -> bool:
    return span.number is not None and not (span.key.isdecimal() and len(span.key) == _YEAR)


def _turns_away(part: Sequence[Span], span: Span) -> bool:
    """Tell whether a new part begins with `span` though nothing stands between: the asking, or the reason for it."""
    if "wonders" in part[-1].concepts:
        return True
    if "reason_of_mine" in span.concepts and len(part) >= _SAID and _asks(part):
        return True
    begins = bool(span.concepts & (_ASKING - _TOPICS)) and span.key.isascii()
    return begins and len(part) >= _LED and not _asks_at_all(part) and any(one.unknown for one in part)


def _is_question(spans: Sequence[Span]) -> bool:
    """Tell whether a part of a sentence asks for something that it says itself."""
    return _asks_at_all(spans) and _says_more(spans) and bool(_concepts(spans) & _SUBJECTS or _names(spans))


def _asks_at_all(spans: Sequence[Span]) -> bool:
    begins, ends = ("what_about" in span.concepts for span in (spans[0], spans[-1]))
    asking = _ASKING_AT_ALL if _names(spans) or "aux" in spans[0].concepts else _ASKING_AT_ALL - {"aux"}
    return begins or (ends and _names(spans)) or bool(_concepts(spans) & asking)


def _names(spans: Sequence[Span]) -> bool:
    return any(span.entities or span.number is not None for span in spans)


def _may_begin(utterance: Utterance, span: Span) -> bool:
    first = utterance.tokens[span.start]
    return bool(span.concepts & {"and", "what_about"}) or (first.thai and first.gap)


def _turns(spans: Sequence[Span]) -> bool:
    """Tell whether "and how to join" follows."""
    return "and" in spans[0].concepts and bool(_concepts(spans) & {"apply", "requirement", "benefit"})


def _until_and(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what stands before the next "and", which may begin a question of its own."""
    end = next((at for at, span in enumerate(spans) if at and "and" in span.concepts), len(spans))
    return spans[:end]


def _lists(spans: Sequence[Span]) -> bool:
    """Tell whether "and list the Korean ones" follows."""
    return "and" in spans[0].concepts and "list" in _concepts(spans) and any(span.entities for span in spans)


def _adds_a_matter(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether only another matter follows: "what is the theme and the occasion"."""
    added = _concepts(spans) & _MATTERS - _concepts(before)
    joined = spans[0].concepts & {"and", "what_about"}
    return bool(added and joined and _concepts(before) & _MATTERS) and len(spans) <= _FEW


def _names_or_lists(spans: Sequence[Span]) -> bool:
    """Tell whether a part asks without an asking word, or by "list"."""
    return _names_fully(spans) or ("list" in _concepts(spans) and _names(spans))


def _names_fully(spans: Sequence[Span]) -> bool:
    """Tell whether a part asks without an asking word: "Thai cities of 2022 and how to apply"."""
    return any(span.entities for span in spans) and any(span.number is not None for span in spans)


def _asks(spans: Sequence[Span]) -> bool:
    return any(span.concepts & _ASKING for span in spans)


def _says_more(spans: Sequence[Span]) -> bool:
    """Tell whether `spans` hold more than asking words."""
    return any(span.entities or span.number or span.concepts - _ASKING - _WEIGHTLESS for span in spans)


def _is_another(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether the next question is about something else: it names something first, or asks of another matter."""
    if spans[0].concepts & {"until", "dash"}:
        return False  # the end of a time
    if _concepts(spans) & _MATTERS - _concepts(before):
        return True
    defines = "what" in _concepts(before) and _concepts(before) & _DEFINED
    circumstance = _concepts(before) & _CIRCUMSTANCES or defines
    if circumstance and _concepts(before).isdisjoint(_LISTING - {"list"}) and _concepts(spans) & _LISTING:
        return True
    for span in spans:
        if span.entities or span.number is not None or "world" in span.concepts:
            return True
        if span.concepts & _ASKING:
            numbered = any(s.number is not None for s in spans) and any(s.number is not None for s in before)
            return bool(span.concepts & _OTHER_MATTER) or numbered or any(s.entities for s in spans)
    return False


def _concepts(spans: Sequence[Span]) -> frozenset[str]:
    return frozenset().union(*(span.concepts for span in spans))


def _text(utterance: Utterance, start: int, end: int) -> str:
    return "".join((" " if token.gap else "") + token.text for token in utterance.tokens[start:end]).strip()
