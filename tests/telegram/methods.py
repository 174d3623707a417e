"""What the stand-in checks and does for each method of the Bot API, worded as the real server words it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .html import CannotParse, parse, units
from .updates import BOT, Json

if TYPE_CHECKING:
    from .server import FakeTelegram

LONGEST_MESSAGE = 4096
LONGEST_CAPTION = 1024
LONGEST_DATA = 64
LARGEST_FILE = 20 * 1024 * 1024
LINK = re.compile(r"https?://\S+|tg://\S+")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


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
    chat = _chat(server, parameters)
    return _sent(server, chat, parameters, content(parameters))


def send_location(server: FakeTelegram, parameters: Json) -> Json:
    """Check a place on the map as the server does, and keep it."""
    chat = _chat(server, parameters)
    try:
        found = {name: float(parameters[name]) for name in ("latitude", "longitude")}
    except (KeyError, ValueError):
        raise bad_request("latitude is empty") from None
    if abs(found["latitude"]) > 90 or abs(found["longitude"]) > 180:
        raise bad_request("LOCATION_INVALID")
    return _sent(server, chat, parameters, {"location": found})


def send_photo(server: FakeTelegram, parameters: Json) -> Json:
    """Check a picture as the server does, and keep it; one that was sent before may be named by its id."""
    chat = _chat(server, parameters)
    photo = parameters["photo"]
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = parameters[photo.removeprefix("attach://")]
    if isinstance(photo, bytes):
        identity = f"photo-{len(server.photos)}"
        server.photos[identity] = photo
    elif photo in server.photos:
        identity = photo
    else:
        raise bad_request("wrong file identifier/HTTP URL specified")
    width, height = _dimensions(server.photos[identity])
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    caption = content(parameters, "caption", LONGEST_CAPTION) if "caption" in parameters else {}
    sizes = [{"file_id": identity, "file_unique_id": identity, "width": width, "height": height}]
    shown = {"caption": caption.get("text"), "caption_entities": caption.get("entities", [])} if caption else {}
    kept = {name: value for name, value in parameters.items() if not isinstance(value, bytes)}
    return _sent(server, chat, kept, {"photo": sizes, **shown})


def _dimensions(photo: bytes) -> tuple[int, int]:
    if not photo.startswith(b"\x89PNG\r\n\x1a\n") or len(photo) > 10_000_000:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", photo[16:24])
    return width, height


def edit_message_text(server: FakeTelegram, parameters: Json) -> Json:
    """Change a message of the bot's own."""
    message = _own(server, parameters)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _changed(server, message, {**content(parameters), **markup_of(parameters)})


def edit_message_reply_markup(server: FakeTelegram, parameters: Json) -> Json:
    """Change the buttons below a message of the bot's own."""
    message = _own(server, parameters)
    kept = {name: message[name] for name in ("text", "entities") if name in message}
    return _changed(server, message, {**kept, **markup_of(parameters)})


def delete_message(server: FakeTelegram, parameters: Json) -> bool:
    """Take a message away."""
    message = server.messages.pop((int(parameters["chat_id"]), int(parameters["message_id"])), None)
    if message is None:
        raise bad_request("message to delete not found")
    server.changed.notify_all()
    return True


def _chat(server: FakeTelegram, parameters: Json) -> int:
    """Return the chat to write to, if that can be done."""
    chat = int(parameters["chat_id"])
    if chat in server.moved:
        new = server.moved[chat]
        raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
    if chat not in server.chats:
        raise bad_request("chat not found")
    if chat in server.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    return chat


def _sent(server: FakeTelegram, chat: int, parameters: Json, held: Json) -> Json:
    message = {
        "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
        "from": BOT,
        **held,
        **_place(server, chat, parameters),
        **markup_of(parameters),
        "parameters": parameters,
    }
    server.sent.append(server.keep(message))
    server.changed.notify_all()
    return {name: value for name, value in message.items() if name != "parameters"}


def _own(server: FakeTelegram, parameters: Json) -> Json:
    message = server.messages.get((_chat(server, parameters), int(parameters["message_id"])))
    if message is None:
        raise bad_request("message to edit not found")
    if message.get("from", {}).get("id") != BOT["id"]:
        raise bad_request("message can't be edited")
    return message


def _changed(server: FakeTelegram, message: Json, new: Json) -> Json:
    changeable = ("text", "entities", "reply_markup")
    if all(message.get(name) == new.get(name) for name in changeable):
        raise bad_request(NOT_MODIFIED)
    for name in changeable:
        message.pop(name, None)
    message |= {**new, "edit_date": message["date"]}
    server.edits += 1
    server.changed.notify_all()
    return {name: value for name, value in message.items() if name != "parameters"}


def content(parameters: Json, name: str = "text", longest: int = LONGEST_MESSAGE) -> Json:
    """Return a text and its entities, or refuse it."""
    text = str(parameters.get(name, ""))
    entities: list[Json] = []
    if parameters.get("parse_mode") == "HTML":
        try:
            text, entities = parse(text)
        except CannotParse as problem:
            raise bad_request(f"can't parse entities: {problem}") from None
    if not text.strip():
        raise bad_request("message text is empty")
    if units(text.strip()) > longest:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
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


def markup_of(parameters: Json) -> Json:
    """Return the buttons below a message, or refuse them."""
    markup = parameters.get("reply_markup")
    if not markup:
        return {}
    if not any(markup["inline_keyboard"]):
        return {}
    for button in (button for row in markup["inline_keyboard"] for button in row):
        data = button.get("callback_data")
        if LINK.fullmatch(button.get("url", "")):
            continue
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


def send_document(server: FakeTelegram, parameters: Json) -> Json:
    """Keep a file that is sent."""
    name, content = parameters["name of document"], parameters["document"]
    if not content:
        raise bad_request("file must be non-empty")
    held = {"document": {"file_id": "sent", "file_unique_id": "sent", "file_name": name}, "caption": ""}
    server.files[f"sent/{name}"] = content
    return _sent(server, _chat(server, parameters), parameters, held)


def get_file(server: FakeTelegram, parameters: Json) -> Json:
    """Tell where a file can be fetched, if it is not too large for bots."""
    number = parameters["file_id"]
    if number not in server.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(server.files[number]) > LARGEST_FILE:
        raise bad_request("file is too big")
    return {"file_id": number, "file_unique_id": number, "file_path": number}


METHODS: dict[str, Callable[[FakeTelegram, Json], Any]] = {
    "getFile": get_file,
    "sendDocument": send_document,
    "sendMessage": send_message,
    "answerCallbackQuery": answer_callback_query,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setWebhook": set_webhook,
    "sendLocation": send_location,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": _agree,
}
