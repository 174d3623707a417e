"""The real application, run against the stand-in for Telegram."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.conversation import Engine
from bot.floods import Floods
from bot.line import Line
from bot.service import serve
from bot.settings import Settings
from bot.state import State
from knowledge import store
from tests.conftest import TODAY

from .engine import StubEngine
from .server import FakeTelegram
from .test_process import STARTED

READ = 1.0  # seconds that an answer of the stand-in is waited for


class Running:
    """The application in a thread of its own, until it is stopped."""

    def __init__(
        self, server: FakeTelegram, engine: Any, folder: Path, state: State | None, floods: Floods | None, **more: Any
    ) -> None:
        self.state = state or State.in_memory()
        self._floods = floods
        self._settings = Settings(token=server.token, api_base_url=server.base_url, state=folder, **more)
        self._engine = engine
        self._ready = threading.Event()
        self.failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(5)

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._thread.is_alive()

    def join(self) -> None:
        """Wait until it has ended by itself."""
        self._thread.join(10)
        assert not self._thread.is_alive()

    def stop(self) -> None:
        """Stop as a signal would, and see that it ends; a second time does nothing."""
        if not self._thread.is_alive():
            return
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
        line = Line.open(READ)
        application = build(self._settings, self._engine, line, self.state, self._floods)
        await serve(application, line, self._settings, self._stop)


@pytest.fixture
def server() -> Iterator[FakeTelegram]:
    """The stand-in for Telegram, with nobody connected."""
    server = FakeTelegram()
    yield server
    server.close()


@pytest.fixture
def run(server: FakeTelegram, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start the application on an engine, with settings if need be; it is stopped at the end."""
    running: list[Running] = []

    def start(
        engine: Any, state: State | None = None, floods: Floods | None = None, folder: Path = tmp_path, **more: Any
    ) -> Running:
        polls = server.polls
        running.append(Running(server, engine, folder, state, floods, **more))
        if "webhook_url" not in more:
            server.wait(lambda: server.polls > polls, "the first poll")
        return running[-1]

    yield start
    for one in running:
        if one.runs:
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


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a process must not forget lie in a directory of the test's own."""
    monkeypatch.setenv("LEARNING_CITIES_STATE", str(tmp_path))


@pytest.fixture(autouse=True)
def _nothing_is_left_running() -> Iterator[None]:
    """Kill what a test has started and, because it failed, not ended."""
    before = len(STARTED)
    yield
    for process in STARTED[before:]:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="session")
def facts(facts_path: Path) -> Iterator[Engine]:
    """The engine on the packaged records, for one application at a time."""
    with store.open(facts_path) as base:
        yield Engine(base, lambda: TODAY)


@pytest.fixture
def bot(server: FakeTelegram, run: Callable[..., Running], facts: Engine) -> FakeTelegram:
    """The stand-in for Telegram with the application polling it, on the packaged records."""
    run(facts)
    return server
