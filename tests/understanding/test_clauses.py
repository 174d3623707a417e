"""Several questions in one message."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.asides import without_asides
from bot.understanding.clauses import clauses, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a? b!\nc;d", ["a", "b", "c", "d"]),
        ("a?\r\n\r\nb？", ["a", "b"]),
        ("พะเยา？ สุโขทัย！", ["พะเยา", "สุโขทัย"]),
        ("one question", ["one question"]),
        ("3.5 per cent, he said.", ["3.5 per cent, he said."]),
        ("?? !!", []),
        ("", []),
    ],
)
def test_sentences_end_at_question_marks_and_line_breaks(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_only_so_many_sentences_are_read() -> None:
    assert len(sentences("x?" * 100)) == 8


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "which thai cities joined in 2022 and when did bangkok join",
            ["which thai cities joined in 2022", "and when did bangkok join"],
        ),
        ("who nominates and who recommends", ["who nominates", "and who recommends"]),
        (
            "พะเยาเข้าร่วมปีไหน และหาดใหญ่เข้าร่วมปีไหน",
            ["พะเยาเข้าร่วมปีไหน", "และหาดใหญ่เข้าร่วมปีไหน"],
        ),
        ("เมืองไทยมีอะไรบ้าง เกาหลีมีกี่เมือง", ["เมืองไทยมีอะไรบ้าง", "เกาหลีมีกี่เมือง"]),
        ("ใครเสนอชื่อและใครแนะนำ", ["ใครเสนอชื่อ", "และใครแนะนำ"]),
        (
            "what is gnlc and who can join and when was it launched and where is hat yai",
            ["what is gnlc", "and who can join", "and when was it launched", "and where is hat yai"],
        ),
        ("how many joined in 2022 and how many in 2024", ["how many joined in 2022", "and how many in 2024"]),
        ("what is gnlc and how many members", ["what is gnlc", "and how many members"]),
        ("what are the sdgs and the theme", ["what are the sdgs", "and the theme"]),
        ("list thai cities and tell me how to join", ["list thai cities", "and tell me how to join"]),
        ("when was it made public and how many countries", ["when was it made public", "and how many countries"]),
        ("in 2022 77 cities 44 countries 3 of them thai", ["in 2022 77 cities 44 countries", "3 of them thai"]),
        ("ปี 65 รับ 77 เมือง เอเชียแปซิฟิก 13 ไทย 3 ใช่ไหม", ["ปี 65 รับ 77 เมือง", "เอเชียแปซิฟิก 13", "ไทย 3 ใช่ไหม"]),
    ],
)
def test_questions_are_cut_apart(engine: Engine, text: str, parts: list[str]) -> None:
    assert clauses(engine.read(text)[0]) == parts


@pytest.mark.parametrize(
    "text",
    [
        "thai and korean cities",
        "hat yai and phayao",
        "which cities and countries joined in 2022",
        "which cities joined in 2022 and 2024",
        "when and where was the network launched",
        "which countries had 3 cities",
        "มีกี่เมือง อะไรบ้าง",
        "เมืองไทย กับเมืองเกาหลี ปี 65",
        "",
    ],
)
def test_one_question_stays_whole(engine: Engine, text: str) -> None:
    assert clauses(engine.read(text)[0]) == [text]


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("which thai cities joined in 2022? when did bangkok join?", {"Hat Yai", "Phayao", "Sukhothai", "Bangkok"}),
        ("is hat yai a member?\nand chiang mai?", {"Hat Yai", "Chiang Mai"}),
        ("เมืองไทยปี 65 มีที่ไหนบ้าง? แล้วเกาหลีล่ะ?", {"Hat Yai", "Phayao", "Sukhothai", "Hwaseong", "Nonsan", "Sejong"}),
    ],
)
def test_every_question_is_answered(engine: Engine, text: str, cities: set[str]) -> None:
    assert set(engine.answer(text).reply.cities) == cities


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("my students ask: which country in africa got the most cities in 2022", "most"),
        ("my boss the mayor wants to know who nominates a city", "nominator"),
        ("ขอรายชื่อเมืองของไทยปี 2565 หน่อยค่ะ จะเอาไปใส่ในวาระโอกาสพิเศษ", "list"),
    ],
)
def test_asides_do_not_count(engine: Engine, text: str, intent: str) -> None:
    reading = engine.read(text)[1]
    assert reading.query is not None
    assert reading.query.intent == intent


@pytest.mark.parametrize("text", ["หาดใหญ่ ผู้เสนอชื่อ", "เครือข่าย ประโยชน์", "gnlc: benefits", ""])
def test_topics_said_apart_stay(engine: Engine, text: str) -> None:
    utterance = engine._tagger.read(text)
    assert without_asides(utterance, lambda part: False) == utterance


def test_an_unknown_word_apart_stays(engine: Engine) -> None:
    assert engine.answer("มหาวิทยาลัยวาเซดะ อยู่ในเมืองอะไร").reply.outcome == "off_topic"


@pytest.mark.parametrize(
    ("text", "intent", "place"),
    [
        ("how many thai cities joined in 2022 because my boss quarrelled with somebody", "count", ""),
        ("hi i am standing somewhere zurbling um which thai cities joined in 2022", "list", ""),
        ("งบอนุมัติแล้ว ซุกซนกันใหญ่ อยากได้ชื่อเมืองจีนที่เป็นสมาชิกใหม่ปี 2568", "list", ""),
        ("ย้ายจากยะลามาอยู่ระยองสิบกว่าปี สรุประยองได้เข้าเครือข่ายเมื่อไหร่คะ", "when", "rayong"),
        ("เดดไลน์ห้าโมงเย็น รอบล่าสุดเครือข่ายเมืองแห่งการเรียนรู้รับใหม่กี่เมือง", "latest", ""),
    ],
)
def test_what_people_say_of_themselves_is_left_out(engine: Engine, text: str, intent: str, place: str) -> None:
    _, reading = engine.read(text)
    assert reading.query is not None
    assert reading.query.intent == intent
    assert reading.query.filters.places == ((place,) if place else ())


def test_a_part_of_unknown_words_is_left_out_whole(engine: Engine) -> None:
    assert engine.answer("เมืองไทยปี 2565 มีที่ไหนบ้าง ซุกซน").reply.cities == ("Hat Yai", "Phayao", "Sukhothai")


@pytest.mark.parametrize(
    "text",
    [
        "i run the small library in phayao and a visitor asked me since when our town counts as a learning city",
        "I teach at a school in Phayao. When did our city join the network?",
        "ย้ายมาอยู่พะเยาหลายปี เพิ่งเห็นป้าย เลยสงสัยว่าได้เป็นเมืองแห่งการเรียนรู้ปีไหน",
    ],
)
def test_of_what_the_asker_tells_the_name_is_taken_up(engine: Engine, text: str) -> None:
    reply = engine.answer(text).reply
    assert (list(reply.cities), "2565" in reply.text or "2022" in reply.text) == (["Phayao"], True)
