"""The day and the year of an announcement."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.extract import cues
from knowledge.extract.document import Document
from knowledge.extract.numerals import FIGURES
from knowledge.names import is_thai

_ERA = 543  # years that the Buddhist era is ahead
_FIRST, _LAST = 2013, 2100
_YEAR = re.compile(r"(?<![\d.,/-])(2[05]\d\d)(?![\d,/]|\.\d|-\d{2}-)")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](2[05]\d\d)(?!\d)")
_SHORT = 60  # letters of a line that has a date and little else
_TOP = 3  # blocks below the title in which a date is the day of the text


@dataclass(frozen=True, slots=True)
class When:
    """The year of an announcement and its day, with where they were read and whether that is certain.

    `published` is the day of the page, where it is known.
    """

    year: int | None
    day: str | None
    published: str | None
    where: str | None
    certain: bool
    why: str = ""


@cache
def _worded() -> re.Pattern[str]:
    months = sorted(cues.words("months"), key=len, reverse=True)
    named = "|".join(cues.lenient(re.escape(month)) if any(map(is_thai, month)) else rf"{month}\.?" for month in months)
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    era = r"(?:\s*(?:\u0e1e\.?\s?\u0e28\.?|\u0e04\.?\s?\u0e28\.?))?"
    year = rf"(?:,?{era}\s*(\d{{4}})(?!\d))?"
    return re.compile(
        rf"(?<!\d){day}\s+(?:of\s+)?({named})(?![a-z]){year}|(?<![a-z])({named})\s+{day}(?!\d){year}", re.IGNORECASE
    )


def days(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    """Yield every date in `text`: where it begins and ends, the ISO date or None without a year, and `MM-DD`."""
    plain = text.translate(FIGURES)
    if not any(map(str.isdigit, plain)):
        return
    for pattern, order in ((_ISO, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        for match in pattern.finditer(plain):
            yield from _day(match, match[order[0]], int(match[order[1]]), match[order[2]])
    for match in _worded().finditer(plain):
        yield from _day(match, match[3] or match[6], _months()[_bare(match[2] or match[4])], match[1] or match[5])


@cache
def _months() -> dict[str, int]:
    return {_bare(month): int(number) for month, number in cues.words("months").items()}


def _bare(month: str) -> str:
    return re.sub("[\u0e47-\u0e4e.]", "", month.lower())


def _day(match: re.Match[str], year: str | None, month: int, day: str) -> Iterator[tuple[int, int, str | None, str]]:
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


def when(document: Document) -> When:
    """Return the day and year of an announcement."""
    announced = list(_announced(document))
    year, certain, where = _year(document)
    full = [(rank, day, place) for rank, day, place in announced if day and (year is None or day[:4] == str(year))]
    best = min(full, key=lambda found: found[0], default=None)
    published = document.published or _page_day(document)
    if best is None and year is not None:
        short = _without_year(document)
        best = (9, f"{year}-{short[0]}", short[1]) if short else None
    if best is None:
        return When(year, None, published, where, certain)
    disagree = {day for rank, day, _ in full if rank == best[0]} - {best[1]}
    sure = certain and best[0] < 5 and not disagree
    return When(year, best[1], published or (best[1] if best[0] == 0 else None), best[2], sure)


def _page_day(document: Document) -> str | None:
    """Return the date that stands alone at the top of a page."""
    for block in document.blocks[:_TOP]:
        found = list(days(block.text))
        if len(found) == 1 and found[0][2] and len(block.text) < _SHORT:
            return found[0][2]
    return None


def _announced(document: Document) -> Iterator[tuple[int, str | None, str]]:
    """Yield the dates that may be the day of the announcement: a rank, lower is better, the date and its place."""
    blocks = [("title", document.title or ""), *((block.where, block.text) for block in document.blocks)]
    for number, (where, text) in enumerate(blocks):
        for start, end, day, _ in days(text):
            before, after = text[max(0, start - 60) : start], text[end : end + 60]
            if cues.finds(before[-40:], "updated", "other_dates") and not cues.finds(before[-25:], "announcing"):
                continue
            near = cues.finds(before, "announcing") or cues.finds(after, "announcing")
            headed = number <= _TOP and start < 40
            if headed or near:
                yield (0 if headed else 1) + (2 if number > _TOP else 0), day, where
            elif number <= _TOP and not cues.finds(after, "other_dates"):
                yield 5, day, where


def _without_year(document: Document) -> tuple[str, str] | None:
    for block in document.blocks:
        for start, end, day, short in days(block.text):
            near = block.text[max(0, start - 60) : start] + " " + block.text[end : end + 30]
            if day is None and cues.finds(near, "announcing") and not cues.finds(near, "other_dates"):
                return short, block.where
    return None


def _year(document: Document) -> tuple[int | None, bool, str | None]:
    """Return the year, whether more than one sign points to it or the only one is plain, and its place."""
    votes: Counter[int] = Counter()
    places: dict[int, str] = {}
    blocks = [("title", document.title or ""), *((block.where, block.text) for block in document.blocks)]
    for number, (where, text) in enumerate(blocks):
        dated = [(start, end) for start, end, _, _ in days(text)]
        for match in _YEAR.finditer(text.translate(FIGURES)):
            year = common(int(match[1]))
            before, after = text[max(0, match.start() - 45) : match.start()], text[match.end() : match.end() + 25]
            if year is None or cues.finds(before, "years_of_others") or any(s <= match.start() < e for s, e in dated):
                continue
            alone = number <= _TOP and len(text) < _SHORT
            near = alone or cues.finds(before[-30:] + " " + after, "joining", "announcing")
            weight = 4 if number == 0 else 2 if near else 0
            votes[year] += weight
            places.setdefault(year, where)
    for place, (_, day, where) in enumerate(
        sorted((f for f in _announced(document) if f[1]), key=lambda found: found[0])
    ):
        votes[int((day or "")[:4])] += 5 if place == 0 else 1
        places.setdefault(int((day or "")[:4]), where)
    if document.published:
        votes[int(document.published[:4])] += 3
        places.setdefault(int(document.published[:4]), "the page's own date")
    ranked = [found for found in votes.most_common() if found[1] > 0]
    if not ranked:
        return None, False, None
    best = ranked[0]
    clear = len(ranked) == 1 or best[1] >= ranked[1][1] + 3
    return best[0], clear and best[1] >= 2, places.get(best[0])
