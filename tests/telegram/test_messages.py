"""What goes out over the wire: escaped, within Telegram's limits, whatever comes in."""

from __future__ import annotations

import pytest

from bot.replies.reply import Group

from .engine import SOURCE, StubEngine, reply_to
from .html import units
from .server import FakeTelegram
from .updates import entities

HOSTILE = [
    "<b>bold</b> <script>alert(1)</script> & &amp; &lt;",
    "</blockquote></b>",
    "'; DROP TABLE places; --",
    "👩‍👩‍👧‍👦🇹🇭 emoji",
    "e\u0301 \u0e01\u0e48\u0e49\u0e33",
    "\u202egnitirw\u202c \u2066right\u2069",
    "half \ud83d a pair \udc4d!",
    "nul \x00 bell \x07 escape \x1b[31m",
    "%s %d {about} {0.__class__}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_question_is_never_taken_over_as_markup(telegram: FakeTelegram, text: str) -> None:
    telegram.say(text)
    (answer,) = telegram.wait_sent()
    assert answer["entities"] == []
    kept = "".join(one for one in text if one.isprintable() or one in " \n\u200d")
    assert "".join(one for one in answer["text"] if one.isprintable() or one in " \n\u200d") == f"1: {kept}"


@pytest.mark.parametrize("letter", ["a", "ก", "\u0e34", "9", "😀", "<", " ก", "\n"])
def test_the_longest_message_is_answered(telegram: FakeTelegram, letter: str) -> None:
    telegram.say((letter * 4096)[: 4096 // units(letter) * len(letter)])
    telegram.say("last")
    telegram.wait(lambda: bool(telegram.sent) and telegram.sent[-1]["text"].endswith(": last"), "the last answer")
    assert all(units(message["text"]) <= 4096 for message in telegram.sent)


def test_a_long_list_is_folded_and_sourced(telegram: FakeTelegram, engine: StubEngine) -> None:
    groups = (Group("Asia & Pacific", tuple(f"City {n}" for n in range(9))), Group("Africa", ("Fez", "<Lome>")))
    engine.replies["list"] = reply_to("Eleven", *groups, notes=("Nothing else.",), cited=True)
    telegram.say("list")
    (answer,) = telegram.wait_sent()
    folded, link = (one for one in answer["entities"] if one["type"] in {"expandable_blockquote", "text_link"})
    assert link["url"] == SOURCE.url
    assert answer["text"].endswith("• <Lome>\n\nNothing else.\n\nSource: UNESCO <Bangkok>")
    assert "City 8" in answer["text"][folded["offset"] : folded["offset"] + folded["length"]]


def test_a_list_too_long_for_one_message_is_split_between_names(telegram: FakeTelegram, engine: StubEngine) -> None:
    names = tuple(f"เมือง & {n:04} 🏙" for n in range(900))
    engine.replies["list"] = reply_to("รายชื่อ", Group("ทั้งหมด", names), cited=True, suggestions=("ต่อ",))
    telegram.say("list")
    telegram.wait(lambda: any("reply_markup" in one for one in telegram.sent), "the last part")
    written = "\n".join(message["text"] for message in telegram.sent)
    assert [line[2:] for line in written.split("\n") if line.startswith("• ")] == list(names)
    assert len(telegram.sent) > 2
    assert ["reply_markup" in one for one in telegram.sent] == [False] * (len(telegram.sent) - 1) + [True]
    assert written.endswith("ที่มา: UNESCO <Bangkok>")


def test_mentions_are_found_as_telegram_counts() -> None:
    assert entities("🏙 @LearningCitiesBot")[0] == {"type": "mention", "offset": 3, "length": 18}
