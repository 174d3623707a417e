"""Where a text comes from and when: its title, address, publisher, day and year, in what forms they come."""

from __future__ import annotations

import pytest

from knowledge.extract import Draft, extract
from knowledge.extract.rows import spelled
from knowledge.reading import Records
from tests.extract.pdf_writer import pdf

LIST = "The new members are:\n- Lyon (France)\n- Hua Hin (Thailand)\n"
TITLE = "Two cities join the Network of Learning Cities"
ADDRESS = "https://www.uil.unesco.org/en/articles/two-cities"


def record(draft: Draft) -> str:
    return draft.record.partition("memberships:")[0]


def doubts(draft: Draft, *kinds: str) -> str:
    return "\n".join(doubt.message for doubt in draft.doubts if doubt.kind in kinds)


def test_a_page_that_a_browser_printed(records: Records) -> None:
    top = "05/03/2033, 08:12     Two cities join the Network of Learning Cities | UNESCO"
    lines = [
        (0, ""),
        (0, "Hamburg, 4 February 2031 – Two cities are new."),
        (0, ""),
        *((0, line) for line in LIST.splitlines()),
    ]
    pages = [
        [(0, top), (0, TITLE), *lines, (0, ""), (0, f"{ADDRESS}     1/2")],
        [(0, top), (0, "About the network"), (0, ""), (0, f"{ADDRESS}     2/2")],
    ]
    draft = extract(pdf(pages), "print.pdf", known=records)
    assert f"title: {TITLE}\n" in draft.record and f"url: {ADDRESS}\n" in draft.record
    assert "publisher: UNESCO Institute for Lifelong Learning (UIL)" in draft.record
    assert (draft.announced, draft.year) == ("2031-02-04", 2031)
    assert "2033" not in draft.record


def test_a_title_is_not_joined_with_the_line_below_it(records: Records) -> None:
    head = f"Skip to main content\n{TITLE}\nLearning for all, close to home\n4 February 2031\n\n"
    text = f"{head}UNESCO made it known today.\n\n{LIST}"
    assert f"title: {TITLE}\n" in extract(text.encode(), known=records).record
    wrapped = f"Two cities join the UNESCO Global Network of\nLearning Cities\n4 February 2031\n\n{LIST}"
    draft = extract(wrapped.encode(), known=records)
    assert "title: Two cities join the UNESCO Global Network of Learning Cities\n" in draft.record
    assert draft.announced == "2031-02-04"


@pytest.mark.parametrize(
    ("before", "behind", "address"),
    [
        ("", f"\n\nSource: {ADDRESS}", ADDRESS),
        (f"{ADDRESS}\n\n", "", ADDRESS),
        (f"---\ntitle: {TITLE}\nsource: {ADDRESS}\ndate: 2031-02-09\n---\n\n", "", ADDRESS),
        ("", "\n\nMore on the award at https://example.org/award and on the conference.", None),
        ("", f"\n\nThe campaign is at {ADDRESS} and runs all year.", None),
    ],
)
def test_the_address_is_its_own(before: str, behind: str, address: str | None, records: Records) -> None:
    draft = extract(f"{before}{TITLE}\n\n{LIST}{behind}".encode(), known=records)
    assert (f"url: {address}\n" if address else "url:") in record(draft) or address is None
    if address is None:
        assert "url:" not in record(draft)
        assert "no address was found" in doubts(draft, "source") and "the text has https://" in doubts(draft, "source")


def test_a_publisher_that_is_only_named_is_marked(records: Records) -> None:
    draft = extract(f"{TITLE}\n\nUNESCO has two new members.\n\n{LIST}".encode(), known=records)
    assert "publisher: UNESCO\n" in draft.record
    assert "was taken for the publisher" in doubts(draft, "source")
    draft = extract(f"{TITLE}\n\nThere are two new members.\n\n{LIST}".encode(), known=records)
    assert "publisher: unknown\n" in draft.record
    assert "who publishes it was not found" in doubts(draft, "publisher")


@pytest.mark.parametrize(
    ("text", "day", "marked"),
    [
        ("Paris, 4 February 2031 – UNESCO has two new members.", "2031-02-04", False),
        ("4 February 2031\n\nToday UNESCO has two new members.", "2031-02-04", False),
        ("4 February 2031\n\nUNESCO has two new members.", "2031-02-04", True),
        ("date 2031-02-09 UNESCO announced on 4 February 2031 that it has two new members.", "2031-02-04", False),
        (
            "Monday, 9 February 2031, 17:08\n\nA statement of UNESCO of Feb. 4 names two new members.",
            "2031-02-04",
            False,
        ),
        ("Posted 9 February 2031\n\nUNESCO has two new members.", None, True),
        ("2/9/2031 4:01 PM\n\nUNESCO has two new members in the network.", None, True),
        ("The city had applied on 21 November 2030. UNESCO admitted it on 4 February 2031.", "2031-02-04", False),
        ("วันนี้ (9 ก.พ. 2574) รัฐมนตรีกล่าวว่า เมื่อวันที่ 4 กุมภาพันธ์ 2574 ยูเนสโกประกาศรับสองเมืองเป็นสมาชิกใหม่", "2031-02-04", False),
        ("The network was launched by the Institute in 2013 and took its first members in 2015.", None, True),
    ],
)
def test_the_day_is_that_of_the_announcement(text: str, day: str | None, marked: bool, records: Records) -> None:
    draft = extract(f"{TITLE}\n\n{text}\n\n{LIST}".encode(), known=records)
    assert draft.announced == day
    assert bool(doubts(draft, "date", "year")) is marked
    assert draft.year == (2031 if "2031" in text or "2574" in text else None)


DEBRECEN = "Debrecen is a learning city\n\n{day}\n\n{text}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Debrecen was yesterday admitted to the UNESCO Global Network of Learning Cities.", "2030-10-08"),
        ("Two days ago, UNESCO admitted Debrecen to its Global Network of Learning Cities.", "2030-10-07"),
        ("UNESCO admitted Debrecen to its Global Network of Learning Cities on Friday.", "2030-10-04"),
        ("Debrecen has joined the UNESCO Global Network of Learning Cities, its mayor said yesterday.", "2030-10-09"),
        ("UNESCO admitted Debrecen to its learning cities. Yesterday they joined the mayor for a feast.", "2030-10-09"),
        ("เมื่อวานซืน ยูเนสโกประกาศให้เมืองเดเบรตเซน (ฮังการี) เป็นสมาชิกเครือข่ายเมืองแห่งการเรียนรู้", "2030-10-07"),
    ],
)
def test_a_day_may_be_told_from_that_of_the_text(text: str, day: str, records: Records) -> None:
    draft = extract(DEBRECEN.format(day="9 October 2030", text=text).encode(), known=records)
    assert draft.announced == day
    assert doubts(draft, "date", "year")


def test_the_day_of_another_act_is_not_that_of_the_announcement(records: Records) -> None:
    told = "On 5 March 2026, the Ambassador met the Director to thank her for admitting Debrecen to the network."
    text = DEBRECEN.format(day="News of the Embassy", text=told)
    draft = extract(text.encode(), known=records)
    assert draft.announced is None
    assert draft.year == 2026
    assert doubts(draft, "year", "date")


NUMBERS = {
    "The GNLC now has 294 cities in 76 countries in all.": "world total_cities 294, world total_countries 76",
    "UNESCO made known the newcomers: 66 cities from 57 countries.": "world new_cities 66, world new_countries 57",
    "Lyon is one of 66 from 57 countries that joined.": "world new_cities 66, world new_countries 57",
    "The number of Thai cities in it has grown to nine cities.": "country:TH total_cities 9",
    "Portugal adds three cities and so has eleven member cities in all.": (
        "country:PT new_cities 3, country:PT total_cities 11"
    ),
    "The list shows the 39 new members in Africa and the Arab States.": "",
    "Four Thai cities had joined before this one, along with 76 cities from 43 other countries.": "",
    "Among the new members are 11 capital cities.": "",
    "On 19 February 2031 UNESCO admitted three Thai cities.": "country:TH new_cities 3",
    "ปีนี้มีเมืองใหม่ 66 เมือง จาก 57 ประเทศ เมื่อวันที่ 9 กุมภาพันธ์ 2574 ประเทศไทยได้รับเลือก 3 แห่ง": (
        "world new_cities 66, world new_countries 57, country:TH new_cities 3"
    ),
    "สมาชิกใหม่คือ กรุงเทพมหานคร ขอนแก่น และยะลา": "",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_what_they_count(text: str, records: Records) -> None:
    draft = extract(f"UNESCO learning cities: new members in 2031\n\n{text}\n\n{LIST}".encode(), known=records)
    said = {f"{spelled(number.scope)} {number.measure} {number.value}" for number in draft.numbers}
    assert said == set(filter(None, NUMBERS[text].split(", ")))


def test_countries_are_counted_too(records: Records) -> None:
    text = "UNESCO learning cities: new members in 2031\n\nTwo cities from three countries have joined.\n\n"
    draft = extract(f"{text}{LIST}".encode(), known=records)
    assert "2 new cities of 3 countries are declared for world, and 2 names of 2 were read" in doubts(draft, "count")


def test_the_network_may_go_without_its_name(records: Records) -> None:
    text = f"294 cities belong to it, UNESCO says, because learning matters there.\n\n{LIST}"
    assert "the network is not named" in doubts(extract(text.encode(), known=records), "text")


def test_a_thai_title_of_a_town_is_no_part_of_its_name(records: Records) -> None:
    names = ("ทน.หาดสวรรค์", "เทศบาลนครนครศรีธรรมราช", "จ.น่าน")
    text = "เมืองใหม่ในเครือข่ายเมืองแห่งการเรียนรู้\n\nสมาชิกใหม่มีดังนี้\n" + "".join(f"- {name} (ไทย)\n" for name in names)
    places = extract(text.encode(), known=records).record.partition("\nplaces:")[2]
    assert "name: หาดสวรรค์, name_th: หาดสวรรค์, th_status: source, kind: municipality, aliases: [ทน.หาดสวรรค์]" in places
    assert "name_th: นครศรีธรรมราช, th_status: source, kind: municipality" in places
    assert "name_th: น่าน, th_status: source, kind: province" in places
