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


def test_regions_part_a_table_under_one_head(records: Records) -> None:
    rows = [
        "<th>No.</th><th>Country</th><th>City</th><th>Status</th>",
        "<td colspan=4>Africa (3 cities)</td>",
        "<td>1</td><td>Ghana</td><td>Obersee</td><td>new</td>",
        "<td>2</td><td rowspan=2>Kenya</td><td>Untersee</td><td>new</td>",
        "<td>3</td><td>Nebensee</td><td>new</td>",
        "<td colspan=4>Asia and the Pacific (1 city)</td>",
        "<td>4</td><td>Thailand</td><td>หัวหิน (Hua Hin)</td><td>new</td>",
    ]
    draft = extract(page(rows), known=records)
    assert [(member.name, member.country) for member in draft.members] == [
        ("Obersee", "GH"),
        ("Untersee", "KE"),
        ("Nebensee", "KE"),
        ("Hua Hin", "TH"),
    ]


def test_the_name_in_latin_letters_is_that_of_a_new_place(records: Records) -> None:
    rows = ["<th>ประเทศ</th><th>เมือง</th>", "<td>กานา</td><td>โอเบอร์เซ (Obersee)</td>", "<td>ไทย</td><td>หัวหิน</td>"]
    draft = extract(page(rows), known=records)
    assert [(member.place, member.country) for member in draft.members] == [("obersee", "GH"), ("hua-hin-th", "TH")]


def test_a_year_in_a_row_tells_an_earlier_member(records: Records) -> None:
    new = ["<th>Country</th><th>City</th>", "<td>Thailand</td><td>Hua Hin</td>", "<td>France</td><td>Lyon</td>"]
    old = ["<th>City</th><th>Member since</th>", "<td>Chiang Rai</td><td>2019</td>", "<td>Yala</td><td>2024</td>"]
    text = page(new).decode().replace("</body>", f"<table>{''.join(f'<tr>{row}</tr>' for row in old)}</table></body>")
    assert members(extract(text.encode(), known=records)) == ["Hua Hin/TH", "Lyon/FR"]


def test_commas_part_the_names_of_a_definition(records: Records) -> None:
    terms = "<dt>Australia</dt><dd>Obersee, Greater Geelong</dd><dt>Bhutan</dt><dd>Phuentsholing</dd>"
    terms += "<dt>Thailand</dt><dd>Hua Hin, Mae Hong Son Province, Udon Thani</dd>"
    text = f"<html><body><p>{HEAD}</p><dl>{terms}</dl></body></html>"
    draft = extract(text.encode(), known=records)
    assert members(draft) == [
        "Obersee/AU",
        "Greater Geelong/AU",
        "Phuentsholing/BT",
        "Hua Hin/TH",
        "Mae Hong Son Province/TH",
        "Udon Thani/TH",
    ]


@pytest.mark.parametrize(
    ("heads", "newest_last"),
    [
        (("Country", "Earlier members", "New in 2031"), True),
        (("Country", "Before 2031", "In 2031"), True),
        (("Country", "Previous intake (2029)", "This intake (2031)"), True),
        (("Country", "2029", "2031"), True),
        (("Country", "City", "Already members"), False),
        (("Country", "Added this year", "Other member cities"), False),
        (("Country", "Learning city", "Sister city"), False),
        (("ประเทศ", "สมาชิกเดิม", "สมาชิกใหม่ปี 2574"), True),
        (("ประเทศ", "เมืองใหม่", "มีอยู่แล้ว"), False),
        (("ประเทศ", "ปี 2574", "ก่อนปี 2574"), False),
    ],
)
def test_the_column_of_earlier_members_is_left_out(heads: tuple[str, ...], newest_last: bool, records: Records) -> None:
    def row(country: str, new: str, old: str) -> str:
        return f"<td>{country}<td>{old}<td>{new}" if newest_last else f"<td>{country}<td>{new}<td>{old}"

    rows = ["".join(f"<th>{head}" for head in heads), row("Thailand", "Hua Hin<br>Udon Thani", "Phayao, Hat Yai")]
    rows += [row("France", "Lyon", "Clermont-Ferrand"), row("Spain", "none", "Viladecans")]
    draft = extract(page(rows), known=records)
    assert members(draft) == ["Hua Hin/TH", "Udon Thani/TH", "Lyon/FR"]
    left = " ".join(doubt.message for doubt in draft.doubts if doubt.kind == "left_out")
    assert all(name in left for name in ("Phayao", "Hat Yai", "Clermont-Ferrand", "Viladecans"))


def test_a_table_without_countries_is_of_the_country_in_the_title(records: Records) -> None:
    text = "Two Thai cities join the UNESCO learning cities of 2031\n\nThe new members:\n\n"
    text += "| City | Region | Field |\n|---|---|---|\n| Hua Hin | Prachuap | museums |\n| Banobers | Isan | crafts |\n"
    draft = extract(text.encode(), known=records)
    assert members(draft) == ["Hua Hin/TH", "Banobers/TH"]
    assert all(member.country_taken for member in draft.members)


NEWSLETTER = """\
BULLETIN OF ADULT EDUCATION

On 3 March 2031 UNESCO admitted 58          join Phayao, a member since 2022.
cities of 39 countries to its Global        They prepared for more than two years
Network of Learning Cities, which now       with the help of the older members.
has 549 members in 101 countries, as
the institute in Hamburg announced.         Spain. The mayor of Viladecans wrote
                                            a letter of welcome to all of them
France. Lyon is new. Obersee had            and invited them to the festival of
sent its papers too late this time.         the libraries that opens in autumn.

Thailand. Hua Hin and Udon Thani
"""


def test_the_columns_of_a_newsletter_are_read_one_after_the_other(records: Records) -> None:
    draft = extract(NEWSLETTER.encode(), known=records)
    assert {member.place for member in draft.members} == {"lyon-fr", "hua-hin-th", "udon-thani-th"}
    assert {(number.measure, number.value) for number in draft.numbers} == {
        ("new_cities", 58),
        ("new_countries", 39),
        ("total_cities", 549),
        ("total_countries", 101),
    }
