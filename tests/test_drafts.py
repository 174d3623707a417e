"""Drafts are files that survive, and their log is only added to."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from bot import drafts as keeping
from bot.drafts import LOG_NAME, Drafts

OPEN = {"facts": ["+ x"], "points": [], "faults": [], "to_write": [], "id": "r"}


@pytest.mark.parametrize(
    ("review", "state", "may_be_taken"),
    [
        (OPEN, "open", True),
        ({**OPEN, "points": [{}]}, "open", False),
        ({**OPEN, "points": [{}]}, "settled", True),
        ({**OPEN, "faults": ["x"]}, "settled", False),
        ({**OPEN, "to_write": [{}]}, "settled", False),
        ({**OPEN, "facts": []}, "open", False),
        (OPEN, "taken", False),
        (OPEN, "discarded", False),
    ],
)
def test_what_may_be_taken(tmp_path: Path, review: dict[str, object], state: str, may_be_taken: bool) -> None:
    draft = Drafts(tmp_path).start(11, "a.txt", review=review)
    assert Drafts(tmp_path).keep(draft, state=state).may_be_taken is may_be_taken
    held = Drafts(tmp_path).get(draft.id)
    assert held is not None and held.may_be_taken is may_be_taken


@pytest.mark.parametrize("id_", ["", "..", "../../etc", "0000000g", "00000000", "0" * 9])
def test_ids_that_are_none(tmp_path: Path, id_: str) -> None:
    assert Drafts(tmp_path).get(id_) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"id": 1}', "\0"])
def test_a_damaged_file_is_no_draft(tmp_path: Path, content: str) -> None:
    draft = Drafts(tmp_path).start(11, "a.txt")
    (tmp_path / "drafts" / f"{draft.id}.json").write_text(content, encoding="utf-8")
    assert Drafts(tmp_path).get(draft.id) is None


def test_pasted_parts_are_ones_own_and_recent(tmp_path: Path) -> None:
    held = Drafts(tmp_path)
    mine = held.start(11, "text.txt", "pasted", texts=("a",))
    held.start(12, "text.txt", "pasted", texts=("b",))
    held.start(11, "a.pdf")
    assert held.pasted(11, 60) == mine
    assert held.pasted(13, 60) is None
    time.sleep(0.01)
    assert held.pasted(11, 0.001) is None


def test_old_drafts_are_let_go(tmp_path: Path) -> None:
    held = Drafts(tmp_path)
    old = held.start(11, "a.txt")
    path = tmp_path / "drafts" / f"{old.id}.json"
    os.utime(path, (0, time.time() - keeping.KEPT - 1))
    new = held.start(11, "b.txt")
    assert held.get(old.id) is None and held.get(new.id) == new


def test_the_log_keeps_every_line_of_many_at_once(tmp_path: Path) -> None:
    held = Drafts(tmp_path)
    threads = [threading.Thread(target=lambda: [held.log(11, "x", None, n=n) for n in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (tmp_path / LOG_NAME).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 80
    assert {json.loads(line)["who"] for line in lines} == {11}
