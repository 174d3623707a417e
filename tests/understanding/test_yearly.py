"""What is asked of years one by one, and of the network at times without a round of its own."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from tests.judging import replies


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("ปีไหนที่ไทยเข้าแต่เวียดนามไม่เข้า", ["2562 (2019)"], ["2559", "2560", "2561"]),
        ("in which year did Thailand join but not Viet Nam?", ["2019"], ["2016", "2020"]),
        ("ปีไหนมีแต่ไทยที่เข้า ไม่มีเวียดนาม", ["2562 (2019)"], ["2559"]),
        ("ปีไหนที่อิตาลีเข้าแต่ไทยไม่เข้า", ["2559 (2016)", "2561 (2018)"], ["2562"]),
        ("ปีไหนไทยไม่เข้าแต่บราซิลเข้า", ["2559 (2016)"], ["2562"]),
        ("ปีไหนมีเมืองไทยเข้าแต่ฟิลิปปินส์ไม่มี", ["2565 (2022) 3"], ["2567"]),
        ("รอบไหนไทยมีเมืองใหม่ แต่ซาอุไม่มี", ["2562 (2019)"], ["2565"]),
        ("ปีไหนไทยเข้ามากกว่าเวียดนาม", ["2562 (2019)", "2563 (2020)", "2565 (2022)", "2567 (2024)"], ["2559"]),
        ("which years did Vietnam get fewer cities than Thailand", ["2019", "2022", "2024"], ["13", "2016"]),
        ("which rounds had as many from Thailand as from Vietnam?", ["2016", "2017", "2018"], ["2019:", "2022:"]),
        ("which rounds did thailand miss", ["2016", "2017", "2018"], ["2019"]),
        ("how many rounds did thailand join", ["5 years", "2019"], ["2016"]),
        ("which years did both Thailand and Vietnam join", ["2020", "2022", "2024", "2025"], ["2019", "Chiang"]),
        ("ปีไหนทั้งไทยและเวียดนามเข้า", ["2563 (2020)", "2568 (2025)"], ["2562"]),
    ],
)
def test_years_in_which_one_country_joined_and_another_did_not(
    engine: Engine, question: str, says: list[str], never: list[str]
) -> None:
    text = replies(engine, (question,))[-1].text
    assert all(said in text for said in says), text
    assert not any(said in text for said in never), text


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("ซาอุเคยเข้าเกิน 3 เมืองไหม", "มากที่สุดที่มีคือ 3 เมือง", "ใช่"),
        ("ไทยเคยเข้าน้อยกว่า 3 เมืองไหม", "2562 (2019)", "13 เมือง"),
        ("did Saudi Arabia ever get more than 3 cities?", "None", "Yes"),
        ("did Thailand get more than 3 cities in one year?", "None", "13"),
        ("ไทยเคยเข้ามากกว่า 3 เมืองในปีเดียวไหม", "มากที่สุดที่มีคือ 3 เมือง", "13"),
        ("ไทยเคยเข้าเมืองเดียวไหม", "2562 (2019)", "13"),
        ("did Vietnam ever get 3 cities in a year", "None", "Hanoi"),
    ],
)
def test_bounds_of_a_single_year_are_not_those_of_all_members(
    engine: Engine, question: str, says: str, never: str
) -> None:
    text = replies(engine, (question,))[-1].text
    assert says in text
    assert never not in text


def test_bounds_of_a_single_year_are_told_of_no_total(engine: Engine) -> None:
    assert "59" not in replies(engine, ("did any country get more than 3 cities in one year?",))[-1].text


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("when did the network have 292 cities?", "2023: 292", "294"),
        ("which year had 76 countries?", "2023: 76", "2024"),
        ("ปี 2561 เครือข่ายมีกี่เมือง", "ถึงปี 2559 (2016) เครือข่ายมี 115 เมือง", "25 เมือง"),
        ("ก่อนปี 2565 มีกี่ประเทศ", "64 ประเทศ", "ปีนั้น"),
        ("thai cities joined but not in 2020, 2022", "2020 and 2022 left out", "Phayao"),
        ("total members after each round 2020, 2022 and 2024", "2020: 229", "2025"),
    ],
)
def test_sizes_are_told_of_their_own_year(engine: Engine, question: str, says: str, never: str) -> None:
    text = replies(engine, (question,))[-1].text
    assert says in text
    assert never not in text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("how many did China have in 2024?", "China had 12 cities"),
        ("จีนตอนปี 2567 มีกี่เมือง", "ประเทศจีนมีสมาชิกในเครือข่ายรวม 12 เมือง"),
        ("how many thai cities were there in 2020?", "Thailand had 4 cities"),
    ],
)
def test_what_a_country_had_is_told_beside_what_joined(engine: Engine, question: str, says: str) -> None:
    assert says in replies(engine, (question,))[-1].text


@pytest.mark.parametrize(
    "question", ["ประเทศไหนในอาเซียนเข้าปี 2563 แต่ไม่เข้าปี 2565", "countries in ASEAN in 2020 but not in 2022"]
)
def test_nothing_left_is_no_want_of_names(engine: Engine, question: str) -> None:
    reply = replies(engine, (question,))[-1]
    assert "42" not in reply.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("เครือข่ายมี 300 เมืองตอนปีไหน", "ไม่มีรอบที่ยอดรวมเป็น 300 พอดี"),
        ("when did the network have 300 cities", "No round left the total at exactly 300"),
        ("ณ สิ้นปี 2565 ไทยคิดเป็นกี่เปอร์เซ็นต์ของเครือข่าย", "ร้อยละ 2.4"),
    ],
)
def test_sizes_that_no_round_left_and_shares_of_a_time(engine: Engine, question: str, says: str) -> None:
    assert says in replies(engine, (question,))[-1].text


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("which country had the most cities in a single round", ["Armenia in 2016", "at least 4"], ["59"]),
        ("ประเทศไหนได้เยอะสุดในรอบเดียว", ["อาร์เมเนีย ปี 2559 (2016)", "อย่างน้อย 4"], ["59 เมือง"]),
        ("has a country ever had more than 3 cities in one round", ["Armenia in 2016"], ["Korea"]),
        ("เคยมีประเทศไหนได้ปีเดียว 10 เมืองไหม", ["ไม่มีรายชื่อของรอบแรก"], ["59 เมือง"]),
        ("did any country get 9 in one year", ["they do not hold every list of the early rounds"], ["59", "15"]),
        ("whats the most cities in a single round", ["2022, with 77"], ["Korea"]),
        ("has any country ever had 14 cities", ["Republic of Korea: 59", "China: 15"], ["Thailand"]),
    ],
)
def test_countries_are_ranked_within_a_round(engine: Engine, question: str, says: list[str], never: list[str]) -> None:
    text = replies(engine, (question,))[-1].text
    assert all(said in text for said in says), text
    assert not any(said in text for said in never), text
