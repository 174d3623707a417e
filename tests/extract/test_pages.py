"""What is put together before it is read: leaflets in columns, cut paragraphs, items on one line; lines of years."""

from __future__ import annotations

import pytest

from knowledge.extract import extract
from knowledge.extract.calendar import years
from knowledge.extract.members import _of_cities
from knowledge.extract.pages import FEED, over_pages
from knowledge.reading import Records
from tests.extract.pdf_writer import Line, pdf

LEFT = [
    "Learning cities: the newcomers of 2031",
    "UNESCO admitted 14 cities to its Global Network",
    "of Learning Cities. See who they are.",
    "",
    "Asia and the Pacific",
    "• Hua Hin (Thailand)",
    "• Nan (Thailand)",
    "• Kyoto (Japan)",
    "• Kobe (Japan)",
    "• Cebu (Philippines)",
    "• Bandung (Indonesia)",
    "• Hue (Viet Nam)",
]
RIGHT = [
    "Europe and North America",
    "• Lyon (France)",
    "• Brest (France)",
    "• Ghent (Belgium)",
    "• Leeds (United Kingdom of",
    "Great Britain and Northern Ireland)",
    "• Braga (Portugal)",
    "• Bilbao (Spain)",
    "• Trieste (Italy)",
]


def test_leaflet_is_read_column_by_column(records: Records) -> None:
    page: list[Line] = [(0, text, number) for number, text in enumerate(LEFT)]
    page += [(280 + 8 * text.startswith("Great"), text, number + 0.3) for number, text in enumerate(RIGHT)]
    draft = extract(pdf([page]), "leaflet.pdf", known=records)
    named = {(member.printed, member.country) for member in draft.members}
    assert {("Hue", "VN"), ("Leeds", "GB"), ("Trieste", "IT"), ("Hua Hin", "TH")} <= named
    assert len(named) == 14
    assert {number.value for number in draft.numbers if number.measure == "new_cities"} == {14}


def test_items_on_one_line_are_parted(records: Records) -> None:
    text = (
        "New members of the UNESCO Global Network of Learning Cities, 2031\n\nThe new members are:\n\nAfrica\n\n"
        "• Ndola, Zambia • Kigali, Rwanda • Tamale, Ghana\n"
    )
    members = extract(text.encode(), "list.txt", known=records).members
    assert [(m.printed, m.country) for m in members] == [("Ndola", "ZM"), ("Kigali", "RW"), ("Tamale", "GH")]


CUT = "Asia (4): Kyoto, Japan; Gimhae, Republic of Korea; Nan, Thailand; Jinju, Republic"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([CUT, "  3", "UIL   Press release", "of Korea."], [f"{CUT}\nof Korea."]),
        ([CUT, FEED, "of Korea."], [f"{CUT}\nof Korea."]),
        ([CUT + ".", "3", "of Korea."], [CUT + ".", "3", "of Korea."]),
        ([CUT, "An unnumbered line", "of Korea."], [CUT, "An unnumbered line", "of Korea."]),
        (["Asia", "3", "of Korea."], ["Asia", "3", "of Korea."]),
    ],
)
def test_paragraphs_go_on_over_the_end_of_a_page(parts: list[str], whole: list[str]) -> None:
    assert over_pages(parts) == whole


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2030–2031", (2030, 2031)),
        ("’16–’18", (2016, 2017, 2018)),
        ("’24", (2024,)),
        ("ปี ’67", (2024,)),
        ("’62–’63", (2019, 2020)),
        ("2567", (2024,)),
        ("2019, 2020 and so on", ()),
    ],
)
def test_lines_of_years(line: str, found: tuple[int, ...]) -> None:
    assert years(line) == found


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("UNESCO admitted 24 cities from 19 countries", [24]),
        ("On 12 March UNESCO admitted new cities", []),
        ("In 2031 the network of cities grew", []),
        ("19 countries have new cities", []),
        ("36 months later two cities joined", [2]),
    ],
)
def test_only_numbers_of_cities_are_those_of_a_list(sentence: str, numbers: list[int]) -> None:
    assert list(_of_cities(sentence)) == numbers
