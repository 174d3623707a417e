"""What a draft holds, as the rows of a record, each with a comment that says how certain it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from knowledge.extract.draft import Doubt, Member, Number
from knowledge.extract.linking import Link, without_title
from knowledge.extract.origin import Origin
from knowledge.model import WORLD, Scope
from knowledge.names import is_thai

Row = dict[str, Any]
_NO_LATIN = "REVIEW: new; its name in Latin letters and its id are missing"
_NO_PLACE = "REVIEW: new; coordinates are to be added"


def spelled(scope: Scope) -> str:
    """Write a scope as the records do."""
    return "world" if scope == WORLD else f"{scope.kind}:{scope.id}"


def source_row(id_: str, of: Origin, published: str | None) -> Row:
    """Return the row of a source, with `unknown` for a publisher that was not found."""
    return {
        "id": id_,
        "publisher": of.publisher or "unknown",
        "publisher_th": of.publisher_th,
        "title": of.title,
        "language": of.language,
        "published": published,
        "url": of.url,
    }


def membership_row(member: Member, source: str, said: str | None) -> tuple[Row, str]:
    """Return the row of a membership; `said` is what is to be settled about it."""
    printed = member.printed if member.printed != member.name else None
    row = {"place": member.place, "source": source, "locator": member.where, "printed": printed}
    return row, f"REVIEW: {said}" if said else _comment(member.confidence)


def declared_row(number: Number, source: str) -> tuple[Row, str]:
    """Return the row of a number."""
    row: Row = {"scope": spelled(number.scope), "measure": number.measure, "value": number.value, "source": source}
    row["locator"] = number.where
    if number.followed:
        return row, _comment(number.confidence)
    return {**row, "followed": False}, f"{_comment(number.confidence)}; another number is followed"


def place_row(member: Member, link: Link, others: Collection[str] = ()) -> tuple[Row, str]:
    """Return the row of a new place, with what is known of it; coordinates are not.

    An alias that is the name of one of the `others` is left to that one.
    """
    named = without_title(member.printed)
    name = without_title(member.name) if any(map(is_thai, member.name)) else member.name
    row: Row = {"id": member.place, "country": member.country, "name": name}
    if any(map(is_thai, member.printed)):
        row |= {"name_th": named, "th_status": "source"}
    elif link.row and link.row.name_th:
        row |= {"name_th": link.row.name_th, "th_status": "checked"}
    row["kind"] = link.kind
    if link.row:
        row["geonames"] = link.row.geonames
    aliases = [*(link.row.aliases if link.row else ()), *([member.printed] if named != member.printed else ())]
    barred = {row.get("name_th"), *(name for name in others if name != member.name)}
    row["aliases"] = [name for name in dict.fromkeys(aliases) if name not in barred]
    return row, _NO_LATIN if any(map(is_thai, member.name)) else _NO_PLACE


def review_row(doubt: Doubt) -> Row:
    """Return the row of a doubt."""
    return {"where": doubt.where, "doubt": doubt.message, "found": doubt.quoted}


def _comment(confidence: str) -> str:
    return confidence if confidence == "certain" else f"REVIEW: {confidence}"
