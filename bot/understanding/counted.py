"""What is counted, compared, ranked or told year by year: cities, countries, regions or years."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.understanding.asked import Asked
from bot.understanding.beside import is_alone
from bot.understanding.slots import Slots
from bot.understanding.spans import Span, Utterance
from bot.understanding.subject import subject_of
from bot.understanding.yearly import rounds_taken_part_in, within_a_year, without_another, years_of_two
from knowledge.model import Filters, Subject, YearSpan

_RANKINGS = ("most", "fewest")
_OF_CITIES = frozenset({"list", "count", "rank", "table", "earliest", "difference"})


def counted(asked: Asked) -> Asked:
    """Return what is asked with what is counted in it, or the question that a count, ranking or comparison comes to."""
    for step in (
        _of_regions,
        without_another,
        years_of_two,
        rounds_taken_part_in,
        _stood_after,
        _of_time,
        _ordered,
        within_a_year,
        _bounded,
    ):
        if (other := step(asked)) is not None:
            return other
    return _of_a_subject(_whether(asked))


def _of_regions(asked: Asked) -> Asked | None:
    """Return the question in which region a country is: "is Egypt Africa or Arab States"."""
    filters = asked.filters
    either = len(filters.countries) == 1 and len(filters.regions) > 1 and asked.says("or")
    if not either or asked.ask not in ("list", "count"):
        return None
    return replace(asked, ask="list", subject="regions", filters=replace(filters, regions=frozenset()))


def _stood_after(asked: Asked) -> Asked | None:
    """Return the question how many members there were after a round: "members after the 2022 round"."""
    years = asked.filters.years
    counts = asked.ask == "count" or (asked.intent.name == "rounds" and asked.says("how_many"))
    counts = counts or (asked.ask == "list" and asked.slots.claimed is not None)
    joined = asked.says_any("join", "new", "enter", "since")
    if not (counts and asked.says("after") and asked.says_any("round", "announcement")) or joined:
        return None
    stood = asked.says_any("member", "have", "country")
    if len(years) != 1 or years[0].first is None or years[0].last is not None or not stood:
        return None
    subject: Subject = "countries" if asked.says("country") and not asked.says("city") else "cities"
    filters = replace(asked.filters, years=(YearSpan(None, years[0].first - 1),))
    return replace(asked, ask="count", subject=subject, filters=filters)


def _of_time(asked: Asked) -> Asked | None:
    """Return the question for the numbers of all years: "did it grow", "in every round?"."""
    filters = asked.filters
    over_all = asked.says_any("network", "member", "each", "year")
    over_all = over_all and not asked.says_any("which", "most", "who", "more")
    if asked.ask == "difference" and (_is_of_time(filters) or (over_all and not (filters.years or filters.narrowed))):
        return _told_by_year(asked)
    if asked.says("every_time", "yesno") and len(filters.countries) == 1 and not filters.years:
        return replace(asked, ask="table", subject="years")
    return None


def _ordered(asked: Asked) -> Asked | None:
    """Return the list of what is only to be sorted ("Thai members sorted by year"), or where a country ranks."""
    sorts = asked.ask == "rank" and asked.intent.name == "most" and asked.says("rank")
    of_one = sorts and len(asked.filters.countries) == 1
    if not of_one or asked.says_any("most", "fewest", "country", "how_many"):
        return None
    if asked.says_any("what", "where", "ordinal") and not asked.says("city"):
        return replace(asked, subject="countries", filters=replace(asked.filters, countries=frozenset()))
    return replace(asked, ask="list")


def _bounded(asked: Asked) -> Asked | None:
    """Return what a bound comes to that is none: "which of the two rounds had more", "at least one city"."""
    if asked.ask != "rank" or asked.intent.name != "threshold":
        return None
    if asked.slots.number is None and asked.says("country", "exactly") and is_alone(asked.utterance, asked.filters):
        return replace(asked, ask="list", subject="countries")  # "which countries joined in 2022 alone"
    bare = asked.slots.bounds is None and asked.says_any("more", "fewer")
    if bare and len(asked.filters.years) > 1 and asked.says_any("round", "year"):
        return replace(asked, ask="difference")
    if is_any(asked.slots) and asked.says("country"):
        return replace(asked, ask="count" if asked.says("how_many") else "list", subject="countries")
    if asked.says("yesno") and asked.slots.claims_countries and asked.slots.claimed == asked.slots.number:
        return replace(asked, ask="count", subject="countries")
    return None


def _whether(asked: Asked) -> Asked:
    """Return the count of the one thing that is asked about by a bound: "does Thailand have more than 3"."""
    filters = asked.filters
    one = len(filters.countries) == 1 or (len(filters.regions) == 1 and not filters.countries)
    asks = asked.ask == "rank" and asked.intent.name == "threshold" and asked.says("yesno")
    return replace(asked, ask="count") if asks and one and _asks_whether(asked.utterance) else asked


def _of_a_subject(asked: Asked) -> Asked:
    """Return what is asked of cities with the subject that its nouns name."""
    ask, filters, subject = asked.ask, asked.filters, asked.subject
    if subject != "cities" or ask not in _OF_CITIES:
        return asked
    subject = subject_of(asked.utterance, ask)
    if ask == "count" and subject == "countries" and not filters.narrowed and _counts_both(asked.utterance):
        subject = "cities"  # whose count says the countries as well
    if ask == "rank" and len(filters.regions) > 1 and not filters.countries and not asked.says("country"):
        return replace(asked, ask="difference", subject=subject)
    whether = subject == "cities" and asked.says("yesno")  # "did Asia get the most cities"
    if ask == "rank" and (subject == "countries" or whether) and not asked.says("country"):
        subject, filters = _ranked_among(asked)
    if ask == "list" and subject == "countries" and len(filters.countries) == 1 and not filters.regions:
        subject = "cities"  # "44 countries, Thailand too?"
    if ask == "rank" and subject == "regions" and filters.countries:
        subject, filters = "countries", replace(filters, countries=frozenset())  # "Thailand leads the region"
    if ask == "count" and subject == "regions":
        ask = "table"  # how many there are is seen by what is in each
    dated = len(filters.years) > 1 and all(span.single for span in filters.years) and not filters.narrowed
    if ask == "table" and subject == "cities" and dated and not asked.says("country"):
        subject = "years"  # "2020 and 2025, separately"
    if ask == "table" and subject in ("cities", "countries") and len(filters.countries) == 1:
        subject = "years"  # one country is no table of countries
    return replace(asked, ask=ask, subject=subject, filters=filters)


def is_any(slots: Slots) -> bool:
    """Tell whether "at least one" is all the bound there is."""
    return slots.bounds is not None and slots.bounds.least == 1 and slots.bounds.most is None


def _is_of_time(filters: Filters) -> bool:
    """Tell whether what is compared is one thing at a time and later: "did it grow after 2022"."""
    open_ended = len(filters.years) == 1 and filters.years[0].last is None
    return open_ended and not filters.places and len(filters.countries | filters.regions) < 2


def _told_by_year(asked: Asked) -> Asked:
    """Return a question for the numbers of all years since, of the network those of its members."""
    filters = asked.filters
    if asked.says("after") and filters.years and filters.years[0].first is not None:
        filters = replace(filters, years=(YearSpan(filters.years[0].first - 1, None),))
    return replace(asked, ask="table", subject="years", filters=filters)


def _ranked_among(asked: Asked) -> tuple[Subject, Filters]:
    """Return what the one thing named is ranked among: "did Africa get the most" is asked of the regions."""
    filters = asked.filters
    if len(filters.years) > 1:
        return "years", filters
    if asked.says("yesno") and asked.intent.name in _RANKINGS and not filters.countries:
        if len(filters.regions) == 1:
            return "regions", replace(filters, regions=frozenset())
        if filters.year and not filters.narrowed:
            return "years", replace(filters, years=())
    return "countries", filters


def _counts_both(utterance: Utterance) -> bool:
    """Tell whether countries and cities are counted: "how many countries and cities"."""
    nouns = [span for span in utterance.spans if span.concepts & {"country", "city"} or span.entities]
    for one, other in pairwise(nouns):
        kinds = [{"country", "city"} & span.concepts for span in (one, other)]
        together = not {"and", "or", "how_many"}.isdisjoint(_between(utterance, one, other) | other.concepts)
        if together and sorted(map(len, kinds)) == [1, 1] and kinds[0] != kinds[1]:
            return True
    return False


def _between(utterance: Utterance, one: Span, other: Span) -> frozenset[str]:
    """Return the concepts said between two spans."""
    return frozenset().union(*(s.concepts for s in utterance.spans if one.start < s.start < other.start))


def _asks_whether(utterance: Utterance) -> bool:
    """Tell whether a bound is asked of what is named, and not which countries or years keep to it."""
    asking = {"which", "what", "list", "country", "region", "year", "when"}
    before_year = {
        one for one, other in pairwise(utterance.spans) if other.number is not None and "year" in one.concepts
    }
    return all(span in before_year or span.concepts.isdisjoint(asking) for span in utterance.spans)
