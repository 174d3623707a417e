"""Where the fact base lies, and whether it still is what the records say. Imported at every start: keep it light."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from knowledge.schema import VERSION

FILE_NAME = "facts.sqlite"
PACKAGE = Path(__file__).parent
# Code that decides what a fact base holds, beside the records.
_CODE = ("build.py", "filling.py", "gazetteer.py", "names.py", "reading.py", "schema.py", "territories.py")


def candidates() -> list[Path]:
    """Return where the fact base may lie: $LEARNING_CITIES_DATA or the user's cache, or else a temporary folder."""
    wanted = os.path.expanduser(os.environ.get("LEARNING_CITIES_DATA", "").strip())  # noqa: PTH111  # pathlib needs a home
    cache = os.environ.get("XDG_CACHE_HOME")
    first = Path(wanted) if wanted else (Path(cache) if cache else _home() / ".cache") / "learning-cities-bot"
    return [folder / FILE_NAME for folder in (first, _temporary()) if folder]


def additions(facts: Path) -> list[Path]:
    """Return the records that maintainers added to those of the package, in `announcements/` beside the fact base."""
    return _yaml_files(facts.parent)


def record_files(directory: Path = PACKAGE) -> list[Path]:
    """Return every record file under `directory`: the announcements by name, then the tables."""
    names = ("countries.yaml", "elsewhere.csv", "organisations.yaml", "places.yaml", "regions.yaml")
    return [*_yaml_files(directory), *(directory / name for name in names)]


def digest(directory: Path = PACKAGE, added: Iterable[Path] = ()) -> str:
    """Return a hash of the record files in `directory`, those `added`, and the code that builds from them."""
    found = hashlib.sha256(str(VERSION).encode())
    for path in (*record_files(directory), *added, *(PACKAGE / name for name in _CODE)):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_current(path: Path, wanted: str) -> bool:
    """Tell whether a fact base of the digest `wanted` lies at `path`, or one that was put back in its place."""
    found = stamps(path)
    return wanted in (found.get("digest"), found.get("instead_of"))


def stamps(path: Path) -> dict[str, str]:
    """Return what the fact base at `path` says of its own building; nothing if there is none.

    `digest` and `schema` say what it was built from and by, `built` when (UTC), `instead_of` in place of which digest
    it was put back.
    """
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return dict(connection.execute("SELECT key, value FROM build"))
    except (sqlite3.Error, ValueError, UnicodeError):
        return {}


def is_ours(directory: Path) -> bool:
    """Tell whether nobody else can have put files into `directory`, made if missing; asked of temporary folders."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = directory.lstat()
    except OSError:
        return False
    owned = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return stat.S_ISDIR(found.st_mode) and owned and not found.st_mode & 0o022


def _yaml_files(directory: Path) -> list[Path]:
    found = sorted((directory / "announcements").glob("*.yaml"))
    return [path for path in found if not path.name.startswith(".")]


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home
        return Path("/nonexistent")


def _temporary() -> Path | None:
    user = os.getuid() if hasattr(os, "getuid") else "user"
    try:
        return Path(tempfile.gettempdir()) / f"learning-cities-bot-{user}"
    except FileNotFoundError:  # no temporary folder can be written
        return None
