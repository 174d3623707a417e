"""A printed name to the place it stands for: one that is known, one that is spelt a little otherwise, or a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas, Known, toneless
from knowledge.extract.draft import Confidence, DoubtKind
from knowledge.extract.found import Named
from knowledge.names import is_thai
from knowledge.records import ElsewhereRow

_LIKE = 87.0  # of 100: "Guangzhou" and "Hangzhou" have 82, "Suzhou" and "Xuzhou" 83
_SHORTEST = 5
_TWICE = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "e"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """What a name stands for. `place` is None for a new place, `row` a place elsewhere that it takes over.

    `doubt` says what is to be settled, with its kind; `is_plain` that it is no more than that the place is new.
    """

    id: str
    name: str
    country: str | None
    confidence: Confidence
    is_new: bool
    kind: str = "city"
    row: ElsewhereRow | None = None
    doubt: tuple[DoubtKind, str] | None = None
    is_plain: bool = False


class Linker:
    """Links names, and gives new places ids that nothing else has."""

    def __init__(self, atlas: Atlas, taken: Collection[str]) -> None:
        self._atlas = atlas
        self._taken = set(taken)
        self._new: dict[tuple[str, str | None], Link] = {}

    def link(self, named: Named) -> Link | None:
        """Return what a name stands for; None where it has no country and could be anything or nothing."""
        exact = self._exact(named.name, named.country)
        if exact is not None:
            return exact
        if twice := self._twice(named):
            return twice
        bare = bare_name(named.name)
        if bare != named.name and (found := self._exact(bare, named.country, kind_of(named.name))):
            doubt: tuple[DoubtKind, str] = found.doubt or ("spelling", f"{named.name} is taken for {found.name}")
            plain = found.is_plain
            return Link(
                found.id, found.name, found.country, "likely", found.is_new, found.kind, found.row, doubt, plain
            )
        if named.country is None:
            return None
        inside, where = _with_state(named.name)
        found = self._exact(inside, named.country) or self._exact(bare_name(inside), named.country) if where else None
        if found and not self._atlas.country(where):
            taken: tuple[DoubtKind, str] = ("spelling", f"{named.name} is taken for {found.name}")
            more = found.doubt if found.doubt and not found.is_plain else taken
            return replace(found, confidence="likely", doubt=more, is_plain=False)
        return self._like(named) or self._introduced(named)

    def _twice(self, named: Named) -> Link | None:
        """Return what a name stands for that is written in two scripts: "เคปโคสต์ (Cape Coast)"."""
        match = _TWICE.fullmatch(named.name.strip())
        if match is None or any(map(is_thai, match[1])) == any(map(is_thai, match[2])):
            return None
        latin, thai = sorted((match[1], match[2]), key=lambda name: any(map(is_thai, name)))
        if self._atlas.country(latin) or self._atlas.country(thai):
            return None
        known = next((link for name in (latin, thai) if (link := self._exact(name, named.country))), None)
        return known or self.link(replace(named, name=latin))

    def _exact(self, name: str, country: str | None, kind: str | None = None) -> Link | None:
        places = [place for place in self._atlas.places(name) if country in (None, place.country)]
        members = [place for place in places if place.member]
        if len(members) == 1 or (not members and len(places) == 1):
            return self._to((members or places)[0], country, name, kind)
        if len(members) > 1:
            named = ", ".join(place.id for place in members)
            first = self._to(members[0], country, name)
            return Link(
                first.id, first.name, first.country, "doubtful", False, doubt=("country", f"{name} may be {named}")
            )
        if not places:
            return None
        first = self._to(places[0], country, name, kind)
        which = ", ".join(f"{place.id} ({place.row.geonames})" for place in places)
        message = f"{name} is the name of several places: {which}; give the `geonames` of the one that joined"
        return replace(first, confidence="doubtful", doubt=("new_place", message), is_plain=False)

    def _to(self, place: Known, country: str | None, name: str, printed: str | None = None) -> Link:
        confidence: Confidence = "certain" if country else "likely"
        if isinstance(place.row, ElsewhereRow):
            kind = printed or kind_of(re.sub(r"\(.*?\)", "", name))
            kind = place.row.kind if kind == "city" and place.row.kind in ("town", "district") else kind
            message = f"{place.name} ({place.country}) is new as a member"
            if kind != place.row.kind:
                message += f", known as a {place.row.kind} and printed as a {kind}: see what joined"
            doubt: tuple[DoubtKind, str] = ("new_place", message)
            plain = kind == place.row.kind
            return Link(place.id, place.name, place.country, confidence, True, kind, place.row, doubt, plain)
        return Link(place.id, place.name, place.country, confidence, False)

    def _like(self, named: Named) -> Link | None:
        """Return the member of that country whose name is nearly the same."""
        wanted = toneless(bare_name(named.name))
        known = self._atlas.keys.get(named.country, {})
        if len(wanted) < _SHORTEST or not known:
            return None
        found = process.extract(wanted, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=5)
        places = {known[name].id: known[name] for name, _, _ in found if name[0] == wanted[0]}
        members = [place for place in places.values() if place.member]
        if len(members) != 1:
            return None
        place = members[0]
        doubt: tuple[DoubtKind, str] = ("spelling", f"{named.name} is taken for {place.name}, which is spelt otherwise")
        return Link(place.id, place.name, place.country, "likely", False, doubt=doubt)

    def _introduced(self, named: Named) -> Link:
        """Return a new place, the same for the same name."""
        key = (toneless(named.name), named.country)
        if key not in self._new:
            elsewhere = next((p for p in self._atlas.places(named.name) if p.member), None)
            message = f"{named.name} is a new place: check its name and country, add what people call it"
            if elsewhere and elsewhere.country != named.country:
                message = f"{named.name} is known in {elsewhere.country} as {elsewhere.id}; here it is a new place"
            id_ = self._id(named.name, named.country)
            self._new[key] = Link(
                id_,
                named.name,
                named.country,
                "likely" if named.sure else "doubtful",
                True,
                kind_of(named.name),
                None,
                ("new_place", message),
                elsewhere is None,
            )
        return self._new[key]

    def _id(self, name: str, country: str | None) -> str:
        """Return a free id: the name, with the country if that is taken, or a number where it has no Latin letter."""
        short, suffix = slug(name), (country or "xx").lower()
        named = [short, f"{short}-{suffix}"] if short else []
        numbers = (f"{short or 'new'}-{suffix}-{number}" for number in range(1, 10_000))
        found = next(id_ for id_ in (*named, *numbers) if id_ not in self._taken)
        self._taken.add(found)
        return found


def _with_state(name: str) -> tuple[str, str]:
    """Return a name and what it lies in: "Dayton, Ohio", "Kochi (Kerala)"."""
    match = re.fullmatch(r"([^,()]+?)(?:, | \()([^()]+)\)?", name)
    return (match[1], match[2]) if match else (name, "")


def bare_name(name: str) -> str:
    """Return a name without the words for city, municipality or province around it."""
    around = cues.pattern("around_city")
    text = name.strip()
    if (match := around.match(text)) and text[match.end() :].strip():
        text = text[match.end() :].strip()
    last = None
    for match in around.finditer(text):
        last = match
    if last and last.end() == len(text) and last.start() > 0 and not any(map(is_thai, last[0])):
        text = text[: last.start()].strip(" ,-")
    return text


def without_title(name: str) -> str:
    """Return a Thai name without the word for municipality or province before it."""
    match = cues.pattern("titles").match(name.strip())
    return name.strip()[match.end() :].strip() or name if match else name


def kind_of(name: str) -> str:
    """Return the kind of a place by the words in its name."""
    for word, kind in cues.words("kinds").items():
        if cues.compiled([word]).search(name):
            return str(kind)
    return "city"


def slug(text: str) -> str:
    """Return `text` as an id: Latin letters and figures, with hyphens between; empty for other scripts."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return (
        ""
        if any(map(is_thai, text))
        else re.sub(r"[^a-z0-9]+", "-", re.sub("['’ʻ`]", "", plain)).strip("-")[:60].strip("-")
    )
