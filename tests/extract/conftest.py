"""The packaged records, whole and without a round."""

from __future__ import annotations

import pytest

from knowledge.reading import Records, load
from tests.benchmarks.extract import without
from tests.extract.forms import DAYS
from tests.knowledge.conftest import copy

__all__ = ["copy"]


@pytest.fixture(scope="session")
def records() -> Records:
    return load()


@pytest.fixture(scope="session")
def new_places(records: Records) -> dict[int, Records]:
    """For each round the records without it and without its places."""
    return {year: without(records, year, True) for year in DAYS}
