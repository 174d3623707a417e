"""When Telegram was last heard, and what its clock says: messages are dated by it, and ours may be wrong or jump."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

from bot import metrics

READ_EVERY = 10.0  # seconds
SERVER_FAULT = 500


class Contact:
    """Listens to every answer of Telegram."""

    def __init__(self) -> None:
        self._heard_at: float | None = None
        self._clock: tuple[float, float] | None = None  # its time, and our monotonic time then

    def listen(self, status: int, date: str) -> None:
        """Take note of an answer by its status and its `Date`."""
        moment = time.monotonic()
        if status < SERVER_FAULT:
            self._heard_at = moment
            metrics.REACHED.set_to_current_time()
        if self._clock is None or moment - self._clock[1] >= READ_EVERY:
            self._read(date, moment)

    def silent_for(self) -> float | None:
        """Return the seconds since Telegram was last heard, or None if it never was."""
        return None if self._heard_at is None else time.monotonic() - self._heard_at

    def now(self) -> float:
        """Return Telegram's time in seconds since 1970; ours until it has told."""
        if self._clock is None:
            return time.time()
        told, at = self._clock
        return told + time.monotonic() - at

    def _read(self, date: str, moment: float) -> None:
        try:
            self._clock = parsedate_to_datetime(date).timestamp(), moment
        except ValueError:
            return
