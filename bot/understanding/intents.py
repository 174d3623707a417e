"""Which intent a message has: the one that explains most of what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import yaml

from bot.understanding.lexicon import SILENT
from bot.understanding.slots import Slots
from bot.understanding.spans import Utterance


@dataclass(frozen=True, slots=True)
class Pattern:
    """Features that must all be there, each as its alternatives, and features that must not."""

    needed: tuple[frozenset[str], ...]
    barred: frozenset[str]

    def fits(self, features: frozenset[str]) -> bool:
        """Tell whether `features` have all that is needed and nothing that is barred."""
        return all(not alternatives.isdisjoint(features) for alternatives in self.needed) and self.barred.isdisjoint(
            features
        )

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*self.needed)


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question: how it is recognised and what is asked of the fact base.

    `of_year` is the one year that its statements speak of, if they do, `by_year` topics of other years, `dated` the
    intent that tells when it was, or is to be, `then` the one that tells what comes after it;
    `of_round` tells that its statements speak of a round, so that there are none of other years.
    """

    name: str
    ask: str
    subject: str
    topics: tuple[str, ...]
    fewest: bool
    latest: bool
    of_year: int | None
    dated: str
    then: str
    of_round: bool
    by_year: Mapping[int, tuple[str, ...]]
    patterns: tuple[Pattern, ...]
    explains: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """An intent in question, with the weight of what it explains."""

    intent: Intent
    score: float


class Intents:
    """All intents, out of `intents.yaml`."""

    def __init__(self) -> None:
        data = yaml.load(
            (files(__package__) / "intents.yaml").read_text("utf-8"),
            Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader),
        )
        self._weights = {feature: float(weight) for feature, weight in data["weights"].items()}
        self._topic_weight = float(data["topic_weight"])
        self.evidence: dict[str, float] = {feature: float(weight) for feature, weight in data["evidence"].items()}
        self.all = tuple(_intent(name, spec) for name, spec in data["intents"].items())

    @cached_property
    def by_name(self) -> dict[str, Intent]:
        return {intent.name: intent for intent in self.all}

    @cached_property
    def _index(self) -> dict[str, list[tuple[Intent, Pattern]]]:
        """Patterns by one of their rarest features, so that few are tried on a message."""
        uses: dict[str, int] = defaultdict(int)
        for intent in self.all:
            for pattern in intent.patterns:
                for feature in pattern.words:
                    uses[feature] += 1
        index: dict[str, list[tuple[Intent, Pattern]]] = defaultdict(list)
        for intent in self.all:
            for pattern in intent.patterns:
                rarest = min(pattern.needed, key=lambda alternatives: sum(uses[f] for f in alternatives))
                for feature in rarest:
                    index[feature].append((intent, pattern))
        return index

    def match(self, features: frozenset[str]) -> list[Match]:
        """Return the intents in question, the one that explains most first."""
        fitting = dict.fromkeys(
            intent.name
            for feature in features
            for intent, pattern in self._index.get(feature, ())
            if pattern.fits(features)
        )
        order = {intent.name: i for i, intent in enumerate(self.all)}
        matches = [Match(self.by_name[name], self._explained(self.by_name[name], features)) for name in fitting]
        return sorted(matches, key=lambda m: (-round(m.score, 6), order[m.intent.name]))

    def weight(self, feature: str) -> float:
        """Return how much hearing `feature` explains."""
        if feature in self._weights:
            return self._weights[feature]
        if feature.startswith("@"):
            return self._weights.get(feature.partition(":")[0], 0.0) + 0.1
        return self._topic_weight

    def _explained(self, intent: Intent, features: frozenset[str]) -> float:
        return sum(self.weight(feature) for feature in features & intent.explains)


_GOALS_TOLD = frozenset({4, 11})  # of which something is said of each
_FEW = 15  # cities of one country; a larger number counts something else, unless it is a bound
_BOUNDS = frozenset({"more_than", "fewer_than", "exactly"})
_OF_PARTS = frozenset({"which", "when", "what", "who", "how_many", "list", "round", "year", "each", "share"})
_OPEN_QUESTIONS = frozenset(
    {"administrative", "which", "what", "how_many", "when", "where", "who", "why", "how", "list"}
)


def features_of(utterance: Utterance, slots: Slots) -> frozenset[str]:
    """Return what intents look at: the concepts said and the kinds of things named."""
    filters = slots.filters
    concepts = utterance.concepts
    named: list[str] = []
    named += _named("place", filters.places, "places")
    named += _named("country", sorted(filters.countries), "countries")
    named += _named("region", sorted(filters.regions), "regions")
    named += _named("org", slots.organisations, None)
    named += _named("sdg", [str(goal) for goal in sorted(slots.goals)], None)
    years = [span.single for span in filters.years]
    named += _named("year", [str(year) for year in years], "years")
    if filters.not_years and not years:
        named.append("@year")
    if slots.figure is not None and concepts.isdisjoint(_OF_PARTS):
        named.append("@figure")
    elif slots.number is not None and (slots.number <= _FEW or concepts & _BOUNDS):
        named.append("@number")
    if slots.bounds is not None and "@figure" not in named:
        named.append("@bounds")
    if len(slots.goals) > 1 and slots.goals - _GOALS_TOLD:
        named.append("@other_sdg")
    if slots.goals:
        named.append("@goal")
    elif slots.choice:
        named.append("@choice")
    if "unesco" in slots.organisations:
        named.append("unesco")
    if "enter" in concepts:
        named.append("join")
    if "world" in concepts:
        named.append("all")
    if slots.of_round:
        named.append("@round")
    if "aux" in concepts and concepts.isdisjoint(_OPEN_QUESTIONS):
        named.append("yesno")
    return (concepts | frozenset(named)) - SILENT


def _named(kind: str, refs: Sequence[str], several: str | None) -> Iterator[str]:
    if refs:
        yield f"@{kind}"
        yield from (f"@{kind}:{ref}" for ref in refs)
    if several and len(refs) > 1:
        yield f"@{several}"


def _intent(name: str, spec: dict[str, Any]) -> Intent:
    patterns = tuple(_pattern(line) for line in spec["patterns"])
    words = frozenset().union(*(pattern.words for pattern in patterns), spec.get("with", "").split())
    explains = words | {word.partition(":")[0] for word in words}
    return Intent(
        name=name,
        ask=spec.get("ask", "statements"),
        subject=spec.get("subject", "cities"),
        topics=tuple(spec.get("topics", ())),
        fewest=spec.get("fewest") == "true",
        latest=spec.get("latest") == "true",
        of_year=int(spec["of_year"]) if "of_year" in spec else None,
        dated=spec.get("dated", ""),
        then=spec.get("then", ""),
        of_round=spec.get("of_round") == "true",
        by_year={int(year): tuple(topics) for year, topics in spec.get("by_year", {}).items()},
        patterns=patterns,
        explains=explains,
    )


def _pattern(line: str) -> Pattern:
    words = line.split()
    needed = tuple(frozenset(word.split("|")) for word in words if not word.startswith("!"))
    return Pattern(needed, frozenset(word[1:] for word in words if word.startswith("!")))
