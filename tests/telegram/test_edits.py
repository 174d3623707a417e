"""Edited questions: the answer follows, in place where it can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.replies.reply import Group

from .engine import StubEngine, reply_to
from .methods import Refusal
from .server import FakeTelegram
from .test_asking import texts
from .updates import CHANNEL, GROUP, NOK, WITH_ANN, WITH_NOK

NAME = "@LearningCitiesBot"
GONE = Refusal(400, "Bad Request: message can't be edited")


def settled(telegram: FakeTelegram) -> list[str]:
    """Return what all messages say once everything pushed so far is handled: a chat's updates are, one by one."""
    for chat in (WITH_ANN, WITH_NOK, GROUP):
        telegram.say("/ask settled", chat)

    def said(settled: bool) -> list[str]:
        return [text for text in texts(telegram.sent) if text.endswith(": settled") == settled]

    telegram.wait(lambda: len(said(True)) == 3, "three chats to settle")
    return said(False)


@pytest.mark.parametrize(("old", "new"), [("which cites?", "which cities?"), ("เมืองไทน", "เมืองไทย")])
def test_an_edited_question_edits_its_answer(telegram: FakeTelegram, old: str, new: str) -> None:
    question = telegram.say(old)
    (answer,) = telegram.wait_sent()
    telegram.edit(question, new)
    telegram.wait(lambda: telegram.edits == 1, "the edit")
    assert answer["text"] == f"1: {new}"
    telegram.say("and then?")
    assert texts(telegram.wait_sent(2)) == [f"1: {new}", "2: and then?"]


def test_every_edit_counts_and_the_same_again_does_not(telegram: FakeTelegram) -> None:
    question = telegram.say("one")
    telegram.wait_sent()
    for text in ("two", "two", "three", "one"):
        telegram.edit(question, text)
    telegram.wait(lambda: telegram.edits == 3, "three edits")
    assert settled(telegram) == ["1: one"]


def test_an_edit_that_changes_nothing_in_the_answer_is_no_error(
    telegram: FakeTelegram, engine: StubEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.replies = {"one": reply_to("the same"), "two": reply_to("the same")}
    question = telegram.say("one")
    telegram.wait_sent()
    telegram.edit(question, "two")
    telegram.wait(lambda: any(method == "editMessageText" for method, _ in telegram.calls), "the edit")
    assert settled(telegram) == ["the same"]
    assert caplog.records == []


def test_an_answer_that_is_gone_is_given_anew(telegram: FakeTelegram) -> None:
    question = telegram.say("one")
    (answer,) = telegram.wait_sent()
    del telegram.messages[11, answer["message_id"]]
    telegram.edit(question, "two")
    telegram.wait_sent(2)
    telegram.fail("editMessageText", GONE)
    telegram.edit(question, "three")
    assert texts(telegram.wait_sent(3)) == ["1: one", "1: two", "1: three"]
    telegram.edit(question, "four")
    telegram.wait(lambda: telegram.edits == 1, "the edit of the latest answer")
    assert telegram.sent[-1]["text"] == "1: four"


def test_a_question_deleted_in_the_meantime_is_no_error(telegram: FakeTelegram) -> None:
    question = telegram.say(f"{NAME} one", GROUP)
    (answer,) = telegram.wait_sent()
    del telegram.messages[GROUP["id"], question["message_id"]]
    del telegram.messages[GROUP["id"], answer["message_id"]]
    telegram.edit(question, f"{NAME} two")
    assert "reply_to_message" not in telegram.wait_sent(2)[1]


def test_long_answers_grow_and_shrink(telegram: FakeTelegram, engine: StubEngine) -> None:
    engine.replies["long"] = reply_to("Long", Group("", tuple(f"City {n} " + "x" * 60 for n in range(150))))
    question = telegram.say("short")
    telegram.wait_sent()
    telegram.edit(question, "long")
    telegram.wait(lambda: len(telegram.sent) > 1 and "reply_markup" in telegram.sent[-1], "the rest of it")
    parts = len(telegram.sent)
    assert telegram.sent[0]["text"].startswith("Long")
    assert "reply_markup" not in telegram.sent[0]
    telegram.edit(question, "short again")
    telegram.wait(lambda: telegram.edits == 2, "the second edit")
    telegram.wait(
        lambda: len([one for one in telegram.calls if one[0] == "deleteMessage"]) == parts - 1, "the rest to go"
    )
    assert telegram.sent[0]["text"] == "1: short again"


def test_a_group_is_answered_when_an_edit_calls_the_bot(telegram: FakeTelegram) -> None:
    remark = telegram.say("which cities?", GROUP)
    old = telegram.say("long ago", GROUP)
    telegram.edit(old, f"{NAME} long ago", edit_date=old["date"] + 100_000)
    telegram.edit(remark, f"{NAME} which cities?")
    telegram.edit(telegram.say("/cities@OtherCitiesBot", GROUP), "/weather")
    assert settled(telegram) == ["1: which cities?"]
    (answer,) = (one for one in telegram.sent if one["text"] == "1: which cities?")
    assert answer["reply_to_message"]["message_id"] == remark["message_id"]


def test_a_question_that_calls_the_bot_no_longer_keeps_its_answer(telegram: FakeTelegram) -> None:
    question = telegram.say(f"{NAME} which cities?", GROUP)
    telegram.wait_sent()
    telegram.edit(question, "never mind")
    assert settled(telegram) == ["1: which cities?"]
    assert telegram.edits == 0


@pytest.mark.parametrize("command", ["/ask", f"/ask{NAME}"])
def test_commands_can_be_edited(telegram: FakeTelegram, command: str) -> None:
    question = telegram.say(f"{command} one", GROUP)
    telegram.wait_sent()
    telegram.edit(question, f"{command} two")
    telegram.wait(lambda: telegram.edits == 1, "the edit")
    telegram.edit(question, "/cities ประเทศไทย")
    telegram.wait(lambda: telegram.edits == 2, "another command")
    assert texts(telegram.sent) == ["1: ประเทศไทย มีเมืองแห่งการเรียนรู้อะไรบ้าง"]


def test_after_a_restart_a_fresh_edit_is_answered_and_an_old_one_is_not(
    server: FakeTelegram, run: Callable[..., Any]
) -> None:
    first = run(StubEngine())
    fresh, old = server.say("one"), server.say("หนึ่ง", WITH_NOK, NOK)
    server.wait_sent(2)
    first.stop()
    run(StubEngine())
    server.edit(old, "สอง", edit_date=old["date"] + 100_000)
    server.edit(fresh, "two")
    assert settled(server)[2:] == ["1: two"]


def test_an_edited_post_edits_its_answer(telegram: FakeTelegram) -> None:
    post = telegram.post(f"{NAME} เมืองไหนบ้าง", CHANNEL)
    (answer,) = telegram.wait_sent()
    telegram.edit(post, f"{NAME} which cities?")
    telegram.wait(lambda: telegram.edits == 1, "the edit")
    assert answer["text"] == "1: which cities?"
