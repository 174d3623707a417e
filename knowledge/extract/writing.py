"""A draft as the text of a record, with what is uncertain said beside it."""

from __future__ import annotations

from typing import Any

from knowledge.extract import record
from knowledge.extract.dates import When
from knowledge.extract.draft import Draft, Member, Number
from knowledge.extract.linking import Link
from knowledge.extract.origin import Origin
from knowledge.extract.points import Points
from knowledge.extract.rows import declared_row, membership_row, place_row, review_row, source_row
from knowledge.reading import Records

_HEAD = "# A draft. Compare it with the source, settle every point under `review`, then take that section out."


def written(
    records: Records,
    of: Origin,
    when: When,
    members: list[Member],
    links: dict[str, Link],
    comments: dict[str, str],
    numbers: list[Number],
    coverage: list[tuple[dict[str, Any], str]],
    points: Points,
) -> Draft:
    """Return the draft with its record; `comments` are what is to be settled about a member."""
    known = _known_source(records, of.url)
    named = [of.id or "unknown", str(when.year or ""), of.language]
    source = known or _free("-".join(filter(None, named)), _sources(records))
    id_ = _record_id(records, "-".join(filter(None, [named[1], named[0], named[2]])), points)
    new = [member for member in members if member.is_new]
    certainty = record.note("certain" if when.certain else "REVIEW: likely")
    lines = [_HEAD, f"id: {id_}"]
    lines += [f"year: {when.year}{certainty}"] if when.year else []
    lines += [f"announced: '{when.day}'{certainty}"] if when.day else []
    lines += record.block("sources", [] if known else [source_row(source, of, when.published)])
    lines += record.section("memberships", (membership_row(m, source, comments.get(m.place)) for m in members))
    lines += record.section("declared", (declared_row(number, source) for number in numbers))
    lines += record.section("coverage", coverage)
    lines += record.section("places", (place_row(one, links[one.place], [m.name for m in new]) for one in new))
    lines += record.section("review", ((review_row(doubt), "") for doubt in points.all))
    return Draft(
        id_,
        when.year,
        when.day,
        of.language,
        tuple(members),
        tuple(numbers),
        tuple(member.place for member in new),
        tuple(points.all),
        "\n".join(lines) + "\n",
    )


def _sources(records: Records) -> set[str]:
    return {row.id for one in records.announcements.values() for row in one.sources}


def _known_source(records: Records, url: str | None) -> str | None:
    rows = [row for one in records.announcements.values() for row in one.sources]
    return next((row.id for row in rows if url and row.url == url), None)


def _record_id(records: Records, base: str, points: Points) -> str:
    taken = {one.id: path.name for path, one in records.announcements.items()}
    if base in taken:
        points.add("source", None, f"there is a record {base} already, in {taken[base]}")
    return _free(base, set(taken))


def _free(base: str, taken: set[str]) -> str:
    return base if base not in taken else next(id_ for n in range(2, 1000) if (id_ := f"{base}-{n}") not in taken)
