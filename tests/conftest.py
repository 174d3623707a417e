"""What every room's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.conversation import Engine
from knowledge import store
from knowledge.build import build

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="session")
def facts_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a fact base built from the packaged records, once for the whole run."""
    return build(tmp_path_factory.mktemp("facts") / "facts.sqlite")


@pytest.fixture(scope="session")
def engine(facts_path: Path) -> Iterator[Engine]:
    """The engine on the packaged records, on a day that never changes."""
    with store.open(facts_path) as base:
        yield Engine(base, lambda: TODAY)
