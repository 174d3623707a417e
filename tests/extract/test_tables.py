"""Tables: which column has what, and which country an empty or merged cell stands for."""

from __future__ import annotations

import pytest

from knowledge.extract import Draft, extract
from knowledge.reading import Records
from tests.extract.pdf_writer import pdf

HEAD = "UNESCO learning cities: new members in 2031\n\nThe new members are:\n\n"


def members(draft: Draft) -> list[str]:
    return [f"{member.printed}/{member.country}" for member in draft.members]


def page(rows: list[str]) -> bytes:
    body = HEAD.replace("\n\n", "</p><p>").join(("<p>", "</p>"))
    return f"<html><body>{body}<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>".encode()


def test_a_country_stands_once_for_the_rows_below(records: Records) -> None:
    table = (
        "| Country | City |\n|---|---|\n| Thailand | Hua Hin |\n| | Udon Thani |\n| France | Lyon |\n| | Obersee |\n"
    )
    draft = extract((HEAD + table).encode(), known=records)
    assert members(draft) == ["Hua Hin/TH", "Udon Thani/TH", "Lyon/FR", "Obersee/FR"]
    assert any("the country of Obersee stands in another row" in doubt.message for doubt in draft.doubts)


def test_one_cell_holds_all_cities_of_a_country(records: Records) -> None:
    rows = [
        "<th>City</th><th>Country</th>",
        "<td>Hua Hin<br>Udon Thani</td><td>Thailand</td>",
        "<td>Lyon, Belfort and Obersee</td><td>France</td>",
        "<td>Brighton and Hove</td><td>United Kingdom</td>",
    ]
    draft = extract(page(rows), known=records)
    assert members(draft)[:5] == ["Hua Hin/TH", "Udon Thani/TH", "Lyon/FR", "Belfort/FR", "Obersee/FR"]


def test_a_country_cell_spans_the_rows_of_its_cities(records: Records) -> None:
    rows = [
        "<th>Region</th><th>Country</th><th>City</th>",
        "<td rowspan=4>Europe and North America</td><td rowspan=2>France</td><td>Lyon</td>",
        "<td>Obersee</td>",
        "<td rowspan=2>United Kingdom</td><td>Brighton and Hove</td>",
        "<td>Derry City and Strabane</td>",
        "<td>Asia and the Pacific</td><td>Thailand</td><td>Hua Hin</td>",
    ]
    draft = extract(page(rows), known=records)
    assert members(draft) == [
        "Lyon/FR",
        "Obersee/FR",
        "Brighton and Hove/GB",
        "Derry City and Strabane/GB",
        "Hua Hin/TH",
    ]


def test_a_region_stands_in_a_row_of_its_own(records: Records) -> None:
    rows = [
        "<th>Country</th><th>City</th>",
        "<td>Asia and the Pacific</td><td></td>",
        "<td>Thailand</td><td>Hua Hin</td>",
        "<td>France</td><td>Lyon</td>",
    ]
    draft = extract(page(rows), known=records)
    assert members(draft) == ["Hua Hin/TH", "Lyon/FR"]
    assert any("Lyon (FR) is listed under asia-pacific" in doubt.message for doubt in draft.doubts)


def test_a_pdf_prints_a_country_in_the_middle_of_its_rows(records: Records) -> None:
    top = [(0, "UNESCO learning cities: new members in 2031"), (0, ""), (0, "The new members are:"), (0, "")]
    table = [
        (0, "Country", 5),
        (250, "City", 5),
        (0, "Thailand", 8),
        (250, "Hua Hin", 7),
        (250, "Udon Thani", 9),
        (0, "United Kingdom of Great Britain", 12),
        (0, "and Northern Ireland", 13),
        (250, "Derby", 11),
        (250, "Obersee", 14),
        (0, "France", 16),
        (250, "Lyon", 16),
    ]
    draft = extract(pdf([[*top, *table]]), known=records)
    assert members(draft) == ["Hua Hin/TH", "Udon Thani/TH", "Derby/GB", "Obersee/GB", "Lyon/FR"]


@pytest.mark.parametrize("cell", ["Someland", "see note"])
def test_a_row_without_a_country_is_shown(cell: str, records: Records) -> None:
    table = f"| Country | City |\n|---|---|\n| Thailand | Hua Hin |\n| {cell} | Somewhere |\n| France | Lyon |\n"
    draft = extract((HEAD + table).encode(), known=records)
    assert members(draft) == ["Hua Hin/TH", "Lyon/FR"]
    assert any(doubt.kind == "unread" and "Somewhere" in (doubt.quoted or "") for doubt in draft.doubts)


def test_a_table_of_earlier_members_is_left_out(records: Records) -> None:
    new = "| Country | City |\n|---|---|\n| Thailand | Hua Hin |\n| Lao PDR | Pakse |\n\n"
    rows = "| France | Lyon | 2019 |\n| France | Brest | 2020 |\n"
    old = f"Withdrawn\n\n| Country | City | Member since |\n|---|---|---|\n{rows}"
    draft = extract((HEAD + new + old).encode(), known=records)
    assert members(draft) == ["Hua Hin/TH", "Pakse/LA"]
    assert any("Lyon" in doubt.message and doubt.kind == "left_out" for doubt in draft.doubts)
