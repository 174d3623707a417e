"""What is said of single places, and how a count of them is put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.replies.reply import Group, Outcome, Reply
from bot.replies.wording import Wording
from knowledge.answer import Answer, Extent, Tally, Verdict
from knowledge.model import Filters, Place, Query
from knowledge.queries import Facts

PROFILE = Query("profile", intent="profile")


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
        "when": wording.when(tally.filters),
        "but": wording.but(tally.filters, excluded),
    }
    if answer.network and not tally.years:
        return _network_only(answer, wording)
    if not tally.number:
        return _none(answer, said, yesno, wording)
    if tally.total and not tally.filters.countries and not tally.filters.regions:
        return _world_total(answer, tally, wording)
    if tally.total:
        return _total(tally, wording, yesno)
    return _joined(answer, tally, said, yesno, wording)


def _joined(answer: Answer, tally: Tally, said: dict[str, str], yesno: bool, wording: Wording) -> Lead:
    count = wording.count("city", tally.number)
    yes = wording.say("list.yes") if yesno else ""
    held = len(tally.members)
    if not tally.exact:
        notes = (network(answer, wording),) if answer.network else ()
        return Lead(yes + wording.say("list.at_least", count=count, **said), notes)
    if answer.network and tally.countries_exact:
        return _world_year(answer, tally, wording)
    notes = (wording.say("list.held", held=held, number=tally.number),) if held < tally.number else ()
    if tally.filters.years or tally.filters.not_years:
        return Lead(yes + wording.say("list.exact", count=count, **said), notes)
    key = "list.members_one" if tally.number == 1 else "list.members"
    years = [m.year for m in tally.members]
    joined = (
        wording.say("years_joined", years=wording.span(years))
        if wording.language == "th"
        else f"in {wording.span(years)}"
    )
    return Lead(yes + wording.say(key, count=count, when_joined=joined, **said), notes)


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
    cities, countries = answer.network
    total = wording.count("city", cities.value)
    return wording.say("list.world_after", total=total, total_countries=wording.count("country", countries.value))


def _network_only(answer: Answer, wording: Wording) -> Lead:
    assert answer.network is not None
    cities, countries = answer.network
    text = wording.say(
        "list.world_fewer",
        year=wording.year(cities.year),
        total=wording.count("city", cities.value),
        total_countries=wording.count("country", countries.value),
    )
    return Lead(text)


def _world_total(answer: Answer, tally: Tally, wording: Wording) -> Lead:
    text = wording.say(
        "list.world_total",
        cities=wording.count("city", tally.number),
        countries=wording.count("country", tally.countries),
        as_of=wording.year(tally.as_of or 0),
    )
    held = wording.say("list.world_held", held=len({m.place.id for m in tally.members}))
    return Lead(text, (held,))


def _total(tally: Tally, wording: Wording, yesno: bool) -> Lead:
    place = wording.join(
        [wording.name("country", c) for c in sorted(tally.filters.countries)]
        + [wording.name("region", r) for r in sorted(tally.filters.regions)]
    )
    text = wording.say(
        "list.total", place=place, count=wording.count("city", tally.number), as_of=wording.year(tally.as_of or 0)
    )
    earlier = {m.place.id for m in tally.members if m not in tally.later}
    notes = [wording.say("list.total_held", held=len(earlier))] if len(earlier) < tally.number else []
    notes += [wording.say("list.total_later", later=len(tally.later))] if tally.later else []
    return Lead((wording.say("list.yes") if yesno else "") + text, tuple(notes))


def _none(answer: Answer, said: dict[str, str], yesno: bool, wording: Wording) -> Lead:
    tally, proof = answer.tally, answer.proof
    assert tally is not None
    if tally.exact:
        text = (wording.say("list.no") if yesno else "") + wording.say("list.none", **said)
        whole = proof is not None and proof.complete and proof.held
        return Lead(text, (wording.say("list.none_proof", extent=wording.extent(proof)),) if whole and proof else ())
    held = proof.held if proof else 0
    return Lead(_missing("list.none_held", proof, held, said["when"], wording), (), "unknown")


def _missing(key: str, extent: Extent | None, held: int, when: str, wording: Wording, **values: object) -> str:
    """Return the wording at `key`, or `key`_of where the number of missing names is known."""
    when_held = f" {when.strip()}" if when and wording.language == "th" else when
    if extent and extent.declared and extent.declared > held:
        return wording.say(
            f"{key}_of",
            held=held,
            when_held=when_held,
            missing=extent.declared - held,
            declared=extent.declared,
            **values,
        )
    return wording.say(key, held=held, when_held=when_held, **values)


def check(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say of each place whether it is a member, or joined in the years asked."""
    lines, cities = [], []
    outcomes: list[Outcome] = []
    for verdict in answer.verdicts:
        lines += _verdict(verdict, answer.query.filters, answer.rounds, wording)
        unknown = verdict.status in ("not_found", "no_round")
        outcomes.append("unknown" if unknown else "answered")
        if verdict.status in ("member", "other_year"):
            cities.append(verdict.place.name)
        elif verdict.inside:
            cities += [m.place.name for m in verdict.inside]
    outcome: Outcome = "answered" if "answered" in outcomes else "unknown"
    lines = list(dict.fromkeys(lines))
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), outcome=outcome, cities=tuple(cities))


def _verdict(verdict: Verdict, filters: Filters, rounds: tuple[int, ...], wording: Wording) -> list[str]:
    place = wording.city_in_country(verdict.place).replace("  ", " ")
    years = wording.years(m.year for m in verdict.memberships)
    extent = verdict.extent
    if verdict.status == "member":
        twice = len({m.year for m in verdict.memberships}) > 1
        text = wording.say("check.twice" if twice else "check.member", place=place, years=years)
    elif verdict.status == "other_year":
        key = "check.other_year" if filters.year is not None else "check.other_years"
        text = wording.say(key, place=place, years=years, asked=wording.year(filters.year or 0))
    elif verdict.status == "mentioned":
        text = wording.say("check.mentioned", place=place)
    elif verdict.status == "absent":
        text = wording.say("check.absent", place=place, extent=wording.extent(extent))
    elif verdict.status == "no_round":
        text = wording.say(
            "no_round",
            year=wording.when(filters).strip().removeprefix("in "),
            rounds=", ".join(wording.year_again(y) for y in rounds),
        )
    else:
        text = _missing("check.not_found", extent, extent.held, wording.when(filters), wording, place=place)
    extra = []
    if verdict.inside:
        members = wording.cities(verdict.inside)
        extra.append(
            wording.say(
                "check.inside",
                members=members,
                place=wording.city(verdict.place),
                years=wording.years(m.year for m in verdict.inside),
            )
        )
    if verdict.namesakes and verdict.status in ("member", "other_year"):
        others = wording.join([wording.city_in_country(p).strip() for p in verdict.namesakes])
        extra.append(wording.say("check.namesake", others=others))
    return [text, *extra]


def profile(answer: Answer, reply: Reply, wording: Wording, facts: Facts) -> Reply:
    """Say what is known of each place."""
    known = [v for v in answer.verdicts if v.memberships]
    if not known:
        return check(answer, reply, wording)
    lines, cities = [], []
    for verdict in answer.verdicts:
        if not verdict.memberships:
            lines += _verdict(verdict, answer.query.filters, answer.rounds, wording)
            continue
        cities.append(verdict.place.name)
        lines += _card(verdict, answer.query.filters, wording, facts)
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), cities=tuple(cities))


def _card(verdict: Verdict, filters: Filters, wording: Wording, facts: Facts) -> list[str]:
    place = verdict.place
    name = wording.city_in_country(place).strip()
    years = wording.years(m.year for m in verdict.memberships)
    if verdict.status == "other_year" and filters.year is not None:
        lines = [
            wording.say(
                "profile.asked_year",
                asked=wording.year(filters.year),
                place=wording.city_in_country(place),
                years=years,
            )
        ]
    else:
        lines = [wording.say("profile.member", place=name, kind=wording.kind(place), years=years)]
    lines.append(_located(place, wording, facts.coverage.region_of))
    if verdict.namesakes:
        others = wording.join([wording.city_in_country(p).strip() for p in verdict.namesakes])
        lines.append(wording.say("check.namesake", others=others))
    return lines


def when(answer: Answer, reply: Reply, wording: Wording, announced: dict[int, str | None]) -> Reply:
    """Say when each place joined, and the day of the announcement."""
    lines, cities = [], []
    for verdict in answer.verdicts:
        if not verdict.memberships:
            lines += _verdict(verdict, answer.query.filters, answer.rounds, wording)
            continue
        cities.append(verdict.place.name)
        years = sorted({m.year for m in verdict.memberships})
        day = announced.get(years[-1]) if len(years) == 1 else None
        told = wording.say("when.announced", day=wording.day(day)) if day else ""
        asked = answer.query.filters
        if verdict.status == "other_year" and asked.year is not None:
            lines.append(
                wording.say(
                    "profile.asked_year",
                    asked=wording.year(asked.year),
                    place=wording.city_in_country(verdict.place),
                    years=wording.years(years),
                )
            )
        else:
            lines.append(
                wording.say(
                    "when.place",
                    place=wording.city_in_country(verdict.place),
                    years=wording.years(years),
                    announced=told,
                )
            )
        if any(m.inferred for m in verdict.memberships):
            lines.append(wording.say("list.inferred", names=wording.city(verdict.place, plain=True)))
    outcome: Outcome = "answered" if cities or any(v.status == "absent" for v in answer.verdicts) else "unknown"
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), cities=tuple(cities), outcome=outcome)


def where(answer: Answer, reply: Reply, wording: Wording, region_of: dict[str, str | None]) -> Reply:
    """Say in which country and region each place lies."""
    lines = [_located(verdict.place, wording, region_of) for verdict in answer.verdicts]
    for verdict in answer.verdicts:
        if not verdict.memberships:
            lines += _verdict(verdict, answer.query.filters, answer.rounds, wording)
    cities = tuple(verdict.place.name for verdict in answer.verdicts if verdict.memberships)
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), cities=cities)


def _located(place: Place, wording: Wording, region_of: dict[str, str | None]) -> str:
    region = region_of.get(place.country)
    within = place.within_th if wording.language == "th" else place.within
    name = wording.city(place)
    country = wording.name("country", place.country)
    region_name = wording.name("region", region) if region else ""
    if within:
        return wording.say("where.within", place=name, within=within, country=country, region=region_name)
    return wording.say("where.place", place=name, country=country, region=region_name)


def order(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say which of several places joined first."""
    known = [v for v in answer.verdicts if v.memberships]
    if len(known) < len(answer.verdicts):
        return check(answer, reply, wording)
    first = min(min(m.year for m in v.memberships) for v in known)
    winners = [v for v in known if min(m.year for m in v.memberships) == first]
    lines = tuple(
        wording.say("with_year", name=wording.city(v.place), year=wording.years(m.year for m in v.memberships))
        for v in known
    )
    if len(winners) == 1:
        lead = wording.say("earliest.order", name=wording.city(winners[0].place), year=wording.year(first))
    else:
        lead = wording.say("earliest.tie" if len(known) == 2 else "earliest.tie_all", year=wording.year(first))
    return replace(reply, lead=lead, groups=(Group("", lines),), cities=tuple(v.place.name for v in winners))
