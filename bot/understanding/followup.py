"""Questions that lean on the one before: "แล้วเกาหลีล่ะ", "and in 2024?", "which ones?", "when?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from bot.understanding.intents import Intent
from bot.understanding.memory import Memory, summed
from bot.understanding.merging import asks_for_the_latest_of_another, merged_filters
from bot.understanding.pointing import OF_PLACES, POINTING, excludes
from bot.understanding.slots import Slots
from bot.understanding.spans import UNITS, Utterance
from knowledge.model import Ask, Filters, Query, Subject, only

_LIGHT = frozenset(
    [
        "which",
        "what",
        "list",
        "how_many",
        "when",
        "where",
        "who",
        "why",
        "yesno",
        "city",
        "country",
        "member",
        "join",
        "have",
        "year",
        "today_year",
        "last_year",
        "round",
        "new",
        "all",
        "and",
        "or",
        "not",
        "except",
        "removed",
        "including",
        "meant",
        "coverage_word",
        "reached",
        "myself",
        "neither",
        "municipality",
        "only",
        "tell",
        "most",
        "fewest",
        "each",
        "rank",
        "share",
        "more",
        "fewer",
        "latest",
        "earliest",
        "dates",
        "how",
        "region",
        "from",
        "since",
        "between",
        "until",
        "before",
        "after",
        "onwards",
        "more_than",
        "fewer_than",
        "at_least",
        "at_most",
        "enter",
        "province",
        "aux",
        "initial",
        "exactly",
        "world",
        "that_year",
        "difference",
        "compare",
        "ordinal",
        "administrative",
        "as_commune",
        "as_consortium",
        "as_county",
        "as_district",
        "as_municipality",
        "as_province",
        "all_time",
        "average",
        "every_time",
        "ever",
        "in_a_year",
        "none_of",
        "one",
        "rest",
        "size",
        "same",
        "how_long",
        "could",
        "do",
    ]
)
_POLITE = frozenset({"praise", "greet", "thanks"})
_WHOLE = frozenset({"network", "learning_city", "unesco", "announcement"})
_ASKING = frozenset({"which", "what", "list", "how_many", "when", "where", "who", "why", "tell", "yesno"})
_RANKING = frozenset({"administrative", "ordinal", "most", "fewest", "rank", "share", "each", "earliest", "more_than"})
_OF_THE_NETWORK = ("statements", "sources", "completeness", "conflicts")  # what is asked of no city
_COMPARED = frozenset({"difference", "compare", "more", "fewer"})
_COUNTING = ("rank", "table", "count")
_AMONG_COUNTRIES = ("rank", "table")
_NOUNS = frozenset({"city", "country", "member", "region", "year", "when"})
_BARE_NOUNS: dict[str, Subject] = {"city": "cities", "member": "cities", "country": "countries"}
_TWO = 2  # places of which it is asked which came first, countries of which which has more
_IN_TIME = frozenset({"latest", "before", "after", "difference", "earliest", "together"})
_MEASURED = frozenset({"how_many", "difference"})
_HOW_MANY = _MEASURED | frozenset({"city", "have", "enter", "what_about", "and", "it"})
_SAYING = frozenset({"which", "what", "tell", "do", "it", "those", "what_about", "and", "message", "list", "aux"})
_TOLD_BY_NAME = ("first_countries", "capitals")  # statements that name those they count
_LISTED = frozenset({"enter", "join", "have", "all", "praise"})
_IN_ALL = frozenset({"all", "what_about", "and", "combined", "all_time"})
_FEW = 3  # concepts of a question for the source of an answer
_SMALL = 5  # concepts of a question that cannot stand alone


def leans_on(utterance: Utterance, features: frozenset[str], slots: Slots, intent: Intent | None) -> bool:
    """Tell whether a message only makes sense with the one before it."""
    concepts = utterance.concepts
    if intent is not None and intent.ask == "sources" and not slots.named and len(concepts) <= _FEW:
        return not concepts & _WHOLE  # "source?" asks for that of the answer
    if (
        concepts & _WHOLE
        or not concepts - POINTING - _POLITE <= _LIGHT
        or (intent is not None and intent.ask in ("statements", "chat"))
    ):
        return bool(concepts & {"those", "it"}) and not concepts & {"announcement"}
    if concepts & POINTING or _only_narrows(concepts, slots):
        return True
    if concepts & {"initial", "world"} and not slots.filters.countries:
        return True
    if not slots.named:
        return len(concepts - {"one", "exactly"}) <= _SMALL
    return not _is_complete(concepts, slots)


def carried_over(
    memory: Memory,
    intent: Intent | None,
    slots: Slots,
    features: frozenset[str],
    fresh: Query | None,
    rounds: Sequence[int],
) -> Query:
    """Return the last query with what the new message changes; `rounds` are the years of rounds, in order."""
    if (again := _asked_again(memory, slots, features, fresh)) is not None:
        return again
    old = memory.query
    if (
        old.ask == "difference"
        and old.filters.years
        and old.filters.narrowed
        and "all" in features
        and features <= _IN_ALL
    ):
        return replace(old, filters=replace(old.filters, years=()), claimed=None)  # "2025?", "total?"
    if fresh is not None and fresh.around and slots.filters.places:
        return fresh  # "who joined before Phayao?" says all
    if fresh is not None and old.filters.places and excludes(slots.filters) and features >= {"how_many", "city"}:
        return fresh  # "how many are not in Thailand?" is no question about the place
    filters = merged_filters(memory, slots, features, rounds)
    if not slots.named and (compared := _compared(memory, features, fresh, rounds)) is not None:
        return compared
    if old.ask == "statements" and fresh is not None and fresh.ask in ("when", "earliest") and not slots.named:
        return replace(fresh, ask="when", subject="years", filters=old.filters)
    if intent is not None and intent.topics and intent.ask == "statements":
        return replace(fresh or old, filters=filters)
    asks_anew = fresh is not None and (bool(features & _ASKING - {"yesno"}) or bool(features & (_RANKING | {"latest"})))
    if not asks_anew and fresh is not None and slots.named and old.ask in _OF_THE_NETWORK:
        if old.ask == "statements" and slots.filters == Filters(years=slots.filters.years):
            return replace(old, filters=slots.filters)  # the same of another year
        return fresh  # what was said of the network says nothing of a place
    base = fresh if asks_anew and fresh is not None else _kept(old, slots)
    filters = _fitting(filters, memory, base, slots, features, asks_anew)
    ask = _ask(memory, intent, base, filters, slots, features, asks_anew)
    subject = _subject(old, base, features, asks_anew)
    intent_name = base.intent if asks_anew else old.intent
    if (
        features & (_COMPARED | {"more_than", "fewer_than", "same"})
        and ask in ("list", "count", "share")
        and _many(filters)
    ):
        ask, intent_name = "difference", "difference"
    by_countries = base.by_countries or (ask == "difference" and _is_of_countries(old, features))
    if old.of_network and features >= {"it", "size"} and not filters.narrowed:
        base = replace(base, of_network=True)  # "and how big was it in 2022?"
    base = replace(base, claimed=_claimed(fresh, slots, features, ask))
    if len(filters.years) > 1 and (added := summed(memory)) and added.years == filters.years:
        base = replace(base, of_network=old.of_network)
    if subject == "countries" and len(filters.countries) == 1 and ask in ("list", "count"):
        subject = "cities"
    if filters.places and base.by_kind in UNITS:
        base = replace(base, unit=base.by_kind)  # "the whole province?"
    return replace(
        base, ask=ask, filters=filters, intent=intent_name, subject=subject, by_countries=_fits(by_countries, filters)
    )


def _compared(memory: Memory, features: frozenset[str], fresh: Query | None, rounds: Sequence[int]) -> Query | None:
    """Return the comparison of what was counted one after the other, or of two sizes of the network, where asked."""
    old = memory.query
    of_them = features & {"most", "fewest"} and features & {"those", "who", "which"} and "country" not in features
    if (features & _COMPARED or of_them) and (pair := summed(memory)):
        by_countries = _fits(_is_of_countries(old, features), pair)
        base = replace(fresh or old, ask="difference", filters=pair, intent="difference", claimed=None, threshold=None)
        return replace(base, by_countries=by_countries, of_network=old.of_network)
    if "difference" in features and (grown := _grown(memory, rounds)):
        return replace(fresh or old, ask="difference", filters=grown, intent="difference", of_network=True)
    return None


def _fits(by_countries: bool, filters: Filters) -> bool:
    """Return whether countries are counted, which cannot be where countries are compared with each other."""
    return by_countries and len(filters.countries) < _TWO


def _asked_again(memory: Memory, slots: Slots, features: frozenset[str], fresh: Query | None) -> Query | None:
    """Return what needs no filters merged: the last query as it was, with other bounds, or what is held of it."""
    old = memory.query
    if _asks_more_of_the_same(memory, slots, features, fresh):
        return old
    if old.threshold is not None and features >= {"how_many"} and features <= _HOW_MANY | _SAYING:
        return old  # "how many is that?"
    nouns = features & _NOUNS - ({"country", "city"} if old.subject == "countries" else frozenset())
    if old.threshold is not None and slots.bounds is not None and not slots.named and not nouns:
        return replace(old, threshold=slots.bounds)
    of_one = old.ask in ("list", "count") and len(old.filters.countries) == 1 and not slots.named
    if of_one and slots.bounds is not None and features & {"more_than", "fewer_than"} and "yesno" in features:
        return replace(old, ask="count", threshold=slots.bounds, claimed=None)  # "more than 4?"
    first = old.ask == "earliest" and len(old.filters.places) == 1 and memory.countries and not slots.named
    if first and features & {"which", "who", "what"} and not features & {"latest", "when", "where"}:
        return replace(old, filters=replace(old.filters, places=(), countries=memory.countries))
    if fresh is not None and fresh.ask == old.ask == "conflicts" and not slots.named:
        return old  # "which figure is right?"
    if fresh is not None and fresh.ask == "sources" and not slots.named:
        return replace(fresh, filters=old.filters, topics=old.topics)
    if fresh is not None and fresh.ask == "completeness" and not slots.named:
        return replace(fresh, filters=replace(old.filters, places=()))
    return None


def _grown(memory: Memory, rounds: Sequence[int]) -> Filters | None:
    """Return the two times between which the network grew: of two sizes asked for, or of one and the newest."""
    old, before = memory.query, memory.before
    if old.filters.narrowed or not old.of_network or old.ask != "count":
        return None
    said = {years[0].last for years in (old.filters.years, before.years) if len(years) == 1 and not before.narrowed}
    ends = sorted(year for year in said if year)
    ends = [*ends, rounds[-1]] if len(ends) == 1 and ends[0] != rounds[-1] else ends
    return Filters(years=(*only(ends[0]), *only(ends[1]))) if len(ends) == 2 else None


def _kept(old: Query, slots: Slots) -> Query:
    """Return the last query for a message that only names something else: a country named is no table of countries."""
    kept = replace(old, threshold=None if slots.number else old.threshold)
    if asks_for_the_latest_of_another(old, slots.filters):
        kept = replace(kept, latest=True)
    if old.ask in _AMONG_COUNTRIES and old.subject != "years" and slots.filters.countries:
        return replace(kept, ask="list", subject="cities", intent="list", threshold=None, fewest=False)
    return kept


def _fitting(
    filters: Filters, memory: Memory, base: Query, slots: Slots, features: frozenset[str], asks_anew: bool
) -> Filters:
    """Return merged filters without what the new question does not mean any more."""
    if asks_anew and base.subject != "cities" and base.ask in _COUNTING and not features & POINTING:
        filters = _of_all(filters, slots, base.subject == "countries")
    if "who" in features and slots.filters.years and not slots.filters.places:
        filters = replace(filters, places=())  # "who did join in 2022"
    if asks_anew and memory.ranked and base.ask == "list" and base.subject == "cities" and not slots.named:
        filters = replace(filters, countries=memory.ranked, regions=frozenset())
    return filters


def _ask(
    memory: Memory,
    intent: Intent | None,
    base: Query,
    filters: Filters,
    slots: Slots,
    features: frozenset[str],
    asks_anew: bool,
) -> Ask:
    """Return what is asked of the filters: a place is checked or told of, and no list has one in it."""
    ask = cast(Ask, intent.ask) if asks_anew and intent and intent.ask in OF_PLACES and filters.places else base.ask
    names_another = memory.query.ask == "earliest" and slots.filters.places and not asks_anew
    if len(filters.places) == _TWO and (features & _IN_TIME or names_another):
        return "earliest"
    if len(filters.places) > _TWO and features & {"latest", "earliest", "that_year", "same"}:
        return "earliest"
    said_to_join = {"yesno", "enter"} <= features or {"yesno", "join"} <= features
    if filters.places and said_to_join and base.ask in ("where", "profile") and not asks_anew:
        return "check"  # "and did it join in 2024?"
    if slots.filters.places and filters.places and not asks_anew:
        return memory.query.ask if memory.query.ask in OF_PLACES else "profile"
    if filters.places:
        return "check" if ask in ("list", "count") else ask
    return "list" if ask in ("check", "profile", "where") or _lists_others(memory, ask, features) else ask


def _claimed(fresh: Query | None, slots: Slots, features: frozenset[str], ask: Ask) -> int | None:
    """Return the number that the message takes for granted: "12, right?"."""
    said = slots.claimed if slots.claimed is not None else slots.number
    if features & {"latest", "earliest"}:
        return None  # "the last two"
    if ask in ("list", "count") and "yesno" in features and said is not None and slots.bounds is not None:
        return said if slots.bounds.least == slots.bounds.most == said else None
    return fresh.claimed if fresh else None


def _many(filters: Filters) -> bool:
    """Tell whether several countries, regions or years are named."""
    return max(map(len, (filters.countries, filters.regions, filters.years))) > 1


def _subject(old: Query, base: Query, features: frozenset[str], asks_anew: bool) -> Subject:
    """Return what is listed or counted: what was before, but for a noun that says otherwise."""
    if old.ask == base.ask == "rank" and not features & _NOUNS:
        return old.subject
    if old.ask not in ("list", "count") or base.ask == "table":
        return base.subject
    if asks_anew:
        return base.subject if features & _NOUNS else old.subject
    return next((of for noun, of in _BARE_NOUNS.items() if noun in features), base.subject)


def _is_of_countries(old: Query, features: frozenset[str]) -> bool:
    """Tell whether years are compared by countries: it is said now, or was counted before."""
    return "country" in features or (old.subject == "countries" and "city" not in features)


def _lists_others(memory: Memory, ask: str, features: frozenset[str]) -> bool:
    """Tell whether it is asked who else joined when a place did."""
    return ask == "when" and bool(memory.query.filters.places) and "when" not in features


def _asks_more_of_the_same(memory: Memory, slots: Slots, features: frozenset[str], fresh: Query | None) -> bool:
    """Tell whether the last answer says it: where or when it was, or by how many years one was first."""
    old = memory.query
    alone = features & _ASKING
    if not slots.named and alone == {"why"} and old.ask in _AMONG_COUNTRIES:
        return True
    if not slots.named and old.ask in ("rank", "difference") and features & _MEASURED and features <= _HOW_MANY:
        return True
    if slots.named or fresh is None:
        return False
    named = features <= _SAYING | _NOUNS | _LISTED and old.intent in _TOLD_BY_NAME
    if old.ask == "statements" and fresh.ask == "list" and (named or features <= _SAYING):
        return True
    if (
        old.intent in _TOLD_BY_NAME
        and fresh.ask == "count"
        and features <= {"how_many", "city", "country", "have", "@number"}
    ):
        return True
    if old.ask == "statements":
        told = fresh.intent == "where" or (fresh.ask == "when" and old.intent == "history")
        return told and features.isdisjoint({"city", "country", "member", "join"})
    return old.ask == "earliest" and len(memory.places) == 2 and {"how_many", "year"} <= features


def _of_all(filters: Filters, slots: Slots, of_countries: bool) -> Filters:
    """Return filters for what is counted or ranked among all countries or years, not within what was spoken of."""
    filters = replace(filters, places=slots.filters.places)
    return replace(filters, countries=slots.filters.countries) if of_countries else filters


def _only_narrows(concepts: frozenset[str], slots: Slots) -> bool:
    """Tell whether a message only leaves something out of what was spoken of, or keeps only a part of it."""
    filters = slots.filters
    kept = bool(filters.countries or filters.regions or filters.places)
    if excludes(filters) or filters.not_years:
        return not kept and not filters.years
    return "only" in concepts and not kept and concepts.isdisjoint({"city", "country", "member"})


def _is_complete(concepts: frozenset[str], slots: Slots) -> bool:
    """Tell whether a message that names something says all that its question needs."""
    if "share" in concepts and slots.filters.regions and not slots.filters.countries:
        return False  # "which share of the region's new ones is that"
    of_cities = "city" in concepts and concepts & {"join", "new"}
    of_all = "all" in concepts and bool(concepts & {"city", "country", "network", "world", "list", "join", "enter"})
    if "member" in concepts or of_all or of_cities or _stands_alone(slots) or slots.of_all:
        return True
    if slots.filters.places:
        return bool(concepts & {"city", "country", "join", "enter"})
    return "country" in concepts and not slots.filters.regions


def _stands_alone(slots: Slots) -> bool:
    """Tell whether a bare mention is a question of its own: a place, or a country together with a year."""
    filters = slots.filters
    return bool(filters.years and (filters.countries or filters.regions or filters.places))
