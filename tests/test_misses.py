"""What people asked and did not get answered: alike ones together, nobody's data, nothing for ever."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.conversation import Engine
from bot.explaining import explained
from bot.misses import KEPT, grouped, missed, without_people
from bot.state import DOWN, UNANSWERED, Miss, State
from bot.telling import misses_shown

TODAY = date(2026, 3, 1)


def miss(text: str, count: int = 1, down: bool = False) -> Miss:
    return Miss(text, "en", DOWN if down else UNANSWERED, count, TODAY)


def test_alike_questions_are_one_group() -> None:
    groups = grouped(
        [
            miss("what is the budget of the network", 3),
            miss("What is the budget of this network?", 2),
            miss("what's the budget of the network??", 1, down=True),
            miss("งบประมาณของเครือข่ายเท่าไหร่", 2),
            miss("งบประมานของเครือข่ายเท่าไร", 1),
            miss("who is the mayor of Phayao", 1),
        ]
    )
    assert [(group.texts[0], group.unanswered, group.disliked) for group in groups] == [
        ("what is the budget of the network", 5, 1),
        ("งบประมาณของเครือข่ายเท่าไหร่", 3, 0),
        ("who is the mayor of Phayao", 1, 0),
    ]
    assert len(groups[0].texts) == 3


def test_thousands_of_questions_are_grouped() -> None:
    groups = grouped(
        [miss(f"question number {number} about {number * 7919 % 1000} things", 1) for number in range(5000)]
    )
    assert 0 < len(groups) < 3000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call me at 081-234-5678 please", "call me at … please"),
        ("I am @somebody_th, mail a.b@example.org", "I am …, mail …"),
        ("see https://example.org/?me=1 for 2022", "see … for 2022"),
        ("ปี 2565 มีกี่เมือง", "ปี 2565 มีกี่เมือง"),
        ("77 cities from 44 countries, 2016–2018", "77 cities from 44 countries, 2016–2018"),
    ],
)
def test_nobodys_data_is_shown(text: str, shown: str) -> None:
    assert without_people(text) == shown


def test_old_questions_are_let_go(tmp_path: Path) -> None:
    state = State.open(tmp_path)
    for days in (0, 40, KEPT + 1):
        state.keep_miss(f"asked {days} days ago, whatever that was", "en", UNANSWERED, TODAY - timedelta(days=days))
    assert [group.texts for group in missed(state, TODAY)] == [("asked 0 days ago, whatever that was",)]
    assert len(state.misses()) == 2
    state.close()


def test_the_command_shows_groups_and_no_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNING_CITIES_DATA", str(tmp_path))
    assert CliRunner().invoke(main, ["misses"]).stdout == "Nothing was missed in this time.\n"
    state = State.open(tmp_path)
    for text in ("what is the budget?", "what is the budget", "What's the budget"):
        state.keep_miss(text, "en", UNANSWERED, date.today())
    state.keep_miss("what is the budget", "en", DOWN, date.today())
    state.close()
    lines = CliRunner().invoke(main, ["misses"]).stdout.splitlines()
    assert lines[0] == "4 × what is the budget (3 unanswered, 1 👎)" or lines[0].startswith("4 × ")
    assert len(lines) <= 3


def test_groups_are_told_in_thai() -> None:
    assert misses_shown(grouped([miss("งบเท่าไร", 2)]), "th") == "2 × งบเท่าไร (ตอบไม่ได้ 2 ครั้ง, 👎 0 ครั้ง)"
    assert misses_shown([], "th") == "ไม่มีคำถามที่ตอบไม่ได้ในช่วงนี้"


def test_a_question_is_explained_with_the_line_to_add(engine: Engine) -> None:
    lines = list(explained(engine, "is there a scholarship for Hat Yai?"))
    assert "hatyai: place hat-yai" in lines
    assert "scholarship: unknown" in lines
    assert any(line.startswith("→ ") for line in lines)
    assert lines[-1].startswith("scholarship: ") and "language/en/lexicon.yaml" in lines[-1]
    assert "language/th/lexicon.yaml" in list(explained(engine, "หาดใหญ่มีฟฟหกดหรือไม่"))[-1]
