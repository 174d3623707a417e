"""What is asked beside a place: the others, who joined before or with it, where it lies, of what kind it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.understanding.asked import Asked
from bot.understanding.lexicon import NEUTRAL
from bot.understanding.location import all_led, is_led_by, location_of
from bot.understanding.spans import UNITS, Utterance
from knowledge.model import Around, Filters, Query

_OF_MANY = frozenset({"list", "count", "check", "profile", "together", "earliest"})
_AROUND: tuple[Around, ...] = ("before", "after", "previous", "next_one")
_OTHERWISE = ("together", "year", "how_long", "that_year", "yesno", "before", "after", "since", "until", "other")
_WHICH = frozenset({"which", "what", "how_many", "list"})
_LISTED = frozenset({"which", "what", "who", "list", "how_many", "city", "other"})
_BESIDES = ("together", "along", "other", "same", "rest", "who")  # which leave out the place itself
_ANOTHER_TIME = frozenset(
    {
        "before",
        "after",
        "previous",
        "next_one",
        "along",
        "together",
        "that_year",
        "at_the_time",
        "when",
        "year",
        "round",
        "what_about",
        "and",
    }
    | {"enter", "join", "same", "neutral", "relative", "which", "city", "have", "aux", "do", "how_many", "earliest"}
)


def beside_a_place(asked: Asked) -> Asked:
    """Return who is asked for beside the places named: the others, or who joined before, after or along with them."""
    filters = asked.filters
    left_out = tuple(sorted(filters.not_places))
    whether = asked.says("neither") and (asked.says("yesno") or not asked.says_any(*_WHICH, "other", "network"))
    if whether and left_out and not filters.places:
        denied = replace(filters, places=left_out, not_places=frozenset())
        return replace(asked, ask="check", filters=denied)
    if asked.says("neither", "yesno") and filters.not_countries and not (filters.countries or filters.regions):
        denied = replace(filters, countries=filters.not_countries, not_countries=frozenset())
        return replace(asked, ask="list", filters=denied)
    if asked.says("same", "country") and len(filters.places) == 1 and asked.says_any("that_year", "together"):
        return replace(asked, ask="same_country", around="with")
    if _counts_members_by_then(asked):
        return replace(asked, ask="count", around="by", filters=replace(filters, years=()))
    two = len(filters.places) == 2 or (len(filters.countries) == 2 and not filters.places)
    orders = two and asked.says("before") and asked.says_any("yesno", "do") and not filters.places
    if orders and not asked.says_any("which", "list", "how_many", "city"):
        return replace(asked, ask="earliest", filters=replace(filters, years=()))  # "did Thailand join before Viet Nam"
    many = len(filters.places) > 2 and asked.says("earliest", "before")
    if many and asked.says_any("who", "which", "what"):
        return replace(asked, ask="earliest", filters=replace(filters, years=()))  # "which joined first, A, B, C"
    if two and asked.says("before") and (asked.says("or") or (asked.says("who") and not filters.places)):
        return replace(asked, ask="earliest", filters=replace(filters, years=()))  # "who came first, A or B"
    named = len(filters.places) == len(asked.slots.filters.places) == 2 and asked.ask in _OF_MANY
    if named and asked.says("that_year") and not asked.says_any(*_LISTED):
        return replace(asked, ask="earliest")  # "did the two join in the same year"
    if joined := _joined_at_that_time(asked):
        return joined
    lists = asked.says_any(*_LISTED) or filters.countries or filters.regions
    if asked.ask not in _OF_MANY or not lists or asked.says("year", "how_many"):
        return asked
    whether = len(filters.places) > 1 and asked.says("yesno")  # two joined in the same year
    if asked.says("that_year") and (filters.places or left_out) and not whether:
        ask = "count" if asked.ask == "count" else "list"
        filters = replace(filters, places=filters.places or left_out, not_places=frozenset(), years=())
        around: Around = "with" if asked.says_any(*_BESIDES) or left_out else "in"
        return replace(asked, ask=ask, around=around, filters=filters)
    if asked.says("rest") and len(filters.regions) > 1 and filters.years:
        left = replace(filters, regions=frozenset(), not_regions=filters.not_regions | filters.regions, either=False)
        return replace(asked, filters=left)
    led = [word for word in _AROUND if is_led_by(asked.utterance, word)]
    bound = led[0] if len(led) == 1 else None
    ask = "count" if asked.says("how_many") else "list"
    if bound and filters.places and all_led(asked.utterance, bound):
        return replace(asked, ask=ask, around=bound, filters=replace(filters, years=()))
    if asked.says("other") and asked.says_any(*_WHICH) and filters.places and filters.years and asked.ask != "together":
        others = replace(filters, places=(), not_places=filters.not_places | frozenset(filters.places))
        return replace(asked, ask=ask, filters=others)
    return asked


def around_again(old: Query, utterance: Utterance, filters: Filters) -> Query | None:
    """Return the last list or count, of another time that is said by who joined: "and before Phayao?"."""
    of_its_year = _names_its_year(utterance)  # whose year may have been taken for that spoken of
    years = () if of_its_year else filters.years
    narrowed = replace(filters, years=years) != Filters(places=filters.places)
    if old.ask not in ("list", "count") or old.filters.places or narrowed or not filters.places:
        return None
    if not utterance.concepts <= _ANOTHER_TIME:
        return None
    around = next((word for word in _AROUND if is_led_by(utterance, word) and all_led(utterance, word)), None)
    if around is None and _is_said_of_a_time(utterance):
        around = "by" if old.filters.until is not None else "in"
    if around is None and (of_its_year or is_led_by(utterance, "along")):
        around = "in" if of_its_year and "together" not in utterance.concepts else "with"
    of_them = replace(old.filters, years=(), places=filters.places, not_places=frozenset())
    return replace(old, around=around, filters=of_them, claimed=None) if around else None


def _counts_members_by_then(asked: Asked) -> bool:
    """Tell whether it is asked how many members there were when the one place named joined."""
    joins = asked.says("how_many") and asked.says_any("join", "enter") and len(asked.filters.places) == 1
    joins = joins and _is_said_of_a_time(asked.utterance) and not is_led_by(asked.utterance, "along")
    return bool(joins) and asked.says_any("network", "member", "have") and not asked.says_any(*_OTHERWISE)


def _names_its_year(utterance: Utterance) -> bool:
    """Tell whether a year is said by the place that joined in it: "in the same year as Hanoi"."""
    led = False
    for span in utterance.spans:
        led = led or "that_year" in span.concepts
        if any(entity.kind == "place" for entity in span.entities):
            return led
    return False


def _joined_at_that_time(asked: Asked) -> Asked | None:
    """Return who of a country or region joined along with a place: "when Bangkok joined, did any of Korea's"."""
    filters = asked.filters
    of_others = bool(filters.countries | filters.regions) and len(filters.places) == 1 and not filters.years
    joins = sum(bool(span.concepts & {"join", "enter"}) for span in asked.utterance.spans) > 1
    if not (of_others and _is_said_of_a_time(asked.utterance) and (joins or asked.says("at_the_time"))):
        return None
    return replace(asked, ask="count" if asked.says("how_many") else "list", around="in")


def _is_said_of_a_time(utterance: Utterance) -> bool:
    """Tell whether "when" or "at the time" leads to a place: "when Bangkok joined"."""
    led = False
    for span in utterance.spans:
        led = led or bool(span.concepts & {"when", "at_the_time"})
        if any(entity.kind == "place" for entity in span.entities):
            return led
    return False


def within_of(utterance: Utterance) -> str | None:
    """Return the place that the one named is said to lie in, if we know it."""
    location = location_of(utterance)
    holders = [entity.ref for entity in location.within.entities if entity.kind == "place"] if location else []
    return holders[0] if len(holders) == 1 else None


def unit_of(utterance: Utterance, filters: Filters) -> str | None:
    """Return what kind of place the one that is named is said to be: "is Tak province a member"."""
    spans = utterance.spans
    for at, span in enumerate(spans):
        if filters.places and tuple(entity.ref for entity in span.entities) == filters.places:
            beside = (*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2])
            return span.unit or next((u for other in beside for u in UNITS if u in other.concepts), None)
    return None


def is_alone(utterance: Utterance, filters: Filters) -> bool:
    """Tell whether "only" is said of the one year that is named: "only in 2022"."""
    said = [span for span in utterance.spans if span.concepts - {NEUTRAL, "inside", "year"} or span.number is not None]
    pairs = ((one, other) for pair in pairwise(said) for one, other in (pair, pair[::-1]))
    return filters.year is not None and any("only" in one.concepts and other.number is not None for one, other in pairs)
