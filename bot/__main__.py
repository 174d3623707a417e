"""Command line: run the bot in Telegram or in the terminal, or answer single questions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.language import LANGUAGES, Language
from bot.settings import Settings, SettingsError, read_file

if TYPE_CHECKING:
    from bot.conversation import Turn
    from bot.live import Live


@click.group(invoke_without_command=True, help="Answer questions about UNESCO learning cities, in Thai or English.")
@click.option("--check-config", is_flag=True, help="Only tell whether the settings are in order.")
@click.pass_context
def main(context: click.Context, check_config: bool) -> None:
    """Without a command: in Telegram if TELEGRAM_TOKEN is set, in the terminal if not."""
    read_file()
    if check_config:
        click.echo(_settings().summary())
        sys.exit(0)
    if context.invoked_subcommand is None:
        sys.exit(_run())


@main.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Read questions from standard input, write one JSON object each.")
def ask(question: tuple[str, ...], as_json: bool) -> None:
    """Answer QUESTION once; with --json, one question a line of standard input."""
    if as_json == bool(question):
        raise click.UsageError("give a question, or --json and questions on standard input")
    engine = _engine()
    if as_json:
        from bot.jsonlines import answer_lines

        answer_lines(engine, sys.stdin.buffer, sys.stdout)
    else:
        from bot.terminal import as_text

        click.echo(as_text(engine.answer(" ".join(question)).reply))


@main.command()
@click.argument("old_new", metavar="[OLD] [NEW]", nargs=-1)
def diff(old_new: tuple[str, ...]) -> None:
    """Print which facts and which answers change from OLD to NEW.

    Each may be a fact base, the id of a build, a folder of records or a draft record; without them, from the fact base
    that serves to a new build.
    """
    from bot.comparing import compared

    with _one_line():
        for line in compared(old_new):
            click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the review as a JSON object.")
def review(file: Path, as_json: bool) -> None:
    """Show what FILE, an announcement or a draft record, would add, its doubts, and which answers it changes."""
    from bot.reviewing import bound
    from bot.reviewing import review as reviewed
    from bot.telling import shown
    from knowledge.build import ensure

    bound()
    with _one_line():
        found = reviewed(file, ensure())
        click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else shown(found.as_json(), "en"))


@main.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--basis", help="Digest of the fact base that the record was compared with.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as a JSON object.")
def add(record: Path, basis: str | None, as_json: bool) -> None:
    """Put a reviewed RECORD into the fact base: checked, built, tried, installed; print the answers it changes."""
    from bot.reviewing import take
    from knowledge.build import ensure

    with _one_line():
        kept, answers = take(record, ensure(), basis)
        if as_json:
            click.echo(json.dumps({"kept": str(kept), "answers": answers}, ensure_ascii=False))
            return
        for answer in answers:
            click.echo("\n".join(answer) + "\n")
        click.echo(f"{kept.parent.name}/{kept.name} is in; {len(answers)} answers change")


@main.command()
@click.option("--days", default=30, show_default=True, help="How many days to look back.")
@click.option("--most", default=30, show_default=True, help="How many groups to show.")
def misses(days: int, most: int) -> None:
    """Print the questions that got no answer or a 👎, alike ones together, with counts and without people."""
    from datetime import date

    from bot.misses import missed
    from bot.state import State
    from bot.telling import misses_shown
    from knowledge.location import candidates

    state = State.open(_settings().state or candidates()[0].parent)
    try:
        click.echo(misses_shown(missed(state, date.today(), days)[:most], "en"))
    finally:
        state.close()


@main.command()
@click.argument("question", nargs=-1, required=True)
def explain(question: tuple[str, ...]) -> None:
    """Print how QUESTION is understood, and what to add to the lexicon for its unknown words."""
    from bot.explaining import explained

    for line in explained(_engine(), " ".join(question)):
        click.echo(line)


@main.command()
def health() -> None:
    """Tell whether the bot that runs here is alive: exit code 0 or 1."""
    from bot.vitals import examined

    alive, what = examined(_settings().bot)
    click.echo(what, err=not alive)
    sys.exit(0 if alive else 1)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy what the bot remembers of chats, votes and open questions to FILE, while it runs."""
    from bot.state.backup import BackupError
    from bot.state.backup import backup as copy
    from knowledge.location import candidates

    try:
        size = copy(_settings().state or candidates()[0].parent, file)
    except BackupError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"{file}: {size:,} bytes")


@main.command("map")
@click.argument("question", nargs=-1)
@click.option("--to", "path", type=click.Path(dir_okay=False, writable=True, path_type=Path), default="map.png")
@click.option("--language", type=click.Choice(LANGUAGES), help="By default that of the question.")
def map_(question: tuple[str, ...], path: Path, language: Language | None) -> None:
    """Draw the cities that QUESTION is about, or the whole network, as PNG; print the caption."""
    _draw(_engine().map_of(" ".join(question), None, language), path)


@main.command()
@click.option("--to", "path", type=click.Path(dir_okay=False, writable=True, path_type=Path), default="stats.png")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def stats(path: Path, language: Language) -> None:
    """Draw the network in figures as PNG; print the caption."""
    _draw(_engine().statistics(language), path)


def _draw(turn: Turn, path: Path) -> None:
    from bot.pictures.raster import DrawingError
    from bot.terminal import as_text

    if turn.sketch is None:
        click.echo(as_text(turn.reply), err=True)
        sys.exit(1)
    try:
        path.write_bytes(turn.sketch.draw())
    except (OSError, DrawingError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(as_text(turn.reply))


def _settings() -> Settings:
    try:
        return Settings.read()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _run() -> int:
    settings = _settings()
    engine = _engine()
    if settings.token:
        from bot.app import run

        return run(settings, engine)
    from bot.terminal import chat

    return chat(engine)


def _engine() -> Live:
    from bot.live import Live  # late, so that wrong usage is told at once

    with _one_line():
        return Live.open()


@contextmanager
def _one_line() -> Iterator[None]:
    """Turn what the input is at fault for into lines on stderr and exit code 1."""
    from knowledge.extract import ExtractError
    from knowledge.faults import BuildError, RecordError
    from knowledge.store import StoreError

    try:
        yield
    except RecordError as error:
        click.echo("\n".join(map(str, error.faults)), err=True)
        sys.exit(1)
    except (BuildError, ExtractError, StoreError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
