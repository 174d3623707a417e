"""What was found in a document into a draft: who is a member, which numbers hold, what a person has to settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas, Known
from knowledge.extract.context import told
from knowledge.extract.counts import Counts
from knowledge.extract.dates import when
from knowledge.extract.document import Document, one_line
from knowledge.extract.draft import Draft, ExtractError, Member, Number
from knowledge.extract.entries import Grammar
from knowledge.extract.found import Reading, Told
from knowledge.extract.linking import Linker
from knowledge.extract.lists import Lists
from knowledge.extract.members import Members
from knowledge.extract.numbering import Numbering
from knowledge.extract.origin import origin, require_network, require_own, without_others
from knowledge.extract.points import FEW, Points, few
from knowledge.extract.purpose import Purpose
from knowledge.extract.writing import written
from knowledge.reading import Records

_BESIDE = 24  # letters around a name, in a quotation
_NEWS = 160  # letters of a sentence that tells of new members
_AROUND = 3  # names of cities that any menu or footer may have


def drafted(document: Document, known: Records) -> Draft:
    """Return the draft of an announcement; raise ExtractError if it is none."""
    points = Points()
    if doubt := require_network(document):
        points.add("text", None, doubt)
    return Drafting(without_others(document), known, points).draft()


class Drafting:
    """Turns what was found in one document into its draft."""

    def __init__(self, document: Document, known: Records, points: Points) -> None:
        self._document = document
        self._records = known
        self._atlas = Atlas(known)
        self._grammar = Grammar(self._atlas)
        self._points = points
        taken = {row.id for row in known.places} | {row.id for row in known.elsewhere}
        self._members = Members(self._atlas, self._grammar.naming, Linker(self._atlas, taken), points)

    def draft(self) -> Draft:
        """Return the draft."""
        self._when = when(self._document)
        found = Lists(self._document, self._atlas, self._when.year).read()
        require_own(self._document, found)
        self._origin = origin(self._document)
        self._members.take(found)
        members = self._members.found.values()
        numbering = Numbering(self._records, self._atlas, members, self._points, self._when.year)
        numbers = numbering.numbers(Counts(self._document, self._atlas, self._when.year), found)
        self._require_news(numbers, found)
        if doubt := Purpose(self._document, self._atlas, self._when.year).require_admission(len(members)):
            self._points.add("list", "title", doubt)
        numbers = numbering.compare(numbers)
        if not self._members.found:
            message = "no new member was read: write the names into the record"
            self._points.add("unread", None, message, found.news[:_NEWS] if found.news else None)
        self._about_when()
        self._about_source()
        self._about_text(found)
        self._about_headings(found)
        self._about_earlier()
        self._about_mentioned(found)
        self._about_countries(found)
        self._about_beside(found)
        coverage = list(numbering.coverage(numbers))
        self._points.add("list", None, "compare every name and number above with the source")
        return self._written(numbers, coverage)

    def _require_news(self, numbers: list[Number], found: Reading) -> None:
        """Raise ExtractError unless there are new members or numbers of them."""
        title = self._document.title or ""
        growing = told(title) == Told.JOINING and (numbers or cues.finds(title, "network"))
        counted = any(number.measure.startswith("new") for number in numbers)
        if self._members.found or growing or counted or found.news:
            return
        if any(named.told == Told.ELSEWHERE for named in found.names):
            raise ExtractError(
                "no new member is named: the cities in it are told of for another reason, such as a prize"
            )
        raise ExtractError("this is not an announcement: it names no new member and no number of them")

    def _written(self, numbers: list[Number], coverage: list[tuple[dict[str, Any], str]]) -> Draft:
        return written(
            self._records,
            self._origin,
            self._when,
            list(self._members.found.values()),
            self._members.links,
            self._members.comments,
            numbers,
            coverage,
            self._points,
        )

    # --- what is to be settled

    def _about_when(self) -> None:
        if self._when.year is None:
            self._points.add("year", None, "no year was found: add `year:`")
        elif not self._when.certain:
            self._points.add("year", self._when.where, f"the year {self._when.year} or the day is not certain")
        if self._when.day is None and self._when.year is not None:
            self._points.add("date", None, "no day of the announcement was found: add `announced:` if a source has it")
        if self._when.why:
            self._points.add("date", self._when.where, self._when.why)

    def _about_source(self) -> None:
        of = self._origin
        if of.publisher is None:
            message = "who publishes it was not found: fill in `publisher:` and the ids that have `unknown`"
            self._points.add("publisher", None, message)
        guessed = f"{of.publisher} was taken for the publisher, because the text names it" if of.guessed else ""
        seen = f"; the text has {few(of.addresses)}" if of.addresses else ""
        missing = f"no address was found: add `url:` if it has one{seen}" if of.url is None else ""
        if guessed or missing:
            self._points.add("source", None, "; ".join(filter(None, (guessed, missing))))

    def _about_text(self, found: Reading) -> None:
        for unread in found.unread:
            message = "this looks like a part of a list and was not understood"
            self._points.add("unread", unread.where, message, unread.quoted)
        outside = [entry.name for line in self._document.around for entry in self._grammar.line(line[:300])]
        outside = [name for name in dict.fromkeys(outside) if not self._is_taken(name)]
        if len(outside) > _AROUND:
            message = f"{len(outside)} names stand outside the article, in what looks like a menu"
            self._points.add("left_out", None, message, few(one_line(name)[:40] for name in outside))
        for odd in self._document.odd:
            message = "invisible characters that may hide or turn round text were taken out"
            self._points.add("text", None, message, odd)
        if self._document.guessed == "windows-1252":
            message = "the encoding was guessed (windows-1252): look at every letter that is not English"
            self._points.add("text", None, message)

    def _about_headings(self, found: Reading) -> None:
        """Note the regions under whose heading no name stands, while others have some."""
        regions = [head for head in found.headed if head.scope[0] == "region"]
        read = {named.region for named in found.names if named.listed}
        for head in regions:
            if read & {one.scope[1] for one in regions} and head.scope[1] not in read:
                self._points.add("unread", head.where, f"no name was read under the heading of {head.scope[1]}")

    def _about_mentioned(self, found: Reading) -> None:
        """Note the known places that a text names and that are no members: a name may have been passed over."""
        told_ = self._points.texts()
        for where, names in found.mentioned.items():
            left = [name for name in dict.fromkeys(names) if not self._is_taken(name) and name not in told_]
            left = [name for name in left if not (self._atlas.country(name) or self._atlas.region(name))]
            if left:
                message = f"{few(left)} {'is' if len(left) == 1 else 'are'} named and left out"
                self._points.add("left_out", where, message)
                told_ += " ".join(left)

    def _about_beside(self, found: Reading) -> None:
        """Note what stands beside newcomers and may be names."""
        told_ = self._points.texts()
        for where, names in found.beside.items():
            printed = {member.printed for member in self._members.found.values()}
            left = [name for name in dict.fromkeys(names) if name not in printed and name not in told_]
            if left:
                self._points.add(
                    "left_out", where, f"{few(left)}: not known and left out, and perhaps new members, too"
                )

    def _only(self, names: list[str]) -> Iterator[Known]:
        """Yield the places that names stand for, where they can stand for one only."""
        places = (self._atlas.places(name) for name in names)
        return (found[0] for found in places if len({place.country for place in found}) == 1)

    def _about_countries(self, found: Reading) -> None:
        """Note the countries that the text names, and that nothing was read of: a name beside one may be lost."""
        read = {member.country for member in self._members.found.values()}
        read |= {place.country for names in found.mentioned.values() for place in self._only(names)}
        told_ = self._points.texts()
        for block in self._document.blocks:
            left: dict[str, str] = {}
            for match in self._atlas.scopes.finditer(block.text):
                scope = self._atlas.scope(match[0])
                if scope and scope[0] == "country" and scope[1] not in read and match[0] not in told_:
                    read.add(scope[1])
                    left[match[0]] = block.text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]
            if left:
                is_ = "is named, and no member of it" if len(left) == 1 else "are named, and no member of them"
                quoted = next(iter(left.values())) if len(left) == 1 else None
                self._points.add("left_out", block.where, f"{', '.join(left)} {is_} was read", quoted)

    def _is_taken(self, name: str) -> bool:
        return any(place.id in self._members.found for place in self._atlas.places(name))

    def _about_earlier(self) -> None:
        """Note the members that other records have, for the same year or for another."""
        earlier: dict[tuple[str, int | None], list[Member]] = defaultdict(list)
        for path, one in self._records.announcements.items():
            for row in one.memberships:
                if row.place in self._members.found:
                    earlier[path.name, row.year or one.year].append(self._members.found[row.place])
        for (file, year), members in earlier.items():
            names = ", ".join(member.name for member in members[:FEW]) + (" …" if len(members) > FEW else "")
            self._points.add("known_already", members[0].where, f"joined in {year} already, by {file}: {names}")
            for member in members:
                self._members.comments.setdefault(member.place, f"joined in {year} already, by {file}")
