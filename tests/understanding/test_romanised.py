"""Thai in Latin letters."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.romanised import _data, _phrases, _sound


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("samak pen muang haeng kan rian ru yang ngai", "สมัครเป็นเมืองแห่งการเรียนรู้ยังไง"),
        ("muang thai pee 65 mee muang nai bang krub", "เมืองไทยปี 65 มีเมืองไหนบ้างครับ"),
        ("kaoli tai dai kee muang pee 2022", "เกาหลีใต้ได้กี่เมืองปี 2022"),
        ("phayao pen samashik pee nai kha", "พะเยาเป็นสมาชิกปีไหนคะ"),
        ("yark roo wa mueang tai mi ki meuang nai khrueakhai", "อยากรู้ว่าเมืองไทยมีกี่เมืองในเครือข่าย"),
        ("prathet nai mee muang mak tee sud", "ประเทศไหนมีเมืองมากที่สุด"),
        ("mee pratet nai bang nai asean pee 2022", "มีประเทศไหนบ้างในอาเซียนปี 2022"),
        ("rayong kap satun khao pi diao kan mai", "ระยองกับสตูลเข้าปีเดียวกันไหม"),
    ],
)
def test_thai_in_latin_letters_is_read_as_thai(engine: Engine, typed: str, meant: str) -> None:
    assert engine.read(typed)[1].query == engine.read(meant)[1].query is not None
    assert engine.answer(typed).reply.language == "th"


@pytest.mark.parametrize(
    "text",
    [
        "is phayao a member krub",
        "which thai cities may join in 2022",
        "mai tai for me please",
        "can you tell me when yala became a member",
    ],
)
def test_other_latin_words_stay_what_they_are(engine: Engine, text: str) -> None:
    assert not any(token.thai for token in engine.read(text)[0].tokens)


def test_every_spelling_is_read_as_its_word() -> None:
    spelt = [(thai, spelling) for thai, spellings in _data()["words"].items() for spelling in spellings]
    found = [(_phrases()["".join(map(_sound, spelling.split()))], spelling) for _, spelling in spelt]
    assert found == spelt


def test_every_word_means_something(engine: Engine) -> None:
    unknown = [thai for thai in _data()["words"] if engine.read(thai)[0].unknown]
    assert unknown == []
