"""Records into a fact base: written beside the old one, tested, and put in its place in one step."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.faults import BuildError, RecordError, StaleError
from knowledge.history import Build, find, keep, sync
from knowledge.location import PACKAGE, additions, candidates, digest, is_current, is_ours, stamps
from knowledge.schema import INDEXES, TABLES, VERSION

if TYPE_CHECKING:
    from knowledge.reading import Records

__all__ = ["BuildError", "Trial", "build", "ensure", "rollback"]

Trial = Callable[[Path], None]
"""Looks at a new fact base before it is installed; raises BuildError if it answers wrongly."""

LOG = logging.getLogger(__name__)
_HOUR = 3600.0


def served() -> Path:
    """Return the path of the fact base that serves, as it is; one is built where there is none yet.

    Raises RecordError and BuildError as `ensure` does.
    """
    return next((path for path in _trusted(candidates()) if path.exists()), None) or ensure()


def ensure(path: Path | None = None) -> Path:
    """Return the path of a fact base that is up to date with the records, built now if there is none.

    The records are the packaged ones and those that maintainers added beside the fact base. Without `path` the usual
    places are tried in turn. Raises RecordError if the records are at fault, and BuildError if no place can be written;
    an old fact base stays as it is, and serves on where added records are at fault. One that was rolled back to is kept
    until a record changes.
    """
    paths = [path] if path else candidates()
    for place in _trusted(paths):
        if is_current(place, digest(added=additions(place))):
            return place
    failures = []
    for place in _trusted(paths):
        try:
            return build(place, added=additions(place))
        except BuildError as error:
            failures.append(error)
        except RecordError as error:
            if not additions(place) or stamps(place).get("schema") != str(VERSION):
                raise
            LOG.error("The old fact base serves on, since the records are at fault: %s", error)
            return place
    raise failures[0]


def build(
    target: Path,
    directory: Path = PACKAGE,
    added: Iterable[Path] = (),
    trial: Trial | None = None,
    basis: str | None = None,
) -> Path:
    """Build a fact base from the records in `directory` and those `added`, and install it at `target`.

    The one before is kept among the builds; with `basis` it has to have that digest. Raises RecordError if the records
    are at fault, and BuildError if it cannot be written, answers its own facts wrongly or fails `trial`, StaleError if
    another serves than `basis` tells; `target` is then untouched.
    """
    # Imported here: a start with an up-to-date fact base does without them.
    from knowledge.check import checked
    from knowledge.reading import load

    with _writing(target):
        if basis is not None and stamps(target).get("digest") != basis:
            raise StaleError(f"{target}: is another one by now")
        files = list(added)
        wanted = digest(directory, files)
        records = checked(load(directory, files))
        _install(target, lambda beside: _write(beside, records, wanted), trial)
    return target


def rollback(target: Path, wanted: str | None = None, trial: Trial | None = None) -> Build:
    """Put a kept build back in the place of `target`: the one whose id begins with `wanted`, or the one before.

    It stays until a record changes or somebody builds. Raises BuildError if there is none, or if it is not sound;
    `target` is then untouched.
    """
    with _writing(target):
        try:
            chosen = find(target, wanted)
        except LookupError as error:
            raise BuildError(f"{target}: {error}") from None
        instead = digest(added=additions(target))
        _install(target, lambda beside: _copy(chosen.path, beside, instead), trial)
    return chosen


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Let one build at a time write beside `target`; what the disk or SQLite refuses is a BuildError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent):
            _sweep(target.parent)
            yield
    except (OSError, sqlite3.Error) as error:
        raise BuildError(f"{target}: cannot be written: {error}") from error


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder, which ends with the process at the latest."""
    try:
        import fcntl
    except ImportError:  # Windows: there the last of two builds at once stays
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _install(target: Path, write: Callable[[Path], None], trial: Trial | None) -> None:
    from knowledge.trial import tried

    handle, name = tempfile.mkstemp(prefix=".facts-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        write(beside)
        _verify(beside)
        tried(beside)
        if trial:
            trial(beside)
        beside.chmod(0o644)  # built by one user, read by another
        sync(beside)
        keep(target)
        beside.replace(target)
        sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)
    keep(target)


def _copy(kept: Path, beside: Path, instead: str) -> None:
    """Copy a kept build, with a note in it of the records it stands in for."""
    shutil.copyfile(kept, beside)
    with contextlib.closing(sqlite3.connect(beside)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO build VALUES ('instead_of', ?)", (instead,))


def _trusted(paths: list[Path]) -> Iterator[Path]:
    """Yield the first path, which somebody chose, and of the rest those where nobody else can write."""
    yield paths[0]
    yield from (path for path in paths[1:] if is_ours(path.parent))


def _sweep(directory: Path) -> None:
    """Remove what killed builds left behind; a build that still runs is younger than an hour."""
    for path in (*directory.glob(".facts-*.tmp"), *directory.glob("builds/.*.tmp")):
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
            stamp = {"digest": wanted, "schema": str(VERSION), "built": datetime.now(UTC).isoformat()}
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
