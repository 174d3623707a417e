"""Utterance, slots and memory to what is asked: a query, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, cast

from bot.understanding.followup import Memory, beside_year, carried_over, corrected, leans_on
from bot.understanding.intents import Intent, Intents, features_of
from bot.understanding.lexicon import NEUTRAL
from bot.understanding.location import Location, beside_a_name, is_led_by, is_written_on, location_of
from bot.understanding.relevance import is_clear, is_ours
from bot.understanding.slots import Slots, initial_of
from bot.understanding.subject import subject_of
from bot.understanding.tagger import Span, Utterance
from knowledge.lookup import Entity
from knowledge.model import Ask, Comparison, Filters, Query, Subject, YearSpan

Kind = Literal["query", "chat", "off_topic", "not_said", "other_network", "clarify", "unclear", "unknown_name"]

_CHAT = frozenset({"greet", "thanks", "bye", "praise", "bot", "help_word", "made_by"})
_ASKED = frozenset({"which", "what", "how_many", "when", "where", "who", "why", "how", "yesno", "list", "aux", "tell"})
_LISTING = frozenset({"which", "list", "what", "who", "yesno"})
_COMPARISONS: dict[str, tuple[Comparison, int]] = {  # what is compared with the number, and what is added to it
    "at_least": ("more", -1),
    "at_most": ("fewer", 1),
    "more_than": ("more", 0),
    "fewer_than": ("fewer", 0),
}
_NEEDS_PLACE = {"check", "where", "profile"}
_SHORT_QUESTION = 5  # concepts
_OF_THE_NETWORK = frozenset({"network", "learning_city", "unesco", "announcement", "those", "world", "city", "country"})
_OURS = frozenset({"network", "learning_city", "gnlc"})
_NETWORK = frozenset({"all", "network"})
_MEMBERS = _NETWORK | {"member", "learning_city"}
_BELONGING = frozenset({"member", "join", "network", "learning_city", "gnlc", "new"})
_FIGURES = 3
_NO_YEAR = 16  # two figures from here on may be a year
_GOAL = "goal"  # intents about one of the development goals begin so
_OF_ONE_PLACE = {"list", "check", "when", "where", "profile"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. `query` is set where `kind` is query; `choices` where it is clarify.

    `pending` is what is asked of whichever of the choices is meant, where that is clear.
    `of_year` is the one year that the statements asked for speak of, if they do; `assumed` are the places that short
    misspelt names are taken for."""

    kind: Kind
    intent: str
    slots: Slots
    query: Query | None = None
    choices: tuple[Entity, ...] = ()
    pending: Query | None = None
    of_year: int | None = None
    assumed: tuple[Entity, ...] = ()
    features: frozenset[str] = frozenset()


class Interpreter:
    """Reads what is asked, by `intents`; `rounds` are the years of rounds, in order."""

    def __init__(self, intents: Intents, rounds: Sequence[int]) -> None:
        self._intents = intents
        self._rounds = rounds

    def read(self, utterance: Utterance, slots: Slots, memory: Memory | None, continues: bool = False) -> Reading:
        """Return what `utterance` asks, given what was last spoken of, `continues` in the same message."""
        if memory is not None:
            utterance = _with_initial(utterance, memory)
            slots = replace(slots, filters=replace(slots.filters, initial=initial_of(utterance)))
            slots = corrected(slots, memory)
        asked = slots
        if memory is not None:
            slots = self._recalled(utterance, slots, memory)
        features = features_of(utterance, slots)
        matches = self._intents.match(features)
        first = matches[0].intent if matches else None
        chat = next((match.intent for match in matches if match.intent.ask == "chat"), None)
        if chat and _only_chat(utterance, features, slots, first is chat):
            return Reading("chat", chat.name, slots, features=features)
        best = next((match.intent for match in matches if match.intent.ask != "chat"), None)
        leans = memory is not None and leans_on(utterance, features, slots, best)
        goes_on = best is not None and best.ask == "statements" and len(utterance.concepts) <= _SHORT_QUESTION
        talking = leans or (memory is not None and (continues or goes_on or slots is not asked))
        if refusal := self._refusal(utterance, slots, features, best, talking):
            return replace(refusal, pending=self._query(utterance, slots, features, best, None))
        if memory is None and _points_at_nothing(utterance, slots, best):
            return Reading("clarify", "which_city", slots, features=features)
        query = self._query(utterance, slots, features, best, memory if leans else None)
        if query is not None and continues and memory is not None and not query.filters.years:
            query = replace(query, filters=replace(query.filters, years=memory.query.filters.years))
        return self._reading(utterance, slots, features, query, leans)

    def _recalled(self, utterance: Utterance, slots: Slots, memory: Memory) -> Slots:
        """Return `slots` with what the conversation was about, where the message asks of just that.

        That is "that year"; or a topic that belongs to the place or body last spoken of ("when did it apply?"), or
        what the sources do not say of it.
        """
        if "that_year" in utterance.concepts and memory.years and not slots.filters.years:
            years = beside_year(memory.years, utterance.concepts)
            slots = replace(slots, filters=replace(slots.filters, years=years))
        if _asks_of_the_day(utterance.concepts) and not slots.named and memory.years:
            return replace(slots, filters=replace(slots.filters, years=memory.years))
        if memory.query.intent.startswith(_GOAL) and slots.number is not None and not slots.named:
            return replace(slots, goals=frozenset({slots.number}))
        general = utterance.concepts & _OF_THE_NETWORK or "next_call" in utterance.concepts
        if slots.named or len(utterance.concepts) > _SHORT_QUESTION or general:
            return slots
        places = memory.places if len(memory.places) == 1 else ()
        recalled = replace(slots, organisations=memory.organisations, filters=replace(slots.filters, places=places))
        if not recalled.named:
            return slots
        plain = self._intents.match(features_of(utterance, slots))
        matches = self._intents.match(features_of(utterance, recalled))
        if not matches or (plain and matches[0].intent is plain[0].intent and matches[0].intent.ask != "unknown"):
            return slots
        return recalled if matches[0].intent.ask in ("statements", "unknown") else slots

    def is_ours(self, utterance: Utterance, slots: Slots) -> bool:
        """Tell whether `utterance`, on its own, is about learning cities."""
        return is_ours(utterance, features_of(utterance, slots), self._intents.evidence, False)

    def is_clear(self, utterance: Utterance, slots: Slots) -> bool:
        """Tell whether a part of a message is surely about learning cities."""
        return is_clear(utterance, features_of(utterance, slots), self._intents.evidence)

    def _refusal(
        self, utterance: Utterance, slots: Slots, features: frozenset[str], best: Intent | None, talking: bool
    ) -> Reading | None:
        """Return the reading of what is not for us, not clear or not in the sources; None if it can be asked."""
        if not features and not slots.named:
            return Reading("off_topic" if utterance.unknown else "unclear", "off_topic", slots)
        if not is_ours(utterance, features, self._intents.evidence, talking):
            return Reading("off_topic", "off_topic", slots, features=features)
        if "other_network" in features and not features & _OURS:
            return Reading("other_network", "other_network", slots, features=features)
        if choices := _choices(utterance):
            return Reading("clarify", "which_name", slots, choices=choices, features=features)
        if best is not None and (best.ask == "unknown" or _counts_the_unknown(utterance, slots, features)):
            return Reading("not_said", best.name, slots, features=features)
        if best is not None and best.ask == "other_network":
            if features & _OURS:
                return Reading("not_said", best.name, slots, features=features)
            return Reading("other_network", best.name, slots, features=features)
        return None

    def _query(
        self,
        utterance: Utterance,
        slots: Slots,
        features: frozenset[str],
        best: Intent | None,
        memory: Memory | None,
    ) -> Query | None:
        """Return the query; with a memory, what it asked with what the message changes."""
        intent = best or _bare(slots, self._intents)
        fresh = _query(intent, utterance, slots, features, self._intents) if intent else None
        if memory is None:
            return fresh
        return carried_over(memory, intent, slots, features, fresh, self._rounds)

    def _reading(
        self, utterance: Utterance, slots: Slots, features: frozenset[str], query: Query | None, leans: bool
    ) -> Reading:
        if query is None:
            return Reading("unclear", "unclear", slots, features=features)
        if _asks_more_than_we_tell(query, features, leans) or _sets_bounds_twice(query, utterance):
            return Reading("unclear", "unclear", slots, features=features)
        if not leans and _asks_of_a_stranger(query, utterance, slots, features):
            return Reading("unknown_name", "check", slots, features=features)
        intent = self._intents.by_name.get(query.intent)
        of_year = intent.of_year if intent else None
        assumed = tuple(e for span in _assumed(utterance) for e in span.entities if e.kind == "place")
        return Reading("query", query.intent, slots, query, of_year=of_year, assumed=assumed, features=features)


def _assumed(utterance: Utterance) -> list[Span]:
    """Return the names that are only thought to be meant: misspelt, or said to lie where we know no place."""
    location = location_of(utterance)
    elsewhere = [location.place] if location and (location.within.unknown or _is_town(location.within)) else []
    return [*(span for span in utterance.spans if span.assumed), *elsewhere, *beside_a_name(utterance)]


def _is_town(span: Span) -> bool:
    return any(entity.kind == "place" for entity in span.entities)


def _with_initial(utterance: Utterance, memory: Memory) -> Utterance:
    """Return `utterance` with a single letter read as first letter, where such was last asked for ("and with H?")."""
    letters = [span for span in utterance.unknown if len(span.key) == 1]
    if memory.query.filters.initial is None or "initial" in utterance.concepts or len(letters) != 1:
        return utterance
    at = utterance.spans.index(letters[0])
    cue = replace(letters[0], end=letters[0].start, concepts=frozenset({"initial"}))
    return replace(utterance, spans=(*utterance.spans[:at], cue, *utterance.spans[at + 1 :]))


def _points_at_nothing(utterance: Utterance, slots: Slots, best: Intent | None) -> bool:
    """Tell whether a question is about "this city" where none was spoken of."""
    whether = {"yesno", "member"} <= utterance.concepts
    asks_of_one = whether or (best is not None and best.ask in _NEEDS_PLACE | {"when"})
    return asks_of_one and "it" in utterance.concepts and not slots.named and not utterance.concepts & _OF_THE_NETWORK


def _only_chat(utterance: Utterance, features: frozenset[str], slots: Slots, best: bool) -> bool:
    """Tell whether nothing was said but a greeting, thanks, or something about the bot itself."""
    if slots.named:
        return False
    if "thanks" in features and features.isdisjoint(_ASKED) and not utterance.unknown:
        return True
    if features <= _CHAT:
        return len(utterance.unknown) <= (0 if "praise" in features else 1)
    return best and not utterance.unknown


def _asks_more_than_we_tell(query: Query, features: frozenset[str], leans: bool) -> bool:
    """Tell whether the reply would only be to a part of it: "in both years", "for the first time in that year"."""
    years = query.filters.years
    both = "both" in features and len(years) > 1 and query.ask in ("list", "count") and not query.in_each
    both = both and not query.filters.countries
    first = query.ask == "earliest" and bool(years) and "country" in features and not query.filters.countries
    bounds = query.threshold is not None and ("between" in features or len(years) > 1)
    only = query.subject == "countries" and query.ask == "list" and bool(years) and "exactly" in features
    none = "none_of" in features and query.ask in ("list", "count") and query.subject != "cities"
    of_countries = query.subject == "countries" and not leans
    letter = query.filters.initial is not None and ("not" in features or of_countries)
    return both or first or bounds or only or none or letter


def _sets_bounds_twice(query: Query, utterance: Utterance) -> bool:
    """Tell whether a bound has two numbers ("1 to 2 cities"), or a share or a first letter one that it cannot have."""
    numbers = [s for s in utterance.spans if s.number is not None and len(s.key) < _FIGURES and s.number < _NO_YEAR]
    if query.ask == "share":
        return bool(numbers) and "country" in utterance.concepts
    twice = len(numbers) > 1 or _counts_twice(utterance) or "every_time" in utterance.concepts
    return query.threshold is not None and twice


def _counts_twice(utterance: Utterance) -> bool:
    """Tell whether two numbers count something: "16 cities from 9 countries"."""
    nouns = {"city", "country", "member"}
    return sum(one.number is not None and bool(other.concepts & nouns) for one, other in pairwise(utterance.spans)) > 1


def _asks_of_a_stranger(query: Query, utterance: Utterance, slots: Slots, features: frozenset[str]) -> bool:
    """Tell whether a question about one place names it by a word that is no name we know."""
    filters = slots.filters
    named = filters.places or filters.countries or filters.regions or filters.not_countries or filters.not_places
    if query.ask in _OF_ONE_PLACE and is_written_on(utterance):
        return True
    of_one = query.ask in ("when", "where", "profile") and query.subject != "years"
    return bool(utterance.unknown) and not named and (of_one or (query.ask in _OF_ONE_PLACE and "yesno" in features))


def _counts_the_unknown(utterance: Utterance, slots: Slots, features: frozenset[str]) -> bool:
    """Tell whether it is asked how many of something we know nothing about a place has."""
    return bool(slots.filters.places) and "how_many" in features and bool(utterance.unknown)


def _choices(utterance: Utterance) -> tuple[Entity, ...]:
    """Return the names a misspelt word may mean, where they are equally likely."""
    for span in utterance.spans:
        places = {entity for entity in span.entities if entity.kind == "place"}
        if not span.exact and (len(places) > 1 or (places and span.doubtful)):
            return span.entities
    return ()


def _bare(slots: Slots, intents: Intents) -> Intent | None:
    """Return the intent of a message that only names something."""
    if slots.filters.places:
        return intents.by_name["profile"]
    return intents.by_name["list"] if slots.named else None


def _query(intent: Intent, utterance: Utterance, slots: Slots, features: frozenset[str], intents: Intents) -> Query:
    filters = slots.filters
    ask = intent.ask
    location = location_of(utterance)
    if location is not None and ask in _OF_ONE_PLACE:
        ask, filters = _located(location, ask, filters, features, utterance.concepts)
    elif (
        ask == "check" and filters.places and filters.regions and utterance.concepts.isdisjoint(_BELONGING | {"enter"})
    ):
        ask = "where"  # "is Tehran an Arab city"
    if intent.name == "reason" and filters.narrowed and not filters.places:
        ask = "list"
    if ask in _NEEDS_PLACE and not filters.places:
        ask = "list"
    if ask == "list" and filters.places and is_led_by(utterance, "along") and "which" in features:
        ask = "together"
    if filters.places and (
        ask in ("list", "count", "rank", "table", "share") or (ask == "difference" and len(filters.places) < 2)
    ):
        ask = "check" if len(filters.places) > 1 or "yesno" in features else "profile"
    if len(filters.places) > 1 and ask == "difference":
        ask = "earliest"
    if ask == "when" and not filters.places and "latest" in features and features.isdisjoint({"dates", "announcement"}):
        ask = "list"
    if ask == "earliest" and all(span.single for span in filters.years):
        filters = replace(filters, years=())  # whether a year was the first is seen among all
    if filters.places and "since" in features:  # "a member since 2022" joined in that year
        filters = replace(
            filters, years=tuple(YearSpan(span.first, span.first) for span in filters.years if span.first)
        )
    if ask == "difference" and "how_many" in features and _is_one(filters):
        ask = "count"  # "by how many did it grow in 2022"
    if (
        ask == "list"
        and {"all", "network"} <= features
        and features.isdisjoint({"which", "list", "what", "who", "yesno"})
    ):
        ask = "count"  # "total cities in the network"
    if (
        ask in ("count", "difference")
        and "after" in features
        and features & (_MEMBERS if filters.narrowed else _NETWORK)
    ):
        years = tuple(_before(span) for span in filters.years)
        filters = replace(filters, years=tuple(map(_standing, years)) if filters.narrowed else years)
    if ask == "count" and "network" in features and not features & {"all", "join", "new"} and not filters.narrowed:
        filters = replace(filters, years=tuple(_standing(span) for span in filters.years))
    if filters.places and ask in ("check", "profile", "where", "when"):
        filters = replace(filters, regions=frozenset())
    one = len(filters.countries) == 1 or (len(filters.regions) == 1 and not filters.countries)
    if ask == "rank" and intent.name == "threshold" and one and _asks_whether(utterance, features):
        ask = "count"
    subject = cast(Subject, intent.subject)
    if subject == "cities" and ask in ("list", "count", "rank", "table", "earliest", "difference"):
        subject = subject_of(utterance, ask)
        if ask == "rank" and subject == "countries" and "country" not in features and len(filters.years) > 1:
            subject = "years"
        if ask == "table" and subject in ("cities", "countries") and len(filters.countries) == 1:
            subject = "years"  # one country is no table of countries
    if (
        ask in ("check", "profile")
        and filters.places
        and (features & {"latest", "exactly"} or _is_the_only(utterance))
        and "yesno" in features
    ):
        ask, filters = "list", replace(filters, places=())
    if ask == "check" and "not" in features and filters.places:
        ask = "profile"  # a "yes" to "is it not" says nothing
    return Query(
        ask=cast(Ask, ask),
        subject=subject,
        filters=filters,
        intent=intent.name,
        topics=_topics(intent, slots, features, intents),
        threshold=_threshold(intent, slots, features),
        fewest=intent.fewest,
        latest=intent.latest or "latest" in features,
        by_countries=_counts_countries(ask, subject, filters, features),
        in_each=_in_each(filters, features, subject),
        of_network=bool(features & (_MEMBERS if ask in ("count", "difference") else _NETWORK))
        and not features & {"join", "new"},
        claimed=_claimed(intent, slots, subject, ask, features),
    )


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
    if intent.name == "threshold" or features & {"every_time", "each"}:
        return None
    if slots.claimed is not None:
        of_it = ask == "statements" or slots.claims_countries == (subject == "countries")
        return slots.claimed if of_it else None
    asks = "yesno" in features and ask in ("list", "count") and not slots.goals
    return slots.number if asks and slots.filters.narrowed else None


def _is_one(filters: Filters) -> bool:
    """Tell whether nothing is named that could be compared with another."""
    return len(filters.years) == 1 and filters.year is not None and len(filters.countries | filters.regions) < 2


def _counts_countries(ask: str, subject: Subject, filters: Filters, features: frozenset[str]) -> bool:
    """Tell whether years are compared by their countries, not by their cities."""
    years = subject == "years" or (ask == "difference" and bool(filters.years) and not filters.narrowed)
    return (
        years and "country" in features and "city" not in features and (ask == "difference" or "member" not in features)
    )


def _in_each(filters: Filters, features: frozenset[str], subject: Subject) -> bool:
    """Tell whether it is asked what is there in each of the years, not in any of them."""
    if "every_time" in features and subject == "countries":
        return True
    whose = subject == "countries" or not filters.countries
    return "both" in features and whose and len(filters.years) == 2 and all(span.single for span in filters.years)


def _is_the_only(utterance: Utterance) -> bool:
    """Tell whether "only" is said of cities or of what is named, and not of the asking ("just confirm")."""
    said = [span for span in utterance.spans if span.concepts != {NEUTRAL}]
    beside = {"city", "country", "member", "join", "enter", "have"}
    return any(
        "only" in one.concepts and (other.entities or other.concepts & beside or other.number is not None)
        for pair in pairwise(said)
        for one, other in (pair, pair[::-1])
    )


def _asks_of_the_day(concepts: frozenset[str]) -> bool:
    return "announcement" in concepts and bool(concepts & {"when", "dates"})


def _asks_whether(utterance: Utterance, features: frozenset[str]) -> bool:
    """Tell whether a bound is asked of what is named, and not which countries or years keep to it."""
    return "yesno" in features and utterance.concepts.isdisjoint(
        {"which", "what", "list", "country", "region", "year", "when"}
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


def _threshold(intent: Intent, slots: Slots, features: frozenset[str]) -> tuple[Comparison, int] | None:
    if intent.name != "threshold":
        return None
    number = slots.number if slots.number is not None else 1 if features & {"exactly", "one"} else None
    if number is None:
        return None
    exactly: tuple[Comparison, int] = ("exactly", 0)
    comparison, added = next((c for word, c in _COMPARISONS.items() if word in features), exactly)
    return comparison, number + added
