"""Which places a statement names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.replies.wording import Wording
from knowledge.model import Place

_BEFORE = r"(?:^|[\s(]|และ|ได้แก่|เทศบาลเมือง|เทศบาล|จังหวัด|เมือง)"
_AFTER = r"(?=$|[\s,.;)]|และ|ทั้งจังหวัด)"


def named_in(texts: Iterable[str], places: Iterable[Place], wording: Wording) -> tuple[str, ...]:
    """Return the names of those of `places` that `texts` name, in the language of `wording`, as whole words."""
    told = "\n".join(texts)
    return tuple(place.name for place in places if _is_named(wording.city(place, plain=True), told))


def _is_named(name: str, text: str) -> bool:
    return re.search(_BEFORE + re.escape(name) + _AFTER, text, re.MULTILINE) is not None
