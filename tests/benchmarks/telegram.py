"""A lean stand-in for Telegram in a process of its own, so that it is not what is measured.

    python -m tests.benchmarks.telegram PORT

It speaks just enough HTTP. Beside the Bot API it answers `/control/push` (a JSON list of [chat, text], queued as
messages), `/control/fault` (`{"share": 0.05}`: so many requests go wrong), `/control/report`,
`/control/times` and `/control/reset`.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter, deque
from typing import Any
from urllib.parse import parse_qs

FAULTS = ("429", "500", "502", "garbage", "reset", "hang")
HANG = 2.0  # seconds
BOT = {
    "id": 4242, "is_bot": True, "first_name": "Bench", "username": "BenchBot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": False,
}  # fmt: skip
Json = dict[str, Any]


class Telegram:
    """Updates to fetch, and when each question was asked and answered."""

    def __init__(self) -> None:
        self.pending: deque[Json] = deque()
        self.arrived = asyncio.Event()
        self.number = random.randrange(1, 1_000_000_000)
        self.asked: dict[int, deque[float]] = {}
        self.seconds: list[float] = []
        self.answers: Counter[int] = Counter()
        self.pushed: Counter[int] = Counter()
        self.last = 0.0
        self.share = 0.0
        self.faults = 0
        self.webhook = ""

    def push(self, chat: int, text: str) -> None:
        """Let somebody write."""
        self.number += 1
        person = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        place = {"id": chat, "type": "private", "first_name": "Ann"}
        message = {"message_id": self.number, "date": int(time.time()), "chat": place, "from": person, "text": text}
        self.pending.append({"update_id": self.number, "message": message})
        self.asked.setdefault(chat, deque()).append(time.perf_counter())
        self.pushed[chat] += 1
        self.arrived.set()

    async def get_updates(self, form: dict[str, str]) -> list[Json]:
        """Drop what is confirmed and hand out more."""
        offset, limit = int(form.get("offset", 0)), int(form.get("limit", 100))
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        if not self.pending:
            self.arrived.clear()
            try:
                await asyncio.wait_for(self.arrived.wait(), float(form.get("timeout", 0)))
            except TimeoutError:
                return []
        return [self.pending[n] for n in range(min(limit, len(self.pending)))]

    def send(self, form: dict[str, str]) -> Json:
        """Take an answer."""
        chat, self.last = int(form["chat_id"]), time.perf_counter()
        self.answers[chat] += 1
        if asked := self.asked.get(chat):
            self.seconds.append(self.last - asked.popleft())
        self.number += 1
        place = {"id": chat, "type": "private", "first_name": "Ann"}
        return {"message_id": self.number, "date": 1, "chat": place, "from": BOT, "text": form["text"]}

    def report(self) -> Json:
        """Return what happened so far."""
        return {
            "answers": self.answers.total(),
            "unanswered": sum(max(0, n - self.answers[chat]) for chat, n in self.pushed.items()),
            "twice": sum(max(0, n - self.pushed[chat]) for chat, n in self.answers.items()),
            "pending": len(self.pending),
            "last": self.last,
            "faults": self.faults,
        }

    def times(self) -> list[float]:
        """Return how long each answer took since the last time this was asked."""
        found, self.seconds = self.seconds, []
        return found

    def reset(self) -> None:
        """Forget everybody."""
        self.asked.clear()
        self.answers.clear()
        self.pushed.clear()
        self.seconds, self.faults = [], 0


class Protocol(asyncio.Protocol):
    """HTTP/1.1 with bodies of a declared length, one request after the other."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.buffer = b""
        self.busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found or self.busy:
            return
        length = 0
        for line in head.split(b"\r\n")[1:]:
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        target = head.split(b" ", 2)[1].decode()
        self.answer(target, rest[:length])

    def answer(self, target: str, body: bytes) -> None:
        """Answer at once where that can be done."""
        path, _, query = target.partition("?")
        method = path.rpartition("/")[2]
        telegram = self.telegram
        if path.startswith("/control/"):
            self.control(method, body)
            return
        if telegram.share and random.random() < telegram.share and method != "getMe":
            telegram.faults += 1
            self.go_wrong(random.choice(FAULTS))
            return
        if method == "sendMessage":
            self.write(telegram.send(form(body.decode())))
        elif method == "getUpdates":
            self.busy = True
            task = asyncio.ensure_future(telegram.get_updates(form(query) | form(body.decode())))
            task.add_done_callback(self.fetched)
        elif method == "getMe":
            self.write(BOT)
        else:
            self.write(True)

    def fetched(self, task: asyncio.Future[list[Json]]) -> None:
        self.busy = False
        self.write(task.result())

    def control(self, method: str, body: bytes) -> None:
        """Do what the benchmark asks for."""
        telegram = self.telegram
        if method == "push":
            for chat, text in json.loads(body):
                telegram.push(chat, text)
        elif method == "fault":
            telegram.share = json.loads(body)["share"]
        elif method == "reset":
            telegram.reset()
        answers = {"report": telegram.report, "times": telegram.times}
        self.write(answers[method]() if method in answers else True)

    def go_wrong(self, fault: str) -> None:
        """Answer as Telegram or the network does on a bad day."""
        if fault == "reset":
            self.transport.abort()
        elif fault == "hang":
            asyncio.get_running_loop().call_later(HANG, self.transport.abort)
        elif fault == "garbage":
            self.raw("502 Bad Gateway", b"<html>Sorry</html>")
        else:
            more = {"parameters": {"retry_after": 1}} if fault == "429" else {}
            refusal = {"ok": False, "error_code": int(fault), "description": f"fault {fault}", **more}
            self.raw(f"{fault} Fault", json.dumps(refusal).encode())

    def write(self, result: Any) -> None:
        self.raw("200 OK", json.dumps({"ok": True, "result": result}).encode())

    def raw(self, status: str, body: bytes) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        if not self.transport.is_closing():
            self.transport.write(head.encode() + body)


def form(text: str) -> dict[str, str]:
    """Return the fields of a form."""
    return {name: values[-1] for name, values in parse_qs(text).items()} if text else {}


async def main(port: int) -> None:
    """Serve until killed."""
    telegram = Telegram()
    server = await asyncio.get_running_loop().create_server(lambda: Protocol(telegram), "127.0.0.1", port, backlog=1024)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
