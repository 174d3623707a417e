"""The bot's own file: what it keeps, and that nothing depends on a disk."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.state import DOWN, UNANSWERED, Feedback, Miss, State
from bot.state.schema import STEPS
from bot.state.store import FILE_NAME, LONGEST_TEXT

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """A state in a directory of its own."""
    state = State.open(tmp_path / "data")
    yield state
    state.close()


def again(state: State) -> State:
    """Close a state and open it anew, as after a restart."""
    assert state.path is not None
    state.close()
    return State.open(state.path.parent)


def test_the_language_of_a_chat_outlives_a_restart(state: State) -> None:
    assert state.language(-7) is None
    state.fix_language(-7, "en")
    state.fix_language(-7, "th")
    with_restart = again(state)
    assert (with_restart.language(-7), with_restart.language(7)) == ("th", None)
    with_restart.fix_language(-7, None)
    assert with_restart.language(-7) is None
    with_restart.close()


def test_a_group_that_becomes_a_supergroup_keeps_its_language(state: State) -> None:
    state.fix_language(-5, "th")
    state.fix_language(-1005, "en")
    state.move_chat(-5, -1005)
    state.move_chat(-6, -1005)
    assert (state.language(-5), state.language(-1005)) == (None, "th")
    state.forget_chat(-1005)
    assert state.language(-1005) is None


def test_values_are_kept(state: State) -> None:
    assert state.value("menu") is None
    state.set_value("menu", "a")
    state.set_value("menu", "ข")
    assert state.value("menu") == "ข"


def test_misses_are_counted_by_question(state: State) -> None:
    state.keep_miss("เชียงใหม่ เป็น\nสมาชิกไหม", "th", UNANSWERED, MONDAY)
    state.keep_miss("เชียงใหม่ เป็น สมาชิกไหม", "th", UNANSWERED, TUESDAY)
    state.keep_miss("\ud83d\0" + "x" * 5000, "en", DOWN, MONDAY)
    state.keep_miss(" ", "en", DOWN, MONDAY)
    often, long = state.misses()
    assert often == Miss("เชียงใหม่ เป็น สมาชิกไหม", "th", "unanswered", 2, TUESDAY)
    assert (len(long.text), long.kind, long.count) == (LONGEST_TEXT, "down", 1)
    assert [miss.count for miss in state.misses(TUESDAY)] == [1]
    assert state.forget_misses(TUESDAY) == 2
    assert [miss.last for miss in state.misses()] == [TUESDAY]


def test_misses_do_not_grow_without_end(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.state.store.MOST_MISSES", 3)
    for day in (MONDAY, TUESDAY):
        for number in range(3):
            state.keep_miss(f"{number}", "en", UNANSWERED, day)
    assert {miss.last for miss in state.misses()} == {TUESDAY}


def test_feedback_is_counted_by_intent_and_language(state: State) -> None:
    for up in (True, True, False):
        state.keep_feedback("list", "th", up=up, day=MONDAY)
    state.keep_feedback("list", "en", up=True, day=TUESDAY)
    assert state.feedback() == [Feedback("list", "th", 2, 1), Feedback("list", "en", 1, 0)]
    assert state.feedback(TUESDAY) == [Feedback("list", "en", 1, 0)]


def test_a_file_without_tables_gets_those_that_are_missing(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / FILE_NAME).close()
    state = State.open(tmp_path)
    state.set_value("a", "b")
    assert state.writable
    assert state._rows("PRAGMA user_version")[0][0] == len(STEPS)
    assert state._rows("PRAGMA journal_mode")[0][0] == "wal"
    state.close()


@pytest.mark.parametrize("content", [b"no database at all" * 100, None])
def test_a_file_of_something_else_is_left_alone(
    tmp_path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / FILE_NAME
    if content is None:
        with sqlite3.connect(path) as future:
            future.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        future.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    state = State.open(tmp_path)
    state.fix_language(1, "th")
    assert (state.writable, state.language(1)) == (False, "th")
    state.close()
    assert path.read_bytes() == before
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_no_directory_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    state = State.open(tmp_path / "file" / "below")
    state.keep_miss("why?", "en", UNANSWERED, MONDAY)
    assert (state.writable, [miss.text for miss in state.misses()]) == (False, ["why?"])
    state.close()


def test_a_full_disk_is_warned_of_once(state: State, caplog: pytest.LogCaptureFixture) -> None:
    state.fix_language(1, "th")
    pages = int(str(state._rows("PRAGMA page_count")[0][0]))
    state._rows(f"PRAGMA max_page_count = {pages}")
    for number in range(2000):
        state.keep_miss(f"{number} " + "x" * 400, "en", UNANSWERED, MONDAY)
    assert not state.writable
    assert (len(state.misses()), state.language(1)) == (2000, "th")
    assert [record.levelname for record in caplog.records if record.levelno >= logging.WARNING] == ["WARNING"]
    assert "database or disk is full" in caplog.text
    kept = again(state)
    assert (kept.writable, kept.language(1)) == (True, "th")
    kept.close()


def test_another_program_that_writes_costs_one_change(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    state._rows("PRAGMA busy_timeout = 10")
    assert state.path is not None
    other = sqlite3.connect(state.path)
    other.execute("BEGIN IMMEDIATE")
    state.set_value("a", "lost")
    other.rollback()
    other.close()
    state.set_value("b", "kept")
    assert (state.writable, state.value("a"), state.value("b")) == (True, None, "kept")
    assert "in use by another program" in caplog.text


WRITER = """
import sys
from datetime import date
from pathlib import Path
from bot.state import State
state = State.open(Path(sys.argv[1]))
number = 0
while True:
    state.set_value("number", str(number))
    state.keep_miss(f"question {number}", "en", "unanswered", date(2026, 3, 2))
    print(number, flush=True)
    number += 1
"""


def test_what_was_written_survives_a_kill(tmp_path: Path) -> None:
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, text=True, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        last = int((printed + process.stdout.readlines())[-1])
        process.stdout.close()
        process.wait()
        state = State.open(tmp_path)
        assert state.writable
        assert last <= int(state.value("number") or -1) <= last + 1
        assert len(state.misses()) >= last + 1
        assert state._rows("PRAGMA integrity_check")[0][0] == "ok"
        state.close()


READER = """
import os, sys
from pathlib import Path
from bot.state import State
if os.getuid() == 0:
    os.setuid(65534)
state = State.open(Path(sys.argv[1]))
state.fix_language(2, "en")
print(state.writable, state.language(1), state.language(2))
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs a system with users")
def test_a_directory_that_can_only_be_read_is_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        state = State.open(directory)
        state.fix_language(1, "th")
        state.close()
        (directory / FILE_NAME).chmod(0o444)
        directory.chmod(0o555)
        shown = subprocess.run(
            [sys.executable, "-c", READER, folder], cwd=ROOT, text=True, capture_output=True, check=True
        )
        directory.chmod(0o755)
    assert shown.stdout.split() == ["False", "th", "en"]
    assert "cannot be written" in shown.stderr
