"""A fact base is read and never written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from knowledge import store
from knowledge.store import FactBase, StoreError


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM membership",
        "UPDATE place SET member = 1",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "PRAGMA user_version = 3",
    ],
)
def test_nothing_can_be_written(facts: FactBase, sql: str) -> None:
    with pytest.raises(sqlite3.OperationalError):
        facts.rows(sql)


def test_file_is_the_same_after_use(facts_path: Path) -> None:
    before = facts_path.read_bytes()
    with store.open(facts_path) as base:
        base.rows("SELECT * FROM place JOIN membership ON place.id = membership.place ORDER BY name")
    assert facts_path.read_bytes() == before
    assert sorted(path.name for path in facts_path.parent.iterdir()) == ["builds", facts_path.name]


def test_rows_are_read_by_name(facts: FactBase) -> None:
    row = facts.row("SELECT name, name_th FROM place WHERE id = :id", {"id": "hat-yai"})
    assert row is not None and (row["name"], row["name_th"]) == ("Hat Yai", "หาดใหญ่")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no fact base"):
        store.open(tmp_path / "none.sqlite")


@pytest.mark.parametrize("content", [b"", b"x" * 5000])
def test_no_fact_base(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is not a fact base"):
        store.open(path)


def test_other_version(tmp_path: Path, facts_path: Path) -> None:
    path = tmp_path / "facts.sqlite"
    path.write_bytes(facts_path.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE build SET value = '0' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="is of version 0, not"):
        store.open(path)


def test_path_with_signs_of_a_url(tmp_path: Path, facts_path: Path) -> None:
    path = tmp_path / "a ?b#c%20.sqlite"
    path.write_bytes(facts_path.read_bytes())
    with store.open(path) as base:
        assert base.row("SELECT 1 FROM membership") is not None


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT * FROM membership WHERE year = 2022", "sqlite_autoindex_membership"),
        ("SELECT * FROM membership WHERE place = 'hat-yai'", "membership_by_place"),
        ("SELECT * FROM place WHERE country = 'TH' AND member = 1", "place_by_country"),
        ("SELECT * FROM name WHERE key = 'hatyai'", "name_by_key"),
        ("SELECT * FROM near WHERE variant = 'hatyi'", "PRIMARY KEY"),
        ("SELECT * FROM statement WHERE topic = 'event'", "statement_by_topic"),
    ],
)
def test_lookups_use_an_index(facts: FactBase, sql: str, index: str) -> None:
    plan = " ".join(row["detail"] for row in facts.rows(f"EXPLAIN QUERY PLAN {sql}"))
    assert index in plan


def test_a_served_copy_is_out_of_reach(tmp_path: Path, facts_path: Path) -> None:
    path = tmp_path / "facts.sqlite"
    path.write_bytes(facts_path.read_bytes())
    with store.open_copy(path) as base:
        assert [entry.name for entry in tmp_path.iterdir()] == ["facts.sqlite"]
        assert not base.is_replaced()
        path.write_bytes(b"somebody copies another file over it" * 1000)
        assert base.is_replaced()
        row = base.row("SELECT count(*) FROM membership")
        assert row is not None and row[0] == 246
        assert base.faults() == []


def test_what_is_damaged_is_found(tmp_path: Path, facts_path: Path) -> None:
    path = tmp_path / "facts.sqlite"
    content = bytearray(facts_path.read_bytes())
    content[200_000:204_096] = b"\xff" * 4096
    path.write_bytes(content)
    with store.open_copy(path) as base:
        assert base.faults()
