"""Queries as buttons and links say them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.codes import CODE, decode, encode
from bot.conversation import Engine
from bot.language import LANGUAGES, Language
from knowledge.model import Bounds, Filters, Query, YearSpan
from tests.judging import conversations

PARTS = [
    *(
        "L",
        "C",
        "K",
        "W",
        "A",
        "P",
        "R",
        "T",
        "E",
        "B",
        "D",
        "H",
        "S",
        "Sc",
        "Sr",
        "Sy",
        "Sm",
        "Ff",
        "Fn",
        "M-2",
        "U-9",
    ),
    *("Q-1", "TH", "kr", "asean", "asia-pacific", "hat-yai", "osaka-jp", "2022", "2565", "2020-", "-2019", "2019-2024"),
    *("X-TH", "X-asean", "X-hat-yai", "X-2022", "I-e0b881", "I-61"),
]


def known(kind: str, ref: str) -> bool:
    """Everything is known, but what is said not to be."""
    return "unknown" not in ref.lower() and ref != "ZZ" and (kind == "region") == (ref in ("asean", "asia-pacific"))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (Query("list", filters=Filters((YearSpan(2022, 2022),), frozenset({"TH"}))), "TH_2022"),
        (Query("profile", filters=Filters(places=("hat-yai",))), "hat-yai"),
        (Query("check", filters=Filters(places=("hat-yai", "yala"))), "K_hat-yai_yala"),
        (Query("list", filters=Filters((YearSpan(2020, None), YearSpan(None, 2018)))), "2020-_-2018"),
        (Query("rank", "countries", Filters((YearSpan(2022, 2022),)), fewest=True), "R_Sc_Ff_2022"),
        (Query("rank", "countries", threshold=Bounds(3), of_network=True), "R_Sc_Fn_M-2"),
        (Query("rank", "countries", threshold=Bounds(3, 3)), "R_Sc_Q-3"),
        (Query("rank", "countries", threshold=Bounds(2, 4)), "R_Sc_M-1_U-5"),
        (Query("list", filters=Filters(initial="ก", not_countries=frozenset({"KR", "CN"}))), "X-CN_X-KR_I-e0b881"),
        (Query("list", filters=Filters(not_years=frozenset({2022}), not_places=frozenset({"yala"}))), "X-yala_X-2022"),
        (Query("list"), "L"),
        (Query("sources"), "S"),
    ],
)
def test_a_query_and_its_code(query: Query, code: str) -> None:
    assert encode(query) == code
    assert decode(code, known) == replace(query, intent=query.ask)


def test_what_has_no_code() -> None:
    assert encode(Query("statements", topics=("history",))) is None
    assert (
        encode(Query("list", filters=Filters(countries=frozenset(f"{a}{b}" for a in "ABCDE" for b in "ABCDE")))) is None
    )


@pytest.mark.parametrize("code", ["2565", "2022"])
def test_years_are_read_in_either_era(code: str) -> None:
    query = decode(code, known)
    assert query is not None
    assert query.filters.year == 2022


@pytest.mark.parametrize(
    "code",
    [
        "",
        "_",
        "P",
        "K_TH",
        "ZZ",
        "unknown-city",
        "X-",
        "X-unknown",
        "I-",
        "I-zz",
        "M-x",
        "20222024",
        "a b",
    ],
)
def test_what_means_nothing_is_no_query(code: str) -> None:
    assert decode(code, known) is None


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=6), language=st.sampled_from(LANGUAGES))
def test_whatever_a_code_asks_is_answered_or_refused(engine: Engine, parts: list[str], language: Language) -> None:
    turn = engine.recall("_".join(parts)[:64], language)
    if turn is not None:
        assert turn.reply.lead
        assert turn.reply.language == language
        assert all(encode(one.query) for one in turn.following())


@given(st.text(max_size=80))
def test_any_text_may_come_in(text: str) -> None:
    assert decode(text, known) is None or CODE.fullmatch(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_in_words_means_the_same_as_a_code(engine: Engine, language: Language) -> None:
    different = []
    for conversation in conversations(language):
        turn = engine.answer(conversation.asked[0], None, language)
        query = turn.reply.query
        if query is None or (code := encode(query)) is None:
            continue
        again = engine.recall(code, language)
        if again is None or set(again.reply.cities) != set(turn.reply.cities):
            different.append((conversation.asked[0], code))
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_offered_next_is_answered(engine: Engine, language: Language) -> None:
    failed, offered = [], 0
    for conversation in conversations(language):
        turn = engine.answer(conversation.asked[0], None, language)
        if turn.reply.outcome == "clarify":
            continue
        for one in turn.following():
            offered += 1
            then = engine.recall(encode(one.query) or "", language)
            if then is None or then.reply.outcome != "answered" or not then.reply.citations:
                failed.append((conversation.asked[0], one.label))
    assert failed == []
    assert offered > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_has_a_card_that_leads_on(engine: Engine, language: Language) -> None:
    cards = engine.named("", language, 1000)
    assert len(cards) > 200
    for card in cards:
        turn = engine.recall(encode(card.query) or "", language)
        assert turn is not None
        assert turn.reply.outcome == "answered"
        assert len(turn.following()) >= 1


@pytest.mark.parametrize(
    ("typed", "first"), [("หาด", "Hat Yai"), ("hat y", "Hat Yai"), ("São", "São Filipe"), ("yala", "Yala")]
)
def test_members_are_found_by_a_part_of_their_name(engine: Engine, typed: str, first: str) -> None:
    assert first in engine.named(typed, "en", 3)[0].label


def test_members_are_found_page_by_page(engine: Engine) -> None:
    pages = [engine.named("", "en", 20, start) for start in range(0, 400, 20)]
    labels = [card.label for page in pages for card in page]
    assert labels == [card.label for card in engine.named("", "en", 1000)]
    assert engine.named("no such city", "en", 20) == ()
