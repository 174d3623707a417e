"""What every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.build import build


@pytest.fixture(scope="session")
def facts_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a fact base built from the packaged records, once for the whole run."""
    return build(tmp_path_factory.mktemp("facts") / "facts.sqlite")
