"""Misspelt names of members, made by rule from a seed, and names of places that are none."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from bot.conversation import Engine
from bot.language import Language
from knowledge.names import is_thai
from knowledge.store import FactBase

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ๅภถุึคตจขช", "ๆไำะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ")
_TONES = "่้๊๋็์"
_PER_NAME = 4
_SHORTEST = 4  # letters; one edit of a shorter name is another name
_PLACES = "name JOIN place ON place.id = name.ref WHERE name.kind = 'place'"
_FRAME: dict[Language, str] = {"en": "is {name} a member", "th": "{name}เป็นสมาชิกไหม"}


def misspelt(base: FactBase, seed: int = 2022) -> Iterator[tuple[str, str, Language]]:
    """Yield misspelt names with the English name meant and the language: one edit, a near key or a tone mark off."""
    chance = random.Random(seed)
    for name, thai in base.rows("SELECT name, name_th FROM place WHERE member ORDER BY id"):
        for written in filter(None, (name, thai)):
            if len(written) < _SHORTEST or (not written.replace(" ", "").isalpha() and not is_thai(written[0])):
                continue
            for _ in range(_PER_NAME):
                yield _slip(written, chance), name, "th" if is_thai(written[0]) else "en"


def resolution(engine: Engine, base: FactBase) -> Counter[str]:
    """Count misspelt names that are resolved, asked back about, missed, or taken for another member."""
    found: Counter[str] = Counter()
    for written, name, language in misspelt(base):
        reply = engine.answer(_FRAME[language].format(name=written)).reply
        if name in reply.cities:
            outcome = "right"
        elif reply.outcome == "clarify":
            outcome = "asked back"
        else:
            outcome = "wrong" if reply.cities else "missed"
        found[f"{language} {outcome}"] += 1
    return found


def strangers(engine: Engine, base: FactBase) -> list[str]:
    """Return names of real places that are no members and are taken for one all the same."""
    rows = base.rows(
        f"SELECT DISTINCT text FROM {_PLACES} AND NOT place.member"
        f" AND name.key NOT IN (SELECT name.key FROM {_PLACES} AND place.member)"
    )
    taken = []
    for (name,) in rows:
        reply = engine.answer(_FRAME["th" if is_thai(name[0]) else "en"].format(name=name)).reply
        if reply.text.startswith(("Yes", "ใช่")):
            taken.append(name)
    return taken


def _slip(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name))
    kind = chance.choice(("drop", "double", "swap", "neighbour", "tone"))
    if kind == "drop":
        return name[:at] + name[at + 1 :]
    if kind == "double":
        return name[: at + 1] + name[at:]
    if kind == "swap" and at + 1 < len(name):
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == "tone" and any(mark in name for mark in _TONES):
        return "".join(c for c in name if c not in _TONES)
    row = next((row for row in _ROWS if name[at].lower() in row), "")
    if not row:
        return name[:at] + name[at + 1 :]
    place = row.index(name[at].lower())
    return name[:at] + row[place - 1 if place else 1] + name[at + 1 :]
