"""Answers out of the packaged records: what is stated, and what is not because a list is not held whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from bot.conversation import Engine
from knowledge.answer import Answer, Tally
from knowledge.model import WORLD, Bounds, Filters, Query, Scope, YearSpan
from knowledge.queries import Facts
from knowledge.store import FactBase

BUDDHIST_ERA = 543
ALIKE = {"macao"}
"""Members whose name, without its marks, is that of a territory."""


class Joined(NamedTuple):
    """A membership, with the names that people use."""

    year: int
    place: str
    name: str
    name_th: str | None
    country: str
    country_th: str


@pytest.fixture(scope="module")
def on(facts: FactBase) -> Facts:
    return Facts(facts)


@pytest.fixture(scope="module")
def joined(facts: FactBase) -> list[Joined]:
    rows = facts.rows(
        "SELECT year, place.id, place.name, place.name_th, country.name_en, country.name_th FROM membership"
        " JOIN place ON place.id = membership.place JOIN country ON country.iso = place.country ORDER BY 1, 2"
    )
    return [Joined(*row) for row in rows]


def only(year: int, **fields: Any) -> Filters:
    """Return filters for one year."""
    return Filters(years=(YearSpan(year, year),), **fields)


def tally_of(facts: Facts, filters: Filters) -> Tally:
    """Return the count of what `filters` let through."""
    tally = facts.answer(Query("count", filters=filters)).tally
    assert tally is not None
    return tally


def whole_lists(base: FactBase) -> set[tuple[int, str]]:
    """Return the years and countries whose lists the records call complete, read from the tables alone."""
    found = set()
    for country, region in base.rows("SELECT iso, region FROM country"):
        scopes = {("world", "world"), ("region", region), ("country", country)}
        for year, kind, ref in base.rows("SELECT year, scope_kind, scope_id FROM coverage WHERE complete"):
            if (kind, ref) in scopes:
                found.add((year, country))
    return found


def pairs(base: FactBase) -> Iterator[tuple[int, str]]:
    """Yield every round and country."""
    yield from map(tuple, base.rows("SELECT year, iso FROM cohort, country ORDER BY 1, 2"))


# --- numbers that are printed, numbers that are counted


def test_printed_number_counts_more_than_names(on: Facts) -> None:
    tally = tally_of(on, only(2022))
    assert (tally.number, tally.exact, tally.complete, len(tally.members)) == (77, True, False, 71)
    assert (tally.countries, tally.countries_exact) == (44, True)


def test_every_printed_number_of_a_round_is_the_one_stated(on: Facts, facts: FactBase) -> None:
    rows = facts.rows(
        "SELECT year, value FROM declared"
        " WHERE followed AND measure = 'new_cities' AND scope_kind = 'world' AND year IN (SELECT year FROM cohort)"
    )
    printed = dict(map(tuple, rows))
    assert printed
    assert {year: tally_of(on, only(year)).number for year in printed} == printed


def test_names_are_never_more_than_the_number_stated(on: Facts, facts: FactBase) -> None:
    wrong = []
    for year, country in pairs(facts):
        tally = tally_of(on, only(year, countries=frozenset({country})))
        if tally.number < len(tally.members):
            wrong.append((year, country, tally.number))
    assert wrong == []


def test_count_of_names_is_a_lower_bound_where_the_list_has_gaps(on: Facts) -> None:
    tally = tally_of(on, only(2020, regions=frozenset({"asia-pacific"})))
    assert not tally.exact and not tally.complete
    assert tally.number == len(tally.members) > 0


def test_count_of_names_is_exact_where_the_list_is_whole(on: Facts) -> None:
    tally = tally_of(on, only(2022, regions=frozenset({"asia-pacific"})))
    assert (tally.number, tally.exact, tally.complete, len(tally.members)) == (13, True, True, 13)


def test_exclusion_is_taken_from_the_printed_number(on: Facts) -> None:
    tally = tally_of(on, only(2022, not_countries=frozenset({"TH"})))
    assert (tally.number, tally.exact) == (74, True)
    assert "TH" not in {member.place.country for member in tally.members}


def test_thirteen_thai_members_of_all_time(on: Facts) -> None:
    tally = tally_of(on, Filters(countries=frozenset({"TH"})))
    assert (tally.number, tally.exact, len(tally.members)) == (13, True, 13)


def test_year_without_a_round_has_no_rounds(on: Facts) -> None:
    tally = tally_of(on, only(2021))
    assert (tally.years, tally.members, tally.exact) == ((), (), False)


# --- what is denied


def test_only_a_whole_list_shows_that_no_city_joined(on: Facts, facts: FactBase) -> None:
    whole = whole_lists(facts)
    wrong = []
    for year, country in pairs(facts):
        tally = tally_of(on, only(year, countries=frozenset({country})))
        if not tally.members and tally.exact != ((year, country) in whole):
            wrong.append((year, country, tally.exact))
    assert wrong == []


def test_only_whole_lists_show_that_a_place_did_not_join(on: Facts, facts: FactBase) -> None:
    whole = whole_lists(facts)
    strangers = facts.rows(
        "SELECT country, min(id) FROM place WHERE NOT member AND id NOT IN (SELECT place FROM mention) GROUP BY country"
    )
    place_in = dict(map(tuple, strangers))
    wrong = []
    for year, country in pairs(facts):
        if place := place_in.get(country):
            (verdict,) = on.answer(Query("check", filters=only(year, places=(place,)))).verdicts
            expected = "absent" if (year, country) in whole else "not_found"
            if verdict.status != expected:
                wrong.append((year, place, verdict.status))
    assert wrong == []


def test_place_is_denied_for_all_time_only_where_every_round_is_whole(on: Facts, facts: FactBase) -> None:
    whole, rounds = whole_lists(facts), on.coverage.years
    strangers = facts.rows(
        "SELECT country, id FROM place WHERE NOT member AND id NOT IN (SELECT place FROM mention)"
        " AND id IN (SELECT min(id) FROM place GROUP BY country UNION SELECT max(id) FROM place GROUP BY country)"
    )
    wrong = []
    for country, place in strangers:
        (verdict,) = on.answer(Query("check", filters=Filters(places=(place,)))).verdicts
        expected = "absent" if all((year, country) in whole for year in rounds) else "not_found"
        if verdict.status != expected:
            wrong.append((place, verdict.status))
    assert wrong == []


@pytest.mark.parametrize(("year", "status"), [(2022, "member"), (2019, "other_year"), (2021, "other_year")])
def test_member_of_one_year_is_no_stranger_in_another(on: Facts, year: int, status: str) -> None:
    (verdict,) = on.answer(Query("check", filters=only(year, places=("hat-yai",)))).verdicts
    assert (verdict.status, [member.year for member in verdict.memberships]) == (status, [2022])


def test_list_that_shows_an_absence_is_the_narrowest(on: Facts) -> None:
    (verdict,) = on.answer(Query("check", filters=Filters(places=("lampang-th",)))).verdicts
    assert (verdict.extent.scope, verdict.extent.held, verdict.extent.complete) == (Scope("country", "TH"), 13, True)
    (verdict,) = on.answer(Query("check", filters=only(2022, places=("tokyo-jp",)))).verdicts
    assert (verdict.extent.scope, verdict.extent.held) == (Scope("region", "asia-pacific"), 13)


# --- comparing


def compare(facts: Facts, filters: Filters, **fields: Any) -> Answer:
    """Return the answer to a question that compares."""
    return facts.answer(Query(filters=filters, **fields))


def test_countries_with_as_many_cities_share_the_first_rank(on: Facts) -> None:
    answer = compare(on, only(2022, regions=frozenset({"asia-pacific"})), ask="rank", subject="countries")
    assert [(row.id, row.number) for row in answer.rows] == [
        *[("IN", 3), ("KR", 3), ("TH", 3)],
        *[("AU", 1), ("CN", 1), ("IR", 1), ("VN", 1)],
    ]
    assert all(row.exact for row in answer.rows)


def test_ranking_can_be_turned_round(on: Facts) -> None:
    answer = compare(on, only(2022, regions=frozenset({"asia-pacific"})), ask="rank", subject="countries", fewest=True)
    numbers = [row.number for row in answer.rows]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("least", "most", "countries"),
    [(3, 3, "IN KR TH"), (2, None, "IN KR TH"), (0, 2, "AU CN IR VN"), (4, None, ""), (1, 1, "AU CN IR VN")],
)
def test_threshold_keeps_what_meets_it(on: Facts, least: int, most: int | None, countries: str) -> None:
    filters = only(2022, regions=frozenset({"asia-pacific"}))
    answer = compare(on, filters, ask="rank", subject="countries", threshold=Bounds(least, most))
    assert [row.id for row in answer.rows] == countries.split()


def test_share_is_of_the_printed_number(on: Facts) -> None:
    part, of_year, of_country = compare(on, only(2022, countries=frozenset({"TH"})), ask="share").tallies
    assert [(t.number, t.exact) for t in (part, of_year, of_country)] == [(3, True), (77, True), (13, True)]


def test_years_are_ranked_by_countries(on: Facts) -> None:
    rows = compare(on, Filters(), ask="rank", subject="years", by_countries=True).rows
    assert [(row.id, row.number) for row in rows[:3]] == [("2025", 46), ("2022", 44), ("2024", 35)]


def test_one_year_is_ranked_among_all(on: Facts) -> None:
    assert len(compare(on, only(2024), ask="rank", subject="years").rows) == len(on.coverage.years)


def test_what_is_there_in_each_of_the_years(on: Facts) -> None:
    years = (YearSpan(2022, 2022), YearSpan(2024, 2024))
    tally = compare(on, Filters(years=years), ask="list", subject="countries", in_each=True).tally
    assert tally is not None
    both = {m.place.country for m in tally.members}
    assert "TH" in both and "IN" not in both
    assert (tally.countries, tally.countries_exact) == (len(both), False)
    assert {(m.place.country, m.year) for m in tally.members} == {(c, y) for c in both for y in (2022, 2024)}


def test_others_of_the_same_country(on: Facts) -> None:
    tally = compare(on, Filters(places=("nilambur",)), ask="same_country").tally
    assert tally is not None
    assert [m.place.id for m in tally.members] == ["thrissur", "warangal"]


def test_difference_is_of_printed_numbers(on: Facts) -> None:
    years = (YearSpan(2022, 2022), YearSpan(2024, 2024))
    one, other = compare(on, Filters(years=years), ask="difference").tallies
    assert [(one.number, one.exact), (other.number, other.exact)] == [(77, True), (64, True)]


def test_difference_of_one_thing_ranks_it(on: Facts) -> None:
    answer = compare(on, only(2022), ask="difference")
    assert (answer.query.ask, answer.query.subject, answer.tallies) == ("rank", "countries", ())


def test_earliest_of_a_country_whose_lists_are_whole(on: Facts) -> None:
    answer = compare(on, Filters(countries=frozenset({"TH"})), ask="earliest")
    assert answer.tally is not None
    assert [(member.place.id, member.year) for member in answer.tally.members] == [("chiang-rai", 2019)]
    assert on.coverage.whole(Filters(countries=frozenset({"TH"})))


def test_newest_round_is_that_of_what_is_asked_for(on: Facts) -> None:
    newest = on.answer(Query("list", latest=True))
    assert newest.query.filters.year == max(on.coverage.years)
    indian = on.answer(Query("list", filters=Filters(countries=frozenset({"IN"})), latest=True))
    assert indian.tally is not None and indian.tally.members
    assert {member.year for member in indian.tally.members} == {indian.query.filters.year}


def test_network_is_as_large_as_the_newest_source_says(on: Facts, facts: FactBase) -> None:
    (newest,) = facts.rows(
        "SELECT value FROM declared WHERE followed AND measure = 'total_cities' AND scope_kind = 'world'"
        " ORDER BY year DESC LIMIT 1"
    )
    tally = tally_of(on, Filters())
    assert (tally.number, tally.total) == (newest[0], True)


def test_every_answer_names_its_source(on: Facts) -> None:
    asks = ["list", "count", "rank", "table", "earliest", "sources", "completeness"]
    for ask in asks:
        assert compare(on, only(2022, countries=frozenset({"TH"})), ask=ask).cited, ask
    assert on.answer(Query("list", filters=only(2022))).cited[0].year == 2022


def test_printed_numbers_know_their_scope(on: Facts) -> None:
    declared = on.coverage.declared(2022, WORLD, "new_cities")
    assert declared is not None and (declared.value, declared.scope) == (77, WORLD)


# --- every membership, asked for as people ask


@pytest.mark.parametrize("question", ["is {} a member?", "when did {} join?"])
def test_every_member_is_found_in_english(engine: Engine, joined: list[Joined], question: str) -> None:
    asked = {question.format(one.name): (one.name, str(one.year)) for one in joined if one.place not in ALIKE}
    assert wrong(engine, asked) == []


@pytest.mark.parametrize("question", ["{}เป็นสมาชิกไหม", "{}เข้าร่วมเมื่อไหร่"])
def test_every_member_with_a_thai_name_is_found_in_thai(engine: Engine, joined: list[Joined], question: str) -> None:
    asked = {question.format(one.name_th): (one.name, str(one.year + BUDDHIST_ERA)) for one in joined if one.name_th}
    assert len(asked) > 100
    assert wrong(engine, asked) == []


def test_every_member_is_placed_in_its_country(engine: Engine, joined: list[Joined]) -> None:
    asked = {f"where is {one.name}?": (one.name, one.country) for one in joined if one.place not in ALIKE}
    assert wrong(engine, asked) == []


def test_every_member_is_placed_in_its_country_in_thai(engine: Engine, joined: list[Joined]) -> None:
    asked = {f"{one.name_th}อยู่ที่ไหน": (one.name, one.country_th) for one in joined if one.name_th}
    assert wrong(engine, asked) == []


def wrong(engine: Engine, asked: dict[str, tuple[str, str]]) -> list[str]:
    """Return the questions whose answer does not name the city or does not say what it must."""
    found = []
    for question, (city, says) in asked.items():
        reply = engine.answer(question).reply
        if reply.outcome != "answered" or city not in reply.cities or says not in reply.text:
            found.append(f"{question} → {reply.text}")
    return found
