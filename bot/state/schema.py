"""The tables of the bot's own file, and the steps that lead to them; `PRAGMA user_version` counts the steps taken.

A step that has been released is never changed: a new one is added at the end. Days are ISO dates; nothing tells who
asked or voted.
"""

from __future__ import annotations

import sqlite3

STEPS = (
    """
    CREATE TABLE chat (id INTEGER PRIMARY KEY, language TEXT NOT NULL) STRICT;
    CREATE TABLE value (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE miss (
        text TEXT NOT NULL,
        language TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('unanswered', 'down')),
        day TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (text, language, kind, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX miss_by_day ON miss (day);
    CREATE TABLE feedback (
        day TEXT NOT NULL,
        language TEXT NOT NULL,
        intent TEXT NOT NULL,
        up INTEGER NOT NULL,
        down INTEGER NOT NULL,
        PRIMARY KEY (day, language, intent)
    ) STRICT, WITHOUT ROWID;
    """,
)


class Newer(sqlite3.DatabaseError):
    """The file was written by a later version of the bot."""


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing, each whole or not at all; raise `Newer` for a file from the future."""
    taken: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if taken > len(STEPS):
        raise Newer(f"version {taken} is newer than {len(STEPS)}, the newest known here")
    for number, step in enumerate(STEPS[taken:], start=taken + 1):
        connection.executescript(f"BEGIN IMMEDIATE;{step}PRAGMA user_version = {number};COMMIT;")
