"""Talks of several turns: what is left out, put together, compared or asked of another time along the way."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from tests.judging import replies

IRANIAN = {"Bandar Khamir", "Isfahan", "Tehran", "Hamedan"}
ASIAN_OF_2022_BUT_INDIAN = {
    *("Canning", "Guangzhou", "Hamedan", "Hwaseong", "Nonsan", "Sejong", "Hat Yai", "Phayao", "Sukhothai", "Cao Lãnh")
}


@pytest.mark.parametrize(
    ("talk", "cities"),
    [
        (("Iranian cities of 2020?", "and 2022?", "all of them together?"), IRANIAN),
        (
            ("Asian cities of 2022", "only those in India", "and excluding India?"),
            ASIAN_OF_2022_BUT_INDIAN,
        ),
        (("เมืองเอเชียแปซิฟิกปี 2565", "เฉพาะอินเดีย", "แล้วถ้าไม่เอาอินเดีย"), ASIAN_OF_2022_BUT_INDIAN),
        (("ปี 65 ไทยได้เมืองไหนบ้าง", "อยู่ที่ไหนกันบ้าง", "ไม่นับพะเยา"), {"Hat Yai", "Sukhothai"}),
        (("เมืองแอฟริกาปี 2567", "ตัดแคเมอรูนออก", "เหลือเมืองไหนบ้าง"), {"Gagnoa", "São Filipe", "Dakar", "Chinhoyi"}),
        (("African cities of 2024", "not Cameroon", "what's left?"), {"Gagnoa", "São Filipe", "Dakar", "Chinhoyi"}),
        (("Asian cities of 2024", "which start with S?", "and with B?"), {"Buan", "Bangkok"}),
        (("Mexico 2022?", "are these all?", "2025?"), {"Chihuahua", "Culiacán"}),
        (("ขอรายชื่อเมืองจีน", "ของปี 2025", "ไม่เอา เอา 2024"), {"Nanjing", "Suzhou"}),
        (("Ukrainian members?", "which joined during 2024?"), {"Lviv", "Sumy", "Ternopil"}),
    ],
)
def test_what_is_left_or_put_together(engine: Engine, talk: tuple[str, ...], cities: set[str]) -> None:
    assert set(replies(engine, talk)[-1].cities) == cities


@pytest.mark.parametrize(
    "talk",
    [
        ("which Vietnamese cities joined in 2025?", "and the first one ever?"),
        ("which Vietnamese cities joined in 2024?", "which was the very first?"),
        ("ปี 2019 ไทยมีกี่เมือง", "แล้วของเวียดนามเมืองแรกคือ"),
        ("which Vietnamese cities are members?", "when did the first join?"),
    ],
)
def test_the_first_ever_is_looked_for_in_all_years(engine: Engine, talk: tuple[str, ...]) -> None:
    reply = replies(engine, talk)[-1]
    assert set(reply.cities) == {"Sa Dec", "Vinh"}
    assert "2020" in reply.text


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        (("ปี 2022 จีนได้กี่เมือง", "แล้วไทยล่ะ", "ประเทศไหนมากกว่ากัน"), ["ประเทศไทย 3 เมือง", "ประเทศจีน 1 เมือง"]),
        (
            ("Thailand or China, who has more?", "or Korea?"),
            ["Korea: 59 cities", "China: 15 cities", "Thailand: 13 cities"],
        ),
        (("more new cities in 2024 or 2025?", "and 2022 vs 2020?"), ["2022 had 23 more", "2020: 54 cities"]),
        (("how big is the network?", "and how big was it in 2022?", "how much did it grow?"), ["131", "294", "425"]),
        (
            ("how many Asian cities joined in 2022?", "and African?", "which is bigger?"),
            ["3 more", "16 cities", "13 cities"],
        ),
        (("ปี 2565 กับ 2567 ไทยได้เท่ากันไหม",), ["เท่ากัน", "3 เมือง"]),
    ],
)
def test_comparing_goes_by_cities_and_takes_no_year_along(
    engine: Engine, talk: tuple[str, ...], says: list[str]
) -> None:
    text = replies(engine, talk)[-1].text
    assert [said for said in says if said not in text] == []


@pytest.mark.parametrize(
    "talk",
    [
        ("in the year Chiang Mai joined, which Korean cities joined?",),
        ("ปีที่เชียงใหม่เข้า เกาหลีได้เมืองไหนบ้าง",),
    ],
)
def test_a_year_may_be_said_by_who_joined_in_it(engine: Engine, talk: tuple[str, ...]) -> None:
    assert set(replies(engine, talk)[-1].cities) == {"Gongju", "Nam-gu (Busan)", "Songpa-gu (Seoul)"}


def test_places_asked_about_in_a_row_are_these_three(engine: Engine) -> None:
    reply = replies(engine, ("ระยอง", "ยะลา", "ตาก", "สามเมืองนี้เข้าปีเดียวกันใช่ไหม"))[-1]
    assert set(reply.cities) == {"Rayong", "Yala", "Tak"}


def test_a_list_that_may_go_on_is_not_confirmed_name_by_name(engine: Engine) -> None:
    reply = replies(engine, ("Mexico 2022?", "are these all?"))[-1]
    assert (reply.intent, reply.text.startswith("Yes")) == ("completeness", False)


@pytest.mark.parametrize(
    ("asked", "denied"),
    [
        ("13 African cities in 2024, right?", False),  # a number that a source has which is not followed
        ("12 African cities in 2024, right?", True),
        ("55 cities joined in 2020?", False),
        ("is Thailand the only Asian country with 3 cities in 2022?", False),
    ],
)
def test_a_number_is_denied_only_where_nothing_bears_it_out(engine: Engine, asked: str, denied: bool) -> None:
    text = replies(engine, (asked,))[-1].text
    assert ("Not " in text, text.startswith("Yes")) == (denied, False)


def test_who_has_fewer_is_a_lower_bound_while_lists_are_missing(engine: Engine) -> None:
    assert replies(engine, ("which countries have fewer members than Thailand",))[-1].text.startswith("At least 2 ")


def test_whether_a_region_has_the_most_is_asked_of_the_regions(engine: Engine) -> None:
    text = replies(engine, ("Did Africa have the most new cities in 2022?",))[-1].text
    assert "Europe and North America" in text and "Kenya" not in text


def test_a_question_of_its_own_is_not_added_to_what_was_compared(engine: Engine) -> None:
    talk = ("ส่วนต่างเมืองใหม่ปี 65 กับ 67 เท่าไหร่", "นอกจากพะเยาปี 65 ไทยมีที่ไหนอีก")
    assert set(replies(engine, talk)[-1].cities) == {"Hat Yai", "Sukhothai"}


def test_all_in_all_takes_back_only_what_the_others_left_out(engine: Engine) -> None:
    talk = ("Rabat?", "Marrakech?", "other cities in this country?", "how many in all?")
    assert "Marrakech" in replies(engine, talk)[-1].cities


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (("who nominates a city", "and after that?"), "jury"),
        (("ใครเสนอชื่อเมือง", "แล้วไงต่อ"), "ผู้เชี่ยวชาญ"),
        (("how many cities joined in 2025", "and all together, in the whole network?"), "425"),
        (("ปี 65 กี่เมือง", "แล้วรวมทั้งเครือข่าย"), "294"),
        (("which Thai cities joined in 2022", "need the answer in 20 min"), "not quite get that"),
        (("has any city been kicked out of the network",), "inactive members are removed"),
        (
            ("chiang rai, nan and phayao in northern thailand, which of those are learning cities",),
            "Nan (Thailand) is not",
        ),
        (("Hello sir, I am from Turkey. How many city of Turkey enter in 2022 and what is name?",), "Bursa"),
    ],
)
def test_what_is_said_beside_the_question_changes_nothing(engine: Engine, turns: tuple[str, ...], says: str) -> None:
    assert says in replies(engine, turns)[-1].text


@pytest.mark.parametrize(
    ("turns", "says", "never"),
    [
        (("อินเดียได้เมืองอะไรบ้าง มีเดลีมั้ย",), ["Nilambur", "เดลี"], []),
        (("which Indian cities, is Delhi one?",), ["Nilambur", "Delhi"], []),
        (("จังหวัดไหนของไทยได้บ้าง ไม่เอาเทศบาล",), ["ระยอง"], ["ภูเก็ต"]),
        (("Thai cities excluding provinces",), ["Phuket"], ["Rayong", "Satun"]),
        (("บางรักเป็นสมาชิกมั้ย", "บางใหญ่ล่ะ"), ["ไม่พบสมาชิกชื่อนี้"], ["บางรัก"]),
        (("is Derby a member?", "and Foobar?"), ["no member of that name"], ["Derby"]),
        (("Thailand, Laos and Kenya in 2022",), ["6 cities", "None of them is from Lao PDR"], []),
        (("ไทยกับไนจีเรีย",), ["เราไม่มีชื่อเมืองจากประเทศไนจีเรีย"], []),
        (("total members in 2017",), ["do not give the number of all members in 2017"], []),
        (("ปีไหนไม่มีรอบ",), ["2568 (2025)"], ["Gyumri"]),
        (("how come 2023 has none",), ["no round of new members"], ["outstanding"]),
    ],
)
def test_what_is_missing_is_told(engine: Engine, turns: tuple[str, ...], says: list[str], never: list[str]) -> None:
    text = replies(engine, turns)[-1].text
    assert all(said in text for said in says), text
    assert not any(said in text for said in never), text


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (("เชียงรายเข้าปีไหน", "แล้วเชียงใหม่", "ใครก่อน"), ["เชียงราย", "อีกเมืองเข้าร่วมหลังจากนั้น 1 ปี"]),
        (("สุโขทัย", "หาดใหญ่", "สองที่นี้ใครเข้าก่อน"), ["เข้าร่วมพร้อมกัน"]),
        (("ปี 2022 เอเชียได้กี่เมือง", "เป็นกี่ %", "แล้วแอฟริกา", "ใครมากกว่า"), ["แอฟริกามากกว่าอยู่ 3"]),
        (("ประเทศไหนเยอะสุด", "ไทยที่เท่าไหร่"), ["เกาหลีใต้ 59", "ไทย 13"]),
        (("is Hat Yai a member", "since when", "with whom"), ["76 cities", "not counting Hat Yai"]),
        (("list Portuguese cities", "and last", "how many in total"), ["at least 8"]),
        (("how many members", "when did it pass 200"), ["2020: 229"]),
        (("ถึง 300 เมืองตอนไหน",), ["2567 (2024) รวม 356"]),
        (("how many countries have 3",), ["None for certain"]),
        (("ปี 2565 ไทยเข้าทีเดียว 5 เมืองเลยใช่ไหม",), ["3 เมือง"]),
        (("เมืองไทยมีเมืองไหนบ้าง", "ตัดที่เข้าปี 63 ออก เหลือเมืองอะไรมั่ง"), ["10 เมือง", "เชียงราย"]),
    ],
)
def test_talks_go_on_with_what_was_asked(engine: Engine, turns: tuple[str, ...], says: list[str]) -> None:
    text = replies(engine, turns)[-1].text
    assert all(said in text for said in says), text


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (("How does a city become a member?", "and does it need the mayor's support?"), "commitment of its mayor"),
        (("how does a city apply?", "and besides the national commission who has to say yes"), "jury"),
        (("how many members after the 2022 announcement",), "294"),
        (("so only Thailand got 3 cities in Asia in 2022?",), "India"),
        (("Latin American and Caribbean cities in the network in 2023?",), "42"),
        (("who's the UNESCO boss quoted in 2022, and how many members did the network have after 2022?",), "294"),
        (("did Lithuania join in 2025?", "so is it 12 or 13 first-time countries?"), "12"),
        (("is hatyai in the unesco thing?",), "Yes, Hat Yai"),
    ],
)
def test_what_is_asked_beside_a_topic_is_answered(engine: Engine, turns: tuple[str, ...], says: str) -> None:
    assert says in replies(engine, turns)[-1].text


@pytest.mark.parametrize(
    ("turns", "says", "never"),
    [
        (("ยูเนสโกมีสมาชิกกี่ประเทศ",), ["ไม่ได้ระบุ"], ["91"]),
        (("when did Thailand join UNESCO",), ["Our sources do not say"], ["Chiang Rai"]),
        (("ลูบลิยานาอยู่ประเทศไหน ประเทศนั้นมีเมืองอื่นอีกไหม",), ["สโลวีเนีย", "Ptuj"], []),
        (("Bangkok join ปีไหนอะ แล้ว same year มี Thai city อื่นด้วยมั้ย",), ["2567 (2024)", "ขอนแก่น"], []),
        (("บัวโนสไอเรสเข้ายัง", "ประเทศเดียวกันปี 67 มีเมืองไหนอีก"), ["Firmat"], ["โอมาน"]),
        (("รายชื่อปี 65 ประกาศในโอกาสอะไร",), ["วันสากลแห่งการรู้หนังสือ"], ["ลีเบรอวิล"]),
        (("เมืองพะเยายื่นสมัคร GNLC วันไหน",), ["21 พฤศจิกายน 2564 (2021)"], []),
        (("ปี 65 กับปี 67 ต่างกันกี่เมือง ทั่วโลกนะ",), ["13 เมือง", "77", "64"], ["294"]),
        (("which capitals joined in 2025",), ["Riyadh"], []),
        (("which ASEAN countries have members",), ["3 countries", "Philippines"], ["Chiang Rai"]),
        (("ประเทศอาเซียนไหนยังไม่มี",), ["ไม่ได้ระบุ"], ["ฟิลิปปินส์"]),
        (("which ASEAN countries have none",), ["do not say"], ["Legazpi"]),
    ],
)
def test_what_is_not_of_the_network_is_kept_apart(
    engine: Engine, turns: tuple[str, ...], says: list[str], never: list[str]
) -> None:
    text = replies(engine, turns)[-1].text
    assert all(said in text for said in says), text
    assert not any(said in text for said in never), text
