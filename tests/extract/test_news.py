"""Whole texts, as newspapers, city halls and ministries write them: who is read as joining, and which numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.extract import extract
from knowledge.extract.rows import spelled
from knowledge.reading import Records

TEXTS = yaml.safe_load((Path(__file__).parent / "news.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_members_and_numbers_of_a_text(case: dict[str, Any], records: Records) -> None:
    draft = extract(case["text"].encode(), "text.txt", known=records)
    assert sorted(member.place for member in draft.members) == sorted(case["members"])
    doubtful = {member.place for member in draft.members if member.confidence == "doubtful"}
    assert set(case.get("doubtful", ())) <= doubtful
    assert draft.year == case.get("year", draft.year)
    assert draft.announced == case.get("announced", draft.announced)
    said = {(spelled(number.scope), number.measure, number.value) for number in draft.numbers}
    assert {(scope, measure, value) for scope, measure, value in case["counts"]} - said == set()
    assert {number.value for number in draft.numbers}.isdisjoint(case.get("without", ()))
