"""The bot's own SQLite file. Losing it costs no answer: what cannot be written is kept until the bot stops."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bot.language import LANGUAGES, Language
from bot.state.schema import migrate

LOG = logging.getLogger(__name__)
FILE_NAME = "state.sqlite"
LONGEST_TEXT = 500
MOST_MISSES = 20_000
PATIENCE = 1.0  # seconds to wait for another process that writes
MissKind = Literal["unanswered", "down"]
UNANSWERED: MissKind = "unanswered"
DOWN: MissKind = "down"


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was not answered, or not well, how often, and on which day last; never who asked it."""

    text: str
    language: Language
    kind: MissKind
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class Feedback:
    """How often answers of an intent were liked and disliked."""

    intent: str
    language: Language
    up: int
    down: int


class State:
    """What is remembered beyond a restart. No method fails for want of a disk; usable from several threads.

    `writable` is false once the file cannot be written: then everything goes on in memory, and is gone at the end.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None, *, writable: bool = True) -> None:
        self.path = path
        self.writable = writable
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, directory: Path) -> State:
        """Return the state kept in `directory`, made if missing; what cannot be written is kept in memory."""
        path = directory / FILE_NAME
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cls(_opened(path), path)
        except (OSError, sqlite3.Error) as error:
            _warn(path, error)
            return cls(_remembered(path), path, writable=False)

    @classmethod
    def in_memory(cls) -> State:
        """Return a state that ends with the process."""
        return cls(_memory())

    def close(self) -> None:
        """Close the file; the state cannot be used any more."""
        with self._lock:
            self._connection.close()

    # --- chats

    def language(self, chat: int) -> Language | None:
        """Return the language fixed for a chat."""
        found = self._one("SELECT language FROM chat WHERE id = ?", chat)
        return found if found in LANGUAGES else None

    def fix_language(self, chat: int, language: Language | None) -> None:
        """Fix the language of a chat; None lets it follow the questions again."""
        if language is None:
            self.forget_chat(chat)
        else:
            self._write("INSERT OR REPLACE INTO chat (id, language) VALUES (?, ?)", chat, language)

    def move_chat(self, old: int, new: int) -> None:
        """Keep what is known of a chat that goes on under another number, as a group that becomes a supergroup."""
        if old != new and self.language(old) is not None:
            self._write("UPDATE OR REPLACE chat SET id = ? WHERE id = ?", new, old)

    def forget_chat(self, chat: int) -> None:
        """Forget everything about a chat."""
        if self.language(chat) is not None:
            self._write("DELETE FROM chat WHERE id = ?", chat)

    # --- values

    def value(self, key: str) -> str | None:
        """Return what was kept under a key."""
        found = self._one("SELECT value FROM value WHERE key = ?", key)
        return None if found is None else str(found)

    def set_value(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        self._write("INSERT OR REPLACE INTO value (key, value) VALUES (?, ?)", key, value)

    # --- questions that were not answered

    def keep_miss(self, text: str, language: Language, kind: MissKind, day: date) -> None:
        """Keep a question for the maintainers, shortened, by day; beyond a limit the oldest are let go."""
        text = " ".join(text.encode(errors="replace").decode().replace("\0", " ").split())[:LONGEST_TEXT]
        if not text:
            return
        self._write(
            "INSERT INTO miss (text, language, kind, day, count) VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT DO UPDATE SET count = count + 1",
            *(text, language, kind, day.isoformat()),
        )
        self._write(
            "DELETE FROM miss WHERE day < ? AND (SELECT count(*) FROM miss) > ? AND day = (SELECT min(day) FROM miss)",
            *(day.isoformat(), MOST_MISSES),
        )

    def misses(self, since: date | None = None) -> list[Miss]:
        """Return the questions that missed since a day, the most frequent first, then the latest."""
        rows = self._rows(
            "SELECT text, language, kind, sum(count), max(day) FROM miss WHERE day >= ?"
            " GROUP BY text, language, kind ORDER BY 4 DESC, 5 DESC, text",
            since.isoformat() if since else "",
        )
        return [Miss(text, language, kind, count, date.fromisoformat(day)) for text, language, kind, count, day in rows]

    def forget_misses(self, before: date) -> int:
        """Let go of the questions of the days before, and return how many entries that were."""
        return self._write("DELETE FROM miss WHERE day < ?", before.isoformat())

    # --- how answers are liked

    def keep_feedback(self, intent: str, language: Language, *, up: bool, day: date) -> None:
        """Count a vote on an answer."""
        self._write(
            "INSERT INTO feedback (day, language, intent, up, down) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET up = up + excluded.up, down = down + excluded.down",
            *(day.isoformat(), language, intent, int(up), int(not up)),
        )

    def feedback(self, since: date | None = None) -> list[Feedback]:
        """Return the votes since a day, the most disliked intent first."""
        rows = self._rows(
            "SELECT intent, language, sum(up), sum(down) FROM feedback WHERE day >= ?"
            " GROUP BY intent, language ORDER BY 4 DESC, 3 DESC, intent, language",
            since.isoformat() if since else "",
        )
        return [Feedback(*row) for row in rows]

    # --- the file

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                self._give_up(error)
                return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: object) -> Any:
        rows = self._rows(sql, *values)
        return rows[0][0] if rows else None

    def _write(self, sql: str, *values: object) -> int:
        """Change something, on the disk if that can be, and return how many rows that were."""
        with self._lock:
            try:
                return self._changed(sql, values)
            except sqlite3.Error as error:
                if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    LOG.warning("%s is in use by another program; one change was not kept", self.path)
                    return 0
                self._give_up(error)
                return self._changed(sql, values)

    def _changed(self, sql: str, values: tuple[object, ...]) -> int:
        with self._connection:
            return self._connection.execute(sql, values).rowcount

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on in memory, with what can still be read."""
        if not self.writable or self.path is None:
            raise error
        _warn(self.path, error)
        self.writable = False
        broken, self._connection = self._connection, _remembered(self.path)
        with suppress(sqlite3.Error):
            broken.close()


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file for writing, its tables up to date; whatever was written survives the end of the process."""
    with _kept_if_well(sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)) as connection:
        migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")  # a file that can only be read is found out now
        connection.rollback()
    with suppress(OSError):  # somebody else's file
        path.chmod(0o600)
    return connection


def _memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    migrate(connection)
    return connection


def _remembered(path: Path) -> sqlite3.Connection:
    """Return a state in memory that starts with what the file at `path` holds, as far as it can be read."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):  # the latter where no lock can be written beside the file
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            with _kept_if_well(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as kept:
                kept.backup(memory)
            kept.close()
            migrate(memory)
            return memory
        except (OSError, sqlite3.Error):
            memory.close()
    return _memory()


@contextmanager
def _kept_if_well(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close the connection if something fails."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _warn(path: Path, error: Exception) -> None:
    LOG.warning(
        "%s cannot be written (%s): languages, feedback and missed questions are kept until the bot stops", path, error
    )
