"""What is said of single places, and how a count of them is put."""

from __future__ import annotations

from dataclasses import replace

from bot.replies.counting import missing
from bot.replies.reply import Group, Outcome, Reply
from bot.replies.wording import Wording
from knowledge.answer import Answer, Verdict
from knowledge.model import Filters, Place, Query
from knowledge.queries import Facts

_UNITS = ("province", "municipality")
PROFILE = Query("profile", intent="profile")


def check(answer: Answer, reply: Reply, wording: Wording, stands: bool = False, more: bool = False) -> Reply:
    """Say of each place whether it is a member, or joined in the years asked; `stands`: was a member then.

    `more` tells that more is held of the place than that, which no "yes" may confirm.
    """
    lines, cities = [], []
    outcomes: list[Outcome] = []
    for verdict in answer.verdicts:
        if answer.holder and (elsewhere := _elsewhere(verdict, answer.holder, wording)):
            lines.append(elsewhere)
            cities.append(verdict.place.name)
            outcomes.append("answered")
            continue
        was = _since(verdict, answer.query.filters, wording) if stands else None
        lines += [was] if was else _verdict(verdict, answer, wording, more)
        unknown = verdict.status in ("not_found", "no_round") and not (verdict.inside or verdict.part_of)
        outcomes.append("unknown" if unknown else "answered")
        if verdict.status in ("member", "other_year", "other_country"):
            cities.append(verdict.place.name)
        elif verdict.part_of:
            cities.append(verdict.part_of[0].place.name)
        elif verdict.inside:
            cities += [m.place.name for m in verdict.inside]
        elif verdict.of_the_name:
            cities += [m.place.name for m in verdict.of_the_name]
    outcome: Outcome = "answered" if "answered" in outcomes else "unknown"
    lines = list(dict.fromkeys(lines))
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), outcome=outcome, cities=tuple(cities))


def _elsewhere(verdict: Verdict, holder: Place, wording: Wording) -> str | None:
    """Return that the member lies in another place than is said, where it lies being known."""
    place = verdict.place
    if not verdict.memberships or not place.within or holder.name == place.within or holder.id == place.id:
        return None
    within = (place.within_th or place.within) if wording.language == "th" else place.within
    years = wording.years(m.year for m in verdict.memberships)
    said = {"place": wording.city(place), "within": within, "asked": wording.city(holder, plain=True), "years": years}
    return wording.say("check.elsewhere", **said)


def _since(verdict: Verdict, filters: Filters, wording: Wording) -> str | None:
    """Return that a place was a member in the year asked, since it had joined before; None if it had not."""
    earlier = [m.year for m in verdict.memberships if filters.year and m.year < filters.year]
    if verdict.status != "other_year" or not earlier or filters.year is None:
        return None
    place = wording.city_in_country(verdict.place).replace("  ", " ")
    return wording.say("check.since", place=place, years=wording.years(earlier), asked=wording.year(filters.year))


def _verdict(verdict: Verdict, answer: Answer, wording: Wording, more: bool = False) -> list[str]:
    filters, unit = answer.query.filters, answer.query.unit
    place = wording.city_in_country(verdict.place).replace("  ", " ")
    years = wording.years(m.year for m in verdict.memberships)
    extent = verdict.extent
    if verdict.part_of:
        return [_part(verdict, place, wording)]
    if verdict.status == "member":
        twice = len({m.year for m in verdict.memberships}) > 1
        if unit and unit != verdict.place.kind and verdict.place.kind in _UNITS:
            kinds = wording.kind(verdict.place), wording.say(f"kinds.{unit}")
            return [wording.say("check.as_unit", place=place, years=years, kind=kinds[0], other=kinds[1])]
        of_one = "joined" if more else "in_year" if filters.years else "member"
        key = "check.twice" if twice else f"check.{of_one}"
        text = wording.say(key, place=place, years=years)
    elif verdict.status == "other_year":
        key = "check.other_year" if filters.year is not None else "check.other_years"
        text = wording.say(key, place=place, years=years, asked=wording.year(filters.year or 0))
    elif verdict.status == "other_country":
        asked = wording.join([wording.country(country) for country in sorted(filters.countries)])
        text = wording.say("check.other_country", place=place, asked=asked, years=years)
    elif verdict.status == "mentioned":
        text = wording.say("check.mentioned", place=place)
    elif verdict.status == "absent":
        text = _absent(verdict, filters, place, wording)
    elif verdict.status == "no_round":
        text = wording.say(
            "no_round",
            year=wording.years(span.single for span in filters.years if span.single),
            rounds=wording.rounds(answer.rounds),
        )
    else:
        text = missing("check.not_found", extent, bool(filters.years), wording, place=place)
    return [
        text,
        *_untold(verdict, unit, wording),
        *_unit(verdict, wording),
        *_inside(verdict, wording),
        *_namesakes(verdict, wording),
    ]


def _part(verdict: Verdict, place: str, wording: Wording) -> str:
    """Return which member a place that is none itself lies in."""
    whole = verdict.part_of[0].place
    years = wording.years(m.year for m in verdict.part_of)
    member = wording.city(whole)
    if whole.kind != "city":
        member = wording.say("check.whole", name=member, kind=wording.kind(whole))
    return wording.say("check.part", place=place, member=member, years=years)


def _unit(verdict: Verdict, wording: Wording) -> list[str]:
    """Return what sort of place the member is, where it is not simply a city."""
    if verdict.status != "member" or verdict.place.kind == "city":
        return []
    return [wording.say("check.unit", kind=wording.kind(verdict.place))]


def _untold(verdict: Verdict, unit: str | None, wording: Wording) -> list[str]:
    """Return that it is not held whether a member joined as what it was called, where the sources call it a city."""
    if unit not in _UNITS or verdict.status != "member" or verdict.place.kind != "city":
        return []
    return [wording.say("check.unit_untold", unit=wording.say(f"kinds.{unit}"))]


def _inside(verdict: Verdict, wording: Wording) -> list[str]:
    """Return which members lie within a province that is none itself."""
    if not verdict.inside:
        return []
    members = [
        wording.say("with_year", name=wording.city(m.place), year=wording.year_again(m.year)) for m in verdict.inside
    ]
    return [wording.say("check.inside", members=wording.join(members), place=wording.city(verdict.place))]


def _namesakes(verdict: Verdict, wording: Wording) -> list[str]:
    """Return which well-known places of a member's name are not meant, or which members have the name of another."""
    if verdict.of_the_name:
        members = [wording.city_in_country(m.place).strip() for m in verdict.of_the_name]
        years = wording.years(m.year for m in verdict.of_the_name)
        return [wording.say("check.of_the_name", members=wording.join(list(dict.fromkeys(members))), years=years)]
    if not verdict.namesakes or not verdict.memberships:
        return []
    known = {wording.city_in_country(verdict.place).strip()}  # of which nothing told here tells the other apart
    names = [name for place in verdict.namesakes if (name := wording.city_in_country(place).strip()) not in known]
    if not names:
        return []
    others = wording.join(names)
    return [wording.say("check.namesake", others=others)]


def _absent(verdict: Verdict, filters: Filters, place: str, wording: Wording) -> str:
    extent = verdict.extent
    if not extent.held or extent.scope.kind == "world":
        country = wording.country(verdict.place.country)
        return wording.say("check.absent_country", place=place, country=country, years=wording.span(extent.years))
    key = "check.absent_year" if filters.years else "check.absent"
    return wording.say(key, place=place, extent=wording.extent(extent))


def profile(answer: Answer, reply: Reply, wording: Wording, facts: Facts) -> Reply:
    """Say what is known of each place."""
    known = [v for v in answer.verdicts if v.memberships]
    if not known:
        return check(answer, reply, wording)
    lines, cities = [], []
    for verdict in answer.verdicts:
        if not verdict.memberships:
            lines += _verdict(verdict, answer, wording)
            continue
        cities.append(verdict.place.name)
        lines += _card(verdict, answer, wording, facts)
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), cities=tuple(cities))


def _card(verdict: Verdict, answer: Answer, wording: Wording, facts: Facts) -> list[str]:
    place, filters = verdict.place, answer.query.filters
    years = wording.years(m.year for m in verdict.memberships)
    if verdict.status == "other_country":
        return _verdict(verdict, answer, wording)
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
        within = place.within_th if wording.language == "th" else place.within
        key = "profile.member_within" if within else "profile.member"
        said = {"kind": wording.kind(place), "country": wording.country(place.country), "years": years}
        lines = [wording.say(key, place=wording.city(place), within=within, **said)]
        region = facts.coverage.region_of.get(place.country)
        lines += _untold(verdict, answer.query.unit, wording)
        lines += [wording.say("profile.region", region=wording.name("region", region))] if region else []
    lines += _namesakes(verdict, wording)
    return lines


def when(answer: Answer, reply: Reply, wording: Wording, announced: dict[int, str | None]) -> Reply:
    """Say when each place joined, and the day of the announcement."""
    lines, cities = [], []
    for verdict in answer.verdicts:
        if not verdict.memberships:
            lines += _verdict(verdict, answer, wording)
            cities += [m.place.name for m in (*verdict.of_the_name, *verdict.part_of)]
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


def where(
    answer: Answer, reply: Reply, wording: Wording, region_of: dict[str, str | None], coordinates: bool = False
) -> Reply:
    """Say in which country and region each place lies, and with `coordinates` at which degrees."""
    lines = [_located(verdict.place, wording, region_of) for verdict in answer.verdicts]
    if coordinates:
        lines += [
            wording.say(
                "where.coordinates", place=wording.city(place), latitude=place.latitude, longitude=place.longitude
            )
            for place in (verdict.place for verdict in answer.verdicts)
            if place.latitude is not None
        ]
    for verdict in answer.verdicts:
        if not verdict.memberships:
            lines += _verdict(verdict, answer, wording)
    cities = tuple(verdict.place.name for verdict in answer.verdicts if verdict.memberships)
    return replace(reply, lead=lines[0], notes=tuple(lines[1:]), cities=cities)


def _located(place: Place, wording: Wording, region_of: dict[str, str | None]) -> str:
    region = region_of.get(place.country)
    within = place.within_th if wording.language == "th" else place.within
    name = wording.city(place)
    country = wording.country(place.country)
    if not region:
        return wording.say("where.no_region", place=name, country=country)
    region_name = wording.name("region", region)
    if within:
        return wording.say("where.within", place=name, within=within, country=country, region=region_name)
    return wording.say("where.place", place=name, country=country, region=region_name)


def order(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say which of several places joined first."""
    known = [v for v in answer.verdicts if v.memberships]
    if len(known) < len(answer.verdicts):
        return check(answer, reply, wording, more=True)  # a "yes" would be to the order
    first = min(min(m.year for m in v.memberships) for v in known)
    winners = [v for v in known if min(m.year for m in v.memberships) == first]
    lines = tuple(
        wording.say("with_year", name=wording.city(v.place), year=wording.years(m.year for m in v.memberships))
        for v in known
    )
    if len(winners) == 1:
        lead = wording.say("earliest.order", name=wording.city(winners[0].place), year=wording.year(first))
        if len(known) == 2:
            last = max(min(m.year for m in v.memberships) for v in known)
            lead = f"{lead} {wording.say('earliest.apart', years=wording.count('years', last - first))}"
    elif len(winners) < len(known):
        names = wording.join([wording.city(v.place) for v in winners])
        lead = wording.say("earliest.tie_some", names=names, year=wording.year(first))
    else:
        lead = wording.say("earliest.tie" if len(known) == 2 else "earliest.tie_all", year=wording.year(first))
    return replace(reply, lead=lead, groups=(Group("", lines),), cities=tuple(v.place.name for v in known))
