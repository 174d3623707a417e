"""What can be wrong with the records, said in one line that names the file and the place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Steps = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault whose line is not looked up yet; `steps` lead to it inside the file."""

    path: Path
    steps: Steps
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `file` as given, `place` a line, a line:column or a path such as `memberships[3]`, or empty."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.place}" if self.place else self.file
        return f"{where}: {self.message}"


class RecordError(Exception):
    """The records are at fault. `faults` has at least one; the text is the first and how many there are besides."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")


def fault(file: Path | str, place: str, message: str) -> RecordError:
    """Return an error with a single fault, whose message is kept to one line."""
    return RecordError([Fault(str(file), place, " ".join(message.split()))])
