"""Conversations as data, and whether a reply to one is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.conversation import Engine, Memory
from bot.language import Language
from bot.replies.reply import Reply

UTTERANCES = Path(__file__).parent / "utterances"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages of one person, and what the reply to the last of them must be.

    `outcomes` are those allowed. `cities` are exactly those of the reply, `includes` some of them, `excludes` none.
    Of each of `says` one must stand in the text, of `never` none.
    """

    language: Language
    number: int
    asked: tuple[str, ...]
    outcomes: frozenset[str]
    kind: str = ""
    cities: frozenset[str] | None = None
    includes: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    says: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A readable name for a test; the number counts the entries of the file from 1."""
        return f"{self.language}-{self.number:03}-{self.kind}"


def conversations(language: Language, name: str = "questions") -> Iterator[Conversation]:
    """Yield the conversations of a file of `utterances/`, in order."""
    path = UTTERANCES / language / f"{name}.yaml"
    for number, entry in enumerate(yaml.safe_load(path.read_text("utf-8")), 1):
        yield _conversation(language, number, entry)


def replies(engine: Engine, asked: Sequence[str]) -> list[Reply]:
    """Return the reply to each message of one conversation."""
    memory: Memory | None = None
    found = []
    for message in asked:
        turn = engine.answer(message, memory)
        memory = turn.memory
        found.append(turn.reply)
    return found


def judge(conversation: Conversation, reply: Reply) -> list[str]:
    """Return what is wrong with the reply to the last message; nothing if it is right."""
    wrong = []
    text, cities = reply.text.casefold(), set(reply.cities)
    if reply.outcome not in conversation.outcomes:
        wrong.append(f"the outcome is {reply.outcome}, not {' or '.join(sorted(conversation.outcomes))}")
    if conversation.cities is not None and cities != conversation.cities:
        missing, extra = sorted(conversation.cities - cities), sorted(cities - conversation.cities)
        wrong.append(f"cities missing: {missing}; cities too many: {extra}")
    if missing := sorted(conversation.includes - cities):
        wrong.append(f"cities missing: {missing}")
    if extra := sorted(conversation.excludes & cities):
        wrong.append(f"cities too many: {extra}")
    wrong += [f"does not say {' or '.join(any_of)}" for any_of in conversation.says if not _one_in(any_of, text)]
    wrong += [f"says {phrase}" for phrase in conversation.never if phrase.casefold() in text]
    return wrong


def wrong_answer(engine: Engine, conversation: Conversation) -> str:
    """Return what is wrong with the answer to a conversation, with the answer; empty if it is right."""
    reply = replies(engine, conversation.asked)[-1]
    wrong = judge(conversation, reply)
    asked = " → ".join(conversation.asked)
    return "\n".join([asked, *wrong, f"intent {reply.intent}, said:", reply.text]) if wrong else ""


def _one_in(any_of: Sequence[str], text: str) -> bool:
    return any(phrase.casefold() in text for phrase in any_of)


def _conversation(language: Language, number: int, entry: dict[str, Any]) -> Conversation:
    return Conversation(
        language=language,
        number=number,
        asked=_strings(entry["ask"]),
        outcomes=frozenset(_strings(entry["outcome"])),
        kind=entry.get("kind", ""),
        cities=frozenset(entry["cities"]) if "cities" in entry else None,
        includes=frozenset(entry.get("includes", ())),
        excludes=frozenset(entry.get("excludes", ())),
        says=tuple(_strings(one) for one in entry.get("says", ())),
        never=_strings(entry.get("never", ())),
    )


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)
