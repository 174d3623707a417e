"""Answer to sketch and caption: all that is asked of the fact base, before anything is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.language import LANGUAGES, Language
from bot.pictures import figures
from bot.pictures.captions import fitting
from bot.pictures.sketch import CityMap, Pin, Sketch
from bot.replies.reply import Reply
from bot.replies.wording import Wording
from knowledge.answer import Answer
from knowledge.model import NO_FILTERS, Filters, Membership, Place, Query
from knowledge.queries import Facts

NETWORK = Query("count", intent="count", of_network=True)  # what the whole network is asked by
_OF_PLACES = ("check", "profile", "when", "where")
_NO_CITIES = ("statements", "conflicts", "sources")
_TITLED = 3  # countries or cities named in a title
_TOLD = 8  # names in a caption of cities that cannot be shown
_SOURCES = 3


def to_map(query: Query) -> Query:
    """Return the query whose answer names all cities that belong on a map of what `query` asks about."""
    if query.ask == "together" or (query.ask in _NO_CITIES and not query.filters.narrowed):
        return query
    if query.filters.places:
        return query if query.ask in _OF_PLACES else Query("check", filters=query.filters, intent="check")
    if query.filters == NO_FILTERS and not query.latest:
        return NETWORK
    return Query("list", filters=query.filters, intent="list", latest=query.latest)


class Collector:
    """Collects what pictures show, out of one fact base. Not safe for use by two threads at once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._wording: dict[Language, Wording] = {language: Wording(language, facts.name) for language in LANGUAGES}

    def map_of(self, answer: Answer, reply: Reply) -> tuple[Sketch | None, Reply]:
        """Return a map of the cities that `answer` names and its caption, made of `reply`; no map without places."""
        members = _once((*answer.memberships, *(m for verdict in answer.verdicts for m in verdict.inside)))
        wording = self._wording[reply.language]
        pins = tuple(_pin(member, wording) for member in members if member.place.latitude is not None)
        if not members:
            return None, reply
        unplaced = [member.place for member in members if member.place.latitude is None]
        caption = self._caption(reply, members, unplaced, wording)
        if not pins:
            return None, caption
        sketch = CityMap(
            title=self._title(answer, members, wording),
            subtitle=_subtitle(answer, members, len(pins), wording),
            heading=wording.say("pictures.heading"),
            pins=pins,
            years={year: wording.year_again(year) for year in sorted({pin.year for pin in pins})},
            joined=wording.say("pictures.joined_key"),
            dots_only=wording.say("pictures.dots_only"),
            unnamed=wording.say("pictures.unnamed", number="{number}"),
            credits=(_source(reply, wording), wording.say("pictures.credits")),
            countries=self._countries(wording),
        )
        return sketch, caption

    def statistics(self, reply: Reply) -> tuple[Sketch, Reply]:
        """Return the network in figures and its caption, made of the `reply` that tells how large the network is."""
        wording = self._wording[reply.language]
        return figures.statistics(self._facts, reply, wording, _source(reply, wording))

    def _title(self, answer: Answer, members: Sequence[Membership], wording: Wording) -> str:
        filters = answer.query.filters
        if answer.verdicts:
            return _listed([wording.city(m.place, plain=True) for m in members], wording)
        return wording.spaced(self._place(filters, wording) + self._limits(filters, wording))

    def _limits(self, filters: Filters, wording: Wording) -> str:
        """Return what else cities had to meet to be shown, or nothing."""
        initial = wording.say("initial", letter=filters.initial.upper()) if filters.initial else ""
        return initial + wording.but(filters, [self._facts.place(place) for place in sorted(filters.not_places)])

    def _place(self, filters: Filters, wording: Wording) -> str:
        """Return where and when: "Africa, 2022", "Cities that joined in 2022"."""
        names = [_capital(name) for name in wording.countries(filters.countries)]
        names += [wording.name("region", region) for region in sorted(filters.regions)]
        if names and filters.years:
            years = wording.when(filters).strip() if filters.year is None else wording.year(filters.year)
            return wording.say("pictures.title", place=_listed(names, wording), years=years)
        if names:
            return _listed(names, wording)
        if filters.years:
            return wording.say("pictures.joined", when=wording.when(filters))
        return wording.say("pictures.network" if filters == NO_FILTERS else "pictures.cities")

    def _caption(
        self, reply: Reply, members: Sequence[Membership], unplaced: Sequence[Place], wording: Wording
    ) -> Reply:
        names = [wording.city(place, plain=True) for place in unplaced[:_TOLD]]
        if len(unplaced) > _TOLD:
            names.append(wording.say("pictures.more_names", number=len(unplaced) - _TOLD))
        limits = (wording.spaced(wording.say("pictures.not_drawn", names=wording.join(names))),) if names else ()
        regions = Counter(self._facts.coverage.region_of.get(m.place.country) or "" for m in members)
        told = [
            wording.say("pictures.region", name=wording.name("region", region), number=number)
            for region, number in regions.most_common()
            if region
        ]
        by_region = wording.say("pictures.by_region", names=", ".join(told)) if len(told) > 1 else ""
        return fitting(reply, limits, wording.spaced(by_region))

    def _countries(self, wording: Wording) -> dict[str, str]:
        regions = self._facts.coverage.region_of
        return {country: wording.name("country", country) for country, region in regions.items() if region}


def _once(members: Sequence[Membership]) -> list[Membership]:
    """Return each place once, with the year it first joined."""
    first: dict[str, Membership] = {}
    for member in sorted(members, key=lambda m: m.year):
        first.setdefault(member.place.id, member)
    return list(first.values())


def _pin(member: Membership, wording: Wording) -> Pin:
    place = member.place
    assert place.latitude is not None
    assert place.longitude is not None
    return Pin(wording.city(place, plain=True), (place.longitude, place.latitude), member.year, place.country)


def _subtitle(answer: Answer, members: Sequence[Membership], drawn: int, wording: Wording) -> str:
    """Return how many cities there are, how many of them are held by name, and how many of these are shown."""
    if len(members) == 1:
        place = members[0].place
        joined = wording.say("pictures.joined_one", years=wording.year(members[0].year))
        return wording.spaced(f"{wording.name('country', place.country)} · {joined}")
    tally, held = answer.tally, len(members)
    parts = [wording.count("city", held)]
    if tally and tally.exact and tally.number > held:
        parts = [wording.count("city", tally.number), wording.say("pictures.held", held=held)]
    elif tally and not tally.exact:
        parts = [wording.say("rank.at_least", number=parts[0])]
    if drawn < held:
        parts.append(wording.say("pictures.drawn", number=drawn))
    return wording.spaced(" · ".join(parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: Sequence[str], wording: Wording) -> str:
    if len(names) <= _TITLED:
        return wording.join(names)
    return wording.say("pictures.more_places", names=wording.join(names[:_TITLED]), number=len(names) - _TITLED)


def _source(reply: Reply, wording: Wording) -> str:
    labels = list(dict.fromkeys(citation.label for citation in reply.citations))
    more = [f"+{len(labels) - _SOURCES}"] if len(labels) > _SOURCES else []
    return wording.say("pictures.source", sources=", ".join([*labels[:_SOURCES], *more]))
