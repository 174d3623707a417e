"""Standing questions: asked of a fact base before it serves, and of two to tell which answers change."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.conversation import Engine
from bot.language import LANGUAGES, Language, load
from bot.replies.reply import Reply
from knowledge.diff import Change
from knowledge.model import Filters, only

_ERA: dict[Language, int] = {"th": 543, "en": 0}  # years of the calendar of each language
_MOST = 60  # places, and countries, that are asked about one by one


@dataclass(frozen=True, slots=True)
class Standing:
    """A question with the cities that a right answer names: at least these, or with `only` no others."""

    text: str
    language: Language
    cities: frozenset[str] = frozenset()
    only: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A question whose answer changes, with the lines that go and those that come."""

    question: str
    language: Language
    gone: tuple[str, ...]
    come: tuple[str, ...]


def failures(engine: Engine) -> list[str]:
    """Ask what every fact base has to answer, and return the questions that got no answer, or a wrong one."""
    years = engine.facts.coverage.years
    newest = engine.facts.members(Filters(years=only(years[-1]))) if years else ()
    places = [membership.place.id for membership in newest]
    countries = sorted({(membership.year, membership.place.country) for membership in newest})
    asked = [
        *_fixed(),
        *_of_years(years[-1:]),
        *_of_countries(engine, countries[:_MOST]),
        *_of_places(engine, places[:_MOST]),
    ]
    return [question.text for question in asked if not _is_right(engine.answer(question.text).reply, question)]


def changed_answers(old: Engine, new: Engine, changes: Iterable[Change]) -> list[Changed]:
    """Return the standing questions, and those about what changes, that the two answer differently."""
    found = []
    for question in {question.text: question for question in _about(old, new, list(changes))}.values():
        before, after = (_lines(engine.answer(question.text).reply) for engine in (old, new))
        if before != after:
            gone, come = _differing(before, after)
            found.append(Changed(question.text, question.language, gone, come))
    return found


def _is_right(reply: Reply, question: Standing) -> bool:
    if reply.outcome == "clarify":  # a name of two places; it is asked back, and nothing wrong is said
        return bool(question.cities) and not question.only
    named = frozenset(reply.cities)
    if reply.outcome == "unknown" and not question.cities:
        return not named  # a list with gaps, in which none is held: "none of the names we hold"
    return reply.outcome == "answered" and (named == question.cities if question.only else question.cities <= named)


def _about(old: Engine, new: Engine, changes: list[Change]) -> Iterator[Standing]:
    facts = [change.fact for change in changes]
    years = {int(str(fact["year"])) for fact in facts if fact.get("year")}
    yield from _of_years(sorted(years))
    joined = [(int(str(c.fact["year"])), str(c.fact["place"])) for c in changes if c.table == "membership"]
    for engine in (old, new):
        held = [(year, place) for year, place in joined if engine.facts.knows("place", place)]
        countries = sorted({(year, engine.facts.place(place).country) for year, place in held})
        yield from _of_countries(engine, countries[:_MOST])
        yield from _of_places(engine, [place for _, place in held][:_MOST])
    yield from _fixed()


def _fixed() -> Iterator[Standing]:
    for language in LANGUAGES:
        for text in load("standing", language)["always"]:
            yield Standing(text, language)


def _of_years(years: Iterable[int]) -> Iterator[Standing]:
    for year in years:
        for language in LANGUAGES:
            for text in load("standing", language)["of_year"]:
                yield Standing(text.format(year=year + _ERA[language]), language)


def _of_countries(engine: Engine, countries: Iterable[tuple[int, str]]) -> Iterator[Standing]:
    for year, iso in countries:
        english, thai = engine.facts.name("country", iso)
        joined = engine.facts.members(Filters(years=only(year), countries=frozenset((iso,))))
        held = frozenset(membership.place.name for membership in joined)
        for language in LANGUAGES:
            name = thai if language == "th" else english
            for text in load("standing", language)["of_country"]:
                yield Standing(text.format(country=name, year=year + _ERA[language]), language, held, only=True)


def _of_places(engine: Engine, places: Iterable[str]) -> Iterator[Standing]:
    for place in map(engine.facts.place, places):
        for language in LANGUAGES:
            name = place.name_th if language == "th" and place.name_th else place.name
            for text in load("standing", language)["of_place"]:
                yield Standing(text.format(city=name), language, frozenset((place.name,)))


def _lines(reply: Reply) -> list[str]:
    return [*reply.text.splitlines(), *(f"({citation.label})" for citation in reply.citations)]


def _differing(before: list[str], after: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lines = list(difflib.ndiff(before, after))
    gone, come = ([line[2:] for line in lines if line.startswith(sign)] for sign in ("- ", "+ "))
    return tuple(gone), tuple(come)
