"""The real application, run against the stand-in for Telegram."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.app import build, serve
from bot.settings import Settings

from .engine import StubEngine
from .server import FakeTelegram


class Running:
    """The application in a thread of its own, until it is stopped."""

    def __init__(self, server: FakeTelegram, engine: Any, **settings: Any) -> None:
        self._settings = Settings(token=server.token, api_base_url=server.base_url, **settings)
        self._engine = engine
        self._ready = threading.Event()
        self.failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(5)

    def stop(self) -> None:
        """Stop as a signal would, and see that it ends."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as failure:  # shown by the test that looks at it
            self.failure = failure

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await serve(build(self._settings, self._engine), self._stop)


@pytest.fixture
def server() -> Iterator[FakeTelegram]:
    """The stand-in for Telegram, with nobody connected."""
    server = FakeTelegram()
    yield server
    server.close()


@pytest.fixture
def run(server: FakeTelegram) -> Iterator[Callable[..., Running]]:
    """Start the application on an engine; it is stopped at the end."""
    running: list[Running] = []

    def start(engine: Any, **settings: Any) -> Running:
        running.append(Running(server, engine, **settings))
        server.wait(lambda: server.polls > 0, "the first poll")
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def engine() -> StubEngine:
    """An engine that repeats what it is asked."""
    return StubEngine()


@pytest.fixture
def telegram(server: FakeTelegram, run: Callable[..., Running], engine: StubEngine) -> FakeTelegram:
    """The stand-in for Telegram with the application polling it."""
    run(engine)
    return server
