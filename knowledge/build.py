"""Records into a fact base: written beside the old one, tested, and put in its place in one step."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.location import PACKAGE, candidates, digest, is_current, is_ours
from knowledge.schema import INDEXES, TABLES, VERSION

if TYPE_CHECKING:
    from knowledge.reading import Records

_HOUR = 3600.0


class BuildError(Exception):
    """The fact base could not be written; the text says where and why."""


def ensure(path: Path | None = None) -> Path:
    """Return the path of a fact base that is up to date with the packaged records, built now if there is none.

    Without `path` the usual places are tried in turn. Raises RecordError if the records are at fault, and BuildError if
    no place can be written; an old fact base stays as it is.
    """
    wanted = digest()
    paths = [path] if path else candidates()
    for place in _trusted(paths):
        if is_current(place, wanted):
            return place
    failures = []
    for place in _trusted(paths):
        try:
            return build(place)
        except BuildError as error:
            failures.append(error)
    raise failures[0]


def build(target: Path, directory: Path = PACKAGE) -> Path:
    """Build a fact base from the records in `directory` and install it at `target`.

    Raises RecordError if the records are at fault and BuildError if it cannot be written; `target` is then untouched.
    """
    # Imported here: a start with an up-to-date fact base does without them.
    from knowledge.check import checked
    from knowledge.reading import load

    wanted = digest(directory)
    records = checked(load(directory))
    try:
        _install(target, records, wanted)
    except (OSError, sqlite3.Error) as error:
        raise BuildError(f"{target}: cannot be written: {error}") from error
    return target


def _install(target: Path, records: Records, wanted: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=".facts-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        _write(beside, records, wanted)
        _verify(beside)
        beside.chmod(0o644)  # built by one user, read by another
        _sync(beside)
        beside.replace(target)
        _sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def _trusted(paths: list[Path]) -> Iterator[Path]:
    """Yield the first path, which somebody chose, and of the rest those where nobody else can write."""
    yield paths[0]
    yield from (path for path in paths[1:] if is_ours(path.parent))


def _sweep(directory: Path) -> None:
    """Remove what killed builds left behind; a build that still runs is younger than an hour."""
    for path in directory.glob(".facts-*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _HOUR:
                path.unlink()


def _write(path: Path, records: Records, wanted: str) -> None:
    from sqlite_utils import Database

    from knowledge.filling import fill

    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # a torn file is never installed
        connection.execute("PRAGMA journal_mode = MEMORY")
        database = Database(connection)
        database.executescript(TABLES)
        with connection:
            fill(database, records)
            stamp = {"digest": wanted, "schema": str(VERSION)}
            database.table("build").insert_all({"key": key, "value": value} for key, value in stamp.items())
        database.executescript(INDEXES)
        connection.execute("ANALYZE")
        connection.commit()
    finally:
        connection.close()


def _verify(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if whole != "ok" or broken:
        raise BuildError(f"{path}: the new fact base is not sound: {whole if whole != 'ok' else tuple(broken)}")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
