"""Lists of cities: plain where they are short, by country and region where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.replies.reply import Group
from bot.replies.wording import Wording
from knowledge.model import Filters, Membership
from knowledge.names import dictionary_key

_UNTOLD = 60  # cities; of more, those are left out of which no more is told than that they are cities
_PLAIN = 15  # cities; a longer list is grouped by region and country


def groups(
    members: Sequence[Membership], filters: Filters, wording: Wording, region_of: dict[str, str | None]
) -> tuple[Group, ...]:
    """Return `members` as groups of lines, each city once, with years where several are asked for."""
    years = not filters.years or len({m.year for m in members}) > 1
    countries = {m.place.country for m in members}
    if not members:
        return ()
    if len(members) <= _PLAIN:
        return (Group("", tuple(_line(m, wording, years, len(countries) > 1) for m in _ordered(members, wording))),)
    if len(countries) == 1:
        return (Group("", tuple(_line(m, wording, years, False) for m in members)),)
    return tuple(_regions(members, wording, region_of, years))


def in_lines(members: Sequence[Membership], wording: Wording) -> list[Membership]:
    """Return `members` in the order in which `groups` shows them, where each has a line of its own."""
    return _ordered(members, wording) if len(members) <= _PLAIN else []


def of_kind(members: Sequence[Membership], kind: str) -> tuple[Membership, ...]:
    """Return those of `members` that joined as `kind`, or not as it ("-province"); all where there are none."""
    left_out = kind.removeprefix("-") if kind.startswith("-") else None
    found = tuple(m for m in members if (m.place.kind != left_out if left_out else m.place.kind == kind))
    return found or tuple(members)


def by_kind(members: Sequence[Membership], wording: Wording) -> tuple[Group, ...]:
    """Return `members` as groups of the kind of place they joined as; those of which it is not told come last."""
    years = len({m.year for m in members}) > 1
    abroad = len({m.place.country for m in members}) > 1

    def kind(member: Membership) -> tuple[bool, str]:
        return member.place.kind == "city", member.place.kind

    found = []
    told = members if len(members) <= _UNTOLD else [m for m in members if m.place.kind != "city"]
    for (untold, name), within in groupby(sorted(_ordered(told, wording), key=kind), key=kind):
        heading = wording.say("kind_untold") if untold else wording.say("kind_group", kind=wording.say(f"kinds.{name}"))
        found.append(Group(heading, tuple(_line(m, wording, years, abroad) for m in within)))
    return tuple(found)


def _ordered(members: Sequence[Membership], wording: Wording) -> list[Membership]:
    """Return members by country, in the order of the reply's language, then by year and name."""

    def order(member: Membership) -> tuple[str, int, str]:
        country = wording.name("country", member.place.country)
        return dictionary_key(country), member.year, member.place.name

    return sorted(members, key=order)


def _line(member: Membership, wording: Wording, year: bool, country: bool) -> str:
    name = wording.city(member.place)
    if country:
        name = wording.say("listed", name=name, country=wording.name("country", member.place.country))
    return wording.say("with_year", name=name, year=wording.year_again(member.year)) if year else name


def _regions(
    members: Sequence[Membership], wording: Wording, region_of: dict[str, str | None], years: bool
) -> list[Group]:
    def region(member: Membership) -> str:
        return region_of.get(member.place.country) or ""

    found = []
    for name, within in groupby(sorted(members, key=region), key=region):
        rows = list(within)
        heading = wording.say("group", name=wording.name("region", name), count=len({m.place.id for m in rows}))
        found.append(Group(heading, tuple(_countries(rows, wording, years))))
    return found


def _countries(members: Sequence[Membership], wording: Wording, years: bool) -> list[str]:
    by_name = _ordered(members, wording)
    lines = []
    for country, within in groupby(by_name, key=lambda m: m.place.country):
        names = [_short(m, wording, years) for m in within]
        lines.append(wording.say("in_country", country=wording.name("country", country), names=", ".join(names)))
    return lines


def _short(member: Membership, wording: Wording, year: bool) -> str:
    name = wording.city(member.place, plain=True)
    return wording.say("with_year", name=name, year=wording.year_again(member.year)) if year else name
