"""What reading an announcement gives: a draft record, what is in it, and what a person has to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Measure, Scope

Confidence = Literal["certain", "likely", "doubtful"]
DoubtKind = Literal[
    "known_already",  # a membership that another record has
    "new_place",  # a place that is not known
    "spelling",  # linked to a place although spelt in another way
    "country",  # the country is missing, or is not the one that is known
    "region",  # a country under a region that is not its own
    "duplicate",  # a place named twice
    "count",  # a number that the list does not bear out, or two that disagree
    "unread",  # looks like part of a list and was not understood
    "left_out",  # a list or number of something else: winners, earlier rounds
    "text",  # markup, control characters or sentences where a name is expected
    "year",
    "date",
    "source",
    "publisher",  # nobody is named who publishes it
    "parted",  # one name that may be two, or two that may be one
    "coverage",
    "list",  # the whole list has to be compared with the source
]


class ExtractError(Exception):
    """The input cannot be read as an announcement; the text says why in one line."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to settle; `where` is the place in the source, `quoted` a few of its words."""

    kind: DoubtKind
    where: str | None
    message: str
    quoted: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A place that the announcement says joined; `printed` is its name there, `is_new` that it was not known.

    `country_taken` tells that the announcement does not give its country.
    """

    place: str
    name: str
    country: str | None
    printed: str
    where: str
    confidence: Confidence
    is_new: bool = False
    country_taken: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A count that the announcement states; `year` only where it is not the announcement's."""

    scope: Scope
    measure: Measure
    value: int
    where: str
    confidence: Confidence
    followed: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft record. `record` is its YAML, in the shape of `announcements/*.yaml` and with a `review` section.

    `check` refuses it until that section is taken out; `reviewed` gives the text without it. `id` names the record and,
    with `.yaml` behind it, its file. `places` are the ids of new places, which the record itself introduces.
    """

    id: str
    year: int | None
    announced: str | None
    language: Literal["en", "th"]
    members: tuple[Member, ...]
    numbers: tuple[Number, ...]
    places: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    record: str

    def reviewed(self) -> str:
        """Return the record as it is once a person has settled the doubts: without its review section."""
        return _REVIEW.sub("", self.record)


_REVIEW = re.compile(r"^review:.*\n(?:[ \-#].*\n|\n)*", re.MULTILINE)
