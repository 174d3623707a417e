"""A word of a message."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.names import is_thai

_LONGEST_NUMBER = 9  # figures


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the message: its text, its key (never empty) and whether a gap stands before it.

    `pause` tells that a sentence or a part of one may end before it: at a comma or the like, in Thai at any space.
    `value` is the number that a number word says.
    """

    text: str
    key: str
    gap: bool
    pause: bool = False
    value: int | None = None

    @property
    def thai(self) -> bool:
        return is_thai(self.text[0])

    @property
    def number(self) -> int | None:
        if self.text.isdecimal() and len(self.text) <= _LONGEST_NUMBER:
            return int(self.text)
        return self.value
