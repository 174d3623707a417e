"""Every shape of announcement, in both languages, gives exactly the memberships and numbers it states."""

from __future__ import annotations

import pytest

from knowledge.extract import extract
from knowledge.reading import Records
from tests.benchmarks.extract import measure, without
from tests.extract.forms import FORMS, facts

YEARS = (2019, 2020, 2022, 2024, 2025)
CASES = [(name, language) for name in FORMS for language in ("en", "th")]


@pytest.mark.parametrize(("name", "language"), CASES, ids=["-".join(case) for case in CASES])
def test_forms(name: str, language: str, records: Records, new_places: dict[int, Records]) -> None:
    number = CASES.index((name, language))
    year = YEARS[number % len(YEARS)]
    found = facts(records, year, number % 3)
    assert measure(records, found, name, language, without(records, year, False)) == []
    assert measure(records, found, name, language, new_places[year]) == []


def test_the_same_text_gives_the_same_draft(records: Records) -> None:
    filename, data = FORMS["page, lists"](facts(records, 2024), "th")
    assert extract(data, filename, known=records) == extract(data, known=records)
