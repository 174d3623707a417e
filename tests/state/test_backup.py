"""A copy of the state: whole, in one file, and never in the place of a better one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.state import State
from bot.state.backup import BackupError, backup

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from bot.state import State
state = State.open(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    number += 1
    state.fix_language(number, "th")
    print(number, flush=True)
"""


def test_a_copy_is_taken_while_the_state_is_open(tmp_path: Path) -> None:
    state = State.open(tmp_path)
    state.fix_language(7, "th")
    backup(tmp_path, tmp_path / "copy.sqlite")
    state.fix_language(7, "en")
    state.close()
    (tmp_path / "again").mkdir()
    (tmp_path / "copy.sqlite").replace(tmp_path / "again" / "state.sqlite")
    restored = State.open(tmp_path / "again")
    assert restored.language(7) == "th"
    restored.close()


def test_a_copy_that_is_not_sound_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"no database at all, whatever the name says " * 100)
    (tmp_path / "copy.sqlite").write_bytes(b"an older copy")
    with pytest.raises(BackupError):
        backup(tmp_path, tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").read_bytes() == b"an older copy"
    assert not list(tmp_path.glob(".*"))


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNING_CITIES_STATE", str(tmp_path))
    failed = CliRunner().invoke(main, ["backup", str(tmp_path / "copy.sqlite")])
    assert (failed.exit_code, failed.output.count("\n")) == (1, 1)
    assert "nothing to copy yet" in failed.output
    State.open(tmp_path).close()
    done = CliRunner().invoke(main, ["backup", str(tmp_path / "copy.sqlite")])
    assert done.exit_code == 0, done.output
    assert "bytes" in done.output
    failed = CliRunner().invoke(main, ["backup", str(tmp_path / "no" / "folder" / "copy.sqlite")])
    assert (failed.exit_code, failed.output.count("\n")) == (1, 1)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_over_and_over_the_state_stays_whole_and_can_be_copied(tmp_path: Path) -> None:
    last = 0
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(last)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        process.stdout.readline()
        backup(tmp_path, tmp_path / "copy.sqlite")
        time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        last = int(process.communicate()[0].splitlines()[-1])
        with sqlite3.connect(tmp_path / "state.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT max(id) FROM chat").fetchone()[0] >= last
        with sqlite3.connect(tmp_path / "copy.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
