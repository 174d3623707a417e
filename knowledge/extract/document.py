"""A document as blocks of text, each with its place, whatever file it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile
from typing import Literal

from knowledge.extract import cues
from knowledge.names import is_thai

Kind = Literal["heading", "paragraph", "item", "row"]

MAX_LETTERS = 200_000  # of a text; the longest announcement has some 20,000
_AT_TOP = 6  # lines among which the title is
_TITLE = 250  # letters of a title
_SPOKEN = 100  # letters of a sentence, behind which no title stands
_SPOKEN_THAI = 140  # the same in Thai, which has no full stops
_LONGEST = 6_000  # letters of a paragraph; a longer one is read in parts
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# Thai fonts have marks of their own for marks moved left or down; PDF files print those.
_MOVED = str.maketrans(
    "\uf700\uf701\uf702\uf703\uf704\uf705\uf706\uf707\uf708\uf709\uf70a\uf70b\uf70c\uf70d\uf70e\uf70f\uf710\uf711\uf712"
    "\uf713\uf714\uf715\uf716\uf717\uf718\uf719\uf71a",
    "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d\u0e31\u0e4d\u0e47"
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TONE_FIRST = re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e39\u0e47\u0e4d])")
_HALVES = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")  # of one vowel sign
_MARKS = re.compile(
    r"(?<=[^\W\d_]|[\d).”\"’])\[(?:\d{1,3}|[a-z]|edit|note \d+|citation needed)\](?=\W|$)"
)  # of footnotes
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}(?!\\s*,)")
_FLAG_A = 0x1F1E6
_DIRECTING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row. `cells` are those of a row, `depth` that of an item in its list."""

    text: str
    kind: Kind = "paragraph"
    where: str = ""
    cells: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. `blocks` have no title among them. `odd` are blocks in which letters were hidden or reversed.

    `guessed` is the name of the encoding if it is a guess, `around` the lines of a page outside its article.
    """

    blocks: tuple[Block, ...]
    title: str | None = None
    url: str | None = None
    site: str | None = None
    published: str | None = None
    odd: tuple[str, ...] = ()
    guessed: str | None = None
    around: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, title first."""
        return "\n".join([self.title or "", *(block.text for block in self.blocks)])


def clean(text: str) -> str:
    """Return `text` in one form: composed, Thai marks in their order, without invisible characters."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _TONE_FIRST.sub(r"\2\1", text.translate(_MOVED).translate(_LIGATURES))
    text = _HALVES.sub("\\1\u0e33", text)
    text = "\n".join(map(_without_flags, text.split("\n"))) if _FLAG.search(text) else text
    text = _flag_behind().sub(lambda match: f" ({_code(match[1])})", text)
    return _INVISIBLE.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n\n"))


def _without_flags(line: str) -> str:
    """Return a line with semicolons for flags that only part names: "🇨🇾 Kourion (Cyprus) 🇮🇹 Lucca (Italy)".

    Behind names that have no country they stand for it, and a comma may be missing: "Bissau 🇬🇼 Lusaka 🇿🇲".
    """
    flags = list(_FLAG.finditer(line))
    if len(flags) < 2:
        return line
    between = [line[one.end() : other.start()] for one, other in pairwise(flags)]
    if all(part.rstrip().endswith(")") for part in between):
        return _FLAG.sub("; ", line)
    behind = line[flags[0].start() - 2 : flags[0].start()].strip()[-1:].isalpha()
    return _FLAG.sub(lambda flag: f"({_code(flag[0])}),", line) if behind else line


@cache
def _flag_behind() -> re.Pattern[str]:
    """Return what finds the flag behind a name, and before none: "Uppsala 🇸🇪, Aarhus 🇩🇰"."""
    name = "(?:(?<=[^\\W\\d_])|(?<=[\u0e30-\u0e4e])) ?"
    ends = rf"(?=[ \t]*(?:[,.;:!)]|$|(?:{cues.pattern('and').pattern})))"
    return re.compile(f"{name}([\U0001f1e6-\U0001f1ff]{{2}}){ends}", re.MULTILINE)


def _code(flag: str) -> str:
    """Return the two letters that the signs of a flag stand for."""
    return "".join(chr(ord(sign) - _FLAG_A + ord("A")) for sign in flag)


def one_line(text: str) -> str:
    """Return `text` cleaned, on one line, with single blanks, without marks of footnotes."""
    return " ".join(_MARKS.sub("", _MARKS.sub("", clean(text))).split())


def is_odd(text: str) -> bool:
    """Tell whether `text` has characters that change the direction of reading or are no text."""
    return bool(_DIRECTING.search(text)) or any(
        unicodedata.category(char) == "Cc" and char not in "\n\r\t\x0b\x0c" for char in text
    )


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give each block its place: a paragraph each, and an item or row within the list or table it stands in."""
    paragraph = inside = 0
    before: Block | None = None
    for block in blocks:
        listed = block.kind in ("item", "row")
        if listed and before is not None and before.kind == block.kind:
            inside += 1
        else:
            paragraph, inside = paragraph + 1, 1
        where = f"paragraph {paragraph}" + (f", {block.kind} {inside}" if listed else "")
        yield from (replace(block, text=part, where=block.where or where) for part in _parts(block.text))
        before = block


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that are not too long, each up to a bracket or a blank."""
    while len(text) > _LONGEST:
        end = max(text.rfind(")", 0, _LONGEST), _LONGEST // 2)
        end = end if text[end] == ")" else max(text.rfind(" ", 0, _LONGEST), _LONGEST // 2)
        yield text[: end + 1]
        text = text[end + 1 :].lstrip(" ,;")
    yield text


def with_heading(blocks: list[Block], fits: Callable[[str], bool]) -> list[Block]:
    """Return blocks with the line that is the title first, if one of those at the top is `fits` and the first is not.

    What stands before it is about the page, and comes behind it.
    """
    top = list(takewhile(lambda block: not _is_spoken(block.text), blocks[:_AT_TOP]))
    top = [block for block in top if len(block.text) <= _TITLE]
    chosen = next((block for block in top if fits(block.text)), None)
    if chosen is None or chosen is blocks[0]:
        return blocks
    title = replace(chosen, kind="paragraph") if chosen.kind == "item" else chosen  # above items without a blank line
    return [title, *(block for block in blocks if block is not chosen)]


def _is_spoken(text: str) -> bool:
    return len(text) > _SPOKEN and (text.endswith(".") or (len(text) > _SPOKEN_THAI and is_thai(text[-1])))


def with_title(blocks: list[Block], title: str | None) -> tuple[str | None, list[Block]]:
    """Return the title and the blocks behind it; a page often has its title two or three times at the top.

    Without `title` the first block is it, if it is short enough for one.
    """
    rest = list(blocks)
    if title is None and rest and rest[0].kind in ("heading", "paragraph") and len(rest[0].text) <= 300:
        title = rest.pop(0).text
    while title and rest and rest[0].kind in ("heading", "paragraph"):
        other = rest[0].text
        if other not in title and title not in other:
            break
        title = min(title, other, key=len) if len(min(title, other, key=len)) > 15 else max(title, other, key=len)
        rest.pop(0)
    return title, rest
