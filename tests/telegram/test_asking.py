"""Where the bot answers, where it keeps silent, and where its answer goes."""

from __future__ import annotations

import pytest

from .engine import StubEngine, reply_to
from .server import FakeTelegram
from .updates import ANN, BOT, FORUM, GROUP, NOK, WITH_NOK, Json, topic

NAME = "@LearningCitiesBot"


def texts(messages: list[Json]) -> list[str]:
    """Return what messages say."""
    return [message["text"] for message in messages]


def test_private_messages_are_answered_in_order(telegram: FakeTelegram) -> None:
    for text in ("one", "two", "three"):
        telegram.say(text)
    assert texts(telegram.wait_sent(3)) == ["1: one", "2: two", "3: three"]


def test_private_answers_do_not_quote_and_show_no_preview(telegram: FakeTelegram) -> None:
    telegram.say("hello")
    (answer,) = telegram.wait_sent()
    assert "reply_parameters" not in answer["parameters"]
    assert answer["parameters"]["link_preview_options"] == {"is_disabled": True}


def test_people_and_chats_have_memories_of_their_own(telegram: FakeTelegram) -> None:
    telegram.say("mine")
    telegram.say("ของฉัน", WITH_NOK, NOK)
    telegram.say(f"ours {NAME}", GROUP, ANN)
    assert sorted(texts(telegram.wait_sent(3))) == ["1: mine", "1: ours", "1: ของฉัน"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (f"{NAME} which cities?", "which cities?"),
        (f"which {NAME} cities?", "which cities?"),
        ("🇹🇭🌏 เมืองไหนบ้าง @learningcitiesbot", "🇹🇭🌏 เมืองไหนบ้าง"),
        ("/ask which cities?", "which cities?"),
        (f"/ask{NAME} which\ncities?", "which cities?"),
        ("/ASK@learningCITIESbot which cities?", "which cities?"),
    ],
)
def test_a_group_is_answered_when_it_calls_the_bot(telegram: FakeTelegram, written: str, asked: str) -> None:
    question = telegram.say(written, GROUP)
    (answer,) = telegram.wait_sent()
    assert answer["text"] == f"1: {asked}"
    assert answer["reply_to_message"]["message_id"] == question["message_id"]


@pytest.mark.parametrize(
    "chatter",
    [
        "which Thai cities joined in 2022?",
        "LearningCitiesBot which Thai cities joined?",
        "@LearningCitiesBot2 which Thai cities joined?",
        "mail me at someone@LearningCitiesBot.example",
        "/ask@OtherCitiesBot which Thai cities joined?",
        "/cities@OtherCitiesBot",
        "/weather Hat Yai",
        "so /ask is the command?",
        "",
    ],
)
def test_a_group_is_left_alone_otherwise(telegram: FakeTelegram, chatter: str) -> None:
    telegram.say(chatter, GROUP)
    telegram.say(f"{NAME} asked", GROUP)
    assert texts(telegram.wait_sent()) == ["1: asked"]


def test_pictures_stickers_and_other_bots_in_a_group_are_left_alone(telegram: FakeTelegram) -> None:
    telegram.say(None, GROUP, caption="Hat Yai!")
    telegram.say(None, GROUP, caption="/weather Hat Yai")
    telegram.say(None, GROUP, sticker={"file_id": "f"} | _sticker())
    telegram.say(f"{NAME} asked by a bot", GROUP, BOT | {"id": 77, "username": "OtherCitiesBot"})
    telegram.say(f"{NAME} forwarded", GROUP, is_automatic_forward=True, sender_chat=GROUP)
    telegram.say(f"{NAME} asked", GROUP)
    assert texts(telegram.wait_sent()) == ["1: asked"]


def test_a_caption_can_ask(telegram: FakeTelegram) -> None:
    telegram.say(None, caption="in private")
    telegram.say(None, GROUP, caption=f"in a group {NAME}")
    telegram.say(None, GROUP, caption="/ask by command")
    assert sorted(texts(telegram.wait_sent(3))) == ["1: in a group", "1: in private", "2: by command"]


def test_a_person_is_named_without_a_username(telegram: FakeTelegram) -> None:
    mention = {"type": "text_mention", "offset": 3, "length": 6, "user": BOT}
    telegram.say("👋 Cities who joined?", GROUP, entities=[mention])
    assert texts(telegram.wait_sent()) == ["1: 👋 who joined?"]


def test_a_reply_to_the_bot_is_a_question(telegram: FakeTelegram) -> None:
    telegram.say(f"{NAME} first", GROUP)
    (answer,) = telegram.wait_sent()
    telegram.say("and 2024?", GROUP, reply_to_message=shown(answer))
    assert texts(telegram.wait_sent(2)) == ["1: first", "2: and 2024?"]


def test_a_reply_to_somebody_else_is_not(telegram: FakeTelegram) -> None:
    remark = telegram.say("Hat Yai is nice", GROUP, NOK)
    telegram.say("yes it is", GROUP, reply_to_message=remark)
    telegram.say(f"{NAME} asked", GROUP)
    assert texts(telegram.wait_sent()) == ["1: asked"]


@pytest.mark.parametrize("call", ["/ask", f"/ask{NAME}", NAME])
def test_a_call_in_reply_to_a_message_asks_that_message(telegram: FakeTelegram, call: str) -> None:
    remark = telegram.say("is Hat Yai a member?", GROUP, NOK)
    telegram.say(call, GROUP, reply_to_message=remark)
    assert texts(telegram.wait_sent()) == ["1: is Hat Yai a member?"]


def test_an_answer_stays_in_its_topic(telegram: FakeTelegram) -> None:
    question = telegram.say(f"{NAME} who joined?", FORUM, **topic(31))
    (answer,) = telegram.wait_sent()
    assert answer["message_thread_id"] == 31
    assert answer["reply_to_message"]["message_id"] == question["message_id"]


def test_a_topic_the_bot_opened_is_not_a_conversation_with_it(telegram: FakeTelegram) -> None:
    telegram.say("who joined?", FORUM, **topic(32, BOT))
    telegram.say(f"{NAME} asked", FORUM, **topic(32, BOT))
    assert texts(telegram.wait_sent()) == ["1: asked"]


def test_a_thread_of_replies_outside_a_forum_is_no_topic(telegram: FakeTelegram) -> None:
    telegram.say(f"{NAME} first", GROUP)
    (answer,) = telegram.wait_sent()
    telegram.say("more", GROUP, reply_to_message=shown(answer), message_thread_id=answer["message_id"])
    assert "message_thread_id" not in telegram.wait_sent(2)[1]["parameters"]


def test_an_anonymous_admin_is_answered(telegram: FakeTelegram) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    telegram.say(f"{NAME} who?", GROUP, anonymous, sender_chat=GROUP)
    assert texts(telegram.wait_sent()) == ["1: who?"]


def test_chatter_in_reply_to_the_bot_is_left_alone_in_groups(telegram: FakeTelegram, engine: StubEngine) -> None:
    engine.replies = {text: reply_to(text, outcome="off_topic") for text in ("555", "haha")}
    telegram.say(f"{NAME} first", GROUP)
    (answer,) = telegram.wait_sent()
    telegram.say("555", GROUP, reply_to_message=shown(answer))
    telegram.say(f"{NAME} haha", GROUP)
    telegram.say("555")
    assert sorted(texts(telegram.wait_sent(3))) == ["1: first", "555", "haha"]


def shown(message: Json) -> Json:
    """Return a sent message as updates show it."""
    return {name: value for name, value in message.items() if name not in {"parameters", "reply_to_message"}}


def _sticker() -> Json:
    return {
        "file_unique_id": "u",
        "type": "regular",
        "width": 9,
        "height": 9,
        "is_animated": False,
        "is_video": False,
    }
