"""What the stand-in checks when a bot says how it is shown: its commands, its name and its descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .methods import bad_request
from .updates import Json

if TYPE_CHECKING:
    from .server import FakeTelegram

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}|")
MOST_COMMANDS = 100


def set_my_commands(server: FakeTelegram, parameters: Json) -> bool:
    """Keep the menu of a language."""
    if len(parameters["commands"]) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in parameters["commands"]:
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    server.commands[_language(parameters)] = parameters["commands"]
    server.changed.notify_all()
    return True


def _set_text(server: FakeTelegram, parameters: Json, *, name: str, longest: int) -> bool:
    if len(parameters.get(name, "")) > longest:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    server.shown[name, _language(parameters)] = parameters.get(name, "")
    server.changed.notify_all()
    return True


def _language(parameters: Json) -> str:
    code = str(parameters.get("language_code", ""))
    if not LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


METHODS: dict[str, Callable[[FakeTelegram, Json], Any]] = {
    "setMyCommands": set_my_commands,
    "setMyName": partial(_set_text, name="name", longest=64),
    "setMyDescription": partial(_set_text, name="description", longest=512),
    "setMyShortDescription": partial(_set_text, name="short_description", longest=120),
}
