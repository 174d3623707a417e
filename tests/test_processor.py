"""The order of work: one chat after the other's turn, never one chat in another's way."""

from __future__ import annotations

import asyncio
from datetime import datetime

from telegram import Chat, Message, Update

from bot.processor import ChatOrder


def update(chat: int) -> Update:
    """Return a message in a chat."""
    return Update(1, Message(1, datetime.now(), Chat(chat, Chat.PRIVATE)))


def test_a_busy_chat_holds_one_place_and_keeps_its_order() -> None:
    done: list[str] = []

    async def work(name: str, until: asyncio.Event | None = None) -> None:
        if until:
            await until.wait()
        done.append(name)

    async def scene() -> None:
        order, freed = ChatOrder(concurrency=2), asyncio.Event()
        busy = [
            asyncio.create_task(order.process_update(update(1), work(f"busy {n}", freed if n == 0 else None)))
            for n in range(5)
        ]
        others = [asyncio.create_task(order.process_update(update(n), work(f"chat {n}"))) for n in range(2, 5)]
        await asyncio.gather(*others)
        freed.set()
        await asyncio.gather(*busy)
        assert order._turns == {}

    asyncio.run(scene())
    assert done == ["chat 2", "chat 3", "chat 4", *(f"busy {n}" for n in range(5))]
