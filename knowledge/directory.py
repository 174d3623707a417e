"""Members found by a part of their name, in any of its spellings."""

from __future__ import annotations

from knowledge.model import Place
from knowledge.names import key
from knowledge.store import FactBase

_COLUMNS = (
    "place.id, place.country, place.name, place.name_th, place.kind, place.within, place.within_th,"
    " place.latitude, place.longitude"
)


def members_named(base: FactBase, text: str, limit: int, offset: int = 0) -> tuple[Place, ...]:
    """Return members with a name that holds `text`, names that begin with it first; all of them without a text.

    The names they go by come before other spellings.
    """
    rows = base.rows(
        f"SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.ref"
        " WHERE name.kind = 'place' AND place.member AND instr(name.key, :text) GROUP BY place.id"
        " ORDER BY min(2 * (instr(name.key, :text) > 1) + (name.text NOT IN (place.name, ifnull(place.name_th, '')))),"
        " place.name, place.id LIMIT :limit OFFSET :offset",
        {"text": key(text), "limit": limit, "offset": offset},
    )
    return tuple(Place(*row) for row in rows)
