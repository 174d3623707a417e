"""Whether a message is for us at all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bot.understanding.lexicon import NEUTRAL
from bot.understanding.spans import Span, Utterance
from knowledge.lookup import Entity
from knowledge.names import FLAG, is_thai

_FOREIGN = 0.55  # what a word we know nothing about takes from the evidence
_FILLER = 0.25  # the same where what is said can hardly mean anything but us, for the first few
_FILLERS = 3
_MOST_OF_OURS = 0.6  # the most that is taken from a message that says the name of the network or of its cities
_LONG = 6  # letters of a name that may stand alone though misspelt
_LETTER = 0.5  # a single letter, as a part of an unknown word
_DISTANT_YEAR = 0.5  # a year long before or after the network's, as a part of an unknown word
_MENDED_CUE = 0.3  # a misspelt cue word, as a part of an unknown one
_SAYS_LITTLE = 0.3  # a word of everyday talk, as a part of an unknown one
_HARDLY = 0.65  # what words of everyday talk come to, in what follows an answer
_MENDED_NAME = 0.3  # the same for a misspelt name
_SHORT = {True: 3, False: 4}  # letters, Thai and Latin; a shorter name that is only nearly matched is no evidence
_CLEAR_OF_A_YEAR = 0.5  # the same where it names a year and a place
_CLEAR = 0.65  # evidence of a part of a message that speaks for all of it
_ENOUGH = 0.19  # evidence needed where every word is known
_ENOUGH_AMONG_FOREIGN = 0.28
_SPEAKING_ON = 0.4  # share of what unknown words take, where a message goes on with what was answered
_DOUBTFUL = 0.6  # share of its evidence that a misspelt cue word gives
_CHATTER = 120  # tokens; a longer message is no question
_TITLES = frozenset({"country", "province"})  # before a name they only say what it is the name of
_LIGHT = frozenset(
    {NEUTRAL, "aux", "yesno", "all", "or", "it", "there", "not", "only", "what_about", "enter", "inside", "have"}
)
_OF_CITIES = frozenset(
    {
        "city",
        "country",
        "member",
        "join",
        "enter",
        "network",
        "learning_city",
        "gnlc",
        "region",
        "round",
        "announcement",
    }
    | {"literacy_day", "sdg", "nominate", "source", "bot", "lifelong"}
)
_SAID_OF_CITIES = _OF_CITIES - {"enter"}
_OF_ANYTHING = frozenset({"apply", "requirement", "recommend"})
_POINTS_BACK = frozenset({"those", "when", "dates", "which", "that_year"})
_ASTRAY = 1.4  # how much more unknown words take where nothing is said of cities or of the network
_OUR_NAMES = frozenset({"learning_city", "gnlc"})
_ANCHORS = frozenset({"learning_city", "gnlc", "literacy_day"})
_OF_THE_NETWORK = frozenset({"city", "country", "member", "mayor", "join", "unesco"})
_OF_UNESCO = frozenset({"city", "member", "network", "nominate"})
_JOINING = frozenset({"join", "enter", "member", "network", "announcement", "new", "round"})
_WHO_JOINS = frozenset({"city", "country", "@country", "@region", "@member"})
_OURS = frozenset({"network", "gnlc", "learning_city", "unesco", "member", "join"})
_BODIES = {"asean", "european-union", "gulf"}
_OUR_YEARS = range(2010, 2041)
_YEAR_FIGURES = 4
_LAST_YEAR = 2100  # what is above is a year B.E., or none


def is_ours(utterance: Utterance, features: frozenset[str], evidence: Mapping[str, float], talking: bool) -> bool:
    """Tell whether a message is about learning cities.

    Its words and names give evidence, words that nothing is known about take it away: a city's name alone does not
    make "hotels in Phuket" our question. `talking` is true where the bot has just answered.
    """
    if len(utterance.tokens) > _CHATTER:
        return False
    foreign = _foreign(utterance)
    if talking and foreign < _HARDLY:
        return True
    if features >= {"@place", "why", "not"} and features.isdisjoint(_JOINING):
        return False  # why a place does not have something may be asked of anything
    if "@place" in features and all(_is_light(span) for span in utterance.spans):
        return True  # nothing but a name
    of_member = any(entity.member for span in utterance.spans for entity in span.entities)
    if of_member and features & {"join", "enter", "member"} and "when" in features and not utterance.unknown:
        return True  # nothing but when a member joined
    strength = _said(utterance, evidence) + _named(utterance, features, evidence)
    if not foreign:
        return strength > _ENOUGH
    if talking and _speaks_on(utterance, features):
        return strength > _SPEAKING_ON * _cost(utterance, features)
    return strength > _ENOUGH_AMONG_FOREIGN + _cost(utterance, features)


def _speaks_on(utterance: Utterance, features: frozenset[str]) -> bool:
    """Tell whether a message goes on with what was answered; beside a place it may be of its weather or its hotels."""
    goes_on = utterance.concepts & (_SAID_OF_CITIES | _POINTS_BACK) or features & {"@country", "@region", "@year"}
    return "@place" not in features and bool(goes_on)


def is_clear(utterance: Utterance, features: frozenset[str], evidence: Mapping[str, float]) -> bool:
    """Tell whether a part of a message is surely ours, whatever unknown words stand in the rest."""
    strength = _said(utterance, evidence) + _named(utterance, features, evidence)
    if _is_of_anything(utterance, features) and features.isdisjoint({"@place", "@country", "@member"}):
        return False
    dated = "@year" in features and bool(features & {"@country", "@region", "@place"})
    ours = (
        utterance.concepts & _SAID_OF_CITIES or utterance.concepts >= {"enter", "when"} or features & {"unesco", "@org"}
    )
    if not (ours or dated):
        return False  # a name and "how many" may be asked of the weather
    return strength > (_CLEAR_OF_A_YEAR if dated else _CLEAR) + _cost(utterance, features)


def _cost(utterance: Utterance, features: frozenset[str]) -> float:
    """Return what words that nothing is known about take from the evidence."""
    foreign = _foreign(utterance)
    fillers = min(foreign, _FILLERS) if _is_anchored(utterance, features) else 0
    cost = _FILLER * fillers + _FOREIGN * (foreign - fillers)
    sure = frozenset().union(*(span.concepts for span in utterance.spans if span.exact))
    if _is_of_anything(utterance, features):
        return _ASTRAY * cost
    return min(cost, _MOST_OF_OURS) if sure & _OUR_NAMES else cost


def _is_of_anything(utterance: Utterance, features: frozenset[str]) -> bool:
    """Tell whether what is asked is asked of other things as well: "requirements for a visa"."""
    nothing_ours = utterance.concepts.isdisjoint(_OF_CITIES) and "unesco" not in features
    return nothing_ours and bool(utterance.concepts & _OF_ANYTHING)


def _is_anchored(utterance: Utterance, features: frozenset[str]) -> bool:
    """Tell whether a message says what hardly anybody says of anything else.

    That is the name of the network, of a body in it, or of its aims; or that cities or countries join in a year of
    ours.
    """
    sure = frozenset().union(*(span.concepts for span in utterance.spans if span.exact))
    if (
        sure & _ANCHORS
        or {"network", "sdg"} <= sure
        or any(feature.startswith("@org:") for feature in features - {"@org:unesco"})
    ):
        return True
    if ("network" in sure and sure & _OF_THE_NETWORK) or ("unesco" in features and sure & _OF_UNESCO):
        return True
    joins = bool(features & _JOINING) and bool(features & _WHO_JOINS)
    return joins and any(_is_year(span) and span.number in _OUR_YEARS for span in utterance.spans)


def _is_light(span: Span) -> bool:
    """Tell whether a span is a surely read name, or a word that asks nothing but whether it is in."""
    sure = span.exact or (len(span.key) >= _LONG and not span.doubtful)
    return (bool(span.entities) and sure) or (bool(span.concepts) and span.concepts <= _LIGHT)


def _said(utterance: Utterance, evidence: Mapping[str, float]) -> float:
    followers = [*utterance.spans[1:], None]
    telling = [
        s
        for s, after in zip(utterance.spans, followers, strict=False)
        if not (after and after.entities and s.concepts & _TITLES)
    ]
    said = {concept for span in telling for concept in span.concepts}
    sure = {concept for span in telling if span.exact for concept in span.concepts}
    ours = said & _OURS or any(_is_of_ours(entity) for span in telling for entity in span.entities)
    least = 0.0 if ours else -1.0  # of the network and its bodies, whatever is asked is our question
    return sum(max(evidence.get(concept, 0.0), least) * (1 if concept in sure else _DOUBTFUL) for concept in said)


def _is_of_ours(entity: Entity) -> bool:
    """Tell whether a name is that of a body that has to do with learning cities; UNESCO has to do with much else."""
    return entity.kind == "organisation" and entity.ref != "unesco"


def _foreign(utterance: Utterance) -> float:
    """Return how many words are unknown; words and names that are only nearly known count in part."""
    letters = "initial" in utterance.concepts  # the first letters asked for are no word
    of_cities = not utterance.concepts.isdisjoint(_SAID_OF_CITIES)
    unknown = sum(_weight(span, of_cities) for span in utterance.unknown) - letters
    mended = [span for span in utterance.spans if not span.exact]
    distant = _DISTANT_YEAR * any(_is_year(span) and span.number not in _OUR_YEARS for span in utterance.spans)
    little = _SAYS_LITTLE * sum(span.concepts == {"filler"} for span in utterance.spans)
    return max(unknown, 0.0) + distant + little + sum(_MENDED_NAME if span.entities else _MENDED_CUE for span in mended)


def _weight(span: Span, of_cities: bool) -> float:
    """Return how much of an unknown word a span is; beside nothing but a name every word is the matter asked about."""
    if span.everyday and of_cities:
        return _SAYS_LITTLE
    return 1.0 if len(span.key) > 1 else _LETTER


def _named(utterance: Utterance, features: frozenset[str], evidence: Mapping[str, float]) -> float:
    named = {feature for feature in features if feature.startswith("@")}
    sure = [entity for span in utterance.spans if span.exact for entity in span.entities]
    near = [
        entity for span in utterance.spans if len(span.key) >= _SHORT[is_thai(span.key[0])] for entity in span.entities
    ]
    if any(entity.member for entity in sure):
        named.add("@member")
    elif not any(entity.kind == "place" for entity in (*sure, *near)):
        named.discard("@place")
    if "@place" in named:
        named -= {"@country", "@region"}  # where it lies says nothing more
    if all(span.key.startswith(FLAG) for span in utterance.spans if span.entities):
        named.discard("@country")  # a flag is no word
    years = {int(feature[6:]) for feature in named if feature.startswith("@year:") and feature[6:].isdecimal()}
    lengths = (2, 4) if "year" in utterance.concepts else (4,)
    said = any(span.number is not None and len(span.key) in lengths for span in utterance.spans)
    if years and (years.isdisjoint(_OUR_YEARS) or not said):
        named.discard("@year")
    if _joins_a_body(utterance):
        named.add("@body")
    return sum(evidence.get(feature, 0.0) for feature in named)


def _is_year(span: Span) -> bool:
    return span.key.isdecimal() and len(span.key) == _YEAR_FIGURES and (span.number or 0) < _LAST_YEAR


def _joins_a_body(utterance: Utterance) -> bool:
    """Tell whether what is joined is a body that states join, and not the network ("joined the European Union")."""
    spans = [span for span in utterance.spans if span.concepts != {NEUTRAL}]
    return any(
        "join" in one.concepts and any(entity.ref in _BODIES for entity in other.entities)
        for one, other in pairwise(spans)
    )
