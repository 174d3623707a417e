"""The webhook over HTTP: who is let in, what is kept, and what operators are told."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import service
from bot.desk import CONCURRENCY
from bot.web import LARGEST_BODY

from .engine import StubEngine
from .methods import Refusal
from .server import TOKEN, FakeTelegram
from .test_asking import texts
from .test_process import start
from .updates import ANN, WITH_ANN, Json

URL = "https://bot.example.org/telegram"
SECRET = "a-secret_of_telegram_0123456789"
Post = Callable[..., tuple[int, str]]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Client:
    """Talks to the bot's HTTP side as Telegram and as operators do."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        """Return status and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def deliver(self, update: Any, secret: str = SECRET, path: str = "/telegram") -> int:
        """Post an update; return the status."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        return self.ask("POST", path, body, **{"X-Telegram-Bot-Api-Secret-Token": secret})[0]

    def ready(self) -> bool:
        """Tell whether the bot says it can answer."""
        try:
            return self.ask("GET", "/readyz")[0] == 200
        except OSError:
            return False


@pytest.fixture
def client(server: FakeTelegram, run: Callable[..., Any], engine: StubEngine) -> Client:
    """A client of a bot that runs by webhook."""
    client = Client(free_port())
    run(engine, webhook_url=URL, webhook_secret=SECRET, listen=("127.0.0.1", client.port))
    server.wait(lambda: any(method == "setWebhook" for method, _ in server.calls), "the webhook")
    return client


def message(server: FakeTelegram, text: str, chat: Json = WITH_ANN, person: Json = ANN) -> Json:
    """Return an update with a message."""
    return {"update_id": server.number(), "message": server.keep({"chat": chat, "from": person, "text": text})}


def test_telegram_is_told_where_and_what_to_deliver(server: FakeTelegram, client: Client) -> None:
    (asked,) = [parameters for method, parameters in server.calls if method == "setWebhook"]
    assert (asked["url"], asked["secret_token"]) == (URL, SECRET)
    assert set(asked["allowed_updates"]) == set(service.UPDATES)
    assert not any(method in {"getUpdates", "deleteWebhook"} for method, _ in server.calls)


def test_an_update_is_answered_once_however_often_it_is_delivered(server: FakeTelegram, client: Client) -> None:
    update = message(server, "one")
    assert [client.deliver(update) for _ in range(3)] == [200] * 3
    assert client.deliver(message(server, "two")) == 200
    assert texts(server.wait_sent(2)) == ["1: one", "2: two"]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "ä" * 30])
def test_without_the_secret_nobody_is_heard(server: FakeTelegram, client: Client, secret: str) -> None:
    assert client.deliver(message(server, "let me in"), secret) == 403
    assert client.deliver(b"not even JSON", secret) == 403
    assert client.deliver(message(server, "one")) == 200
    assert texts(server.wait_sent()) == ["1: one"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"7", b'{"update_id": "7"}', b'{"update_id": -1}', b"\xff", b"[" * 50_000]
)
def test_what_is_no_update_is_refused(client: Client, body: bytes) -> None:
    assert client.deliver(body) == 400


def test_a_body_is_read_only_so_far(client: Client) -> None:
    assert client.deliver(b" " * LARGEST_BODY + b"{}") == 413


def test_other_paths_and_methods_are_not_there(client: Client) -> None:
    assert client.ask("GET", "/telegram")[0] == 405
    assert client.ask("POST", "/", b"{}")[0] == 404
    assert client.ask("GET", f"/bot{TOKEN}/getMe")[0] == 404


def test_health_is_told(server: FakeTelegram, client: Client) -> None:
    assert client.ask("GET", "/healthz") == (200, "ok")
    assert client.ask("GET", "/readyz") == (200, "ok")


def test_it_is_alive_but_not_ready_while_telegram_is_away(
    server: FakeTelegram, run: Callable[..., Any], engine: StubEngine
) -> None:
    client = Client(free_port())
    server.fail("getMe", *[Refusal(502, "Bad Gateway")] * 50)
    run(engine, webhook_url=URL, webhook_secret=SECRET, listen=("127.0.0.1", client.port))
    server.wait(lambda: bool(server.calls), "the first call")
    assert client.ask("GET", "/healthz")[0] == 200
    assert client.ask("GET", "/readyz") == (503, "Telegram has not been reached lately")
    assert client.deliver({"update_id": 1}) == 503


def test_metrics_hold_figures_and_nothing_of_anybody(server: FakeTelegram, client: Client) -> None:
    text = "who-wrote-this"
    client.deliver(message(server, text, {**WITH_ANN, "id": 918273645}, {**ANN, "id": 918273645}))
    server.wait_sent()
    status, found = client.ask("GET", "/metrics")
    assert status == 200
    assert re.search(
        r'^learning_cities_answers_total\{intent="stub",language="en",outcome="answered"\} \d', found, re.MULTILINE
    )
    assert re.search(r'^learning_cities_update_seconds_bucket\{le="\+Inf"\} \d', found, re.MULTILINE)
    assert re.search(r"^learning_cities_inbox_durable 1.0$", found, re.MULTILINE)
    assert not re.search(rf"{text}|918273645|Ann|{TOKEN.partition(':')[2]}|{SECRET}", found)


def test_polling_bots_can_be_watched_too(server: FakeTelegram, run: Callable[..., Any], engine: StubEngine) -> None:
    client = Client(free_port())
    run(engine, listen=("127.0.0.1", client.port))
    assert client.ask("GET", "/readyz") == (200, "ok")
    assert client.deliver({"update_id": 1}, "") == 404
    assert client.deliver({"update_id": 1}, "", "/") == 404


def test_a_webhook_taken_away_is_set_again(
    server: FakeTelegram,
    run: Callable[..., Any],
    engine: StubEngine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(service, "LOOK_AFTER", 0.2)
    run(engine, webhook_url=URL, webhook_secret=SECRET, listen=("127.0.0.1", free_port()))
    server.wait(lambda: server.webhook.get("url") == URL, "the webhook")
    with server.changed:
        server.webhook = {}
    server.wait(lambda: server.webhook.get("url") == URL, "the webhook again")
    server.webhook["last_error_date"], server.webhook["last_error_message"] = 7, "Wrong response: 502 Bad Gateway"
    calls = len(server.calls)
    server.wait(lambda: len(server.calls) > calls + 2, "another look")
    assert "Another copy of this bot took the webhook away" in caplog.text
    assert caplog.text.count("could not deliver updates: Wrong response: 502 Bad Gateway") == 1


def test_an_address_that_is_taken_is_one_clear_line(server: FakeTelegram) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        process = start(server, "INFO", LISTEN=address)
        printed = process.communicate(timeout=20)[0]
    assert (process.returncode, printed) == (1, f"LISTEN is {address}: Address already in use\n")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["chat", "from", "id", "date", "message", "type", "text", "entities", "offset", "reply_to_message"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)
KINDS = ("message", "callback_query", "my_chat_member", "inline_query", "poll_answer", "edited_message")


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FakeTelegram, Client]]:
    """A bot that runs for all of the examples."""
    server, client = FakeTelegram(), Client(free_port())
    address = {"WEBHOOK_URL": URL, "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{client.port}"}
    process = start(server, "CRITICAL", state=tmp_path_factory.mktemp("state"), **address)
    server.wait(lambda: bool(server.webhook), "the webhook")
    yield server, client
    process.terminate()
    assert process.communicate(timeout=20)[0] == ""
    assert process.returncode == 0
    server.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), content=ANYTHING)
def test_no_update_brings_it_down(fuzzed: tuple[FakeTelegram, Client], kind: str, content: Any) -> None:
    server, client = fuzzed
    assert client.deliver({"update_id": server.number(), kind: content}) == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300) | ANYTHING.map(lambda found: json.dumps(found).encode()))
def test_no_body_brings_it_down(fuzzed: tuple[FakeTelegram, Client], body: bytes) -> None:
    _, client = fuzzed
    assert client.deliver(body) in {200, 400}


def test_after_all_of_that_it_still_answers(fuzzed: tuple[FakeTelegram, Client]) -> None:
    server, client = fuzzed
    assert client.deliver(message(server, "still here?")) == 200
    server.wait(lambda: any("still here?" in text for text in texts(server.sent)), "the answer")


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_two_copies_behind_one_webhook_answer_once_and_take_over_from_each_other(
    server: FakeTelegram, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [Client(free_port()), Client(free_port())]
    processes = [
        start(
            server, "INFO", state=tmp_path, WEBHOOK_URL=URL, WEBHOOK_SECRET=SECRET,
            LISTEN=f"127.0.0.1:{client.port}", TMPDIR=str(tmp_path),
        )
        for client in clients
    ]  # fmt: skip
    server.wait(lambda: sum(method == "setWebhook" for method, _ in server.calls) == 2, "both webhooks")
    updates = [message(server, f"n{n}", {**WITH_ANN, "id": 100 + n}, {**ANN, "id": 100 + n}) for n in range(40)]
    for number, update in enumerate(updates):
        assert clients[number % 2].deliver(update) == 200
        assert clients[1 - number % 2].deliver(update) == 200  # Telegram lost the first answer
    server.wait_sent(40)
    server.delay = 1.0
    late = [message(server, f"late{n}", {**WITH_ANN, "id": 200 + n}, {**ANN, "id": 200 + n}) for n in range(60)]
    for update in late:
        assert clients[0].deliver(update) == 200
    processes[0].send_signal(signal.SIGKILL)
    processes[0].communicate(timeout=20)
    server.delay = 0.0
    wanted = {f"1: n{n}" for n in range(40)} | {f"1: late{n}" for n in range(60)}
    with server.changed:
        assert server.changed.wait_for(lambda: set(texts(server.sent)) == wanted, 40)
    assert len(server.sent) <= 100 + 2 * CONCURRENCY
    processes[1].terminate()
    assert "were left by a process that ended" in processes[1].communicate(timeout=20)[0]
