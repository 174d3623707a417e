"""Builds are kept, a way back is open, and a build that is killed leaves no trace but rubbish to sweep."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge import history as keeping
from knowledge import store
from knowledge.__main__ import main
from knowledge.build import BuildError, build, ensure, rollback
from knowledge.faults import RecordError
from knowledge.history import history
from knowledge.location import PACKAGE, digest, is_current, stamps
from knowledge.proposal import with_drafts

RECORD = Path(__file__).parents[1] / "records" / "2031-uil-en.yaml"
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from knowledge.build import build

    target, records, other, record = map(Path, sys.argv[1:])
    build(other, records)  # everything is imported now, and only the files of a build are counted
    left = 0

    def count(event, arguments):
        global left
        if event.partition(".")[0] in ("open", "os", "sqlite3", "tempfile", "fcntl", "shutil"):
            if any(str(argument).startswith(str(target.parent)) for argument in arguments):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

    status, number = 1, 0
    while status:
        number += 1
        if (child := os.fork()) == 0:
            left = number
            sys.addaudithook(count)
            build(target, records, [record])
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(status, flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def facts(tmp_path: Path, facts_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fact base in a data folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("LEARNING_CITIES_DATA", str(folder))
    return Path(shutil.copy(facts_path, folder / "facts.sqlite"))


def memberships(facts: Path) -> int:
    with store.open(facts) as base:
        row = base.row("SELECT count(*) FROM membership")
        assert row is not None
        return int(row[0])


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_build_before_is_kept_and_put_back(facts: Path) -> None:
    build(facts, added=[RECORD])
    assert memberships(facts) == 248
    newest, before = history(facts)
    assert (newest.current, newest.memberships, before.memberships) == (True, 248, 246)
    assert rollback(facts).id == before.id
    assert memberships(facts) == 246
    assert [one.current for one in history(facts)] == [False, True]
    assert rollback(facts, newest.id[:-2]).id == newest.id
    assert memberships(facts) == 248


def test_what_was_put_back_stays_until_a_record_changes(facts: Path) -> None:
    added = facts.parent / "announcements"
    added.mkdir()
    shutil.copy(RECORD, added / "2031.yaml")
    assert memberships(ensure()) == 248
    rollback(facts)
    assert memberships(ensure()) == 246
    record = added / "2031.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("paragraph 2", "paragraph 3"), encoding="utf-8")
    assert memberships(ensure()) == 248


def test_as_many_builds_are_kept_as_promised(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "KEPT", 3)
    for number in range(4):
        sources = "\n".join(f"  - {{id: s{n}, publisher: P, language: en}}" for n in range(number + 1))
        record = facts.parent / "more.yaml"
        record.write_text(f"id: more\nsources:\n{sources}\n", encoding="utf-8")
        build(facts, added=[record])
    kept = history(facts)
    assert len(kept) == 3
    assert kept[0].current
    assert kept[0].built > kept[1].built > kept[2].built


@pytest.mark.parametrize("wanted", [None, "2019"], ids=["none before", "no such"])
def test_no_way_back_is_one_line(facts: Path, wanted: str | None) -> None:
    before = facts.read_bytes()
    with pytest.raises(BuildError, match=r"no earlier build is kept|no build begins like that"):
        rollback(facts, wanted)
    assert facts.read_bytes() == before


def test_a_kept_build_that_is_damaged_is_not_put_back(facts: Path) -> None:
    build(facts, added=[RECORD])
    old = history(facts)[1].path
    content = bytearray(old.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = b"\xff" * 4096
    old.unlink()
    old.write_bytes(content)
    with pytest.raises(BuildError, match=r"is not sound|malformed"):
        rollback(facts)
    assert memberships(facts) == 248


def test_a_build_of_another_version_is_shown_and_not_put_back(facts: Path) -> None:
    build(facts, added=[RECORD])
    old = history(facts)[1].path
    connection = sqlite3.connect(old)
    connection.execute("UPDATE build SET value = '1' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    assert "(of another version)" in run("history")
    with pytest.raises(BuildError, match="no earlier build is kept"):
        rollback(facts)


def test_commands(facts: Path) -> None:
    run("build")
    folder = facts.parent / "announcements"
    folder.mkdir()
    shutil.copy(RECORD, folder)
    run("build")
    shown = run("history").splitlines()
    assert [line[0] for line in shown] == ["*", " ", " "]
    assert "9 rounds, 248 memberships" in shown[0] and "8 rounds, 246 memberships" in shown[1]
    assert run("diff", shown[1].split()[0], facts).startswith("+ membership 2031 pakse: uil-2031-en, paragraph 2\n")
    assert run("rollback").startswith(shown[1].split()[0])
    assert "(rolled back to)" in run("history")


def test_a_build_that_answers_wrongly_is_not_installed(facts: Path) -> None:
    before = facts.read_bytes()

    def refuse(beside: Path) -> None:
        assert memberships(beside) == 248
        raise BuildError(f"{beside}: no right answer")

    with pytest.raises(BuildError, match="no right answer"):
        build(facts, added=[RECORD], trial=refuse)
    assert facts.read_bytes() == before
    assert list(facts.parent.glob(".facts-*")) == []


def test_a_fact_base_is_asked_what_it_was_built_from(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge import filling

    real = filling._record

    def forget(database: object, record: object, seen: set[object]) -> None:
        seen.add((2022, "hat-yai"))  # as a slip in the code that fills the tables would
        real(database, record, seen)  # type: ignore[arg-type]

    monkeypatch.setattr(filling, "_record", forget)
    with pytest.raises(BuildError, match="lists 70 of 71 members of world in 2022"):
        build(facts)
    assert memberships(facts) == 246


def test_added_records_that_do_not_hold_together_leave_the_old_fact_base(
    facts: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = facts.parent / "announcements"
    folder.mkdir()
    text = RECORD.read_text(encoding="utf-8")
    (folder / "a.yaml").write_text(text.replace("place: pakse", "place: paxe"), encoding="utf-8")
    assert memberships(ensure()) == 246
    assert "no place paxe" in caplog.text
    facts.unlink()
    with pytest.raises(RecordError, match="no place paxe"):
        ensure()


def test_an_added_record_that_the_package_has_too_is_passed_over(facts: Path) -> None:
    shipped = PACKAGE / "announcements" / "2019.yaml"
    build(facts, added=with_drafts([shipped]))
    assert memberships(facts) == 246


def test_a_build_killed_at_any_step_leaves_the_old_one_or_the_new_one(tmp_path: Path, copy: Path) -> None:
    """Kill it at every file it touches in the data folder, one after the other, until it comes through."""
    table = copy / "elsewhere.csv"  # with few places a build is quick
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    few = [row for row in rows if ",large," not in row and ",thai-town," not in row]
    table.write_text("".join(few), encoding="utf-8")
    (tmp_path / "data").mkdir()
    facts = build(tmp_path / "data" / "facts.sqlite", copy)
    before, wanted = facts.read_bytes(), digest(copy, [RECORD])
    other, program = tmp_path / "other" / "facts.sqlite", textwrap.dedent(KILLED)
    arguments = [sys.executable, "-c", program, facts, copy, other, RECORD]
    steps: list[tuple[int, bool]] = []
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin and child.stdout
        for line in child.stdout:
            installed = is_current(facts, wanted)
            assert memberships(facts) == (248 if installed else 246)
            kept = history(facts)
            assert [one.current for one in kept].count(True) == 1
            assert all(one.memberships in (246, 248) for one in kept)
            steps.append((int(line), installed))
            if int(line):
                shutil.rmtree(facts.parent / "builds", ignore_errors=True)
                facts.write_bytes(before)
                for left in facts.parent.glob(".facts-*"):
                    os.utime(left, (0, 0))
            child.stdin.write("\n")
            child.stdin.flush()
    assert child.returncode == 0
    assert {status for status, _ in steps[:-1]} == {-signal.SIGKILL}
    assert steps[-1] == (0, True)
    assert len(steps) > 10 and not steps[0][1] and steps[-2][1]  # killed before, and after, the new one was in place
    assert list(facts.parent.glob(".facts-*")) == []


def test_stamps_of_what_is_no_fact_base(tmp_path: Path, spoiled: Callable[[bytes], Path]) -> None:
    assert stamps(tmp_path / "none.sqlite") == {}
    for content in (b"", b"SQLite format 3\0" + b"\xff" * 5000, b"\xff" * 5000):
        assert stamps(spoiled(content)) == {}


@pytest.fixture
def spoiled(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a file that is no fact base."""

    def write(content: bytes) -> Path:
        path = tmp_path / "spoiled.sqlite"
        path.write_bytes(content)
        return path

    return write
