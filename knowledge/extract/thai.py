"""Names in Thai sentences, which have neither capitals nor stops: known ones, and those of an enumeration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from knowledge.extract import cues
from knowledge.extract.brackets import Entry
from knowledge.extract.calendar import common
from knowledge.extract.context import SHORT, VERB, Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Told
from knowledge.extract.mentions import Group, Mentions
from knowledge.extract.numerals import FIGURES
from knowledge.extract.parting import filling, sentences
from knowledge.extract.thai_owned import ThaiOwned, counted, opened
from knowledge.names import is_thai

_NEAR = 200  # letters before a word that opens a list
_MATCHES = 20  # words in a sentence that may open a list
_YEAR_BEHIND = re.compile(r"\(\D{0,5}(2[05]\d\d)\)")  # a name: เชียงราย (2562)
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]+ ?")
_PIECE = 28  # letters of a name


class ThaiProse:
    """Reads the Thai sentences of one document that name cities without their countries."""

    def __init__(self, desk: Desk, mentions: Mentions) -> None:
        self._desk = desk
        self._atlas = desk.atlas
        self._grammar = desk.grammar
        self._mentions = mentions
        self._owned = ThaiOwned(desk, mentions)

    def read(self, block: Block, clause: str, sentence: str) -> None:
        """Take names that a clause about newcomers puts together, or has for its subject: "Tak and Satun join"."""
        said = self._desk.told(clause)
        whole = self._desk.told(sentence) if said == Told.OPEN else said
        # What is said elsewhere in a paragraph, which has no full stops, takes nothing back of what goes on.
        said = Told.OPEN if whole == Told.ELSEWHERE and said == Told.OPEN and self._desk.joined else whole
        years = {common(int(match[1])) for match in _YEAR_BEHIND.finditer(clause)}
        if said == Told.JOINING or (said == Told.OPEN and self._desk.joined):
            self._presented(block, clause)
        if self._desk.asked == Told.JOINING and said == Told.OPEN:
            self._answer(block, clause)
        mixed = cues.finds(clause, "joining") and not cues.finds(clause, "award")
        if (said != Told.JOINING and not mixed) or years - {self._desk.year, None}:
            return
        for group in self._mentions.groups(clause):
            if self._is_apart(clause, group):
                continue
            if len(group.names) == 1 and not self._is_subject(clause, group):
                continue
            names = [mention.name for mention in group.names]
            near = clause[max(0, group.start - 2 * VERB) : group.start]
            if self._desk.before(clause[: group.start]) != Told.ELSEWHERE and not cues.finds(near, "totals", "before"):
                named = self._country_of(clause) or self._country_of(sentence)
                self._take(block, names, self._shared(names, named), named)

    def _is_apart(self, clause: str, group: Group) -> bool:
        """Tell whether the words beside names tell of them for another reason."""
        lead, behind = clause[max(0, group.start - VERB) : group.start], clause[group.end : group.end + VERB]
        return Told.ELSEWHERE in (self._desk.told(lead), self._desk.told(behind, behind=True))

    def _presented(self, block: Block, clause: str) -> None:
        """Take the names that a clause without a word for joining puts beside countries."""
        for owned in self._owned.of(clause):
            if owned.lost:
                self._desk.found.beside.setdefault(block.where, []).append(owned.lost)
            for name in owned.names:
                entry = Entry(name, owned.country, 0, 0, owned.sure)
                self._desk.name(entry, block.where, name, Told.JOINING, listed=False)

    def _answer(self, block: Block, clause: str) -> None:
        """Take the names that an answer begins with: "มีบุรีรัมย์กับตรัง"."""
        opening = opened().match(clause)
        names = [mention.name for mention in self._mentions.leading(clause[opening.end() if opening else 0 :])]
        if names:
            self._take(block, names, self._shared(names, None), None)

    def _is_subject(self, clause: str, group: Group) -> bool:
        """Tell whether a word for joining stands right beside a name: "ให้เทศบาลนครยะลา เป็นสมาชิก"."""
        behind = clause[group.end : group.end + VERB]
        bare = cues.pattern("around_city", "subject").sub("", behind)
        becoming = ("joining", "becoming") if cues.finds(clause, "network") else ("joining",)
        verb = any(cues.pattern(*becoming).match(text.strip(" ,*“”’'\"")) for text in (behind, bare))
        return verb or any(
            match.end() <= group.start
            and not filling(cues.pattern("around_city").sub("", clause[match.end() : group.start]))
            for match in cues.pattern("taking_in").finditer(clause)
        )

    def _take(self, block: Block, names: list[str], country: str | None, named: str | None) -> None:
        for name in names if country else ():
            entry = Entry(name, country, 0, 0)
            self._desk.name(entry, block.where, name, Told.JOINING, listed=False, taken=country != named)

    def _shared(self, names: list[str], country: str | None) -> str | None:
        """Return the country that all of the names can be in: the one that is named, or the only one."""
        shared = set.intersection(*({place.country for place in self._atlas.places(name)} for name in names))
        members = {p.country for name in names for p in self._atlas.places(name) if p.member} & shared
        only = shared if len(shared) == 1 else members
        return country if country in shared else next(iter(only)) if len(only) == 1 else None

    def _country_of(self, text: str) -> str | None:
        """Return the country that a text names last."""
        found = [self._atlas.scope(match[0]) for match in self._atlas.scopes.finditer(text)]
        return found[-1][1] if found and found[-1] and found[-1][0] == "country" else None

    def guess(self, block: Block, sentence: str) -> None:
        """Take the known names of a sentence that does not say that they join, as doubtful."""
        for group in self._mentions.groups(sentence):
            if self._desk.before(sentence[: group.start]) == Told.ELSEWHERE or self._is_apart(sentence, group):
                continue
            names = [mention.name for mention in group.names]
            country = self._shared(names, self._country_of(sentence))
            for name in names if country else ():
                entry = Entry(name, country, 0, 0, False, f"nothing says plainly that {name} joins")
                self._desk.name(entry, block.where, name, Told.JOINING, listed=False, taken=True)

    # --- enumerations

    def enumeration(self, block: Block) -> bool:
        """Read a list of names without countries behind a word that opens one: "the three cities are: …"."""
        taken = False
        before = len(self._desk.found.names)
        for _, sentence in sentences(block.text):
            if not any(map(is_thai, sentence)) or self._grammar.run(sentence) or self._grammar.spoken(sentence):
                continue
            for match in islice(cues.pattern("listing").finditer(sentence), _MATCHES):
                taken |= self._behind(block, sentence, match)
        read = {named.name for named in self._desk.found.names[before:]}
        more = any(not read.issuperset(owned.names) for owned in self._owned.of(block.text))
        return taken and len(block.text) < SHORT and not more

    def _behind(self, block: Block, sentence: str, match: re.Match[str]) -> bool:
        lead = sentence[max(0, match.start() - _NEAR) : match.start()]
        anchored = self._anchor(lead)
        rest = _FLAGS.sub("", sentence[match.end() : match.end() + 2 * _NEAR]).lstrip(" :")
        country = anchored or self._country_of(lead) or self._desk.context.country
        leading = list(self._mentions.leading(rest))
        names = [mention.name for mention in leading]
        names += self._pieces(rest[leading[-1].end if leading else 0 :]) if anchored else ()
        known = [name for name in names if self._atlas.is_place(name, country)]
        if (not known and not anchored) or (leading and self._owned.is_owned(rest[leading[-1].end :])):
            return False
        near = lead[-2 * VERB :]
        after = rest[rest.rfind(names[-1]) + len(names[-1]) :].strip() if names else ""
        lost = self._desk.asked != Told.JOINING and self._desk.told(after[:VERB], behind=True) == Told.ELSEWHERE
        lost = lost or self._is_earlier(after)
        own = cues.pattern("subject", "joining").match(after) and self._desk.told(after[:VERB]) == Told.JOINING
        own = own or self._desk.told(lead[-VERB:]) == Told.JOINING
        held = lost or (not own and cues.finds(near, "totals", "before"))
        about = Told.ELSEWHERE if held else self._desk.told(lead)
        about = Told.JOINING if own else about or (Told.JOINING if self._desk.joined else self._desk.context.told)
        for name in names:
            sure = name in known
            if country is None and not sure:
                continue
            taken = self._country_of(lead) is None
            self._desk.name(Entry(name, country, 0, 0, sure), block.where, name, about, listed=False, taken=taken)
        return True

    def _is_earlier(self, behind: str) -> bool:
        """Tell whether the year of another round stands behind a name: "เชียงราย เมื่อปี 2562"."""
        match = _in_year().match(behind.translate(FIGURES))
        year = common(int(match[1])) if match else None
        return year is not None and self._desk.year not in (None, year)

    def _anchor(self, lead: str) -> str | None:
        """Return the country that stands right before a word that opens a list: "เกาหลีใต้ 2 เมือง ได้แก่"."""
        bare = _counted().sub("", lead)
        found = list(self._atlas.scopes.finditer(bare))
        scope = self._atlas.scope(found[-1][0]) if found and not bare[found[-1].end() :].strip(" :") else None
        return scope[1] if scope and scope[0] == "country" else None

    def _pieces(self, text: str) -> Iterator[str]:
        """Yield the names that a Thai enumeration begins with, known or not, up to the next country or sentence."""
        pieces = re.split(rf"\s*[,;]\s*|\s+(?:{cues.pattern('and').pattern})?\s*", text)
        for piece in islice(pieces, _MATCHES):
            bare = piece.strip("()“”\"' .")
            spoken = cues.finds(f" {bare}", "clause", "sentence", "joining", "elsewhere", "totals", "listing")
            country = self._atlas.scopes.search(bare) and not self._atlas.places(bare)
            if not bare:
                continue
            if not self._atlas.places(bare) and (pair := _pair(bare)):
                yield from pair
                continue
            if country or len(bare) > _PIECE or (spoken and not self._atlas.places(bare)):
                return
            yield bare


@cache
def _counted() -> re.Pattern[str]:
    """Return what stands between a country and a word that opens a list of its cities: "ได้ 2 เมือง"."""
    verb = rf"(?:\s*(?:{cues.pattern('presenting_thai').pattern}))?"
    return re.compile(rf"{verb}{counted()}\s*$", re.IGNORECASE)


def _pair(piece: str) -> list[str]:
    """Return the two names that "and" puts together without blanks, or nothing: "แทจอนและอุลซาน"."""
    names = re.split(cues.pattern("and").pattern, piece, maxsplit=1)
    fits = len(names) > 1 and all(1 < len(name) <= _PIECE and name == name.strip() for name in names)
    return names if fits else []


@cache
def _in_year() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{cues.pattern('in_year').pattern})\s*(2[05]\d\d)")
