"""A reviewed record into the data folder: written, built and installed with all the others, or nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knowledge.build import Trial, build
from knowledge.faults import BuildError, RecordError
from knowledge.history import put_in_place
from knowledge.location import PACKAGE, additions
from knowledge.proposal import with_drafts
from knowledge.reading import read
from knowledge.records import Record

FOLDER = "announcements"


def add(record: Path, facts: Path, today: date, basis: str | None = None, trial: Trial | None = None) -> Path:
    """Put a copy of `record` among the added ones, build and install; return the copy, whose name begins with the day.

    A record of the same id that was added before is replaced. `basis` is the digest of the fact base that it was
    compared with. Raises RecordError, BuildError, or StaleError if another serves by now; then nothing is changed.
    """
    id_ = read(record, Record).id
    kept = _same(id_, additions(facts))
    target = kept or facts.parent / FOLDER / f"{today.isoformat()}-{id_}.yaml"
    before = target.read_bytes() if kept else None
    try:
        _write(target, record.read_bytes())
        build(facts, PACKAGE, with_drafts((), PACKAGE, facts), trial, basis)
    except BaseException:
        if before is None:
            target.unlink(missing_ok=True)
        else:
            _write(target, before)
        raise
    return target


def _same(id_: str, added: Iterable[Path]) -> Path | None:
    for path in added:
        try:
            if read(path, Record).id == id_:
                return path
        except RecordError:
            continue
    return None


def _write(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with put_in_place(target) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise BuildError(f"{target}: cannot be written: {error.strerror}") from error
