"""Questions that lean on the one before. The last reply of each conversation is judged, and what was asked by then."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from bot.conversation import Engine, Memory
from tests.judging import replies

THAI_2022 = "Hat Yai, Phayao, Sukhothai"
THAI_2024 = "Bangkok, Khon Kaen, Yala"
THAI_2020 = "Chachoengsao, Chiang Mai, Phuket"
KOREAN_2022 = "Hwaseong, Nonsan, Sejong"
THAI_SINCE_2023 = "Bangkok, Khon Kaen, Rayong, Satun, Tak, Yala"
ASIAN_BUT_THAI = (
    "Canning, Cao Lãnh, Guangzhou, Hamedan, Hwaseong, Nilambur, Nonsan, Sejong, Thrissur, Warangal"  # of 2022
)
INDIAN_2022 = "Nilambur, Thrissur, Warangal"


class Talk(NamedTuple):
    """Messages, the cities of the last reply, and a piece of its text."""

    asked: tuple[str, ...]
    cities: str
    says: str = ""


ENGLISH = [
    Talk(("when did chiang join", "rai"), "Chiang Rai", "2019"),
    Talk(("which Thai cities joined in the round before 2022?",), THAI_2020),
    Talk(("which Thai cities joined in the round after 2022?",), THAI_2024),
    Talk(("thai cities 2024", "and the previous round before 2022?"), THAI_2020),
    Talk(
        ("thai cities in 2020", "and in 2022?", "how many together?"),
        "Chachoengsao, Chiang Mai, Hat Yai, Phayao, Phuket, Sukhothai",
        "6 cities",
    ),
    Talk(("2024 how many new ones", "and total in the network after that"), "", "356 cities"),
    Talk(("who is in from romania", "only 2024", "and the other one?"), "Reșița", "2022"),
    Talk(("how many countries joined in 2022", "and thailand?"), THAI_2022, "3 cities"),
    Talk(("from how many countries were the new cities of 2024", "was that more than in 2022?"), "", "44 countries"),
    Talk(("list thai members", "only those with P"), "Phayao, Phuket"),
    Talk(("is Dakar a member", "which unesco region is it counted in"), "Dakar", "Africa"),
    Talk(("when did chiang join", "mai"), "Chiang Mai", "2020"),
    Talk(("thai cities since 2022", "leave out the 2025 ones"), "Bangkok, Hat Yai, Khon Kaen, Phayao, Sukhothai, Yala"),
    Talk(("thai cities starting with K", "and with P?"), "Phayao, Phuket"),
    Talk(("which thai cities joined in 2022?", "and in 2024?"), THAI_2024, "in 2024"),
    Talk(("which thai cities joined in 2022?", "what about korea"), KOREAN_2022, "in 2022"),
    Talk(("which thai cities joined in 2022?", "and india"), INDIAN_2022, "India"),
    Talk(("which thai cities joined in 2022?", "how many?"), THAI_2022, "3 cities"),
    Talk(("which thai cities joined in 2022?", "when?"), THAI_2022, "2 September 2022"),
    Talk(("which thai cities joined in 2022?", "except phayao"), "Hat Yai, Sukhothai", "2 cities"),
    Talk(("cities of thailand in 2022", "and the year before?"), THAI_2020, "in 2020"),
    Talk(("cities of thailand in 2022", "the year after?"), THAI_2024, "in 2024"),
    Talk(("cities of thailand in 2022", "the year after?", "and the year before?"), THAI_2022, "in 2022"),
    Talk(("how many thai cities joined in 2022", "which ones?"), THAI_2022, "3 cities"),
    Talk(("which cities joined in 2022 in asia", "any from thailand?"), THAI_2022, "Thailand"),
    Talk(("is hat yai a member?", "when did it join"), "Hat Yai", "joined in 2022"),
    Talk(("is hat yai a member?", "and phayao?"), "Phayao", "Yes, Phayao"),
    Talk(("is chiang mai a member", "and chiang rai", "and lampang?"), "", "No, Lampang"),
    Talk(("when did hat yai join", "and chiang mai?"), "Chiang Mai", "2020"),
    Talk(("tell me about hat yai", "when?"), "Hat Yai", "2022"),
    Talk(("which country had the most in 2022", "and in 2024"), "", "Thailand"),
    Talk(("how many cities joined in 2022", "how many countries"), "", "44 countries"),
    Talk(("which thai cities joined in 2022?", "thanks!", "and in 2024?"), THAI_2024, "in 2024"),
    Talk(("which thai cities joined in 2022?", "best pad thai recipe please", "and in 2024?"), THAI_2024, "in 2024"),
    Talk(("thai cities 2022", "and the ones after that year?"), THAI_SINCE_2023, "since 2023"),
    Talk(("korea 2022", "china", "and both in 2024"), "Buan, Hanam, Nanjing, Seo-gu (Gwangju), Suzhou", "5 cities"),
    Talk(("ho chi minh city?", "hanoi?", "which was first"), "Hanoi, Ho Chi Minh City", "Ho Chi Minh City was first"),
    Talk(("thai cities", "korea?", "which has more"), "", "46 more"),
    Talk(("when did chiang mai join", "no, chiang rai"), "Chiang Rai", "2019"),
    Talk(("how many countries in the 2022 round", "cities?"), "", "77 cities"),
    Talk(("biggest round ever?", "how many countries was that"), "", "44 countries"),
    Talk(("asia pacific 2022 how many", "leave out thailand, how many left"), ASIAN_BUT_THAI, "10 cities"),
    Talk(("hello", "thai cities 2022", "and korea?", "and in 2019?"), "Andong, Dobong-gu, Jincheon", "2019"),
]

THAI = [
    Talk(("เมืองไทยรุ่นปี 63 มีใครบ้าง", "แล้วรุ่นก่อนหน้านั้น", "แล้วรุ่นถัดจากปี 63 ล่ะ"), THAI_2022),
    Talk(("ปี 64 ไทยได้เมืองไหนครับ", "งั้นปีถัดไป"), THAI_2022),
    Talk(("นนซันเข้าปีไหน", "ปี 65 รับ 77 เมือง 44 ประเทศ ไทย 4 ใช่ไหม"), THAI_2022, "77 เมืองจาก 44 ประเทศ"),
    Talk(("ปี 65 ไทยมีเมืองไหนบ้าง", "ไม่ใช่ปี 65 ปี 67 ต่างหาก"), THAI_2024),
    Talk(("ปี 2565 เครือข่ายมีทั้งหมดกี่เมือง", "แล้วหลังรอบปี 2568 ล่ะ", "เพิ่มขึ้นมาเท่าไหร่"), "", "131"),
    Talk(("พะเยาเข้าปีไหน", "พะเยาเข้าเครือข่ายพร้อมเมืองไทยไหนบ้าง"), "Hat Yai, Sukhothai"),
    Talk(("เอเชียแปซิฟิก 2565 กี่เมือง", "ไม่เอาของไทย เหลือกี่เมือง"), ASIAN_BUT_THAI, "10 เมือง"),
    Talk(("ขอรายชื่อเมืองไทยทั้งหมด", "เอาเฉพาะที่เข้าปี 63"), THAI_2020, "ปี 2563"),
    Talk(("สุโขทัย", "ตาก", "ใครเข้าก่อน"), "Sukhothai, Tak", "สุโขทัย (Sukhothai) เข้าร่วมก่อน"),
    Talk(("เชียงใหม่ได้ปีไหนนะ", "ไม่ใช่ๆ เชียงราย"), "Chiang Rai", "2562"),
    Talk(("ปี 2565 รับกี่ประเทศ", "เมืองล่ะ"), "", "77 เมือง"),
    Talk(("เมืองไทยไหนเข้าร่วมปี 65", "แล้วเกาหลีล่ะ"), KOREAN_2022, "ปี 2565"),
    Talk(("เมืองไทยไหนเข้าร่วมปี 65", "แล้วปี 67 ล่ะ"), THAI_2024, "ปี 2567"),
    Talk(("เมืองไทยปี 65", "มีกี่เมือง"), THAI_2022, "3 เมือง"),
    Talk(("เมืองไทยปี 65", "ปีก่อนหน้านั้นล่ะ"), THAI_2020, "ปี 2563"),
    Talk(("เมืองไทยปี 65 มีกี่เมือง", "มีเมืองไหนบ้าง"), THAI_2022, "3 เมือง"),
    Talk(("เมืองไทยปี 65", "ไม่เอาพะเยา"), "Hat Yai, Sukhothai", "2 เมือง"),
    Talk(("หาดใหญ่เป็นสมาชิกไหม", "เข้าร่วมเมื่อไหร่"), "Hat Yai", "2565"),
    Talk(("หาดใหญ่เป็นสมาชิกไหม", "พะเยาล่ะ"), "Phayao", "ใช่ พะเยา"),
    Talk(("หาดใหญ่เข้าร่วมเมื่อไหร่", "แล้วเชียงใหม่ล่ะคะ"), "Chiang Mai", "2563"),
    Talk(("สวัสดี", "เมืองไทยปี 65", "ขอบคุณ", "แล้วอินเดียล่ะ"), INDIAN_2022, "อินเดีย"),
]


@pytest.mark.parametrize("talk", [*ENGLISH, *THAI], ids=lambda talk: ascii(" → ".join(talk.asked))[1:60])
def test_question_leans_on_the_one_before(engine: Engine, talk: Talk) -> None:
    reply = replies(engine, talk.asked)[-1]
    assert (reply.outcome, ", ".join(sorted(reply.cities))) == ("answered", talk.cities), reply.text
    assert talk.says in reply.text


@pytest.mark.parametrize("text", ["when?", "which ones?", "how many?", "it", "เมื่อไหร่", "ที่ไหนบ้าง", "กี่เมือง"])
def test_without_a_question_before_nothing_is_made_up(engine: Engine, text: str) -> None:
    assert engine.answer(text).reply.cities == ()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("which thai cities joined in 2022?", "what is the network"), "network"),
        (("which thai cities joined in 2022?", "how does a city join?"), "admission"),
        (("what are the requirements for joining", "who nominates?"), "nominator"),
        (("เมืองไทยปี 65", "สมัครยังไง"), "admission"),
        (("which thai cities joined in 2022?", "hello"), "greeting"),
    ],
)
def test_whole_question_stands_for_itself(engine: Engine, asked: tuple[str, ...], expected: str) -> None:
    assert replies(engine, asked)[-1].intent == expected


@pytest.mark.parametrize("text", ["thanks", "hello", "best pad thai recipe please", "🙂", ""])
def test_what_asks_nothing_leaves_the_memory(engine: Engine, text: str) -> None:
    memory = engine.answer("which thai cities joined in 2022?").memory
    assert isinstance(memory, Memory)
    assert engine.answer(text, memory).memory is memory


def test_memory_holds_the_places_of_the_answer(engine: Engine) -> None:
    memory = engine.answer("which thai cities joined in 2022?").memory
    assert memory is not None
    assert memory.places == ("hat-yai", "phayao", "sukhothai")
    assert memory.query.filters.countries == {"TH"}


def test_two_people_do_not_share_a_memory(engine: Engine) -> None:
    one = engine.answer("which thai cities joined in 2022?").memory
    other = engine.answer("which indian cities joined in 2022?").memory
    assert engine.answer("and in 2024?", one).reply.cities != engine.answer("and in 2024?", other).reply.cities
