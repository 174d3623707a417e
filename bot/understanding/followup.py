"""Questions that lean on the one before: "แล้วเกาหลีล่ะ", "and in 2024?", "which ones?", "when?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from bot.language import Language
from bot.understanding.intents import Intent
from bot.understanding.slots import Slots
from bot.understanding.tagger import Utterance
from knowledge.answer import Answer
from knowledge.model import NO_FILTERS, Ask, Filters, Query, Subject, YearSpan

_POINTING = frozenset(
    {"combined", "what_about", "those", "it", "there", "other", "both", "same", "previous", "next_one", "together"}
)
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
        "round",
        "new",
        "all",
        "and",
        "or",
        "not",
        "except",
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
        "until",
        "before",
        "after",
        "onwards",
        "more_than",
        "enter",
        "province",
        "aux",
        "initial",
        "world",
        "that_year",
        "difference",
        "compare",
        "do",
    ]
)
_POLITE = frozenset({"praise", "greet", "thanks"})
_WHOLE = frozenset({"network", "learning_city", "unesco", "announcement"})
_ASKING = frozenset({"which", "what", "list", "how_many", "when", "where", "who", "why", "tell", "yesno"})
_NARROWING = frozenset({"which", "how_many", "list", "most", "fewest", "share", "each", "initial"})
_RANKING = frozenset({"most", "fewest", "rank", "share", "each", "earliest", "more_than"})
_COMPARING = frozenset({"more", "more_than", "fewer", "fewer_than", "difference", "compare", "together"})
_OF_THE_NETWORK = ("statements", "sources", "completeness", "conflicts")  # what is asked of no city
_COUNTING = ("rank", "table", "count")
_AMONG_COUNTRIES = ("rank", "table")
_BARE_NOUNS: dict[str, Subject] = {"city": "cities", "member": "cities", "country": "countries"}
_LISTED = frozenset({"which", "who", "list", "other", "city", "what", "yesno", "how_many"})
_OF_TWO = frozenset({"both", "combined", "earliest", "together", "same"})
_SMALL = 5  # concepts of a question that cannot stand alone
_OF_PLACES = ("check", "profile", "where", "when")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was last spoken of: the last query, and the places its answer named.

    `countries` and `years` are those of the places, where there is but one; `organisations` those last named,
    `language` that of the last reply. `choices` are the places that the last reply asked to choose from, `before` is
    what was asked about before the last: one place, or the country and years.
    """

    query: Query
    places: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    years: tuple[YearSpan, ...] = ()
    organisations: tuple[str, ...] = ()
    language: Language = "th"
    choices: tuple[str, ...] = ()
    before: Filters = NO_FILTERS


def remembered(answer: Answer) -> Query:
    """Return what to remember of a query that was answered: of years that were ranked, the one that came first."""
    query, rows = answer.query, answer.rows
    ties = [row for row in rows if row.number == rows[0].number]
    if query.ask != "rank" or query.subject != "years" or len(ties) != 1:
        return query
    year = int(rows[0].id)
    return replace(query, filters=replace(query.filters, years=(YearSpan(year, year),)))


def spoken_before(memory: Memory | None) -> Filters:
    """Return the one place or country that the last answer was about, for when the next is about another."""
    filters = memory.query.filters if memory else NO_FILTERS
    if len(filters.places) == 1:
        return Filters(places=filters.places)
    countries = filters.countries if len(filters.countries) == 1 and not filters.places else frozenset[str]()
    return Filters(years=filters.years, countries=countries, regions=filters.regions)


def corrected(slots: Slots, memory: Memory) -> Slots:
    """Return `slots` with what seems to be left out as what is meant: "no, Chiang Rai" corrects the name said before.

    Only what was spoken of can be left out of it.
    """
    filters, old = slots.filters, memory.query.filters
    if filters.places or filters.countries or filters.regions:
        return slots
    places, countries = filters.not_places, filters.not_countries
    if places and not countries and len(memory.places) == 1 and places.isdisjoint(memory.places):
        return replace(slots, filters=replace(filters, places=tuple(sorted(places)), not_places=frozenset()))
    if countries and not places and old.countries and countries.isdisjoint(old.countries):
        return replace(slots, filters=replace(filters, countries=countries, not_countries=frozenset()))
    return slots


def leans_on(utterance: Utterance, features: frozenset[str], slots: Slots, intent: Intent | None) -> bool:
    """Tell whether a message only makes sense with the one before it."""
    concepts = utterance.concepts
    if (
        concepts & _WHOLE
        or not concepts - _POINTING - _POLITE <= _LIGHT
        or (intent is not None and intent.ask in ("statements", "chat"))
    ):
        return bool(concepts & {"those", "it"}) and not concepts & {"announcement"}
    if concepts & _POINTING or _only_narrows(concepts, slots):
        return True
    if concepts & {"initial", "world"} and not slots.filters.countries:
        return True
    if not slots.named:
        return len(concepts) <= _SMALL
    return not concepts & {"city", "country", "member", "join", "enter"} and not _stands_alone(slots)


def carried_over(
    memory: Memory,
    intent: Intent | None,
    slots: Slots,
    features: frozenset[str],
    fresh: Query | None,
    rounds: Sequence[int],
) -> Query:
    """Return the last query with what the new message changes; `rounds` are the years of rounds, in order."""
    old = memory.query
    if _asks_more_of_the_same(memory, slots, features, fresh):
        return old
    filters = _merged(memory, slots, features, rounds)
    if intent is not None and intent.topics and intent.ask == "statements":
        return replace(fresh or old, filters=filters)
    asks_anew = fresh is not None and (bool(features & _ASKING - {"yesno"}) or bool(features & (_RANKING | {"latest"})))
    base = fresh if asks_anew and fresh is not None else replace(old, threshold=None if slots.number else old.threshold)
    if not asks_anew and fresh is not None and slots.named and old.ask in _OF_THE_NETWORK:
        if old.ask == "statements" and slots.filters == Filters(years=slots.filters.years):
            return replace(old, filters=slots.filters)  # the same of another year
        return fresh  # what was said of the network says nothing of a place
    if not asks_anew and old.ask in _AMONG_COUNTRIES and slots.filters.countries:
        base = replace(base, ask="list", subject="cities", intent="list", threshold=None, fewest=False)
    if asks_anew and base.subject != "cities" and base.ask in _COUNTING and not features & _POINTING:
        filters = _of_all(filters, slots, base.subject == "countries")
    ask = base.ask
    if asks_anew and intent is not None and intent.ask in _OF_PLACES and filters.places:
        ask = cast(Ask, intent.ask)
    if slots.filters.places and not asks_anew:
        ask = old.ask if old.ask in _OF_PLACES else "profile"
    elif filters.places and ask in ("list", "count"):
        ask = "check"
    elif not filters.places and (ask in ("check", "profile", "where") or _lists_others(memory, ask, features)):
        ask = "list"
    subject = base.subject
    if (
        asks_anew
        and fresh is not None
        and not features & {"city", "country", "member", "region", "year", "when"}
        and old.ask in ("list", "count")
    ):
        subject = old.subject
    if not asks_anew and old.ask in ("list", "count"):
        subject = next((of for noun, of in _BARE_NOUNS.items() if noun in features), subject)
    by_countries = base.by_countries or (base.ask == "difference" and _is_of_countries(old, features))
    intent_name = base.intent if asks_anew else old.intent
    return replace(base, ask=ask, filters=filters, intent=intent_name, subject=subject, by_countries=by_countries)


def _is_of_countries(old: Query, features: frozenset[str]) -> bool:
    """Tell whether years are compared by countries: it is said now, or was counted before."""
    return "country" in features or (old.subject == "countries" and "city" not in features)


def _lists_others(memory: Memory, ask: str, features: frozenset[str]) -> bool:
    """Tell whether it is asked who else joined when a place did."""
    return ask == "when" and bool(memory.query.filters.places) and "when" not in features


def _asks_more_of_the_same(memory: Memory, slots: Slots, features: frozenset[str], fresh: Query | None) -> bool:
    """Tell whether the last answer says it: where or when it was, or by how many years one was first."""
    old = memory.query
    if slots.named or fresh is None:
        return False
    if {"why"} == features & _ASKING and old.ask in _AMONG_COUNTRIES:
        return True
    if old.ask == "statements":
        told = fresh.intent == "where" or (fresh.ask == "when" and old.intent == "history")
        return told and features.isdisjoint({"city", "country", "member", "join"})
    return old.ask == "earliest" and len(memory.places) == 2 and {"how_many", "year"} <= features


def _of_all(filters: Filters, slots: Slots, of_countries: bool) -> Filters:
    """Return filters for what is counted or ranked among all countries or years, not within what was spoken of."""
    filters = replace(filters, places=slots.filters.places)
    return replace(filters, countries=slots.filters.countries) if of_countries else filters


def _merged(memory: Memory, slots: Slots, features: frozenset[str], rounds: Sequence[int]) -> Filters:
    """Return the old filters under the new ones."""
    old, new = memory.query.filters, slots.filters
    merged = replace(old, countries=frozenset(), regions=frozenset(), places=()) if "world" in features else old
    if {"all", "member"} <= features and not features & _POINTING:
        merged = replace(merged, countries=frozenset(), regions=frozenset(), places=())
    elif "all" in features and "city" in features and merged.places:
        merged = replace(merged, places=())
    if "latest" in features and not new.years:
        merged = replace(merged, years=())
    if "all_time" in features and not new.years and not (_excludes(new) or "only" in features):
        merged = replace(merged, years=())
    if memory.query.ask == "difference" and len(old.years) > 1 and new.years:
        new = replace(new, years=tuple(dict.fromkeys((*old.years, *new.years))))
    if new.years or new.not_years:
        years = new.years or tuple(span for span in merged.years if span.single not in new.not_years)
        merged = replace(merged, years=years, not_years=new.not_years)
    if "other" in features and new.places and set(new.places) <= set(memory.places):
        merged = replace(merged, not_places=merged.not_places | frozenset(new.places))
    elif new.places or new.countries or new.regions:
        merged = _renamed(memory, merged, new, features)
    else:
        merged = _pointed(memory, merged, new, features, rounds)
    if "together" in features and features & _LISTED and memory.years and not new.places:
        merged = replace(merged, places=(), years=memory.years, not_places=frozenset(memory.places))
    return replace(
        merged,
        countries=merged.countries - new.not_countries,
        regions=merged.regions - new.not_regions,
        not_countries=merged.not_countries | new.not_countries,
        not_regions=merged.not_regions | new.not_regions,
        not_places=merged.not_places | new.not_places,
        initial=new.initial or merged.initial,
    )


def _renamed(memory: Memory, merged: Filters, new: Filters, features: frozenset[str]) -> Filters:
    """Return filters for what is named now: it takes the place of what was named before, and keeps the year.

    What is compared stands beside it.
    """
    if features & _COMPARING and len(new.countries) == 1 and merged.countries and not new.places:
        return replace(merged, countries=merged.countries | new.countries)
    if features & (_COMPARING | {"earliest", "before", "after"}) and len(new.places) == len(memory.places) == 1:
        return replace(merged, places=(*memory.places, *new.places), years=())
    plain = replace(
        merged, not_places=frozenset(), not_countries=frozenset(), not_regions=frozenset(), regions=new.regions
    )
    if not new.places:
        return replace(plain, places=(), countries=new.countries, either=new.either)
    years = merged.years if memory.query.ask in _OF_PLACES else new.years
    return replace(plain, places=new.places, countries=new.countries, years=years)


def _pointed(memory: Memory, merged: Filters, new: Filters, features: frozenset[str], rounds: Sequence[int]) -> Filters:
    """Return filters for what is only pointed at: "those", "it", "there", "the year before", "at the same time"."""
    of_two = features & (_OF_TWO | _COMPARING) or {"that_year", "yesno"} <= features
    if of_two and (both := _both(memory, merged)):
        return both
    if "other" in features and "year" in features and merged.years:
        return replace(merged, years=())
    if features & {"before", "after"} and merged.years and memory.query.ask in ("list", "count"):
        return replace(merged, years=beside_year(merged.years, features))
    if "rest" in features and merged.countries and merged.year is not None and not merged.places:
        return replace(merged, years=(), not_years=frozenset({merged.year}))
    if features & {"previous", "next_one"} and not memory.query.filters.places:
        return replace(merged, years=_neighbour(memory.query.filters, rounds, "previous" in features))
    if {"same", "country"} <= features and memory.countries and memory.places:
        return replace(
            merged,
            places=(),
            countries=memory.countries,
            years=new.years or (memory.years if "year" in features else ()),
            not_places=frozenset(memory.places),
        )
    if "there" in features and memory.countries and "where" not in features:
        others = frozenset(memory.places) if "other" in features else frozenset[str]()
        return replace(merged, places=(), regions=frozenset(), countries=memory.countries, years=(), not_places=others)
    if "other" in features and not _excludes(new):
        return _others(memory, merged)
    if _means_places(memory, new, features):
        keeps_years = bool(features & {"those", "both"}) and "when" not in features
        return replace(merged, places=memory.places, years=merged.years if keeps_years else ())
    return merged


def _both(memory: Memory, merged: Filters) -> Filters | None:
    """Return filters for the two places or countries asked about one after the other; None if there are none."""
    now, before = memory.query.filters, memory.before
    if len(now.places) == 1 and before.places and now.places != before.places:
        return replace(merged, places=(*before.places, *now.places), years=())
    if len(now.countries) == 1 and not now.places and before.countries and now.countries != before.countries:
        return replace(merged, countries=before.countries | now.countries)
    same = (now.countries, now.regions, now.places) == (before.countries, before.regions, before.places)
    if same and now.years and before.years and now.years != before.years:
        return replace(merged, years=(*before.years, *now.years))
    return None


def _means_places(memory: Memory, new: Filters, features: frozenset[str]) -> bool:
    """Tell whether a message asks about the places of the last answer, and does not narrow its list."""
    if features & {"those", "both"}:
        if (new.years or "next_one" in features) and "yesno" not in features:
            return False  # "the ones of 2024" are others
        return bool(memory.places) and not (_excludes(new) or new.initial or features & _NARROWING)
    if "it" in features and len(memory.places) == 1:
        return True
    listed = memory.query.ask in ("list", "count", "earliest", "rank")
    return bool(features & {"when", "where", "why"} and "latest" not in features and memory.places and listed)


def beside_year(years: tuple[YearSpan, ...], concepts: frozenset[str]) -> tuple[YearSpan, ...]:
    """Return "that year", or what is before, after or since it, as `concepts` say."""
    first, last = years[0].first, years[-1].last
    if "after" in concepts and last:
        return (YearSpan(last + 1, None),)
    if "before" in concepts and first:
        return (YearSpan(None, first - 1),)
    return (YearSpan(first, None),) if "since" in concepts else years


def _neighbour(filters: Filters, rounds: Sequence[int], earlier: bool) -> tuple[YearSpan, ...]:
    """Return the round before or after the one last spoken of; the newest or oldest where there is none."""
    years = [year for year in rounds if filters.has_year(year)] or list(rounds)
    found = (
        [year for year in rounds if year < years[0]][-1:]
        if earlier
        else [year for year in rounds if year > years[-1]][:1]
    )
    year = (found or years)[0]
    return (YearSpan(year, year),)


def _others(memory: Memory, filters: Filters) -> Filters:
    """Return filters for what the last answer did not name."""
    if filters.countries and not filters.places:
        return replace(
            filters, countries=frozenset(), places=(), not_countries=filters.not_countries | filters.countries
        )
    return replace(filters, places=(), not_places=filters.not_places | frozenset(memory.places))


def _excludes(filters: Filters) -> bool:
    return bool(filters.not_places or filters.not_countries or filters.not_regions)


def _only_narrows(concepts: frozenset[str], slots: Slots) -> bool:
    """Tell whether a message only leaves something out of what was spoken of, or keeps only a part of it."""
    filters = slots.filters
    kept = bool(filters.countries or filters.regions or filters.places)
    if _excludes(filters) or filters.not_years:
        return not kept and not filters.years
    return "only" in concepts and not kept and concepts.isdisjoint({"city", "country", "member"})


def _stands_alone(slots: Slots) -> bool:
    """Tell whether a bare mention is a question of its own: a place, or a country together with a year."""
    filters = slots.filters
    return bool(filters.years and (filters.countries or filters.regions or filters.places))
