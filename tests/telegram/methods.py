"""What the stand-in checks and does for each method of the Bot API, worded as the real server words it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .html import CannotParse, parse, units
from .updates import BOT, Json

if TYPE_CHECKING:
    from .server import FakeTelegram

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_MESSAGE = 4096
LONGEST_DATA = 64


class Refusal(Exception):
    """An answer with `ok: false`."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def body(self) -> Json:
        """Return the answer as JSON."""
        more = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.status, "description": self.description, **more}


class Garbage(Refusal):
    """An answer that is not Telegram's: a proxy's page, say."""


class Silence(Refusal):
    """No answer, with the connection held open."""

    def __init__(self) -> None:
        super().__init__(0, "")


class Reset(Refusal):
    """The connection cut off before an answer."""

    def __init__(self) -> None:
        super().__init__(0, "")


def bad_request(words: str) -> Refusal:
    """Return a refusal of a wrong request."""
    return Refusal(400, f"Bad Request: {words}")


def send_message(server: FakeTelegram, parameters: Json) -> Json:
    """Check a message as the server does, and keep it."""
    chat = int(parameters["chat_id"])
    if chat not in server.chats:
        raise bad_request("chat not found")
    if chat in server.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    message = {
        "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
        "from": BOT,
        **_content(parameters),
        **_place(server, chat, parameters),
        **_markup(parameters),
        "parameters": parameters,
    }
    server.sent.append(server.keep(message))
    server.changed.notify_all()
    return {name: value for name, value in message.items() if name != "parameters"}


def _content(parameters: Json) -> Json:
    text = str(parameters.get("text", ""))
    entities: list[Json] = []
    if parameters.get("parse_mode") == "HTML":
        try:
            text, entities = parse(text)
        except CannotParse as problem:
            raise bad_request(f"can't parse entities: {problem}") from None
    if not text.strip():
        raise bad_request("message text is empty")
    if units(text.strip()) > LONGEST_MESSAGE:
        raise bad_request("message is too long")
    return {"text": text.strip(), "entities": entities}


def _place(server: FakeTelegram, chat: int, parameters: Json) -> Json:
    place: Json = {}
    if "message_thread_id" in parameters:
        topic = int(parameters["message_thread_id"])
        if (chat, topic) not in server.topics:
            raise bad_request("message thread not found")
        place |= {"message_thread_id": topic, "is_topic_message": True}
    if quoted := parameters.get("reply_parameters"):
        replied = server.messages.get((chat, quoted["message_id"]))
        if replied is not None:
            shown = {name: value for name, value in replied.items() if name not in {"reply_to_message", "parameters"}}
            place["reply_to_message"] = shown
        elif not quoted.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    return place


def _markup(parameters: Json) -> Json:
    markup = parameters.get("reply_markup")
    if not markup:
        return {}
    for button in (button for row in markup["inline_keyboard"] for button in row):
        data = button.get("callback_data")
        if data is None:
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(data.encode()) <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        if not button["text"].strip():
            raise bad_request("BUTTON_TEXT_INVALID")
    return {"reply_markup": markup}


def answer_callback_query(server: FakeTelegram, parameters: Json) -> bool:
    """Take the answer to a pressed button, once."""
    if parameters["callback_query_id"] not in server.queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    server.queries.remove(parameters["callback_query_id"])
    return True


def set_my_commands(server: FakeTelegram, parameters: Json) -> bool:
    """Keep the menu of a language."""
    for command in parameters["commands"]:
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    server.commands[parameters.get("language_code", "")] = parameters["commands"]
    server.changed.notify_all()
    return True


def set_webhook(server: FakeTelegram, parameters: Json) -> bool:
    """Take an address to deliver to."""
    if not parameters["url"].startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", parameters.get("secret_token", "-")):
        raise bad_request("secret token contains unallowed characters")
    server.webhook = {"url": parameters["url"], "has_custom_certificate": False, "pending_update_count": 0}
    server.allowed = parameters.get("allowed_updates", server.allowed)
    server.changed.notify_all()
    return True


def get_webhook_info(server: FakeTelegram, _parameters: Json) -> Json:
    """Tell where is delivered to."""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": 0, **server.webhook}


def delete_webhook(server: FakeTelegram, _parameters: Json) -> bool:
    """Deliver no more."""
    server.webhook = {}
    return True


def _agree(_server: FakeTelegram, _parameters: Json) -> bool:
    return True


METHODS: dict[str, Callable[[FakeTelegram, Json], Any]] = {
    "sendMessage": send_message,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setWebhook": set_webhook,
    "sendChatAction": _agree,
}
