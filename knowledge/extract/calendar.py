"""Dates and years as announcements write them, of either era."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

from knowledge.extract import cues
from knowledge.extract.numerals import FIGURES
from knowledge.names import is_thai

_ERA = 543  # years that the Buddhist era is ahead
_FIRST, _LAST = 2013, 2100
_ISO = re.compile(r"(?<!\d)(20\d\d)(?:-(\d\d)-(\d\d)|[/.](\d{1,2})[/.](\d{1,2}))(?!\d)")  # or as East Asia has it
DOTTED = re.compile(r"(?<!\d)(\d{1,2})([./])(\d{1,2})[./](2[05]\d\d)(?!\d)")
_IN_YEAR = r"(?:\u0e1b\u0e35|\u0e1e\.\u0e28\.)?\s*"
ALONE = re.compile(rf"\W*{_IN_YEAR}(2[05]\d\d)\s*(?:\(.{{,20}}\))?\W*")
_YEARS_SHORT = re.compile(  # the second of them is of several years
    rf"\W*{_IN_YEAR}(?:(2[05]\d\d)\s*[-\u2013]\s*((?:2[05])?\d\d)|"
    r"[’'‘](\d\d)(?:\s*[-\u2013]\s*[’'‘]?(\d\d))?)\W*"
)


@cache
def _worded() -> re.Pattern[str]:
    months = sorted(cues.words("months"), key=len, reverse=True)
    named = "|".join(cues.lenient(re.escape(month)) if any(map(is_thai, month)) else rf"{month}\.?" for month in months)
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    era = r"(?:\s*(?:\u0e1e\.?\s?\u0e28\.?|\u0e04\.?\s?\u0e28\.?))?"
    # Thai shortens the year behind the short name of a month: "2 ก.ย. 65".
    short = r"(?:(?<=[\u0e00-\u0e7f]\.)|(?<=[\u0e00-\u0e7f]\.\s))\d{2}(?![.:]\d)"
    year = rf"(?:,?{era}\s*(\d{{4}}|{short})(?!\d))?"
    return re.compile(
        rf"(?<!\d){day}\s+(?:of\s+)?({named})(?![a-z]){year}|(?<![a-z])({named})\s+{day}(?!\d){year}", re.IGNORECASE
    )


def days(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    """Yield every date in `text`: where it begins and ends, the ISO date or None without a year, and `MM-DD`."""
    plain = text.translate(FIGURES)
    if not any(map(str.isdigit, plain)):
        return
    for match in _ISO.finditer(plain):
        yield from _day(match, match[1], int(match[2] or match[4]), match[3] or match[5])
    for match in DOTTED.finditer(plain):
        yield from numeric(match)
    for match in _worded().finditer(plain):
        yield from _day(match, match[3] or match[6], _months()[_bare(match[2] or match[4])], match[1] or match[5])


def numeric(match: re.Match[str]) -> Iterator[tuple[int, int, str | None, str]]:
    """Yield a date in figures, unless day and month may be meant the other way round."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if first <= 12 < second:
        yield from _day(match, year, first, match[3])
    elif first > 12 or match[2] == "." or int(year) > _FIRST + _ERA or first == second:
        yield from _day(match, year, second, match[1])


@cache
def _months() -> dict[str, int]:
    return {_bare(month): int(number) for month, number in cues.words("months").items()}


def _bare(month: str) -> str:
    return re.sub("[\u0e47-\u0e4e.]", "", month.lower())


def _day(match: re.Match[str], year: str | None, month: int, day: str) -> Iterator[tuple[int, int, str | None, str]]:
    year = _century(year) if year and len(year) == 2 else year
    known = common(int(year)) if year else None
    try:
        found = datetime.date(known or 2000, month, int(day))
    except ValueError:
        return
    yield match.start(), match.end(), found.isoformat() if known else None, f"{found:%m-%d}"


def common(year: int) -> int | None:
    """Return a year of either era as one of the common era, if the network was there then."""
    year = year - _ERA if year >= _FIRST + _ERA else year
    return year if _FIRST <= year <= _LAST else None


def alone(line: str) -> int | None:
    """Return the year that a line consists of, as the heading of a round, or with which several years begin.

    It may be shortened: "’24", "’16–’18".
    """
    first = years(line)
    return first[0] if first else None


def years(line: str) -> tuple[int, ...]:
    """Return every year of a line that consists of one, or of the first and the last of several; see `alone`."""
    if match := ALONE.fullmatch(line):
        found: list[int | None] = [common(int(match[1]))]
    elif match := _YEARS_SHORT.fullmatch(line):
        first, last = match[1] or _century(match[3]), match[2] or match[4]
        last = f"{first[:2]}{last}" if last and len(last) == 2 else last
        found = [common(int(first)), common(int(last or first))]
    else:
        return ()
    first_, last_ = found[0], found[-1]
    return tuple(range(first_, max(first_, last_ or 0) + 1)) if first_ is not None else ()


def _century(short: str) -> str:
    """Return a shortened year in full: ’67 is 2567 of the Buddhist era, for the network is no older than 2013."""
    return f"25{short}" if int(short) + 2500 >= _FIRST + _ERA else f"20{short}"
