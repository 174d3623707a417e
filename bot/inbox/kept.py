"""One update as it is kept: its JSON, and the little that has to be known before it is read in full."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
GROUPS = ("group", "supergroup", "channel")
KIND = re.compile(r"[a-z_]{1,32}", re.ASCII)
LARGEST_ID = 2**63 - 1  # what a column of SQLite holds


class MalformedError(ValueError):
    """Not an update; the text says why, and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An update. `chat` is what orders it: updates of one chat, or person, are handled one after another.

    `date` is when it was written, in seconds since 1970 by Telegram's clock, where the update tells. `tries` counts
    the times that handling it ended with the process.
    """

    id: int
    body: bytes = field(repr=False)
    chat: int = field(default=0, repr=False)
    kind: str = "other"
    in_group: bool = False
    date: int | None = None
    tries: int = 0
    restored: bool = False
    arrived: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, update: object) -> Kept:
        """Return the update whose parsed JSON this is; raise `MalformedError` if it is none."""
        if not isinstance(update, dict):
            raise MalformedError("no JSON object")
        number = update.get("update_id")
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST_ID:
            raise MalformedError("no update_id")
        kind, content = next(((k, v) for k, v in update.items() if isinstance(v, dict)), ("other", {}))
        chat = _dict(content, "chat") or _dict(_dict(content, "message"), "chat")
        place = chat or _dict(content, "from") or _dict(content, "user")
        date = content.get("edit_date", content.get("date"))
        return cls(
            number,
            json.dumps(update, separators=(",", ":")).encode(),
            place["id"] if isinstance(place.get("id"), int) else 0,
            kind if KIND.fullmatch(kind) else "other",
            chat.get("type") in GROUPS,
            date if isinstance(date, int) else None,
        )

    @classmethod
    def again(cls, body: bytes, tries: int) -> Kept:
        """Return an update that was kept before this process began."""
        found = cls.of(json.loads(body))
        return cls(found.id, body, found.chat, found.kind, found.in_group, found.date, tries, restored=True)


def _dict(content: Json, name: str) -> Json:
    found = content.get(name)
    return found if isinstance(found, dict) else {}
