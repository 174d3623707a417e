"""A build installs a sound fact base in one step, or changes nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import build as building
from knowledge import location, store
from knowledge.build import BuildError, build, ensure, served
from knowledge.location import digest, is_current
from knowledge.schema import VERSION

TH = "announcements/2022-unesco-bangkok-th.yaml"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the fact base goes to, empty."""
    folder = tmp_path / "data"
    monkeypatch.setenv("LEARNING_CITIES_DATA", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return folder


@pytest.fixture
def packaged(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy of the records in the place of the packaged ones."""
    monkeypatch.setattr(building, "digest", lambda directory=copy, added=(): digest(copy, added))
    monkeypatch.setattr(building, "build", lambda target, added=(): build(target, copy, added))
    return copy


def test_fact_base_is_sound(facts_path: Path) -> None:
    connection = sqlite3.connect(facts_path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    assert {name for name, strict in tables if not strict and not name.startswith("sqlite_")} == set()
    connection.close()


def test_fact_base_says_what_it_was_built_from(facts_path: Path) -> None:
    with store.open(facts_path) as base:
        assert base.digest == digest()
        assert dict(map(tuple, base.rows("SELECT key, value FROM build")))["schema"] == str(VERSION)


def test_ensure_builds_once_and_again_when_a_record_changed(
    data: Path, packaged: Path, spoil: Callable[[str, str, str], None]
) -> None:
    first = ensure()
    assert first == data / "facts.sqlite"
    built = first.stat().st_mtime_ns
    assert ensure() == first and first.stat().st_mtime_ns == built
    spoil(TH, "The Sustainable Development Goals (SDGs) are to be reached by 2030.", "The goals are due in 2030.")
    assert ensure() == first and first.stat().st_mtime_ns != built
    with store.open(first) as base:
        row = base.row("SELECT en FROM statement WHERE topic = 'sdg-deadline'")
        assert row is not None and row["en"] == "The goals are due in 2030."


def test_ensure_takes_an_up_to_date_file_where_nothing_can_be_written(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = ensure()

    def refuse(*_: object) -> None:
        raise AssertionError("nothing is to be built")

    monkeypatch.setattr(building, "build", refuse)
    assert ensure() == built


def test_ensure_falls_back_to_a_temporary_folder(tmp_path: Path, data: Path) -> None:
    data.write_text("a file where the folder should be", encoding="utf-8")
    path = ensure()
    assert path.parent.parent == tmp_path and path.parent != data
    assert is_current(path, digest())
    assert path.parent.stat().st_mode & 0o077 == 0


def test_temporary_folder_of_somebody_else_is_not_used(tmp_path: Path, data: Path) -> None:
    data.write_text("a file where the folder should be", encoding="utf-8")
    folder = location.candidates()[1].parent
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(BuildError, match="cannot be written"):
        ensure()


def test_without_a_temporary_folder_there_is_one_place_less(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr("tempfile.gettempdir", refuse)
    monkeypatch.setenv("LEARNING_CITIES_DATA", " ~/facts ")
    assert location.candidates() == [Path.home() / "facts" / "facts.sqlite"]


def test_blank_data_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEARNING_CITIES_DATA", raising=False)
    usual = location.candidates()
    monkeypatch.setenv("LEARNING_CITIES_DATA", "  ")
    assert location.candidates() == usual


def test_ensure_replaces_what_is_no_fact_base(data: Path) -> None:
    data.mkdir()
    (data / "facts.sqlite").write_bytes(b"not a database" * 100)
    assert is_current(ensure(), digest())


def test_start_with_an_up_to_date_fact_base_imports_nothing_heavy(facts_path: Path) -> None:
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from knowledge.build import ensure
        ensure(Path(sys.argv[1]))
        print(sorted({"yaml", "pydantic", "babel", "sqlite_utils", "click"} & set(sys.modules)))
    """)
    done = subprocess.run([sys.executable, "-c", code, facts_path], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_failing_build_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "facts.sqlite"
    target.write_bytes(b"the old one")

    def fail(_: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(building, "_verify", fail)
    with pytest.raises(BuildError, match="database or disk is full"):
        build(target)
    assert target.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["facts.sqlite"]


def test_two_builds_at_once(tmp_path: Path) -> None:
    target = tmp_path / "facts.sqlite"
    code = "import sys; from pathlib import Path; from knowledge.build import ensure; ensure(Path(sys.argv[1]))"
    runs = [subprocess.Popen([sys.executable, "-c", code, target]) for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert is_current(target, digest())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["builds", "facts.sqlite"]


def test_open_fact_base_serves_on_while_another_is_installed(tmp_path: Path, facts_path: Path) -> None:
    target = tmp_path / "facts.sqlite"
    target.write_bytes(facts_path.read_bytes())
    with store.open(target) as base:
        assert not base.is_replaced()
        build(target)
        assert base.is_replaced()
        row = base.row("SELECT count(*) FROM membership")
        assert row is not None and row[0] == 246


def test_what_serves_is_left_as_it_is_and_built_where_there_is_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To compare it with the records is to see what changed since; it must not be built anew for that."""
    first = served()
    assert first == data / "facts.sqlite"
    built = first.stat().st_mtime_ns
    monkeypatch.setattr("knowledge.build.is_current", lambda *_: False)
    assert served() == first and first.stat().st_mtime_ns == built
