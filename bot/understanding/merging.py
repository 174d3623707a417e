"""What was spoken of and what is named now to the filters of a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.memory import Memory, summed
from bot.understanding.pointing import (
    ADDED,
    COMPARING,
    OF_PLACES,
    POINTING,
    Pointing,
    beside_year,
    excludes,
    pointed,
    round_beside,
)
from bot.understanding.slots import Slots
from knowledge.model import Filters, Query, YearSpan

_ADDING = COMPARING | {"combined"}
_NOTHING_ASKED = frozenset(
    {"what_about", "and", "or", "neutral", "country", "year", "round", "inside", "compare", "more", "have"}
)
_OF_THEM = frozenset({"those", "both", "it", "together", "before", "after", "that_year"})
_WHO_ELSE = frozenset({"which", "who", "list", "other"})
_OF_ALL = frozenset(
    {"all", "together", "along", "world", "network", "member", "it", "same", "other", "both", "country", "rest"}
)
_TWO = 2  # places of which it was asked which came first
_LISTED = frozenset({"which", "who", "list", "other", "city", "what", "yesno", "how_many"})


def merged_filters(memory: Memory, slots: Slots, features: frozenset[str], rounds: Sequence[int]) -> Filters:
    """Return the old filters under the new ones."""
    new = _dated(memory, slots.filters, features, rounds)
    merged = _loosened(memory, new, features)
    if new.years or new.not_years:
        years = new.years or tuple(span for span in merged.years if span.single not in new.not_years)
        left_out = new.not_years if new.years else merged.not_years | new.not_years
        merged = replace(merged, years=years, not_years=left_out)
    pointing = features & {"it", "those"} or new.countries or new.regions
    around = features & {"before", "after"} and pointing and features & _LISTED
    if around and memory.years and memory.places and not (new.years or new.places):
        years = beside_year(memory.years, features)
        countries, regions = new.countries or merged.countries, new.regions or merged.regions
        return replace(merged, places=(), years=years, countries=countries, regions=regions)
    if _counts_in_a_year(memory, new, features):
        return replace(merged, places=(), countries=memory.countries)
    if "other" in features and new.places and set(new.places) <= set(memory.places):
        merged = replace(merged, not_places=merged.not_places | frozenset(new.places))
    elif new.places or new.countries or new.regions:
        merged = _renamed(memory, merged, new, features)
    else:
        merged = pointed(Pointing(memory, merged, new, features, rounds, slots.number))
    return _left_out(_at_once(memory, merged, new, features), new, memory.before)


def _dated(memory: Memory, new: Filters, features: frozenset[str], rounds: Sequence[int]) -> Filters:
    """Return what is named now with the years that it leans on: compared with, or beside, those spoken of."""
    old = memory.query.filters
    compared = _is_compared_by_year(memory, new, features)
    joins_in = memory.query.ask == "difference" and len(old.years) > 1 and len(new.years) == 1 and _only_names(features)
    if compared or joins_in:
        new = replace(new, years=tuple(dict.fromkeys((*old.years, *new.years))))
    if _stands_after(memory, new, features):
        new = replace(new, years=tuple(YearSpan(None, (span.first or 1) - 1) for span in new.years))
    stood = memory.query.of_network and memory.query.ask == "count" and old.until is not None and old.narrowed
    if stood and len(new.years) == 1 and new.years[0].single and features.isdisjoint({"join", "new"}):
        new = replace(new, years=(YearSpan(None, new.years[0].single),))  # "and in 2022?", of all members then
    beside = features & {"previous", "next_one"}
    if len(beside) == 1 and (new.countries or new.regions) and not (new.years or new.places):
        spoken = old.years or memory.years
        new = replace(new, years=round_beside(spoken, rounds, "previous" in beside) if spoken else ())
    return new


def _loosened(memory: Memory, new: Filters, features: frozenset[str]) -> Filters:
    """Return the old filters without what is widened now: to the world, to all members, to all time."""
    old = merged = memory.query.filters
    if "world" in features and "share" not in features:  # a share is of the world
        merged = replace(merged, countries=frozenset(), regions=frozenset(), places=())
    if {"all", "member"} <= features and not features & POINTING:
        merged = replace(merged, countries=frozenset(), regions=frozenset(), places=())
    elif "all" in features and "city" in features and merged.places:
        merged = replace(merged, places=())
    if {"all", "how_many"} <= features and old.not_places <= frozenset(memory.before.places):
        merged = replace(merged, not_places=frozenset())  # the others alone were spoken of, not those left out
    turned = "earliest" in features and memory.query.intent == "latest"
    of_all_time = "all_time" in features and not (excludes(new) or "only" in features)
    of_one = new.countries or new.regions or (merged.countries and not features & _OF_THEM)
    first = "earliest" in features and of_one
    joined = "when" in features and of_one  # "in which year did the Philippines join?"
    latest = "latest" in features or (asks_for_the_latest_of_another(memory.query, new) and _only_names(features))
    totalled = memory.query.intent == "latest" and {"all", "how_many"} <= features
    if (latest or turned or of_all_time or first or joined or totalled) and not new.years:
        merged = replace(merged, years=())
    return merged


def asks_for_the_latest_of_another(old: Query, new: Filters) -> bool:
    """Tell whether a country is named where the latest of another was asked for: "and of France?"."""
    return old.intent == "latest" and bool(old.filters.countries and new.countries) and not new.years


def _at_once(memory: Memory, merged: Filters, new: Filters, features: frozenset[str]) -> Filters:
    """Return filters for who joined together with what was spoken of, where it is asked."""
    at_once = "together" in features or ({"that_year", "other"} <= features and not features & {"before", "after"})
    several = len(merged.countries) > 1 or summed(memory) is not None
    added = several and (features & {"how_many"} or features <= ADDED)  # "how many together", "all of them together"
    whether = "yesno" in features and len(merged.places) > 1 and not features & _WHO_ELSE  # "did both at once?"
    if not (at_once and features & _LISTED and memory.years) or new.places or added or whether:
        return merged
    return replace(merged, places=(), years=memory.years, not_places=frozenset(memory.places))


def _left_out(merged: Filters, new: Filters, before: Filters) -> Filters:
    """Return `merged` without what is left out now; places spoken of stay the others: "where are they?", "not Yala".

    Where nothing would be left, it is left out of what was spoken of `before`: "Asia", "those of India", "and without".
    """
    if merged.countries and merged.countries <= new.not_countries and before.regions | before.countries:
        merged = replace(merged, countries=before.countries - merged.countries, regions=before.regions)
    return replace(
        merged,
        places=tuple(place for place in merged.places if place not in new.not_places),
        countries=merged.countries - new.not_countries,
        regions=merged.regions - new.not_regions,
        not_countries=merged.not_countries | new.not_countries,
        not_regions=merged.not_regions | new.not_regions,
        not_places=merged.not_places | new.not_places,
        initial=new.initial or merged.initial,
        country_initial=new.country_initial or merged.country_initial,
    )


def _counts_in_a_year(memory: Memory, new: Filters, features: frozenset[str]) -> bool:
    """Tell whether cities of a time are counted after a place was spoken of, and so those of its country."""
    counts = ({"how_many", "city"} <= features or "which" in features) and bool(
        memory.query.filters.places and memory.countries
    )
    return counts and bool(new.years) and not new.narrowed and features.isdisjoint(_OF_ALL)


def _stands_after(memory: Memory, new: Filters, features: frozenset[str]) -> bool:
    """Tell whether the network is asked about after another round: "and after that of 2024?"."""
    old = memory.query.filters
    stood = old.until is not None or (memory.query.of_network and memory.query.ask == "count" and bool(old.year))
    if stood and new.years and "round" not in features:
        stood = memory.query.ask == "count" and new.years[0].first != (old.until or 0) + 2  # not "before it"
    return stood and len(new.years) == 1 and new.years[0].last is None and "after" in features


def _is_compared_by_year(memory: Memory, new: Filters, features: frozenset[str]) -> bool:
    """Tell whether the year last spoken of is compared with one that is named now: "more than in 2020?"."""
    named = new.countries or new.regions or new.places
    counted = memory.query.ask in ("list", "count") and memory.query.filters.year is not None
    compares = features & _ADDING or {"same", "yesno"} <= features
    return bool(new.year and counted and not named and compares)


def _only_names(features: frozenset[str]) -> bool:
    """Tell whether a message only names what is to be compared, too: "and Korea?", "or 2020?"."""
    return all(feature in _NOTHING_ASKED or feature.startswith("@") for feature in features)


def _renamed(memory: Memory, merged: Filters, new: Filters, features: frozenset[str]) -> Filters:
    """Return filters for what is named now: it takes the place of what was named before, and keeps the year.

    What is compared stands beside it.
    """
    compares = memory.query.ask == "difference" and len(merged.countries) > 1  # "Thailand or Vietnam?", "and Korea?"
    compares = compares and _only_names(features)
    if (features & _ADDING or compares) and len(new.countries) == 1 and merged.countries and not new.places:
        return replace(merged, countries=merged.countries | new.countries)
    if features & _ADDING and len(new.regions) == 1 and merged.regions and not new.places:
        return replace(merged, regions=merged.regions | new.regions, countries=frozenset())
    two = len(new.places) == len(memory.places) == 1 and new.places != memory.places
    if two and features & (COMPARING | {"earliest", "before", "after"}):
        return replace(merged, places=(*memory.places, *new.places), years=())
    asked = memory.query.filters.places
    if memory.query.ask == "earliest" and len(asked) == _TWO and len(new.places) == 1 and set(new.places) - set(asked):
        return replace(merged, places=(asked[0], *new.places), years=())  # "and before Yala?"
    if new.countries and new.countries <= memory.elsewhere and not new.places and len(memory.places) == 1:
        return replace(merged, places=memory.places, countries=new.countries, regions=frozenset(), years=())
    plain = replace(
        merged, not_places=frozenset(), not_countries=frozenset(), not_regions=frozenset(), regions=new.regions
    )
    if "share" in features and new.regions and merged.countries and not new.countries:
        return replace(plain, places=(), countries=merged.countries)  # "which share of the region's is that?"
    if not new.places:
        return replace(plain, places=(), countries=new.countries, either=new.either)
    years = merged.years if memory.query.ask in OF_PLACES else new.years
    return replace(plain, places=new.places, countries=new.countries, years=years)
