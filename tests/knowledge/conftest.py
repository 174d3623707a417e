"""A fact base to query, and a copy of the records to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge import store
from knowledge.location import PACKAGE, record_files
from knowledge.reading import Records, load
from knowledge.store import FactBase


@pytest.fixture(scope="session")
def facts(facts_path: Path) -> Iterator[FactBase]:
    with store.open(facts_path) as base:
        yield base


@pytest.fixture(scope="session")
def records() -> Records:
    return load()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the packaged records, to be changed."""
    folder = tmp_path / "records"
    for path in record_files():
        target = folder / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return folder


@pytest.fixture
def spoil(copy: Path) -> Callable[[str, str, str], None]:
    """Replace the first `old` in a record file of the copy with `new`."""

    def replace(name: str, old: str, new: str) -> None:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
