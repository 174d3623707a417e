"""Messages that nobody sends in good faith, and those that a slipping finger sends."""

from __future__ import annotations

import io
import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Engine, Memory
from bot.jsonlines import answer_lines, messages
from bot.language import LANGUAGES
from bot.replies.reply import Outcome, Reply

OUTCOMES = get_args(Outcome)
LONGEST = 4096
"""Characters of a message, as Telegram allows them."""

HOSTILE = {
    "empty": "",
    "spaces": "   ",
    "white-space": " \t\r\n\u00a0\u2003\u3000",
    "zero-width": "\u200b\u200c\u200d\ufeff",
    "emoji": "🙂🙏🏽👨‍👩‍👧‍👦🇹🇭",
    "one-emoji": "🙂",
    "punctuation": "?!.,;:-–—()[]{}'\"“”…",
    "question-marks": "?" * LONGEST,
    "one-letter": "a" * LONGEST,
    "one-consonant": "ก" * LONGEST,
    "digits": "1" * LONGEST,
    "thai-digits": "๕" * LONGEST,
    "vowels": "เ" * LONGEST,
    "vowel-signs": "ิ" * LONGEST,
    "tone-marks": "่" * LONGEST,
    "mixed-thai": ("กขคงจฉชซ" * LONGEST)[:LONGEST],
    "mixed-vowels": ("าิีึืุูเแโใไ" * LONGEST)[:LONGEST],
    "mixed-letters": ("qwertzuiop" * LONGEST)[:LONGEST],
    "many-words": ("a b c d e " * LONGEST)[:LONGEST],
    "many-numbers": ("2022 2565 65 " * LONGEST)[:LONGEST],
    "many-exclusions": ("except " * LONGEST)[:LONGEST],
    "many-names": ("phayao " * LONGEST)[:LONGEST],
    "combining-marks": "e" + "\u0301" * LONGEST,
    "zalgo": "".join(c + "\u0336\u0489\u20dd" for c in "which cities joined in 2022"),
    "control": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "bidirectional": "\u202e\u2066which cities joined in 2022\u2069\u202c",
    "lone-high-surrogate": "which cities \ud83d joined in 2022",
    "lone-low-surrogate": "\udc00",
    "surrogates-turned": "\udc00\ud83d",
    "private-use": "\ue000\uf8ff\U000f0000",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "html": "<b>which</b> cities<script>alert(1)</script> joined in 2022 &lt; &amp;",
    "broken-html": "</a></blockquote><<<>>>",
    "markdown": "*which* _cities_ [joined](http://example.org) in `2022` ||spoiler||",
    "sql": "'; DROP TABLE membership; --",
    "sql-in-name": "is Phayao' OR '1'='1 a member?",
    "format": "{} {0} {count} {when.__class__} %s %(x)s",
    "braces": "{" * 100 + "which cities joined in 2022" + "}" * 100,
    "path": "../../../../etc/passwd",
    "null": "null",
    "number": "1e999",
    "minus": "-1",
    "huge-number": "9" * 300,
    "fraction": "½ ⅔ ² ① Ⅳ 四",
    "other-scripts": "какие города вступили в 2022 году 哪些城市 أي مدن हैं क्या",
    "real-question-of-great-length": "which thai cities joined in 2022 and please " * 90,
    "real-thai-question-of-great-length": "เมืองไทยไหนเข้าร่วมปี 2565 บ้างคะ" * 120,
    "wrong-layout-noise": "ๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ",
}


def assert_valid(reply: Reply) -> None:
    """Assert what holds for a reply to whatever it is."""
    assert reply.outcome in OUTCOMES
    assert reply.language in LANGUAGES
    assert reply.text.strip()
    assert reply.intent
    reply.text.encode("utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_anything_gets_an_ordinary_reply(engine: Engine, name: str) -> None:
    assert_valid(engine.answer(HOSTILE[name]).reply)


@pytest.mark.parametrize("name", HOSTILE)
def test_anything_may_follow_a_question(engine: Engine, name: str) -> None:
    memory = engine.answer("which thai cities joined in 2022?").memory
    turn = engine.answer(HOSTILE[name], memory)
    assert_valid(turn.reply)
    assert_valid(engine.answer("and in 2024?", turn.memory).reply)


@pytest.mark.parametrize("name", ["html", "broken-html", "markdown", "sql", "format", "path", "bidirectional"])
def test_nothing_of_it_is_taken_over(engine: Engine, name: str) -> None:
    text = engine.answer(HOSTILE[name]).reply.text
    assert not set("<>{}`|\u202e\u2066") & set(text)
    assert "DROP" not in text and "passwd" not in text and "alert" not in text


@pytest.mark.parametrize(
    "name", ["empty", "spaces", "white-space", "zero-width", "emoji", "one-emoji", "question-marks"]
)
def test_nothing_said_is_not_understood(engine: Engine, name: str) -> None:
    reply = engine.answer(HOSTILE[name]).reply
    assert (reply.outcome, reply.cities, reply.citations) == ("off_topic", (), ())


def test_question_in_html_is_still_a_question(engine: Engine) -> None:
    reply = engine.answer("<b>which thai cities</b> joined in 2022 &lt;3").reply
    assert set(reply.cities) >= {"Hat Yai", "Phayao", "Sukhothai"}


@pytest.mark.parametrize(
    "text", ["\u202ewhich thai cities joined in 2022\u202c", "which\u200b thai cities joined in\ud83d 2022"]
)
def test_question_with_invisible_characters_is_still_a_question(engine: Engine, text: str) -> None:
    assert engine.answer(text).reply.cities == ("Hat Yai", "Phayao", "Sukhothai")


# --- as lines


def answered(engine: Engine, *lines: bytes) -> list[dict[str, object]]:
    """Return the objects printed for `lines`."""
    output = io.StringIO()
    answer_lines(engine, lines, output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b"[" * 500 + b"]" * 500,
        b'["which thai cities joined in 2022?", ["nested"]]',
        b'[{"text": "which cities"}]',
        b"[1, 2, 3]",
        b"[]",
        b"[null]",
        b"[broken",
        b'["open',
        b"\xff\xfe\xfa",
        b"\x80 which cities",
    ],
    ids=lambda line: repr(line[:24]),
)
def test_unreadable_line_gets_an_error_and_the_rest_are_answered(engine: Engine, line: bytes) -> None:
    first, second = answered(engine, line, b"which thai cities joined in 2022?")
    assert list(first) == ["error"] and first["error"]
    assert second["cities"] == ["Hat Yai", "Phayao", "Sukhothai"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b'""',
        b'"\\ud83d"',
        b'"\\u0000"',
        b'"unclosed',
        b"{}",
        b'{"a": [1, 2]}',
        b"null",
        b"\xef\xbb\xbfwhich cities",
        b'["", "", ""]',
        json.dumps("x" * 10_000).encode(),
        json.dumps(["which thai cities joined in 2022?"] * 50).encode(),
    ],
    ids=lambda line: repr(line[:24]),
)
def test_odd_line_is_a_message_like_others(engine: Engine, line: bytes) -> None:
    (found,) = answered(engine, line)
    assert found.keys() == {"text", "language", "outcome", "intent", "cities", "sources", "suggestions"}
    assert found["text"] and found["outcome"] in OUTCOMES


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=40).map(lambda text: json.dumps(text).encode()))
def test_any_line_is_messages_or_none(line: bytes) -> None:
    try:
        found = messages(line)
    except ValueError:
        return
    assert found and all(isinstance(message, str) for message in found)


# --- what nobody thought of


VOCABULARY = """
    which what how many when where who why list cities city countries country members member joined join network
    learning unesco region asia asean europe africa 2022 2024 2565 65 '22 2021 1999 this last year since before after
    between and or except not only other all most fewest more than 3 17 77 percent share difference compare first
    latest each rank sdg 4 11 goal requirements nominate recommend jury apply admission source missing theme literacy
    day director-general thailand thai korea china india france macao hat yai phayao sukhothai chiang mai bangkok
    tokyo lyon hamilton granada starting with s it those there same both previous
    เมือง เมืองไหน ประเทศไหน กี่เมือง ไหน อะไร บ้าง เมื่อไหร่ ที่ไหน ใคร ทำไม ไหม รายชื่อ ปี ปีไหน เข้าร่วม สมาชิก เครือข่าย
    เมืองแห่งการเรียนรู้ ยูเนสโก ภูมิภาค เอเชีย อาเซียน ยุโรป ๒๕๖๕ ปีนี้ ปีที่แล้ว ตั้งแต่ ก่อน หลัง ถึง ระหว่าง และ กับ หรือ
    ยกเว้น ไม่ ไม่ใช่ เฉพาะ อื่น ทั้งหมด มากที่สุด น้อยที่สุด มากกว่า แต่ละ แรก ล่าสุด เป้าหมายที่ คุณสมบัติ เสนอชื่อ สมัคร
    ที่มา หัวข้อ วันรู้หนังสือ ไทย เกาหลี จีน อินเดีย หาดใหญ่ พะเยา สุโขทัย เชียงใหม่ กรุงเทพ น่าน เลย ตาก ขึ้นต้นด้วย พ แล้ว
    ล่ะ พวกนี้ ที่นั่น
"""
WORDS = st.sampled_from(VOCABULARY.split())
MESSAGES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
GLUED = st.lists(WORDS | st.text(max_size=4), min_size=1, max_size=6).map("".join)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_gets_a_reply(engine: Engine, text: str) -> None:
    assert_valid(engine.answer(text).reply)


@settings(derandomize=True, max_examples=700, deadline=None)
@given(text=MESSAGES | GLUED)
def test_any_mixture_of_real_words_gets_a_reply(engine: Engine, text: str) -> None:
    assert_valid(engine.answer(text).reply)


@settings(derandomize=True, max_examples=250, deadline=None)
@given(conversation=st.lists(MESSAGES, min_size=2, max_size=4))
def test_any_conversation_gets_replies(engine: Engine, conversation: list[str]) -> None:
    memory: Memory | None = None
    for message in conversation:
        turn = engine.answer(message, memory)
        assert_valid(turn.reply)
        memory = turn.memory
