"""Rankings, tables, shares, differences and firsts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.replies import counting
from bot.replies.reply import Group, Reply
from bot.replies.wording import Wording
from knowledge.answer import Answer, Row, Tally
from knowledge.model import Bounds, Query, Subject
from knowledge.names import dictionary_key

_RUNNERS_UP = 5
_UNSURE = 8  # countries or regions that are named because nothing is known of them for sure
_COUNTED_AS = {"years": "years", "regions": "region"}
_NAMED_TIES = 16
_COUNTED = 20  # countries in the reply to a count at most


def rank(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say who has the most or the fewest, ties as ties, and what the counting rests on."""
    rows = answer.rows
    if answer.standing and not rows and answer.best is None:
        return replace(reply, lead=wording.say("none_said"), outcome="unknown")
    if answer.query.threshold or not rows:
        return _threshold(answer, reply, wording)
    when = wording.when(answer.query.filters)
    unsure = answer.query.subject == "years" and not all(row.exact for row in rows if row.number == rows[0].number)
    bounds = answer.query.subject == "regions" or answer.query.fewest or unsure
    if bounds and not all(row.exact for row in rows) and not _is_certain(answer):
        lines = tuple(_line(row, answer, wording) for row in rows)
        lead = wording.say("rank.unsure", when=when)
        return replace(reply, lead=lead, groups=(Group("", lines),), notes=_limits(answer, wording))
    best = [row for row in rows if row.number == rows[0].number]
    others_key = "rank.others_fewest" if answer.query.fewest else "rank.others"
    others = rows[len(best) : len(best) + _RUNNERS_UP]
    key = "fewest" if answer.query.fewest else "most"
    named = [_name(row, answer.query.subject, wording) for row in best[:_NAMED_TIES]]
    if len(best) > _NAMED_TIES:
        named.append(wording.say("rank.more_names", number=len(best) - _NAMED_TIES))
    names = wording.join(named)
    count = wording.count(_noun(answer), best[0].number)
    if not all(row.exact for row in best):
        count = wording.say("rank.at_least", number=count)
    entries = wording.say("entries." + answer.query.subject)
    if key == "most" and answer.query.subject == "years" and not all(row.exact for row in rows):
        key = "most_known"
    elif key == "most" and not all(row.exact for row in best) and not _is_certain(answer):
        key = "most_held"
    path = f"rank.{key}_each" if len(best) > 1 else f"rank.{key}"
    where = wording.where(replace(answer.query.filters, countries=frozenset()))
    lead = wording.say(path, names=names, count=count, entries=entries, when=when, where=where)
    lines = tuple(_line(row, answer, wording) for row in others)
    if others and (left := len(rows) - len(best) - len(others)):
        lines += (wording.say("rank.left", number=left),)
    groups = (Group(wording.say(others_key), lines),) if others else ()
    return replace(reply, lead=lead, groups=groups, notes=_limits(answer, wording))


def _is_certain(answer: Answer) -> bool:
    """Tell whether the first of the regions or years is that whatever the names that are missing are."""
    best, *others = answer.rows
    if answer.query.subject == "countries" or not others:
        return False
    if answer.query.fewest:
        return best.exact and all(row.exact or row.number > best.number for row in others)
    tally = answer.tally
    if tally is None or not tally.exact or tally.filters.narrowed or answer.query.subject != "regions":
        return False
    missing = tally.number - sum(row.number for row in answer.rows)
    reach = max(row.number + (0 if row.exact else missing) for row in others)
    return missing >= 0 and reach < best.number


def _threshold(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    rows = answer.rows
    key = "threshold" if rows else "threshold_none"
    each = answer.query.in_each and answer.query.subject != "years"
    when = wording.when(answer.query.filters, each=each or None)
    count = wording.count(_COUNTED_AS.get(answer.query.subject, "country"), len({row.id for row in rows}))
    by_year = answer.query.subject == "years"
    named = by_year or len(answer.unsure) <= _UNSURE
    if not rows and answer.unsure and not named:
        key = "threshold_none_sure"
    if answer.query.in_one and not rows and not _holds_all(answer):
        key = "threshold_none_held"
    if rows and not named:
        key = "threshold_least"
    bounds = answer.query.threshold
    lead = wording.say(f"rank.{key}", count=count, when=when, unsure=len(answer.unsure))
    if answer.standing and rows and bounds and bounds.least == bounds.most != rows[0].number:
        lead = wording.say("rank.totals_passed", number=bounds.least)
    if answer.standing and answer.query.threshold == Bounds():
        lead = wording.say("rank.totals")
    rows = tuple(sorted(rows, key=lambda row: row.id)) if by_year else rows
    lines = () if answer.query.in_each else tuple(_line(row, answer, wording) for row in rows)
    lines = lines or tuple(_name(row, answer.query.subject, wording) for row in rows)
    if answer.against:
        lines = tuple(_pair(row, answer, wording) for row in rows)
    cities = tuple(dict.fromkeys(m.place.name for row in rows for m in row.members))
    groups = (Group("", lines),) if lines else ()
    certain = by_year and answer.query.in_each and not answer.unsure  # no number is told
    notes = () if certain else _limits(answer, wording)
    notes = (*notes, *(getattr(conflict, wording.language) for conflict in answer.conflicts))
    beyond = answer.query.beyond and by_year
    if answer.best is not None and bounds and not beyond and (bounds.most is None or bounds.least > answer.best.number):
        notes = (wording.say("rank.threshold_best", best=_counted(answer.best, answer, wording)), *notes)
    if answer.unsure and named:
        names = sorted(_name(row, answer.query.subject, wording) for row in answer.unsure)
        notes = (wording.say("rank.threshold_unsure", names=wording.join(names)), *notes)
    return replace(reply, lead=lead, groups=groups, notes=notes, cities=cities)


def _holds_all(answer: Answer) -> bool:
    return answer.tally is not None and answer.tally.complete


def _limits(answer: Answer, wording: Wording) -> tuple[str, ...]:
    """Return on which names the counting rests, where they are not all."""
    tally = answer.tally
    if tally is None or (all(row.exact for row in answer.rows) and (tally.complete or answer.query.subject == "years")):
        return ()
    held = len(tally.members)
    if tally.exact and tally.years and not tally.total and tally.number > held:
        return (wording.say("rank.among_held", held=held, missing=tally.number - held, declared=tally.number),)
    return () if tally.complete else (wording.say("rank.among_some"),)


def table(answer: Answer, reply: Reply, wording: Wording, average: bool) -> Reply:
    """Say the count of each country, region or year."""
    tally = answer.tally
    assert tally is not None
    key = "table_countries" if answer.query.by_countries else "table"
    said = {"when": wording.when(tally.filters), "where": wording.where(tally.filters)}
    lead = wording.say(key, **said)
    if answer.query.subject == "countries" and tally.exact and tally.countries_exact and tally.countries > 1:
        counts = wording.count("city", tally.number), wording.count("country", tally.countries)
        lead = wording.say("table_counted", cities=counts[0], countries=counts[1], **said)
    by_year = answer.query.subject == "years"
    named = by_year and len(tally.filters.countries) == 1 and len(tally.members) <= _COUNTED
    rows = sorted(answer.rows, key=lambda row: row.id) if by_year else answer.rows
    lines = tuple(_named_line(row, answer, wording) if named else _line(row, answer, wording) for row in rows)
    if average and answer.query.subject == "years":
        lead = _per_round(answer, wording) or lead
    elif average and tally.exact and tally.countries and tally.countries_exact:
        lead = wording.say("rank.average", average=f"{tally.number / tally.countries:.1f}")
    cities = tuple(dict.fromkeys(m.place.name for m in tally.members)) if named else ()
    return replace(reply, lead=lead, groups=(Group("", lines),), notes=_limits(answer, wording), cities=cities)


def _per_round(answer: Answer, wording: Wording) -> str | None:
    """Return the average of the rounds whose number is known; None where there are none."""
    rows = sorted((row for row in answer.rows if row.exact), key=lambda row: row.id)
    first = next((at for at, row in enumerate(rows) if row.number), len(rows))
    known = [row.number for row in rows[first:]]  # before its first it was in no round
    if not known:
        return None
    return wording.say("rank.average_round", average=f"{sum(known) / len(known):.1f}", rounds=len(known))


def share(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say a part of a whole in figures and per cent, if both are known."""
    part, whole, *others = answer.tallies
    cities = tuple(dict.fromkeys(m.place.name for m in part.members))
    keys = ("share.of_years", "share.of_place") if others else ("share.exact",)
    if wording.but(part.filters, ()) and not others:
        keys = ("share.without",)
    if answer.query.of_network and whole.total and part.filters.year and not others:
        keys = ("share.of_standing",)
    said = [_share(part, of, key, wording) for of, key in zip((whole, *others), keys, strict=True)]
    lead, *notes = filter(None, said) if any(said) else (None,)
    if lead:
        return replace(reply, lead=lead, notes=tuple(notes), cities=cities if len(cities) <= _NAMED_TIES else ())
    lead = wording.say("share.unknown", part_text=_number(part, wording), whole_text=_number(whole, wording))
    return replace(reply, lead=lead, outcome="unknown")


def _share(part: Tally, whole: Tally, key: str, wording: Wording) -> str | None:
    """Return how much of `whole` is in `part`; None where that is not known."""
    if not (part.exact and whole.exact and whole.number) or (part.total and not whole.total):
        return None
    percent = f"{100 * part.number / whole.number:.1f}".removesuffix(".0")
    of = part.filters
    said = {
        "where": wording.where(replace(of, regions=frozenset()) if of.countries and not of.either else of),
        "of_where": wording.where(whole.filters),
        "when": wording.when(of),
        "but": wording.but(of, ()),
    }
    return wording.say(key, part=part.number, whole=whole.number, percent=percent, **said)


def difference(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say the counts of what is compared, and by how much they differ."""
    by_year = len({t.filters.year for t in answer.tallies}) > 1
    names = [_tally_name(t, by_year, wording) for t in answer.tallies]
    lines = tuple(
        _by_years(t, wording.say("difference.line", name=n, number=_number(t, wording, _noun(answer))), wording)
        for n, t in zip(names, answer.tallies, strict=True)
    )
    if len(answer.tallies) > 2:
        return _compared(answer, reply, wording, names, lines)
    untold = [name for name, tally in zip(names, answer.tallies, strict=True) if not tally.total]
    if answer.query.of_network and by_year and untold and not answer.tallies[0].filters.narrowed:
        told = tuple(line for line, tally in zip(lines, answer.tallies, strict=True) if tally.total)
        lead = wording.say("difference.no_total", names=wording.join(untold))
        return replace(reply, lead=lead, groups=(Group("", told),) if told else (), outcome="unknown")
    order = sorted(zip(answer.tallies, names, strict=True), key=lambda pair: -pair[0].number)
    gap = order[0][0].number - order[-1][0].number
    first, last, noun = order[0][0], order[-1][0], _noun(answer)
    more = wording.count("more_country" if noun == "country" else "more_city", gap)
    when = "" if by_year else wording.when(first.filters)
    if (not first.exact and not last.exact) or (gap and not last.exact) or (not gap and not first.exact):
        lead = wording.say("difference.unclear_year" if by_year else "difference.unclear")
    elif not first.exact:
        lead = wording.say("difference.more_at_least", name=order[0][1], more=more, when=when)
    elif gap and by_year and answer.query.of_network and (last.filters.year or 0) < (first.filters.year or 0):
        key = "difference.grown_countries" if noun == "country" else "difference.grown"
        where = wording.where(first.filters)
        lead = wording.say(key, first=order[-1][1], last=order[0][1], where=where, gap=gap)
    elif gap:
        key = "difference.more_year" if by_year or when else "difference.more"
        lead = wording.say(key, name=order[0][1], more=more, when=when)
    else:
        lead = wording.say("difference.equal", count=wording.count(noun, first.number), when=when)
    return replace(reply, lead=lead, groups=(Group("", lines),))


def _by_years(tally: Tally, line: str, wording: Wording) -> str:
    """Return the line of what is compared over several years with its count in each of them, where all are held."""
    years = [span.single for span in tally.filters.years]
    if len(years) < 2 or not tally.exact or tally.number != len(tally.members):
        return line
    joined = Counter(m.year for m in tally.members)
    said = [
        wording.say("difference.line", name=wording.year(year), number=wording.count("city", joined[year]))
        for year in sorted(year for year in years if year)
    ]
    return wording.say("rank.named", line=line, names=wording.join(said))


def _compared(answer: Answer, reply: Reply, wording: Wording, names: Sequence[str], lines: tuple[str, ...]) -> Reply:
    """Say which of more than two has the most; only as sure as the counts are."""
    most = max(tally.number for tally in answer.tallies)
    best = [name for name, tally in zip(names, answer.tallies, strict=True) if tally.number == most]
    if not all(tally.exact for tally in answer.tallies):
        return replace(reply, lead=wording.say("difference.unclear"), groups=(Group("", lines),))
    count = wording.count(_noun(answer), most)
    key = "rank.most_each" if len(best) > 1 else "rank.most"
    years = {tally.filters.years for tally in answer.tallies}
    when = wording.when(answer.tallies[0].filters) if len(years) == 1 else ""
    said = {"entries": wording.say("entries.years" if len(years) > 1 else "entries.members"), "when": when, "where": ""}
    lead = wording.say(key, names=wording.join(best), count=count, **said)
    return replace(reply, lead=lead, groups=(Group("", lines),))


def earliest(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say who was first, as far as the lists of the early years are held."""
    tally = answer.tally
    assert tally is not None
    if not tally.members:
        said = tuple(getattr(statement, wording.language) for statement in answer.statements)
        if said:
            return replace(reply, lead=said[0], notes=said[1:])
        return replace(reply, lead=wording.say("none_said"), outcome="unknown")
    year = wording.year(tally.members[0].year)
    names = wording.cities(tally.members[:20], abroad=not tally.filters.countries)
    where = wording.where(tally.filters)
    key = "exact" if answer.certain else "held" if where else "network"
    when = wording.when(tally.filters)
    lead = wording.say(f"earliest.{key}", where=where, when=when, names=names, year=year)
    by_year = replace(answer, query=replace(answer.query, subject="years"))
    few = sum(len(row.members) for row in answer.rows) <= _COUNTED
    line = _named_line if few else _line
    known = {m.place.id for m in tally.members}  # who is in two lists is no newcomer of the second
    newer = [row for row in answer.rows[1:] if not row.members or {m.place.id for m in row.members} - known]
    lines = tuple(line(row, by_year, wording) for row in newer if where)
    groups = (Group(wording.say("earliest.later"), lines),) if lines else ()
    undated = wording.join([wording.city(place) for place in answer.mentioned])
    notes = (wording.say("list.mentioned", names=undated),) if answer.mentioned else ()
    cities = tuple(dict.fromkeys(m.place.name for m in tally.members))
    return replace(reply, lead=lead, groups=groups, notes=notes, cities=cities)


def rounds(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say which rounds of new members are held, with their numbers."""
    answer = replace(answer, query=replace(answer.query, subject="years"))
    lines = tuple(_line(row, answer, wording) for row in answer.rows)
    if not answer.network or answer.query.filters.years:
        return replace(reply, lead=wording.say("rounds"), groups=(Group("", lines),))
    cities, countries = answer.network
    lead = wording.say(
        "list.world_total",
        cities=wording.count("city", cities.value),
        countries=wording.count("country", countries.value),
        as_of=wording.year(cities.year),
    )
    return replace(reply, lead=lead, groups=(Group(wording.say("rounds"), lines),))


def countries_counted(tally: Tally, query: Query, wording: Wording) -> str:
    """Return how many countries the cities of `tally` are from."""
    count = wording.count("country", tally.countries)
    named = replace(tally.filters, country_initial=None, initial=tally.filters.country_initial or tally.filters.initial)
    said = {
        "when": wording.when(tally.filters, each=query.in_each),
        "where": wording.where(replace(named, countries=frozenset()) if tally.filters.country_initial else named),
        "but": wording.but(tally.filters, ()),
    }
    key = "total" if tally.total and not tally.filters.regions else "exact" if tally.countries_exact else "at_least"
    if query.alone:
        said["when"] = wording.say("alone", when=said["when"])
    if (tally.filters.not_years or query.alone) and not tally.countries_exact:
        key = "known"  # what is not held may add a country to those left out, too
    return wording.say(f"countries.{key}", countries=count, as_of=wording.year(tally.as_of or 0), **said)


def countries(answer: Answer, reply: Reply, wording: Wording) -> Reply:
    """Say how many countries, and which of them are held by name."""
    tally = answer.tally
    assert tally is not None
    if answer.network and answer.query.of_network and answer.query.ask == "count" and tally.filters.until:
        notes = tuple(getattr(c, wording.language) for c in answer.conflicts if c.topic.startswith("network"))
        return replace(reply, lead=counting.network_at(answer, wording), notes=notes)
    held = sorted({m.place.country for m in tally.members}, key=lambda c: dictionary_key(wording.name("country", c)))
    if not tally.countries and tally.countries_exact and tally.filters.not_places:
        return replace(reply, lead=wording.say("none_said"), outcome="unknown")
    if not tally.countries and (tally.filters.not_years or answer.query.alone):
        key = "none" if tally.countries_exact else "none_known"
        lead = wording.say(f"countries.{key}")
        return replace(reply, lead=lead, outcome="answered" if tally.countries_exact else "unknown")
    if not (tally.countries or tally.countries_exact):
        where = wording.where(tally.filters)
        lead = counting.missing("list.none_held", answer.proof, bool(tally.filters.years), wording, where=where)
        return replace(reply, lead=lead, outcome="unknown")
    lead = countries_counted(tally, answer.query, wording)
    claimed = answer.query.claimed
    if tally.total and not tally.filters.narrowed:
        lead = counting.claimed_of_network(answer, tally.countries, "country", wording) + lead
    elif claimed != tally.countries and (no := counting.denied(answer, tally.countries_exact, "country", wording)):
        lead = no + lead
    elif answer.query.threshold is not None:
        met = answer.query.threshold.met_by(tally.countries, tally.countries_exact)
        lead = counting.said_of(met, wording) + lead
    notes = (
        (wording.say("countries.held", held=len(held)),)
        if tally.countries_exact and len(held) < tally.countries
        else ()
    )
    if answer.network and not tally.total:
        notes = (counting.network(answer, wording), *notes)
    shown = held if answer.query.ask == "list" or len(held) <= _COUNTED else ()
    lines = tuple(_country_line(c, tally, wording) for c in shown)
    cities = tuple(dict.fromkeys(m.place.name for m in tally.members)) if len(tally.members) <= _NAMED_TIES else ()
    return replace(reply, lead=lead, groups=(Group("", lines),) if lines else (), notes=notes, cities=cities)


def _country_line(country: str, tally: Tally, wording: Wording) -> str:
    name = wording.name("country", country)
    members = [m for m in tally.members if m.place.country == country]
    if len(tally.members) > _NAMED_TIES:
        return name
    return wording.say("in_country", country=name, names=wording.cities(members, plain=True))


def _name(row: Row, subject: Subject, wording: Wording) -> str:
    if subject == "years":
        return wording.year(int(row.id))
    name = wording.name("region" if subject == "regions" else "country", row.id)
    return wording.say("rank.in_year", name=name, year=wording.year(row.year)) if row.year else name


def _noun(answer: Answer) -> str:
    return "country" if answer.query.by_countries else "city"


def _named_line(row: Row, answer: Answer, wording: Wording) -> str:
    """Return the count of a year with the names that are held."""
    line = _line(row, answer, wording)
    if not row.members:
        return line
    return wording.say("rank.named", line=line, names=wording.cities(row.members, plain=True))


def _line(row: Row, answer: Answer, wording: Wording) -> str:
    text = _counted(row, answer, wording)
    key = "rank.line_total" if answer.standing else "rank.line"
    return wording.say(key, name=_name(row, answer.query.subject, wording), number=text)


def _pair(row: Row, answer: Answer, wording: Wording) -> str:
    """Return what each of two countries had in a year."""
    other = next(one for one in answer.against if one.id == row.id)
    named, against = answer.query.filters.countries, answer.query.filters.not_countries
    return wording.say(
        "rank.pair",
        name=_name(row, "years", wording),
        country=wording.join([wording.country(country) for country in sorted(named)]),
        number=_counted(row, answer, wording),
        other=wording.join([wording.country(country) for country in sorted(against)]),
        other_number=_counted(other, answer, wording),
    )


def _counted(row: Row, answer: Answer, wording: Wording) -> str:
    number = wording.count(_noun(answer), row.number)
    if not (row.number or row.exact):
        return wording.say("rank.none_held")
    return number if row.exact else wording.say("rank.at_least", number=number)


def _number(tally: Tally, wording: Wording, noun: str = "city") -> str:
    number = wording.count(noun, tally.number)
    if not (tally.number or tally.exact):
        return wording.say("rank.none_held")
    return number if tally.exact else wording.say("rank.at_least", number=number)


def _tally_name(tally: Tally, by_year: bool, wording: Wording) -> str:
    if by_year:
        return wording.year(tally.filters.year or 0)
    names: Sequence[str] = [wording.country(c) for c in sorted(tally.filters.countries)]
    return wording.join(list(names) or [wording.region(r) for r in sorted(tally.filters.regions)])
