"""Replies to what asks nothing of the fact base, or what no source says, with what is known that comes near."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.replies import places
from bot.replies.citing import begun
from bot.replies.reply import Group, Outcome, Reply
from bot.replies.wording import Wording
from bot.understanding.interpret import Kind, Reading
from knowledge.model import Filters, Place, Query
from knowledge.queries import Facts

_CHOICES = 4  # places that a misspelt name may mean


def reply(reading: Reading, wording: Wording, facts: Facts) -> Reply:
    """Return the reply to a message that asks nothing of the fact base."""
    said = _BY_KIND[reading.kind](reading, wording, facts)
    return replace(said, suggestions=said.suggestions or wording.texts("suggestions.start"))


def choices(reading: Reading, facts: Facts) -> list[Place]:
    """Return the places that a misspelt name may mean."""
    return [facts.place(entity.ref) for entity in reading.choices if entity.kind == "place"][:_CHOICES]


def _chat(reading: Reading, wording: Wording, _: Facts) -> Reply:
    return Reply(wording.language, "chat", reading.intent, wording.say(f"chat.{reading.intent}"))


def _clarify(reading: Reading, wording: Wording, facts: Facts) -> Reply:
    if not reading.choices:
        return Reply(wording.language, "clarify", "which_city", wording.say("clarify.city"))
    lines = tuple(wording.city_in_country(place).strip() for place in choices(reading, facts))
    lead = wording.say("clarify.name")
    return Reply(wording.language, "clarify", "which_name", lead, (Group("", lines),), suggestions=lines)


def _not_said(reading: Reading, wording: Wording, facts: Facts) -> Reply:
    filters = reading.slots.filters
    if filters.places:
        return _known_of(filters.places[0], wording, facts)
    if "next_call" in reading.features:
        text = wording.say("not_said.next", year=wording.year(facts.coverage.years[-1]))
        return Reply(wording.language, "unknown", "not_said", text)
    if reading.nearest:
        return _nearest(reading.nearest, wording, facts)
    return Reply(wording.language, "unknown", "not_said", wording.say("not_said.plain"))


def _known_of(place: str, wording: Wording, facts: Facts) -> Reply:
    """Return what is known of a place in the reply to what is not."""
    answer = facts.answer(replace(places.PROFILE, filters=Filters(places=(place,))))
    known = places.profile(answer, begun(answer, wording), wording, facts)
    text = wording.say("not_said.known", known=known.lead)
    return replace(known, outcome="unknown", intent="not_said", lead=text, cities=())


def _nearest(topics: tuple[str, ...], wording: Wording, facts: Facts) -> Reply:
    """Return the reply to what the sources do not say, with what they say that comes near."""
    answer = facts.answer(Query("statements", topics=topics, intent="not_said"))
    if not answer.statements:
        answer = facts.answer(Query("conflicts", topics=topics, intent="not_said"))
    known, *more = (getattr(statement, wording.language) for statement in answer.statements)
    return replace(begun(answer, wording, wording.say("not_said.known", known=known), "unknown"), notes=tuple(more))


def _unknown_name(_: Reading, wording: Wording, __: Facts) -> Reply:
    return Reply(wording.language, "unknown", "check", wording.say("check.unknown_name"))


def _unclear(reading: Reading, wording: Wording, _: Facts) -> Reply:
    outcome: Outcome = "unknown" if reading.features else "off_topic"
    return Reply(wording.language, outcome, "unclear", wording.say("unclear"))


def _of_another_matter(reading: Reading, wording: Wording, _: Facts) -> Reply:
    return Reply(wording.language, "off_topic", reading.kind, wording.say(reading.kind))


_BY_KIND: dict[Kind, Callable[[Reading, Wording, Facts], Reply]] = {
    "chat": _chat,
    "clarify": _clarify,
    "not_said": _not_said,
    "unknown_name": _unknown_name,
    "unclear": _unclear,
    "other_network": _of_another_matter,
    "off_topic": _of_another_matter,
}
