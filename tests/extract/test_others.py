"""Texts about the network that admit nobody: candidates, calls, plans, prizes, networks of one country."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.extract import ExtractError, extract
from knowledge.reading import Records

TEXTS = yaml.safe_load((Path(__file__).parent / "others.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TEXTS["refused"], ids=lambda case: case["name"])
def test_a_text_that_admits_nobody_is_refused(case: dict[str, Any], records: Records) -> None:
    about = case.get("about")
    with pytest.raises(ExtractError, match=f"this is about {about}: nobody is said to join" if about else None):
        extract(case["text"].encode(), "text.txt", known=records)


@pytest.mark.parametrize("case", TEXTS["admitted"], ids=lambda case: case["name"])
def test_what_is_told_of_in_passing_refuses_nothing(case: dict[str, Any], records: Records) -> None:
    draft = extract(case["text"].encode(), "text.txt", known=records)
    assert sorted(member.place for member in draft.members) == sorted(case["members"])
