"""Several questions in one message, cut apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.saying import (
    ASKING,
    LED,
    LISTING,
    OF_ONESELF,
    SAID,
    TOPICS,
    asks,
    concepts_of,
    is_count,
    is_figure,
    is_of_the_world,
    kinds_named,
    names_fully,
    names_place,
    names_something,
    says_more,
    tells_of_the_asker,
)
from bot.understanding.spans import Span, Utterance

_SENTENCE = re.compile(r"[?!;\n\r？！]+|(?:^|\s)\(?[1-9]\)\s|(?<=[a-z]{3})\.\s+(?=[A-Z])|(?<=\d{4})\.\s+(?=[A-Za-z])")
_OTHER_MATTER = frozenset({"when", "where", "who", "why", "how"}) | TOPICS
_MATTERS = frozenset(
    {"theme", "sdg", "literacy_day", "occasion", "fund", "nominate", "recommend", "launch", "deadline"}
    | {"most", "fewest", "earliest"}
)
_CIRCUMSTANCES = frozenset({"when", "where", "who", "why", "how"})
_COUNTED = frozenset({"city", "country"})
_COMPARING = frozenset(
    {"more", "fewer", "more_than", "fewer_than", "difference", "compare", "combined", "same", "both"}
)
_DEFINED = frozenset({"network", "gnlc", "learning_city", "sdg"})
_FEW = 4  # spans
_ALL_OF_IT = frozenset({"list", "all", "those", "neutral", "myself", "wonders", "tell"})
_AT_A_LOSS = OF_ONESELF | {"do", "not", "aux", "reason_of_mine", "along"}
_BEGUN = 2  # spans: "between 2022", of which the end is still to come
_TO_A_YEAR = frozenset({"year", "inside", "round", "neutral"})
_MOST = 4  # questions of one message that are answered


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
        if following is not None and tells_of_the_asker(one.spans) and asks(following.spans):
            topic = one.text if names_something(one.spans) else ""
            continue
        after = found and one.spans and not names_something(one.spans)
        if after and concepts_of(one.spans) <= _ALL_OF_IT | (_AT_A_LOSS if tells_of_the_asker(one.spans) else set()):
            continue  # "… I want all of them", "… I did not know"
        found.append(f"{topic} {one.text}" if topic and not names_something(one.spans) else one.text)
        topic = ""
    return found


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
            goes_on = goes_on or _asks_whether_one_is_among(before, after)
            if goes_on or _claims_anew(before, after) or (_may_begin(utterance, span) and _asks_anew(before, after)):
                cuts.append(at)
    starts = [utterance.spans[cut].start for cut in cuts]
    ends = [*starts[1:], len(utterance.tokens)]
    texts = [_text(utterance, start, end) for start, end in zip(starts, ends, strict=True)]
    parts = [utterance.spans[one:other] for one, other in zip(cuts, [*cuts[1:], len(utterance.spans)], strict=True)]
    year = _year_of_all(parts)
    shared = _text(utterance, year[0].start, len(utterance.tokens)) if year else ""
    return [*(f"{text} {shared}".strip() for text in texts[:-1]), texts[-1]]


def _year_of_all(parts: Sequence[Sequence[Span]]) -> Sequence[Span]:
    """Return the year that ends counts of several things and is meant of each: "Asia how many, Africa how many 22"."""
    last, before = parts[-1], parts[:-1]
    at = len(last)
    while at and (last[at - 1].number is not None or last[at - 1].concepts & _TO_A_YEAR):
        at -= 1
    year, counted = last[at:], last[:at]
    ends = bool(counted) and "how_many" in counted[-1].concepts and any(span.number is not None for span in year)
    undated = all("how_many" in concepts_of(part) and all(span.number is None for span in part) for part in before)
    alike = all(kinds_named(part) == kinds_named(counted) for part in before)
    return year if before and ends and undated and alike and kinds_named(counted) else ()


def _asks_anew(before: Sequence[Span], after: Sequence[Span]) -> bool:
    """Tell whether what stands before asks something, and what follows something else."""
    if (_is_dated(before) and _is_dated(after)) or _turns_from_a_number(before, after):
        return True
    whether = "yesno" in before[-1].concepts and "what_about" in after[0].concepts
    first = asks(before) or whether or "occasion" in concepts_of(before) or (_names_or_lists(before) and _turns(after))
    again = asks(_until_and(after)) or _lists(after) or _asks_of_them(after) or _adds_a_matter(before, after)
    return first and again and says_more(before) and _is_another(before, after)


def _asks_whether_one_is_among(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether cities are asked for, and then whether one is among them: "which Indian cities, is Delhi one?"."""
    lists = concepts_of(before) & LISTING and any(map(is_of_the_world, before)) and not names_place(before)
    first, then = spans[0].concepts, spans[1:SAID]
    begins = bool(first & {"aux", "have"}) and len(spans) > 1 and names_place(then) and not asks(spans)
    return bool(lists) and begins and ("aux" in first or "yesno" in concepts_of(spans))


def _is_dated(spans: Sequence[Span]) -> bool:
    """Tell whether one place is said with one year: "Chiang Mai in 2019", of several such each is another question."""
    places = sum(any(entity.kind == "place" for entity in span.entities) for span in spans)
    years = sum(span.number is not None and not is_count(spans, at) for at, span in enumerate(spans))
    return places == 1 and years == 1


def _turns_from_a_number(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether the number of one thing is said, and that of another asked: "77 joined in 2022, and in 2024?"."""
    turns = "what_about" in spans[0].concepts and "and" not in spans[0].concepts
    numbers = any(is_count(before, at) for at in range(len(before)))
    if not (turns and numbers) or asks(before) or concepts_of(spans) & _COMPARING:
        return False
    return bool(kinds_named(spans)) and kinds_named(spans) <= kinds_named(before)


def _claims_anew(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether a number of a country or region follows numbers of cities: "77 cities, 44 countries, 13 of Asia"."""
    counted = {noun for one, other in pairwise(before) if is_figure(one) for noun in other.concepts & _COUNTED}
    sure = counted == _COUNTED or (counted and "yesno" in concepts_of(spans))
    return bool(sure) and _is_claim(spans) and not (concepts_of(before) | concepts_of(spans)) & LISTING


def _is_claim(spans: Sequence[Span]) -> bool:
    """Tell whether a number of a country or region comes first: "13 in Asia", "ไทย 3"."""
    said = [at for at, span in enumerate(spans[:LED]) if is_count(spans, at) or is_of_the_world(span)]
    if len(said) < 2 or said[0] or is_count(spans, 0) == is_count(spans, said[1]):
        return False
    return not (is_count(spans, 0) and _is_counted_behind(spans[said[1] :]))


def _is_counted_behind(spans: Sequence[Span]) -> bool:
    """Tell whether the number of what is named first follows it: "Asia 13", but not "of Asia, 3 Thai"."""
    figure = next((at for at in range(1, min(SAID, len(spans))) if is_count(spans, at)), None)
    return figure is not None and not any(map(is_of_the_world, spans[figure : figure + SAID]))


def _may_begin(utterance: Utterance, span: Span) -> bool:
    first = utterance.tokens[span.start]
    return bool(span.concepts & {"and", "what_about"}) or (first.thai and first.gap)


def _turns(spans: Sequence[Span]) -> bool:
    """Tell whether "and how to join" follows."""
    return "and" in spans[0].concepts and bool(concepts_of(spans) & (_MATTERS | {"apply", "requirement", "benefit"}))


def _until_and(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what stands before the next "and", which may begin a question of its own."""
    end = next((at for at, span in enumerate(spans) if at and "and" in span.concepts), len(spans))
    return spans[:end]


def _lists(spans: Sequence[Span]) -> bool:
    """Tell whether "and list the Korean ones" follows."""
    return "and" in spans[0].concepts and "list" in concepts_of(spans) and any(span.entities for span in spans)


def _asks_of_them(spans: Sequence[Span]) -> bool:
    """Tell whether "and are any of them in Thailand" follows, or "and any other of that year?"."""
    asked = concepts_of(spans[:LED])
    if spans[0].concepts & {"what_about", "there", "that_year"} and asked & {"there", "that_year"}:
        return {"other", "yesno"} <= concepts_of(spans)
    return "and" in spans[0].concepts and asked >= {"aux", "those"} and any(span.entities for span in spans)


def _adds_a_matter(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether only another matter follows: "what is the theme and the occasion"."""
    added = concepts_of(spans) & _MATTERS - concepts_of(before)
    joined = spans[0].concepts & {"and", "what_about"}
    return bool(added and joined and concepts_of(before) & _MATTERS) and len(spans) <= _FEW


def _names_or_lists(spans: Sequence[Span]) -> bool:
    """Tell whether a part asks without an asking word, or by "list"."""
    return names_fully(spans) or ("list" in concepts_of(spans) and names_something(spans))


def _is_another(before: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Tell whether the next question is about something else: it names something first, or asks of another matter."""
    if spans[0].concepts & {"until", "dash"}:
        return False  # the end of a time
    if "and" in spans[0].concepts and "between" in concepts_of(before[-_BEGUN:]):
        return False  # "between 2022 | and 2024"
    if concepts_of(spans) & _MATTERS - concepts_of(before):
        return True
    if _asks_of_them(spans):
        return True
    if len(spans) == 1 and concepts_of(before).isdisjoint(ASKING - TOPICS):
        return False  # "Phayao applied | when"
    defines = "what" in concepts_of(before) and concepts_of(before) & _DEFINED
    circumstance = concepts_of(before) & _CIRCUMSTANCES or defines
    if circumstance and concepts_of(before).isdisjoint(LISTING - {"list"}) and concepts_of(spans) & LISTING:
        return True
    for span in spans:
        if span.entities or span.number is not None or "world" in span.concepts:
            return True
        if span.concepts & ASKING:
            numbered = any(s.number is not None for s in spans) and any(s.number is not None for s in before)
            return bool(span.concepts & _OTHER_MATTER) or numbered or any(s.entities for s in spans)
    return False


def _text(utterance: Utterance, start: int, end: int) -> str:
    return "".join((" " if token.gap else "") + token.text for token in utterance.tokens[start:end]).strip()
