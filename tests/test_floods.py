"""How much one chat may ask."""

from __future__ import annotations

from bot.floods import CHATS, Floods


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_flood_gets_one_notice_and_then_silence() -> None:
    floods = Floods(3, 2.0, Clock())
    assert [floods.admit(1) for _ in range(6)] == ["answer"] * 3 + ["notice"] + ["silence"] * 2
    assert floods.admit(2) == "answer"


def test_patience_is_rewarded() -> None:
    clock = Clock()
    floods = Floods(2, 2.0, clock)
    assert [floods.admit(1) for _ in range(3)] == ["answer", "answer", "notice"]
    clock.now = 2.5
    assert [floods.admit(1) for _ in range(2)] == ["answer", "silence"]
    clock.now = 60
    assert [floods.admit(1) for _ in range(3)] == ["answer", "answer", "notice"]


def test_questions_that_have_waited_are_no_flood() -> None:
    floods = Floods(1, 2.0, Clock())
    assert [floods.admit(1, minute * 60.0) for minute in (1, 2, 3)] == ["answer"] * 3
    assert [floods.admit(1, 180.0), floods.admit(1, 10.0)] == ["notice", "silence"]


def test_only_the_latest_chats_are_kept_in_mind() -> None:
    floods = Floods(1, 1e9, Clock())
    for chat in range(CHATS + 1):
        floods.admit(chat)
    assert (floods.admit(0), floods.admit(CHATS)) == ("answer", "notice")
