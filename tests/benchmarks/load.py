"""Measure messages a second beside python-telegram-bot's own echo bot: `python -m tests.benchmarks.load`.

Both run in turns against one lean stand-in for Telegram, the echo bot at its best setting, so that a ratio holds on a
machine that has other work. What it prints in seconds does not.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import click

from tests.benchmarks.driver import QUESTIONS, Bot, Server, answered

ECHO = """
import os, sys
from telegram.ext import ApplicationBuilder, MessageHandler, filters
async def echo(update, context):
    await update.message.reply_text(update.message.text)
places = int(sys.argv[1])
application = (
    ApplicationBuilder().token(os.environ["TELEGRAM_TOKEN"]).base_url(os.environ["TELEGRAM_API_BASE_URL"])
    .concurrent_updates(places).connection_pool_size(places + 8).build()
)
application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
application.run_polling()
"""
OURS = ["-m", "bot"]
BOTS = {"echo, 16 at once": ["-c", ECHO, "16"], "echo, 32 at once": ["-c", ECHO, "32"], "this bot": OURS}


class Run(NamedTuple):
    """Messages a second, and CPU seconds for a thousand."""

    rate: float
    cpu: float


def main() -> None:
    """Run the bots in turns and print a table."""
    burst.main(standalone_mode=True)


@click.command()
@click.option("--messages", default=3000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--port", default=18443, show_default=True)
def burst(messages: int, rounds: int, port: int) -> None:
    """Send bursts of messages from 300 chats, then 30 a second."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(port)
        try:
            _compare(server, Path(folder), messages, rounds)
            _steady(server, Path(folder))
        finally:
            server.close()


def _compare(server: Server, folder: Path, messages: int, rounds: int) -> None:
    (folder / "file").write_text("")
    runs: dict[str, list[Run]] = {}
    for _ in range(rounds):
        for name, command in BOTS.items():
            runs.setdefault(name, []).append(_burst(server, command, folder, messages))
        runs.setdefault("this bot without a disk", []).append(_burst(server, OURS, folder / "file" / "none", messages))
    best = max((name for name in runs if name.startswith("echo")), key=lambda name: _median(runs[name]).rate)
    against = _median(runs[best])
    print(f"{messages} messages at once from 300 chats, median of {rounds} rounds in turns; ratios to {best}\n")
    print(f"{'':26}{'messages/s':>12}{'ratio':>8}{'CPU s/1,000':>13}{'ratio':>8}")
    for name, found in runs.items():
        run = _median(found)
        ratios = f"{run.rate / against.rate:>8.2f}{run.cpu:>13.2f}{run.cpu / against.cpu:>8.2f}"
        print(f"{name:26}{run.rate:>12.0f}{ratios}")


def _burst(server: Server, command: list[str], state: Path, messages: int) -> Run:
    bot = _started(server, command, state)
    try:
        before, cpu = server.control("report")["answers"], bot.cpu()
        begun = time.perf_counter()
        server.control("push", _questions(messages))
        report = answered(server, before + messages)
        assert report["answers"] == before + messages, report["answers"] - before
        # perf_counter is one clock for all processes of a machine
        return Run(messages / (report["last"] - begun), (bot.cpu() - cpu) / messages * 1000)
    finally:
        bot.stop()


def _steady(server: Server, folder: Path, seconds: int = 20) -> None:
    print(f"\n30 messages a second for {seconds} s, time to the answer\n")
    for name, command in BOTS.items():
        bot = _started(server, command, folder)
        before, cpu = server.control("report")["answers"], bot.cpu()
        server.control("times")
        for number, question in enumerate(_questions(30 * seconds)):
            server.control("push", [question])
            time.sleep(max(0.0, 1 / 30 - (time.perf_counter() % (1 / 30)) if number else 0))
        answered(server, before + 30 * seconds)
        times = sorted(server.control("times"))
        share = (bot.cpu() - cpu) / seconds
        bot.stop()
        middle, late = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
        print(f"{name:26}median {middle:.1f} ms, 99 of 100 within {late:.1f} ms, {share:.0%} of a core")


def _started(server: Server, command: list[str], state: Path) -> Bot:
    """Start a bot and let it answer everybody once, so that it is warm."""
    server.control("reset")
    bot = Bot(command, server, state)
    server.control("push", [(chat, "hello") for chat in range(1000, 1040)])
    answered(server, 40)
    return bot


def _questions(count: int) -> list[tuple[int, str]]:
    return [(1 + number % 300, QUESTIONS[number % len(QUESTIONS)]) for number in range(count)]


def _median(runs: list[Run]) -> Run:
    return Run(statistics.median(run.rate for run in runs), statistics.median(run.cpu for run in runs))


if __name__ == "__main__":
    sys.exit(main())
