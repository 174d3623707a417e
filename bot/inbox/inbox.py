"""The inbox as the bot uses it: group commits in a thread of its own, and going on without a disk."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot import metrics
from bot.inbox.kept import Kept, MalformedError
from bot.inbox.store import Store

LOG = logging.getLogger(__name__)
TRIES = 3  # times an update may end the process before it is set aside
STRIKE_DELAY = 0.02  # seconds that strikes wait for each other
RETRY = 30.0  # seconds between attempts to use a disk that failed
TIDY_EVERY = 10_000  # updates
MOST_RECENT = 20_000  # numbers held in memory: they know a repeated update without a disk
MOST_STRUCK = 100_000
T = TypeVar("T")
FAULTS = (sqlite3.Error, OSError)


class Inbox:
    """Updates kept until they are answered. Every update that arrives while one commit is made shares the next.

    No method fails for want of a disk: then updates are held in memory only, which is logged once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: Store | None = None
        self._thread = ThreadPoolExecutor(1, "inbox")
        self._arrived: list[tuple[Sequence[Kept], asyncio.Future[set[int]]]] = []
        self._struck: deque[int] = deque(maxlen=MOST_STRUCK)
        self._recent: dict[int, None] = {}
        self._since_tidied = 0
        self._flushing: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        self._failed_at: float | None = None
        self._adopted = False

    @property
    def durable(self) -> bool:
        """Whether updates survive the process."""
        return self._failed_at is None

    async def open(self) -> list[Kept]:
        """Open the file; return what an ended process left unanswered, those it may have ended on first."""
        rows = await self._try(lambda store: store.adopt())
        self._adopted = rows is not None
        return sorted(await self._sorted_out(rows or []), key=lambda kept: (-kept.tries, kept.id))

    async def orphans(self) -> list[Kept]:
        """Return what another process left unanswered that has ended since, or a file that can be read by now."""
        if not self._adopted:
            return await self.open()
        return await self._sorted_out(await self._try(lambda store: store.orphans()) or [])

    async def keep(self, updates: Sequence[Kept]) -> list[Kept]:
        """Return those that are new, in order of number, once they are kept."""
        new = {kept.id: kept for kept in sorted(updates, key=lambda kept: kept.id) if kept.id not in self._recent}
        for number in new:
            self._recent[number] = None
        while len(self._recent) > MOST_RECENT:
            del self._recent[next(iter(self._recent))]
        if new:
            done: asyncio.Future[set[int]] = asyncio.get_running_loop().create_future()
            self._arrived.append((list(new.values()), done))
            self._flush()
            fresh = await done
            for number in new.keys() - fresh:  # another process has it; should that end, it is this one's to take
                self._recent.pop(number, None)
            new = {number: kept for number, kept in new.items() if number in fresh}
        metrics.DUPLICATES.inc(len(updates) - len(new))
        return list(new.values())

    def strike(self, number: int) -> None:
        """Note that an update is answered; it is struck off within a moment."""
        self._struck.append(number)
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(STRIKE_DELAY, self._flush)

    async def begin(self, number: int) -> None:
        """Count a try at an update that the process may have ended on before."""
        await self._try(lambda store: store.begin(number))

    async def set_aside(self, number: int) -> None:
        """Put away an update that cannot be handled."""
        metrics.SET_ASIDE.inc()
        await self._try(lambda store: store.set_aside(number))

    async def close(self) -> None:
        """Write what is left and close the file."""
        self._flush()
        if self._flushing:
            await self._flushing
        if self._later:
            self._later.cancel()
        if self._store:
            await self._in_thread(self._store.close)
        self._thread.shutdown()

    async def _sorted_out(self, rows: Sequence[tuple[int, int, bytes]]) -> list[Kept]:
        """Return the updates, without those that have been tried often enough."""
        found = []
        for number, tries, body in rows:
            if number in self._recent:  # came again, and was taken, while the file could not be read
                continue
            self._recent[number] = None
            try:
                kept = Kept.again(body, tries)
            except MalformedError:
                tries = TRIES
            if tries < TRIES:
                found.append(kept)
                continue
            LOG.error("Update %d ended the bot %d times; it is set aside in %s", number, tries, self._path.name)
            await self.set_aside(number)
        return found

    def _flush(self) -> None:
        if self._later:
            self._later.cancel()
            self._later = None
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        """Write until nothing is left to write; only one of these runs at a time."""
        while self._arrived or (self._struck and self._worth_trying):
            arrived, self._arrived = self._arrived, []
            struck = list(self._struck)
            self._struck.clear()
            everything = [kept for updates, _ in arrived for kept in updates]
            fresh = await self._try(lambda store: store.write(everything, struck))  # noqa: B023  # awaited at once
            if fresh is None:
                self._struck.extendleft(reversed(struck))
                fresh = {kept.id for kept in everything}
            for _, done in arrived:
                if not done.done():
                    done.set_result(fresh)
            await self._tidy(len(everything))

    async def _tidy(self, more: int) -> None:
        self._since_tidied += more
        if self._since_tidied >= TIDY_EVERY:
            self._since_tidied = 0
            await self._try(lambda store: store.tidy())

    @property
    def _worth_trying(self) -> bool:
        return self._failed_at is None or time.monotonic() - self._failed_at >= RETRY

    async def _try(self, action: Callable[[Store], T]) -> T | None:
        """Do something with the file; return None if that cannot be done now."""
        if not self._worth_trying:
            return None
        try:
            result = await self._in_thread(lambda: action(self._opened()))
        except FAULTS as error:
            if self.durable:
                LOG.error("%s cannot be written (%s): going on, but a kill loses what is unanswered", self._path, error)
            self._failed_at = time.monotonic()
            metrics.DURABLE.set(0)
            return None
        if not self.durable:
            LOG.warning("%s can be written again: questions are safe", self._path)
        self._failed_at = None
        metrics.DURABLE.set(1)
        return result

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store(self._path)
        return self._store

    async def _in_thread(self, action: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, action)
