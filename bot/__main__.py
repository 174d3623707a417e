"""Command line: run the bot in Telegram or in the terminal, or answer single questions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.live import Live


@click.group(invoke_without_command=True, help="Answer questions about UNESCO learning cities, in Thai or English.")
@click.pass_context
def main(context: click.Context) -> None:
    """Without a command: in Telegram if TELEGRAM_TOKEN is set, in the terminal if not."""
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


def _run() -> int:
    try:
        settings = Settings.read()
    except SettingsError as error:
        click.echo(str(error), err=True)
        return 1
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
    from knowledge.faults import BuildError, RecordError
    from knowledge.store import StoreError

    try:
        yield
    except RecordError as error:
        click.echo("\n".join(map(str, error.faults)), err=True)
        sys.exit(1)
    except (BuildError, StoreError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
