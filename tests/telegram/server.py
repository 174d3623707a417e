"""A strict stand-in for Telegram's Bot API, over real HTTP on the loopback interface."""

from __future__ import annotations

import json
import random
import re
import socket
import struct
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

from . import methods, profile, results, updates
from .methods import Garbage, Refusal, Reset, Silence
from .updates import ANN, BOT, CHANNEL, ELSEWHERE, WITH_ANN, Json

TOKEN = "4242:AAFakeTokenForTests_0123456789-abcdefg"
PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
FILE_PATH = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<name>.+)")
PATIENCE = 10.0
METHODS = {**methods.METHODS, **profile.METHODS, **results.METHODS}


class FakeTelegram:
    """Holds the updates to fetch and the messages sent, and answers as the real server words it."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.changed = threading.Condition()
        self.calls: list[tuple[str, Json]] = []
        self.sent: list[Json] = []
        self.messages: dict[tuple[int, int], Json] = {}
        self.files: dict[str, bytes] = {}
        self.chats: set[int] = set()
        self.topics: set[tuple[int, int]] = set()
        self.queries: set[str] = set()
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.commands: dict[str, list[Json]] = {}
        self.shown: dict[tuple[str, str], str] = {}
        self.results: list[Json] = []
        self.photos: dict[str, bytes] = {}
        self.edits = 0
        self.hears_all = False
        self.pending: list[Json] = []
        self.allowed: list[str] | None = None
        self.webhook: Json = {}
        self.polls = 0
        self.closing = False
        self.host = "127.0.0.1"
        self.delay = 0.0  # seconds before a message is taken
        self.lose_answers = 0  # messages that are taken without the bot hearing so
        self.forgetful = False  # confirmed updates are sent again
        self._failures: dict[str, deque[Refusal]] = defaultdict(deque)
        self._numbers = iter(range(random.randrange(1000, 1_000_000_000), 2_000_000_000))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base_url(self) -> str:
        """The address as `TELEGRAM_API_BASE_URL` takes it."""
        return f"http://{self.host}:{self._server.server_port}/bot"

    def close(self) -> None:
        """Stop answering."""
        with self.changed:
            self.closing = True
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def number(self) -> int:
        """Return a number not used before."""
        return next(self._numbers)

    def fail(self, method: str, *refusals: Refusal) -> None:
        """Answer the next calls of a method with these refusals."""
        self._failures[method].extend(refusals)

    def say(self, text: str | None, chat: Json = WITH_ANN, person: Json = ANN, **extra: Any) -> Json:
        """Let somebody write a message; return it."""
        return self.push("message", self.keep(updates.message(text, chat, person, **extra)))

    def press(self, message: Json, number: int = 0, person: Json = ANN) -> None:
        """Let somebody press a button of a sent message."""
        buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
        self.press_data(buttons[number]["callback_data"], message, person)

    def press_data(self, data: str, message: Json, person: Json = ANN) -> None:
        """Let a button with this data come in, whatever the message holds by now."""
        query: Json = {"id": str(self.number()), "from": person, "message": message, "chat_instance": "1", "data": data}
        self.queries.add(query["id"])
        self.push("callback_query", query)

    def press_labelled(self, message: Json, label: str, person: Json = ANN) -> None:
        """Let somebody press the button of a sent message that says `label`."""
        buttons = [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]
        self.press(message, buttons.index(label), person)

    def upload(self, name: str, content: bytes, person: Json = ANN, chat: Json = WITH_ANN, **extra: Any) -> Json:
        """Let somebody send a file; return the message."""
        number = f"documents/file_{self.number()}"
        self.files[number] = content
        document = {"file_id": number, "file_unique_id": number, "file_name": name, "file_size": len(content)}
        return self.say(None, chat, person, document={**document, **extra})

    def edit(self, message: Json, text: str, **extra: Any) -> Json:
        """Let somebody edit a message of theirs; return it."""
        kind = "edited_channel_post" if message["chat"]["type"] == "channel" else "edited_message"
        new = {**message, "text": text, "entities": updates.entities(text), "edit_date": message["date"] + 9, **extra}
        return self.push(kind, new)

    def post(self, text: str, chat: Json = CHANNEL, **extra: Any) -> Json:
        """Let a channel post something; return it."""
        return self.push("channel_post", self.keep(updates.post(text, chat, **extra)))

    def type(self, text: str, person: Json = ANN, offset: str = "") -> Json:
        """Let somebody type behind the bot's name in any chat; return the answer's results."""
        query = {"id": str(self.number()), "from": person, "query": text, "offset": offset, "chat_type": "group"}
        self.queries.add(query["id"])
        self.push("inline_query", query)
        return self.wait_result("inline_query_id", query["id"])

    def summon(self, text: str, chat: Json = ELSEWHERE, person: Json = ANN, **extra: Any) -> Json:
        """Let somebody mention the bot where it is no member; return what it posts there."""
        message = {
            **updates.message(text, chat, person, **extra),
            "message_id": self.number(),
            "date": int(time.time()),
        }
        message["guest_query_id"] = str(self.number())
        self.queries.add(message["guest_query_id"])
        self.push("guest_message", message)
        return self.wait_result("guest_query_id", message["guest_query_id"])["results"][0]

    def wait_result(self, name: str, number: str) -> Json:
        """Return the answer to a query, as soon as it is there."""

        def found() -> Json | None:
            return next((one for one in self.results if one.get(name) == number), None)

        self.wait(lambda: found() is not None, f"the answer to {name}")
        return found() or {}

    def push(self, kind: str, content: Json) -> Json:
        """Queue an update of a kind the bot asked for; return its content."""
        with self.changed:
            if self.allowed is None or kind in self.allowed:
                self.pending.append({"update_id": self.number(), kind: content})
                self.changed.notify_all()
        return content

    def keep(self, message: Json) -> Json:
        """Give a message its number and date and remember it, its chat and its topic."""
        chat = message["chat"]["id"]
        message.setdefault("message_id", self.number())
        message.setdefault("date", int(time.time()))
        self.chats.add(chat)
        self.messages[chat, message["message_id"]] = message
        if message.get("is_topic_message"):
            self.topics.add((chat, message["message_thread_id"]))
        return message

    def wait_sent(self, count: int = 1) -> list[Json]:
        """Return everything sent, as soon as that is `count` messages."""
        self.wait(lambda: len(self.sent) >= count, f"{count} messages; sent: {[m.get('text') for m in self.sent]}")
        return list(self.sent)

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until something has happened."""
        with self.changed:
            assert self.changed.wait_for(happened, PATIENCE), f"waited in vain for {what}"

    def answer(self, method: str, parameters: Json) -> Any:
        """Return the result of a call, or raise the server's refusal."""
        with self.changed:
            self.calls.append((method, parameters))
            self.changed.notify_all()
            if self._failures[method]:
                raise self._failures[method].popleft()
            if method == "getMe":
                return {**BOT, "can_join_groups": True, "can_read_all_group_messages": self.hears_all}
            if method == "getUpdates":
                return self._get_updates(parameters)
            if method not in METHODS:
                raise Refusal(404, "Not Found")
            result = METHODS[method](self, parameters)
            if method == "sendMessage" and self.lose_answers:
                self.lose_answers -= 1
                raise Reset
        if method == "sendMessage" and self.delay:
            time.sleep(self.delay)
        return result

    def _get_updates(self, parameters: Json) -> list[Json]:
        """Drop what the offset confirms, then wait for more; a newer poll ends an older one."""
        offset, limit = int(parameters.get("offset", 0)), int(parameters.get("limit", 100))
        self.allowed = parameters.get("allowed_updates", self.allowed)
        if self.forgetful:
            self.forgetful, offset = False, 0
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self.polls += 1
        poll = self.polls
        self.changed.notify_all()
        self.changed.wait_for(
            lambda: bool(self.pending) or self.polls != poll or self.closing, float(parameters.get("timeout", 0))
        )
        if self.polls != poll:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return self.pending[:limit]


def _handler(server: FakeTelegram) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            if (found := FILE_PATH.fullmatch(unquote(self.path))) and found["token"] == server.token:
                self._send(200 if found["name"] in server.files else 404, server.files.get(found["name"], b""))
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                self._write(200, json.dumps({"ok": True, "result": self._result(body)}))
            except Garbage as page:
                self._write(page.status, page.description)
            except (Silence, Reset) as fault:
                self._hang_up(fault)
            except Refusal as refusal:
                self._write(refusal.status, json.dumps(refusal.body()))

        do_GET = do_POST

        def log_message(self, format: str, *arguments: Any) -> None:
            """Keep quiet."""

        def _result(self, body: bytes) -> Any:
            address, _, query = self.path.partition("?")
            path = PATH.fullmatch(address)
            if path is None or not re.fullmatch(r"\d+:[\w-]+", path["token"]):
                raise Refusal(404, "Not Found")
            if path["token"] != server.token:
                raise Refusal(401, "Unauthorized")
            parameters = _parameters(body, self.headers.get("Content-Type", ""))
            return server.answer(path["method"], _parameters(query.encode(), "") | parameters)

        def _write(self, status: int, content: str) -> None:
            self._send(status, content.encode())

        def _send(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the bot has hung up
                self.close_connection = True

        def _hang_up(self, fault: Refusal) -> None:
            self.close_connection = True
            if isinstance(fault, Silence):
                with server.changed:
                    server.changed.wait_for(lambda: server.closing, PATIENCE * 2)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    return Handler


def _parameters(body: bytes, kind: str) -> Json:
    """Read a form; lists and objects in it are JSON, files are bytes."""
    if kind.startswith("multipart/form-data"):
        return dict(_parts(BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)))
    try:
        form = parse_qs(body.decode(), keep_blank_values=True, strict_parsing=bool(body), errors="strict")
    except UnicodeDecodeError:
        raise Refusal(400, "Bad Request: strings must be encoded in UTF-8") from None
    return {name: _value(values[-1]) for name, values in form.items()}


def _parts(form: Message) -> Iterator[tuple[str, Any]]:
    for part in form.get_payload():
        assert isinstance(part, Message)
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        assert isinstance(content, bytes)
        yield str(name), content if part.get_filename() else _value(content.decode())
        yield f"name of {name}", part.get_filename()


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in {"[", "{"} and text[-1:] in {"]", "}"} else text
