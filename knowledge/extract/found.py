"""What the reading of a text finds, before it is linked to what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Told(IntEnum):
    """What a text tells of its cities: that they come in, that they are there for another reason, or neither."""

    ELSEWHERE = -1
    OPEN = 0
    JOINING = 1


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a list or sentence. `listed` tells a list from a sentence, `sure` that its letters are certain.

    `note` says what of it may be read otherwise, `unclear` quotes what was said before of other cities, `taken` tells
    that the text does not give its country.
    """

    name: str
    country: str | None
    region: str | None
    where: str
    quoted: str
    told: Told
    listed: bool
    sure: bool = True
    note: str | None = None
    unclear: str | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Text that looks like part of a list and was not understood."""

    where: str
    quoted: str


@dataclass(frozen=True, slots=True)
class Headed:
    """The heading of a region or country, with the number that stands in it: "Africa (16)"."""

    scope: tuple[str, str]
    value: int | None
    where: str


@dataclass(slots=True)
class Reading:
    """What was found so far. `mentioned` are the known places that each block names, whatever for.

    `news` is the first sentence that tells of joining the network, `joining` are all that tell of joining, `beside`
    what stands beside newcomers in a sentence and may be names that are not known. `joins_network` tells that the
    title or a sentence says that it is the network they join.
    """

    names: list[Named] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    headed: list[Headed] = field(default_factory=list)
    mentioned: dict[str, list[str]] = field(default_factory=dict)
    news: str | None = None
    joining: list[str] = field(default_factory=list)
    joins_network: bool = False
    beside: dict[str, list[str]] = field(default_factory=dict)
