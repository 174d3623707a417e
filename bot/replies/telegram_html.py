"""Reply to Telegram's HTML: everything escaped, long lists folded, nothing longer than a message may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import accumulate, groupby

from bot.language import load
from bot.replies.reply import Citation, Group, Reply

LIMIT = 4096
LONGEST_OPEN_LIST = 12
OPEN_SOURCES = 3
MOST_SOURCES = 1200  # letters of the names of sources in one message
SHORTEST_PAGE = 1000  # letters of a list on each of its pages
BULLET = "• "
MORE = "…"
UNSENDABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BREAK = re.compile(r"\s")
JOINED_TO_LAST = re.compile(r"[\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u200c\u200d\ufe0e\ufe0f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its markup, how long Telegram takes it for, and whether it may be folded away."""

    html: str = ""
    length: int = 0
    folded: bool = False
    heading: bool = False


def render(reply: Reply) -> tuple[str, ...]:
    """Return the messages, in Telegram's HTML, that say the reply with its source."""
    return _messages([*_body(reply), *_source(reply)])


def pages(reply: Reply) -> tuple[str, ...]:
    """Return the pages of a reply whose list is too long for one message, each with the lead and the source.

    There are none where the reply fits into one message, or where there is more of the rest than of the list.
    """
    above, rows = list(_lines(reply.lead)), list(_list(reply.groups))
    below = [*_notes(reply), *_source(reply)]
    room = LIMIT - _size(above) - _size(below)
    if room >= _size(rows) or room < SHORTEST_PAGE:
        return ()
    return _messages_of([*above, *page, *below] for page in _cut(rows, room))


def plain(reply: Reply) -> list[str]:
    """Return the lines of a reply without markup, the lead first: for previews."""
    return [line for line in clean(reply.text).split("\n") if line.strip()] or [""]


def render_text(text: str) -> tuple[str, ...]:
    """Return the messages that say a plain text."""
    return _messages(_lines(text))


def clean(text: str) -> str:
    """Return text that can be sent: without control and direction characters and halves of surrogate pairs."""
    return UNSENDABLE.sub("", text)


def length(text: str) -> int:
    """Return the length of a text as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def _body(reply: Reply) -> Iterator[Line]:
    yield from _lines(reply.lead)
    yield from _list(reply.groups)
    yield from _notes(reply)


def _notes(reply: Reply) -> Iterator[Line]:
    if reply.groups and any(reply.notes):
        yield Line()
    for note in reply.notes:
        yield from _lines(note)


def _list(groups: tuple[Group, ...]) -> Iterator[Line]:
    folded = sum(len(group.lines) + bool(group.heading) for group in groups) > LONGEST_OPEN_LIST
    for number, group in enumerate(groups):
        if group.heading:
            if number or not folded:
                yield Line(folded=folded and number > 0)
            heading = bool(group.lines)  # without any it is a note that belongs between two lists
            yield from _lines(group.heading, folded=folded and heading, heading=heading)
        for line in group.lines:
            yield from _lines(BULLET + " ".join(line.split()), folded=folded)


def _source(reply: Reply) -> Iterator[Line]:
    """The source line: its words come from the language, its links from the citations; many are folded away."""
    citations = list({citation.label: citation for citation in reply.citations}.values())
    if not citations:
        return
    before, after = load("chat", reply.language)["source"].split("{sources}")
    shown = [citation for citation, end in zip(citations, _ends(citations), strict=True) if end <= MOST_SOURCES]
    after = after if len(shown) == len(citations) else f"{after}, {MORE}"
    labels = ", ".join(clean(citation.label) for citation in shown)
    links = ", ".join(map(_link, shown))
    yield Line()
    folded = len(shown) > OPEN_SOURCES
    yield Line(escape(before) + links + escape(after), length(before + labels + after), folded)


def _ends(citations: Iterable[Citation]) -> Iterator[int]:
    """Yield how long the names of the sources are up to each of them."""
    return accumulate(length(clean(citation.label)) + 2 for citation in citations)


def _link(citation: Citation) -> str:
    label, url = escape(clean(citation.label)), clean(citation.source.url or "")
    return f'<a href="{escape(url)}">{label}</a>' if url.startswith(("https://", "http://")) else label


def _lines(text: str, *, folded: bool = False, heading: bool = False) -> Iterator[Line]:
    for line in clean(text).split("\n"):
        for piece in _pieces(line):
            html = f"<b>{escape(piece)}</b>" if heading and piece else escape(piece)
            yield Line(html, length(piece), folded, heading)


def _pieces(line: str) -> Iterator[str]:
    """Cut a line that no message can hold at its last space, or else between two characters."""
    while length(line) > LIMIT:
        end = _end(line)
        yield line[:end].rstrip()
        line = line[end:].lstrip()
    yield line


def _end(line: str) -> int:
    """Return where to cut a line that is too long."""
    longest = LIMIT
    while length(line[:longest]) > LIMIT:
        longest -= 1
    spaces = [space.start() for space in BREAK.finditer(line, 1, longest)]
    if spaces:
        return spaces[-1]
    end = longest
    while end > 1 and JOINED_TO_LAST.match(line, end):
        end -= 1
    return end if end > 1 else longest


def _messages(lines: Iterable[Line]) -> tuple[str, ...]:
    return _messages_of(_packed(lines))


def _messages_of(messages: Iterable[list[Line]]) -> tuple[str, ...]:
    return tuple(text for text in map(_markup, messages) if text)


def _size(lines: Iterable[Line]) -> int:
    return sum(line.length + 1 for line in lines)


def _cut(rows: Iterable[Line], room: int) -> Iterator[list[Line]]:
    """Cut a list into pages of whole lines; the heading of a group that goes on stands on each of its pages."""
    page: list[Line] = []
    heading: list[Line] = []
    for row in rows:
        if _size([*page, row]) > room and page:
            following = [] if row.heading else list(heading)
            yield page[:-1] if page[-1].heading else page
            page = following
        heading = [row] if row.heading else heading
        page.append(row)
    yield page


def _packed(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Fill one message after another with whole lines; a heading stays with the line below it."""
    held: list[Line] = []
    for line in lines:
        if sum(one.length + 1 for one in held) + line.length > LIMIT:
            following = [held.pop()] if held[-1].heading and len(held) > 1 else []
            yield held
            held = following
        held.append(line)
    yield held


def _markup(lines: list[Line]) -> str:
    while lines and not lines[-1].html.strip():
        lines.pop()
    while lines and not lines[0].html.strip():
        lines.pop(0)
    blocks = []
    for folded, group in groupby(lines, key=lambda line: line.folded):
        block = "\n".join(line.html for line in group)
        blocks.append(f"<blockquote expandable>{block}</blockquote>" if folded else block)
    return "\n".join(blocks)
