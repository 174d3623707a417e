"""Answer to sketch and caption: all that is asked of the fact base, before anything is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.language import LANGUAGES, Language
from bot.pictures import figures
from bot.pictures.captions import fitting
from bot.pictures.sketch import CityMap, Pin, Sketch
from bot.replies.reply import Reply
from bot.replies.wording import Wording
from knowledge.answer import Answer
from knowledge.model import Filters, Membership, Place
from knowledge.queries import Facts

_TITLED = 3  # countries or cities named in a title
_TOLD = 8  # names in a caption of cities that cannot be shown
_SOURCES = 3


class Collector:
    """Collects what pictures show, out of one fact base. Not safe for use by two threads at once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._wording: dict[Language, Wording] = {language: Wording(language, facts.name) for language in LANGUAGES}

    def map_of(self, answer: Answer, reply: Reply) -> tuple[Sketch, Reply] | None:
        """Return a map of the cities that `answer` rests on and its caption, made of `reply`; None without cities."""
        members = _once(answer.memberships or tuple(m for tally in answer.tallies for m in tally.members))
        wording = self._wording[reply.language]
        pins = tuple(_pin(member, wording) for member in members if member.place.latitude is not None)
        if not pins:
            return None
        unplaced = [member.place for member in members if member.place.latitude is None]
        caption = self._caption(reply, members, unplaced, wording)
        sketch = CityMap(
            title=self._title(answer, members, wording),
            subtitle=_subtitle(answer, len(members), len(unplaced), wording),
            heading=wording.say("pictures.heading"),
            pins=pins,
            years={year: wording.year(year) for year in sorted({pin.year for pin in pins})},
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
        names = [wording.name("country", country) for country in sorted(filters.countries)]
        names += [wording.name("region", region) for region in sorted(filters.regions)]
        place = _listed(names, wording) if names else wording.say("pictures.network")
        years = _years(filters, wording)
        return wording.spaced(wording.say("pictures.title", place=place, years=years) if years else place)

    def _caption(
        self, reply: Reply, members: Sequence[Membership], unplaced: Sequence[Place], wording: Wording
    ) -> Reply:
        notes = list(reply.notes)
        if unplaced:
            names = [wording.city(place, plain=True) for place in unplaced[:_TOLD]]
            if len(unplaced) > _TOLD:
                names.append(wording.say("pictures.more_names", number=len(unplaced) - _TOLD))
            notes.append(wording.say("pictures.not_drawn", names=wording.join(names)))
        regions = Counter(self._facts.coverage.region_of.get(m.place.country) or "" for m in members)
        told = [
            wording.say("pictures.region", name=wording.name("region", region), number=number)
            for region, number in regions.most_common()
            if region
        ]
        by_region = wording.say("pictures.by_region", names=", ".join(told))
        return fitting(replace(reply, notes=tuple(notes)), wording.spaced(by_region))

    def _countries(self, wording: Wording) -> dict[str, str]:
        return {country: wording.name("country", country) for country in self._facts.coverage.region_of}


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


def _years(filters: Filters, wording: Wording) -> str:
    return wording.when(filters).strip() if filters.year is None else wording.year(filters.year)


def _subtitle(answer: Answer, held: int, unplaced: int, wording: Wording) -> str:
    tally = answer.tally
    parts = [wording.count("city", held)]
    if tally and tally.exact and tally.number > held:
        parts = [wording.say("pictures.held", held=held, number=tally.number)]
    elif tally and not tally.exact:
        parts = [wording.say("rank.at_least", number=parts[0])]
    if unplaced:
        parts.append(wording.say("pictures.drawn", count=wording.count("city", held - unplaced)))
        parts.append(wording.say("pictures.unplaced", number=unplaced))
    return wording.spaced(" · ".join(parts))


def _listed(names: Sequence[str], wording: Wording) -> str:
    if len(names) <= _TITLED:
        return wording.join(names)
    return wording.say("pictures.more_places", names=wording.join(names[:_TITLED]), number=len(names) - _TITLED)


def _source(reply: Reply, wording: Wording) -> str:
    labels = list(dict.fromkeys(citation.label for citation in reply.citations))
    more = [f"+{len(labels) - _SOURCES}"] if len(labels) > _SOURCES else []
    return wording.say("pictures.source", sources=", ".join([*labels[:_SOURCES], *more]))
