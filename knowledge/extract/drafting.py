"""What was found in a document into a draft: who is a member, which numbers hold, what a person has to settle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from knowledge.extract import record
from knowledge.extract.atlas import Atlas
from knowledge.extract.counts import Count, Counts
from knowledge.extract.dates import When, when
from knowledge.extract.document import Document, one_line
from knowledge.extract.draft import Doubt, DoubtKind, Draft, ExtractError, Member, Number
from knowledge.extract.entries import Grammar
from knowledge.extract.found import Named, Reading, Told
from knowledge.extract.linking import Link, Linker
from knowledge.extract.lists import Lists, told
from knowledge.extract.origin import origin, require_network
from knowledge.extract.rows import declared_row, membership_row, place_row, review_row, source_row, spelled
from knowledge.model import WORLD, Measure, Scope
from knowledge.reading import Records

_MAIN = 2  # names in lists; with as many, a sentence adds none
_OPEN = ("unread", "country", "text")  # doubts with which no list is called whole
_BESIDE = 24  # letters around a name, in a quotation
_AROUND = 3  # names of cities that any menu or footer may have
_FEW = 8  # names that a doubt spells out


def drafted(document: Document, known: Records) -> Draft:
    """Return the draft of an announcement; raise ExtractError if it is none."""
    require_network(document)
    drafting = Drafting(document, known)
    return drafting.draft()


class Drafting:
    """Turns what was found in one document into its draft."""

    def __init__(self, document: Document, known: Records) -> None:
        self._document = document
        self._records = known
        self._atlas = Atlas(known)
        self._grammar = Grammar(self._atlas)
        taken = {row.id for row in known.places} | {row.id for row in known.elsewhere}
        self._linker = Linker(self._atlas, taken)
        self._doubts: list[Doubt] = []
        self._members: dict[str, Member] = {}
        self._links: dict[str, Link] = {}
        self._listed: set[str] = set()
        self._comments: dict[str, str] = {}

    def draft(self) -> Draft:
        """Return the draft."""
        found = Lists(self._document, self._atlas).read()
        self._when = when(self._document)
        self._origin = origin(self._document)
        self._take(found)
        counts = Counts(self._document, self._atlas, self._when.year)
        numbers = self._numbers(counts, found)
        growing = numbers and told(self._document.title or "") == Told.JOINING
        if not self._members and not growing and not any(number.measure.startswith("new") for number in numbers):
            raise ExtractError(self._nothing(found))
        self._about_when()
        self._about_source()
        self._about_text(found)
        self._about_earlier()
        self._about_countries()
        coverage = list(self._coverage(numbers))
        self._doubt("list", None, "compare every name and number above with the source")
        return self._draft(numbers, coverage)

    def _nothing(self, found: Reading) -> str:
        if any(named.told == Told.ELSEWHERE for named in found.names):
            return "no new member is named: the cities in it are told of for another reason, such as a prize"
        return "this is not an announcement: it names no new member and no number of them"

    def _doubt(self, kind: DoubtKind, where: str | None, message: str, quoted: str | None = None) -> None:
        doubt = Doubt(kind, where, one_line(message), one_line(quoted) if quoted else None)
        if doubt not in self._doubts:
            self._doubts.append(doubt)

    # --- members

    def _take(self, found: Reading) -> None:
        """Take the names that are told of as joining; what is not certain becomes a doubt."""
        listed = [named for named in found.names if named.listed and named.told == Told.JOINING]
        listed = listed or [named for named in found.names if named.listed and named.told == Told.OPEN]
        main = len(listed) >= _MAIN
        for named in found.names:
            if named in listed or (not main and not named.listed and named.told == Told.JOINING):
                self._member(named)
        for named in found.names:
            if named not in listed and (main or named.told != Told.JOINING):
                self._aside(named)

    def _member(self, named: Named) -> None:
        link = self._linker.link(named) if self._has_sense(named) else None
        if link is None:
            self._unlinked(named)
            return
        earlier = self._members.get(link.id)
        if earlier:
            if named.listed and link.id in self._listed:
                self._doubt(
                    "duplicate", named.where, f"{link.name} is named twice, first in {earlier.where}", named.quoted
                )
            return
        confidence = link.confidence if named.sure or not link.is_new else "doubtful"
        if named.told == Told.OPEN:
            confidence = "doubtful"
            self._doubt("list", named.where, "the list is not introduced as one of new members", named.quoted)
        elif not named.listed and confidence == "certain":
            confidence = "likely"
        self._members[link.id] = Member(
            link.id, link.name, link.country, one_line(named.name), named.where, confidence, link.is_new
        )
        self._links[link.id] = link
        if named.listed:
            self._listed.add(link.id)
        if link.doubt:
            self._doubt(link.doubt[0], named.where, link.doubt[1], named.quoted)
            self._comments[link.id] = link.doubt[1]
        self._region(named, link)

    def _has_sense(self, named: Named) -> bool:
        if self._atlas.region(named.name) or (self._atlas.country(named.name) and not self._atlas.places(named.name)):
            return False
        return self._grammar.is_name(named.name)

    def _unlinked(self, named: Named) -> None:
        if named.country is None and self._grammar.is_name(named.name):
            self._doubt(
                "country",
                named.where,
                f"{named.name} stands in a list without a country and is not known",
                named.quoted,
            )
        else:
            self._doubt(
                "text", named.where, "this stands where a name is expected, and does not look like one", named.quoted
            )

    def _region(self, named: Named, link: Link) -> None:
        recorded = self._atlas.region_of.get(link.country or "")
        if named.region and recorded and named.region != recorded:
            message = f"{link.name} ({link.country}) is listed under {named.region}; its region is {recorded}"
            self._doubt("region", named.where, message, named.quoted)

    def _aside(self, named: Named) -> None:
        """Note a city that is told of beside the new members, unless it is one of them."""
        link = self._linker.link(named) if self._has_sense(named) and self._atlas.places(named.name) else None
        if link is not None and link.id in self._members:
            return
        reasons = {
            Told.JOINING: "is said to join, but is not in the list",
            Told.ELSEWHERE: "is told of for another reason and left out",
            Told.OPEN: "is mentioned and left out",
        }
        self._doubt("left_out", named.where, f"{one_line(named.name)[:60]} {reasons[named.told]}", named.quoted)

    # --- numbers

    def _numbers(self, counts: Counts, found: Reading) -> list[Number]:
        """Return the numbers that hold, each scope and measure once; others become doubts."""
        kept: dict[tuple[Scope, Measure], list[Count]] = defaultdict(list)
        unclear: list[Count] = []
        for count in counts.read(found.headed):
            if counts.is_of_another_year(count):
                self._doubt("left_out", count.where, f"{count.value} is a number of another year", count.quoted)
            elif count.measure is None:
                unclear.append(count)
            else:
                kept[count.scope, count.measure].append(count)
        self._without_parts(kept)
        numbers = [number for key, same in kept.items() for number in self._followed(key, same)]
        values = {number.value for number in numbers}
        for count in unclear:
            if count.value not in values:
                self._doubt("count", count.where, f"it is not clear what {count.value} counts", count.quoted)
        self._compare(numbers)
        return numbers

    def _without_parts(self, kept: dict[tuple[Scope, Measure], list[Count]]) -> None:
        """Take away numbers of the world that are smaller than its largest: parts whose scope was not understood."""
        for measure in ("new_cities", "new_countries", "total_cities", "total_countries"):
            same = kept.get((WORLD, measure), [])
            if not same:
                continue
            votes = Counter(count.value for count in same)
            title = {count.value for count in same if count.where == "title"}
            best = max(votes, key=lambda value: (value in title, votes[value], value))
            scoped = {c.value for (scope, m), cs in kept.items() if scope != WORLD and m == measure for c in cs}
            rest = [count for count in same if count.value != best]
            kept[WORLD, measure] = [count for count in same if count.value == best]
            for count in rest:
                elsewhere = {c.value for (scope, m), cs in kept.items() if scope == WORLD and m != measure for c in cs}
                if count.value in scoped | elsewhere | self._by_scope(measure):
                    continue
                self._doubt(
                    "count", count.where, f"{count.value} beside {best}: it is not clear what it counts", count.quoted
                )

    def _by_scope(self, measure: Measure) -> set[int]:
        """Return how many of the names found each country has: a number that a sentence may repeat."""
        return set(Counter(m.country for m in self._members.values()).values()) if measure == "new_cities" else set()

    def _followed(self, key: tuple[Scope, Measure], same: list[Count]) -> Iterator[Number]:
        scope, measure = key
        followed = self._is_followed(scope, measure)
        for place, value in enumerate(dict.fromkeys(count.value for count in same)):
            alike = [count for count in same if count.value == value]
            first = next((count for count in alike if count.where != "title"), alike[0])
            sure = "certain" if len({c.value for c in same}) == 1 else "doubtful"
            yield Number(scope, measure, value, first.where, sure, place == 0 and not followed)  # type: ignore[arg-type]
            if place:
                message = f"{measure} of {spelled(scope)} is {same[0].value} in one place and {value} in another"
                self._doubt("count", first.where, message, first.quoted)

    def _is_followed(self, scope: Scope, measure: Measure) -> bool:
        return any(
            (row.scope, row.measure, row.followed) == (scope, measure, True)
            and (row.year or one.year) == self._when.year
            for one in self._records.announcements.values()
            for row in one.declared
        )

    def _compare(self, numbers: list[Number]) -> None:
        """Note where a number is not borne out by the names found."""
        for number in numbers:
            if number.measure != "new_cities":
                continue
            found = sum(self._is_in(member, number.scope) for member in self._members.values())
            if found != number.value and (found or number.scope == WORLD):
                message = (
                    f"{number.value} new cities are declared for {spelled(number.scope)}, and {found} names were read"
                )
                self._doubt("count", number.where, message)

    def _is_in(self, member: Member, scope: Scope) -> bool:
        if scope.kind == "country":
            return member.country == scope.id
        return scope == WORLD or self._atlas.region_of.get(member.country or "") == scope.id

    def _coverage(self, numbers: list[Number]) -> Iterator[tuple[dict[str, Any], str]]:
        """Yield what can be said of the completeness of the list, where no record says it for that year."""
        held = {
            row.scope
            for one in self._records.announcements.values()
            for row in one.coverage
            if (row.year or one.year) == self._when.year
        }
        already = self._already()
        for number in numbers:
            if number.measure != "new_cities" or number.scope in held or self._when.year is None or not number.followed:
                continue
            names = {m.place for m in self._members.values() if self._is_in(m, number.scope)}
            names |= {place for place, country in already.items() if self._is_in_country(country, number.scope)}
            complete = len(names) == number.value and not any(doubt.kind in _OPEN for doubt in self._doubts)
            row = {"scope": spelled(number.scope), "complete": complete, "known": len(names), "declared": number.value}
            yield row, "REVIEW: whole only if every name was read" if complete else ""
            held.add(number.scope)

    def _is_in_country(self, country: str | None, scope: Scope) -> bool:
        return self._is_in(Member("", "", country, "", "", "certain"), scope)

    def _already(self) -> dict[str, str | None]:
        """Return the places that other records have for the year, with their countries."""
        country = {place.id: place.country for place in self._records.places}
        rows = [
            row.place
            for one in self._records.announcements.values()
            for row in one.memberships
            if (row.year or one.year) == self._when.year
        ]
        return {place: country.get(place) for place in rows}

    # --- what else is to be settled

    def _about_when(self) -> None:
        if self._when.year is None:
            self._doubt("year", None, "no year was found: add `year:`")
        elif not self._when.certain:
            self._doubt("year", self._when.where, f"the year {self._when.year} or the day is not certain")
        if self._when.day is None:
            self._doubt("date", None, "no day of the announcement was found: add `announced:` if a source gives one")

    def _about_source(self) -> None:
        if self._origin.publisher is None:
            self._doubt(
                "source", None, "who publishes it was not found: fill in `publisher:` and the ids that have `unknown`"
            )
        if self._origin.url is None:
            self._doubt("source", None, "no address was found: add `url:` if it has one")

    def _about_text(self, found: Reading) -> None:
        for unread in found.unread:
            self._doubt(
                "unread", unread.where, "this looks like a part of a list and was not understood", unread.quoted
            )
        outside = [entry.name for line in self._document.around for entry in self._grammar.line(line[:300])]
        outside = [name for name in dict.fromkeys(outside) if not self._is_taken(name)]
        if len(outside) > _AROUND:
            names = ", ".join(one_line(name)[:40] for name in outside[:_FEW])
            self._doubt(
                "left_out", None, f"{len(outside)} names stand outside the article, in what looks like a menu", names
            )
        for odd in self._document.odd:
            self._doubt("text", None, "invisible characters that may hide or turn round text were taken out", odd)
        if self._document.guessed:
            message = f"the encoding was guessed ({self._document.guessed}): look at every letter that is not English"
            if self._document.guessed == "windows-1252":
                self._doubt("text", None, message)

    def _about_countries(self) -> None:
        """Note the countries that the text names, and that nothing was read of: a name beside one may be lost."""
        read = {member.country for member in self._members.values()}
        told = " ".join(doubt.quoted or "" for doubt in self._doubts)
        for block in self._document.blocks:
            for match in self._atlas.scopes.finditer(block.text):
                scope = self._atlas.scope(match[0])
                if scope and scope[0] == "country" and scope[1] not in read and match[0] not in told:
                    read.add(scope[1])
                    quoted = block.text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]
                    self._doubt("left_out", block.where, f"{match[0]} is named, and no member of it was read", quoted)

    def _is_taken(self, name: str) -> bool:
        return any(place.id in self._members for place in self._atlas.places(name))

    def _about_earlier(self) -> None:
        """Note the members that other records have, for the same year or for another."""
        earlier: dict[tuple[str, int | None], list[Member]] = defaultdict(list)
        for path, one in self._records.announcements.items():
            for row in one.memberships:
                if row.place in self._members:
                    earlier[path.name, row.year or one.year].append(self._members[row.place])
        for (file, year), members in earlier.items():
            names = ", ".join(member.name for member in members[:_FEW]) + (" …" if len(members) > _FEW else "")
            self._doubt("known_already", members[0].where, f"joined in {year} already, by {file}: {names}")
            for member in members:
                self._comments.setdefault(member.place, f"joined in {year} already, by {file}")

    # --- writing

    def _draft(self, numbers: list[Number], coverage: list[tuple[dict[str, Any], str]]) -> Draft:
        of = self._origin
        year = self._when.year
        source = self._known_source() or self._source_id(
            "-".join(filter(None, (of.id or "unknown", str(year or ""), of.language)))
        )
        id_ = self._record_id("-".join(filter(None, (str(year or ""), of.id or "unknown", of.language))))
        new = [member for member in self._members.values() if member.is_new]
        lines = [
            "# A draft. Compare it with the source, settle every point under `review`, then take that section out.",
            f"id: {id_}",
        ]
        if year:
            lines.append(f"year: {year}{record.note(self._certainty(self._when))}")
        if self._when.day:
            lines.append(f"announced: '{self._when.day}'{record.note(self._certainty(self._when))}")
        lines += record.block(
            "sources", [source_row(source, of, self._when.published)] if not self._known_source() else []
        )
        members = self._members.values()
        said = self._comments
        lines += record.section("memberships", (membership_row(m, source, said.get(m.place)) for m in members))
        lines += record.section("declared", (declared_row(number, source) for number in numbers))
        lines += record.section("coverage", coverage)
        lines += record.section("places", (place_row(member, self._links[member.place]) for member in new))
        lines += record.section("review", ((review_row(doubt), "") for doubt in self._doubts))
        return Draft(
            id_,
            year,
            self._when.day,
            of.language,
            tuple(self._members.values()),
            tuple(numbers),
            tuple(member.place for member in new),
            tuple(self._doubts),
            "\n".join(lines) + "\n",
        )

    def _certainty(self, found: When) -> str:
        return "certain" if found.certain else "REVIEW: likely"

    def _known_source(self) -> str | None:
        url = self._origin.url
        rows = [row for one in self._records.announcements.values() for row in one.sources]
        return next((row.id for row in rows if url and row.url == url), None)

    def _source_id(self, base: str) -> str:
        taken = {row.id for one in self._records.announcements.values() for row in one.sources}
        return base if base not in taken else next(i for n in range(2, 1000) if (i := f"{base}-{n}") not in taken)

    def _record_id(self, base: str) -> str:
        taken = {one.id: path.name for path, one in self._records.announcements.items()}
        if base in taken:
            self._doubt("source", None, f"there is a record {base} already, in {taken[base]}")
        return base if base not in taken else next(i for n in range(2, 1000) if (i := f"{base}-{n}") not in taken)
