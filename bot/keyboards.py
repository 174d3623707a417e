"""Buttons under answers: what they show, and what they say when they are pressed.

A button's data says everything that is needed (`ask:th:TH_2022`), so that it works after a restart and with new facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, cast

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.codes import encode
from bot.language import LANGUAGES, Language
from bot.replies.telegram_html import clean

if TYPE_CHECKING:
    from bot.conversation import Turn
    from bot.replies.reply import Reply
    from knowledge.model import Place

DATA_BYTES = 64
ROW_LETTERS = 34
ROWS = 2  # of what may be asked next; a choice shows all it has
ROW_BUTTONS = 3
NUMBER = "#"
UP, DOWN, PIN, MAP, BACK, ON = "👍", "👎", "📍", "🗺", "◀", "▶"
NOTHING_STATED = ("clarify", "off_topic", "chat")
LISTS = ("list", "count")
SEVERAL = 2  # cities that are worth a map
NOT_VOTED_ON = ("sources",)
MARKS = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # Thai signs above and below letters take no width
DATA = re.compile(
    r"(?P<verb>ask|page|pin|map|up|down|lang):(?P<language>th|en|any)(?::(?P<rest>[A-Za-z0-9_.-]+))?", re.ASCII
)
Verb = Literal["ask", "page", "pin", "map", "up", "down", "lang"]
VOTES = ("up:", "down:")


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what it does, in which language (None: that of each question), and with what."""

    verb: Verb
    language: Language | None
    rest: str = ""


def data_of(verb: Verb, language: Language | None, rest: str = "") -> str:
    """Return the data of a button."""
    return ":".join([verb, language or "any", *([rest] if rest else [])])


def read(query: CallbackQuery) -> Press | str | None:
    """Return what a pressed button says: a press, a question in words, or None where it can no longer be told."""
    data = query.data or ""
    if found := DATA.fullmatch(data):
        language = found["language"] if found["language"] in LANGUAGES else None
        return Press(cast(Verb, found["verb"]), language, found["rest"] or "")
    if not data.startswith(NUMBER):
        return data or None
    return next((button.text for button in _buttons(query.message) if button.callback_data == data), None)


def under(turn: Turn, page: int = 0, pages: int = 1, place: Place | None = None) -> InlineKeyboardMarkup | None:
    """Return the buttons of an answer: its pages, what may be asked next, then votes and the place on a map."""
    reply = turn.reply
    offered = [(one.label, _asking(encode(one.query), reply.language)) for one in turn.following()]
    following = [_button(label, data) for label, data in offered if data]
    rows = [
        *_page_row(encode(reply.query) if reply.query else None, page, pages, reply.language),
        *islice(_rows(following or list(_questions(reply.suggestions))), None if reply.outcome == "clarify" else ROWS),
        *_tool_row(turn, place),
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def can_turn(reply: Reply) -> bool:
    """Tell whether buttons can turn the pages of a reply: whether its query is one they can say."""
    code = encode(reply.query) if reply.query else None
    return code is not None and fits(paging(code, 99, reply.language))


def suggested(questions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """Return buttons that ask questions in words."""
    rows = list(_rows(list(_questions(questions))))
    return InlineKeyboardMarkup(rows) if rows else None


def languages(labels: Iterable[tuple[Language | None, str]]) -> InlineKeyboardMarkup:
    """Return the buttons that fix the language of a chat."""
    return InlineKeyboardMarkup([[_button(label, data_of("lang", language)) for language, label in labels]])


def without_votes(message: Message) -> InlineKeyboardMarkup:
    """Return the buttons of a message that has been voted on."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    left = [[button for button in row if not str(button.callback_data).startswith(VOTES)] for row in rows]
    return InlineKeyboardMarkup([row for row in left if row])


def fits(data: str) -> bool:
    """Tell whether Telegram takes a button's data."""
    return len(data.encode()) <= DATA_BYTES


def _buttons(message: object) -> list[InlineKeyboardButton]:
    markup = message.reply_markup if isinstance(message, Message) else None
    return [button for row in markup.inline_keyboard for button in row] if markup else []


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


def _asking(code: str | None, language: Language) -> str | None:
    data = data_of("ask", language, code) if code else None
    return data if data and fits(data) else None


def _questions(questions: Sequence[str]) -> Iterator[InlineKeyboardButton]:
    """Questions as data; one too long for that carries its number, and is read off the button itself."""
    labels = [label for label in map(clean, questions) if label.strip()]
    for number, label in enumerate(labels):
        plain = fits(label) and not label.startswith(NUMBER) and not DATA.fullmatch(label)
        yield _button(label, label if plain else f"{NUMBER}{number}")


def _page_row(code: str | None, page: int, pages: int, language: Language) -> Iterator[list[InlineKeyboardButton]]:
    if code is None or pages < 2:
        return
    row = []
    if page:
        row.append(_button(f"{BACK} {page}/{pages}", paging(code, page - 1, language)))
    if page + 1 < pages:
        row.append(_button(f"{page + 2}/{pages} {ON}", paging(code, page + 1, language)))
    yield row


def paging(code: str, page: int, language: Language) -> str:
    """Return the data of a button that turns to a page, counted from 0."""
    return data_of("page", language, f"{page}.{code}")


def _tool_row(turn: Turn, place: Place | None) -> Iterator[list[InlineKeyboardButton]]:
    reply = turn.reply
    if reply.outcome in NOTHING_STATED or reply.intent in NOT_VOTED_ON:
        return
    row = [
        _button(UP, data_of("up", reply.language, reply.intent)),
        _button(DOWN, data_of("down", reply.language, reply.intent)),
    ]
    code = encode(reply.query) if reply.query and reply.query.ask in LISTS and len(reply.cities) >= SEVERAL else None
    if code and fits(data := data_of("map", reply.language, code)):
        row.append(_button(MAP, data))
    if place is not None and place.latitude is not None:
        row.append(_button(PIN, data_of("pin", reply.language, place.id)))
    yield row


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Iterator[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    for button in buttons:
        letters = sum(len(MARKS.sub("", one.text)) for one in [*row, button])
        if row and (letters > ROW_LETTERS or len(row) == ROW_BUTTONS):
            yield row
            row = []
        row.append(button)
    if row:
        yield row
