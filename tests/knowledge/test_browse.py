"""The fact base in Datasette: its metadata fits the tables, and its ready-made queries run."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from knowledge import __main__ as line
from knowledge.location import FILE_NAME, PACKAGE

METADATA: dict[str, Any] = yaml.safe_load((PACKAGE / "browse.yaml").read_text(encoding="utf-8"))
FACTS = METADATA["databases"]["facts"]
VALUES = {"country": "th", "part": "Hat Y"}


@pytest.fixture(scope="module")
def rows(facts_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What each ready-made query returns."""
    found = {}
    with closing(sqlite3.connect(facts_path)) as base:
        for name, query in FACTS["queries"].items():
            values = {name: VALUES[name] for name in re.findall(r":([a-z]+)", query["sql"])}
            found[name] = base.execute(query["sql"], values).fetchall()
    return found


def test_it_is_called_as_its_file() -> None:
    assert f"{next(iter(METADATA['databases']))}.sqlite" == FILE_NAME


def test_every_ready_made_query_finds_something(rows: dict[str, list[tuple[Any, ...]]]) -> None:
    assert {name for name, found in rows.items() if not found} == set()
    assert len(rows["members"]) == 246
    assert len(rows["members_of"]) == 13
    assert rows["gaps"][0][:6] == (2025, "world", "world", 39, 72, 33)
    assert rows["called"][0][0] == "Hat Yai" and "หาดใหญ่" in rows["called"][0][3]


def test_tables_and_columns_exist(facts_path: Path) -> None:
    with closing(sqlite3.connect(facts_path)) as base:
        for table, told in FACTS["tables"].items():
            columns = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
            assert columns, table
            assert {*told.get("facets", []), told.get("label_column", "")} - {""} <= columns


def test_without_datasette_it_says_how_to_get_it(facts_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "find_spec", lambda name: None)
    told = CliRunner().invoke(line.main, ["browse", "--facts", str(facts_path)])
    assert told.exit_code == 1
    assert told.stderr == "Datasette is not installed: pip install 'learning-cities-bot[browse]'\n"


def test_the_command_opens_this_fact_base_with_these_titles(facts_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(line, "find_spec", lambda name: name)
    monkeypatch.setattr(line.subprocess, "call", lambda command: called.extend(command) or 0)
    assert CliRunner().invoke(line.main, ["browse", "--facts", str(facts_path), "--port", "9001"]).exit_code == 0
    assert called[2:] == [
        *("datasette", "serve", "--immutable", str(facts_path)),
        *("--metadata", str(PACKAGE / "browse.yaml"), "--port", "9001"),
    ]
