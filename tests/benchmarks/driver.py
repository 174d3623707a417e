"""What the load and the soak share: processes started and measured, and the stand-in for Telegram told what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
TOKEN = "4242:AAFakeTokenForBenchmarks_0123456789-abc"
TICKS = os.sysconf("SC_CLK_TCK")
QUESTIONS = (
    "which Thai cities joined in 2022?",
    "is hatyai a member",
    "เมืองไทยไหนเข้าร่วมปี 65 บ้างคะ",
    "how many cities joined in 2024",
    "หาดใหญ่เป็นสมาชิกไหม",
    "สมัครยังไงคะ",
    "what is the weather like",
    "when did Phayao join?",
    "สวัสดีครับ",
    "and Viet Nam?",
)


class Server:
    """The stand-in, in its own process."""

    def __init__(self, port: int) -> None:
        self.port = port
        command = [sys.executable, "-m", "tests.benchmarks.telegram", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    @property
    def base_url(self) -> str:
        """The address as `TELEGRAM_API_BASE_URL` takes it."""
        return f"http://127.0.0.1:{self.port}/bot"

    def control(self, what: str, content: Any = None) -> Any:
        """Tell the stand-in to do something; return what it answers."""
        request = Request(f"http://127.0.0.1:{self.port}/control/{what}", json.dumps(content).encode())
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)["result"]

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


class Bot:
    """A bot in a process of its own."""

    def __init__(self, command: list[str], server: Server, state: Path, log: Any = subprocess.DEVNULL) -> None:
        environment = {
            **os.environ,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": server.base_url,
            "LEARNING_CITIES_STATE": str(state),
            "LOG_LEVEL": "WARNING",
        }
        self.process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stderr=log)

    def cpu(self) -> float:
        """Return the seconds of CPU used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def stop(self) -> None:
        """Stop it as a supervisor would."""
        self.process.terminate()
        self.process.wait(30)


def answered(server: Server, count: int, patience: float = 120.0) -> dict[str, Any]:
    """Wait until so many answers have arrived; return the report."""
    end = time.monotonic() + patience
    while True:
        report: dict[str, Any] = server.control("report")
        if report["answers"] >= count or time.monotonic() > end:
            return report
        time.sleep(0.05)
