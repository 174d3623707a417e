"""The day and the year of an announcement."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.extract import cues
from knowledge.extract.calendar import ALONE, DOTTED, alone, common, days, numeric
from knowledge.extract.document import Document, one_line
from knowledge.extract.numerals import FIGURES
from knowledge.extract.parting import filling, sentences
from knowledge.extract.relative import is_of_another_act, told_back
from knowledge.names import is_thai

_YEAR = re.compile(r"(?<![\d.,/-])(2[05]\d\d)(?![\d/]|[.,]\d|-\d{2}-)")
_SHORT = 60  # letters of a line that has a date and little else
_NEAR = 60  # letters around a date
_LABEL = 14  # letters before or behind a date that name it
_WEEKS = 8  # after which a text does not give the day without its year
_SURE = 2  # signs of a year that make it certain
_HEAD = 20  # letters of a line that says the title again
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


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the text: `day` is None where its year is missing, then `short` is `MM-DD`.

    `kind` is "said" where the text says what happened then, "line" where a release begins with it, "alone" where it
    stands by itself at the top, "print" where the page was printed, said or changed then, "other" otherwise.
    """

    day: str | None
    short: str
    where: str
    kind: str


def when(document: Document) -> When:
    """Return the day and year of an announcement."""
    dated = list(_dated(document))
    published = document.published or next((d.day for d in dated if d.kind in ("alone", "print") and d.day), None)
    year, certain, where = _year(document, dated, published)
    if year is None and (headed := years_as_headings(document)):
        return When(max(headed), None, published, None, False)
    said = _best(dated, "said", year)
    lines = _best(dated, "line", year)
    alone = _best(dated, "alone", year)
    best = said or lines
    if said and lines and lines.day and said.day and said.day > lines.day:
        best = lines  # what comes later is told in advance
    if best is None and alone and _is_today(document):
        best = alone
    page = (lines and lines.day) or (alone and alone.day) or published
    if said is None and page and (back := told_back(document)):
        why = f'the text says of it "{back.words}", and is itself of {page}'
        return When(year, back.before(page), published or page, where, certain, why)
    if best:
        # A text about an announcement is often dated some days later.
        others = (d for d in dated if d.kind == best.kind or (d.kind == "line" and (d.day or "") < (best.day or "")))
        disagree = {d.day for d in others if d.day and d.day[:4] == str(year)} - {best.day}
        published = published or (best.day if best.kind == "line" else None)
        certain = certain and not (best.kind == "line" and _is_of_another_day(document))
        return When(year, _with_year(best, year), published, best.where, certain and not disagree)
    if alone:
        why = "the day at the top of the text was taken for that of the announcement"
        return When(year, alone.day, published, alone.where, certain, why)
    return When(year, None, published, where, certain)


def years_as_headings(document: Document) -> set[int]:
    """Return the years that stand alone on lines, as above lists of several rounds; nothing if there is only one."""
    years = {year for block in document.blocks if (year := alone(block.text.translate(FIGURES)))}
    return years if len(years) > 1 else set()


def _best(dated: list[Dated], kind: str, year: int | None) -> Dated | None:
    """Return the first date of a kind in the year; one without its year counts if no other is there."""
    same = [one for one in dated if one.kind == kind]
    full = [one for one in same if one.day and (year is None or one.day[:4] == str(year))]
    return full[0] if full else next((one for one in same if one.day is None and year), None)


def _with_year(dated: Dated, year: int | None) -> str | None:
    return dated.day or (f"{year}-{dated.short}" if year else None)


def _is_today(document: Document) -> bool:
    return any(cues.finds(block.text, "today") for block in document.blocks[: 2 * _TOP])


def _is_of_another_day(document: Document) -> bool:
    """Tell whether a text tells of a day that is not its own: "were added on Tuesday"."""
    return any(cues.finds(block.text, "other_days") for block in document.blocks[: 2 * _TOP])


def _dated(document: Document) -> Iterator[Dated]:
    blocks = [("title", document.title or ""), *((block.where, block.text) for block in document.blocks)]
    tops = _tops(document)
    for number, (where, text) in enumerate(blocks):
        for start, end, day, short in days(text):
            yield Dated(day, short, where, _kind(text, start, end, number in tops, number < 2 * _TOP))


def _tops(document: Document) -> frozenset[int]:
    """Return the numbers of the blocks at the top: the first, and those right below the title where it is repeated."""
    title = one_line(document.title or "").casefold()
    starts = [0]
    for number, block in enumerate(document.blocks, 1):
        head = one_line(block.text).casefold()
        if len(head) > _HEAD and head in title:
            starts.append(number)
    return frozenset(number for start in starts for number in range(start, start + _TOP + 1))


def _kind(text: str, start: int, end: int, at_top: bool, near_top: bool) -> str:
    """Return what kind of date stands there."""
    around = _NEAR if text.isascii() else 2 * _NEAR
    before, after = text[max(0, start - around) : start], text[end : end + around]
    if cues.finds(_without_weekday(before)[-_LABEL:], "printed", "updated") or cues.finds(after[:_LABEL], "updated"):
        return "print"
    if cues.pattern("clock").match(after.strip(" ,-–|[(")) or (
        cues.finds(before[-_LABEL:], "weekdays") and start < 2 * _LABEL and at_top
    ):
        return "print" if len(text) < 2 * _SHORT or start < _LABEL else "other"
    if cues.pattern("reporting").match(after.strip()):
        return "print"
    speaker = before[-2 * _LABEL :]
    if cues.finds(speaker, "speaking") and not (speaker.isascii() and cues.finds(speaker, "unesco")):
        return "print"
    if cues.finds(before[-40:], "documents"):
        return "other"
    said = cues.pattern("that").split(before[-40:])[-1]
    if cues.finds(said, "other_dates") and not cues.finds(before[-25:], "announcing"):
        return "other"
    if not at_top and near_top and not filling(text[:start] + text[end:]):
        return "alone"  # in the head of a letter
    if at_top and start < 40 and len(text) < _SHORT:
        placed = before.strip(" ,.|–-") and not cues.finds(before, "network")
        if placed and is_thai(after.lstrip()[:1]):  # "On 11 October the mayor …": something else of that day
            return "said" if _tells_of_joining(text, start) else "other"
        if placed and cues.finds(before, "announcing") and cues.finds(before, "unesco"):
            return "said"  # "A statement of UNESCO of 4 February"
        return "line" if placed else "alone"
    if cues.finds(before[-_LABEL:], "day_before") and _tells_of_joining(text, start):
        return "said"  # "yesterday (5 February 2031)"
    told_of = any(not before[match.end() :].strip() for match in cues.pattern("on_day").finditer(before))
    if at_top and start < 40 and not told_of and re.match(r"\s*(?:\([A-Z]+\)\s*)?[-–—.:,)]", after):
        return "line"
    if cues.pattern("ranges").match(after.strip(" –-")):
        return "other"
    if is_of_another_act(*_in_sentence(text, start, end)):
        return "other"
    near = cues.finds(before, "announcing") or cues.finds(after, "announcing")
    return "said" if near or _tells_of_joining(text, start) else "other"


def _without_weekday(text: str) -> str:
    """Return what stands before a date without the day of the week: "Published: Thursday "."""
    return re.sub(rf"(?:{cues.pattern('weekdays').pattern}),?\s*$", "", text, flags=re.IGNORECASE)


def _tells_of_joining(text: str, at: int) -> bool:
    """Tell whether the sentence in which a date stands is about joining the network."""
    sentence, _, _ = _in_sentence(text, at, at)
    return cues.finds(sentence, "joining") and cues.finds(sentence, "network", "unesco")


def _in_sentence(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the sentence in which a date stands, and where it stands in it."""
    at, sentence = next((one for one in reversed(sentences(text)) if one[0] <= start), (0, ""))
    return sentence, start - at, end - at


def _year(document: Document, dated: list[Dated], published: str | None) -> tuple[int | None, bool, str | None]:
    """Return the year, whether more than one sign points to it or the only one is plain, and its place."""
    votes: Counter[int] = Counter()
    places: dict[int, str] = {}
    named: Counter[int] = Counter()  # by what the text says, and not by the day of the page
    blocks = [("title", document.title or ""), *((block.where, block.text) for block in document.blocks)]
    for number, (where, text) in enumerate(blocks):
        for year, weight in (*_years(text, number), *_years_of_dates(text, number)):
            votes[year] += weight
            named[year] += bool(weight)
            places.setdefault(year, where)
    weights = {"said": 5, "line": 5, "alone": 5, "print": 3, "other": 0}
    counted: set[str] = set()
    for one in sorted((one for one in dated if one.day), key=lambda one: -weights[one.kind]):
        year = int((one.day or "")[:4])
        votes[year] += weights[one.kind] if one.kind not in counted else min(weights[one.kind], 1)
        counted.add(one.kind)
        named[year] += _SURE if one.kind in ("said", "line", "alone") else 0
        places.setdefault(year, one.where)
    for year in {int(published[:4])} if published else ():
        named[year] += _SURE * any(_is_just_before(one, published) for one in dated)
    if document.published:
        votes[int(document.published[:4])] += 3
        places.setdefault(int(document.published[:4]), "the page's own date")
    ranked = [found for found in votes.most_common() if found[1] > 0]
    if not ranked:
        only = {int((one.day or "")[:4]): one.where for one in dated if one.day} or _years_of_joining(blocks)
        return (next(iter(only)), False, next(iter(only.values()))) if len(only) == 1 else (None, False, None)
    best = ranked[0]
    clear = len(ranked) == 1 or best[1] >= ranked[1][1] + 3
    titled = places.get(best[0]) == "title" and best[1] >= _SURE
    borne_out = titled or named[best[0]] >= _SURE or (bool(named[best[0]]) and best[1] > _SURE)
    return best[0], clear and borne_out, places.get(best[0])


def _years_of_joining(blocks: Iterable[tuple[str, str]]) -> dict[int, str]:
    """Return the years that stand in sentences about joining the network, with their places."""
    found: dict[int, str] = {}
    for number, (where, text) in enumerate(blocks):
        for start, sentence in sentences(text):
            if _tells_of_joining(text, start) and not cues.finds(sentence, "before", "earlier_column", "award"):
                found |= {year: where for year, _ in _years(sentence, number) if year not in found}
    return found


def _is_just_before(one: Dated, published: str | None) -> bool:
    """Tell whether a text says of a day without a year what happened then, weeks before it was published."""
    if published is None or one.day is not None or one.kind != "said":
        return False
    try:
        day = datetime.date.fromisoformat(f"{published[:4]}-{one.short}")
    except ValueError:
        return False
    return 0 <= (datetime.date.fromisoformat(published) - day).days <= _WEEKS * 7


def _years_of_dates(text: str, number: int) -> Iterator[tuple[int, int]]:
    """Yield the years of dates at the top whose day and month may be meant the other way round."""
    for match in DOTTED.finditer(text.translate(FIGURES)) if number <= _TOP else ():
        year = common(int(match[4]))
        if year and not any(numeric(match)):
            yield year, 3


def _years(text: str, number: int) -> Iterator[tuple[int, int]]:
    """Yield the years that a text names outside of dates, with how much each speaks for being the round's."""
    dated = [(start, end) for start, end, _, _ in days(text)]
    if ALONE.fullmatch(text.translate(FIGURES)):
        return  # the heading of one round among others
    for match in _YEAR.finditer(text.translate(FIGURES)):
        year = common(int(match[1]))
        before, after = text[max(0, match.start() - 45) : match.start()], text[match.end() : match.end() + 25]
        clause = re.split(r"[.;]\s|\u2013|\u2014", text[max(0, match.start() - 130) : match.start()])[-1]
        if year is None or any(start <= match.start() < end for start, end in dated):
            continue
        if cues.finds(before, "years_of_others") or cues.finds(clause, "started"):
            continue
        alone = number <= _TOP and len(text) < _SHORT
        near = alone or cues.finds(before[-30:] + " " + after, "joining", "announcing")
        yield year, 4 if number == 0 else 2 if near else 0
