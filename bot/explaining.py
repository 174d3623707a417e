"""How a message is understood, and the line of YAML that would make it better understood."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.conversation import Engine
from bot.language import LANGUAGES, Language, load
from knowledge.names import is_thai, key

_NEAR = 60  # likeness, of 100, from which a cue is proposed


def explained(engine: Engine, text: str) -> Iterator[str]:
    """Yield how `text` is read, word by word, what becomes of it, and for each unknown word the nearest cues."""
    utterance, reading = engine.read(text)
    for span in utterance.spans:
        names = ", ".join(f"{entity.kind} {entity.ref}" for entity in span.entities)
        concepts = ", ".join(sorted(span.concepts))
        number = "" if span.number is None else str(span.number)
        yield f"{span.key}: {names or concepts or number or 'unknown'}"
    reply = engine.answer(text).reply
    query = f", asks {reading.query.ask} of {reading.query.subject}" if reading.query else ""
    yield f"→ {reading.kind}{query}: {reply.outcome}, intent {reply.intent}"
    for span in utterance.unknown:
        yield from _proposed(span.key)


def _proposed(word: str) -> Iterator[str]:
    """Yield the lexicon line of the cue that is most like an unknown word."""
    language: Language = "th" if any(map(is_thai, word)) else "en"
    assert language in LANGUAGES
    cues = {phrase: concept for concept, phrases in load("lexicon", language).items() for phrase in phrases}
    near = process.extractOne(word, {cue: key(cue) for cue in cues}, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is None:
        yield f"{word}: like no cue. If it carries meaning, add it to a concept in language/{language}/lexicon.yaml"
    else:
        yield f"{word}: like {near[2]!r}. In language/{language}/lexicon.yaml, concept {cues[near[2]]}, add: {word}"
