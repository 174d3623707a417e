"""What is only pointed at, to filters: "those", "it", "there", "the year before", "at the same time"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding.asked import Said
from bot.understanding.memory import Memory, summed
from knowledge.model import Filters, YearSpan, only

POINTING = frozenset(
    {"combined", "what_about", "those", "it", "there", "other", "both", "same", "previous", "next_one", "together"}
    | {"remaining"}
)
OF_PLACES = ("check", "profile", "where", "when")
COMPARING = frozenset({"more", "more_than", "fewer", "fewer_than", "difference", "compare", "together"})
_NARROWING = frozenset({"which", "how_many", "list", "most", "fewest", "share", "each", "initial"})
_SUMMING = frozenset({"all", "how_many", "city", "and", "what_about", "those", "have", "join", "combined", "list"})
ADDED = _SUMMING | {"together", "combined"}  # nothing more is said where all that was counted is put together
_MANY = 30  # places of which each is told of
_TWO = 2  # places; more than that, asked about one after the other, are a row
_OF_TWO = frozenset({"both", "combined", "earliest", "together", "same"})


@dataclass(frozen=True, slots=True)
class Pointing(Said):
    """A message that names nothing: what was spoken of, with the filters of the message over it, and what it says.

    `new` are the filters of the message alone, `rounds` the years of rounds, in order, `number` is what is counted.
    """

    memory: Memory
    merged: Filters
    new: Filters
    features: frozenset[str]
    rounds: Sequence[int]
    number: int | None = None


def pointed(at: Pointing) -> Filters:
    """Return filters for what is pointed at: the first reading that has a meaning after what was spoken of."""
    for step in (_left_over, _in_a_row, _together, _in_time, _rest, _round_beside, _of_its_country, _there):
        if (found := step(at)) is not None:
            return found
    if at.says("other") and not excludes(at.new):
        return _others(at.memory, at.merged)
    if _means_places(at.memory, at.new, at.features):
        keeps_years = at.says_any("those", "both") and not at.says("when")
        return replace(at.merged, places=at.memory.places, years=at.merged.years if keeps_years else ())
    return at.merged


def _left_over(at: Pointing) -> Filters | None:
    """Return filters for what is left of what was spoken of when something was left out of it."""
    old = at.memory.query.filters
    left_out = any(excludes(filters) or filters.not_years for filters in (old, at.new))
    return at.merged if at.says("remaining") and left_out else None


def _in_a_row(at: Pointing) -> Filters | None:
    """Return filters for the places asked about one after the other: "these", "these four"."""
    now = at.memory.query.filters.places
    asked = tuple(dict.fromkeys((*at.memory.before.places, *now)))
    named = at.number or (len(asked) if at.says("those") and len(now) == 1 else 0)
    if len(now) > 1 and named != len(asked):
        return None  # "those two" are two of the places of one answer
    if at.says("both") or not at.says_any("those", "it") or not 1 < named <= len(asked) or excludes(at.new):
        return None
    return replace(at.merged, places=asked[-named:], years=())


def _together(at: Pointing) -> Filters | None:
    """Return filters for all that was counted in a row, or for the two things last asked about."""
    whole = at.says_any("all", "together") and at.features <= ADDED
    adds = at.says("combined") or at.says("together", "how_many") or whole
    if adds and (of_all := summed(at.memory)):
        return of_all
    of_places = at.says("latest") and at.memory.query.filters.places and at.memory.before.places and not at.new.years
    first = at.says("before") and at.says_any("which", "who") and not at.new.years
    if not (at.features & (_OF_TWO | COMPARING) or at.says("that_year", "yesno") or of_places or first):
        return None
    at_once = at.says("all") and at.says_any("that_year", "same")  # "all in the same year?"
    if (at_once or at.says_any("earliest", "latest")) and not at.says("both") and (row := _row(at)):
        return row  # "Suzhou?", "Nanjing?", "Ningbo?", "which came last?"
    both = _both(at.memory, at.merged)
    return None if both and at.says("earliest") and both.years != at.merged.years else both  # "the first ever?"


def _row(at: Pointing) -> Filters | None:
    """Return filters for the places asked about one after the other, where they are more than two."""
    asked = tuple(dict.fromkeys((*at.memory.before.places, *at.memory.query.filters.places)))
    named = at.new.places or at.new.countries or (at.new.years and not at.says("that_year"))
    return replace(at.merged, places=asked, years=()) if len(asked) > _TWO and not named else None


def _in_time(at: Pointing) -> Filters | None:
    """Return filters for another year, or for what is before or after the one last spoken of."""
    merged, asked = at.merged, at.memory.query
    if at.says("other", "year") and merged.years and not at.new.years:
        return replace(merged, years=())
    if at.says_any("before", "after") and merged.years and not at.new.years and asked.ask in ("list", "count"):
        return replace(merged, years=beside_year(merged.years, at.features))
    counted = asked.ask in ("list", "count", "rank", "table") and not asked.filters.places
    if at.says("before") and counted and not (merged.years or at.new.years) and len(at.rounds) > 1:
        return replace(merged, years=(YearSpan(None, at.rounds[-2]),))  # "and before that?", asked of now
    return None


def _rest(at: Pointing) -> Filters | None:
    """Return filters for what is left of what was spoken of before it was narrowed to a country or a year."""
    merged, whole = at.merged, at.memory.before
    of_all = whole.years == merged.years and whole.years and not whole.countries
    if at.says("rest") and merged.countries and of_all:
        return replace(whole, not_countries=merged.countries)
    of_rest = at.says("rest") or (at.says("other") and _was_narrowed_by_year(at.memory))
    if of_rest and merged.countries and merged.year is not None and not merged.places:
        return replace(merged, years=(), not_years=frozenset({merged.year}))
    return None


def _round_beside(at: Pointing) -> Filters | None:
    """Return filters for the round before or after the one that is named or was spoken of."""
    if not at.says_any("previous", "next_one"):
        return None
    memory, earlier = at.memory, at.says("previous")
    if memory.query.filters.places and memory.years and memory.countries:
        of_country = Filters(years=memory.years, countries=memory.countries)
        return replace(of_country, years=round_beside(of_country.years, at.rounds, earlier))
    of_all = at.says("next_one", "all") and at.says_any("member", "network")
    if of_all and at.merged.years:  # "and how many in all after that"
        return replace(at.merged, years=(YearSpan(None, at.merged.years[-1].last),))
    if memory.query.filters.places:
        return None
    years = at.new.years or memory.query.filters.years or memory.years or only(at.rounds[-1])
    return replace(at.merged, years=round_beside(years, at.rounds, earlier))


def _of_its_country(at: Pointing) -> Filters | None:
    """Return filters for the country of the place last spoken of: the others in it, its first or latest member."""
    memory = at.memory
    if not memory.countries:
        return None
    if at.says("same", "country") and memory.places:
        years = at.new.years or memory.query.filters.years or (memory.years if at.says("year") else ())
        others = replace(at.merged, countries=memory.countries, years=years, not_places=frozenset(memory.places))
        return replace(others, places=())
    of_country = replace(at.merged, places=(), countries=memory.countries, years=())
    if memory.query.ask == "where" and at.says("how_many", "those"):
        return replace(of_country, years=at.new.years)  # "it lies in India", "how many did they get?"
    if at.says("earliest", "it") and len(memory.places) == 1 and not at.new.countries:
        return of_country  # "was it the first?"
    of_order = at.says_any("earliest", "latest") and at.says("city") and not at.says_any("it", "those")
    of_one = len(memory.query.filters.places) == 1 and not (at.new.countries or at.new.years)
    return of_country if of_order and of_one else None  # "and the latest city?"


def _there(at: Pointing) -> Filters | None:
    """Return filters for the country last spoken of, said by "there"."""
    memory = at.memory
    if not at.says("there") or not memory.countries or at.says("where"):
        return None
    others = frozenset(memory.places) if at.says("other") else frozenset[str]()
    years = at.new.years or (memory.years if at.says("that_year") else ())
    there = replace(at.merged, places=(), regions=frozenset(), countries=memory.countries)
    return replace(there, years=years, not_places=others)


def _was_narrowed_by_year(memory: Memory) -> bool:
    """Tell whether the country last spoken of was spoken of before, without a year."""
    now, before = memory.query.filters, memory.before
    return bool(now.countries) and now.countries == before.countries and bool(now.years) and not before.years


def _both(memory: Memory, merged: Filters) -> Filters | None:
    """Return filters for the two places or countries asked about one after the other; None if there are none."""
    now, before = memory.query.filters, memory.before
    if len(now.places) == 1 and before.places and now.places != before.places[-1:]:
        return replace(merged, places=(*before.places[-1:], *now.places), years=())
    if len(now.countries) == 1 and not now.places and before.countries and now.countries != before.countries:
        return replace(merged, countries=before.countries | now.countries)
    if len(now.regions) == len(before.regions) == 1 and now.regions != before.regions and not now.countries:
        return replace(merged, regions=before.regions | now.regions)
    same = (now.countries, now.regions, now.places) == (before.countries, before.regions, before.places)
    if same and now.years and before.years and now.years != before.years:
        return replace(merged, years=(*before.years, *now.years))
    return None


def _means_places(memory: Memory, new: Filters, features: frozenset[str]) -> bool:
    """Tell whether a message asks about the places of the last answer, and does not narrow its list."""
    if "both" in features and len(memory.query.filters.countries) == 2:
        return False
    if features >= {"when", "earliest"} and memory.query.filters.countries:
        return False  # "when did the first join?"
    if features & {"those", "both"}:
        if (new.years or "next_one" in features) and "yesno" not in features:
            return False  # "the ones of 2024" are others
        narrows = excludes(new) or new.not_years or new.initial or features & _NARROWING
        return bool(memory.places) and not narrows
    if "it" in features and {"how_many", "city"} <= features and memory.query.filters.countries:
        return False  # "how many cities does it have" is asked of the country
    if "it" in features and len(memory.places) == 1:
        return True
    listed = memory.query.ask in ("list", "count", "earliest", "rank")
    few = 0 < len(memory.places) <= _MANY
    return bool(features & {"when", "where", "why"} and "latest" not in features and few and listed)


def beside_year(years: tuple[YearSpan, ...], concepts: frozenset[str]) -> tuple[YearSpan, ...]:
    """Return "that year", or what is before, after or since it, as `concepts` say."""
    first, last = years[0].first, years[-1].last
    if "after" in concepts and last:
        return (YearSpan(last + 1, None),)
    if "before" in concepts and (first or last):
        return (YearSpan(None, (first or last or 0) - 1),)
    if first is None and last and concepts & {"join", "enter", "new"}:
        return only(last)  # "and how many joined in that year", after all until it
    return (YearSpan(first, None),) if "since" in concepts else years


def round_beside(years: Sequence[YearSpan], rounds: Sequence[int], earlier: bool) -> tuple[YearSpan, ...]:
    """Return the round before or after `years`; the newest or oldest of them, or of all, where there is none.

    Of an open span it is the one next to its bound: "the round after 2020" is read as "since 2021".
    """
    first, last = years[0].first, years[-1].last
    if earlier:
        bound = first if first is not None else (last or 0) + 1
        found = [year for year in rounds if year < bound][-1:]
    else:
        bound = last if last is not None else (first or 0) - 1
        found = [year for year in rounds if year > bound][:1]
    of_them = [year for year in rounds if any(year in span for span in years)]
    return only((found or of_them or list(rounds))[0])


def _others(memory: Memory, filters: Filters) -> Filters:
    """Return filters for what the last answer did not name."""
    spoken, whole = memory.query.filters.places, memory.before
    if spoken and whole.years and (whole.countries or whole.regions) and set(whole.places) <= set(spoken):
        return replace(whole, places=(), not_places=whole.not_places | frozenset(spoken))  # of the list before
    if filters.countries and not filters.places and memory.before.places:
        return replace(filters, not_places=filters.not_places | frozenset(memory.before.places))  # "the other two"
    if filters.countries and not filters.places:
        return replace(
            filters, countries=frozenset(), places=(), not_countries=filters.not_countries | filters.countries
        )
    return replace(filters, places=(), not_places=filters.not_places | frozenset(memory.places))


def excludes(filters: Filters) -> bool:
    """Tell whether anything is left out."""
    return bool(filters.not_places or filters.not_countries or filters.not_regions)
