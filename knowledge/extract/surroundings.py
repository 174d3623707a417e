"""What stands around names in a sentence: the words before them, and whether they only say where something is."""

from __future__ import annotations

import re

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.calendar import days
from knowledge.extract.leads import ends_with, led_by_country, objects
from knowledge.extract.strands import Strand

TITLE = re.compile(r"(?:\bthe )?\b(?:City|Town|Municipality|Wilayat|Municipal District|Province) of\s*$")  # of a name
VERB = 48  # letters around a name in which a verb tells of it
_FAR = 240  # letters before names that tell anything of them
_DATELINE = 40  # letters before the date of a text


class Surroundings:
    """Reads the words around the names of one document."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def lead(self, clause: str, strand: Strand) -> str:
        """Return the words before names, as far as they may tell of them."""
        return clause[max(0, strand.start - _FAR) : strand.start]

    def is_under_country(self, clause: str, strand: Strand) -> bool:
        """Tell whether names stand behind their country, which a sentence begins with: "From Rwanda, Huye"."""
        lead = clause[: strand.start].rpartition(";")[2]
        place = led_by_country().match(lead.lstrip())
        scope = self._atlas.scopes.match(lead.lstrip(), place.end()) if place else None
        between = lead.lstrip()[scope.end() :] if scope else ""
        bare = cues.pattern("of_town", "around_city", "of_cities").sub(" ", between)
        return (
            bool(between)
            and not re.sub(r"\b(?:an?|the|twin)\b", " ", bare).strip(" ,:–—")
            and bare != bare.lstrip(" ,:")
        )

    def is_object(self, lead: str) -> bool:
        """Tell whether what comes next are members whom others join."""
        return cues.finds(lead[-VERB:], "joined_by_others") or bool(objects().search(lead))

    def is_whereabouts(self, clause: str, strand: Strand) -> bool:
        """Tell whether names only say where something is or whose: "in Hamburg", "the mayor of Poltava"."""
        lead = self.lead(clause, strand)
        if titled := TITLE.search(lead):
            lead = lead[: titled.start()]
        if named := ends_with("of_town", "of_cities").search(lead):
            return lead[: named.start()].endswith((" a ", " an "))  # "Buk-gu, a district of Daegu"
        return bool(ends_with("whereabouts").search(lead)) or self._is_dateline(clause, strand)

    def _is_dateline(self, clause: str, strand: Strand) -> bool:
        """Tell whether a name at the beginning is where a text was written: "PARIS, Feb. 15 –", "Dubai: "."""
        if strand.start > _DATELINE or len(strand.names) > 1:
            return False
        rest = clause[strand.end :]
        dated = any(start <= _DATELINE for start, _, _, _ in days(rest))
        return (dated and bool(re.match(r"[,.\s]", rest)) and not cues.finds(rest[:_DATELINE], "joining")) or bool(
            re.match(r"(?:, [\w .]{2,24})?\s*(?::|[–—-]{1,2}\s|\.\s|\((?:[A-Z][\w/ ]*)\))", rest)
        )
