"""Drafts of announcements between receiving and approving: files in the data folder, so that buttons outlive a restart.

Everything that happens to them is in a log that is only ever added to.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

State = Literal["pasted", "open", "settled", "taken", "discarded"]
LOG_NAME = "maintainers.jsonl"
KEPT = 90 * 24 * 3600.0
"""Seconds that a draft is kept after it was last touched."""

_FOLDER = "drafts"
_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a maintainer sent: pasted texts, or the review of it (`reviewing.Review` as JSON), and how far it got."""

    id: str
    by: int
    name: str
    state: State
    texts: tuple[str, ...] = ()
    at: float = 0.0
    review: dict[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether something may still be done with it."""
        return self.state in ("pasted", "open", "settled")

    @property
    def needs_writing(self) -> bool:
        """Whether the record has to be changed before it can be taken."""
        return bool(self.review.get("faults") or self.review.get("to_write"))

    @property
    def may_be_taken(self) -> bool:
        """Whether nothing is left to be settled, and something would change."""
        settled = self.state == "settled" or not self.review.get("points")
        return self.is_open and not self.needs_writing and settled and bool(self.review.get("facts"))


class Drafts:
    """The drafts and the log in one data folder."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._folder = directory / _FOLDER

    def start(self, by: int, name: str, state: State = "open", **more: Any) -> Draft:
        """Keep a new draft and return it."""
        self._forget()
        return self.keep(Draft(secrets.token_hex(4), by, name, state, **more))

    def keep(self, draft: Draft, **new: Any) -> Draft:
        """Keep a draft with what is new of it, in one step, and return it."""
        draft = replace(draft, at=time.time(), **new)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._folder / f".{draft.id}.tmp"
        beside.write_text(json.dumps(asdict(draft), ensure_ascii=False), encoding="utf-8")
        beside.replace(self._path(draft.id))
        return draft

    def get(self, id_: str) -> Draft | None:
        """Return a draft, or None if there is none of that id."""
        if not _ID.fullmatch(id_):
            return None
        try:
            held = json.loads(self._path(id_).read_text(encoding="utf-8"))
            return Draft(**{**held, "texts": tuple(held["texts"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def pasted(self, by: int, within: float) -> Draft | None:
        """Return what somebody pasted in the last `within` seconds, to be continued."""
        found = [draft for path in self._folder.glob("*.json") if (draft := self.get(path.stem))]
        ours = [draft for draft in found if draft.by == by and draft.state == "pasted"]
        newest = max(ours, key=lambda draft: draft.at, default=None)
        return newest if newest and time.time() - newest.at <= within else None

    def log(self, by: int, what: str, draft: Draft | None = None, **more: Any) -> None:
        """Add a line to the log: when, who, what, of which draft and record."""
        line: dict[str, Any] = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "who": by, "what": what}
        if draft:
            line |= {"draft": draft.id, "name": draft.name, "record": draft.review.get("id")}
        self._directory.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**line, **more}, ensure_ascii=False) + "\n"
        handle = os.open(self._directory / LOG_NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, text.encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def _path(self, id_: str) -> Path:
        return self._folder / f"{id_}.json"

    def _forget(self) -> None:
        for path in self._folder.glob("*.json"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > KEPT:
                    path.unlink()
