"""The doubts of one draft, in the order in which they come up."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.extract.document import one_line
from knowledge.extract.draft import Doubt, DoubtKind

FEW = 40  # names that a doubt spells out


class Points:
    """Gathers doubts, each once."""

    def __init__(self) -> None:
        self.all: list[Doubt] = []

    def add(self, kind: DoubtKind, where: str | None, message: str, quoted: str | None = None) -> None:
        """Add a doubt, unless it is there already."""
        doubt = Doubt(kind, where, one_line(message), one_line(quoted) if quoted else None)
        if doubt not in self.all:
            self.all.append(doubt)

    def texts(self) -> str:
        """Return everything that the doubts say and quote."""
        return "\n".join(f"{doubt.message} {doubt.quoted or ''}" for doubt in self.all)

    def have(self, *kinds: str) -> bool:
        """Tell whether there is a doubt of any of these kinds."""
        return any(doubt.kind in kinds for doubt in self.all)


def few(names: Iterable[str]) -> str:
    """Return names in a row, and how many more there are."""
    all_ = list(names)
    more = f" and {len(all_) - FEW} more" if len(all_) > FEW else ""
    return ", ".join(all_[:FEW]) + more
