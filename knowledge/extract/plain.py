"""Plain text: paragraphs, items and rows out of lines, whether each is a line or wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.extract import cues
from knowledge.extract.calendar import days
from knowledge.extract.document import Block, Document, clean, is_odd, numbered, one_line, with_heading, with_title
from knowledge.extract.encoding import decode
from knowledge.extract.gutters import flowing
from knowledge.extract.pages import FEED, over_pages
from knowledge.extract.parting import sentences
from knowledge.extract.small_words import particles
from knowledge.names import is_thai

BULLET = re.compile(
    r"^\s*(?:[•●▪■◦○‣⁃∙·*+–—−-]|[\u2700-\u27bf\U0001f4cd\U0001f4cc\U0001f539\U0001f538]\ufe0f?|\(?\d{1,3}[.)]|\(?[\u0e50-\u0e59]{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}\.?|\([\u0e01-\u0e2ea-z]\)|\uf0b7|\uf0a7|o(?=\s{2}))\s+(?=\S)"
)
_SIGN = re.compile(r"(?:^|(?<=\s))[•●▪■◦○‣⁃∙\uf0b7\uf0a7]\s+(?=\S)")
_LEADERS = re.compile(r"(?<=\w) ?(?:\.{4,}|\u2026{2,}) ?(?=\w)")  # between two columns
_OF_THREAD = re.compile(r"[ \t]+(\d{1,2})/(\d{1,2})[ \t]*$", re.MULTILINE)  # at the end of a message
_HEADING = re.compile(r"^#{1,6}\s+")
_COLUMNS = re.compile(r" *\t *|(?<=\S) {3,}(?=\S)")
_PIPES = re.compile(r"\s*\|\s*")
_LONGEST_CELL = 90
_RULE = re.compile(r"[\s|+:=_-]*")
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
# "Korea, Republic of" is whole, "the United Kingdom of" is not.
_ENDING = re.compile(rf"(?:[,;(/&–-]|^[^,]*\b(?:of|the)|{cues.pattern('and').pattern})$", re.IGNORECASE)
_FRONT = re.compile(r"\s*---[^\S\n]*\n(.*?)\n---[^\S\n]*\n", re.DOTALL)
_FIELD = re.compile(r"^(\w+):[^\S\n]*(\S.*)$", re.MULTILINE)
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_MARKDOWN = re.compile(r"\]\(|\*\*\S|^#{1,6}\s", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)")
_QUOTE = re.compile(r"^[^\S\n]*>(?:[^\S\n]?>)*[^\S\n]?", re.MULTILINE)
_QUOTED_LINES = 3
_EDGE_LINES = 4  # lines at the top or end of a text in which its address may stand
_LABEL = 40  # letters before such an address
_HEAD = 12  # lines at the top
_TOP = 4  # paragraphs at the top, short ones, that are heads
_SPOKEN = 75  # letters of a line that is part of a paragraph
_TITLE_LINE = 120  # letters of one line of a title
_STARTING = re.compile(
    r"\s*\||[^\t]*\t|[^:(\n]{2,50}:\s|.*\S {3,}\S"
)  # what begins a row, or a country with its cities
_LOWER = re.compile(r"\s*the\s|\s*['’]?s[-\s]|[^(]{,40}:\s")  # what may begin an entry with a small letter
_STRETCHED = 6  # words with wide gaps between them
_LED = re.compile(r"\s*[^:;.]{2,60}:(?:\s|$)")  # what begins a country with its cities
_LINES = 4  # of a list by countries
_FILLED = 0.75  # of the longest line: most lines of prose have as much
_FULL = 0.8  # of the longest line: such a line may go on in the next one


def read(data: bytes, charset: str | None = None) -> Document:
    """Read a text file, with or without the marks of Markdown."""
    text, guessed = decode(data, charset)
    odd = (one_line(text)[:80],) if is_odd(text) else ()
    text = _without_parts(_LEADERS.sub(" \u2013 ", unquoted(text)))
    text, about = unmarked(flowing(text))
    title, blocks = titled(list(in_blocks(text)), about.get("title"))
    url = about.get("url") or about.get("source") or own_address(text)
    url = url if url and url.startswith(("http://", "https://")) else None
    day = _DAY.match(about.get("date", ""))
    return Document(tuple(numbered(blocks)), title, url, published=day[0] if day else None, odd=odd, guessed=guessed)


def titled(blocks: list[Block], title: str | None) -> tuple[str | None, list[Block]]:
    """Return the title and the other blocks: the given one, or else the line at the top that is about the network."""
    if title is None:
        blocks = with_heading(blocks, _is_title)
    return with_title(blocks, title)


def _is_title(text: str) -> bool:
    spoken = len(sentences(text)) > 1 or text.endswith(".")
    return cues.finds(text, "network") and not spoken and not any(days(text))


def own_address(text: str) -> str | None:
    """Return the address that a text gives as its own: alone on a line at its top or end, or named as the source."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in [*lines[:_EDGE_LINES], *reversed(lines[-_EDGE_LINES:])]:
        match = _URL.search(line)
        if match and len(_URL.findall(line)) == 1:
            before, behind = line[: match.start()].strip(), line[match.end() :].strip(" >)]./")
            if not behind and (not before or cues.finds(before, "source_label")) and len(before) < _LABEL:
                return match[0]
    return None


def unquoted(text: str) -> str:
    """Return a text without the signs before the lines of a message that was forwarded."""
    return _QUOTE.sub("", text) if len(_QUOTE.findall(text)) >= _QUOTED_LINES else text


def _without_parts(text: str) -> str:
    """Return a text without the numbers of its messages, as threads have them: "3/9"."""
    found = _OF_THREAD.findall(text)
    rising = [int(part) for part, _ in found] == list(range(1, len(found) + 1)) and len(found) >= _QUOTED_LINES
    return _OF_THREAD.sub("", text) if rising and len({of for _, of in found}) == 1 else text


def unmarked(text: str) -> tuple[str, dict[str, str]]:
    """Return a text without the marks of Markdown, and what its head says of it."""
    about: dict[str, str] = {}
    if head := _FRONT.match(text):
        about = {m[1].lower(): m[2].strip(" \"'") for m in _FIELD.finditer(head[1])}
        text = text[head.end() :]
    if not _MARKDOWN.search(text):
        return text, about
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_](?=[^\s*])([^*_\n]+?)(?<=\S)[*_](?![\w*])", r"\1", text)
    return re.sub(r"^\s*>\s?", "", text, flags=re.MULTILINE), about


def in_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text whose paragraphs are parted by blank lines."""
    top = _TOP
    paged = clean(text.replace("\f", f"\n\n{FEED}\n\n"))
    for chunk in over_pages(re.split(r"\n[^\S\n]*\n+", paged)):
        lines = [_even(part) for line in chunk.split("\n") if line.strip() for part in unfolded(line)]
        if top and 1 < len(lines) <= _HEAD and _is_head(lines, top == _TOP):
            yield from _head(lines)
        elif lines:
            yield from _chunk(lines)
        if lines:
            top = top - 1 if top and all(len(line.strip()) <= _SPOKEN for line in lines) else 0


def _is_head(lines: Sequence[str], is_first: bool) -> bool:
    """Tell whether lines at the top are those of a head: the first ones, or others with the day or the network."""
    if any(BULLET.match(line) or _cells(line) for line in lines):
        return False
    spoken = any(len(line.strip()) > _SPOKEN or line.rstrip().endswith(".") for line in lines)
    return is_first or (not spoken and any(cues.finds(line, "network") or any(days(line)) for line in lines))


def unfolded(line: str) -> list[str]:
    """Return the items of a line that has several, each behind its sign: "• Tampere, Finland • Oulu, Finland"."""
    cuts = [match.start() for match in _SIGN.finditer(line)]
    several = len(cuts) > 1 and not line[: cuts[0]].strip()
    return [line[at:end] for at, end in pairwise([*cuts, len(line)])] if several else [line]


def _even(line: str) -> str:
    """Return a line that was stretched to the width of its column with single blanks between its words."""
    words = _COLUMNS.split(line.strip())
    short = sum(" " not in word for word in words)
    return " ".join(words) if len(words) > _STRETCHED and short * 4 > len(words) * 3 else line


def _head(lines: list[str]) -> Iterator[Block]:
    """Yield the lines at the top, each by itself unless a title was wrapped there."""
    current = ""
    title = next((at for at, line in enumerate(lines) if at and len(line.strip()) > _SPOKEN), len(lines))
    for line in map(str.strip, lines[:title]):
        if current and _is_wrapped(current, line):
            current = together(current, line)
        else:
            if current:
                yield _line(current)
            current = line
    yield _line(current)
    if lines[title:]:
        yield from _chunk(lines[title:])


def _line(text: str) -> Block:
    return Block(one_line(_HEADING.sub("", text)), "heading" if _HEADING.match(text) else "paragraph")


def _is_wrapped(before: str, line: str) -> bool:
    """Tell whether a title goes on in the next line."""
    if before.isupper() and line.isupper() and before.endswith(":"):
        return True
    if before.endswith((".", ":", "!", "?")) or any(days(line)) or len(before) > _TITLE_LINE or _HEADING.match(line):
        return False
    if before.count("(") > before.count(")"):
        return True
    start = line[:1]
    if is_thai(start):
        return is_thai(before[-1:]) and len(before) > _TITLE_LINE // 3 and len(line) < len(before)
    small = start.islower() or bool(_ENDING.search(before)) or before.split()[-1].lower() in particles()
    return small or (start.isdigit() and not before[-1:].isdigit() and len(before) > _TITLE_LINE // 3)


def _chunk(lines: list[str]) -> Iterator[Block]:
    joined = list(_joined(lines))
    piped = sum("|" in line for line in joined) > 1 or lines[0].lstrip().startswith("|")
    for line in joined:
        if _HEADING.match(line):
            yield Block(one_line(_HEADING.sub("", line)), "heading")
        elif match := BULLET.match(line):
            depth = len(line) - len(line.lstrip())
            yield Block(one_line(line[match.end() :]), "item", depth=depth // 2)
        elif cells := _cells(line, piped):
            yield Block(" | ".join(cells), "row", cells=cells)
        elif one_line(line) and not _RULE.fullmatch(line):
            yield Block(one_line(line), "item" if len(joined) > 1 else "paragraph")


def _cells(line: str, piped: bool = False) -> tuple[str, ...]:
    """Return the cells of a line that is a row of a table, parted by pipes, tabs or wide gaps."""
    if _RULE.fullmatch(line):
        return ()
    parts = _PIPES.split(line.strip().strip("|")) if piped and "|" in line else _COLUMNS.split(line.strip())
    cells = tuple(one_line(cell) for cell in parts)
    return cells if len(cells) > 1 and max(map(len, cells)) <= _LONGEST_CELL else ()


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield the lines with those put together that were wrapped."""
    spoken = [line for line in lines if not BULLET.match(line)] or lines
    widest = max(len(line) for line in spoken)
    # Prose fills its lines, a list seldom does.
    prose = sum(len(line) >= widest * _FILLED for line in spoken[:-1]) * 2 > len(spoken) - 1
    led = [bool(_LED.match(line)) for line in lines]
    by_country = len(lines) >= _LINES and sum(led) > len(lines) // 2 and led[0]  # "Thailand: Hat Yai, Phayao"
    current = last = ""
    for line in lines:
        on = by_country and not _LED.match(line) and not BULLET.match(line) and not _ENDING.search(line.rstrip())
        if current and (on or _goes_on(current, last, line, widest if prose else 0)):
            current = together(current, line.strip())
        else:
            if current:
                yield current
            current = line.rstrip()
        last = line.rstrip()
    if current:
        yield current


def _goes_on(before: str, last: str, line: str, widest: int) -> bool:
    """Tell whether `line` goes on what stands in `before`, the last line of which is `last`."""
    if BULLET.match(line) or _HEADING.match(line) or _HEADING.match(before) or _STARTING.match(line):
        return False
    if before.count("(") > before.count(")") or before.count("[") > before.count("]") or _ENDING.search(last):
        return True
    start = line.lstrip()[:1]
    if start in ",;.)](" or (start.islower() and not _LOWER.match(line)):
        return True
    # Prose breaks a line where the next word has no room; a list breaks it elsewhere, or after a bracket.
    word = line.split(maxsplit=1)[0]
    full = len(last) >= widest * _FULL if is_thai(word[0]) else len(last) + 1 + len(word) > widest
    return widest > 60 and full and not last.endswith((")", ":"))


def together(before: str, line: str) -> str:
    """Return two halves of a wrapped line as one; a hyphen at the break stays if a capital follows."""
    if before.endswith(("-", "\u2010")) and before[-2:-1].isalpha() and line[:1].isalpha():
        return before + line if line[:1].isupper() else before[:-1] + line
    if is_thai(before[-1:]) and is_thai(line[:1]):
        return before + "\n" + line
    return f"{before} {line}"
