"""What was spoken of and what is named now to the filters of a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.memory import Memory, summed
from bot.understanding.slots import Slots
from knowledge.model import Filters, YearSpan, only

POINTING = frozenset(
    {"combined", "what_about", "those", "it", "there", "other", "both", "same", "previous", "next_one", "together"}
)
OF_PLACES = ("check", "profile", "where", "when")
_NARROWING = frozenset({"which", "how_many", "list", "most", "fewest", "share", "each", "initial"})
_COMPARING = frozenset({"more", "more_than", "fewer", "fewer_than", "difference", "compare", "together"})
_ADDING = _COMPARING | {"combined"}
_LISTED = frozenset({"which", "who", "list", "other", "city", "what", "yesno", "how_many"})
_SUMMING = frozenset({"all", "how_many", "city", "and", "what_about", "those", "have", "join", "combined", "list"})
_OF_TWO = frozenset({"both", "combined", "earliest", "together", "same"})


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
    if new.years or new.not_years:
        years = new.years or tuple(span for span in merged.years if span.single not in new.not_years)
        merged = replace(merged, years=years, not_years=new.not_years)
    around = features & {"before", "after"} and features & {"it", "those"} and features & _LISTED
    if around and memory.years and memory.places and not (new.years or new.places):
        new = replace(new, years=beside_year(memory.years, features))
        merged = replace(merged, places=(), years=new.years)
        return replace(merged, countries=new.countries or merged.countries, regions=new.regions or merged.regions)
    if "other" in features and new.places and set(new.places) <= set(memory.places):
        merged = replace(merged, not_places=merged.not_places | frozenset(new.places))
    elif new.places or new.countries or new.regions:
        merged = _renamed(memory, merged, new, features)
    else:
        merged = _pointed(memory, merged, new, features, rounds)
    at_once = "together" in features or ({"that_year", "other"} <= features and not features & {"before", "after"})
    if at_once and features & _LISTED and memory.years and not new.places:
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
    if features & (_COMPARING | {"earliest", "before", "after"}) and len(new.places) == len(memory.places) == 1:
        return replace(merged, places=(*memory.places, *new.places), years=())
    if new.countries and new.countries <= memory.elsewhere and not new.places and len(memory.places) == 1:
        return replace(merged, places=memory.places, countries=new.countries, regions=frozenset(), years=())
    plain = replace(
        merged, not_places=frozenset(), not_countries=frozenset(), not_regions=frozenset(), regions=new.regions
    )
    if not new.places:
        return replace(plain, places=(), countries=new.countries, either=new.either)
    years = merged.years if memory.query.ask in OF_PLACES else new.years
    return replace(plain, places=new.places, countries=new.countries, years=years)


def _pointed(memory: Memory, merged: Filters, new: Filters, features: frozenset[str], rounds: Sequence[int]) -> Filters:
    """Return filters for what is only pointed at: "those", "it", "there", "the year before", "at the same time"."""
    if ("combined" in features or {"all"} <= features <= _SUMMING) and (of_all := summed(memory)):
        return of_all
    of_places = "latest" in features and bool(memory.query.filters.places and memory.before.places and not new.years)
    of_two = features & (_OF_TWO | _COMPARING) or {"that_year", "yesno"} <= features or of_places
    if of_two and (both := _both(memory, merged)):
        return both
    if "other" in features and "year" in features and merged.years and not new.years:
        return replace(merged, years=())
    if features & {"before", "after"} and merged.years and not new.years and memory.query.ask in ("list", "count"):
        return replace(merged, years=beside_year(merged.years, features))
    counted = memory.query.ask in ("list", "count", "rank", "table") and not memory.query.filters.places
    if "before" in features and counted and not (merged.years or new.years) and len(rounds) > 1:
        return replace(merged, years=(YearSpan(None, rounds[-2]),))  # "and before that?", asked of now
    whole = memory.before
    if "rest" in features and merged.countries and whole.years == merged.years and whole.years and not whole.countries:
        return replace(whole, not_countries=merged.countries)
    of_rest = "rest" in features or ("other" in features and _was_narrowed_by_year(memory))
    if of_rest and merged.countries and merged.year is not None and not merged.places:
        return replace(merged, years=(), not_years=frozenset({merged.year}))
    if features & {"previous", "next_one"} and memory.query.filters.places and memory.years and memory.countries:
        of_country = Filters(years=memory.years, countries=memory.countries)
        return replace(of_country, years=_neighbour(of_country, rounds, "previous" in features))
    if {"next_one", "member", "all"} <= features and merged.years:  # "and how many in all after that"
        return replace(merged, years=(YearSpan(None, merged.years[-1].last),))
    if features & {"previous", "next_one"} and not memory.query.filters.places:
        beside = new if new.years else memory.query.filters
        return replace(merged, years=_neighbour(beside, rounds, "previous" in features))
    if {"same", "country"} <= features and memory.countries and memory.places:
        return replace(
            merged,
            places=(),
            countries=memory.countries,
            years=new.years or (memory.years if "year" in features else ()),
            not_places=frozenset(memory.places),
        )
    if {"earliest", "it"} <= features and len(memory.places) == 1 and memory.countries and not new.countries:
        return replace(merged, places=(), countries=memory.countries, years=())  # "was it the first?"
    of_order = bool(features & {"earliest", "latest"}) and "city" in features and not features & {"it", "those"}
    if of_order and len(memory.query.filters.places) == 1 and memory.countries and not (new.countries or new.years):
        return replace(merged, places=(), countries=memory.countries, years=())  # "and the latest city?"
    if "there" in features and memory.countries and "where" not in features:
        others = frozenset(memory.places) if "other" in features else frozenset[str]()
        years = new.years or (memory.years if "that_year" in features else ())
        there = replace(merged, places=(), regions=frozenset(), countries=memory.countries)
        return replace(there, years=years, not_places=others)
    if "other" in features and not excludes(new):
        return _others(memory, merged)
    if _means_places(memory, new, features):
        keeps_years = bool(features & {"those", "both"}) and "when" not in features
        return replace(merged, places=memory.places, years=merged.years if keeps_years else ())
    return merged


def _was_narrowed_by_year(memory: Memory) -> bool:
    """Tell whether the country last spoken of was spoken of before, without a year."""
    now, before = memory.query.filters, memory.before
    return bool(now.countries) and now.countries == before.countries and bool(now.years) and not before.years


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
    if "both" in features and len(memory.query.filters.countries) == 2:
        return False
    if features & {"those", "both"}:
        if (new.years or "next_one" in features) and "yesno" not in features:
            return False  # "the ones of 2024" are others
        return bool(memory.places) and not (excludes(new) or new.initial or features & _NARROWING)
    if "it" in features and {"how_many", "city"} <= features and memory.query.filters.countries:
        return False  # "how many cities does it have" is asked of the country
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
    return only(year)


def _others(memory: Memory, filters: Filters) -> Filters:
    """Return filters for what the last answer did not name."""
    if filters.countries and not filters.places:
        return replace(
            filters, countries=frozenset(), places=(), not_countries=filters.not_countries | filters.countries
        )
    return replace(filters, places=(), not_places=filters.not_places | frozenset(memory.places))


def excludes(filters: Filters) -> bool:
    return bool(filters.not_places or filters.not_countries or filters.not_regions)
