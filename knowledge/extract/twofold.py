"""What stands in a cell twice, in two languages or letters: "ไทย / Thailand", "Betong เบตง", "เมือง (City)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.extract.atlas import Atlas
from knowledge.names import is_thai

_PARTS = re.compile(r"\s*[/|\n()]\s*|\s+[–—-]\s+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")


def parts(cell: str) -> Iterator[str]:
    """Yield a cell, and what a stroke or brackets part in it."""
    yield cell.strip()
    if len(found := [part.strip() for part in _PARTS.split(cell) if part.strip()]) > 1:
        yield from found


def country(cell: str, atlas: Atlas) -> str | None:
    """Return the country that a cell names, once or twice; None for a city with its country."""
    if own := atlas.country(cell):
        return own
    named = [atlas.country(part) for part in list(parts(cell))[1:]]
    found = {one for one in named if one}
    # "Kingston (Jamaica)" is a city; of names with a stroke between them, one may be spelt as nobody else does.
    fits = len(found) == 1 and (named[0] is not None or "/" in cell)
    rest = [part for part, one in zip(list(parts(cell))[1:], named, strict=True) if one is None]
    return found.pop() if fits and not any(map(atlas.places, rest)) else None


def name(cell: str) -> str:
    """Return a name in Latin letters and in Thai as one with the other in brackets: "เบตง (Betong)"."""
    words = cell.split()
    thai = [any(map(is_thai, word)) for word in words]
    turns = [at for at in range(1, len(words)) if thai[at] != thai[at - 1]]
    if len(turns) != 1 or any(sign in cell for sign in "(,;/&"):
        return cell
    halves = " ".join(words[: turns[0]]), " ".join(words[turns[0] :])
    latin, local = sorted(halves, key=lambda half: any(map(is_thai, half)))
    fits = _LATIN.match(latin) and not any(map(str.isdigit, latin + local))
    return f"{local} ({latin})" if fits else cell
