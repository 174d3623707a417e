"""Answer to reply: one method for each thing that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.language import Language
from bot.replies import comparing, counting, listing, places, unanswered
from bot.replies.citing import begun
from bot.replies.following import Next, choice, following
from bot.replies.named import named_in
from bot.replies.reply import Group, Outcome, Reply
from bot.replies.wording import Wording
from bot.understanding.interpret import Reading
from bot.understanding.spans import UNITS
from knowledge.answer import Answer, Tally
from knowledge.lookup import Entity
from knowledge.model import Filters, Membership, Place, Query, only
from knowledge.queries import Facts

_SUGGESTIONS = {
    "check": "check",
    "profile": "check",
    "where": "check",
    "when": "when",
    "count": "count",
    "list": "list",
    "statements": "statements",
}
_MORE_THAN_WHETHER = frozenset({"administrative", "only", "all", "latest", "earliest", "same", "more", "fewer", "not"})
_STANDING = frozenset({"member", "network", "all", "all_time"})
_HELD_THEN = frozenset({"have", "at_the_time"})  # "how many did China have in 2024"
_LASTING = frozenset({"how_long", "how_many"})  # asked of a time: "how many years has it been"
_OF_A_MEMBER = frozenset(
    {"ordinal", "@number", "@bounds", "latest", "earliest", "month"}
)  # held of a place beside membership
_JOINING = frozenset({"join", "enter", "new", "announcement"})
_SOURCES = 12  # in the reply to what an answer rests on
_LISTS = ("list", "count", "together", "same_country")
_LISTED = 40  # names in the reply to a count at most


class Renderer:
    """Turns answers of one fact base into replies in either language."""

    def __init__(self, facts: Facts, today: Callable[[], date] = date.today) -> None:
        self._facts = facts
        self._today = today
        self._wording: dict[Language, Wording] = {language: Wording(language, facts.name) for language in ("th", "en")}

    def render(self, answer: Answer, reading: Reading, language: Language) -> Reply:
        """Return the reply that says `answer`."""
        wording = self._wording[language]
        reply = _BY_ASK[answer.query.ask](self, answer, reading, wording)
        suggestions = wording.texts(f"suggestions.{_SUGGESTIONS.get(answer.query.ask, 'rank')}")
        assumed = [wording.city_in_country(self._facts.place(entity.ref)) for entity in reading.assumed]
        notes = [wording.say("assumed", name=name) for name in assumed]
        notes += [wording.say("strangers")] if reading.strangers else []
        notes += [wording.say("list.later_open")] if answer.later_open else []
        suggestions = reply.suggestions or suggestions
        reply = replace(reply, notes=(*notes, *reply.notes), suggestions=suggestions, query=answer.query)
        return _tidy(reply, wording)

    def following(self, answer: Answer, language: Language) -> tuple[Next, ...]:
        """Return the questions that may follow `answer`."""
        return following(answer, self._wording[language], self._facts)

    def choices(self, reading: Reading, language: Language) -> tuple[Next, ...]:
        """Return what was asked, of each place that a misspelt name may mean."""
        return tuple(
            choice(place, self._wording[language], reading.pending)
            for place in unanswered.choices(reading, self._facts)
        )

    def cards(self, places: Iterable[Place], language: Language) -> tuple[Next, ...]:
        """Return places to be asked about."""
        return tuple(choice(place, self._wording[language]) for place in places)

    def without_query(self, reading: Reading, language: Language) -> Reply:
        """Return the reply to a message that asks nothing of the fact base."""
        wording = self._wording[language]
        return _tidy(unanswered.reply(reading, wording, self._facts), wording)

    def places(self, answer: Answer) -> tuple[Place, ...]:
        """Return the places an answer is about, for the questions that follow it."""
        if answer.verdicts:
            return tuple(verdict.place for verdict in answer.verdicts)
        members = answer.tally.members if answer.tally else ()
        return tuple({m.place.id: m.place for m in members}.values())

    def listed(self, answer: Answer, language: Language) -> tuple[Entity | None, ...]:
        """Return what the reply to `answer` lists in lines of their own, from the top; None is one that ties."""
        ranks = answer.query.ask == "rank" and answer.query.subject == "countries"
        lists = answer.query.ask in _LISTS and not (answer.rows or answer.query.by_kind)
        if not ranks and (not lists or answer.query.subject == "countries"):
            return ()
        if ranks:
            numbers = [row.number for row in answer.rows]
            once = [numbers.count(row.number) == 1 and row.year is None for row in answer.rows]
            return tuple(Entity("country", row.id) if one else None for row, one in zip(answer.rows, once, strict=True))
        members = listing.in_lines(answer.tally.members, self._wording[language]) if answer.tally else ()
        return tuple(dict.fromkeys(Entity("place", m.place.id, True) for m in members))

    # --- lists and counts

    def _list(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        tally = answer.tally
        if tally is None:
            told = comparing.rounds(answer, begun(answer, wording), wording)
            return told if answer.rows else self._no_round(answer, wording)
        held = reading.features & _HELD_THEN and reading.features.isdisjoint(_JOINING)
        said = held or reading.features & _STANDING or answer.query.threshold or answer.query.claimed
        said = said or (answer.query.of_network and answer.query.ask == "count")
        stood = counting.then(answer, wording)
        stands = stood if said else ()
        if not tally.years and not answer.network:
            counted = stands and answer.query.ask == "count"
            of_year = answer.then is not None and answer.then.year == answer.query.filters.year
            notes = stood if of_year else stands
            return replace(self._no_round(answer, wording), notes=notes, outcome="answered" if counted else "unknown")
        if answer.query.subject == "regions" and answer.query.ask == "list" and tally.filters.countries:
            return begun(answer, wording, " ".join(self._lies(c, wording) for c in sorted(tally.filters.countries)))
        if answer.query.subject == "countries" and tally.years:
            return comparing.countries(answer, begun(answer, wording), wording)
        if not tally.number and answer.statements:
            outcome: Outcome = "answered" if "yesno" in reading.features else "unknown"  # which cities, is not
            return replace(self._statements(answer, reading, wording), outcome=outcome)
        return self._members(answer, tally, stands, reading, wording)

    def _members(
        self, answer: Answer, tally: Tally, stands: tuple[str, ...], reading: Reading, wording: Wording
    ) -> Reply:
        """Return how many members there are; who they are, where that is asked or they are few."""
        several = len(reading.slots.figures) > 1  # of which "yes" would confirm all
        yesno = "yesno" in reading.features and reading.features.isdisjoint(_MORE_THAN_WHETHER) and not several
        lead = counting.count_lead(answer, yesno, wording, self._excluded(tally.filters))
        shown = tally.members if answer.query.ask == "list" or len(tally.members) <= _LISTED else ()
        if tally.total and answer.query.ask == "count" and not answer.query.filters.countries:
            shown = ()
        groups = listing.groups(shown, tally.filters, wording, self._facts.coverage.region_of)
        if answer.query.by_kind:
            shown = listing.of_kind(shown, answer.query.by_kind)
            groups = listing.by_kind(shown, wording)
        notes = (*lead.notes, *stands, *self._list_notes(answer, tally, shown, reading, wording))
        regions = tally.filters.regions and not tally.filters.countries
        if regions and tally.countries_exact and {"how_many", "country", "city"} <= reading.features:
            notes = (comparing.countries_counted(tally, answer.query, wording), *notes)
        reply = begun(answer, wording, lead.text, lead.outcome)
        return replace(reply, groups=groups, notes=notes, cities=_names(m.place.name for m in shown))

    def _list_notes(
        self, answer: Answer, tally: Tally, shown: Sequence[Membership], reading: Reading, wording: Wording
    ) -> Iterator[str]:
        """Yield what is to be known of the members shown, and of what is asked about."""
        if inferred := [m for m in shown if m.inferred]:
            yield wording.say("list.inferred", names=wording.cities(inferred, plain=True))
        if self._facts.coverage.is_nowhere(tally.filters) and not tally.filters.country_initial:
            yield from (self._lies(country, wording) for country in sorted(tally.filters.countries))
        if answer.mentioned:
            yield wording.say("list.mentioned", names=wording.join([wording.city(place) for place in answer.mentioned]))
        if not answer.query.by_kind and (kinds := _of_kind(shown, reading.features)):
            kind = wording.kind(kinds[0].place)
            yield wording.say("list.of_kind", kind=kind, names=wording.cities(kinds, plain=True))
        if absent := self._absent(answer, tally):
            names = wording.join([wording.country(country) for country in absent])
            yield wording.say("list.none_from" if tally.exact else "list.none_named_from", names=names)
        standing = answer.query.of_network and answer.query.ask == "count" and not tally.filters.narrowed
        if standing and not answer.network and (year := answer.query.filters.year):
            yield wording.say("list.no_total", year=wording.year(year))
        if "dates" in reading.features:
            yield from (self._round(year, wording) for year in sorted({m.year for m in shown}))
        yield from (getattr(s, wording.language) for s in (*answer.conflicts, *answer.statements))

    def _absent(self, answer: Answer, tally: Tally) -> list[str]:
        """Return of several countries asked for those of which no city is named, if there is any of the others."""
        filters = tally.filters
        if len(filters.countries) < 2 or filters.either or not tally.members:
            return []
        return sorted(filters.countries - {member.place.country for member in tally.members})

    def _lies(self, country: str, wording: Wording) -> str:
        region = self._facts.coverage.region_of.get(country)
        name = wording.region(region) if region else ""
        return wording.say("list.lies", country=wording.country(country), region=name) if region else ""

    def _no_round(self, answer: Answer, wording: Wording) -> Reply:
        year = answer.query.filters.year
        rounds = wording.rounds(answer.rounds or self._facts.coverage.years)
        key = "no_round" if year is not None else "no_round_range"
        text = wording.say(key, year=wording.year(year or 0), rounds=rounds)
        return begun(answer, wording, text, "unknown")

    def _excluded(self, filters: Filters) -> list[Place]:
        return [self._facts.place(place) for place in sorted(filters.not_places)]

    # --- places

    def _check(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        stands = bool(reading.features & {"member", "network"}) and reading.features.isdisjoint(_JOINING)
        filters = answer.query.filters
        paired = len(filters.places) > 1 and len(filters.years) > 1  # of which each may be meant of one
        more = paired or not reading.features.isdisjoint(_OF_A_MEMBER)
        return places.check(answer, begun(answer, wording), wording, stands, more)

    def _profile(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        reply = places.profile(answer, begun(answer, wording), wording, self._facts)
        said = tuple(getattr(statement, wording.language) for statement in answer.statements)
        years = {member.year for member in answer.memberships}
        if said and years and reading.of_year not in (None, *years):
            said = (wording.say("none_said_why"),)  # what is said of one round is not said of another
        return replace(reply, notes=(*reply.notes, *said))

    def _when(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        if answer.verdicts:
            reply = places.when(answer, begun(answer, wording), wording, self._facts.coverage.announced)
            lasting = self._lasting(answer, wording) if reading.features & _LASTING else ()
            return replace(reply, notes=(*reply.notes, *lasting))
        if answer.tally is None:
            return self._announced(answer, wording)
        return comparing.earliest(answer, begun(answer, wording), wording)

    def _lasting(self, answer: Answer, wording: Wording) -> tuple[str, ...]:
        """Return how many years the one place asked about has been a member, until today."""
        years = {member.year for member in answer.memberships}
        this_year = self._today().year
        if len(answer.verdicts) != 1 or len(years) != 1 or this_year in years:
            return ()
        (year,) = years
        number = wording.count("years", this_year - year)
        return (wording.say("when.lasting", number=number, year=wording.year(this_year)),)

    def _announced(self, answer: Answer, wording: Wording) -> Reply:
        if not answer.rows:
            return self._no_round(answer, wording)
        lines = [self._round(int(row.id), wording) for row in answer.rows]
        return replace(begun(answer, wording, lines[0]), notes=tuple(lines[1:]))

    def _round(self, year: int, wording: Wording) -> str:
        """Return when a round was announced."""
        day = self._facts.coverage.announced[year]
        key = "when.round" if day else "when.round_undated"
        return wording.say(key, year=wording.year(year), day=wording.day(day) if day else "")

    def _where(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        return places.where(
            answer,
            begun(answer, wording),
            wording,
            self._facts.coverage.region_of,
            "coordinates" in reading.features,
        )

    # --- comparing

    def _rank(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        return (
            comparing.rank(answer, begun(answer, wording), wording)
            if answer.rows or (answer.tally and answer.tally.years)
            else self._no_round(answer, wording)
        )

    def _table(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        if answer.tally is not None and not answer.tally.years:
            return self._no_round(answer, wording)
        return comparing.table(answer, begun(answer, wording), wording, "average" in reading.features)

    def _share(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        return comparing.share(answer, begun(answer, wording), wording)

    def _difference(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        if not answer.tallies:
            return self._rank(answer, reading, wording)
        return comparing.difference(answer, begun(answer, wording), wording)

    def _earliest(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        if answer.verdicts:
            return places.order(answer, begun(answer, wording), wording)
        return comparing.earliest(answer, begun(answer, wording), wording)

    # --- statements and sources

    def _statements(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        texts = [getattr(statement, wording.language) for statement in answer.statements]
        if not texts:
            return begun(answer, wording, wording.say("none_said"), "unknown")
        asked, own = answer.query.filters.year, reading.of_year
        if own is not None and answer.query.filters.years and asked != own:
            said = wording.year(asked) if asked else wording.say("statements.those_years")
            lead = wording.say("statements.other_year", year=said, own=wording.year(own))
            return replace(begun(answer, wording, lead, "unknown"), groups=(Group("", tuple(texts)),))
        if asked and answer.query.intent == "event" and asked not in self._facts.coverage.years:
            texts = [self._no_round(answer, wording).lead, *texts]
        groups = (Group("", tuple(texts[1:])),) if len(texts) > 2 else ()
        notes = tuple(texts[1:]) if len(texts) <= 2 else ()
        if answer.verdicts:
            known = places.profile(answer, begun(answer, wording), wording, self._facts)
            notes += (known.lead,)
            return replace(begun(answer, wording, texts[0]), groups=groups, notes=notes, cities=known.cities)
        if answer.tally and answer.tally.exact and answer.tally.number != answer.query.claimed:
            notes = (counting.count_lead(answer, False, wording, ()).text, *notes)
        named = self._named(texts, own or asked, wording)
        return replace(begun(answer, wording, texts[0]), groups=groups, notes=notes, cities=named)

    def _named(self, texts: Sequence[str], year: int | None, wording: Wording) -> tuple[str, ...]:
        """Return the members of a round that statements about it name."""
        if year is None:
            return ()
        tally = self._facts.answer(Query("list", filters=Filters(years=only(year)))).tally
        return named_in(texts, (member.place for member in tally.members), wording) if tally else ()

    def _sources(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        lines = tuple(
            f"{wording.publisher(source)}{': ' + source.title if source.title != source.publisher else ''}"
            for source in answer.sources[:_SOURCES]
        )
        if (left := len(answer.sources) - _SOURCES) > 0:
            lines += (wording.say("sources_more", number=left),)
        return replace(begun(answer, wording, wording.say("sources")), groups=(Group("", lines),))

    def _completeness(self, answer: Answer, reading: Reading, wording: Wording) -> Reply:
        tally = answer.tally
        assert tally is not None
        if not tally.years:
            return self._no_round(answer, wording)
        asked = [span.single for span in answer.query.filters.years if span.single]
        each = len(asked) > 1 and len(asked) == len(answer.query.filters.years)  # which need not be in a row
        held, year = len(tally.members), wording.years(asked) if each else wording.span(tally.years)
        key = "whole" if tally.complete else "part" if tally.exact else "unsure"
        text = wording.say(
            f"completeness.{key}",
            year=year,
            where=wording.where(tally.filters),
            held=held,
            declared=tally.number,
            missing=tally.number - held,
        )
        return begun(answer, wording, text)


# By name and not in each instance: those would hold themselves, and outlive the fact base they speak for.
_BY_ASK: dict[str, Callable[[Renderer, Answer, Reading, Wording], Reply]] = {
    "list": Renderer._list,
    "count": Renderer._list,
    "check": Renderer._check,
    "profile": Renderer._profile,
    "when": Renderer._when,
    "where": Renderer._where,
    "rank": Renderer._rank,
    "table": Renderer._table,
    "share": Renderer._share,
    "difference": Renderer._difference,
    "earliest": Renderer._earliest,
    "statements": Renderer._statements,
    "sources": Renderer._sources,
    "completeness": Renderer._completeness,
    "conflicts": Renderer._statements,
}


def _tidy(reply: Reply, wording: Wording) -> Reply:
    """Return the reply with its spaces set right and its first letter a capital."""
    lead = wording.spaced(reply.lead)
    groups = tuple(
        Group(wording.spaced(group.heading), tuple(wording.spaced(line) for line in group.lines))
        for group in reply.groups
    )
    notes = tuple(_capital(wording.spaced(note)) for note in reply.notes)
    return replace(reply, lead=_capital(lead), groups=groups, notes=notes)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _of_kind(shown: Sequence[Membership], features: frozenset[str]) -> list[Membership]:
    """Return those shown that joined as the kind of place that is asked for, where not all did: "provinces"."""
    kind = next((kind for kind in UNITS if kind in features), None)
    found = [member for member in shown if member.place.kind == kind]
    return found if len(found) < len(shown) else []


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
