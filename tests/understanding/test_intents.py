"""Intents and their data: none steals another's questions, and no phrase, pattern or topic is dead."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import bot
from bot import understanding
from bot.conversation import Engine
from bot.language import LANGUAGES, Language, load
from bot.understanding.intents import Intent, Intents
from bot.understanding.lexicon import Lexicon
from knowledge import store
from knowledge.names import key
from knowledge.queries import Facts
from tests.judging import UTTERANCES

INTENTS = Intents()
SPEC = yaml.safe_load((Path(understanding.__file__).parent / "intents.yaml").read_text("utf-8"))
LEXICONS = {language: load("lexicon", language) for language in LANGUAGES}
CONCEPTS = frozenset().union(*LEXICONS.values())

# What a message may name or be, besides the concepts it says; ":" and an id or number may follow those of `OF_KINDS`.
OF_KINDS = {"@place", "@country", "@region", "@org", "@year", "@sdg"}
FEATURES = OF_KINDS | {
    "@places",
    "@countries",
    "@regions",
    "@years",
    "@goal",
    "@number",
    "@bounds",
    "@figure",
    "@choice",
    "@other_sdg",
    "@round",
}
OF_RELEVANCE = {"@member", "@body"}
"""What only the question whether a message is for us looks at."""

USED_ELSEWHERE = {
    "at_the_time": "understanding/beside.py",
    "ever": "understanding/yearly.py",
    "state": "understanding/location.py",
    "part_title": "understanding/rereading.py",
    "in_a_year": "understanding/yearly.py",
    "town_affairs": "understanding/intents.yaml",
    "position_1": "understanding/positions.py",
    "position_2": "understanding/positions.py",
    "position_3": "understanding/positions.py",
    "position_4": "understanding/positions.py",
    "position_5": "understanding/positions.py",
    "position_last": "understanding/positions.py",
    "and": "understanding/clauses.py",
    "aux": "understanding/intents.py",
    "between": "understanding/years.py",
    "both": "understanding/pointing.py",
    "remaining": "understanding/pointing.py",
    "dash": "understanding/years.py",
    "enter": "understanding/intents.py",
    "ago": "understanding/windows.py",
    "all_time": "understanding/merging.py",
    "along": "understanding/asking.py",
    "none_of": "understanding/refusing.py",
    "rest": "understanding/pointing.py",
    "at_least": "understanding/bounds.py",
    "at_most": "understanding/bounds.py",
    "every_time": "understanding/counted.py",
    "inside": "understanding/location.py",
    "tongue": "understanding/naming.py",
    "toponym": "understanding/location.py",
    "unit": "understanding/slots.py",
    "combined": "understanding/pointing.py",
    "denies": "understanding/rereading.py",
    "relative": "understanding/rereading.py",
    "municipality": "understanding/spans.py",
    "neither": "understanding/beside.py",
    "reached": "understanding/asking.py",
    "including": "understanding/naming.py",
    "meant": "understanding/naming.py",
    "removed": "understanding/naming.py",
    "myself": "understanding/clauses.py",
    "decade": "understanding/years.py",
    "except": "understanding/naming.py",
    "filler": "understanding/relevance.py",
    "gnlc": "understanding/intents.yaml",
    "in_english": "conversation.py",
    "in_thai": "conversation.py",
    "last_year": "understanding/years.py",
    "neutral": "understanding/lexicon.py",
    "next_one": "understanding/pointing.py",
    "forth": "understanding/years.py",
    "as_commune": "understanding/asking.py",
    "as_consortium": "understanding/asking.py",
    "as_county": "understanding/asking.py",
    "as_district": "understanding/asking.py",
    "as_municipality": "understanding/asking.py",
    "as_province": "understanding/asking.py",
    "onwards": "understanding/years.py",
    "wonders": "understanding/clauses.py",
    "previous": "understanding/pointing.py",
    "reason_of_mine": "understanding/clauses.py",
    "recent": "understanding/windows.py",
    "recent_round": "understanding/windows.py",
    "recent_year": "understanding/windows.py",
    "since": "understanding/years.py",
    "that_year": "understanding/interpret.py",
    "there": "understanding/pointing.py",
    "today_year": "understanding/years.py",
    "together": "understanding/pointing.py",
    "until": "understanding/years.py",
    "what_about": "understanding/pointing.py",
    "world": "understanding/intents.py",
}
"""Concepts that no pattern needs, and a file that uses each."""

NOT_ASKED_FOR = {
    "admission-en": "the other record's wording of what admission-nomination and admission-jury say",
    "joined-bf-2025": "the lists answer",
    "joined-iq-2025": "the lists answer",
    "joined-lt-2025": "the lists answer",
    "joined-ne-2025": "the lists answer",
    "joined-us-2025": "the lists answer",
    "network-total-2022": "the printed numbers answer",
    "network-total-2022-bangkok": "the printed numbers answer",
    "prerequisites-en": "the other record's wording of what the three prerequisites say",
    "thailand-cities": "the lists answer",
}
"""Topics of statements that no intent asks for, and what answers instead."""

OUTSHONE = {
    "seventeen": "a number",
    "know-how": "two words, of which each has a meaning",
    "unesco": "an organisation",
    "ยูเนสโก": "an organisation",
    "ยูเนสโก้": "an organisation",
    "ยูเนสโกโลก": "an organisation",
    "เช็ค": "a country, misspelt as many do",
    "เฟซ": "a city",
    "ฯลฯ": "dropped before words are looked up",
}
"""Phrases that are read as something else when they stand alone."""


class Example(NamedTuple):
    """An utterance and the intent it must be read as."""

    language: Language
    intent: str
    text: str


def _examples(language: Language) -> list[Example]:
    data = yaml.safe_load((UTTERANCES / language / "intents.yaml").read_text("utf-8"))
    return [Example(language, intent, text) for intent, texts in data.items() for text in texts]


EXAMPLES = [example for language in LANGUAGES for example in _examples(language)]


@pytest.fixture(scope="module")
def topics(facts_path: Path) -> frozenset[str]:
    with store.open(facts_path) as base:
        return Facts(base).topics()


def is_feature(word: str) -> bool:
    """Tell whether a pattern may hold `word`."""
    kind, _, ref = word.partition(":")
    return word in CONCEPTS or (kind in OF_KINDS if ref else word in FEATURES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.language}-{example.intent}")
def test_example_is_read_as_its_intent(engine: Engine, example: Example) -> None:
    _, reading = engine.read(example.text)
    intent = reading.query.intent if reading.query else reading.intent
    assert intent == example.intent, example.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_examples_in_every_language(language: Language) -> None:
    told = [example.intent for example in EXAMPLES if example.language == language]
    assert {intent.name for intent in INTENTS.all} == set(told)
    assert min(map(told.count, told)) >= 2


def test_no_example_is_there_twice() -> None:
    texts = [example.text for example in EXAMPLES]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.parametrize("intent", INTENTS.all, ids=lambda intent: intent.name)
def test_every_word_of_a_pattern_can_be_said(intent: Intent) -> None:
    spec = SPEC["intents"][intent.name]
    words = {word.lstrip("!") for pattern in spec["patterns"] for word in pattern.split()}
    alternatives = {one for word in words for one in word.split("|")}
    assert sorted(one for one in alternatives if not is_feature(one)) == []


def test_every_concept_is_used() -> None:
    used = frozenset().union(*(pattern.words for intent in INTENTS.all for pattern in intent.patterns))
    assert sorted(CONCEPTS - used - USED_ELSEWHERE.keys()) == []


@pytest.mark.parametrize("concept", USED_ELSEWHERE)
def test_concept_is_used_where_it_is_said_to_be(concept: str) -> None:
    text = (Path(bot.__file__).parent / USED_ELSEWHERE[concept]).read_text("utf-8")
    assert concept in CONCEPTS
    assert f'"{concept}"' in text or f"\n  {concept}: " in text


def test_every_language_has_the_same_concepts() -> None:
    assert LEXICONS["th"].keys() == LEXICONS["en"].keys()


@pytest.mark.parametrize("table", ["weights", "evidence"])
def test_weights_and_evidence_are_of_things_that_can_be_said(table: str) -> None:
    special = FEATURES | OF_RELEVANCE | {"@nothing"}
    assert sorted(word for word in SPEC[table] if word not in CONCEPTS | special) == []


ASKED_FOR = {
    topic
    for intent in INTENTS.all
    if intent.ask not in ("conflicts", "unknown")  # these may tell of conflicts
    for topics in (intent.topics, *intent.by_year.values())
    for topic in topics
}


def test_topics_of_intents_exist(topics: frozenset[str]) -> None:
    assert topics >= ASKED_FOR


def test_every_topic_can_be_asked_for(topics: frozenset[str]) -> None:
    assert sorted(topics - ASKED_FOR - NOT_ASKED_FOR.keys()) == []


def test_topics_named_as_not_asked_for_are_not(topics: frozenset[str]) -> None:
    assert sorted(NOT_ASKED_FOR.keys() & ASKED_FOR) == []
    assert sorted(NOT_ASKED_FOR.keys() - topics) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_found_by_its_key(language: Language) -> None:
    lexicon = Lexicon()
    missed = [
        phrase
        for concept, phrases in LEXICONS[language].items()
        for phrase in phrases
        if concept not in lexicon.exact(key(phrase) or phrase)
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_heard(engine: Engine, language: Language) -> None:
    missed = [
        phrase
        for concept, phrases in LEXICONS[language].items()
        for phrase in phrases
        if any(map(str.isalpha, phrase)) and phrase not in OUTSHONE and not _hears(engine, phrase, concept)
    ]
    assert missed == []


def _hears(engine: Engine, phrase: str, concept: str) -> bool:
    utterance, _ = engine.read(phrase)
    return any(concept in span.concepts for span in utterance.spans)
