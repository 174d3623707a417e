"""Command line for maintainers. Exit codes: 0 done, 1 the input is at fault, 2 wrong usage."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from knowledge import location, store
from knowledge.build import BuildError, build, ensure
from knowledge.diff import difference
from knowledge.extract import MAX_BYTES, ExtractError, extract
from knowledge.faults import RecordError
from knowledge.overview import table

P = ParamSpec("P")
_PATH = click.Path(path_type=Path)
_records = click.option("--records", type=_PATH, default=location.PACKAGE, help="Folder of the record files.")
_facts = click.option("--facts", type=_PATH, help="The fact base; without it, the one the bot uses.")


def _one_line(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what the input is at fault for into a line on stderr and exit code 1."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RecordError as error:
            for fault in error.faults:
                click.echo(str(fault), err=True)
        except (BuildError, ExtractError, store.StoreError) as error:
            click.echo(str(error), err=True)
        except OSError as error:
            click.echo(f"{error.filename or 'fact base'}: {error.strerror or error}", err=True)
        else:
            return
        sys.exit(1)

    return wrapped


@click.group(help="Check the records and build the fact base from them.")
def main() -> None:
    pass


@main.command("extract", help="Print a draft record of an announcement: text, HTML, PDF or DOCX; - is standard input.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@_records
@_one_line
def extract_(file: Path, records: Path) -> None:
    from knowledge.reading import load

    with click.open_file(str(file), "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    try:
        draft = extract(data, file.name, known=load(records))
    except ExtractError as error:
        raise ExtractError(f"{'standard input' if file.name == '-' else file}: {error}") from None
    click.echo(draft.record, nl=False)


@main.command(help="Check the records against each other.")
@_records
@_one_line
def check(records: Path) -> None:
    from knowledge.check import checked
    from knowledge.reading import load

    found = checked(load(records))
    memberships = sum(len(record.memberships) for record in found.announcements.values())
    statements = sum(len(record.statements) for record in found.announcements.values())
    click.echo(
        f"{len(found.announcements)} records hold together: {memberships} memberships, {statements} statements, "
        f"{len(found.places)} places."
    )


@main.command("build", help="Build the fact base and put it in place of the old one.")
@_records
@_facts
@_one_line
def build_(records: Path, facts: Path | None) -> None:
    path = build(facts or location.candidates()[0], records)
    click.echo(f"{path}: {path.stat().st_size // 1024} KiB")


@main.command(help="Print what is held of each cohort.")
@_facts
@_one_line
def coverage(facts: Path | None) -> None:
    with store.open(facts or ensure()) as base:
        click.echo(table(base))


@main.command(help="Print what a build would change.")
@_records
@_facts
@_one_line
def diff(records: Path, facts: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        new = build(Path(folder) / location.FILE_NAME, records)
        with store.open(facts or location.candidates()[0]) as before, store.open(new) as after:
            click.echo("\n".join(difference(before, after)) or "nothing changes")


if __name__ == "__main__":
    main(prog_name="python -m knowledge")
