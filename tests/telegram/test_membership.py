"""Coming into groups, leaving them, and what cannot be written to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.phrases import phrase
from bot.state import State

from .engine import StubEngine
from .server import FakeTelegram
from .test_asking import texts
from .updates import ANN, BOT, CHANNEL, GROUP, NOK, Json

NAME = BOT["username"]


@pytest.mark.parametrize(
    ("after", "hears_all", "more"),
    [
        ("member", False, "greeting_private"),
        ("member", True, "greeting_heard"),
        ("administrator", False, "greeting_heard"),
    ],
)
@pytest.mark.parametrize(("person", "language"), [(ANN, "en"), (NOK, "th")])
def test_a_group_is_told_once_how_to_ask(
    server: FakeTelegram,
    run: Callable[..., Any],
    after: str,
    hears_all: bool,
    more: str,
    person: Json,
    language: Any,
) -> None:
    server.hears_all = hears_all
    run(StubEngine())
    server.keep({"chat": GROUP, "from": ANN})
    for change in (("left", after), (after, "member"), ("member", "administrator"), ("member", "kicked")):
        server.push("my_chat_member", _change(*change, person))
    server.say("/ask done", GROUP)
    greeting, done = server.wait_sent(2)
    assert greeting["text"] == phrase("greeting", language, bot=NAME, more=phrase(more, language, bot=NAME))
    assert done["text"] == "1: done"


def test_a_channel_is_not_greeted(telegram: FakeTelegram) -> None:
    telegram.keep({"chat": CHANNEL})
    telegram.push("my_chat_member", _change("left", "administrator", ANN, CHANNEL))
    telegram.say("/ask done", GROUP)
    assert texts(telegram.wait_sent()) == ["1: done"]


def test_a_group_that_put_the_bot_out_is_forgotten(server: FakeTelegram, run: Callable[..., Any]) -> None:
    state = State.in_memory()
    state.fix_language(GROUP["id"], "th")
    run(StubEngine(), state)
    server.push("my_chat_member", _change("member", "kicked", ANN))
    server.say("last")
    server.wait_sent()
    assert state.language(GROUP["id"]) is None


def test_a_group_that_becomes_a_supergroup_is_followed(server: FakeTelegram, run: Callable[..., Any]) -> None:
    old, new = {"id": -77, "type": "group", "title": "Teachers"}, {**GROUP, "id": -10077}
    state = State.in_memory()
    state.fix_language(old["id"], "th")
    run(StubEngine(), state)
    server.say("/ask before", old)
    server.wait_sent()
    server.say(None, old, migrate_to_chat_id=new["id"])
    server.say(None, new, migrate_from_chat_id=old["id"])
    server.say("/ask after", new)
    server.wait_sent(2)
    assert (state.language(old["id"]), state.language(new["id"])) == (None, "th")


def test_an_answer_finds_a_group_that_has_moved_meanwhile(server: FakeTelegram, run: Callable[..., Any]) -> None:
    old, new = {"id": -77, "type": "group", "title": "Teachers"}, {**GROUP, "id": -10077}
    state = State.in_memory()
    state.fix_language(old["id"], "th")
    run(StubEngine(), state)
    server.keep({"chat": new})
    server.moved[old["id"]] = new["id"]
    server.say("/ask on the way", old)
    (answer,) = server.wait_sent()
    assert (answer["chat"]["id"], answer["text"]) == (new["id"], "1: on the way")
    assert state.language(new["id"]) == "th"
    assert len([one for one in server.calls if one[0] == "sendMessage"]) == 2


def test_a_chat_that_blocked_the_bot_is_tried_once(telegram: FakeTelegram) -> None:
    def tries() -> int:
        return len([one for one in telegram.calls if one[0] == "sendMessage" and one[1]["chat_id"] == "11"])

    telegram.blocked.add(11)
    telegram.say("anyone there?")
    telegram.wait(lambda: tries() == 1, "the refusal")
    telegram.say("/ask done", GROUP)
    telegram.wait_sent()
    assert tries() == 1


def _change(before: str, after: str, person: Json, chat: Json = GROUP) -> Json:
    def member(status: str) -> Json:
        rights: Json = dict.fromkeys(
            (
                *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
                *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
                *("can_post_stories", "can_edit_stories", "can_delete_stories"),
            ),
            False,
        )
        more: dict[str, Json] = {"administrator": rights, "kicked": {"until_date": 0}}
        return {"user": BOT, "status": status, **more.get(status, {})}

    return {
        "chat": chat,
        "from": person,
        "date": int(time.time()),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
