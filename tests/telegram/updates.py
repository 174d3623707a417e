"""Chats, people and messages as Telegram describes them in updates."""

from __future__ import annotations

import re
from typing import Any

from .html import units

Json = dict[str, Any]

BOT: Json = {"id": 4242, "is_bot": True, "first_name": "Learning Cities", "username": "LearningCitiesBot"}
ANN: Json = {"id": 11, "is_bot": False, "first_name": "Ann", "language_code": "en"}
NOK: Json = {"id": 12, "is_bot": False, "first_name": "นก", "language_code": "th"}
WITH_ANN: Json = {"id": 11, "type": "private", "first_name": "Ann"}
WITH_NOK: Json = {"id": 12, "type": "private", "first_name": "นก"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "Teachers"}
FORUM: Json = {"id": -1002, "type": "supergroup", "title": "Forum", "is_forum": True}
CHANNEL: Json = {"id": -1003, "type": "channel", "title": "News"}
ELSEWHERE: Json = {"id": 900, "type": "private", "first_name": "Ben"}

ENTITIES = re.compile(r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]+(?:@\w+)?)|(?P<mention>(?<![\w@])@\w{5,32})")


def entities(text: str) -> list[Json]:
    """Return the commands and mentions in a text, as Telegram marks them."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in ENTITIES.finditer(text)
    ]


def message(text: str | None, chat: Json, person: Json, **extra: Any) -> Json:
    """Return a message, without its number and date; `caption=` in `extra` stands for a picture with words."""
    body: Json = {"chat": chat, "from": person, **extra}
    if text is not None:
        body["text"] = text
        body.setdefault("entities", entities(text))
    if "caption" in extra:
        body["photo"] = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
        body["caption_entities"] = entities(extra["caption"])
    return body


def post(text: str, chat: Json, **extra: Any) -> Json:
    """Return a post of a channel, without its number and date: nobody has written it but the channel."""
    return {"chat": chat, "sender_chat": chat, "text": text, "entities": entities(text), **extra}


def topic(number: int, person: Json = ANN) -> Json:
    """Return what makes a message one of a forum's topic, opened by `person`."""
    opening = {
        "message_id": number,
        "date": 1,
        "chat": FORUM,
        "from": person,
        "message_thread_id": number,
        "is_topic_message": True,
        "forum_topic_created": {"name": "Cities", "icon_color": 7322096},
    }
    return {"message_thread_id": number, "is_topic_message": True, "reply_to_message": opening}
