"""What can be wrong with the records, said in one line that names the file and the place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Steps = tuple[int | str, ...]
Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault whose line is not looked up yet; `steps` lead to it inside the file."""

    path: Path
    steps: Steps
    message: str
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `file` as given, `place` a line, a line:column or a path such as `memberships[3]`, or empty.

    An error stops a build; a warning should be looked at; a note says what is not held.
    """

    file: str
    place: str
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.place}" if self.place else self.file
        return f"{where}: {self.message}" if self.level == "error" else f"{where}: {self.level}: {self.message}"


class BuildError(Exception):
    """The fact base could not be written, or answers wrongly; the text says where and why."""


class StaleError(BuildError):
    """Another fact base serves by now than the one that a change was compared with."""


class RecordError(Exception):
    """The records are at fault. `faults` has at least one; the text is the first and how many there are besides."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")


def fault(file: Path | str, place: str, message: str) -> RecordError:
    """Return an error with a single fault, whose message is kept to one line."""
    return RecordError([Fault(str(file), place, " ".join(message.split()))])
