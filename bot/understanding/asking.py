"""Intent, utterance and slots to a query."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import cast

from bot.understanding.asked import Asked
from bot.understanding.beside import beside_a_place, is_alone, unit_of, within_of
from bot.understanding.counted import counted, is_any
from bot.understanding.intents import Intent, Intents
from bot.understanding.lexicon import NEUTRAL
from bot.understanding.location import Location, is_led_by, location_of
from bot.understanding.slots import Slots
from bot.understanding.spans import Utterance
from bot.understanding.yearly import asks_within_a_year, bounds_of_years, compared_by
from knowledge.model import Ask, Bounds, Comparison, Filters, Query, Subject, YearSpan

OF_ONE_PLACE = frozenset({"list", "check", "when", "where", "profile"})
NEEDS_PLACE = frozenset({"check", "where", "profile"})
_NETWORK = frozenset({"all", "network"})
_MEMBERS = _NETWORK | {"member", "learning_city"}
_LISTED = ("which", "list", "what", "who", "tell")
_BELONGING = frozenset({"member", "join", "network", "learning_city", "gnlc", "new"})
_LEFT_OUT = ("municipality", "province")
_KINDS = frozenset({"as_province", "as_municipality", "as_district", "as_county", "as_consortium", "as_commune"})


def query_of(intent: Intent, utterance: Utterance, slots: Slots, features: frozenset[str], intents: Intents) -> Query:
    """Return what `intent` asks of what `slots` name."""
    asked = Asked(intent, utterance, slots, features, intent.ask, slots.filters, cast(Subject, intent.subject))
    for step in (
        beside_a_place,
        _where_it_lies,
        _of_what_is_named,
        _of_which_years,
        _of_the_network,
        _of_places_alone,
        counted,
        _of_one_among_many,
        _of_figures,
    ):
        asked = step(asked)
    ask, filters, subject = asked.ask, asked.filters, asked.subject
    alone = is_alone(utterance, filters)
    query = Query(
        ask=cast(Ask, ask),
        subject=subject,
        filters=filters,
        intent=intent.name,
        topics=_topics(intent, slots, features, intents),
        threshold=None if ask == "table" or (ask == "list" and alone) else _threshold(intent, slots, features),
        fewest=intent.fewest,
        latest=(intent.latest or "latest" in features) and not filters.not_years and ask != "earliest",
        by_kind=_kind(features, utterance) if intent.name == "kinds" else None,
        by_countries=_counts_countries(ask, subject, slots, features)
        or (subject == "years" and _counts_more_countries(utterance)),
        in_each=_in_each(filters, features, subject),
        in_one=_in_one(ask, filters, features, subject),
        alone=alone,
        around=asked.around,
        beyond=_beyond(asked),
        unit=unit_of(utterance, filters),
        within=within_of(utterance),
        of_network=_is_of_network(ask, subject, filters, features),
        claimed=_claimed(intent, slots, subject, ask, features),
    )
    bounds = bounds_of_years(query)
    apart = bool(query.filters.not_countries)  # of one country, without another
    return replace(query, threshold=bounds, in_each=query.in_each and not apart) if bounds else query


def _where_it_lies(asked: Asked) -> Asked:
    """Return what is asked of a place and what it is said to lie in."""
    location = location_of(asked.utterance)
    if location is not None and asked.ask in OF_ONE_PLACE:
        ask, filters = _located(location, asked.ask, asked.filters, asked.features, asked.utterance.concepts)
        return replace(asked, ask=ask, filters=filters)
    of_region = asked.ask == "check" and asked.filters.places and asked.filters.regions
    if of_region and asked.utterance.concepts.isdisjoint(_BELONGING | {"enter"}):
        return replace(asked, ask="where")  # "is Tehran an Arab city"
    return asked


def _of_what_is_named(asked: Asked) -> Asked:
    """Return what can be asked of what is named: a list has no place in it, a place is checked or told of."""
    if asked.around:
        return asked
    ask, filters = asked.ask, asked.filters
    if asked.intent.name == "reason" and filters.narrowed and not filters.places:
        ask = "list"
    if asked.intent.name == "kinds" and filters.places:
        ask = "profile"  # which tells the kind
    if ask in NEEDS_PLACE and not filters.places:
        ask = "list"
    if ask == "same_country" and len(filters.places) > 1 and not asked.says_any("which", "other"):
        ask = "where"  # whether two lie in one
    along = is_led_by(asked.utterance, "along") or _asks_along(asked.utterance)
    if ask in ("list", "count") and filters.places and along and asked.says_any("which", "how_many"):
        ask = "together"
    many = len(filters.places) > 1
    counted = ask in ("list", "count", "rank", "table", "share") or (ask == "difference" and not many)
    if filters.places and counted:
        ask = "check" if many or asked.says("yesno") else "profile"
    if many and ask == "difference":
        ask = "earliest"
    if (
        ask == "when"
        and not filters.places
        and filters.narrowed
        and (_lists_with_years(asked) or (asked.says("city") and asked.says_any("all", "list", "each")))
    ):
        ask = "list"  # "all the Vietnamese cities and when they joined": a list says the years
    newest = asked.says("latest") and not asked.says_any("dates", "announcement")
    if ask == "when" and not filters.places and newest:
        ask = "list"
    return replace(asked, ask=ask)


def _lists_with_years(asked: Asked) -> bool:
    """Tell whether members are asked for along with when they joined: "the UK members with year of joining"."""
    return asked.says("member") and any("along" in span.concepts for span in asked.utterance.spans)


def _asks_along(utterance: Utterance) -> bool:
    """Tell whether it is asked along with which a place joined: "Phayao joined along with which cities"."""
    led = [at for at, span in enumerate(utterance.spans) if "along" in span.concepts]
    return bool(led) and any("which" in span.concepts for span in utterance.spans[led[0] :])


def _of_which_years(asked: Asked) -> Asked:
    """Return what is asked of the years that are meant: of a first time all, of a member "since" one that one."""
    ask, filters = asked.ask, asked.filters
    if ask == "earliest" and all(span.single for span in filters.years):
        filters = replace(filters, years=())  # whether a year was the first is seen among all
    if filters.places and asked.says("since"):  # "a member since 2022" joined in that year
        years = tuple(YearSpan(span.first, span.first) for span in filters.years if span.first)
        filters = replace(filters, years=years)
    if ask == "difference" and asked.says("how_many") and _is_one(filters):
        ask = "count"  # "by how many did it grow in 2022"
    if ask == "list" and asked.says("all", "network") and not asked.says_any("which", "list", "what", "who", "yesno"):
        ask = "count"  # "total cities in the network"
    return replace(asked, ask=ask, filters=filters)


def _of_the_network(asked: Asked) -> Asked:
    """Return the years until which the network stands, where members are counted and not who joined."""
    ask, filters = asked.ask, asked.filters
    total = asked.slots.of_all and ask in ("list", "count")  # "356 cities after 2024?"
    total = total and not asked.says_any("join", "new", "enter")
    joined = asked.says_any("join", "new") and not asked.says_any("member", "network")  # "in total joined after 2020"
    members = asked.says_any(*(_MEMBERS if filters.narrowed else _NETWORK)) and not joined
    if asked.says("after") and (total or (members and ask in ("count", "difference"))):
        ask = "count" if total else ask
        years = tuple(_before(span) for span in filters.years)
        filters = replace(filters, years=tuple(map(_standing, years)) if filters.narrowed and not total else years)
    stands = asked.says("network") and not asked.says_any("all", "join", "new")
    if ask == "count" and stands and not filters.narrowed:
        filters = replace(filters, years=tuple(_standing(span) for span in filters.years))
    return replace(asked, ask=ask, filters=filters)


def _of_places_alone(asked: Asked) -> Asked:
    """Return a question about places without the regions they lie in."""
    if asked.filters.places and asked.ask in ("check", "profile", "where", "when"):
        return replace(asked, filters=replace(asked.filters, regions=frozenset()))
    return asked


def _kind(features: frozenset[str], utterance: Utterance) -> str:
    """Return the one kind of place that is asked for, "not" and that which is left out, or "all"."""
    pairs = pairwise(utterance.spans)
    left_out = frozenset().union(*(other.concepts for one, other in pairs if "except" in one.concepts))
    if without := next((unit for unit in _LEFT_OUT if unit in left_out), None):
        return f"-{without}"
    asked = {cue.removeprefix("as_") for cue in features & _KINDS} | (features & {"municipality"})
    return asked.pop() if len(asked) == 1 and "not" not in features else "all"


def _is_of_network(ask: str, subject: Subject, filters: Filters, features: frozenset[str]) -> bool:
    """Tell whether all members of a time are meant, and not who joined in it."""
    if "average" in features:
        return False
    if "reached" in features or _grows(ask, subject, filters, features):
        return True
    over_time = len(filters.years) == 1 and filters.year is None
    if ask == "difference" and over_time and filters.years[0].first and filters.years[0].last:
        return not features & {"join", "new", "announcement", "round"}  # "how many did it grow by from 2020 to 2025"
    named = features & (_MEMBERS if ask in ("count", "difference") else _NETWORK)
    if ask == "difference" and "world" in features:
        named -= {"all"}  # of the world are those who joined, too
    summed = len(filters.years) > 1 and "combined" in features and not features & {"member", "network"}
    return bool(named) and not features & {"join", "new"} and not summed


def _grows(ask: str, subject: Subject, filters: Filters, features: frozenset[str]) -> bool:
    """Tell whether the network is asked about as it stood year after year."""
    of_all = features & {"difference", "network", "all"} and not features & {"join", "new"}
    return bool(ask == "table" and subject == "years" and of_all and not filters.narrowed)


def _of_one_among_many(asked: Asked) -> Asked:
    """Return what is asked of a place by a word that only others can answer: "the only one", "is it not"."""
    ask, filters = asked.ask, asked.filters
    of_it = ask in ("check", "profile") and filters.places and asked.says("yesno")
    latest = asked.says("latest") and not filters.years  # "it joined just last year" is said of it
    if of_it and (latest or asked.says("exactly") or (_is_the_only(asked.utterance) and not asked.says("or"))):
        return replace(asked, ask="list", filters=replace(filters, places=()))
    if ask == "check" and asked.says("not") and filters.places:
        return replace(asked, ask="profile")  # a "yes" to "is it not" says nothing
    return asked


def _of_figures(asked: Asked) -> Asked:
    """Return a count where all that is said of a time are numbers: "77 cities of 44 countries in 2022?"."""
    if asked.ask != "list" or asked.filters.narrowed or asked.says_any(*_LISTED):
        return asked
    pairs = pairwise(asked.utterance.spans)
    numbered = any(one.number is not None and other.concepts & {"city", "country"} for one, other in pairs)
    return replace(asked, ask="count") if numbered else asked


def _located(
    location: Location, ask: str, filters: Filters, features: frozenset[str], concepts: frozenset[str]
) -> tuple[str, Filters]:
    """Return what is asked of a place that is said to lie in another: of that place alone, or whether it lies there."""
    holders = {entity.ref for entity in location.within.entities}
    places = tuple(place for place in filters.places if place not in holders)
    asks_where = "yesno" in features and concepts.isdisjoint(_BELONGING)
    return "where" if asks_where and places else ask, replace(filters, places=places or filters.places)


def _claimed(intent: Intent, slots: Slots, subject: Subject, ask: str, features: frozenset[str]) -> int | None:
    """Return the number that the question takes for granted of what is counted, if it does."""
    if intent.ask == "conflicts" and not intent.topics and len(slots.figures) == 1:
        return max(slots.figures)  # the figure that sources disagree on
    if intent.ask == "conflicts":
        return None
    if intent.name in ("threshold", "kinds") or features & {"every_time", "each"}:
        return None
    if len(slots.figures) > 1 and not (slots.choice or "conflict" in features):
        return None  # of several numbers one alone would be confirmed or denied
    filters = slots.filters
    left_out = filters.not_countries or filters.not_regions or filters.not_places
    if left_out and "yesno" in features and len(slots.figures) == 1:
        return max(slots.figures)  # even that of a whole round: "77 without Thailand?"
    if slots.claimed is not None and slots.claimed == len(slots.filters.places):
        return None  # "Derby and Cork, did the two cities …"
    if slots.claimed is not None:
        of_it = (ask == "statements" and not slots.choice) or slots.claims_countries == (subject == "countries")
        return slots.claimed if of_it else None
    asks = "yesno" in features and ask in ("list", "count") and not slots.goals
    return slots.number if asks and slots.filters.narrowed else None


def _is_one(filters: Filters) -> bool:
    """Tell whether nothing is named that could be compared with another."""
    return len(filters.years) == 1 and filters.year is not None and len(filters.countries | filters.regions) < 2


def _counts_countries(ask: str, subject: Subject, slots: Slots, features: frozenset[str]) -> bool:
    """Tell whether years are compared by their countries, not by their cities."""
    if subject == "years" and slots.claims_countries:
        return True
    filters = slots.filters
    years = subject == "years" or (ask == "difference" and bool(filters.years) and not filters.narrowed)
    return (
        years and "country" in features and "city" not in features and (ask == "difference" or "member" not in features)
    )


def _counts_more_countries(utterance: Utterance) -> bool:
    """Tell whether it is countries that are said to be more or most: "cities from more countries"."""
    return any(
        one.concepts & {"more", "most", "fewer", "fewest"} and "country" in other.concepts
        for one, other in pairwise(utterance.spans)
    )


def _in_each(filters: Filters, features: frozenset[str], subject: Subject) -> bool:
    """Tell whether it is asked what is there in each of the years, not in any of them."""
    if "every_time" in features and subject == "countries":
        return True
    if subject == "years" and (len(filters.countries) > 1 or (filters.countries and asks_within_a_year(features))):
        return True
    whose = subject == "countries" or not filters.countries
    return "both" in features and whose and len(filters.years) == 2 and all(span.single for span in filters.years)


def _in_one(ask: str, filters: Filters, features: frozenset[str], subject: Subject) -> bool:
    """Tell whether countries are ranked by what joined in some one year: "the most in a single round"."""
    one = ask == "rank" and subject == "countries" and filters.year is None and not filters.countries
    within = "in_a_year" in features or ("ever" in features and bool(features & {"enter", "join"}))
    return one and within and not features & {"member", "network"}


def _beyond(asked: Asked) -> Comparison | None:
    """Return how others are compared with the one country named: "which countries have more members than Thailand"."""
    filters = asked.filters
    if asked.subject == "years" and filters.countries and filters.not_countries:
        return compared_by(asked.features)
    one = len(filters.countries) == 1 and not filters.regions and not filters.places
    if not one or asked.slots.number is not None or asked.ask not in ("list", "count", "rank", "difference"):
        return None
    asks = asked.says_any("which", "what", "list", "how_many") or asked.ask == "list"
    if not asked.says_any("country", "who") or not asks or asked.says("yesno"):
        return None
    return compared_by(asked.features)


def _is_the_only(utterance: Utterance) -> bool:
    """Tell whether "only" is said of cities or of what is named, and not of the asking ("just confirm")."""
    said = [span for span in utterance.spans if span.concepts != {NEUTRAL}]
    beside = {"city", "country", "member", "join", "enter", "have"}
    return any(
        "only" in one.concepts and (other.entities or other.concepts & beside or other.number is not None)
        for pair in pairwise(said)
        for one, other in (pair, pair[::-1])
    )


def _standing(span: YearSpan) -> YearSpan:
    """Return the years until that of a span of one year: the network has in a year whoever joined until then."""
    return span if span.single is None else YearSpan(None, span.single)


def _before(span: YearSpan) -> YearSpan:
    """Return the year that a span "after" it leaves out: after a round the network stands as that round left it."""
    return span if span.first is None or span.last is not None else YearSpan(span.first - 1, span.first - 1)


def _topics(intent: Intent, slots: Slots, features: frozenset[str], intents: Intents) -> tuple[str, ...]:
    """Return the topics asked for; of several organisations, those of each."""
    if intent.ask != "statements" or len(slots.organisations) < 2:
        return intent.topics
    named = {f"@org:{body}" for body in slots.organisations}
    found = list(intent.topics)
    for body in sorted(named):
        found += [topic for match in intents.match(features - named | {body})[:1] for topic in match.intent.topics]
    return tuple(dict.fromkeys(found))


def _threshold(intent: Intent, slots: Slots, features: frozenset[str]) -> Bounds | None:
    """Return how many there have to be; "which years did it not" asks for those with none."""
    if "none_of" in features and "yesno" in features and slots.number is None:
        return Bounds(0, 0)  # "nobody joined, right?"
    if "@figure" in features and features & {"more_than", "fewer_than"}:
        return slots.bounds
    if intent.name != "threshold" or is_any(slots):
        return None
    none = slots.number is None and features & {"none_of", "not", "missed"}
    bounds = slots.bounds
    reached = bounds and bounds.least == bounds.most and "ever" in features and "exactly" not in features
    if reached and bounds:
        return Bounds(bounds.least)  # "has any country ever had 5"
    return Bounds(0, 0) if none else bounds
