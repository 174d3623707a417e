"""Run the bot for minutes under mixed traffic and faults: `python -m tests.benchmarks.soak --minutes 10`.

Prints a line a minute and exits with 1 unless every question was answered, no error was logged and memory stayed flat.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from tests.benchmarks.driver import QUESTIONS, Bot, Server, answered

HOSTILE = (
    "a" * 4096,
    "12 " * 1365,
    "ะิีุู" * 800,
    "<b>&amp;</b> ' OR 1=1; --",
    "\u202e\x00{}%s\n\r",
    "\U0001f469\u200d\U0001f469\u200d\U0001f466" * 300,
)
CHATS = 2_000
TICK = 0.2  # seconds
GROWTH = 4.0  # MiB that the last third may need more than the second; allocators breathe
ERRORS = ("ERROR", "CRITICAL")


class Soak:
    """The traffic, and what is seen of the bot meanwhile."""

    def __init__(self, server: Server, folder: Path, rate: float, seed: int) -> None:
        self.server, self.folder, self.rate = server, folder, rate
        self.chance = random.Random(seed)
        self.asked = 0
        self.memory: list[float] = []
        self.kills = 0
        self.log = (folder / "log").open("ab")
        self.bot = self.started()

    def started(self) -> Bot:
        """Start the bot."""
        return Bot(["-m", "bot"], self.server, self.folder, self.log)

    def say(self) -> None:
        """Let so many people write as do in one tick."""
        texts = (*QUESTIONS * 4, *HOSTILE)
        count = round(self.rate * TICK * self.chance.uniform(0, 2))
        said = [(self.chance.randrange(1, CHATS), self.chance.choice(texts)) for _ in range(count)]
        self.asked += count
        self.server.control("push", said)

    def kill(self) -> None:
        """Kill the bot, look at what it leaves, and start it again."""
        self.bot.process.kill()
        self.bot.process.wait()
        self.kills += 1
        for path in self.folder.glob("*.sqlite"):
            with closing(sqlite3.connect(path)) as connection:
                whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
                assert whole == "ok", f"{path.name}: {whole}"
        self.bot = self.started()

    def errors(self) -> list[str]:
        """Return the errors logged so far."""
        lines = (self.folder / "log").read_text("utf-8").splitlines()
        found = [json.loads(line) if line.startswith("{") else {"level": "ERROR", "message": line} for line in lines]
        return [record["message"] for record in found if record["level"] in ERRORS]

    def line(self, minute: str) -> dict[str, Any]:
        """Print how it is."""
        report: dict[str, Any] = self.server.control("report")
        times = sorted(self.server.control("times")) or [0.0]
        middle, late = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
        print(
            f"{minute:>6}{self.asked:>9}{report['answers']:>10}{report['unanswered']:>9}{report['twice']:>7}"
            f"{report['faults']:>8}{self.kills:>7}{middle:>10.0f}{late:>10.0f}{self.memory[-1]:>9.1f}"
            f"{len(self.errors()):>8}",
            flush=True,
        )
        return report


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--rate", default=15.0, show_default=True, help="Messages a second.")
@click.option("--faults", default=0.03, show_default=True, help="Share of requests that go wrong.")
@click.option("--kill-every", default=0.0, help="Seconds after which the bot is killed, again and again.")
@click.option("--port", default=18444, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(minutes: float, rate: float, faults: float, kill_every: float, port: int, seed: int) -> None:
    """Soak the bot."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(port)
        try:
            sys.exit(_soak(Soak(server, Path(folder), rate, seed), minutes * 60, faults, kill_every))
        finally:
            server.close()


def _soak(soak: Soak, seconds: float, faults: float, kill_every: float) -> int:
    soak.server.control("push", [(chat, "hello") for chat in range(1, CHATS, 10)])
    soak.asked += len(range(1, CHATS, 10))
    answered(soak.server, soak.asked)
    soak.server.control("times")
    soak.server.control("fault", {"share": faults})
    print(f"{'min':>6}{'asked':>9}{'answers':>10}{'waiting':>9}{'twice':>7}{'faults':>8}{'kills':>7}", end="")
    print(f"{'median ms':>10}{'99 % ms':>10}{'MiB':>9}{'errors':>8}")
    begun = tick = time.monotonic()
    minute, killed = 1, begun
    while (now := time.monotonic()) - begun < seconds:
        soak.say()
        soak.memory.append(soak.bot.memory())
        if kill_every and now - killed >= kill_every:
            soak.kill()
            killed = time.monotonic()
        if now - begun >= minute * 60:
            soak.line(str(minute))
            minute += 1
        tick += TICK
        time.sleep(max(0.0, tick - time.monotonic()))
    soak.server.control("fault", {"share": 0.0})
    answered(soak.server, soak.asked, patience=60)
    time.sleep(3)  # what would still come twice
    return _verdict(soak, bool(kill_every))


def _verdict(soak: Soak, killed: bool) -> int:
    report = soak.line("end")
    soak.bot.stop()
    third = len(soak.memory) // 3
    grown = statistics.median(soak.memory[-third:]) - statistics.median(soak.memory[third : 2 * third])
    code = soak.bot.process.returncode
    print(f"\nunanswered {report['unanswered']}, answered twice {report['twice']}, exit code {code}")
    print(f"memory in the last third against the second: {grown:+.1f} MiB, at most {max(soak.memory):.1f} MiB")
    for error in soak.errors()[:10]:
        print("error:", error)
    whole = not report["unanswered"] and not soak.errors() and not code
    return 0 if whole and (killed or grown < GROWTH) else 1


if __name__ == "__main__":
    main()
