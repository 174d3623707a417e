"""Numbers of the parts of the world beside that of the whole: what they count, by what they add up to.

"ยุโรปและอเมริกาเหนือ 19 เมือง เอเชียและแปซิฟิก 14 เมือง …": regions that together have the 58 newcomers have newcomers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.extract.counts import Count
from knowledge.model import WORLD, Measure

_REGIONS = 5
_WHY = "no word beside it says what it counts"
_MEASURES: tuple[Measure, ...] = ("new_cities", "total_cities")


def shared(counts: Sequence[Count]) -> Iterator[tuple[Count, str]]:
    """Yield counts, those of regions with what they count, and why that may be otherwise, or nothing."""
    whole = {measure: _whole(counts, measure) for measure in _MEASURES}
    parts = _parts(counts)
    summed = next((measure for measure, value in whole.items() if value and sum(parts.values()) == value), None)
    summed = summed if len(parts) == _REGIONS else None
    fits = sum(parts.values()) <= (whole["new_cities"] or 0)
    for count in counts:
        is_part = count.scope.kind == "region" and count.value == parts.get(str(count.scope.id))
        if is_part and summed and count.measure in (None, *_MEASURES):
            yield replace(count, measure=summed), ""
        elif is_part and count.measure is None and count.is_open and fits:
            yield replace(count, measure="new_cities"), _WHY
        else:
            yield count, ""


def _whole(counts: Sequence[Count], measure: Measure) -> int | None:
    """Return the number of the world that is said most often."""
    said = Counter(count.value for count in counts if (count.scope, count.measure) == (WORLD, measure))
    return said.most_common(1)[0][0] if said else None


def _parts(counts: Sequence[Count]) -> dict[str, int]:
    """Return the number of cities of each region, of newcomers where several are said."""
    found: dict[str, int] = {}
    for wanted in ("total_cities", None, "new_cities"):
        found |= {str(c.scope.id): c.value for c in counts if c.scope.kind == "region" and c.measure == wanted}
    return found
