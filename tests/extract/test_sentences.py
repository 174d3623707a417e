"""What sentences and lists say of the cities they name: who joined, and who is told of for another reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.extract import Draft, extract
from knowledge.extract.linking import bare_name
from knowledge.names import key
from knowledge.reading import Records

TEXTS = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def known(records: Records) -> Records:
    return records


def draft_of(case: dict[str, Any], known: Records) -> Draft:
    return extract(f"{TEXTS['frame']}\n{case['says']}".encode(), "text.txt", known=known)


def spelled(name: str) -> str:
    return key(bare_name(name))


@pytest.mark.parametrize("case", [*TEXTS["cases"], *TEXTS["lists"]], ids=lambda case: case["says"].strip()[-60:])
def test_who_joined_and_who_did_not(case: dict[str, Any], known: Records) -> None:
    draft = draft_of(case, known)
    assert {(spelled(m.printed), m.country) for m in draft.members} == {(spelled(n), c) for n, c in case["members"]}
    told = "\n".join(f"{doubt.message} {doubt.quoted}" for doubt in draft.doubts)
    assert [name for name in case.get("aside", ()) if name not in told] == []
    assert case.get("doubt", "") in told


def test_what_a_text_does_not_say_is_told(known: Records) -> None:
    """A draft without a member, a publisher or a country for a name says so, where it has to be written."""
    draft = draft_of({"says": "Hua Hin and Udon Thani join."}, known)
    told = {doubt.kind: doubt.message for doubt in draft.doubts}
    assert "the text gives no country for these" in "\n".join(doubt.message for doubt in draft.doubts)
    draft = draft_of({"says": "It welcomes 66 new members from 57 countries."}, known)
    assert draft.members == ()
    assert any(doubt.kind == "unread" and "no new member was read" in doubt.message for doubt in draft.doubts)
    told = {doubt.kind: doubt.message for doubt in extract(b"Learning cities\n\nLyon (France) joins.").doubts}
    assert "who publishes it was not found" in told["publisher"]
