"""A fact base opened for reading only. SQL lives here and in `queries`."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from weakref import finalize

from knowledge.schema import VERSION

Identity = tuple[int, int, int, int]


class StoreError(Exception):
    """The file is missing, is no fact base, or is one of another version; the text says which."""


class FactBase:
    """A read-only connection to one fact base; usable as a context manager, and from any one thread at a time.

    The file is never changed in place, only replaced: an open fact base goes on serving what it had.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, digest: str, identity: Identity | None) -> None:
        self.path = path
        self.digest = digest
        self.identity = identity
        self._connection = connection
        self._end = finalize(self, connection.close)

    def rows(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query; columns are read by name or number."""
        return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        found: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return found

    def is_replaced(self) -> bool:
        """Tell whether another file lies at the path now, so that it is time to open it."""
        return identity_of(self.path) not in (self.identity, None)

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with the file; reads all of it."""
        try:
            return [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        except sqlite3.Error as error:
            return [str(error)]

    def is_open(self) -> bool:
        """Tell whether it answers."""
        try:
            return self.row("SELECT 1 FROM build") is not None
        except sqlite3.Error:
            return False

    def close(self) -> None:
        """Close the connection; further queries raise sqlite3.ProgrammingError."""
        self._end()

    def __enter__(self) -> FactBase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(path: Path, named: Path | None = None) -> FactBase:  # noqa: A001  # read as `store.open`
    """Open the fact base at `path`; raise StoreError if there is none of this version.

    `named` is the path that it goes by where `path` is only a copy of it.
    """
    if not path.is_file():
        raise StoreError(f"{named or path}: there is no fact base; build one with python -m knowledge build")
    identity = identity_of(named or path)
    # Immutable spares every query a lock: files are replaced, not written to.
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=256
    )
    try:
        connection.execute("PRAGMA query_only = ON")
        build = dict(connection.execute("SELECT key, value FROM build"))
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{named or path}: is not a fact base: {error}") from None
    if build.get("schema") != str(VERSION):
        connection.close()
        raise StoreError(f"{named or path}: is of version {build.get('schema')}, not {VERSION}; build it again")
    connection.row_factory = sqlite3.Row
    return FactBase(named or path, connection, build["digest"], identity)


def open_copy(path: Path) -> FactBase:
    """Open a copy of the fact base at `path`, which nobody else can write to, and which goes when it is closed.

    For who serves it long: somebody may copy another file over it. Where no copy can be written, or be removed while it
    is open, the file itself is opened. Raises StoreError as `open` does.
    """
    for folder in (path.parent, None):
        try:
            with tempfile.TemporaryDirectory(prefix=".serving-", dir=folder) as place:
                return open(Path(shutil.copyfile(path, Path(place) / path.name)), path)
        except OSError:
            continue
    return open(path)


def identity_of(path: Path) -> Identity | None:
    """Return what tells the file at `path` from the one that lay there before; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
