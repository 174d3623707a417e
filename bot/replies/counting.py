"""How a list or count is put: what is exact, what is a lower bound, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies.reply import Outcome
from bot.replies.wording import Wording
from knowledge.answer import Answer, Extent, Tally
from knowledge.model import WORLD, Bounds, Declared, Place


@dataclass(frozen=True, slots=True)
class Lead:
    """The first sentence of a list or count, what limits it, and what kind of answer it is."""

    text: str
    notes: tuple[str, ...] = ()
    outcome: Outcome = "answered"


def count_lead(answer: Answer, yesno: bool, wording: Wording, excluded: Sequence[Place]) -> Lead:
    """Return how many cities the answer tells of, as the sources allow to say it."""
    tally = answer.tally
    assert tally is not None
    said = {
        "where": wording.where(tally.filters),
        "when": wording.when(tally.filters, each=answer.query.in_each or None),
        "but": wording.but(tally.filters, excluded),
    }
    if answer.network and not tally.years:
        return _network_only(answer, wording)
    if answer.network and answer.query.ask == "count" and tally.filters.until:
        return _network_at(answer, tally, wording)
    if not tally.number:
        return _none(answer, said, yesno, wording)
    if tally.total and not tally.filters.countries and not tally.filters.regions:
        return _world_total(answer, tally, wording)
    if tally.total:
        return _total(answer, tally, wording, yesno)
    return _joined(answer, tally, said, yesno, wording)


def _joined(answer: Answer, tally: Tally, said: dict[str, str], yesno: bool, wording: Wording) -> Lead:
    count = wording.count("city", tally.number)
    claimed = answer.query.claimed
    yes = _affirmed(answer, tally, wording) if yesno or answer.query.threshold else ""
    stood = answer.then.cities if answer.then and answer.then.exact else None
    if claimed is not None and claimed != tally.number:
        may_stand = answer.then is not None and not answer.then.exact and claimed >= answer.then.cities
        yes = "" if claimed == stood or may_stand else denied(answer, tally.exact, "city", wording)
    if answer.query.threshold is not None:
        yes = _of_that_time(answer, answer.query.threshold, tally, wording)
    held = len(tally.members)
    if not tally.exact:
        yes = "" if claimed is not None else yes
        notes = (network(answer, wording),) if answer.network else ()
        key = "list.at_least" if tally.filters.years or tally.filters.not_years else "list.at_least_members"
        return Lead(yes + wording.say(key, count=count, **said), notes)
    if answer.network and tally.countries_exact:
        return _world_year(answer, tally, wording)
    notes = (wording.say("list.held", held=held, number=tally.number),) if held < tally.number else ()
    if tally.filters.years or tally.filters.not_years:
        return Lead(yes + wording.say("list.exact", count=count, **said), notes)
    if tally.summed:
        return Lead(yes + wording.say("list.members_sum", count=count, **said), notes)
    key = "list.members_one" if tally.number == 1 else "list.members"
    years = [m.year for m in tally.members]
    one = min(years) == max(years)
    joined = wording.say("years_joined" if one else "years_joined_range", years=wording.span(years))
    return Lead(yes + wording.say(key, count=count, when_joined=joined, **said), notes)


def denied(answer: Answer, exact: bool, noun: str, wording: Wording) -> str:
    """Return "not so many" to the number that the question takes for granted, unless something bears it out."""
    if answer.query.claimed is None or not exact or answer.borne_out:
        return ""
    return wording.say("list.not_so", claimed=wording.count(noun, answer.query.claimed))


def _of_that_time(answer: Answer, bounds: Bounds, tally: Tally, wording: Wording) -> str:
    """Return "yes" or "no" to a bound, which may be meant of the members of that time, or of those who joined."""
    joined = bounds.met_by(tally.number, tally.exact)
    standing = answer.then
    stood = bounds.met_by(standing.cities, standing.exact) if standing else None
    if answer.query.of_network and tally.filters.years:
        return said_of(stood, wording)
    return "" if stood and not joined else said_of(joined, wording)


def _affirmed(answer: Answer, tally: Tally, wording: Wording) -> str:
    """Return "yes" or "no" to whether there is any, or so many as the question says; nothing if that is not known."""
    if answer.query.threshold is None:
        return wording.say("list.yes") if len(tally.filters.countries) < 2 else ""  # of several, each would have to
    return said_of(answer.query.threshold.met_by(tally.number, tally.exact), wording)


def said_of(met: bool | None, wording: Wording) -> str:
    """Return "yes" or "no", or nothing where it is not known."""
    return "" if met is None else wording.say("list.meets" if met else "list.fails")


def _world_year(answer: Answer, tally: Tally, wording: Wording) -> Lead:
    assert answer.network is not None
    text = wording.say(
        "list.world_year",
        year=wording.span(tally.years),
        cities=wording.count("city", tally.number),
        countries=wording.count("country", tally.countries),
    )
    held = len(tally.members)
    notes = (wording.say("list.held", held=held, number=tally.number),) if held < tally.number else ()
    return Lead(f"{text} {network(answer, wording)}", notes)


def network(answer: Answer, wording: Wording) -> str:
    """Return how large the network was after the round that `answer` is about."""
    assert answer.network is not None
    until = answer.query.filters.until
    key = "list.world_after" if until in (None, answer.network[0].year) else "list.world_at"
    return wording.say(key, **_totals(answer.network, wording))


def _totals(network: tuple[Declared, Declared], wording: Wording) -> dict[str, str]:
    """Return the cities and countries of the network in words, and the year they are of."""
    cities, countries = network
    return {
        "year": wording.year(cities.year),
        "total": wording.count("city", cities.value),
        "total_countries": wording.count("country", countries.value),
    }


def then(answer: Answer, wording: Wording) -> tuple[str, ...]:
    """Return how many members there were after that round, where the answer tells how many joined in it."""
    standing = answer.then
    joined = len(answer.tally.members) if answer.tally else 0
    if standing is None or standing.cities in (0, joined) or answer.network:
        return ()
    count = wording.count("city", standing.cities)
    if not standing.exact:
        count = wording.say("rank.at_least", number=count)
    if standing.scope == WORLD:
        return (wording.say("list.then_world", year=wording.year(standing.year), count=count),)
    scope = wording.scope(standing.scope)
    key = "list.then" if answer.tally is None or answer.tally.years else "list.then_in"
    return (wording.say(key, year=wording.year(standing.year), scope=scope, count=count),)


def _network_only(answer: Answer, wording: Wording) -> Lead:
    assert answer.network is not None
    text = wording.say("list.world_fewer", **_totals(answer.network, wording))
    return Lead(text, outcome="answered" if answer.query.ask == "count" else "unknown")


def _network_at(answer: Answer, tally: Tally, wording: Wording) -> Lead:
    assert answer.network is not None
    held = len({m.place.id for m in tally.members})
    notes = (wording.say("list.world_held", held=held),) if held < answer.network[0].value else ()
    return Lead(network_at(answer, wording), notes)


def network_at(answer: Answer, wording: Wording) -> str:
    """Return how large the network was at the end of the time that `answer` is about."""
    assert answer.network is not None
    return wording.say("list.world_at", **_totals(answer.network, wording))


def claimed_of_network(answer: Answer, number: int, noun: str, wording: Wording) -> str:
    """Return "yes" or "no" to a number that the question takes for that of the network, and when it was that of it."""
    if answer.query.threshold is not None:
        return said_of(answer.query.threshold.met_by(number, True), wording)
    claimed = answer.query.claimed
    if claimed is None:
        return ""
    if claimed == number:
        return wording.say("list.meets")
    if answer.claimed:
        year = wording.year(answer.claimed.year)
        return wording.say("list.once", claimed=wording.count(noun, claimed), year=year)
    return wording.say("list.not_so", claimed=wording.count(noun, claimed))


def _world_total(answer: Answer, tally: Tally, wording: Wording) -> Lead:
    assert tally.declared is not None
    yes = claimed_of_network(answer, tally.declared.value, "city", wording)
    text = yes + wording.say(
        "list.world_total",
        cities=wording.count("city", tally.declared.value),
        countries=wording.count("country", tally.countries),
        as_of=wording.year(tally.as_of or 0),
    )
    later = (wording.say("list.total_later", later=len(tally.later)),) if tally.later else ()
    held = wording.say("list.world_held", held=len({m.place.id for m in tally.members}))
    return Lead(text, (*later, held))


def _total(answer: Answer, tally: Tally, wording: Wording, yesno: bool) -> Lead:
    assert tally.declared is not None
    place = wording.join(
        [wording.country(c) for c in sorted(tally.filters.countries)]
        + [wording.region(r) for r in sorted(tally.filters.regions)]
    )
    text = wording.say(
        "list.total",
        place=place,
        count=wording.count("city", tally.declared.value),
        as_of=wording.year(tally.as_of or 0),
    )
    earlier = {m.place.id for m in tally.members if m not in tally.later}
    notes = [wording.say("list.total_held", held=len(earlier))] if len(earlier) < tally.declared.value else []
    notes += [wording.say("list.total_later", later=len(tally.later))] if tally.later else []
    claimed = answer.query.claimed
    yes = wording.say("list.yes") if yesno else ""
    if claimed is not None and claimed != tally.number:
        yes = denied(answer, tally.exact, "city", wording)
    if answer.query.threshold is not None:
        yes = said_of(answer.query.threshold.met_by(tally.number, tally.exact), wording)
    return Lead(yes + text, tuple(notes))


def _none(answer: Answer, said: dict[str, str], yesno: bool, wording: Wording) -> Lead:
    tally, proof, bounds = answer.tally, answer.proof, answer.query.threshold
    assert tally is not None
    if tally.exact:
        no = said_of(bounds.met_by(0, True), wording) if bounds else wording.say("list.no") if yesno else ""
        text = no + wording.say("list.none", **said)
        left_out = tally.filters.not_countries or tally.filters.not_regions or tally.filters.not_places
        whole = proof is not None and proof.complete and proof.held and not left_out
        return Lead(text, (wording.say("list.none_proof", extent=wording.extent(proof)),) if whole and proof else ())
    if tally.filters.not_places or tally.filters.not_countries or tally.filters.not_regions:
        return Lead(wording.say("list.none_other", **said), (), "unknown")
    return Lead(
        missing("list.none_held", proof, bool(tally.filters.years), wording, where=said["where"]), (), "unknown"
    )


def missing(key: str, extent: Extent | None, asked: bool, wording: Wording, **values: object) -> str:
    """Return the wording at `key`, or at `key`_of where the number of missing names is known.

    `asked` tells that the question named years.
    """
    held = extent.held if extent else 0
    held_for = wording.say("held_for", years=wording.span(extent.years)) if asked and extent and extent.years else ""
    if extent and extent.declared and extent.declared > held:
        gap, declared = extent.declared - held, extent.declared
        return wording.say(f"{key}_of", held=held, held_for=held_for, missing=gap, declared=declared, **values)
    return wording.say(key, held=held, held_for=held_for, **values)
