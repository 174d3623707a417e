"""What is read wrong in such texts, or lost, has to be marked for whoever reviews the draft."""

from __future__ import annotations

import pytest

from knowledge.extract import extract
from knowledge.reading import load

FRAME = """Learning cities: three new members in 2031

Paris, 4 February 2031. UNESCO announced today that 3 cities join its Global Network of Learning Cities. {more}

The new members are:
- Lyon, France
- Pakse, Lao PDR
- Hua Hin, Thailand
"""


@pytest.mark.parametrize(
    ("more", "number"),
    [
        ("With them the network grows by three hundred cities.", 300),
        ("Between 2019 and 2031 the network added 340 cities.", 340),
        ("It has added 150 cities since 2025.", 150),
    ],
)
def test_growth_is_no_number_of_a_round(more: str, number: int) -> None:
    draft = extract(FRAME.format(more=more).encode(), "text.txt", known=load())
    assert number not in {one.value for one in draft.numbers}
    assert 3 in {one.value for one in draft.numbers}


def test_a_country_beside_which_nothing_was_read_is_told() -> None:
    more = "They join Tartu, Estonia, Pécs, Hungary, and others on the way."
    draft = extract(FRAME.format(more=more).encode(), "text.txt", known=load())
    assert {member.country for member in draft.members} == {"FR", "LA", "TH"}
    told = " ".join(f"{doubt.message} {doubt.quoted}" for doubt in draft.doubts)
    assert "Estonia" in told
    assert "Hungary" in told


def test_a_province_printed_as_a_city_is_a_doubt() -> None:
    text = FRAME.format(more="").replace("Hua Hin, Thailand", "Nan, Thailand")
    draft = extract(text.encode(), "text.txt", known=load())
    assert any("known as a province and printed as a city" in doubt.message for doubt in draft.doubts)


@pytest.mark.parametrize(
    ("more", "measures"),
    [
        ("The network has 64 cities in 35 countries.", {"total_cities", "total_countries"}),
        ("The network has 3 cities.", {"total_cities"}),
    ],
)
def test_a_network_that_would_have_shrunk_is_a_doubt(more: str, measures: set[str]) -> None:
    draft = extract(FRAME.format(more=more).encode(), "text.txt", known=load())
    doubtful = {one.measure for one in draft.numbers if one.confidence == "doubtful"}
    assert doubtful == measures
    assert any("there were" in doubt.message or "as well" in doubt.message for doubt in draft.doubts)


def test_more_newcomers_than_half_the_network_are_a_doubt() -> None:
    text = FRAME.format(more="").replace("3 cities join", "356 cities join")
    draft = extract(text.encode(), "text.txt", known=load())
    assert {one.confidence for one in draft.numbers if one.value == 356} <= {"doubtful"}
