"""Bytes into text: Unicode in any form, the Thai code page, and Western letters as a last guess."""

from __future__ import annotations

import codecs
import re

from knowledge.extract.draft import ExtractError
from knowledge.names import is_thai

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_THAI_PAGES = frozenset(("tis-620", "tis620", "windows-874", "cp874", "iso-8859-11", "x-windows-874", "iso8859-11"))
_HIGH = re.compile(rb"[\x80-\xff]+")
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Return the text, and the name of its encoding if that is only a guess.

    `declared` is what the file itself or its sender says of it. Raises ExtractError if the bytes are no text.
    """
    mark = next((name for start, name in _MARKS if data.startswith(start)), None)
    named = [mark] if mark else [*_wide(data), *_declared(declared), "utf-8"]
    for name in named:
        try:
            return _text(data.decode(name)), None
        except (UnicodeDecodeError, LookupError):
            continue
    if mark:
        raise ExtractError(f"the text is not what its first bytes say ({mark.upper()}): it is damaged or cut")
    return _guessed(data)


def _wide(data: bytes) -> list[str]:
    """Return the form of UTF-16 without a mark that `data` is in, if it is."""
    sample = data[:4000]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[first::2]
        # The high byte of Latin letters is 0, and of Thai ones 14.
        if len(sample) >= 8 and len(data) % 2 == 0 and sum(byte in (0, 14) for byte in high) > len(high) * 0.9:
            return [name]
    return []


def _declared(name: str | None) -> list[str]:
    if name is None:
        return []
    return ["cp874"] if name.lower() in _THAI_PAGES else [name]


def _guessed(data: bytes) -> tuple[str, str]:
    """Return text in the Thai code page, whose letters stand in runs, or else in the Western one."""
    runs = _HIGH.findall(data)
    thai = sum(map(len, runs)) >= 3 * len(runs)
    for name in ("cp874", "cp1252") if thai else ("cp1252", "cp874"):
        try:
            text = _text(data.decode(name))
        except UnicodeDecodeError:
            continue
        if name == "cp1252" or sum(map(is_thai, text)) > len(text) // 5:
            return text, "windows-874" if name == "cp874" else "windows-1252"
    raise ExtractError("the text is in an encoding that cannot be told: save it as UTF-8 and try again")


def _text(text: str) -> str:
    if len(_BINARY.findall(text)) * 100 > len(text):
        raise ExtractError("the file is binary, not text, HTML, PDF or DOCX")
    return text
