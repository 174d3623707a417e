"""Messages typed on the wrong keyboard layout."""

from __future__ import annotations

import pytest
from pythainlp.util import eng_to_thai, thai_to_eng

from bot.conversation import Engine
from bot.understanding.keyboard import retyped


@pytest.mark.parametrize(
    "meant",
    [
        "เมืองไทยไหนเข้าร่วมปี 65",
        "เมืองไทยไหนเข้าร่วมปี 2565 บ้าง",
        "หาดใหญ่เป็นสมาชิกไหม",
        "เชียงใหม่เป็นเมืองแห่งการเรียนรู้ไหม",
        "สุโขทัยอยู่ที่ไหน",
        "สมัครยังไง",
        "พะเยา",
    ],
)
def test_thai_on_the_english_layout_is_read_as_meant(engine: Engine, meant: str) -> None:
    typed = " ".join(word if word.isdecimal() else thai_to_eng(word) for word in meant.split())
    assert engine.read(typed)[1].query == engine.read(meant)[1].query is not None
    assert engine.answer(typed).reply.language == "th"


@pytest.mark.parametrize(
    "meant",
    [
        "which thai cities joined in 2022",
        "is hat yai a member?",
        "how many cities",
        "when did bangkok join",
        "learning city",
        "phayao",
    ],
)
def test_english_on_the_thai_layout_is_read_as_meant(engine: Engine, meant: str) -> None:
    typed = " ".join(word if word.isdecimal() else eng_to_thai(word) for word in meant.split())
    assert engine.read(typed)[1].query == engine.read(meant)[1].query is not None
    assert engine.answer(typed).reply.language == "en"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (f"is {eng_to_thai('phayao')} a member", "is phayao a member"),
        (f"{thai_to_eng('หาดใหญ่')} เป็นสมาชิกไหม", "หาดใหญ่ เป็นสมาชิกไหม"),
    ],
    ids=["english", "thai"],
)
def test_single_word_on_the_wrong_layout(engine: Engine, typed: str, meant: str) -> None:
    assert engine.read(typed)[1].query == engine.read(meant)[1].query is not None


@pytest.mark.parametrize(
    "text",
    [
        "which thai cities joined in 2022?",
        "is GNLC a network?",
        "เมืองไทยไหนเข้าร่วมปี 65",
        "UNESCO คืออะไร",
        "พะเยา joined when?",
        "qwerty asdf zxcv",
    ],
)
def test_what_is_typed_rightly_stays(engine: Engine, text: str) -> None:
    utterance, _ = engine.read(text)
    assert utterance.text == text.casefold()


def test_figures_stay() -> None:
    assert all("2565" in other.split() for other in retyped("xu 2565"))


def test_long_messages_are_not_retyped() -> None:
    assert list(retyped("word " * 50)) == []


def test_every_word_is_tried_by_itself() -> None:
    assert "is พะเยา member" in retyped(f"is {thai_to_eng('พะเยา')} member")
