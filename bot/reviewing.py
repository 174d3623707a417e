"""What a person has to see of an announcement before it is taken: the draft, its doubts, and what it changes.

Run in a process of its own (`python -m bot review FILE --json`): reading a strange file may take long or much memory,
and what it imports is not for a bot that has to stay small.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.comparing import lines
from bot.conversation import Engine
from bot.standing import changed_answers, failures
from knowledge import store
from knowledge.adding import add
from knowledge.check import checked, remarks_on
from knowledge.diff import Change, changes, told
from knowledge.extract import extract
from knowledge.faults import BuildError, RecordError
from knowledge.location import additions
from knowledge.proposal import proposed, with_drafts
from knowledge.queries import Facts
from knowledge.reading import load, read
from knowledge.records import Record

# Doubts that nobody can settle by looking: what they are about has to be written into the record.
_TO_BE_WRITTEN = frozenset({"unread", "country", "region", "text", "duplicate", "publisher"})
_RECORDS = (".yaml", ".yml")
_MEMORY = 2 << 30  # bytes of address space


def bound() -> None:
    """Bound the memory of this process, where that can be done; it may be about to read what somebody made up."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


@dataclass(frozen=True, slots=True)
class Point:
    """A doubt: its kind, where in the source, what it is, and the words that gave rise to it."""

    kind: str
    where: str | None
    message: str
    quoted: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """A draft as it is shown. `record` is its YAML as it would be taken, `draft` with what is still to be settled.

    `faults` and `to_write` keep it from being taken as it is; `points` a person can settle by comparing. `facts` and
    `answers` change from the fact base of the digest `basis`; `members` are (city, country code) of who joins.
    """

    id: str
    year: int | None
    record: str
    draft: str
    basis: str
    members: tuple[tuple[str, str], ...] = ()
    to_write: tuple[Point, ...] = ()
    points: tuple[Point, ...] = ()
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    answers: tuple[tuple[str, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the review as a JSON object."""
        return asdict(self)


def review(file: Path, facts: Path) -> Review:
    """Return the review of an announcement, or of a record if `file` is YAML, against the fact base at `facts`.

    Raises ExtractError if it is no announcement, RecordError if a record has not the shape of one.
    """
    if file.suffix.lower() in _RECORDS:
        return _compared(_of_record(file), file.name, facts)
    known = load(added=additions(facts))
    draft = extract(file.read_bytes(), file.name, known=known)
    points = [Point(doubt.kind, doubt.where, doubt.message, doubt.quoted) for doubt in draft.doubts]
    found = Review(
        draft.id,
        draft.year,
        draft.reviewed(),
        draft.record,
        "",
        to_write=tuple(point for point in points if point.kind in _TO_BE_WRITTEN),
        points=tuple(point for point in points if point.kind not in _TO_BE_WRITTEN),
    )
    return _compared(found, f"{draft.id}.yaml", facts)


def take(record: Path, facts: Path, basis: str | None) -> tuple[Path, list[tuple[str, ...]]]:
    """Put a record into the fact base at `facts`; return where it was kept, and the answers before and after.

    Raises RecordError, BuildError, or StaleError if the fact base is no longer that of the digest `basis`.
    """
    with store.open(facts) as old:
        kept = add(record, facts, date.today(), basis, _tried)
        with store.open(facts) as new:
            return kept, _answers(old, new, changes(old, new))


def _of_record(file: Path) -> Review:
    record = read(file, Record)
    text = file.read_text(encoding="utf-8")
    return Review(record.id, record.year, text, text, "")


def _compared(found: Review, name: str, facts: Path) -> Review:
    with tempfile.TemporaryDirectory() as folder, store.open(facts) as before:
        path = Path(folder) / name
        path.write_text(found.record, encoding="utf-8")
        found = replace(found, basis=before.digest)
        try:
            checked_ = checked(load(added=with_drafts([path], facts=facts)))
            with proposed([path], facts=facts) as built, store.open(built) as after:
                found = _with_changes(found, before, after)
        except RecordError as error:
            return replace(found, faults=tuple(_plain(str(one), folder) for one in error.faults))
        except BuildError as error:
            return replace(found, faults=(str(error),))
        ours = [one for one in remarks_on(checked_) if one.level == "warning" and one.file == str(path)]
        return replace(found, warnings=tuple(_plain(str(one), folder) for one in ours))


def _with_changes(found: Review, before: store.FactBase, after: store.FactBase) -> Review:
    differing = changes(before, after)
    facts = [change for change in differing if change.table != "name"]
    kinds = [change.kind for change in facts]
    return replace(
        found,
        members=tuple(_members(after, facts)),
        facts=tuple(map(told, facts)),
        counts=(kinds.count("added"), kinds.count("removed"), kinds.count("changed")),
        answers=tuple(_answers(before, after, differing)),
    )


def _answers(before: store.FactBase, after: store.FactBase, differing: list[Change]) -> list[tuple[str, ...]]:
    return [tuple(lines(answer)) for answer in changed_answers(Engine(before), Engine(after), differing)]


def _members(after: store.FactBase, facts: list[Change]) -> Iterator[tuple[str, str]]:
    joined = {str(c.fact["place"]) for c in facts if c.table == "membership" and c.kind == "added"}
    places = Facts(after)
    for place in map(places.place, sorted(joined)):
        yield place.name, place.country


def _tried(beside: Path) -> None:
    with store.open(beside) as base:
        wrong = failures(Engine(base))
    if wrong:
        raise BuildError(f"no right answer to {wrong[0]!r}, nor to {len(wrong) - 1} more")


def _plain(text: str, folder: str) -> str:
    return text.replace(f"{folder}/", "")
