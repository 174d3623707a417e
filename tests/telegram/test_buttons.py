"""Buttons under answers, on the packaged records: what they offer, and what they do when pressed, also much later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Engine
from bot.keyboards import DATA, ROWS
from bot.phrases import phrase
from bot.state import Feedback, Miss, State
from knowledge import store
from tests.conftest import TODAY

from .engine import StubEngine
from .methods import Refusal
from .server import FakeTelegram
from .test_commands import labels
from .updates import ANN, BOT, FORUM, GROUP, NOK, WITH_ANN, WITH_NOK, Json, topic

THAI, ENGLISH = (WITH_NOK, NOK), (WITH_ANN, ANN)


@pytest.fixture
def state() -> State:
    """What the bot remembers."""
    return State.in_memory()


@pytest.fixture
def bot(server: FakeTelegram, run: Callable[..., Any], facts: Engine, state: State) -> FakeTelegram:
    """The stand-in for Telegram with the application on the packaged records, and a state to look into."""
    run(facts, state)
    return server


def asked(bot: FakeTelegram, text: str, where: tuple[Json, Json] = ENGLISH) -> Json:
    """Return the answer to a question."""
    before = len(bot.sent)
    bot.say(text, *where)
    return bot.wait_sent(before + 1)[before]


def pressed(bot: FakeTelegram, message: Json, label: str, person: Json = ANN) -> Json:
    """Return what a button brings."""
    before = len(bot.sent)
    bot.press_labelled(message, label, person)
    return bot.wait_sent(before + 1)[before]


def toast(bot: FakeTelegram) -> str | None:
    """Return what the last pressed button said."""
    bot.wait(lambda: not bot.queries, "the answer to the button")
    calls = [parameters for method, parameters in bot.calls if method == "answerCallbackQuery"]
    text: str | None = calls[-1].get("text")
    return text


@pytest.mark.parametrize(
    ("question", "where", "offered"),
    [
        (
            "which Thai cities joined in 2022?",
            ENGLISH,
            ["Cities in Thailand", "And in 2025?", "Asia and the Pacific, same year"],
        ),
        (
            "เมืองไทยไหนเข้าร่วมปี 65",
            THAI,
            ["เมืองในประเทศไทย", "แล้วปี 2568", "เอเชียและแปซิฟิก ปีเดียวกัน"],
        ),
        ("is Hat Yai a member?", ENGLISH, ["Cities in Thailand", "Joined in 2022", "Hat Yai"]),
        ("หาดใหญ่เป็นสมาชิกไหม", THAI, ["เมืองในประเทศไทย", "เข้าร่วมปี 2565", "หาดใหญ่"]),
    ],
)
def test_likely_questions_are_offered(
    bot: FakeTelegram, question: str, where: tuple[Json, Json], offered: list[str]
) -> None:
    answer = asked(bot, question, where)
    shown = labels(answer)
    assert [label for label in shown if label not in ("👍", "👎", "🗺", "📍")] == offered
    for label in offered:
        assert pressed(bot, answer, label, where[1])["text"]


@pytest.mark.parametrize("where", [ENGLISH, THAI])
def test_an_answer_never_has_more_than_a_few_rows(bot: FakeTelegram, where: tuple[Json, Json]) -> None:
    for question in (
        "which cities joined since 2016",
        "สมัครยังไง",
        "Hat Yai",
        "ปี 2565 มีเมืองไหนบ้าง",
        "what is the network?",
    ):
        rows = asked(bot, question, where)["reply_markup"]["inline_keyboard"]
        assert len(rows) <= ROWS + 2
        assert all(len(row) <= 3 for row in rows)


@pytest.mark.parametrize(
    ("question", "where", "label", "shown"),
    [
        ("which Thai cities joined in 2022?", ENGLISH, "And in 2025?", "3 cities from Thailand joined in 2025."),
        ("เมืองไทยไหนเข้าร่วมปี 65", THAI, "แล้วปี 2568", "ปี 2568 (2025) มีเมืองจากประเทศไทยเข้าร่วม 3 เมือง"),
        ("is Hat Yai a member?", ENGLISH, "Cities in Thailand", "13 cities from Thailand are members"),
    ],
)
def test_a_button_answers_and_is_spoken_of_next(
    bot: FakeTelegram, question: str, where: tuple[Json, Json], label: str, shown: str
) -> None:
    answer = pressed(bot, asked(bot, question, where), label, where[1])
    assert answer["text"].startswith(shown)
    follow = asked(bot, "and Viet Nam?" if where is ENGLISH else "แล้วเวียดนามล่ะ", where)
    assert ("Viet Nam" if where is ENGLISH else "เวียดนาม") in follow["text"]


@pytest.mark.parametrize(("where", "country"), [(ENGLISH, "India"), (THAI, "ประเทศอินเดีย")])
def test_an_unclear_name_is_chosen_by_button(bot: FakeTelegram, where: tuple[Json, Json], country: str) -> None:
    question = "hydrabad" if where is ENGLISH else "hydrabad เป็นสมาชิกไหม"
    unclear = asked(bot, question, where)
    choices = labels(unclear)
    assert len(choices) == 2
    answer = pressed(bot, unclear, next(label for label in choices if country in label), where[1])
    assert country in answer["text"]


@pytest.mark.parametrize(("question", "where"), [("all cities since 2016", ENGLISH), ("เมืองที่เข้าร่วมตั้งแต่ปี 2559", THAI)])
def test_a_long_list_is_turned_page_by_page(bot: FakeTelegram, question: str, where: tuple[Json, Json]) -> None:
    first = asked(bot, question, where)
    lead, source = first["text"].splitlines()[0], first["text"].splitlines()[-1]
    seen = [first["text"]]
    while (on := next((label for label in labels(first) if "▶" in label), None)) is not None:
        edits = bot.edits
        bot.press_labelled(first, on, where[1])
        bot.wait(lambda before=edits: bot.edits == before + 1, "the next page")
        assert (first["text"].splitlines()[0], first["text"].splitlines()[-1]) == (lead, source)
        seen.append(first["text"])
    assert len(seen) > 1
    assert all(len(text) <= 4096 for text in seen)
    rows = [line for text in seen for line in text.splitlines() if line.startswith("• ")]
    assert len(set(rows)) == len(rows) > 60
    edits = bot.edits
    bot.press_labelled(first, next(label for label in labels(first) if "◀" in label), where[1])
    bot.wait(lambda: bot.edits == edits + 1, "the page before")
    assert first["text"] == seen[-2]
    assert len(bot.sent) == 1


def test_the_same_page_again_is_no_error(bot: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    message = asked(bot, "all cities since 2016")
    bot.press_data("page:en:0.2016-", message)
    assert toast(bot) is None
    asked(bot, "thanks")
    assert caplog.records == []


def test_buttons_outlive_a_restart_and_new_facts(
    server: FakeTelegram, run: Callable[..., Any], facts_path: Path
) -> None:
    with store.open(facts_path) as old, store.open(facts_path) as new:
        first = run(Engine(old, lambda: TODAY))
        answer = asked(server, "which Thai cities joined in 2022?")
        first.stop()
        run(Engine(new, lambda: TODAY))
        assert pressed(server, answer, "And in 2025?")["text"].startswith("3 cities from Thailand joined in 2025.")


STALE = [
    *("ask:en:atlantis", "ask:th:ZZ_2022", "ask:any:TH", "page:en:7.atlantis", "page:en:x", "pin:en:atlantis"),
    *("pin:th:wonju-nowhere", "up:en:Who.", "down:any:list", "ask:en", "#9"),
]


@pytest.mark.parametrize("data", STALE)
@pytest.mark.parametrize(("where", "language"), [(ENGLISH, "en"), (THAI, "th")])
def test_a_button_that_means_nothing_any_more_says_so(
    bot: FakeTelegram, data: str, where: tuple[Json, Json], language: Any
) -> None:
    message = asked(bot, "Hat Yai", where)
    bot.press_data(data, message, where[1])
    assert toast(bot) == phrase("stale_button", language)
    assert len(bot.sent) == 1


def test_a_button_below_a_message_sent_by_way_of_the_bot_says_so(bot: FakeTelegram) -> None:
    query = {"id": "7", "from": ANN, "inline_message_id": "x", "chat_instance": "1", "data": "ask:en:TH"}
    bot.queries.add("7")
    bot.push("callback_query", query)
    assert toast(bot) == phrase("stale_button", "en")


def test_a_button_of_a_message_too_old_to_be_shown_is_answered(bot: FakeTelegram) -> None:
    bot.keep({"chat": GROUP, "from": ANN})
    query = {"id": "8", "from": ANN, "chat_instance": "1", "data": "ask:en:TH"}
    bot.queries.add("8")
    bot.push("callback_query", {**query, "message": {"chat": GROUP, "message_id": 3, "date": 0}})
    assert bot.wait_sent()[0]["text"].startswith("13 cities from Thailand")


@pytest.mark.parametrize("where", [ENGLISH, THAI])
def test_a_pin_shows_the_city_on_the_map(bot: FakeTelegram, where: tuple[Json, Json]) -> None:
    pin = pressed(bot, asked(bot, "หาดใหญ่" if where is THAI else "Hat Yai", where), "📍", where[1])
    assert pin["location"]["latitude"] == pytest.approx(7.0, abs=0.1)
    assert pin["location"]["longitude"] == pytest.approx(100.5, abs=0.1)


def test_a_pin_stays_in_its_topic(bot: FakeTelegram) -> None:
    bot.say(f"@{BOT['username']} Hat Yai", FORUM, **topic(31))
    (card,) = bot.wait_sent()
    pin = pressed(bot, card | {"is_topic_message": True}, "📍")
    assert pin["message_thread_id"] == 31
    assert pin["reply_to_message"]["message_id"] == card["message_id"]


def test_a_place_without_coordinates_has_no_pin(bot: FakeTelegram, facts_path: Path) -> None:
    with store.open(facts_path) as base:
        ((name,), *_) = base.rows("SELECT name FROM place WHERE member AND latitude IS NULL ORDER BY name")
    assert "📍" not in labels(asked(bot, name))


@pytest.mark.parametrize(
    ("where", "question", "language"), [(ENGLISH, "is Hat Yai a member?", "en"), (THAI, "หาดใหญ่เป็นสมาชิกไหม", "th")]
)
def test_votes_are_counted_once_and_kept_without_who(
    bot: FakeTelegram, state: State, where: tuple[Json, Json], question: str, language: Any
) -> None:
    up, down = asked(bot, question, where), asked(bot, question, where)
    bot.press_labelled(up, "👍", where[1])
    assert toast(bot) == phrase("voted_up", language)
    bot.press_labelled(down, "👎", where[1])
    assert toast(bot) == phrase("voted_down", language)
    bot.press_data(f"down:{language}:check", down, where[1])
    assert toast(bot) == phrase("voted_down", language)
    bot.wait(lambda: bot.edits == 2, "the buttons to go")
    assert not {"👍", "👎"} & set(labels(up) + labels(down))
    assert labels(up)[-1] == "📍"
    assert state.feedback() == [Feedback("check", language, 1, 1)]
    (miss,) = state.misses()
    assert (miss.text, miss.kind, miss.language) == (question, "down", language)


def test_a_vote_after_a_restart_keeps_what_the_message_quotes(
    server: FakeTelegram, run: Callable[..., Any], state: State
) -> None:
    run(StubEngine(), state)
    server.say("/ask in the group", GROUP)
    server.say("in private")
    for answer in server.wait_sent(2):
        copy = server.keep({**answer, "message_id": server.number()})
        server.press_labelled(copy, "👎")
    server.wait(lambda: len(state.misses()) == 2, "two votes")
    assert {miss.text for miss in state.misses()} == {"in the group", "1: in private"}


def test_a_vote_counts_where_buttons_cannot_be_changed(bot: FakeTelegram, state: State) -> None:
    answer = asked(bot, "Hat Yai")
    bot.fail("editMessageReplyMarkup", Refusal(400, "Bad Request: message can't be edited"))
    bot.press_labelled(answer, "👍")
    assert toast(bot) == phrase("voted_up", "en")
    assert state.feedback() == [Feedback("profile", "en", 1, 0)]


@pytest.mark.parametrize(
    ("where", "question", "language"),
    [(ENGLISH, "what is the population of Hat Yai?", "en"), (THAI, "หาดใหญ่มีประชากรกี่คน", "th")],
)
def test_what_was_not_answered_is_kept_without_who(
    bot: FakeTelegram, state: State, where: tuple[Json, Json], question: str, language: Any
) -> None:
    asked(bot, question, where)
    asked(bot, "Hat Yai", where)
    assert [(miss.text, miss.language, miss.kind) for miss in state.misses()] == [(question, language, "unanswered")]
    assert set(Miss.__slots__) == {"text", "language", "kind", "count", "last"}


@pytest.mark.parametrize(("where", "language", "label"), [(ENGLISH, "th", "ไทย"), (THAI, "en", "English")])
def test_the_language_of_a_chat_is_fixed_and_set_free(
    bot: FakeTelegram, state: State, where: tuple[Json, Json], language: Any, label: str
) -> None:
    question = "is Hat Yai a member?" if where is ENGLISH else "หาดใหญ่เป็นสมาชิกไหม"
    usual = asked(bot, question, where)["text"]
    choice = asked(bot, "/language", where)
    bot.press_labelled(choice, label, where[1])
    bot.wait(lambda: bot.edits == 1, "the confirmation")
    assert choice["text"] == phrase("language_fixed", language)
    assert state.language(where[0]["id"]) == language
    fixed = asked(bot, question, where)["text"]
    assert fixed.startswith("ใช่ หาดใหญ่" if language == "th" else "Yes, Hat Yai")
    assert asked(bot, "/privacy", where)["text"] == phrase("privacy", language).strip()
    again = asked(bot, "/language", where)
    bot.press_labelled(again, phrase("language_any", language), where[1])
    bot.wait(lambda: bot.edits == 2, "the confirmation")
    assert state.language(where[0]["id"]) is None
    assert asked(bot, question, where)["text"] == usual


@pytest.mark.parametrize("where", [ENGLISH, THAI])
def test_sources_are_listed_with_links(bot: FakeTelegram, where: tuple[Json, Json]) -> None:
    answer = asked(bot, "/source", where)
    links = [entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"]
    assert len(links) > 5
    assert any("unesco.org" in link for link in links)


def test_the_data_of_buttons_is_no_question() -> None:
    assert not DATA.fullmatch("ask which cities joined?")
    assert not DATA.fullmatch("page:2")
