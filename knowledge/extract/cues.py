"""The words that announcements use, out of `en*.yaml` and `th*.yaml`: both languages are looked for in every text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.names import is_thai

LANGUAGES = ("en", "th")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_MARKS = re.compile("([\u0e47-\u0e4e])")  # that PDF files lose


@cache
def load(language: str) -> dict[str, Any]:
    """Return what stands in the files of one language."""
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob(f"{language}*.yaml")):
        found |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


@cache
def pattern(*keys: str) -> re.Pattern[str]:
    """Return what finds any expression under `keys`, in either language."""
    return compiled([text for language in LANGUAGES for key in keys for text in load(language).get(key, ())])


def compiled(expressions: list[str]) -> re.Pattern[str]:
    """Return what finds any of `expressions`, the longest first; those in Latin letters only as whole words."""
    ordered = [_GROUP.sub("(?:", text) for text in sorted(expressions, key=len, reverse=True)]
    thai = [lenient(text) for text in ordered if any(map(is_thai, text))]
    latin = [text for text in ordered if not any(map(is_thai, text))]
    parts = [rf"(?<![^\W_])(?:{'|'.join(latin)})(?![^\W_])"] if latin else []
    return re.compile("|".join([*parts, *thai]) or r"(?!)", re.IGNORECASE)


def lenient(expression: str) -> str:
    """Return a Thai expression in which marks above the letters may be missing."""
    return _MARKS.sub(r"\1?", expression)


def finds(text: str, *keys: str) -> bool:
    """Tell whether any expression under `keys` stands in `text`."""
    return bool(pattern(*keys).search(text))


@cache
def words(key: str) -> dict[str, Any]:
    """Return a mapping of both languages."""
    return {word: value for language in LANGUAGES for word, value in load(language).get(key, {}).items()}


def others() -> dict[str, re.Pattern[str]]:
    """Return what tells other networks, by the name of the network."""
    return named("others")


def purposes() -> dict[str, re.Pattern[str]]:
    """Return what tells that a text is about something else than an admission, by what that is."""
    return named("purposes")


@cache
def named(key: str) -> dict[str, re.Pattern[str]]:
    """Return what finds each of several things under `key`, by its name."""
    names = {name: None for language in LANGUAGES for name in load(language)[key]}
    return {name: compiled([e for lang in LANGUAGES for e in load(lang)[key].get(name, ())]) for name in names}
