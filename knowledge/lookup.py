"""Looking names up in the fact base, exactly or nearly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.names import FLAG, is_thai, key, traces
from knowledge.store import FactBase

EntityKind = Literal["place", "country", "region", "organisation"]
_WORD = 4  # letters of a word that may stand for a whole name
_AT_ONCE = 500  # traces looked up in one query; SQLite allows more
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
        for (iso,) in base.rows("SELECT iso FROM country"):
            self._exact[FLAG + iso.casefold()] = (Entity("country", iso),)
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

    def near(self, name_keys: Iterable[str]) -> dict[str, list[tuple[str, Entity]]]:
        """Return for each of `name_keys` the names about one edit away, each with its own key."""
        wanted: dict[str, list[str]] = {}
        for name_key in name_keys:
            for trace in traces(name_key):
                wanted.setdefault(trace, []).append(name_key)
        found: dict[str, dict[tuple[str, Entity], None]] = {}
        forms = list(wanted)
        for at in range(0, len(forms), _AT_ONCE):
            part = forms[at : at + _AT_ONCE]
            for trace, other, kind, ref, member in self._base.rows(
                "SELECT near.variant, name.key, name.kind, name.ref, coalesce(place.member, 0) FROM near"
                f" JOIN name ON name.id = near.name {_MEMBER} WHERE near.variant IN ({','.join('?' * len(part))})",
                part,
            ):
                for name_key in wanted[trace]:
                    found.setdefault(name_key, {})[other, Entity(kind, ref, bool(member))] = None
        return {name_key: list(names) for name_key, names in found.items()}

    def thai_words(self) -> Iterator[str]:
        """Yield every name written in Thai, for the segmenter's dictionary."""
        rows = self._base.rows("SELECT DISTINCT text FROM name")
        return (text for (text,) in rows if any(map(is_thai, text)))
