"""The order of work: one chat after the other's turn, never one chat in another's way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.desk import MOST_PENDING, Desk
from bot.inbox import Kept


def kept(number: int, chat: int) -> Kept:
    """Return an update of a chat."""
    return Kept(number, b"{}", chat)


async def until(happened: Callable[[], bool]) -> None:
    """Let others work until something has happened."""
    while not happened():  # noqa: ASYNC110  # what is waited for is not made to be waited for
        await asyncio.sleep(0)


def test_a_busy_chat_holds_one_place_and_keeps_its_order() -> None:
    done: list[int] = []

    async def scene() -> None:
        freed = asyncio.Event()

        async def work(update: Kept) -> None:
            if update.id == 0:
                await freed.wait()
            done.append(update.id)

        desk = Desk(work, concurrency=2)
        desk.put([kept(n, 1) for n in range(5)])
        desk.put([kept(n, n) for n in range(5, 8)])
        await until(lambda: len(done) == 3)
        freed.set()
        await until(lambda: not desk.pending)

    asyncio.run(scene())
    assert done == [5, 6, 7, 0, 1, 2, 3, 4]


def test_who_only_waits_gives_up_the_place_but_not_the_turn() -> None:
    done: list[int] = []

    async def scene() -> None:
        freed = asyncio.Event()

        async def work(update: Kept) -> None:
            if update.id == 0:
                with desk.idle():
                    await freed.wait()
            done.append(update.id)

        desk = Desk(work, concurrency=1)
        desk.put([kept(0, 1), kept(1, 1), kept(2, 2), kept(3, 3)])
        await until(lambda: len(done) == 2)
        freed.set()
        await until(lambda: not desk.pending)

    asyncio.run(scene())
    assert done == [2, 3, 0, 1]


def test_what_takes_too_long_is_cancelled_at_the_end_and_nothing_new_is_begun() -> None:
    begun: list[int] = []
    ended: list[int] = []

    async def scene() -> None:
        async def work(update: Kept) -> None:
            begun.append(update.id)
            await asyncio.sleep(0.01 if update.id == 0 else 60)
            ended.append(update.id)

        desk = Desk(work, concurrency=2)
        desk.put([kept(n, n) for n in range(3)])
        await asyncio.sleep(0)
        await desk.stop(0.1)

    asyncio.run(scene())
    assert (begun, ended) == ([0, 1], [0])


def test_it_says_when_it_is_full() -> None:
    async def scene() -> None:
        freed = asyncio.Event()

        async def work(update: Kept) -> None:
            await freed.wait()

        desk = Desk(work, concurrency=MOST_PENDING)
        assert not desk.is_full
        desk.put([kept(n, n) for n in range(MOST_PENDING)])
        assert desk.is_full
        freed.set()
        await asyncio.wait_for(desk.room(), 10)
        await desk.stop(10)

    asyncio.run(scene())
