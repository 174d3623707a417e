"""The inbox's SQLite file. Everything here blocks; it is called from the inbox's own thread."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.inbox.claims import Claim
from bot.inbox.kept import Kept

LOG = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds to wait for another process that writes
MOST_SEEN = 100_000  # numbers of updates by which a repeated one is known
MOST_ASIDE = 100
_VERSION = 1
_TABLES = """
    CREATE TABLE IF NOT EXISTS waiting (
        id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS seen (number INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE) STRICT;
    CREATE TABLE IF NOT EXISTS aside (
        id INTEGER PRIMARY KEY, tries INTEGER NOT NULL, body BLOB NOT NULL
    ) STRICT;
"""


class NewerError(sqlite3.Error):
    """The file is of a later version of the bot."""


class Store:
    """Updates that wait, the numbers of those seen lately, and those set aside. Shared by the processes of one host."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)  # nobody else's to read
        self.path = path
        self._connection = _opened(path)
        self._claim: Claim | None = None
        try:
            self._claim = Claim(path.parent, path.stem)
        except OSError:
            self._connection.close()
            raise

    @property
    def owner(self) -> int:
        """The number under which this process keeps updates."""
        assert self._claim is not None
        return self._claim.number

    def write(self, arrived: Sequence[Kept], struck: Sequence[int]) -> set[int]:
        """Keep what arrived and strike off what is done, in one step; return the numbers not seen before.

        What arrived is safe from a power cut when this returns. A strike is safe from a killed process only: lost to
        a power cut, it costs a second answer.
        """
        self._connection.execute(f"PRAGMA synchronous = {'FULL' if arrived else 'NORMAL'}")
        with self._transaction() as connection:
            fresh = [kept for kept in arrived if self._is_fresh(kept.id)]
            connection.executemany(
                "INSERT OR REPLACE INTO waiting (id, owner, body) VALUES (?, ?, ?)",
                [(kept.id, self.owner, kept.body) for kept in fresh],
            )
            connection.executemany("DELETE FROM waiting WHERE id = ?", [(number,) for number in struck])
        return {kept.id for kept in fresh}

    def adopt(self) -> list[tuple[int, int, bytes]]:
        """Take over what ended processes left, oldest first, as number, tries and body."""
        assert self._claim is not None
        owners = [row[0] for row in self._connection.execute("SELECT DISTINCT owner FROM waiting")]
        with self._claim.abandoned(owners) as ended, self._transaction() as connection:
            found: list[tuple[int, int, bytes]] = []
            for owner in ended:
                found += connection.execute("SELECT id, tries, body FROM waiting WHERE owner = ?", (owner,))
                connection.execute("UPDATE waiting SET owner = ? WHERE owner = ?", (self.owner, owner))
        return sorted(found)

    def orphans(self) -> list[tuple[int, int, bytes]]:
        """Take over what other processes left that have ended since."""
        others = self._connection.execute("SELECT 1 FROM waiting WHERE owner <> ? LIMIT 1", (self.owner,)).fetchone()
        if not others:
            return []
        mine = {row[0] for row in self._connection.execute("SELECT id FROM waiting WHERE owner = ?", (self.owner,))}
        return [row for row in self.adopt() if row[0] not in mine]

    def begin(self, number: int) -> None:
        """Count a try before it is made."""
        with self._transaction() as connection:
            connection.execute("UPDATE waiting SET tries = tries + 1 WHERE id = ?", (number,))

    def set_aside(self, number: int) -> None:
        """Put an update where it is not tried again."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO aside SELECT id, tries, body FROM waiting WHERE id = ?", (number,)
            )
            connection.execute("DELETE FROM waiting WHERE id = ?", (number,))
            connection.execute(
                "DELETE FROM aside WHERE id NOT IN (SELECT id FROM aside ORDER BY id DESC LIMIT ?)", (MOST_ASIDE,)
            )

    def tidy(self) -> None:
        """Forget the numbers of updates seen long ago."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM seen WHERE number <= (SELECT max(number) FROM seen) - ?", (MOST_SEEN,))

    def close(self) -> None:
        """Close the file and let others have what was not done."""
        self._connection.close()
        if self._claim:
            self._claim.release()

    def _is_fresh(self, number: int) -> bool:
        return self._connection.execute("INSERT OR IGNORE INTO seen (id) VALUES (?)", (number,)).rowcount > 0

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def _opened(path: Path) -> sqlite3.Connection:
    """Return a connection; a file that is damaged is put beside, and said so."""
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) or not path.exists():
            raise
        beside = path.with_name(f"{path.name}.damaged-{int(time.time())}")
        LOG.error("%s is damaged (%s); it is now %s, and what waited in it is lost", path, error, beside.name)
        path.replace(beside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection; two processes that begin at once are told "locked" without having waited."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return _connection(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.05)


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        whole = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if whole != "ok":
            raise sqlite3.DatabaseError(whole)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise NewerError(f"written by a later version of the bot ({version})")
        connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {_VERSION};COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection
