"""Whether a message is for us at all."""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.tagger import Utterance

_UNKNOWN_WORD = 0.5  # what a word we know nothing about takes from the evidence
_MISSPELT = 0.5  # share of its evidence that a word counts which was only nearly matched
_ENOUGH = 0.3
_ENOUGH_TALKING = 0.3  # within a conversation, where nothing unknown was said
_CHATTER = 40  # words; a longer message is no question


def is_ours(utterance: Utterance, features: frozenset[str], evidence: Mapping[str, float], talking: bool) -> bool:
    """Tell whether a message is about learning cities.

    Its words and names give evidence, words that nothing is known about take it away: a city's name alone does not
    make "hotels in Phuket" our question. `talking` is true where the bot has just answered.
    """
    if len(utterance.tokens) > 3 * _CHATTER:
        return False
    strength = sum(evidence.get(feature, 0.0) for feature in features)
    doubtful = {concept for span in utterance.spans if not span.exact for concept in span.concepts}
    sure = {concept for span in utterance.spans if span.exact for concept in span.concepts}
    strength -= sum(_MISSPELT * evidence.get(concept, 0.0) for concept in doubtful - sure)
    strength -= sum(0.05 for span in utterance.spans if span.entities and not span.exact)
    foreign = sum(1.0 for span in utterance.unknown if len(span.key) > 1)
    if talking and not foreign:
        return True
    return strength >= _ENOUGH + _UNKNOWN_WORD * foreign
