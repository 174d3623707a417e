"""Years, as people write them: 2022, 2565, ปี 65, '22, since 2020, ก่อนปี 65, 2019-2022."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.understanding.spans import Span
from bot.understanding.windows import find_window
from knowledge.model import YearSpan

BUDDHIST_ERA = 543
_CHRISTIAN = range(1900, 2100)
_BUDDHIST = range(1900 + BUDDHIST_ERA, 2100 + BUDDHIST_ERA)
_OLD = 1990  # the second year of "1620-21" is none of ours
_COUNTED = {"city", "country", "member", "learning_city", "share", "region", "round", "sdg", "year"}
_NUMBERED = {"sdg", "more_than", "fewer_than", "exactly", "rank", "all", "how_many"}
_LEADING = frozenset(
    {"neutral", "year", "enter", "join", "those", "city", "from", "member", "round"}
    | {"before", "after", "since", "latest"}
)
_MANY = 15  # cities of one country
_REACH = 2  # spans between an operator and its year
_DECADE = 10  # years
_TO_A_YEAR = {"round", "year", "announcement"}
# what may stand between "did not join" and the year
_TO_DENIED = {"neutral", "year", "round", "inside", "before", "since", "after", "until"}
_OPEN = {"since": "first", "onwards": "first", "until": "last"}


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year (C.E.) said by span number `at`."""

    at: int
    year: int
    short: bool


@dataclass(frozen=True, slots=True)
class YearSlots:
    """The years asked for, those excluded, and the spans that said them."""

    spans: tuple[YearSpan, ...] = ()
    excluded: frozenset[int] = frozenset()
    used: frozenset[int] = frozenset()


def find_years(spans: Sequence[Span], this_year: int, rounds: Collection[int], every_round: Sequence[int]) -> YearSlots:
    """Read the years in `spans`.

    `this_year` (C.E.) is what "this year" means; two figures alone are a year if they are one of `rounds`. "The last
    two rounds" are counted in `every_round`, in order.
    """
    if window := find_window(spans, this_year, every_round):
        return YearSlots((window[0],), used=window[1])
    mentions = list(_mentions(spans, this_year, rounds, every_round))
    if any(spans[mention.at].number is not None for mention in mentions):
        mentions = [mention for mention in mentions if spans[mention.at].number is not None]
    used = frozenset(mention.at for mention in mentions)
    excluded = _excluded(spans, mentions)
    if len(mentions) == 1 and excluded and (turned := _turned(spans, mentions[0])):
        return YearSlots((turned,), used=used)
    kept = [m for m in mentions if m.year not in excluded]
    if len(kept) == 2 and _is_range(spans, kept[0], kept[1]):
        first, last = sorted(m.year for m in kept)
        return YearSlots((YearSpan(first, last),), frozenset(excluded), used)
    found = _met(tuple(dict.fromkeys(_span(spans, mention) for mention in kept)))
    return YearSlots(found, frozenset(excluded), used)


def _turned(spans: Sequence[Span], mention: YearMention) -> YearSpan | None:
    """Return the years that are left where those up to a year, or from it on, are left out: "not before 2022"."""
    left_out = _span(spans, mention)
    if left_out.first is None and left_out.last == mention.year:
        return YearSpan(mention.year, mention.year)  # who did not join until 2022 joined in it
    if left_out.first is None and left_out.last is not None:
        return YearSpan(left_out.last + 1, None)
    return YearSpan(None, left_out.first - 1) if left_out.last is None and left_out.first is not None else None


def _met(found: tuple[YearSpan, ...]) -> tuple[YearSpan, ...]:
    """Return what lies between two open spans: "after 2020, before 2025"."""
    if len(found) != 2:
        return found
    firsts = [span.first for span in found if span.last is None]
    lasts = [span.last for span in found if span.first is None]
    if len(firsts) != 1 or len(lasts) != 1 or firsts[0] is None or lasts[0] is None or firsts[0] > lasts[0]:
        return found
    return (YearSpan(firsts[0], lasts[0]),)


def _excluded(spans: Sequence[Span], mentions: Sequence[YearMention]) -> set[int]:
    """Return the years said after "except", also the second of two joined by "and"."""
    excluded: set[int] = set()
    last = -1
    for mention in mentions:
        between = spans[last + 1 : mention.at] if last >= 0 else ()
        linked = any(span.concepts & {"and", "or"} for span in between)
        joined = linked and all(span.concepts & ({"and", "or", "inside"} | _TO_A_YEAR) for span in between)
        joined = joined or (last >= 0 and not between and _is_said_of_those_asked_for(spans, last))
        if _excepts(spans, mention.at) or (joined and excluded):
            excluded.add(mention.year)
            last = mention.at
    return excluded


def _is_said_of_those_asked_for(spans: Sequence[Span], at: int) -> bool:
    """Tell whether what is left out stands behind those it is left out of: "Thai cities but not in 2020, 2022"."""
    led = next((i for i in range(at, -1, -1) if spans[i].concepts & {"except", "not"}), 0)
    asked = {"city", "country", "member", "join", "enter", "which", "list"}
    return any(span.concepts & asked or span.entities for span in spans[:led])


def _excepts(spans: Sequence[Span], at: int) -> bool:
    """Tell whether "except" stands before a year, or before what leads to it ("those that joined in")."""
    if _is_denied_after_another(spans, at):
        return True
    if _is_denied(spans, at):
        return True
    last = next((i for i in range(at - 1, -1, -1) if "except" in spans[i].concepts), at)
    if sum("those" in span.concepts for span in spans[last:at]) > 1:
        return False  # "not those, the ones before 2022"
    if any(span.number is not None for span in spans[last:at]):
        return False  # "not 2020, 2022": what stands between is left out
    before = [span for span in spans[:at] if "except" in span.concepts or not span.concepts & _LEADING]
    return any("except" in span.concepts for span in before[-1:]) or _said_before(spans, at, {"except"})


def _is_denied(spans: Sequence[Span], at: int) -> bool:
    """Tell whether those are asked for that did not join in a year: "Thai cities that did not join in 2022"."""
    led = at
    while led and spans[led - 1].concepts & _TO_DENIED and not spans[led - 1].concepts & {"enter", "join"}:
        led -= 1
    joins = bool(led) and bool(spans[led - 1].concepts & {"enter", "join"})
    denied = joins and any("not" in span.concepts for span in spans[max(0, led - 2) : led])
    asks = any(span.concepts & {"which", "what", "how_many", "list", "city", "country", "member"} for span in spans)
    whether = any("yesno" in span.concepts and "not" not in span.concepts for span in spans[at:])
    of_place = any(entity.kind == "place" for span in spans for entity in span.entities)
    return denied and asks and not whether and not of_place


def _is_denied_after_another(spans: Sequence[Span], at: int) -> bool:
    """Tell whether "not in" leads to a year and another is named before: "in 2022 but not in 2024"."""
    led = at
    while led and spans[led - 1].concepts & (_TO_DENIED | {"enter", "join"}) and "not" not in spans[led - 1].concepts:
        led -= 1
    denied = bool(led) and "not" in spans[led - 1].concepts
    return denied and any(span.number is not None and len(span.key) == len(spans[at].key) for span in spans[:led])


def _mentions(
    spans: Sequence[Span], this_year: int, rounds: Collection[int], every_round: Collection[int]
) -> list[YearMention]:
    found: list[YearMention] = []
    for at, span in enumerate(spans):
        if "today_year" in span.concepts and at and (spans[at - 1].number or _DECADE) < _DECADE:
            continue  # "these four years"
        if "today_year" in span.concepts:
            found.append(YearMention(at, this_year, False))
        elif "last_year" in span.concepts:
            found.append(YearMention(at, this_year - 1, False))
        elif (
            span.number is not None
            and (year := _year(spans, at, found, _named(spans, at, rounds, every_round))) is not None
        ):
            found.append(YearMention(at, year, span.number < 100))
    return found


def _named(spans: Sequence[Span], at: int, rounds: Collection[int], every_round: Collection[int]) -> Collection[int]:
    """Return the years that two figures may name: after the word for it that of any round ("รอบ 68")."""
    return every_round if at and "round" in spans[at - 1].concepts else rounds


def _year(spans: Sequence[Span], at: int, earlier: Sequence[YearMention], rounds: Collection[int]) -> int | None:
    number = spans[at].number or 0
    if number in _CHRISTIAN:
        return number
    if number in _BUDDHIST:
        return number - BUDDHIST_ERA
    if len(spans[at].key) != 2:
        return None
    year = number + 1957 if number >= 40 else number + 2000  # 2500 - 543 = 1957
    before = spans[at - 1].concepts if at else frozenset()
    continues = (
        bool(earlier)
        and earlier[-1].at >= at - 2
        and earlier[-1].year > _OLD
        and bool(before & {"until", "and", "or", "dash"})
        and not (_counts(spans, at) and (len(spans[earlier[-1].at].key) > 2 or _is_of_cities(spans, at)))
        and (year in rounds or len(spans[earlier[-1].at].key) == 2)
    )
    in_a_row = len(earlier) > 1 and earlier[-1].at == at - 1 and earlier[-2].at == at - 2 and year in rounds
    after_old = bool(earlier) and earlier[-1].at >= at - 2 and earlier[-1].year <= _OLD
    behind_number = at > 1 and "dash" in before and spans[at - 2].number is not None
    bare = (
        year in rounds
        and not after_old
        and not behind_number
        and not before & _NUMBERED
        and not _counts(spans, at)
        and not any(_is_in_full(span.number) for span in spans)
    )
    of_country = at > 0 and any(entity.kind in ("country", "region") for entity in spans[at - 1].entities)
    if of_country and year in rounds and number > _MANY:
        return year  # "ไทย 67 เมืองเรียนรู้": no country has so many in a round
    led = bool(before & {"since", "until", "before", "after", "between", "round"}) and year in rounds
    led = led and not (spans[at - 1].key.isascii() and any(_is_in_full(span.number) for span in spans))  # "by 62"
    if not ("year" in before or continues or in_a_row or bare or led):
        return None
    return year


def _is_in_full(number: int | None) -> bool:
    """Tell whether a number is a year of four figures; beside one, two figures count something."""
    return number is not None and (number in _CHRISTIAN or number in _BUDDHIST)


def _counts(spans: Sequence[Span], at: int) -> bool:
    """Tell whether the number counts what follows it ("13 cities")."""
    following = spans[at + 1] if at + 1 < len(spans) else None
    if at == 0 and following is not None and "yesno" in following.concepts:
        return True  # "20, right?"
    asked = {"which", "what"}
    later = spans[at + 2] if at + 2 < len(spans) else None
    if following is None or following.concepts & asked or (later is not None and later.concepts & asked):
        return False
    if following.concepts & {"new", "other", "more"} and later is not None and later.concepts & _COUNTED:
        return True
    if "those" in following.concepts or (later is not None and {"those", "it"} & later.concepts):
        return True  # "20 of them"
    if following.concepts & {"inside", "year"} and later is not None and later.number is not None:
        return True  # "15 in 2025"
    return bool(following.concepts & _COUNTED) or bool(following.entities) or following.unknown


def _is_of_cities(spans: Sequence[Span], at: int) -> bool:
    """Tell whether cities, or another year, stand right behind a number."""
    return any(span.concepts & (_COUNTED | {"year"}) for span in spans[at + 1 : at + 2])


def _said_before(spans: Sequence[Span], at: int, concepts: set[str]) -> bool:
    """Tell whether one of `concepts` is said shortly before; nouns that lead to the year do not count."""
    left = _REACH
    for span in reversed(spans[:at]):
        if span.concepts & concepts:
            return True
        left -= 0 if span.concepts & _TO_A_YEAR else 1
        if not left or span.entities:
            return False
    return False


def _said_after(spans: Sequence[Span], at: int, concepts: set[str]) -> bool:
    return any(spans[i].concepts & concepts for i in range(at + 1, min(len(spans), at + 1 + _REACH)))


def _is_range(spans: Sequence[Span], one: YearMention, other: YearMention) -> bool:
    between = spans[one.at + 1 : other.at]
    if _asks_which_year(spans):
        return False
    joined = any(s.concepts & {"until", "dash"} for s in between)
    return joined or (_said_before(spans, one.at, {"between"}) and any(s.concepts & {"and"} for s in between))


def _asks_which_year(spans: Sequence[Span]) -> bool:
    """Tell whether two years are compared: "between 2022 and 2024, which year had more"."""
    said = frozenset[str]().union(*(span.concepts for span in spans))
    return bool(said & {"more", "fewer"}) and bool("when" in said or said >= {"which", "year"})


def _span(spans: Sequence[Span], mention: YearMention) -> YearSpan:
    year, at = mention.year, mention.at
    if _is_decade(spans, at):
        return YearSpan(year, year + _DECADE - 1)
    goes_on = any("forth" in span.concepts for span in spans[at + 1 : at + 2]) and _said_before(spans, at, {"from"})
    since = _said_before(spans, at, {"since"}) or _is_bound_by(spans, at, "at_least")
    if goes_on or since or _said_after(spans, at, {"onwards"}):
        return YearSpan(year, None)
    if _said_before(spans, at, {"after"}) and not _said_before(spans, at, {"each"}):  # "after each round: 2020, 2022"
        return YearSpan(year + 1, None)
    if _said_before(spans, at, {"before"}):
        return YearSpan(None, year - 1)
    if _said_before(spans, at, {"until"}) or _is_bound_by(spans, at, "at_most"):
        return YearSpan(None, year)
    return YearSpan(year, year)


def _is_bound_by(spans: Sequence[Span], at: int, bound: str) -> bool:
    """Tell whether a bound stands right before a year: "no later than", "ไม่เกิน 2024"."""
    led = at
    while led and spans[led - 1].concepts & _TO_A_YEAR:
        led -= 1
    return bool(led) and bound in spans[led - 1].concepts


def _is_decade(spans: Sequence[Span], at: int) -> bool:
    """Tell whether a number names ten years: "the 2020s"."""
    number, following = spans[at].number or 1, spans[at + 1 : at + 2]
    plural = any(span.key == "s" and span.start == spans[at].end for span in following)
    return number % _DECADE == 0 and (plural or bool(at and "decade" in spans[at - 1].concepts))
