"""What stands at the edges of the pages of a PDF: a running title, page numbers, what a browser prints there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.extract import cues

_EDGE = 3  # lines at either end of a page
_HALF = 0.5
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"\s*(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\s*|\s*[-–—]\s*\d{1,3}\s*[-–—]\s*", re.IGNORECASE)
# 23/11/2026, 08:12   Title of the page        https://www.example.org/page   1/4
_CLOCK = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d\d(?:\s*[AP]M)?\s+(\S.*?)\s*$")
_ADDRESS = re.compile(r"\s*(https?://\S+)\s+\d{1,3}/\d{1,3}\s*$")
_SITE = re.compile(r"\s+[|–—]\s+[^|–—]+$")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a browser that printed the page says of it."""

    title: str | None = None
    url: str | None = None


def without_margins(pages: list[str]) -> tuple[Printed, list[str]]:
    """Return what a browser printed at the edges, and the pages without that and without what all of them repeat."""
    clocks = [match[1] for line in _edges(pages) if (match := _CLOCK.match(line))]
    urls = [match[1] for line in _edges(pages) if (match := _ADDRESS.match(line))]
    seen = Counter(_shape(line) for page in pages for line in set(_edges([page])))
    often = {shape for shape, count in seen.items() if len(pages) > 1 and count > _HALF * len(pages)}
    often = {
        shape for shape in often if not any(map(cues.pattern("city_column", "country_column").fullmatch, shape.split()))
    }  # the head of a table
    url = urls[0] if urls and "…" not in urls[0] and "..." not in urls[0] else None
    title = _SITE.sub("", clocks[0]) if clocks else None
    return Printed(title or None, url), [_kept(page, often) for page in pages]


def is_page_number(line: str) -> bool:
    """Tell whether a line is the number of a page and nothing else."""
    return _PAGE.fullmatch(line) is not None


def _edges(pages: list[str]) -> Iterator[str]:
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        yield from lines[:_EDGE]
        yield from lines[max(_EDGE, len(lines) - _EDGE) :]


def _shape(line: str) -> str:
    return _NUMBER.sub("0", " ".join(line.split()))


def _kept(page: str, often: set[str]) -> str:
    lines = page.splitlines()
    filled = [number for number, line in enumerate(lines) if line.strip()]
    edge = {*filled[:_EDGE], *filled[-_EDGE:]}
    return "\n".join(line for number, line in enumerate(lines) if number not in edge or not _is_margin(line, often))


def _is_margin(line: str, often: set[str]) -> bool:
    return _shape(line) in often or any(pattern.fullmatch(line) for pattern in (_PAGE, _CLOCK, _ADDRESS))
