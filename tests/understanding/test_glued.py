"""Latin words typed without spaces."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.glued import unglued

WORDS = {"which", "thai", "cities", "joined", "in", "whichthai"}


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("whichthaicitiesjoinedin", ["whichthai", "cities", "joined", "in"]),  # the fewest
        ("citiesjoinedx", ["citiesjoinedx"]),
        ("inininininin", ["inininininin"]),  # short words show nothing
        ("citiesin", ["citiesin"]),  # too short to be more than a slip
        ("cities" * 20, ["cities" * 20]),
        ("", [""]),
    ],
)
def test_known_words_are_cut_apart(run: str, words: list[str]) -> None:
    assert unglued(run, WORDS.__contains__) == words


def test_a_question_without_spaces_is_answered(engine: Engine) -> None:
    assert engine.answer("whichthaicitiesjoinedin2020").reply.cities == ("Chachoengsao", "Chiang Mai", "Phuket")
