"""Command line for maintainers. Exit codes: 0 done, 1 the input is at fault, 2 wrong usage."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import ParamSpec

import click

from knowledge import location, store
from knowledge.build import BuildError, build, ensure, rollback, served
from knowledge.diff import difference
from knowledge.extract import MAX_BYTES, ExtractError, extract
from knowledge.faults import RecordError
from knowledge.history import Build, history
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
    from knowledge.location import additions, candidates
    from knowledge.reading import load

    with click.open_file(str(file), "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    try:
        draft = extract(data, file.name, known=load(records, added=additions(candidates()[0])))
    except ExtractError as error:
        raise ExtractError(f"{'standard input' if file.name == '-' else file}: {error}") from None
    click.echo(draft.record, nl=False)


@main.command(help="Check the records, and DRAFTS with them, one by one and against each other.")
@click.argument("drafts", nargs=-1, type=_PATH)
@click.option("--notes", is_flag=True, help="Tell what is not held, too: missing names, facts without a locator.")
@_records
@_facts
@_one_line
def check(drafts: tuple[Path, ...], notes: bool, records: Path, facts: Path | None) -> None:
    from knowledge.check import checked, remarks_on
    from knowledge.proposal import with_drafts
    from knowledge.reading import load

    found = checked(load(records, with_drafts(drafts, records, facts)))
    for remark in remarks_on(found):
        if notes or remark.level == "warning":
            click.echo(str(remark), err=True)
    memberships = sum(len(record.memberships) for record in found.announcements.values())
    statements = sum(len(record.statements) for record in found.announcements.values())
    click.echo(
        f"{len(found.announcements)} records hold together: {memberships} memberships, {statements} statements, "
        f"{len(found.places)} places."
    )


@main.command("build", help="Build the fact base and put it in place of the old one, which is kept.")
@_records
@_facts
@_one_line
def build_(records: Path, facts: Path | None) -> None:
    from knowledge.proposal import with_drafts

    path = build(facts or location.candidates()[0], records, with_drafts((), records, facts))
    click.echo(f"{path}: {path.stat().st_size // 1024} KiB")


@main.command("history", help="Print the builds that are kept, the newest first.")
@_facts
@_one_line
def history_(facts: Path | None) -> None:
    for one in history(facts or location.candidates()[0]):
        click.echo(_told(one))


@main.command("rollback", help="Put BUILD back in place, or the build before the serving one.")
@click.argument("build_id", metavar="[BUILD]", required=False)
@_facts
@_one_line
def rollback_(build_id: str | None, facts: Path | None) -> None:
    chosen = rollback(facts or location.candidates()[0], build_id)
    click.echo(f"{chosen.id} serves again, until a record changes or the next build.")


@main.command(help="Print what is held of each cohort.")
@_facts
@_one_line
def coverage(facts: Path | None) -> None:
    with store.open(facts or ensure()) as base:
        click.echo(table(base))


@main.command(help="Open the fact base in Datasette, in the browser, with titles and ready-made queries.")
@click.option("--port", default=8001, show_default=True, help="Port on this computer.")
@_facts
@_one_line
def browse(port: int, facts: Path | None) -> None:
    if find_spec("datasette") is None:
        raise BuildError("Datasette is not installed: pip install 'learning-cities-bot[browse]'")
    path = facts or ensure()
    settings = ["--metadata", str(location.PACKAGE / "browse.yaml"), "--port", str(port)]
    sys.exit(subprocess.call([sys.executable, "-m", "datasette", "serve", "--immutable", str(path), *settings]))


@main.command(help="Print what changes from OLD to NEW; without them, from the serving fact base to a new build.")
@click.argument("old_new", metavar="[OLD] [NEW]", nargs=-1)
@_records
@_facts
@_one_line
def diff(old_new: tuple[str, ...], records: Path, facts: Path | None) -> None:
    """OLD and NEW may each be a fact base, the id of a build, a folder of records or a draft record."""
    from knowledge.proposal import opened, sides

    serving = facts or served()
    old, new = sides(old_new, serving, records)
    with (
        opened(old, serving) as before,
        opened(new, serving) as after,
        store.open(before) as one,
        store.open(after) as other,
    ):
        click.echo("\n".join(difference(one, other)) or "nothing changes")


def _told(one: Build) -> str:
    if one.memberships is None:
        return f"  {one.id}  cannot be read"
    counts = f"{one.rounds} rounds, {one.memberships} memberships, {one.statements} statements"
    note = "rolled back to" if one.rolled_back else "of another version" if not one.usable else ""
    return f"{'*' if one.current else ' '} {one.id}  {one.built[:16]}  {counts}{note and f'  ({note})'}"


if __name__ == "__main__":
    main(prog_name="python -m knowledge")
