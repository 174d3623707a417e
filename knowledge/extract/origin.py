"""Where an announcement comes from: who publishes it, under which address, in which language, about which network."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml

from knowledge.extract import cues
from knowledge.extract.document import Block, Document
from knowledge.extract.draft import ExtractError
from knowledge.extract.found import Reading
from knowledge.extract.linking import slug
from knowledge.names import is_thai

_ARCHIVE = re.compile(r"^https?://(?:webarchive\.unesco\.org|web\.archive\.org)/web/\d+\w*/(https?://.+)$")
_TITLE_END = re.compile(r"\s+[|–—·]\s+([^|–—·]+)$")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:]")
_LEAD = 1500  # letters in which an announcement says what it is about


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of an announcement; `id` is a short name of its publisher, None where that is not known.

    `guessed` tells that the publisher is only named in the text, `addresses` are those that the text has.
    """

    id: str | None
    publisher: str | None
    publisher_th: str | None
    title: str | None
    url: str | None
    language: Literal["en", "th"]
    guessed: bool = False
    addresses: tuple[str, ...] = ()


@cache
def _publishers() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "publishers.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=yaml.CSafeLoader))


def origin(document: Document) -> Origin:
    """Return where a document comes from, as far as it says so."""
    title = document.title or ""
    match = _TITLE_END.search(title)
    url = document.url
    if url and (archived := _ARCHIVE.match(url)):
        url = archived[1]
    hints = " ".join(filter(None, (document.site, match[1] if match else None)))
    stated = _by_address(url) or _by_name(hints)
    known = stated or _by_name(document.text[:300] + " " + document.text[-300:])
    addresses = tuple(dict.fromkeys(_ADDRESS.findall(document.text)))
    shown = title[: match.start()] if match and (known or document.site) else title
    language: Literal["en", "th"] = "th" if sum(map(is_thai, document.text)) * 4 > len(document.text) else "en"
    if known:
        return Origin(
            known["id"], known["publisher"], known["publisher_th"], shown or None, url, language, not stated, addresses
        )
    site = document.site or (re.sub(r"^www\.", "", urlsplit(url).netloc) if url else None)
    id_ = slug(site)[:30].strip("-") or None if site else None
    return Origin(id_, site, None, shown or None, url, language, False, addresses)


def _by_address(url: str | None) -> dict[str, Any] | None:
    host = urlsplit(url).netloc.removeprefix("www.") if url else ""
    return (
        next((row for row in _publishers() if host == row["address"] or host.endswith(f".{row['address']}")), None)
        if host
        else None
    )


def _by_name(text: str) -> dict[str, Any] | None:
    return next((row for row in _publishers() if any(cue in text for cue in row["cues"])), None)


def without_others(document: Document) -> Document:
    """Return a document without its sections that are headed with the name of another network or programme."""
    kept: list[Block] = []
    theirs = False
    for block in document.blocks:
        if block.kind == "heading":
            theirs = not cues.finds(block.text, "network") and any(p.search(block.text) for p in cues.others().values())
        if not theirs:
            kept.append(block)
    return replace(document, blocks=tuple(kept))


def require_network(document: Document) -> str | None:
    """Raise ExtractError unless a document is about the Global Network of Learning Cities; return a doubt about it."""
    title, lead = document.title or "", without_others(document).text[:_LEAD]
    ours = cues.pattern("network")
    named = {name: len(p.findall(title)) * 10 + len(p.findall(lead)) * 2 for name, p in cues.others().items()}
    mine = len(ours.findall(title)) * 10 + len(ours.findall(lead)) * 2
    other = max(named, key=lambda name: named[name])
    if named[other] > mine:
        if cues.others()[other].search(title) or not any(map(_is_of_ours, document.blocks)):
            raise ExtractError(f"this is about another network or programme: {other}")
        return f"{other} is named more often: see that it is learning cities that the text tells of"
    if ours.search(document.text) or any(map(ours.search, document.around)):
        return None
    if named[other] or not all(cues.finds(document.text, kind) for kind in ("unesco", "joining", "learning")):
        raise ExtractError("this is not an announcement: learning cities are not mentioned in it")
    return "the network is not named: see that this is about the Global Network of Learning Cities"


def _is_of_ours(block: Block) -> bool:
    """Tell whether a block tells of joining the network, and names no other."""
    others = any(pattern.search(block.text) for pattern in cues.others().values())
    return not others and cues.finds(block.text, "network") and cues.finds(block.text, "joining", "becoming")


def require_own(document: Document, found: Reading) -> None:
    """Raise ExtractError if a document tells of a programme that gives money, and not of joining the network."""
    lead = " ".join([document.title or "", document.text[:_LEAD]])
    if found.joins_network or not cues.finds(lead, "grants"):
        return
    raise ExtractError("this is about grants or another programme: nobody is said to join the network")
