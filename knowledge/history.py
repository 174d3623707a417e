"""The builds that served before, kept beside the fact base, and the way back to one of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.location import stamps
from knowledge.schema import VERSION

KEPT = 10
"""Builds that are kept, the serving one among them."""

_FOLDER = "builds"
_COUNTS = "SELECT (SELECT count(*) FROM membership), (SELECT count(*) FROM statement), (SELECT count(*) FROM cohort)"


@dataclass(frozen=True, slots=True)
class Build:
    """A build that served or serves. `built` is a UTC time, `id` names it; without counts it cannot be read."""

    id: str
    path: Path
    built: str
    current: bool
    memberships: int | None
    statements: int | None
    rounds: int | None
    rolled_back: bool = False
    usable: bool = True


def history(facts: Path) -> list[Build]:
    """Return the builds kept beside `facts`, the newest first; the serving one is among them if it is readable."""
    serving = stamps(facts)
    paths = {path.stem: path for path in _folder(facts).glob("*.sqlite") if not path.name.startswith(".")}
    if serving.get("built"):
        paths.setdefault(_id(serving), facts)
    return [_build(id_, path, serving) for id_, path in sorted(paths.items(), reverse=True)]


def keep(facts: Path) -> None:
    """Keep the fact base at `facts` among the builds, and let go of the oldest beyond `KEPT`.

    A second link to the same file: fact bases are replaced, never written to.
    """
    found = stamps(facts)
    if not found.get("built"):
        return
    folder = _folder(facts)
    folder.mkdir(exist_ok=True)
    kept = folder / f"{_id(found)}.sqlite"
    if not kept.exists():
        with put_in_place(kept) as beside:
            _link(facts, beside)
    for old in sorted(folder.glob("*.sqlite"), reverse=True)[KEPT:]:
        if old.stem != _id(found):
            old.unlink(missing_ok=True)


def find(facts: Path, wanted: str | None) -> Build:
    """Return the kept build whose id begins with `wanted`, or the one before the serving one; LookupError if none."""
    builds = history(facts)
    if wanted is None:
        serving = next((number for number, build in enumerate(builds) if build.current), -1)
        older = [build for build in builds[serving + 1 :] if build.usable and not build.current]
        if not older:
            raise LookupError("no earlier build is kept")
        return older[0]
    found = [build for build in builds if build.id.startswith(wanted)]
    if len(found) != 1:
        raise LookupError(f"{wanted}: {'several builds begin' if found else 'no build begins'} like that")
    if not found[0].usable:
        raise LookupError(f"{found[0].id}: cannot be read, or is of another version")
    return found[0]


@contextlib.contextmanager
def put_in_place(target: Path) -> Iterator[Path]:
    """Give a path beside `target` to write to; what is there at the end takes its place in one step, safe on disk."""
    beside = target.with_name(f".{target.name}-{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    try:
        yield beside
        sync(beside)
        beside.replace(target)
        sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder(facts: Path) -> Path:
    return facts.parent / _FOLDER


def _id(found: dict[str, str]) -> str:
    """Return the name of a build: when it was built, in figures that sort, and the start of its digest."""
    when = datetime.fromisoformat(found["built"])
    return f"{when:%Y%m%d-%H%M%S}{when.microsecond // 1000:03}-{found.get('digest', '')[:6]}"


def _link(facts: Path, beside: Path) -> None:
    try:
        os.link(facts, beside)
    except OSError:  # a file system without links
        shutil.copyfile(facts, beside)


def _build(id_: str, path: Path, serving: dict[str, str]) -> Build:
    found = stamps(path)
    current = bool(found) and all(found.get(part) == serving.get(part) for part in ("built", "digest"))
    rolled_back = current and "instead_of" in serving
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            memberships, statements, rounds = base.execute(_COUNTS).fetchone()
    except sqlite3.Error:
        return Build(id_, path, found.get("built", ""), current, None, None, None, rolled_back, usable=False)
    usable = found.get("schema") == str(VERSION)
    return Build(id_, path, found.get("built", ""), current, memberships, statements, rounds, rolled_back, usable)
