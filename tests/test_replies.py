"""How replies are worded, over every message of the conversations kept as data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.conversation import Engine
from bot.language import LANGUAGES, Language, load
from bot.replies.reply import Reply
from knowledge import store
from tests.judging import conversations, replies

THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e5b]")
LATIN = re.compile(r"[^\W\d_\u0e00-\u0e7f]{2,}")
ASIDE = re.compile(r"\([^()]*\)")
BUDDHIST = re.compile(r"25\d\d(?:–25\d\d)?")
IN_BOTH = re.compile(r"25\d\d \(20\d\d\)|25\d\d–25\d\d \(20\d\d–20\d\d\)")
MANY_OF_ONE = re.compile(r"(?<![\d,.–])1 (?:cities|countries|members|rounds)\b")
ONE_OF_MANY = re.compile(r"(?<![\d,.–])(?:0|[2-9]|\d\d+) (?:city|country|member|round)\b")
STRAY = re.compile(r" [,.;:!?)]|\( |\(\)|,,|\.\.")

PUT_OTHERWISE = {"ใครเป็นผู้เสนอชื่อเมือง"}
"""Questions that are offered, but not yet answered as they are put."""


class Said(NamedTuple):
    """What was asked and the reply."""

    asked: str
    reply: Reply


@pytest.fixture(scope="module")
def said(engine: Engine) -> list[Said]:
    found = []
    for language in LANGUAGES:
        for conversation in conversations(language):
            for asked, reply in zip(conversation.asked, replies(engine, conversation.asked), strict=True):
                found.append(Said(asked, reply))
    return found


@pytest.fixture(scope="module")
def names(facts_path: Path) -> set[str]:
    """Words of the names of places, organisations and publishers in Latin letters."""
    with store.open(facts_path) as base:
        rows = base.rows(
            "SELECT text FROM name UNION SELECT name FROM place UNION SELECT name_en FROM organisation"
            " UNION SELECT publisher FROM source"
        )
        return {word for (text,) in rows for word in LATIN.findall(text)}


def offending(said: Iterable[Said], offends: Callable[[Reply], object]) -> list[str]:
    """Return the questions with replies that offend, and how."""
    return [f"{one.asked} → {found}" for one in said if (found := offends(one.reply))]


def strings(reply: Reply) -> list[str]:
    """Return everything that a reply shows."""
    return [reply.text, *(citation.label for citation in reply.citations), *reply.suggestions]


def thai(said: Iterable[Said]) -> list[Said]:
    """Return those answered in Thai."""
    return [one for one in said if one.reply.language == "th"]


def english(said: Iterable[Said]) -> list[Said]:
    """Return those answered in English."""
    return [one for one in said if one.reply.language == "en"]


def test_nothing_is_left_unfilled(said: list[Said]) -> None:
    assert offending(said, lambda reply: [text for text in strings(reply) if {"{", "}"} & set(text)]) == []


def test_spaces_stand_singly_and_inside(said: list[Said]) -> None:
    def bad(reply: Reply) -> list[str]:
        lines = [line for text in strings(reply) for line in text.split("\n")]
        return [line for line in lines if "  " in line or line != line.strip() or not line]

    assert offending(said, bad) == []


def test_no_stray_punctuation(said: list[Said]) -> None:
    assert offending(said, lambda reply: [text for text in strings(reply) if STRAY.search(text)]) == []


def test_english_starts_with_a_capital(said: list[Said]) -> None:
    assert offending(english(said), lambda reply: reply.lead[0].islower() and reply.lead) == []


def test_thai_is_not_mixed_with_english_words(said: list[Said], names: set[str]) -> None:
    def bad(reply: Reply) -> list[str]:
        words = LATIN.findall(ASIDE.sub("", reply.lead))
        return [word for word in words if word not in names and not word.isupper()]

    assert offending(thai(said), bad) == []


def test_english_has_thai_only_in_brackets(said: list[Said]) -> None:
    def bad(reply: Reply) -> list[str]:
        return THAI.findall(ASIDE.sub("", reply.text))

    assert offending(english(said), bad) == []


def test_first_year_in_thai_is_given_in_both_eras(said: list[Said]) -> None:
    def bad(reply: Reply) -> str:
        first = BUDDHIST.search(reply.lead)
        return reply.lead if first and not IN_BOTH.match(reply.lead, first.start()) else ""

    assert offending(thai(said), bad) == []


def test_both_eras_are_of_one_year(said: list[Said]) -> None:
    def bad(reply: Reply) -> list[str]:
        pairs = re.findall(r"(25\d\d) \((20\d\d)\)", reply.text)
        return [thai_year for thai_year, year in pairs if int(thai_year) - int(year) != 543]

    assert offending(said, bad) == []


def test_english_has_no_buddhist_years(said: list[Said]) -> None:
    assert offending(english(said), lambda reply: BUDDHIST.findall(reply.text)) == []


def test_nouns_agree_with_their_numbers(said: list[Said]) -> None:
    def bad(reply: Reply) -> list[str]:
        return MANY_OF_ONE.findall(reply.text) + ONE_OF_MANY.findall(reply.text)

    assert offending(english(said), bad) == []


def test_every_citation_has_a_label(said: list[Said]) -> None:
    def bad(reply: Reply) -> bool:
        return any(not citation.label.strip() or not citation.source.publisher for citation in reply.citations)

    assert offending(said, bad) == []


def test_every_fact_has_its_source(said: list[Said]) -> None:
    assert offending(said, lambda reply: reply.outcome == "answered" and not reply.citations and reply.text) == []


def test_what_states_nothing_cites_nothing(said: list[Said]) -> None:
    def bad(reply: Reply) -> bool:
        return reply.outcome in ("off_topic", "chat", "clarify") and bool(reply.citations)

    assert offending(said, bad) == []


def test_no_line_of_a_list_is_there_twice(said: list[Said]) -> None:
    def bad(reply: Reply) -> list[str]:
        lines = Counter(line for group in reply.groups for line in group.lines)
        return [line for line, times in lines.items() if times > 1]

    assert offending(said, bad) == []


def test_no_city_is_named_twice(said: list[Said]) -> None:
    assert offending(said, lambda reply: len(set(reply.cities)) < len(reply.cities)) == []


def test_every_reply_offers_a_next_question(said: list[Said]) -> None:
    assert offending(said, lambda reply: not reply.suggestions and reply.intent) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_offered_are_answered(engine: Engine, language: Language) -> None:
    wording = load("replies", language)
    offered = {question for questions in wording["suggestions"].values() for question in questions} - PUT_OTHERWISE
    outcomes = {question: engine.answer(question).reply.outcome for question in offered}
    assert {question: outcome for question, outcome in outcomes.items() if outcome != "answered"} == {}


def paths(node: object, path: str = "") -> Iterable[tuple[str, str]]:
    """Yield every text of a tree of wording with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from paths(value, f"{path}.{key}")
    elif isinstance(node, list):
        yield from ((path, str(value)) for value in node)
    else:
        yield path, str(node)


@pytest.mark.parametrize("name", ["replies", "chat"])
def test_both_languages_have_the_same_wording(name: str) -> None:
    trees = [dict(paths(load(name, language))) for language in LANGUAGES]
    assert trees[0].keys() == trees[1].keys()


def test_wording_has_no_double_spaces() -> None:
    texts = [text for language in LANGUAGES for _, text in paths(load("replies", language))]
    assert [text for text in texts if "  " in text] == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Are there 425 cities in 79 countries?", "Yes"),
        ("Romania 3 members, 2 from 2022 and 1 from 2024, right?", "Yes"),
        ("Thailand has 13 members, 4 of them from 2022, right?", "Not 13"),
        ("Was Hat Yai a member in August 2022?", "Yes"),
        ("เชียงรายเข้าปี 65 หาดใหญ่เข้าปี 62 ใช่ไหม", "\nใช่"),
        ("ไทยมี 7 เมืองหลังรอบปี 65 ใช่ไหม", "ไม่ใช่ 7"),
        ("how many times has Phayao joined the network?", "294"),
        ("how many fewer cities were announced from 2022 to 2024?", "grew"),
        ("เกาหลี 56 เมืองปี 67 และ 59 เมืองปี 68", "2559"),
    ],
)
def test_nothing_is_confirmed_or_denied_that_was_not_checked(engine: Engine, text: str, denied: str) -> None:
    assert denied not in f"\n{engine.answer(text).reply.text}"


def test_what_is_noted_of_the_first_answer_stands_before_the_second(engine: Engine) -> None:
    text = engine.answer("เวียดนามมีกี่เมือง แล้วจีนมีกี่เมือง").reply.text
    assert text.index("ฮานอย") < text.index("จีน")
    assert text.rindex("หลังจากนั้น") < text.index("จีน")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("how many members were there when Bangkok joined", "356 cities"),
        ("ตอนกรุงเทพเข้า เครือข่ายมีกี่เมือง", "356 เมือง"),
        ("how many Thai members were there when Chiang Mai joined", "4 cities from Thailand"),
        ("ตอนเชียงใหม่เข้า ไทยมีสมาชิกกี่เมือง", "4 เมือง"),
        ("by how many members did Thailand grow from 2020 to 2025", "grew by 9"),
        ("ตั้งแต่ปี 63 ถึง 68 ไทยเพิ่มขึ้นกี่เมือง", "เพิ่มขึ้น 9 เมือง"),
        ("how many did the network grow by between 2022 and 2025", "grew by 131"),
    ],
)
def test_members_of_a_time_are_all_there_were(engine: Engine, text: str, says: str) -> None:
    assert says in engine.answer(text).reply.text


def test_a_number_of_countries_is_weighed_against_countries(engine: Engine) -> None:
    assert engine.answer("53 countries joined in 2024, right?").reply.text.startswith("Not 53 countries")
