"""What the sources hold, as a table: names held of names declared, cohort by cohort and region by region."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.store import FactBase

_REGIONS = ("africa", "arab-states", "asia-pacific", "europe-north-america", "latin-america-caribbean")
_TITLES = ("Africa", "Arab States", "Asia-Pacific", "Europe, N. Am.", "Latin America")
_HEADING = ("cohort", "world", *_TITLES, "sources", "conflicts")


@dataclass(frozen=True, slots=True)
class Cell:
    """Names held for a cohort and scope; `declared` is the number a source states, if any."""

    held: int
    declared: int | None
    complete: bool

    def __str__(self) -> str:
        of = f"/{self.declared}" if self.declared is not None and self.declared != self.held else ""
        return f"{self.held}{of}{' ✓' if self.complete else ''}"


def table(facts: FactBase) -> str:
    """Return the coverage of all cohorts as aligned text; ✓ marks what is complete."""
    years = [int(row["year"]) for row in facts.rows("SELECT year FROM cohort ORDER BY year")]
    rows = [_HEADING, *(_line(facts, year) for year in years)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADING))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    complete = facts.rows(
        "SELECT scope_id FROM coverage WHERE scope_kind = 'country' GROUP BY 1 "
        "HAVING sum(complete AND year IN (SELECT year FROM cohort)) = (SELECT count(*) FROM cohort)"
    )
    note = "held/declared names, ✓ complete. Complete in every cohort: " + ", ".join(row[0] for row in complete)
    return "\n".join([*lines, "", note])


def cell(facts: FactBase, year: int, kind: str, scope: str) -> Cell:
    """Return how much of a cohort is held for the world, a region or a country."""
    held = facts.row(
        "SELECT count(*) FROM membership JOIN place ON place.id = membership.place "
        "JOIN country ON country.iso = place.country "
        "WHERE year = ? AND ? IN ('world', country.region, country.iso)",
        (year, scope),
    )
    stated = facts.row(
        "SELECT value FROM declared WHERE followed AND measure = 'new_cities' "
        "AND year = ? AND scope_kind = ? AND scope_id = ?",
        (year, kind, scope),
    )
    whole = facts.row(
        "SELECT complete FROM coverage WHERE year = ? AND scope_kind = ? AND scope_id = ?", (year, kind, scope)
    )
    return Cell(held[0] if held else 0, stated[0] if stated else None, bool(whole and whole[0]))


def _line(facts: FactBase, year: int) -> tuple[str, ...]:
    cells = [cell(facts, year, "world", "world"), *(cell(facts, year, "region", region) for region in _REGIONS)]
    sources = facts.row("SELECT count(DISTINCT source) FROM membership WHERE year = ?", (year,))
    conflicts = facts.row("SELECT count(*) FROM conflict WHERE year = ?", (year,))
    counts = [str(row[0] if row else 0) for row in (sources, conflicts)]
    return (str(year), *map(str, cells), *counts)
