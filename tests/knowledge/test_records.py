"""The packaged records say what their sources say."""

from __future__ import annotations

import pytest

from knowledge.check import faults
from knowledge.reading import Records
from knowledge.records import Record
from knowledge.store import FactBase

THAI = {
    2019: {"chiang-rai"},
    2020: {"chachoengsao", "chiang-mai", "phuket"},
    2022: {"hat-yai", "phayao", "sukhothai"},
    2024: {"bangkok", "khon-kaen", "yala"},
    2025: {"rayong", "satun", "tak"},
}
ASIA_PACIFIC_2022 = {
    "canning": "แคนนิง",
    "cao-lanh": "กาวหลัญ",
    "guangzhou": "กว่างโจว",
    "hamedan": "ฮาเมดาน",
    "hat-yai": "หาดใหญ่",
    "hwaseong": "ฮวาซ็อง",
    "nilambur": "นิลัมบุระ",
    "nonsan": "นนซัน",
    "phayao": "พะเยา",
    "sejong": "เซจง",
    "sukhothai": "สุโขทัย",
    "thrissur": "ตฤศศูร",
    "warangal": "วารัลกัล",
}


def record(records: Records, name: str) -> Record:
    return next(record for record in records.announcements.values() if record.id == name)


def test_records_hold_together(records: Records) -> None:
    assert faults(records) == []


def test_thai_announcement_has_its_thirteen_cities_as_printed(records: Records) -> None:
    memberships = record(records, "2022-unesco-bangkok-th").memberships
    assert {row.place: row.printed for row in memberships} == ASIA_PACIFIC_2022
    assert {row.locator for row in memberships} == {"paragraph 4"}
    assert {row.confidence for row in memberships} == {"read"}


def test_thai_announcement_has_its_numbers(records: Records) -> None:
    declared = record(records, "2022-unesco-bangkok-th").declared
    found = {(row.scope.id, row.measure): (row.value, row.locator, row.followed) for row in declared}
    assert found == {
        ("world", "new_cities"): (77, "paragraph 1", True),
        ("world", "new_countries"): (44, "paragraph 1", True),
        ("asia-pacific", "new_cities"): (13, "paragraph 1", True),
        ("TH", "new_cities"): (3, "paragraph 1", True),
    }


def test_thai_announcement_has_every_statement_with_its_paragraph(records: Records) -> None:
    statements = record(records, "2022-unesco-bangkok-th").statements
    assert [row.id for row in statements] == [*(f"st{number:02d}" for number in range(1, 31)), "uil"]
    paragraphs = {"title", *(f"paragraph {number}" for number in (1, 2, 5, 6, 7, 8, 9))}
    assert {row.locator for row in statements} == paragraphs


@pytest.mark.parametrize(
    ("year", "held", "declared"),
    [
        (2016, 16, None),
        (2017, 3, None),
        (2018, 6, None),
        (2019, 16, 38),
        (2020, 42, 54),
        (2022, 71, 77),
        (2024, 53, 64),
        (2025, 39, 72),
    ],
)
def test_figures_of_each_cohort(facts: FactBase, year: int, held: int, declared: int | None) -> None:
    row = facts.row("SELECT count(*) FROM membership WHERE year = ?", (year,))
    assert row is not None and row[0] == held
    stated = facts.row(
        "SELECT value FROM declared WHERE followed AND measure = 'new_cities' AND scope_kind = 'world' AND year = ?",
        (year,),
    )
    assert (stated[0] if stated else None) == declared


def test_figures_of_the_network(facts: FactBase) -> None:
    rows = facts.rows(
        "SELECT year, measure, value FROM declared WHERE followed AND scope_kind = 'world' AND measure LIKE 'total%'"
    )
    totals = {(row["year"], row["measure"].removeprefix("total_")): row["value"] for row in rows}
    assert totals == {
        (2016, "cities"): 115,
        (2016, "countries"): 28,
        (2019, "cities"): 170,
        (2019, "countries"): 53,
        (2020, "cities"): 229,
        (2020, "countries"): 64,
        (2022, "cities"): 294,
        (2022, "countries"): 76,
        (2023, "cities"): 292,
        (2023, "countries"): 76,
        (2024, "cities"): 356,
        (2024, "countries"): 79,
        (2025, "cities"): 425,
        (2025, "countries"): 91,
    }


def test_all_thai_members_are_known_completely(facts: FactBase) -> None:
    rows = facts.rows("SELECT year, place FROM membership JOIN place ON place.id = place WHERE country = 'TH'")
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row["year"], set()).add(row["place"])
    assert found == THAI
    years = {row[0] for row in facts.rows("SELECT year FROM cohort")}
    whole = facts.rows("SELECT year, known FROM coverage WHERE scope_id = 'TH' AND complete")
    assert years <= {row["year"] for row in whole}
    assert sum(row["known"] for row in whole) == 13


def test_inferred_years_are_marked(facts: FactBase) -> None:
    found = {row[0] for row in facts.rows("SELECT place FROM membership WHERE inferred")}
    assert found == {"manizales", "fergana", "waterford", "king-abdullah-economic-city", "al-ahsa", "vinnytsia"}


def test_laayoune_is_no_member(facts: FactBase) -> None:
    assert facts.row("SELECT 1 FROM place WHERE name LIKE 'La%youne' AND member") is None


def test_announcements_have_their_day(facts: FactBase) -> None:
    days = {row["year"]: row["announced"] for row in facts.rows("SELECT year, announced FROM cohort")}
    assert days == {
        2016: None,
        2017: None,
        2018: None,
        2019: "2019-07-17",
        2020: "2020-09-23",
        2022: "2022-09-02",
        2024: "2024-02-14",
        2025: "2025-12-04",
    }


def test_thai_wording_is_never_the_english_one(facts: FactBase) -> None:
    for table in ("statement", "conflict"):
        assert facts.row(f"SELECT 1 FROM {table} WHERE th = en OR trim(th) = '' OR trim(en) = ''") is None


def test_members_without_a_year_are_mentioned_and_no_members(facts: FactBase) -> None:
    rows = facts.rows("SELECT place, member FROM mention JOIN place ON place.id = mention.place")
    assert {row["place"] for row in rows} == {
        "viladecans-es",
        "nikopol-ua",
        "novoyavorivsk-ua",
        "kaunas-lt",
        "leon-ni",
        "bogota-co",
    }
    assert {row["member"] for row in rows} == {0}
