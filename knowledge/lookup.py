"""Looking names up in the fact base, exactly or nearly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.names import is_thai, key, skeleton, variants
from knowledge.store import FactBase

EntityKind = Literal["place", "country", "region", "organisation"]
_WORD = 4  # letters of a word that may stand for a whole name
_MEMBER = "LEFT JOIN place ON name.kind = 'place' AND place.id = name.ref"


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """What a name stands for: a place id, a country's ISO code, a region's or an organisation's id."""

    kind: EntityKind
    ref: str
    member: bool = False


class Gazetteer:
    """Names by key. Exact keys are held in memory; near ones are asked of the fact base."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._exact: dict[str, tuple[Entity, ...]] = {}
        for name_key, kind, ref, member in base.rows(
            f"SELECT DISTINCT key, name.kind, ref, coalesce(place.member, 0) FROM name {_MEMBER} ORDER BY 1, 4 DESC, 3"
        ):
            self._exact[name_key] = (*self._exact.get(name_key, ()), Entity(kind, ref, bool(member)))
        self._partial: dict[str, tuple[Entity, ...]] = {}
        for name, ref in base.rows("SELECT name, id FROM place WHERE member"):
            for word in {key(word) for word in name.split() if len(word) >= _WORD} - {key(name)}:
                self._partial[word] = (*self._partial.get(word, ()), Entity("place", ref, True))

    def exact(self, name_key: str) -> tuple[Entity, ...]:
        """Return what `name_key` names, members first; empty if nothing."""
        return self._exact.get(name_key, ())

    def partial(self, name_key: str) -> tuple[Entity, ...]:
        """Return the members with a name of several words of which `name_key` is one."""
        return self._partial.get(name_key, ())

    def near(self, name_key: str) -> Iterator[tuple[str, Entity]]:
        """Yield names about one edit away from `name_key`, each with its own key."""
        forms = variants(skeleton(name_key))
        rows = self._base.rows(
            "SELECT DISTINCT name.key, name.kind, name.ref, coalesce(place.member, 0) FROM near"
            f" JOIN name ON name.id = near.name {_MEMBER} WHERE near.variant IN ({','.join('?' * len(forms))})",
            tuple(forms),
        )
        for other, kind, ref, member in rows:
            yield other, Entity(kind, ref, bool(member))

    def thai_words(self) -> Iterator[str]:
        """Yield every name written in Thai, for the segmenter's dictionary."""
        rows = self._base.rows("SELECT DISTINCT text FROM name")
        return (text for (text,) in rows if any(map(is_thai, text)))
