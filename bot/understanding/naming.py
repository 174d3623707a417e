"""Which of the names in a message are asked about, and which are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.understanding.spans import Span, Utterance
from knowledge.lookup import Entity

_PLACE_NOUNS = frozenset({"city", "province"})
_ONLY_A_NOUN = _PLACE_NOUNS | {"neutral"}
_KEEPS_EXCLUDING = frozenset(
    {"and", "or", "city", "country", "neutral", "from", "except", "not", "have", "member", "region", "year", "it"}
    | {"only", "other", "all", "both", "those"}
)


def _takes_out(spans: Sequence[Span], at: int, named: Sequence[tuple[Entity, ...]]) -> bool:
    """Tell whether a "no" stands before a country of a region named before it: "Asian cities, no Thai ones"."""
    wide = any(entity.kind == "region" for entities in named for entity in entities)
    following = spans[at + 1].entities if at + 1 < len(spans) else ()
    return wide and "not" in spans[at].concepts and any(entity.kind == "country" for entity in following)


def find_names(spans: Sequence[Span]) -> tuple[list[tuple[Entity, ...]], list[tuple[Entity, ...]], tuple[str, ...]]:
    named: list[tuple[Entity, ...]] = []
    excluded: list[tuple[Entity, ...]] = []
    organisations: list[str] = []
    excluding = False
    for at, span in enumerate(spans):
        entities = span.entities or _called_a_place(spans, at)
        if at and "tongue" in spans[at - 1].concepts:
            continue  # a language is no country
        if entities and _is_said_along(spans, at, named):
            continue
        if entities:
            excluding = excluding and not _widens(spans, at, excluded, entities)
            bodies = [entity.ref for entity in entities if entity.kind == "organisation"]
            organisations += bodies
            if not bodies:
                (excluded if excluding else named).append(entities)
        elif "removed" in span.concepts and not excluding and named and spans[at - 1].entities:
            excluded.append(named.pop())
            while named and _listed(spans, named[-1], excluded[-1]):
                excluded.append(named.pop())
        elif "meant" in span.concepts:
            excluding = False
        elif "except" in span.concepts or _takes_out(spans, at, named):
            excluding = True
        elif not span.concepts & _KEEPS_EXCLUDING or span.number is not None:
            excluding = False
    return named, excluded, tuple(dict.fromkeys(organisations))


def _widens(
    spans: Sequence[Span], at: int, excluded: Sequence[tuple[Entity, ...]], entities: tuple[Entity, ...]
) -> bool:
    """Tell whether what stands after what is left out is what that is left out of: "not China, Asia 2024"."""
    joined = bool(spans[at - 1].concepts & {"and", "or", "except"})
    wide = {entity.kind for entity in entities} <= {"country", "region"}
    narrower = ("place",) if any(entity.kind == "country" for entity in entities) else ("place", "country")
    return bool(excluded) and wide and not joined and all(entity.kind in narrower for entity in excluded[-1])


def _is_said_along(spans: Sequence[Span], at: int, named: Sequence[tuple[Entity, ...]]) -> bool:
    """Tell whether a name is only said to be in what was named before it: "ASEAN, including Thailand"."""
    wide = any(entity.kind == "region" for entities in named for entity in entities)
    return wide and any("including" in span.concepts for span in spans[max(0, at - 1) : at])


def _listed(spans: Sequence[Span], one: tuple[Entity, ...], other: tuple[Entity, ...]) -> bool:
    """Tell whether two names stand beside each other, with at most an "and" between them."""
    first, second = (next(at for at, span in enumerate(spans) if span.entities == e) for e in (one, other))
    return all(span.concepts & {"and", "or"} for span in spans[first + 1 : second])


def _called_a_place(spans: Sequence[Span], at: int) -> tuple[Entity, ...]:
    """Return the names a word also is, where the word before says that a name follows ("จังหวัดเลย")."""
    if not spans[at].homonyms or not at or not spans[at - 1].concepts & _PLACE_NOUNS:
        return ()
    if spans[at - 1].concepts - _ONLY_A_NOUN:
        return ()
    return spans[at].homonyms


def places_of(named: Sequence[tuple[Entity, ...]]) -> list[Entity]:
    """Return the places meant by each name: of several of one name the members, or all if none is.

    What is also the name of a country or region is taken for a place only if that is a member.
    """
    chosen: dict[Entity, None] = {}
    for entities in named:
        if all(entity.kind == "place" for entity in entities) or any(entity.member for entity in entities):
            chosen |= dict.fromkeys([entity for entity in entities if entity.member] or entities)
    return list(chosen)


def refs(named: Sequence[tuple[Entity, ...]], kind: str) -> Iterator[str]:
    for entities in named:
        if not any(entity.member for entity in entities):
            yield from (entity.ref for entity in entities if entity.kind == kind)


def is_either(utterance: Utterance, inside: bool) -> bool:
    """Tell whether a country and a region are named one beside the other ("Korea and Africa"), not one in the other.

    `inside` tells that the one lies in the other; then "and" or "or" has to be said: "in Africa, Kenya?" is Kenya.
    """
    if inside and utterance.concepts.isdisjoint({"and", "or"}):
        return False
    named = [span for span in utterance.spans if span.entities]
    joined = False
    for one, other in pairwise(named):
        between = [span for span in utterance.spans if one.start < span.start < other.start]
        said = any(span.concepts & {"and", "or"} for span in between)
        within = any("inside" in span.concepts for span in between)
        apart = {entity.kind for entity in one.entities} != {entity.kind for entity in other.entities}
        joined = joined or (apart and not within and (said or (not between and utterance.tokens[other.start].pause)))
    return joined
