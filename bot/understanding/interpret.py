"""Utterance, slots and memory to what is asked: a query, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.understanding.asking import NEEDS_PLACE, query_of
from bot.understanding.beside import around_again
from bot.understanding.followup import carried_over, leans_on
from bot.understanding.intents import Intent, Intents, Match, features_of
from bot.understanding.location import beside_a_name, has_stranger_beside, in_a_state, is_led_by, location_of
from bot.understanding.memory import Memory, corrected
from bot.understanding.pointing import OF_PLACES, beside_year, round_beside
from bot.understanding.refusing import (
    asks_for_what_is_not_held,
    asks_how_much,
    asks_more_than_we_tell,
    asks_of_a_stranger,
    asks_whether_a_stranger_belongs,
    counts_the_unknown,
    sets_bounds_twice,
)
from bot.understanding.relevance import is_clear, is_ours
from bot.understanding.slots import Slots, initials
from bot.understanding.spans import Span, Utterance
from knowledge.lookup import Entity
from knowledge.model import Filters, Query, YearSpan

Kind = Literal["query", "chat", "off_topic", "not_said", "other_network", "clarify", "unclear", "unknown_name"]

_CHAT = frozenset({"greet", "thanks", "bye", "praise", "bot", "help_word", "made_by"})
_ASKED = frozenset({"which", "what", "how_many", "when", "where", "who", "why", "how", "yesno", "list", "aux", "tell"})
_SHORT_QUESTION = 5  # concepts
_FEW_UNKNOWN = 2  # words beside thanks
_TOLD_WITH_THANKS = frozenset({"thanks", "it", "praise", "all", "and", "bot", "have"})
_OF_THE_NETWORK = frozenset({"network", "learning_city", "unesco", "announcement", "those", "world", "city", "country"})
_OURS = frozenset({"network", "learning_city", "gnlc"})
_WHOLE = frozenset({"world", "network", "all"})
_WHOLE_NETWORK = frozenset({"all", "network"})
_TOTALLED = frozenset({"combined", "and", "what_about", "inside", "neutral", "gnlc", "how_many", "city", "have", "aux"})
_BESIDE_A_NAME = frozenset({"what_about", "and", "neutral", "toponym", "province", "city", "filler", "inside"})
_WORDS_OF_A_NAME = 3
_NAME = 3  # letters
_ANNOUNCED = ("announced_on", "announced")
_NEXT = frozenset(
    {"next_call", "next_one", "what_about", "and", "which", "what", "list", "how_many", "have", "city", "round"}
)
_ONWARDS = frozenset({"next_one", "onwards", "after"})
_WHAT_THEN = frozenset({"what_about", "and", "what", "how", "do", "neutral", "praise", "it", "tell", "aux", "yesno"})
_NEAR = 1.3  # weight of what statements explain of a question that they do not answer
_MOST_NEAR = 2  # of such statements
_OF_A_MEMBER = frozenset(  # "is it a learning city?", "when did it become one?"
    {"learning_city", "yesno", "when", "what_about", "and", "neutral", "enter", "join", "member", "unesco", "it", "aux"}
    | {"meant", "tell", "except", "not"}
)
_WHERE_IT_LIES = frozenset(
    {"inside", "neutral", "it", "aux", "yesno", "both", "relative", "where", "those", "country", "enter", "do"}
)
_GOAL = "goal"  # intents about one of the development goals begin so
_OTHER_GOAL = {"goal_4": 11, "goal_11": 4}  # the two that the network is about


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. `query` is set where `kind` is query; `choices` where it is clarify.

    `pending` is what is asked of whichever of the choices is meant, where that is clear.
    `of_year` is the one year that the statements asked for speak of, if they do; `assumed` are the places that short
    misspelt names are taken for; `strangers` tells that beside a name another stands that we do not know. `nearest`
    are topics of what the sources do say, where they do not say what is asked."""

    kind: Kind
    intent: str
    slots: Slots
    query: Query | None = None
    choices: tuple[Entity, ...] = ()
    pending: Query | None = None
    of_year: int | None = None
    assumed: tuple[Entity, ...] = ()
    features: frozenset[str] = frozenset()
    nearest: tuple[str, ...] = ()
    strangers: bool = False


class Interpreter:
    """Reads what is asked, by `intents`; `rounds` are the years of rounds, in order."""

    def __init__(self, intents: Intents, rounds: Sequence[int]) -> None:
        self._intents = intents
        self._rounds = rounds

    def read(self, utterance: Utterance, slots: Slots, memory: Memory | None, continues: bool = False) -> Reading:
        """Return what `utterance` asks, given what was last spoken of, `continues` in the same message."""
        utterance = _with_rounds(utterance)
        if memory is not None:
            utterance = _with_initial(utterance, memory)
            slots = replace(slots, filters=_initialled(utterance, slots.filters, memory))
            slots = corrected(utterance, slots, memory)
            utterance = self._with_next(utterance, slots, memory)
            if _names_a_stranger(utterance, slots, memory):
                return Reading("unknown_name", "check", slots, features=features_of(utterance, slots))
        asked = slots
        spoken_of = memory.query.filters.places if memory is not None else ()
        if spoken_of and (holder := _holder_asked_of(utterance, slots.filters, spoken_of)):
            part = Query("where", filters=Filters(places=spoken_of), intent="check", within=holder)
            return Reading("query", "check", slots, part, features=features_of(utterance, slots))
        if spoken_of and _asks_whether_it_lies_there(utterance, slots.filters):
            lies = Query("where", filters=replace(slots.filters, places=spoken_of), intent="where")
            return Reading("query", "where", slots, lies, features=features_of(utterance, slots))
        if memory is not None:
            slots = self._recalled(utterance, slots, memory)
        features = features_of(utterance, slots)
        if memory is not None and memory.query.intent in _ANNOUNCED and "who" in features and not slots.named:
            features |= {"announcement"}  # "by whom?"
        if memory is not None and _asks_when_it_reached(features, memory):
            features |= {"network"}  # "when did it reach 300?", after the number of all members
        of_cities = memory is not None and memory.places and memory.query.subject == "cities" and not memory.row
        if of_cities and "size" in features:
            features |= {"city"}  # "which one is the biggest?"
        matches = self._intents.match(features)
        first = matches[0].intent if matches else None
        chat = next((match.intent for match in matches if match.intent.ask == "chat"), None)
        if chat and _only_chat(utterance, features, slots, first is chat):
            return Reading("chat", chat.name, slots, features=features)
        best = next((match.intent for match in matches if match.intent.ask != "chat"), None)
        if memory is not None and (then := self._what_comes_then(utterance, slots, memory)):
            best = then
        leans = memory is not None and leans_on(utterance, features, slots, best)
        of_topic = best is not None and (best.ask == "statements" or (best.ask == "unknown" and not slots.named))
        goes_on = of_topic and len(utterance.concepts) <= _SHORT_QUESTION
        talking = leans or (memory is not None and (continues or goes_on or slots is not asked))
        if memory is not None and memory.query.ask == "statements" and asks_how_much(utterance.concepts):
            return Reading("not_said", "not_said", slots, features=features, nearest=memory.query.topics[:_MOST_NEAR])
        if refusal := self._refusal(utterance, slots, features, best, talking):
            pending = self._query(utterance, slots, features, best, None)
            return replace(refusal, pending=pending, nearest=refusal.nearest or _nearest(matches, slots.filters))
        if memory is None and _points_at_nothing(utterance, slots, best):
            return Reading("clarify", "which_city", slots, features=features)
        query = self._query(utterance, slots, features, best, memory if leans else None)
        if query is not None and continues and memory is not None:
            query = replace(query, filters=_continued(query.filters, memory.query.filters, features))
        return self._reading(utterance, slots, features, query, leans)

    def _with_next(self, utterance: Utterance, slots: Slots, memory: Memory) -> Utterance:
        """Return `utterance` with "the next round" read as that after the one last spoken of, where there is one."""
        years = memory.query.filters.years or memory.years
        before_last = len(years) == 1 and (years[0].last or 0) in self._rounds[:-1]
        filters = slots.filters
        other = slots.organisations or filters.years or filters.places
        if not before_last or other or "next_call" not in utterance.concepts or not utterance.concepts <= _NEXT:
            return utterance
        meant = {"next_call": "next_one"}
        spans = (
            replace(span, concepts=frozenset(meant.get(concept, concept) for concept in span.concepts))
            for span in utterance.spans
        )
        return replace(utterance, spans=tuple(spans))

    def _recalled(self, utterance: Utterance, slots: Slots, memory: Memory) -> Slots:
        """Return `slots` with what the conversation was about, where the message asks of just that.

        That is "that year"; or a topic that belongs to the place or body last spoken of ("when did it apply?"), or
        what the sources do not say of it.
        """
        in_time = utterance.concepts & {"that_year", "together", "previous", "next_one"}
        if "other" in utterance.concepts and not in_time and _is_of_its_country(slots.filters, memory):
            others = slots.filters.not_places | frozenset(memory.query.filters.places)
            slots = replace(slots, filters=replace(slots.filters, not_places=others))
        if "that_year" in utterance.concepts and memory.years and not slots.filters.years:
            years = beside_year(memory.years, utterance.concepts)
            slots = replace(slots, filters=replace(slots.filters, years=years))
        counted = memory.query.ask in ("list", "count") and memory.query.filters.year
        spoken = memory.query.filters
        if "conflict" in utterance.concepts and not slots.named and (counted or spoken.places or spoken.countries):
            of_it = replace(
                spoken, years=spoken.years if counted else (), countries=spoken.countries or memory.countries
            )
            return replace(slots, filters=of_it)
        if counted and _asks_for_the_total(utterance.concepts) and not slots.named:
            until = (YearSpan(None, memory.query.filters.year),)  # "and the network as a whole after that"
            return replace(slots, filters=replace(slots.filters, years=until))
        if _asks_of_the_day(utterance.concepts) and not slots.named and memory.years:
            return replace(slots, filters=replace(slots.filters, years=memory.years))
        of_a_member = memory.query.ask in OF_PLACES and len(memory.places) == 1 and not slots.named
        if of_a_member and utterance.concepts <= _OF_A_MEMBER and utterance.concepts >= {"learning_city"}:
            return replace(slots, filters=replace(slots.filters, places=memory.places))
        if memory.query.intent.startswith(_GOAL) and slots.number is not None and not slots.named:
            return replace(slots, goals=frozenset({slots.number}))
        if (goal := _OTHER_GOAL.get(memory.query.intent)) and "other" in utterance.concepts and not slots.named:
            return replace(slots, goals=frozenset({goal}))
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

    def _what_comes_then(self, utterance: Utterance, slots: Slots, memory: Memory) -> Intent | None:
        """Return the intent of the step after the one last told of: "and after that?"."""
        told = self._intents.by_name.get(memory.query.intent)
        asks = utterance.concepts & _ONWARDS and utterance.concepts <= _ONWARDS | _WHAT_THEN and not slots.named
        return self._intents.by_name[told.then] if asks and told and told.then else None

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
        if asks_whether_a_stranger_belongs(utterance, slots):
            return Reading("unknown_name", "check", slots, features=features)
        if not is_ours(utterance, features, self._intents.evidence, talking):
            return Reading("off_topic", "off_topic", slots, features=features)
        if "other_network" in features and not features & _OURS:
            return Reading("other_network", "other_network", slots, features=features)
        if "other_network" in features:
            return Reading("not_said", "other_network", slots, features=features)
        if "other_body" in features and (best is None or best.ask != "statements"):
            return Reading("off_topic", "off_topic", slots, features=features)
        if choices := _choices(utterance):
            return Reading("clarify", "which_name", slots, choices=choices, features=features)
        if best is not None and best.ask == "unknown" and best.topics:
            return Reading("not_said", best.name, slots, features=features, nearest=best.topics)
        if best is not None and (best.ask == "unknown" or counts_the_unknown(utterance, slots, features)):
            return Reading("not_said", best.name, slots, features=features)
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
        told = memory and self._intents.by_name.get(memory.query.intent)
        if told and told.dated and intent and intent.ask in ("when", "earliest") and not slots.named:
            intent = self._intents.by_name[told.dated]
        if memory is not None and _asks_of_its_country(features, memory, slots):
            intent = self._intents.by_name["list"]
        fresh = query_of(intent, utterance, slots, features, self._intents) if intent else None
        if memory is None:
            return fresh and self._of_its_year(self._of_round_beside(fresh, features))
        if again := around_again(memory.query, utterance, slots.filters):
            return again
        return self._of_its_year(carried_over(memory, intent, slots, features, fresh, self._rounds))

    def _of_round_beside(self, query: Query, features: frozenset[str]) -> Query:
        """Return a query for the round right before or after a year that is named, where that is asked for."""
        beside = features & {"previous", "next_one"}
        earlier, named = "previous" in beside, query.filters.years
        if len(beside) != 1 or not named or (named[-1].last if earlier else named[0].first) is None:
            return query
        years = round_beside(named, self._rounds, earlier)
        return replace(query, filters=replace(query.filters, years=years))

    def _of_its_year(self, query: Query) -> Query:
        """Return a query for what is said of a round with what is said of the one asked about."""
        intent, year = self._intents.by_name.get(query.intent), query.filters.year
        if intent is not None and intent.of_round and year is not None and year not in self._rounds:
            return replace(query, ask="count", intent="count", topics=())  # there was none to speak of
        if intent is None or not intent.by_year or year is None:
            return query
        if year == intent.of_year:
            return replace(query, topics=intent.topics)
        if year in intent.by_year:
            return replace(query, topics=intent.by_year[year])
        return replace(query, ask="count", intent="count") if year in self._rounds else query

    def _reading(
        self, utterance: Utterance, slots: Slots, features: frozenset[str], query: Query | None, leans: bool
    ) -> Reading:
        if query is None:
            return Reading("unclear", "unclear", slots, features=features)
        if asks_for_what_is_not_held(query, features):
            return Reading("not_said", "not_said", slots, features=features)
        places = len(query.filters.places)
        of_two = leans and "both" in features and places > 2
        if leans and "why" in features and places > 2 and query.ask == "check":
            return Reading("not_said", "not_said", slots, features=features)
        if of_two or asks_more_than_we_tell(query, features) or sets_bounds_twice(query, utterance):
            return Reading("unclear", "unclear", slots, features=features)
        if not leans and asks_of_a_stranger(query, utterance, slots, features):
            return Reading("unknown_name", "check", slots, features=features)
        intent = self._intents.by_name.get(query.intent)
        year = query.filters.year
        of_year = year if intent and year in intent.by_year else intent.of_year if intent else None
        assumed = tuple(e for span in _assumed(utterance) for e in span.entities if e.kind == "place")
        reading = Reading("query", query.intent, slots, query, of_year=of_year, assumed=assumed, features=features)
        of_names = query.ask in (*OF_PLACES, "earliest") and has_stranger_beside(utterance)
        return replace(reading, strangers=of_names)


def _names_a_stranger(utterance: Utterance, slots: Slots, memory: Memory) -> bool:
    """Tell whether nothing but a name that we do not know is added to what was asked of others: "and Bang Saen?"."""
    if not utterance.spans:
        return False
    begins, ends = ("what_about" in span.concepts for span in (utterance.spans[0], utterance.spans[-1]))
    asked = memory.query.ask in ("list", "count", "check", "profile", "when", "where") and (begins or ends)
    headed = any("toponym" in span.concepts for span in utterance.spans)
    named = headed or any(len(span.key) >= _NAME for span in utterance.unknown)
    plain = utterance.concepts <= _BESIDE_A_NAME and len(utterance.unknown) <= _WORDS_OF_A_NAME
    return bool(asked and named and plain and not slots.named and slots.number is None)


def _asks_when_it_reached(features: frozenset[str], memory: Memory) -> bool:
    """Tell whether a number is asked for that the network, which was counted last, is to have reached."""
    filters = memory.query.filters
    counted = memory.query.ask in ("list", "count") and not (filters.narrowed or filters.places)
    return counted and features >= {"when", "it"} and bool(features & {"@bounds", "@figure", "reached", "more_than"})


def _asks_of_its_country(features: frozenset[str], memory: Memory, slots: Slots) -> bool:
    """Tell whether cities of the country of the one place last spoken of are asked for: "the same country in 2024?"."""
    named = slots.filters.narrowed or slots.filters.places
    return features >= {"same", "country", "which"} and len(memory.places) == 1 and not named


def _asks_for_the_total(concepts: frozenset[str]) -> bool:
    """Tell whether the size of the network is asked for after the round last spoken of."""
    if concepts >= _WHOLE_NETWORK and concepts <= _WHOLE_NETWORK | _TOTALLED:
        return True  # "and in the whole network?"
    after = bool(concepts & {"next_one", "after", "that_year"}) and "all" in concepts
    return after and ("network" in concepts or concepts <= {"all", "after", "that_year", "and", "what_about"})


def _continued(filters: Filters, before: Filters, features: frozenset[str]) -> Filters:
    """Return filters with what the question before in the same message named, where this one leaves it out."""
    if not filters.years:
        return replace(filters, years=before.years)
    if filters.narrowed or features & _WHOLE:
        return filters
    return replace(filters, countries=before.countries, regions=before.regions, either=before.either)


def _assumed(utterance: Utterance) -> list[Span]:
    """Return the names that are only thought to be meant: misspelt, or said to lie where we know no place."""
    location = location_of(utterance)
    elsewhere = [location.place] if location and (location.within.unknown or _is_town(location.within)) else []
    return [
        *(span for span in utterance.spans if span.assumed),
        *elsewhere,
        *beside_a_name(utterance),
        *in_a_state(utterance),
    ]


def _is_town(span: Span) -> bool:
    return any(entity.kind == "place" for entity in span.entities)


def _initialled(utterance: Utterance, filters: Filters, memory: Memory) -> Filters:
    """Return `filters` with the first letters asked for; of countries where those of countries were before."""
    found = initials(utterance)
    if found["initial"] and memory.query.filters.country_initial and "city" not in utterance.concepts:
        found = {"initial": None, "country_initial": found["initial"]}
    return replace(filters, **found)


def _with_rounds(utterance: Utterance) -> Utterance:
    """Return `utterance` with what was announced in a year read as its round: "after the 2022 announcement"."""
    if "announcement" not in utterance.concepts:
        return utterance
    spans = list(utterance.spans)
    for at, (one, other) in enumerate(pairwise(utterance.spans)):
        led = any(span.concepts & {"before", "after"} for span in spans[max(0, at - 2) : at])
        if led and one.number is not None and "announcement" in other.concepts:
            spans[at + 1] = replace(other, concepts=other.concepts - {"announcement"} | {"round"})
    return replace(utterance, spans=tuple(spans))


def _with_initial(utterance: Utterance, memory: Memory) -> Utterance:
    """Return `utterance` with a single letter read as first letter, where such was last asked for ("and with H?").

    One at the end is a letter even where it may be a word.
    """
    letters = [span for span in utterance.unknown if len(span.key) == 1]
    ends = [span for span in utterance.spans[-1:] if len(span.key) == 1 and span.key.isalpha() and not span.entities]
    letters = letters or ends
    before = memory.query.filters
    if (before.initial or before.country_initial) is None or "initial" in utterance.concepts or len(letters) != 1:
        return utterance
    at = utterance.spans.index(letters[0])
    cue = replace(letters[0], end=letters[0].start, concepts=frozenset({"initial"}))
    return replace(utterance, spans=(*utterance.spans[:at], cue, *utterance.spans[at + 1 :]))


def _points_at_nothing(utterance: Utterance, slots: Slots, best: Intent | None) -> bool:
    """Tell whether a question is about "this city" where none was spoken of."""
    whether = {"yesno", "member"} <= utterance.concepts
    asks_of_one = whether or (best is not None and best.ask in NEEDS_PLACE | {"when"})
    return asks_of_one and "it" in utterance.concepts and not slots.named and not utterance.concepts & _OF_THE_NETWORK


def _only_chat(utterance: Utterance, features: frozenset[str], slots: Slots, best: bool) -> bool:
    """Tell whether nothing was said but a greeting, thanks, or something about the bot itself."""
    if slots.named:
        return False
    told = features <= _TOLD_WITH_THANKS and "?" not in utterance.text
    if "thanks" in features and features.isdisjoint(_ASKED) and len(utterance.unknown) <= (_FEW_UNKNOWN if told else 0):
        return True
    if features <= _CHAT:
        return len(utterance.unknown) <= (0 if "praise" in features else 1)
    return best and not utterance.unknown and features.isdisjoint({"previous", "next_one"})


def _nearest(matches: Sequence[Match], filters: Filters) -> tuple[str, ...]:
    """Return the topics of the statements that what was said speaks most of, if it does, and they of the years."""
    near = (
        match.intent
        for match in matches
        if match.intent.ask == "statements"
        and match.score >= _NEAR
        and (match.intent.of_year is None or not filters.years or filters.year == match.intent.of_year)
    )
    return next((intent.topics[:_MOST_NEAR] for intent in near), ())


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


def _is_of_its_country(filters: Filters, memory: Memory) -> bool:
    """Tell whether the country of the place last spoken of is named: "any other Turkish city?", after Ankara."""
    named = bool(filters.countries) and filters.countries <= memory.countries and not filters.places
    return named and bool(memory.query.filters.places)


def _asks_whether_it_lies_there(utterance: Utterance, filters: Filters) -> bool:
    """Tell whether it is asked of what was spoken of whether it lies in a country: "is that in Portugal?"."""
    named = len(filters.countries | filters.regions) == 1 and not (filters.years or filters.places)
    concepts, within = utterance.concepts, any("inside" in span.concepts for span in utterance.spans)
    return named and within and bool(concepts & {"yesno", "aux"}) and concepts <= _WHERE_IT_LIES


def _holder_asked_of(utterance: Utterance, filters: Filters, spoken_of: tuple[str, ...]) -> str | None:
    """Return the place of which it is asked whether what was spoken of is a part of it: "is it part of Bangkok?"."""
    one = filters == Filters(places=filters.places) and len(filters.places) == 1 and filters.places != spoken_of
    if not one or not is_led_by(utterance, "inside") or not utterance.concepts & {"yesno", "aux"}:
        return None
    return filters.places[0] if utterance.concepts <= _WHERE_IT_LIES else None


def _asks_of_the_day(concepts: frozenset[str]) -> bool:
    return "announcement" in concepts and bool(concepts & {"when", "dates"})
