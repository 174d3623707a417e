"""The order of work: many chats at once, the updates of one chat one after another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager

from bot import metrics
from bot.inbox import Kept

CONCURRENCY = 16
MOST_PENDING = 10_000  # beyond this, updates are left with Telegram
MOST_IDLE = 200  # updates that have begun and only wait, on top of those being handled
ALONE = 5.0  # seconds in which an update under suspicion would have ended the process


class Desk:
    """Has updates handled, at most `concurrency` at once and never two of one chat.

    Chats with work take turns, so a busy or slow chat holds at most one place.
    """

    def __init__(self, handle: Callable[[Kept], Coroutine[None, None, None]], concurrency: int = CONCURRENCY) -> None:
        self._handle = handle
        self._concurrency = concurrency
        self._queues: dict[int, deque[Kept]] = {}
        self._turns: deque[int] = deque()
        self._working: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._idle = 0
        self._room = asyncio.Event()
        self._room.set()
        self.pending = 0

    def put(self, updates: Sequence[Kept]) -> None:
        """Take updates on, in their order."""
        for kept in updates:
            queue = self._queues.get(kept.chat)
            if queue is None:
                self._queues[kept.chat] = deque((kept,))
                self._turns.append(kept.chat)
            else:
                queue.append(kept)
        self._count(len(updates))
        self._fill()

    async def alone(self, kept: Kept) -> None:
        """Handle an update with nothing beside it for as long as it is under suspicion."""
        self._count(1)
        task = asyncio.create_task(self._handle(kept))
        self._working.add(task)
        task.add_done_callback(self._done)
        await asyncio.wait([task], timeout=ALONE)

    @property
    def is_full(self) -> bool:
        """Whether no more updates should be taken on."""
        return not self._room.is_set()

    async def room(self) -> None:
        """Wait until more updates can be taken on."""
        await self._room.wait()

    @contextmanager
    def idle(self) -> Iterator[None]:
        """Give up the place, not the chat's turn, while only waiting."""
        if self._idle >= MOST_IDLE:
            yield
            return
        self._idle += 1
        self._fill()
        try:
            yield
        finally:
            self._idle -= 1

    async def stop(self, grace: float) -> None:
        """Begin nothing more; let what was begun end within `grace` seconds, and then cancel it."""
        self._stopping = True
        if self._working:
            _, late = await asyncio.wait(self._working, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _fill(self) -> None:
        while self._turns and len(self._working) - self._idle < self._concurrency and not self._stopping:
            chat = self._turns.popleft()
            task = asyncio.create_task(self._handle(self._queues[chat][0]))
            self._working.add(task)
            task.add_done_callback(lambda task, chat=chat: self._next(task, chat))  # type: ignore[misc]

    def _next(self, task: asyncio.Task[None], chat: int) -> None:
        queue = self._queues[chat]
        queue.popleft()
        if queue:
            self._turns.append(chat)
        else:
            del self._queues[chat]
        self._done(task)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self._count(-1)
        self._fill()

    def _count(self, more: int) -> None:
        self.pending += more
        metrics.PENDING.set(self.pending)
        if self.pending >= MOST_PENDING:
            self._room.clear()
        elif self.pending < MOST_PENDING * 0.9:
            self._room.set()
