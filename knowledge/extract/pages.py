"""Paragraphs that a page ended in the middle of, put together again over what stands at the edges of pages."""

from __future__ import annotations

from knowledge.extract.margins import is_page_number

FEED = "\u240c"  # stands for the end of a page among the parts of a text
_EDGES = 3  # parts at the end of one page and the beginning of the next
_FULL = 40  # letters of a line in which a paragraph may be cut
_SHORT = 100  # letters of a line at the edge of a page
_STOPS = (".", "!", "?", ":", "”", '"')


def over_pages(parts: list[str]) -> list[str]:
    """Return the parts of a text, those that go on over the end of a page as one, without what parted them."""
    found: list[str] = []
    at = 0
    while at < len(parts):
        goes_on = _behind_edges(found[-1], parts, at) if found else None
        if goes_on is not None:
            found[-1] = f"{found[-1].rstrip()}\n{parts[goes_on].lstrip()}"
            at = goes_on + 1
            continue
        if parts[at].strip() != FEED:
            found.append(parts[at])
        at += 1
    return found


def _behind_edges(before: str, parts: list[str], at: int) -> int | None:
    """Return the part that goes on what was cut, if nothing but the edges of pages stands between them."""
    ended = False
    for number in range(at, min(at + _EDGES + 1, len(parts))):
        if ended and _goes_on(before, parts[number]):
            return number
        ended = ended or parts[number].strip() == FEED or is_page_number(parts[number])
        if "\n" in parts[number].strip() or len(parts[number].strip()) > _SHORT:
            return None
    return None


def _goes_on(before: str, behind: str) -> bool:
    """Tell whether a text was cut: it has no stop and goes on with a small letter, or ends in the sign of its list."""
    last, start = before.rstrip().rsplit("\n", 1)[-1], behind.lstrip()[:1]
    if len(last.strip()) < _FULL or last.endswith(_STOPS):
        return False
    return start.islower() or (last[-1:] in ",;" and last[-1] in behind)
