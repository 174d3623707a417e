"""What was spoken of and what is named now to the filters of a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.memory import Memory, summed
from bot.understanding.pointing import (
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
from knowledge.model import Filters, YearSpan

_ADDING = COMPARING | {"combined"}
_WHO_ELSE = frozenset({"which", "who", "list", "other"})
_LISTED = frozenset({"which", "who", "list", "other", "city", "what", "yesno", "how_many"})


def merged_filters(memory: Memory, slots: Slots, features: frozenset[str], rounds: Sequence[int]) -> Filters:
    """Return the old filters under the new ones."""
    old, new = memory.query.filters, slots.filters
    widens = "world" in features and "share" not in features  # a share is of the world
    merged = replace(old, countries=frozenset(), regions=frozenset(), places=()) if widens else old
    if {"all", "member"} <= features and not features & POINTING:
        merged = replace(merged, countries=frozenset(), regions=frozenset(), places=())
    elif "all" in features and "city" in features and merged.places:
        merged = replace(merged, places=())
    turned = "earliest" in features and memory.query.intent == "latest"
    if ("latest" in features or turned) and not new.years:
        merged = replace(merged, years=())
    if "all_time" in features and not new.years and not (excludes(new) or "only" in features):
        merged = replace(merged, years=())
    compared = _is_compared_by_year(memory, new, features)
    if compared or (memory.query.ask == "difference" and len(old.years) > 1 and new.years):
        new = replace(new, years=tuple(dict.fromkeys((*old.years, *new.years))))
    if _stands_after(memory, new, features):
        new = replace(new, years=tuple(YearSpan(None, (span.first or 1) - 1) for span in new.years))
    beside = features & {"previous", "next_one"}
    if len(beside) == 1 and (new.countries or new.regions) and not (new.years or new.places):
        spoken = memory.query.filters.years or memory.years
        new = replace(new, years=round_beside(spoken, rounds, "previous" in beside) if spoken else ())
    if new.years or new.not_years:
        years = new.years or tuple(span for span in merged.years if span.single not in new.not_years)
        left_out = new.not_years if new.years else merged.not_years | new.not_years
        merged = replace(merged, years=years, not_years=left_out)
    pointing = features & {"it", "those"} or new.countries or new.regions
    around = features & {"before", "after"} and pointing and features & _LISTED
    if around and memory.years and memory.places and not (new.years or new.places):
        new = replace(new, years=beside_year(memory.years, features))
        merged = replace(merged, places=(), years=new.years)
        return replace(merged, countries=new.countries or merged.countries, regions=new.regions or merged.regions)
    if "other" in features and new.places and set(new.places) <= set(memory.places):
        merged = replace(merged, not_places=merged.not_places | frozenset(new.places))
    elif new.places or new.countries or new.regions:
        merged = _renamed(memory, merged, new, features)
    else:
        merged = pointed(Pointing(memory, merged, new, features, rounds))
    at_once = "together" in features or ({"that_year", "other"} <= features and not features & {"before", "after"})
    added = "how_many" in features and (len(merged.countries) > 1 or summed(memory) is not None)  # "how many together"
    whether = "yesno" in features and len(merged.places) > 1 and not features & _WHO_ELSE  # "did both at once?"
    if at_once and features & _LISTED and memory.years and not (new.places or added or whether):
        merged = replace(merged, places=(), years=memory.years, not_places=frozenset(memory.places))
    return replace(
        merged,
        countries=merged.countries - new.not_countries,
        regions=merged.regions - new.not_regions,
        not_countries=merged.not_countries | new.not_countries,
        not_regions=merged.not_regions | new.not_regions,
        not_places=merged.not_places | new.not_places,
        initial=new.initial or merged.initial,
        country_initial=new.country_initial or merged.country_initial,
    )


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


def _renamed(memory: Memory, merged: Filters, new: Filters, features: frozenset[str]) -> Filters:
    """Return filters for what is named now: it takes the place of what was named before, and keeps the year.

    What is compared stands beside it.
    """
    if features & _ADDING and len(new.countries) == 1 and merged.countries and not new.places:
        return replace(merged, countries=merged.countries | new.countries)
    if features & _ADDING and len(new.regions) == 1 and merged.regions and not new.places:
        return replace(merged, regions=merged.regions | new.regions, countries=frozenset())
    if features & (COMPARING | {"earliest", "before", "after"}) and len(new.places) == len(memory.places) == 1:
        return replace(merged, places=(*memory.places, *new.places), years=())
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
