"""Telegram's HTML as its server reads it: text and entities, or the server's own complaint."""

from __future__ import annotations

import re
from typing import Any

KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG = re.compile(r"<(?P<end>/)?(?P<name>[^\s>/]*)(?P<attributes>[^>]*)>")
REFERENCE = re.compile(r"&(?:#(?P<number>\d+)|#x(?P<hex>[0-9a-f]+)|(?P<name>lt|gt|amp|quot));", re.IGNORECASE)
HREF = re.compile(r"""\s+href\s*=\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+))""")
Entity = dict[str, Any]


class CannotParse(ValueError):
    """What the server says after "Bad Request: can't parse entities: "."""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> tuple[str, list[Entity]]:
    """Return the text and its entities, offsets in UTF-16 units."""
    text, entities = "", []
    open_tags: list[tuple[str, int, str]] = []
    position = 0
    while (start := source.find("<", position)) >= 0:
        text += _referenced(source[position:start])
        tag = TAG.match(source, start)
        if tag is None:
            raise CannotParse(f"Unclosed start tag at byte offset {_byte(source, start)}")
        position = tag.end()
        name = tag["name"].lower()
        if tag["end"]:
            entities.append(_closed(open_tags, name, text, _byte(source, start)))
        else:
            _check_opened(open_tags, name, _byte(source, start))
            open_tags.append((name, units(text), tag["attributes"]))
    if open_tags:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return text + _referenced(source[position:]), [entity for entity in entities if entity["length"]]


def _check_opened(open_tags: list[tuple[str, int, str]], name: str, offset: int) -> None:
    if name not in KINDS:
        raise CannotParse(f'Unsupported start tag "{name}" at byte offset {offset}')
    if name == "blockquote" and any(one == "blockquote" for one, _, _ in open_tags):
        raise CannotParse(f"Nested blockquote at byte offset {offset}")


def _closed(open_tags: list[tuple[str, int, str]], name: str, text: str, offset: int) -> Entity:
    if not open_tags:
        raise CannotParse(f"Unexpected end tag at byte offset {offset}")
    opened, start, attributes = open_tags.pop()
    if name and name != opened:
        raise CannotParse(f'Unmatched end tag at byte offset {offset}, expected "</{opened}>", found "</{name}>"')
    entity: Entity = {"type": KINDS[opened], "offset": start, "length": units(text) - start}
    if opened == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    if opened == "a" and (link := HREF.match(attributes)):
        entity["url"] = _referenced(link["quoted"] or link["single"] or link["bare"] or "")
    return entity


def _referenced(source: str) -> str:
    def character(reference: re.Match[str]) -> str:
        if reference["name"]:
            return NAMED[reference["name"].lower()]
        return chr(int(reference["number"]) if reference["number"] else int(reference["hex"], 16))

    return REFERENCE.sub(character, source)


def _byte(source: str, index: int) -> int:
    return len(source[:index].encode("utf-8", "surrogatepass"))
