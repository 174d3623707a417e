"""What the fact base holds in words: statements, what sources disagree on, and the sources to cite."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable

from knowledge.answer import Cited
from knowledge.model import Declared, Filters, Membership, Scope, Source, Statement
from knowledge.store import FactBase

_JOINED = "joined-"  # topics of what is said of a country that joined in a year: joined-us-2025


class Library:
    """Finds statements and conflicts in one open fact base, and cites what facts rest on."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        columns = "id, publisher, publisher_th, title, language, published, url"
        self._sources = {row[0]: Source(*row) for row in base.rows(f"SELECT {columns} FROM source")}
        self._statements: dict[str, list[Statement]] = {}
        for row in base.rows("SELECT id, topic, th, en, source, locator FROM statement"):
            self._statements.setdefault(row[1], []).append(Statement(*row))

    def topics(self) -> frozenset[str]:
        """Return the topics that statements exist for."""
        return frozenset(self._statements)

    def statements(self, topics: Iterable[str]) -> tuple[Statement, ...]:
        """Return what is said on `topics`, in their order."""
        return tuple(statement for topic in topics for statement in self._statements.get(topic, ()))

    def joined(self, filters: Filters) -> tuple[Statement, ...]:
        """Return what is said of countries that joined with cities whose names are not known.

        It also says that they had none in an earlier year.
        """
        wanted = {f"{_JOINED}{country.lower()}-" for country in filters.countries}
        found = [topic for topic in self._statements if any(map(topic.startswith, wanted))]
        return self.statements(topic for topic in found if _had_joined_by(filters, int(topic.rpartition("-")[2])))

    def conflicts(
        self, filters: Filters, topics: Collection[str] = (), figure: int | None = None
    ) -> tuple[Statement, ...]:
        """Return what sources disagree on: of `topics`, on a figure, of what is named, of one year, or at all."""
        rows = [*self._base.rows("SELECT id, topic, th, en, year, scope_id FROM conflict ORDER BY year, id")]
        scopes = filters.regions if filters.years else filters.countries | filters.regions
        on_figure = [row for row in rows if figure is not None and re.search(rf"\b{figure}\b", row["en"])]
        narrowed = (
            [row for row in on_figure if row[5] in filters.countries | filters.regions],
            on_figure,
            [row for row in rows if row[1] in topics and row[4] == filters.year],
            [row for row in rows if row[1] in topics],
            [row for row in rows if row[1] in filters.places],
            [row for row in rows if row[5] in scopes and filters.year in (None, row[4])],
            [row for row in rows if row[4] == filters.year],
        )
        found = next((some for some in narrowed if some), rows if filters == Filters() and figure is None else [])
        return tuple(_conflict(row) for row in found)

    def sources_in_conflict(self, conflicts: Iterable[Statement]) -> tuple[Cited, ...]:
        """Return the sources that disagree."""
        ids = [conflict.id for conflict in conflicts]
        marks = ", ".join("?" * len(ids))
        rows = self._base.rows(f"SELECT DISTINCT source FROM conflict_source WHERE conflict IN ({marks})", tuple(ids))
        return tuple(Cited(self._sources[source], None) for (source,) in rows)

    def conflicts_on(self, scope: Scope, year: int) -> tuple[Statement, ...]:
        """Return where sources disagree on the number of a round, and on that of all then."""
        if scope.kind != "world":
            return ()
        rows = self._base.rows(
            "SELECT id, topic, th, en FROM conflict WHERE year = ? AND scope_kind = 'world' AND topic IN (?, ?)"
            " ORDER BY topic",
            (year, f"event-{year}", f"network-total-{year}"),
        )
        return tuple(_conflict(row) for row in rows)

    def resting_on(self, members: Iterable[Membership]) -> tuple[Source, ...]:
        """Return the sources of `members`, the one that most rest on first."""
        return tuple(self._sources[source] for source, _ in Counter(m.source for m in members).most_common())

    def cite(self, members: Iterable[Membership], numbers: Iterable[Declared | None]) -> tuple[Cited, ...]:
        """Return the sources of `numbers`, then those of `members`, the one that most rest on first."""
        facts = [(number.source, number.locator, number.year) for number in numbers if number]
        facts += [fact for fact, _ in Counter((m.source, m.locator, m.year) for m in members).most_common()]
        best: dict[str, Cited] = {}
        for source, locator, year in facts:
            best.setdefault(source, Cited(self._sources[source], locator, year))
        return tuple(best.values())

    def cite_statements(self, statements: Iterable[Statement]) -> tuple[Cited, ...]:
        """Return the sources of `statements`, each once."""
        best: dict[str, Cited] = {}
        for statement in statements:
            best.setdefault(statement.source, Cited(self._sources[statement.source], statement.locator))
        return tuple(best.values())


def _conflict(row: sqlite3.Row) -> Statement:
    """Return a conflict as a statement; its sources are cited apart."""
    return Statement(row["id"], row["topic"], row["th"], row["en"], "", None)


def _had_joined_by(filters: Filters, first: int) -> bool:
    """Tell whether the year of a country's first member says something of the years asked about."""
    return filters.has_year(first) or (filters.year is not None and filters.year < first)
