"""What Telegram's refusals mean, told by the words it puts them in: there is nothing else to tell them by."""

from __future__ import annotations

from telegram.error import BadRequest, Forbidden, TelegramError

UNCHANGED = ("message is not modified",)
NO_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_PLACE = (
    "chat not found", "not enough rights", "have no rights", "topic_closed", "message thread not found", "kicked",
    "chat_write_forbidden", "need administrator rights", "group chat was deactivated",
)  # fmt: skip
NO_PICTURES = ("not enough rights to send photos", "chat_send_photos_forbidden", "wrong file identifier")
TOO_LATE = ("query is too old", "query id is invalid", "query_id_invalid")


def says(error: TelegramError, reasons: tuple[str, ...]) -> bool:
    """Tell whether a request was refused for one of these reasons."""
    return isinstance(error, BadRequest) and any(reason in error.message.lower() for reason in reasons)


def own_fault(error: TelegramError) -> bool:
    """Tell whether a request was wrong, and not the network, the chat, the bot's rights in it or the time it took."""
    if isinstance(error, Forbidden) or not isinstance(error, BadRequest):
        return False
    return not says(error, NO_PLACE + TOO_LATE)
