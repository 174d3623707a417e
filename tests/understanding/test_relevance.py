"""Whether a message is for us: names alone do not make it ours."""

from __future__ import annotations

import pytest

from bot.conversation import Engine

CHATTER = [
    "hotels in Phuket",
    "restaurants near hat yai",
    "flights from bangkok to chiang mai",
    "weather in Phayao tomorrow",
    "my cousin lives in Durban",
    "the train from Derby to London is late",
    "football in Korea",
    "Thailand won the match against Vietnam",
    "who is the president of china",
    "bangkok post article about traffic",
    "i love marrakech food",
    "Beijing is cold in winter",
    "member of parliament for bristol",
    "he joined the army in 2022",
    "she got in at 5",
    "Turkey recipe for 4 people",
    "which phone is best",
    "how do i cook rice",
    "ข้าวมันไก่หาดใหญ่อร่อย",
    "ไปเที่ยวสุโขทัยกันไหม",
    "จองโรงแรมภูเก็ต",
    "ร้านกาแฟเชียงใหม่",
    "พรุ่งนี้ฝนตกที่พะเยาไหม",
    "ราคาทองวันนี้",
    "อยากกินข้าว",
    "ประชุมวันนี้กี่โมง",
    "ใครไปบ้าง",
    "เข้าร่วมประชุมพรุ่งนี้ไหม",
    "สมาชิกวงใหม่มีใครบ้าง",
    "ปี 65 ไปเที่ยวไหนมา",
    "เมืองไทยร้อนมาก",
]

OURS = [
    "Phayao",
    "bangkok?",
    "hat yai!",
    "hat yai and phayao",
    "thailand",
    "korea 2022",
    "2022",
    "thai cities",
    "is hat yai a member",
    "how does a city join",
    "learning cities",
    "GNLC",
    "หาดใหญ่",
    "พะเยา สุโขทัย",
    "ไทย",
    "ไทยปี 65",
    "เมืองไทยปี 65",
    "เมืองแห่งการเรียนรู้",
    "หาดใหญ่เป็นสมาชิกไหม",
]


@pytest.mark.parametrize("text", CHATTER)
def test_names_alone_do_not_make_it_ours(engine: Engine, text: str) -> None:
    _, reading = engine.read(text)
    assert reading.kind == "off_topic"
    reply = engine.answer(text).reply
    assert (reply.outcome, reply.cities, reply.citations) == ("off_topic", (), ())


@pytest.mark.parametrize("text", OURS)
def test_questions_of_ours_are_taken(engine: Engine, text: str) -> None:
    _, reading = engine.read(text)
    assert reading.kind == "query"


@pytest.mark.parametrize("text", ["nice hotels in Phuket with a pool", "ไปเที่ยวสุโขทัยกันไหม"])
def test_chatter_after_an_answer_is_still_chatter(engine: Engine, text: str) -> None:
    memory = engine.answer("which thai cities joined in 2022?").memory
    assert engine.answer(text, memory).reply.outcome == "off_topic"


def test_a_very_long_message_is_no_question(engine: Engine) -> None:
    _, reading = engine.read("which thai cities joined in 2022 " * 30)
    assert reading.kind == "off_topic"


def test_joining_another_body_is_not_joining_the_network(engine: Engine) -> None:
    assert engine.read("which countries joined the European Union")[1].kind == "off_topic"


@pytest.mark.parametrize(
    "text",
    [
        "Kindly furnish the complete roll of Thai members arranged by year of admission.",
        "which of these countries managed to send two cities in 2022, for comparison",
        "ใช้เวลาพิจารณากี่เดือนกว่าจะรู้ผลว่าได้เป็นสมาชิกเครือข่าย",
    ],
)
def test_words_of_everyday_talk_do_not_take_a_question_from_us(engine: Engine, text: str) -> None:
    assert engine.read(text)[1].kind != "off_topic"


@pytest.mark.parametrize("text", ["what happened in kharkiv last night", "is it safe in kyiv today"])
def test_beside_a_name_alone_they_are_the_matter_asked_about(engine: Engine, text: str) -> None:
    assert engine.read(text)[1].kind == "off_topic"
