"""Which process an update belongs to: a numbered lock file that the system frees when the process ends, however."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: one process to a directory
    fcntl = None  # type: ignore[assignment]

MOST = 64


class Claim:
    """A number that no other living process beside this file holds. Processes on one host see each other's."""

    def __init__(self, directory: Path, stem: str) -> None:
        self._directory, self._stem = directory, stem
        for number in range(MOST):
            handle = self._lock(number)
            if handle is not None:
                self.number, self._handle = number, handle
                return
        raise OSError(f"{directory}: {MOST} copies of the bot share it already")

    def release(self) -> None:
        """Give the number back."""
        os.close(self._handle)

    @contextmanager
    def abandoned(self, owners: Iterable[int]) -> Iterator[list[int]]:
        """Of these numbers, give the own one and those whose process has ended, locked for the while."""
        found, handles = [], []
        for owner in owners:
            if owner == self.number:
                found.append(owner)
            elif (handle := self._lock(owner)) is not None:
                found.append(owner)
                handles.append(handle)
        try:
            yield found
        finally:
            for handle in handles:
                os.close(handle)

    def _lock(self, number: int) -> int | None:
        handle = os.open(self._directory / f"{self._stem}.{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if fcntl is None:
            return handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return None
        return handle
