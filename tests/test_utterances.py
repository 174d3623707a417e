"""Questions as people type them, in both languages, through the real engine."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.language import LANGUAGES, Language
from tests.judging import Conversation, conversations, wrong_answer

ENOUGH = 0.94
"""The share of the questions kept aside that must be answered rightly."""

QUESTIONS = [conversation for language in LANGUAGES for conversation in conversations(language)]


@pytest.mark.parametrize("conversation", QUESTIONS, ids=lambda conversation: conversation.id)
def test_question_is_answered_rightly(engine: Engine, conversation: Conversation) -> None:
    wrong = wrong_answer(engine, conversation)
    assert not wrong, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_as_many_questions_as_were_promised(language: Language) -> None:
    assert sum(question.language == language for question in QUESTIONS) >= 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_there_twice(language: Language) -> None:
    asked = [question.asked for question in QUESTIONS if question.language == language]
    assert sorted({one for one in asked if asked.count(one) > 1}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_kept_aside_are_answered_rightly(engine: Engine, language: Language) -> None:
    """Single failures are not told: who reads them tunes for them, and the questions are no longer unseen."""
    wrong = [bool(wrong_answer(engine, conversation)) for conversation in conversations(language, "aside")]
    share = 1 - sum(wrong) / len(wrong)
    assert share >= ENOUGH
