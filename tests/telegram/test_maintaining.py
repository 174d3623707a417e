"""A maintainer and an announcement, from the file to the answers, over Telegram's protocol."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.drafts import LOG_NAME
from bot.live import Live
from bot.phrases import phrase
from bot.state import State
from knowledge.build import build
from knowledge.location import additions, digest, stamps

from .conftest import Running
from .server import FakeTelegram
from .updates import ANN, GROUP, NOK, WITH_ANN, WITH_NOK, Json

RECORD = (Path(__file__).parents[1] / "records" / "2031-uil-en.yaml").read_bytes()
ANNOUNCEMENT = Path(__file__).parents[1] / "records" / "announcement-2031.txt"
QUESTION = "Which Thai cities joined in 2031?"
BEFORE, AFTER = "Our sources hold no round of new members for 2031.", "1 city from Thailand joined in 2031."
SLOW = 60.0


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A review is a process of its own, which takes seconds."""
    monkeypatch.setattr("tests.telegram.server.PATIENCE", SLOW)


@pytest.fixture
def facts(tmp_path: Path, facts_path: Path) -> Path:
    """A fact base in a data folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(facts_path, folder / "facts.sqlite"))


@pytest.fixture
def maintained(server: FakeTelegram, run: Callable[..., Running], facts: Path) -> FakeTelegram:
    """The stand-in for Telegram with a bot that Ann and Nok maintain."""
    run(Live.open(facts), maintainers=frozenset({ANN["id"], NOK["id"]}))
    return server


def said(server: FakeTelegram, number: int) -> Json:
    """Return what was sent as the message of that number, counted from 1."""
    return server.wait_sent(number)[number - 1]


def actions(message: Json) -> list[str]:
    """Return what the buttons of a message do."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"].rpartition(":")[2] for row in rows for button in row]


def press(server: FakeTelegram, message: Json, action: str, person: Json = ANN) -> None:
    server.press(message, actions(message).index(action), person)


def reviewed(server: FakeTelegram, content: bytes, name: str = "draft.yaml", person: Json = ANN) -> Json:
    """Send a file, wait until its review is shown, and return the message with the buttons."""
    before, chat = len(server.sent), WITH_ANN if person == ANN else WITH_NOK
    server.upload(name, content, person, chat)
    server.wait(lambda: any(actions(one) for one in server.sent[before:]), "buttons")
    return next(one for one in server.sent[before:] if actions(one))


def logged(facts: Path) -> list[dict[str, Any]]:
    text = (facts.parent / LOG_NAME).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def settled(server: FakeTelegram, message: Json) -> Json:
    """Return the message that can be approved."""
    if "settle" not in actions(message):
        return message
    count = len(server.sent)
    press(server, message, "settle")
    return said(server, count + 1)


def test_from_the_record_to_the_answer(maintained: FakeTelegram, facts: Path) -> None:
    buttons = reviewed(maintained, RECORD)
    reading, review = maintained.sent[0]["text"], "\n".join(one["text"] for one in maintained.sent[1:-1])
    assert reading == phrase("draft_reading", "en", name="draft.yaml")
    assert review.startswith("Draft 2031-uil-en: 2 cities join in 2031\n• Pakse (LA)\n• Udon Thani (TH)")
    assert "+ declared 2031 world new_cities uil-2031-en: 4" in review
    assert f"- {BEFORE}" in review and f"+ {AFTER}" in review
    assert actions(buttons) == ["approve", "show", "discard"]
    assert stamps(facts)["digest"] == digest()

    count = len(maintained.sent)
    press(maintained, buttons, "approve")
    done = said(maintained, count + 1)["text"]
    (kept,) = additions(facts)
    assert kept.read_bytes() == RECORD
    assert kept.name.endswith("-2031-uil-en.yaml") and kept.name[:4].isdigit()
    assert done.startswith(f"2031-uil-en is in, kept as {kept.name}.")
    assert f"+ {AFTER}" in done
    assert "reply_markup" not in maintained.messages[WITH_ANN["id"], buttons["message_id"]]

    count = len(maintained.sent)
    maintained.say(QUESTION, WITH_NOK, NOK)
    assert said(maintained, count + 1)["text"].startswith(AFTER)
    assert [line["what"] for line in logged(facts)] == ["received", "reviewed", "approved", "installed"]
    assert {line["who"] for line in logged(facts)} == {ANN["id"]}
    assert stat.S_IMODE((facts.parent / LOG_NAME).stat().st_mode) == 0o600


def test_show_and_discard(maintained: FakeTelegram, facts: Path) -> None:
    buttons = reviewed(maintained, RECORD, person=NOK)
    approve = buttons["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    press(maintained, buttons, "show", NOK)
    maintained.wait(lambda: "sent/2031-uil-en.yaml" in maintained.files, "the record")
    assert maintained.files["sent/2031-uil-en.yaml"] == RECORD
    count = len(maintained.sent)
    press(maintained, buttons, "discard", NOK)
    assert said(maintained, count + 1)["text"] == phrase("draft_discarded", "th", id="2031-uil-en")
    count = len(maintained.sent)
    maintained.press_data(approve, buttons, NOK)
    assert said(maintained, count + 1)["text"] == phrase("draft_closed", "th")
    assert additions(facts) == [] and stamps(facts)["digest"] == digest()
    assert [line["what"] for line in logged(facts)] == ["received", "reviewed", "shown", "discarded"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("draft.yaml", b"id: [", "draft.yaml:2:1: YAML: "),
        ("draft.yaml", b"", "draft.yaml: Input should be"),
        ("draft.yaml", b"\xff\xfe", "draft.yaml: is not UTF-8"),
        ("../../etc/x.yaml", b"id: 7\n", "etc_x.yaml:1: id: Input should be a valid string"),
    ],
    ids=["syntax", "empty", "bytes", "path"],
)
def test_what_cannot_be_read_is_one_line(
    maintained: FakeTelegram, facts: Path, name: str, content: bytes, why: str
) -> None:
    maintained.upload(name, content)
    told = said(maintained, 2)["text"]
    assert told.startswith(f"{name} cannot be taken: ") and why in told
    assert len(told.splitlines()) == 1 and str(facts.parent) not in told
    assert logged(facts)[-1]["what"] == "refused"
    assert additions(facts) == []


def test_a_record_that_does_not_hold_together_cannot_be_approved(maintained: FakeTelegram) -> None:
    buttons = reviewed(maintained, RECORD.replace(b"place: pakse", b"place: paxe"))
    assert "draft.yaml:28: no place paxe in places.yaml" in maintained.sent[1]["text"]
    assert actions(buttons) == ["show", "discard"]
    assert buttons["text"] == phrase("draft_edit", "en")
    corrected = reviewed(maintained, RECORD)
    assert "approve" in actions(corrected)


def test_a_record_that_changes_nothing(maintained: FakeTelegram, facts: Path) -> None:
    shipped = next(path for path in Path("knowledge/announcements").glob("2019.yaml"))
    buttons = reviewed(maintained, shipped.read_bytes(), "2019.yaml")
    assert actions(buttons) == ["show", "discard"]


def test_two_maintainers_do_not_overwrite_each_other(maintained: FakeTelegram, facts: Path) -> None:
    one = reviewed(maintained, RECORD)
    other_record = RECORD.replace(b"paragraph 2", b"paragraph 9")
    other = reviewed(maintained, other_record, person=NOK)
    count = len(maintained.sent)
    press(maintained, one, "approve")
    assert "is in, kept as" in said(maintained, count + 1)["text"]
    count = len(maintained.sent)
    press(maintained, other, "approve", NOK)
    stale = said(maintained, count + 1)
    assert stale["text"] == phrase("draft_stale", "th")
    assert actions(stale) == ["look", "discard"]
    (kept,) = additions(facts)
    assert kept.read_bytes() == RECORD

    count = len(maintained.sent)
    press(maintained, stale, "look", NOK)
    maintained.wait(lambda: any("approve" in actions(m) for m in maintained.sent[count:]), "a new review")
    again = next(m for m in maintained.sent[count:] if actions(m))
    text = "\n".join(m["text"] for m in maintained.sent[count:])
    assert "* membership 2031 pakse: locator paragraph 2 → paragraph 9" in text
    count = len(maintained.sent)
    press(maintained, again, "approve", NOK)
    assert phrase("draft_installed", "th", id="2031-uil-en", file=kept.name) in said(maintained, count + 1)["text"]
    assert [path.read_bytes() for path in additions(facts)] == [other_record]
    assert "stale" in {line["what"] for line in logged(facts)}


def test_buttons_work_after_a_restart(server: FakeTelegram, run: Callable[..., Running], facts: Path) -> None:
    first = run(Live.open(facts), maintainers=frozenset({ANN["id"]}))
    buttons = reviewed(server, RECORD)
    first.stop()
    run(Live.open(facts), maintainers=frozenset({ANN["id"]}))
    count = len(server.sent)
    press(server, buttons, "approve")
    assert "is in, kept as" in said(server, count + 1)["text"]


def test_a_draft_against_a_fact_base_that_was_built_anew_is_stale(maintained: FakeTelegram, facts: Path) -> None:
    buttons = reviewed(maintained, RECORD)
    record = facts.parent / "announcements" / "other.yaml"
    record.parent.mkdir()
    record.write_text("id: other\nsources:\n  - {id: other, publisher: P, language: en}\n", encoding="utf-8")
    build(facts, added=[record])
    count = len(maintained.sent)
    press(maintained, buttons, "approve")
    assert said(maintained, count + 1)["text"] == phrase("draft_stale", "en")
    assert additions(facts) == [record]


def test_others_notice_nothing(server: FakeTelegram, run: Callable[..., Running], facts: Path) -> None:
    """A stranger's file, command, long text and button get what everybody gets, with and without maintainers."""
    heard = []
    for maintainers in (frozenset[int](), frozenset({ANN["id"]})):
        running = run(Live.open(facts), State.in_memory(), maintainers=maintainers)
        before = len(server.sent)
        server.upload("a.yaml", RECORD, NOK, WITH_NOK)
        said(server, before + 1)
        server.say("/draft", WITH_NOK, NOK)
        said(server, before + 2)
        server.say("เมืองแห่งการเรียนรู้ " * 60, WITH_NOK, NOK)
        said(server, before + 3)
        server.upload("a.yaml", RECORD, ANN, GROUP)
        server.say(f"{QUESTION} @LearningCitiesBot", GROUP, ANN)
        said(server, before + 4)
        heard.append([one["text"] for one in server.sent[before:]])
        running.stop()
    assert heard[0] == heard[1]
    assert not (facts.parent / LOG_NAME).exists()


def test_a_strangers_button_is_not_a_maintainers(maintained: FakeTelegram, facts: Path) -> None:
    buttons = reviewed(maintained, RECORD)
    stranger = {**NOK, "id": 99}
    data = buttons["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    maintained.press_data(data, buttons, stranger)
    maintained.press_data(data, buttons, NOK)  # a maintainer, but it is not theirs
    maintained.wait(lambda: any(m["text"] == phrase("draft_closed", "th") for m in maintained.sent), "a refusal")
    assert additions(facts) == []


def test_files_too_large_are_not_fetched(maintained: FakeTelegram) -> None:
    maintained.upload("big.pdf", b"x", file_size=20_000_001)
    assert said(maintained, 1)["text"] == phrase("draft_too_large", "en", name="big.pdf", most="10")
    assert "getFile" not in {method for method, _ in maintained.calls}


def test_a_file_that_cannot_be_fetched(maintained: FakeTelegram) -> None:
    maintained.upload("lost.pdf", b"x", file_id="documents/none")
    assert said(maintained, 1)["text"].startswith("lost.pdf cannot be taken: ")


def test_a_long_text_is_offered_to_be_read_and_a_question_is_answered(maintained: FakeTelegram) -> None:
    maintained.say("Is Hat Yai a member?")
    assert said(maintained, 1)["text"].startswith("Yes, Hat Yai")
    text = "The price of rice rose again last week, as traders in the north had expected. " * 30
    maintained.say(text[:1200])
    offer = said(maintained, 2)
    assert offer["text"] == phrase("draft_paste", "en", letters="1200", parts="1")
    maintained.say(text[1200:])
    offer = said(maintained, 3)
    assert offer["text"] == phrase("draft_paste", "en", letters=str(len(text)), parts="2")
    press(maintained, offer, "read")
    assert said(maintained, 4)["text"] == phrase("draft_reading", "en", name="text.txt")
    assert said(maintained, 5)["text"].startswith("text.txt cannot be taken: ")


def test_an_announcement_pasted_in_two_messages(maintained: FakeTelegram, facts: Path) -> None:
    text = ANNOUNCEMENT.read_text(encoding="utf-8")
    cut = text.index("- Pakse")
    maintained.say(text[:cut] + " " * 800)
    said(maintained, 1)
    maintained.say(text[cut:])
    press(maintained, said(maintained, 2), "read")
    maintained.wait(lambda: any("settle" in actions(one) for one in maintained.sent), "buttons")
    told = "\n".join(one["text"] for one in maintained.sent)
    assert (
        "Draft 2031-uil-en: 4 cities join in 2031\n• Hua Hin (TH)\n• Lyon (FR)\n• Pakse (LA)\n• Udon Thani (TH)" in told
    )
    assert "• new place: no members before: Hua Hin (TH), Pakse (LA), Lyon (FR)" in told
    buttons = settled(maintained, maintained.sent[-1])
    assert actions(buttons) == ["approve", "show", "discard"]
    count = len(maintained.sent)
    press(maintained, buttons, "approve")
    assert "is in, kept as" in said(maintained, count + 1)["text"]
    assert [line["what"] for line in logged(facts)] == ["received", "reviewed", "settled", "approved", "installed"]
    (kept,) = additions(facts)
    assert "review:" not in kept.read_text(encoding="utf-8")
    count = len(maintained.sent)
    maintained.say("เมืองไทยไหนเข้าร่วมปี 2574", WITH_NOK, NOK)
    assert said(maintained, count + 1)["text"].startswith("ปี 2574 (2031) มีเมืองจากประเทศไทยเข้าร่วม 2 เมือง")


def test_misses_are_shown_to_maintainers(server: FakeTelegram, run: Callable[..., Running], facts: Path) -> None:
    state = State.in_memory()
    run(Live.open(facts), state, maintainers=frozenset({ANN["id"]}))
    for text in ("What is the budget of the network?", "what is the budget of this network"):
        server.say(text, WITH_NOK, NOK)
    server.wait_sent(2)
    server.say("/misses")
    assert said(server, 3)["text"].startswith("2 × ")
    server.say("/misses", WITH_NOK, NOK)
    assert said(server, 4)["text"] == phrase("unknown_command", "th")


def test_draft_command_tells_how(maintained: FakeTelegram) -> None:
    maintained.say("/draft")
    assert said(maintained, 1)["text"] == phrase("draft_hint", "en")
    sent = maintained.keep({"chat": WITH_ANN, "from": ANN, "text": "Good morning"})
    maintained.say("/draft", reply_to_message=sent)
    assert said(maintained, 3)["text"].startswith("text.txt cannot be taken: ")
