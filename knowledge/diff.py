"""What a build from the records would change in a fact base, line by line."""

from __future__ import annotations

from knowledge.store import FactBase

_FACTS = {
    "membership": "SELECT year || ' ' || place || ' (' || source || ')' FROM membership",
    "declared": "SELECT year || ' ' || scope_id || ' ' || measure || ' ' || value || ' (' || source || ')'"
    " || iif(followed, ', followed', '') FROM declared",
    "coverage": "SELECT year || ' ' || scope_id || ' ' || known || iif(complete, ', complete', '') FROM coverage",
    "statement": "SELECT id || ': ' || en || ' / ' || th FROM statement",
    "conflict": "SELECT id || ': ' || en || ' / ' || th FROM conflict",
    "place": "SELECT id || ': ' || name || coalesce(' / ' || name_th, '') || ', ' || country FROM place",
    "name": "SELECT ref || ': ' || text FROM name",
    "source": "SELECT id || ': ' || publisher || ', ' || title FROM source",
}


def difference(old: FactBase, new: FactBase) -> list[str]:
    """Return `- table: fact` for what goes and `+ table: fact` for what comes; empty if nothing does."""
    lines = []
    for table, sql in _FACTS.items():
        before = {str(row[0]) for row in old.rows(sql)}
        after = {str(row[0]) for row in new.rows(sql)}
        lines += [f"- {table}: {fact}" for fact in sorted(before - after)]
        lines += [f"+ {table}: {fact}" for fact in sorted(after - before)]
    return lines
