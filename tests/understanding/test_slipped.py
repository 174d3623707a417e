"""Slips of the finger anywhere in a question: what was meant is answered, as if it had been typed so."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from bot.conversation import Engine
from bot.understanding.slips import beside
from tests import judging
from tests.judging import replies

_MEASURED = 120  # questions of a language
_RIGHT = {"th": 0.88, "en": 0.8}  # of these; measured are 0.93 and 0.88


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ชาร์จาหเ์ข้าปีไหน", "ชาร์จาห์เข้าปีไหน"),
        ("บากูเป็นสมาขิกไหม", "บากูเป็นสมาชิกไหม"),
        ("ใน 425 เมืองมเีมืองไทยกี่เมือง", "ใน 425 เมืองมีเมืองไทยกี่เมือง"),
        ("ไยทได้กี่เมืองปี 65", "ไทยได้กี่เมืองปี 65"),
        ("ปีีไหนที่เครือข่ายเกิน 300 เมือง", "ปีไหนที่เครือข่ายเกิน 300 เมือง"),
        ("ระยองกับสตูลเข่าปีไหนคะ", "ระยองกับสตูลเข้าปีไหนคะ"),
        ("เชียงใหม๋ เข้าปีใหน", "เชียงใหม่ เข้าปีไหน"),
        ("อยากรุ้ว่าปี65 มีกี่เมืองงจากเอเชีย", "อยากรู้ว่าปี65 มีกี่เมืองจากเอเชีย"),
        ("พะเยาเป็นเมืองที่สามของไทยใชไ่หม", "พะเยาเป็นเมืองที่สามของไทยใช่ไหม"),
        ("how many cities are not in Thaland?", "how many cities are not in Thailand?"),
        ("does thiland have 14", "does thailand have 14"),
        ("all hTai members", "all Thai members"),
        ("how man cities joined 2019", "how many cities joined 2019"),
    ],
)
def test_a_slip_is_read_as_what_was_meant(engine: Engine, written: str, meant: str) -> None:
    one, other = (replies(engine, (question,))[-1] for question in (written, meant))
    assert one.outcome == other.outcome == "answered"
    assert one.lead == other.lead


@pytest.mark.parametrize("message", ["กันแดดดีมั้ยคะ", "แมวงง", "ปวดเข่าปีไหน", "กินขเ้าหรือยัง", "มเีมียกี่คน"])
def test_a_slip_in_talk_of_other_things_makes_no_question(engine: Engine, message: str) -> None:
    assert replies(engine, (message,))[-1].outcome in ("off_topic", "chat", "unknown")


@pytest.mark.parametrize("language", ["th", "en"])
def test_most_questions_survive_one_slip(engine: Engine, language: str) -> None:
    slipped = list(_slipped(language, random.Random(7)))
    right = sum(_lead(engine, written) == _lead(engine, meant) for written, meant in slipped)
    assert right >= _RIGHT[language] * len(slipped), f"{right} of {len(slipped)}"


def _lead(engine: Engine, question: str) -> str:
    return replies(engine, (question,))[-1].lead


def _slipped(language: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield questions with one letter left out, doubled, exchanged with the next or hit beside its key."""
    asked = [c.asked[0] for c in judging.conversations(language, "questions") if len(c.asked) == 1]
    for meant in chance.sample([question for question in asked if len(question) > 12], _MEASURED):
        at = chance.choice([at for at, letter in enumerate(meant[:-1]) if not (letter.isspace() or letter.isdecimal())])
        head, letter, tail = meant[:at], meant[at], meant[at + 1 :]
        other = chance.choice([other for other in beside(letter) if other.isalpha()] or [""])
        slips = [head + tail, head + 2 * letter + tail, head + tail[0] + letter + tail[1:], head + other + tail]
        yield chance.choice(slips), meant
