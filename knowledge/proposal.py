"""What would be served if a record were added: a fact base built aside, for comparing and asking."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.build import build
from knowledge.faults import Fault, RecordError
from knowledge.location import FILE_NAME, PACKAGE, additions, candidates
from knowledge.reading import read
from knowledge.records import Record


@contextlib.contextmanager
def proposed(drafts: Iterable[Path] = (), directory: Path = PACKAGE, facts: Path | None = None) -> Iterator[Path]:
    """Build a fact base from the records, those added beside `facts`, and `drafts`; it is gone at the end.

    Raises RecordError if they do not hold together, BuildError if the fact base would answer wrongly.
    """
    with tempfile.TemporaryDirectory(prefix="learning-cities-") as folder:
        yield build(Path(folder) / FILE_NAME, directory, with_drafts(drafts, directory, facts))


def with_drafts(drafts: Iterable[Path], directory: Path = PACKAGE, facts: Path | None = None) -> list[Path]:
    """Return the records added beside `facts`, by default those of the package, with `drafts`.

    A draft takes the place of the added record of the same id.
    """
    added = additions(facts or candidates()[0]) if directory == PACKAGE else []
    news = list(drafts)
    ids = {read(path, Record).id for path in news}
    return [*(path for path in added if _id(path) not in ids), *news]


def _id(path: Path) -> str | None:
    try:
        return read(path, Record).id
    except RecordError:  # told by the build
        return None


@contextlib.contextmanager
def opened(name: str, facts: Path) -> Iterator[Path]:
    """Give the fact base that `name` means: a file, the id of a kept build, a folder of records, or a draft record.

    `facts` is the serving one, beside which builds are kept and records added.
    """
    from knowledge.history import find

    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        with proposed([path], facts=facts) as built:
            yield built
    elif path.is_dir():
        with proposed(directory=path, facts=facts) as built:
            yield built
    elif path.exists() or path.suffix == ".sqlite":
        yield path
    else:
        try:
            found = find(facts, name)
        except LookupError as error:
            raise RecordError([Fault(name, "", f"is no file, and {error}")]) from None
        yield found.path


def sides(given: tuple[str, ...], serving: Path, records: Path = PACKAGE) -> tuple[str, str]:
    """Return what is to be compared: the two `given`, or one with what serves, or what serves with the records."""
    if len(given) > 2:
        raise RecordError([Fault(given[2], "", "only two things can be compared")])
    if len(given) == 2:
        return given[0], given[1]
    return str(serving), given[0] if given else str(records)
