"""The countries, regions and places that are known, found by any of their names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property

from babel.core import get_global

from knowledge.extract import cues
from knowledge.names import is_thai, key
from knowledge.reading import Records
from knowledge.records import ElsewhereRow, PlaceRow
from knowledge.territories import countries

_MARKS = dict.fromkeys(range(0x0E47, 0x0E4F))
_TURNED = re.compile(r"(.+?)\s*[,(\[]\s*(.+?)[)\]]?\s*$")  # Iran (Islamic Republic of), Korea, Republic of
_TITLE = re.compile(r"[^,()\[\]]+\b(?:of|of [tT]he)")  # Republic of
_SHORTEST = 3


def toneless(text: str) -> str:
    """Return the key of `text` without the Thai marks that get lost in PDF files."""
    return key(text).translate(_MARKS)


def slugged(name: str, country: str) -> str:
    """Return an id for a place that no record has."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return f"{plain}-{country.lower()}"


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the records: a member, or one in `elsewhere.csv`."""

    id: str
    name: str
    country: str | None
    member: bool
    row: PlaceRow | ElsewhereRow


class Atlas:
    """Names of one set of records."""

    def __init__(self, records: Records) -> None:
        self._countries: dict[str, str] = {}
        self._regions: dict[str, str] = {}
        self._places: dict[str, list[Known]] = defaultdict(list)
        self._groups = [n for g in records.regions.groups for n in (g.name_en, g.name_th, *g.aliases)]
        self.names: dict[str, str] = {}
        self.region_of: dict[str, str | None] = {}
        self._fill_countries(records)
        self._fill_places(records)

    def _fill_countries(self, records: Records) -> None:
        for country in countries(records).values():
            self.names[country.iso] = country.name_en
            self.region_of[country.iso] = country.region
            for name in (country.name_en, country.name_th, *country.aliases):
                self._countries.setdefault(toneless(name), country.iso)
        for name, iso in cues.words("countries").items():
            self._countries[toneless(name)] = iso
        for region in records.regions.regions:
            for name in (region.name_en, region.name_th, *region.aliases):
                self._regions.setdefault(toneless(name), region.id)
        self._regions |= {toneless(name): region for name, region in cues.words("regions").items()}
        regions = [(n, r.id) for r in records.regions.regions for n in (r.name_en, r.name_th, *r.aliases)]
        regions += cues.words("regions").items()
        joined = [(other, region) for name, region in regions for other in _joined_otherwise(name)]
        self._regions = {toneless(name): region for name, region in joined} | self._regions
        self._spelled = [
            *(
                (name, "country", c.iso)
                for c in countries(records).values()
                for name in (c.name_en, c.name_th, *c.aliases)
            ),
            *((name, "country", iso) for name, iso in cues.words("countries").items()),
            *((name, "region", region) for name, region in (*regions, *joined)),
        ]

    def _fill_places(self, records: Records) -> None:
        for place in records.places:
            known = Known(place.id, place.name, place.country, True, place)
            for name in {place.name, place.name_th or "", *place.aliases, *place.spellings}:
                self._add(name, known)
        for country, names in cues.words("whole_names").items():
            for name in names:
                row = ElsewhereRow(
                    id=slugged(name, country), name=name, country=country, kind="district", reason="near"
                )
                self._add(name, Known(row.id, name, country, False, row))
        for row in records.elsewhere:
            known = Known(row.id, row.name, row.country, False, row)
            for name in {row.name, row.name_th or "", *row.aliases}:
                self._add(name, known)

    def _add(self, name: str, known: Known) -> None:
        found = self._places[toneless(name)]
        if toneless(name) and known not in found:
            found.append(known)

    def country(self, text: str) -> str | None:
        """Return the country that `text` names and nothing else, whatever its official form."""
        text = text.strip(" \n\t.,;:*'\"“”‘’·-–—")
        if not text or len(text) > 80:
            return None
        if found := self._country(text):
            return found
        named, bracket, title = text.rstrip(")").partition("(")
        if bracket and self.is_title(title):  # "Bolivia (Plurinational State of)"
            return self._country(named.strip())
        turned = _TURNED.fullmatch(text)
        # Only a title may be turned round: "China, People's Republic of", not "Hat Yai, Thailand".
        if turned and (_TITLE.fullmatch(turned[2]) or _around_country().fullmatch(turned[2])):
            return self._country(f"{turned[2]} {turned[1]}") or self._country(turned[1])
        return None

    def is_title(self, text: str) -> bool:
        """Tell whether a text is what the official name of a country begins with: "Islamic Republic of"."""
        return bool(_around_country().fullmatch(text.strip()))

    def coded(self, text: str) -> str | None:
        """Return the country that a code of two or three capitals stands for; two may stand for much else."""
        code = text.strip()
        if not re.fullmatch(r"[A-Z]{2,3}", code) or self.country(code):
            return None
        found = code if code in self.names else next(iter(get_global("territory_aliases").get(code, ())), None)
        return found if found in self.names else None

    def _country(self, text: str) -> str | None:
        for _ in range(3):
            if found := self._countries.get(toneless(text)):
                return found
            match = _around_country().match(text)
            if not match:
                break
            text = text[match.end() :].strip()
        return None

    def region(self, text: str) -> str | None:
        """Return the region that `text` names and nothing else."""
        text = re.sub(r"^(?:the|UNESCO)\s+|\s+region$", "", text.strip(" \n\t.,;:*'\"“”‘’·-–—"), flags=re.IGNORECASE)
        if len(text) >= 80:
            return None
        return self._regions.get(toneless(text)) or self._regions.get(toneless(_of_region().sub("", text)))

    def places(self, name: str) -> list[Known]:
        """Return the places of that name."""
        return self._places.get(toneless(name), [])

    def is_place(self, name: str, country: str | None) -> bool:
        """Tell whether a place of that name, in that country if there is one, is known."""
        return any(country in (None, place.country) for place in self.places(name))

    @cached_property
    def keys(self) -> dict[str | None, dict[str, Known]]:
        """The names of the members of each country, to look for like ones."""
        found: dict[str | None, dict[str, Known]] = defaultdict(dict)
        for name, places in self._places.items():
            for place in places:
                if len(name) >= _SHORTEST:
                    found[place.country].setdefault(name, place)
        return found

    @cached_property
    def scopes(self) -> re.Pattern[str]:
        """What finds the name of a country or region inside a text; capitals count."""
        names = {name for name, _, _ in self._spelled if len(name) > 1}
        latin = sorted((re.escape(n) for n in names if not any(map(is_thai, n))), key=len, reverse=True)
        thai = sorted((cues.lenient(re.escape(n)) for n in names if any(map(is_thai, n))), key=len, reverse=True)
        other = "".join(f"(?<!{word})" for word in cues.load("th")["language_of"])
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(latin)})(?![^\W_])|{other}(?:{'|'.join(thai)})")

    @cached_property
    def groups(self) -> re.Pattern[str]:
        """What finds the name of a group of countries that is no region, as ASEAN."""
        names = sorted((name for name in self._groups if len(name) > _SHORTEST), key=len, reverse=True)
        latin = "|".join(re.escape(name) for name in names if not any(map(is_thai, name)))
        thai = "|".join(cues.lenient(re.escape(name)) for name in names if any(map(is_thai, name)))
        return re.compile(rf"(?<![^\W_])(?:{latin})(?![^\W_])|(?:{thai})")

    def scope(self, text: str) -> tuple[str, str] | None:
        """Return the kind and id of the region or country that `text` names."""
        if region := self._regions.get(toneless(text)):
            return "region", region
        country = self._countries.get(toneless(text))
        return ("country", country) if country else None


def _joined_otherwise(name: str) -> list[str]:
    """Return a name with "and" in it as some write it: "Europe/North America"."""
    found = (name.replace(joint, other) for joint, others in cues.words("and_in_names").items() for other in others)
    return [other for other in found if other != name]


@cache
def _of_region() -> re.Pattern[str]:
    """Return what stands before the name of a region and is no part of it."""
    return re.compile(rf"^(?:{cues.pattern('of_region').pattern})\s*", re.IGNORECASE)


@cache
def _around_country() -> re.Pattern[str]:
    words = [re.escape(word) for language in cues.LANGUAGES for word in cues.load(language)["around_country"]]
    return cues.compiled(words)
