"""Which places a statement names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.replies.wording import Wording
from knowledge.model import Place


def named_in(texts: Iterable[str], places: Iterable[Place], wording: Wording) -> tuple[str, ...]:
    """Return the names of those of `places` that `texts` name, in the language of `wording`, as whole words."""
    told = "\n".join(texts)
    before, after = ("|".join(map(re.escape, wording.texts(f"beside_names.{side}"))) for side in ("before", "after"))
    found = []
    for place in places:
        name = re.escape(wording.city(place, plain=True))
        if re.search(rf"(?:^|[\s(]|{before}){name}(?=$|[\s,.;)]|{after})", told, re.MULTILINE):
            found.append(place.name)
    return tuple(found)
