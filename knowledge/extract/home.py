"""The country that a text is about."""

from __future__ import annotations

from collections import Counter

from knowledge.extract.atlas import Atlas
from knowledge.extract.document import Document


def home(document: Document, atlas: Atlas) -> str | None:
    """Return the country that a text is about: the only one in its title, or the one that it names most."""
    title = dict.fromkeys(named(document.title or "", atlas))
    if len(title) == 1:
        return next(iter(title))
    found = Counter(country for block in document.blocks for country in named(block.text, atlas))
    top = found.most_common(2)
    return top[0][0] if len(top) == 1 or (top and top[0][1] > top[1][1]) else None


def named(text: str, atlas: Atlas) -> list[str]:
    """Return the countries that a text names, in their order."""
    scopes = (atlas.scope(match[0]) for match in atlas.scopes.finditer(text))
    return [scope[1] for scope in scopes if scope and scope[0] == "country"]
