"""The fault matrix: what Telegram, the network, the clock and the machine can do to a question."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot import metrics, polling, service
from bot.contact import Contact

from .engine import StubEngine
from .methods import Garbage, Refusal, Reset, Silence
from .server import FakeTelegram
from .test_asking import texts
from .test_process import start
from .updates import ANN, GROUP, WITH_ANN, Json

Run = Callable[..., Any]
OLD = int(time.time()) - 8 * 3600


FAULTS = {
    "429": Refusal(429, "Too Many Requests: retry after 1", retry_after=1),
    "500": Refusal(500, "Internal Server Error"),
    "502": Refusal(502, "Bad Gateway"),
    "garbage": Garbage(200, "<html>Sorry!\nPlease try again</html>"),
    "garbage 502": Garbage(502, "<html>Sorry!\nPlease try again</html>"),
    "nothing": Silence(),
    "reset": Reset(),
}


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "WAIT", 2)
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(service, "FIRST_PAUSE", 0.2)


def people(count: int) -> list[tuple[Json, Json]]:
    """Return as many private chats with their people."""
    return [({**WITH_ANN, "id": n}, {**ANN, "id": n}) for n in range(100, 100 + count)]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_is_sent_until_telegram_takes_it(telegram: FakeTelegram, fault: str) -> None:
    telegram.fail("sendMessage", FAULTS[fault], FAULTS[fault])
    telegram.say("one")
    telegram.say("two")
    assert texts(telegram.wait_sent(2)) == ["1: one", "2: two"]


@pytest.mark.parametrize("fault", FAULTS)
def test_updates_come_in_again_after_any_fault(telegram: FakeTelegram, fault: str) -> None:
    telegram.fail("getUpdates", FAULTS[fault])
    telegram.say("one")
    telegram.wait(lambda: not telegram._failures["getUpdates"], "the fault")
    telegram.say("two")
    assert texts(telegram.wait_sent(2)) == ["1: one", "2: two"]


@pytest.mark.parametrize("fault", FAULTS)
def test_it_starts_through_any_fault(server: FakeTelegram, run: Run, engine: StubEngine, fault: str) -> None:
    for method in ("getMe", "deleteWebhook", "getUpdates", "setMyCommands"):
        server.fail(method, FAULTS[fault])
    run(engine)
    server.say("one")
    assert texts(server.wait_sent()) == ["1: one"]


def test_an_answer_that_may_have_arrived_is_sent_again(telegram: FakeTelegram) -> None:
    """Telegram took it, and the connection broke: twice is a nuisance, never would be a loss."""
    telegram.say("warm")
    telegram.wait_sent()
    telegram.lose_answers = 1
    telegram.say("one")
    assert texts(telegram.wait_sent(3)) == ["1: warm", "2: one", "2: one"]


def test_no_address_is_found_at_first_nor_later(
    server: FakeTelegram, run: Run, engine: StubEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, missed, left = asyncio.base_events.BaseEventLoop.getaddrinfo, [], [2]

    async def missing(self: Any, *arguments: Any, **more: Any) -> Any:
        if left[0]:
            left[0] -= 1
            missed.append(arguments)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return await found(self, *arguments, **more)

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", missing)
    monkeypatch.setattr("bot.request.ADDRESS", 0)
    server.host = "localhost"
    run(engine)
    server.say("one")
    server.wait_sent()
    left[0] = 3
    server.fail("getUpdates", Reset())
    server.fail("sendMessage", Reset())
    server.say("two")
    assert texts(server.wait_sent(2)) == ["1: one", "2: two"]
    assert len(missed) > 2


def test_two_copies_are_told_of_and_the_alarm_is_raised_when_it_lasts(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(polling, "ALARM_AFTER", 0.1)
    monkeypatch.setattr(polling, "REPEAT_AFTER", 0.1)
    conflict = Refusal(409, "Conflict: terminated by other getUpdates request")
    telegram.fail("getUpdates", conflict, conflict, conflict)
    telegram.say("one")
    telegram.wait(lambda: not telegram._failures["getUpdates"], "the conflicts")
    telegram.say("two")
    telegram.wait_sent(2)
    told = [record for record in caplog.records if "Another copy" in record.message]
    assert [record.levelno for record in told] == [logging.ERROR, logging.CRITICAL, logging.CRITICAL]
    assert metrics.CONFLICT._value.get() == 1


def test_a_token_revoked_while_running_ends_it(server: FakeTelegram, run: Run, engine: StubEngine) -> None:
    running = run(engine)
    unauthorized = Refusal(401, "Unauthorized")
    server.fail("getUpdates", unauthorized)
    server.say("a hiccup")
    server.wait_sent()
    server.wait(lambda: not server._failures["getUpdates"], "the hiccup")
    server.say("still there")
    server.wait_sent(2)
    server.fail("getUpdates", *[unauthorized] * polling.REJECTIONS)
    server.say("the poll that ends")
    running.join()
    assert isinstance(running.failure, InvalidToken)


def test_a_token_revoked_while_running_is_one_clear_line(server: FakeTelegram) -> None:
    process = start(server, "ERROR")
    server.wait(lambda: server.polls > 0, "the first poll")
    server.fail("getUpdates", *[Refusal(401, "Unauthorized")] * polling.REJECTIONS)
    server.say("the poll that ends")
    printed = process.communicate(timeout=20)[0]
    assert process.returncode == 1
    assert printed.splitlines() == ["TELEGRAM_TOKEN was rejected by Telegram: copy it again from @BotFather"]


def test_updates_delivered_twice_or_out_of_order_are_answered_once(telegram: FakeTelegram) -> None:
    messages = [telegram.keep({"chat": WITH_ANN, "from": ANN, "text": f"n{n}"}) for n in range(4)]
    numbers = [telegram.number() for _ in range(4)]
    updates = [{"update_id": n, "message": m} for n, m in zip(numbers, messages, strict=True)]
    with telegram.changed:
        telegram.pending.extend([updates[2], updates[0], updates[2], updates[3], updates[1]])
        telegram.changed.notify_all()
    telegram.wait_sent(4)
    telegram.forgetful = True
    with telegram.changed:
        telegram.pending.extend(updates)
        telegram.changed.notify_all()
    polls = telegram.polls
    telegram.wait(lambda: telegram.polls > polls + 1, "further polls")
    telegram.say("last")
    assert texts(telegram.wait_sent(5)) == ["1: n0", "2: n1", "3: n2", "4: n3", "5: last"]


def test_what_is_no_update_is_left_out(telegram: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    with telegram.changed:
        telegram.pending.append({"update_id": telegram.number(), "message": {"text": 1, "chat": "?"}})
        telegram.pending.append({"update_id": telegram.number(), "message": None, "poll": []})
        telegram.changed.notify_all()
    telegram.say("good")
    assert texts(telegram.wait_sent()) == ["1: good"]
    assert "is set aside" in caplog.text


def test_after_a_night_groups_are_spared_old_questions_and_people_are_not(
    server: FakeTelegram, run: Run, engine: StubEngine
) -> None:
    before = metrics.EXPIRED._value.get()
    for number in range(300):
        server.say(f"/ask {number}", GROUP, date=OLD + number)
    server.say("in the night", date=OLD)
    server.say("/ask now", GROUP)
    run(engine)
    assert sorted(texts(server.wait_sent(2))) == ["1: in the night", "1: now"]
    assert metrics.EXPIRED._value.get() - before == 300


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_clock_that_jumps_spares_no_question(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    telegram.say("/ask one", GROUP)
    telegram.wait_sent()
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + hours * 3600)
    telegram.say("/ask two", GROUP, date=int(now()))
    assert texts(telegram.wait_sent(2)) == ["1: one", "2: two"]


def test_telegrams_clock_is_believed() -> None:
    contact = Contact()
    assert contact.silent_for() is None
    assert abs(contact.now() - time.time()) < 5
    contact.listen(502, "soon")
    assert contact.silent_for() is None
    assert abs(contact.now() - time.time()) < 5
    contact.listen(200, "Thu, 01 Sep 2022 00:00:00 GMT")
    assert 0 <= contact.now() - 1661990400 < 5
    assert contact.silent_for() is not None


def test_a_long_backlog_is_taken_in_portions_and_answered_in_order(
    server: FakeTelegram, run: Run, engine: StubEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.MOST_PENDING", 300)
    chats = people(100)
    for number in range(2_000):
        server.say(str(number), *chats[number % len(chats)], date=OLD)
    run(engine)
    with server.changed:
        assert server.changed.wait_for(lambda: len(server.sent) == 2_000, 60)
    assert metrics.PENDING._value.get() <= 400
    by_chat: dict[int, list[int]] = {}
    for message in server.sent:
        by_chat.setdefault(message["chat"]["id"], []).append(int(message["text"].partition(": ")[2]))
    assert all(asked == sorted(asked) for asked in by_chat.values())


def test_a_signal_lets_an_answer_be_finished(server: FakeTelegram) -> None:
    server.delay = 1.0
    process = start(server, "INFO")
    server.say("one")
    server.wait(lambda: any(method == "sendMessage" for method, _ in server.calls), "the answer on its way")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    printed = process.communicate(timeout=20)[0]
    assert process.returncode == 0, printed
    assert time.monotonic() - begun < 8
    assert texts(server.sent) == ["1: one"]


def test_a_signal_while_telegram_is_silent_leaves_the_question_for_later(server: FakeTelegram, tmp_path: Path) -> None:
    server.fail("sendMessage", *[Silence()] * 3)
    process = start(server, "INFO", state=tmp_path)
    server.say("one")
    server.wait(lambda: any(method == "sendMessage" for method, _ in server.calls), "the answer on its way")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert time.monotonic() - begun < 12
    server._failures.clear()
    process = start(server, "INFO", state=tmp_path)
    assert texts(server.wait_sent()) == ["1: one"]
    process.terminate()
    process.communicate(timeout=20)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_in_a_burst_of_three_hundred_it_answers_all_of_them(server: FakeTelegram, tmp_path: Path) -> None:
    for number, (chat, person) in enumerate(people(300)):
        server.say(f"burst {number}", chat, person)
    process = start(server, "INFO", state=tmp_path)
    for enough in (40, 150):
        with server.changed:
            assert server.changed.wait_for(lambda enough=enough: len(server.sent) >= enough, 20)
        process.kill()
        process.communicate(timeout=20)
        process = start(server, "INFO", state=tmp_path)
    wanted = {f"1: burst {number}" for number in range(300)}
    with server.changed:
        assert server.changed.wait_for(lambda: set(texts(server.sent)) == wanted, 20)
    server.say("and on it goes")
    with server.changed:
        assert server.changed.wait_for(lambda: "1: and on it goes" in texts(server.sent), 20)
    process.terminate()
    process.communicate(timeout=20)
    assert len(server.sent) - 301 <= 2 * 40  # in flight at the two kills
    assert process.returncode == 0


POISON = """
import os, signal, sys
from bot.app import run
from bot.settings import Settings
from tests.telegram.engine import StubEngine

class Poisoned(StubEngine):
    def answer(self, text, memory=None, language=None):
        if text == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().answer(text, memory, language)

sys.exit(run(Settings.read(), Poisoned()))
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_what_kills_it_again_and_again_is_set_aside_and_the_rest_is_answered(
    server: FakeTelegram, tmp_path: Path
) -> None:
    for number, (chat, person) in enumerate(people(40)):
        server.say("poison" if number == 20 else f"n{number}", chat, person)
    for _ in range(6):
        process = start(server, "INFO", state=tmp_path, program=POISON)
        while process.poll() is None and len(set(texts(server.sent))) < 39:
            time.sleep(0.05)
        if process.poll() is None:
            break
        process.communicate()
    else:
        pytest.fail("it never got past the poison")
    process.terminate()
    assert "is set aside" in process.communicate(timeout=20)[0]
    assert set(texts(server.sent)) == {f"1: n{number}" for number in range(40) if number != 20}


def test_a_state_folder_that_cannot_be_written_is_no_obstacle(
    server: FakeTelegram, run: Run, engine: StubEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    run(engine, folder=tmp_path / "file" / "state")
    server.say("one")
    server.say("two")
    assert texts(server.wait_sent(2)) == ["1: one", "2: two"]
    assert sum("cannot be written" in record.message for record in caplog.records) == 1


def test_health_is_told_of_a_running_a_stopped_and_a_killed_bot(server: FakeTelegram, tmp_path: Path) -> None:
    environment = {**os.environ, "TELEGRAM_TOKEN": server.token, "TMPDIR": str(tmp_path)}

    def health() -> tuple[int, str]:
        found = subprocess.run(
            [sys.executable, "-m", "bot", "health"], env=environment, capture_output=True, text=True, check=False
        )
        return found.returncode, (found.stdout + found.stderr).strip()

    assert health() == (1, "no heartbeat: the bot is not running")
    process = start(server, "INFO", TMPDIR=str(tmp_path))
    server.wait(lambda: server.polls > 0, "the first poll")
    (beat,) = (tmp_path / f"learning-cities-bot-{os.getuid()}").glob("heartbeat-*.json")
    assert health()[0] == 0
    process.kill()
    process.communicate(timeout=20)
    beat.write_text(json.dumps(json.loads(beat.read_text()) | {"beat": time.monotonic() - 100}))
    assert health() == (1, "no heartbeat for 100 s: the bot hangs or was killed")
    polls = server.polls
    process = start(server, "INFO", TMPDIR=str(tmp_path))
    server.wait(lambda: server.polls > polls, "the first poll")
    process.terminate()
    process.communicate(timeout=20)
    assert health() == (1, "no heartbeat: the bot is not running")


HANGING = """
import sys, time
from bot import vitals
from bot.app import run
from bot.settings import Settings
from tests.telegram.engine import StubEngine

class Hanging(StubEngine):
    def answer(self, text, memory=None, language=None):
        time.sleep(60 if text == "hang" else 0)
        return super().answer(text, memory, language)

vitals.EVERY, vitals.HUNG = 0.1, 1.0
sys.exit(run(Settings.read(), Hanging()))
"""


def test_what_hangs_it_is_shown_and_ends_it(server: FakeTelegram, tmp_path: Path) -> None:
    process = start(server, "INFO", state=tmp_path, program=HANGING)
    server.say("one")
    server.wait_sent()
    server.say("hang")
    printed = process.communicate(timeout=20)[0]
    assert process.returncode == 1
    assert "Timeout (0:00:01)!" in printed
    assert " in answer" in printed
