"""A copy of the bot's own file, taken while the bot writes to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.state.store import FILE_NAME


class BackupError(Exception):
    """No copy was made; the text says why."""


def backup(directory: Path, target: Path) -> int:
    """Copy the state in `directory` to `target`, which may exist; return its size in bytes.

    `target` is replaced in one step, and only by a copy that is sound. To restore it, put it in the place of
    `state.sqlite` while the bot is stopped.
    """
    source = directory / FILE_NAME
    if not source.is_file():
        raise BackupError(f"{source}: there is nothing to copy yet")
    beside = target.with_name(f".{target.name}.tmp")
    try:
        address = f"{source.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as original, closing(sqlite3.connect(beside)) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
            whole = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if whole != "ok":
            raise BackupError(f"{source}: is not sound: {whole}")
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{target}: cannot be written: {error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return target.stat().st_size
