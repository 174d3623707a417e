"""A new fact base, asked what it was built from: every member, every whole list, every count, with a source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge import store
from knowledge.faults import BuildError
from knowledge.model import Filters, Query, Scope, only
from knowledge.queries import Facts
from knowledge.store import FactBase

_MOST = 2_000  # members that are asked about one by one; a larger fact base has a sample asked


def tried(path: Path) -> None:
    """Ask the fact base at `path`; raise BuildError with the first wrong answers."""
    with store.open(path) as base:
        wrong = [message for _, message in zip(range(3), _wrong(base, Facts(base)), strict=False)]
    if wrong:
        raise BuildError(f"{path}: the new fact base answers wrongly: {'; '.join(wrong)}")


def _wrong(base: FactBase, facts: Facts) -> Iterator[str]:
    if not facts.coverage.years:
        yield "it holds no round"
    yield from _members(base, facts)
    yield from _lists(base, facts)


def _members(base: FactBase, facts: Facts) -> Iterator[str]:
    rows = base.rows("SELECT year, place FROM membership ORDER BY year, place")
    for year, place in rows[:: len(rows) // _MOST + 1]:
        filters = Filters(years=only(year), places=(place,))
        answer = facts.answer(Query("check", filters=filters))
        if [verdict.status for verdict in answer.verdicts] != ["member"]:
            yield f"it does not know that {place} joined in {year}"
        elif not answer.cited:
            yield f"it has no source for {place} in {year}"


def _lists(base: FactBase, facts: Facts) -> Iterator[str]:
    for year, kind, scope_id, complete, known, declared in base.rows(
        "SELECT year, scope_kind, scope_id, complete, known, declared FROM coverage"
        " WHERE year IN (SELECT year FROM cohort)"
    ):
        filters = _filters(year, Scope(kind, scope_id))
        tally = facts.answer(Query("count", filters=filters)).tally
        if tally is None or len(tally.members) != known:
            yield f"it lists {len(tally.members) if tally else 0} of {known} members of {scope_id} in {year}"
        elif complete and not tally.complete:
            yield f"it does not know that its list of {scope_id} in {year} is whole"
        elif not complete and declared is not None and tally.complete and declared != known:
            yield f"it takes {known} of {declared} members of {scope_id} in {year} for all"


def _filters(year: int, scope: Scope) -> Filters:
    years = only(year)
    if scope.kind == "country":
        return Filters(years=years, countries=frozenset((scope.id,)))
    return Filters(years=years, regions=frozenset((scope.id,)) if scope.kind == "region" else frozenset())
