"""The inbox: what is in it after whatever happens to the process, the disk and the file."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import metrics
from bot.inbox import Inbox, Kept, MalformedError
from bot.inbox.claims import Claim
from bot.inbox.inbox import TRIES
from bot.inbox.store import MOST_SEEN, Store

ROOT = Path(__file__).parents[1]
UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from bot.inbox import Inbox, Kept
from tests.test_inbox import update

async def main():
    inbox, first = Inbox(Path(sys.argv[1])), int(sys.argv[2])
    left = await inbox.open()
    print("left", *sorted(kept.id for kept in left), flush=True)
    for number in range(first, first + 1_000_000):
        kept = await inbox.keep([Kept.of(update(number))])
        print("kept", *(one.id for one in kept), flush=True)
        if number % 3:
            inbox.strike(number)

asyncio.run(main())
"""


def update(number: int, chat: int = 7, **message: Any) -> dict[str, Any]:
    """Return an update's JSON."""
    return {"update_id": number, "message": {"chat": {"id": chat, "type": "private"}, "date": 1, **message}}


def kept(*numbers: int) -> list[Kept]:
    """Return updates."""
    return [Kept.of(update(number)) for number in numbers]


def after(path: Path, *kept_before: Kept, struck: tuple[int, ...] = ()) -> None:
    """Keep updates and strike some off in a process that then ends."""

    async def scene() -> None:
        inbox = Inbox(path)
        await inbox.open()
        await inbox.keep(kept_before)
        for number in struck:
            inbox.strike(number)
        await inbox.close()

    asyncio.run(scene())


def opened(path: Path) -> list[Kept]:
    """Return what is found by the next process."""

    async def scene() -> list[Kept]:
        inbox = Inbox(path)
        try:
            return await inbox.open()
        finally:
            await inbox.close()

    return asyncio.run(scene())


def test_what_is_not_struck_off_is_found_again(tmp_path: Path) -> None:
    after(tmp_path / "inbox.sqlite", *kept(1, 2, 3), struck=(2,))
    found = opened(tmp_path / "inbox.sqlite")
    assert [one.id for one in found] == [1, 3]
    assert all(one.restored and json.loads(one.body) == update(one.id) and one.chat == 7 for one in found)


@pytest.mark.skipif(os.name == "nt", reason="no modes of this kind")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    after(tmp_path / "new" / "inbox.sqlite", *kept(1))
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "new").iterdir() if path.stat().st_mode & 0o077] == []


def test_a_number_counts_once_also_in_a_batch_and_after_a_restart(tmp_path: Path) -> None:
    async def again() -> list[list[int]]:
        inbox = Inbox(tmp_path / "inbox.sqlite")
        try:
            await inbox.open()
            batches = [await inbox.keep(kept(3, 2, 2, 4)), await inbox.keep(kept(4, 1, 5))]
            return [[one.id for one in batch] for batch in batches]
        finally:
            await inbox.close()

    after(tmp_path / "inbox.sqlite", *kept(1, 2), struck=(1,))
    before = metrics.DUPLICATES._value.get()
    assert asyncio.run(again()) == [[3, 4], [5]]
    assert metrics.DUPLICATES._value.get() - before == 4


def test_posts_that_arrive_at_once_share_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[int] = []
    write = Store.write
    monkeypatch.setattr(Store, "write", lambda self, a, s: writes.append(len(a)) or write(self, a, s))

    async def scene() -> None:
        inbox = Inbox(tmp_path / "inbox.sqlite")
        await inbox.open()
        await asyncio.gather(*(inbox.keep([one]) for one in kept(*range(50))))
        await inbox.close()

    asyncio.run(scene())
    assert sum(writes) == 50
    assert len(writes) < 10


def test_the_numbers_seen_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.store.MOST_SEEN", 10)
    store = Store(tmp_path / "inbox.sqlite")
    store.write(kept(*range(25)), range(25))
    store.tidy()
    assert store.write(kept(0, 14, 15, 24), ()) == {0, 14}
    store.close()
    assert MOST_SEEN >= 100_000


def test_what_ends_the_process_again_and_again_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "inbox.sqlite"
    after(path, *kept(1, 2, 3))

    async def die_on_two() -> list[tuple[int, int]]:
        inbox = Inbox(path)
        found = await inbox.open()
        await inbox.begin(2)
        await inbox.close()
        return [(one.id, one.tries) for one in found]

    seen = [asyncio.run(die_on_two()) for _ in range(TRIES + 1)]
    assert seen[0] == [(1, 0), (2, 0), (3, 0)]
    assert seen[1] == [(2, 1), (1, 0), (3, 0)]
    assert seen[TRIES] == [(1, 0), (3, 0)]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT id, tries FROM aside").fetchall() == [(2, TRIES)]


@pytest.mark.skipif(os.name == "nt", reason="no locks of this kind")
def test_a_living_process_keeps_its_own_and_an_ended_one_leaves_it_to_others(tmp_path: Path) -> None:
    async def scene() -> None:
        path = tmp_path / "inbox.sqlite"
        one, other = Inbox(path), Inbox(path)
        assert await one.open() == await other.open() == []
        await one.keep(kept(1))
        assert await other.keep(kept(1)) == []
        await other.keep(kept(2))
        assert await other.orphans() == []
        await one.close()
        assert [orphan.id for orphan in await other.orphans()] == [1]
        assert await other.orphans() == []
        await other.close()

    asyncio.run(scene())


@pytest.mark.skipif(os.name == "nt", reason="no locks of this kind")
def test_claims_are_different_and_given_back(tmp_path: Path) -> None:
    one, two = Claim(tmp_path, "x"), Claim(tmp_path, "x")
    assert (one.number, two.number) == (0, 1)
    one.release()
    three = Claim(tmp_path, "x")
    assert three.number == 0
    two.release()
    three.release()


def broken_disk(monkeypatch: pytest.MonkeyPatch, words: str) -> list[bool]:
    """Let every write fail until the list is emptied."""
    broken, write = [True], Store.write

    def failing(self: Store, arrived: Any, struck: Any) -> set[int]:
        if broken:
            raise sqlite3.OperationalError(words)
        return write(self, arrived, struck)

    monkeypatch.setattr(Store, "write", failing)
    return broken


def test_a_full_disk_is_told_once_and_recovered_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        inbox = Inbox(tmp_path / "inbox.sqlite")
        await inbox.open()
        await inbox.keep(kept(1))
        broken = broken_disk(monkeypatch, "database or disk is full")
        for number in (2, 3, 4):
            assert [one.id for one in await inbox.keep(kept(number, number))] == [number]
            assert await inbox.keep(kept(number)) == []
            inbox.strike(number)
        inbox.strike(1)
        assert not inbox.durable
        broken.clear()
        monkeypatch.setattr("bot.inbox.inbox.RETRY", 0.0)
        await inbox.keep(kept(5))
        assert inbox.durable
        await inbox.close()

    asyncio.run(scene())
    told = [record.message for record in caplog.records if record.name == "bot.inbox.inbox"]
    assert len(told) == 2
    assert "disk is full" in told[0]
    assert "again" in told[1]
    assert [one.id for one in opened(tmp_path / "inbox.sqlite")] == [5]


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")

    async def scene() -> list[Kept]:
        inbox = Inbox(tmp_path / "file" / "inbox.sqlite")
        assert await inbox.open() == []
        found = await inbox.keep(kept(1, 2))
        inbox.strike(1)
        await inbox.close()
        return found

    assert [one.id for one in asyncio.run(scene())] == [1, 2]
    assert len(caplog.records) == 1


def test_a_damaged_file_is_put_beside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "inbox.sqlite"
    path.write_bytes(b"this is no database, whatever its name says " * 200)
    after(path, *kept(1))
    assert [one.id for one in opened(path)] == [1]
    assert "is damaged" in caplog.text
    assert len(list(tmp_path.glob("inbox.sqlite.damaged-*"))) == 1


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "inbox.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert opened(path) == []
    assert "later version" in caplog.text
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_over_and_over_it_stays_whole_and_loses_nothing(tmp_path: Path) -> None:
    path, expected, first = tmp_path / "inbox.sqlite", set[int](), 0
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", UNTIL_KILLED, str(path), str(first)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(40 + 37 * round_)]
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0].splitlines(keepends=True)
        left = set(map(int, lines[0].split()[1:]))
        assert expected <= left
        told = [
            int(line.split()[1]) for line in [*lines[1:], *rest] if line.startswith("kept ") and line.endswith("\n")
        ]
        # Whatever was said to be kept, and was never struck off, has to be there after the kill.
        expected = left | {number for number in told if number % 3 == 0}
        first = told[-1] + 10
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert expected <= {one.id for one in opened(path)}


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
NAMES = st.sampled_from(["chat", "from", "id", "date", "message", "type", "x"])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


@given(JSON | st.fixed_dictionaries({"update_id": st.integers()}, optional={"message": JSON, "callback_query": JSON}))
def test_any_json_is_an_update_or_is_refused(found: Any) -> None:
    try:
        one = Kept.of(found)
    except MalformedError:
        return
    assert json.loads(one.body) == found
    again = Kept.again(one.body, 1)
    assert (again.id, again.chat, again.in_group) == (one.id, one.chat, one.in_group)
