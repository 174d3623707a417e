"""Names into members: who is told of as joining, each linked to its place, and what is uncertain about that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sized
from dataclasses import replace

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.calendar import common
from knowledge.extract.document import one_line
from knowledge.extract.draft import Confidence, Member
from knowledge.extract.found import Named, Reading, Told
from knowledge.extract.linking import Link, Linker
from knowledge.extract.naming import Naming
from knowledge.extract.numerals import numerals
from knowledge.extract.points import FEW, Points, few

_SPOKEN = 60  # names in sentences that a doubt spells out
_MAIN = 2  # names in lists; with as many, a sentence adds none
_LONG = 8  # names in lists, which then need not stand on lines of their own
_ROUND = 20  # cities that no list has but one of a round
_NOUN = 40  # characters from a number to the noun it counts
_ASIDE = {
    Told.JOINING: "said to join, but not in the list",
    Told.ELSEWHERE: "told of for another reason and left out",
    Told.OPEN: "mentioned and left out",
}


def _are(several: Sized) -> str:
    return "is" if len(several) == 1 else "are"


def _of_cities(sentence: str) -> Iterator[int]:
    """Yield the numbers in a sentence that count cities or members, and no days, years or countries."""
    for number in numerals(sentence):
        behind = sentence[number.end : number.end + _NOUN]
        noun = cues.pattern("city", "of_member").search(behind)
        between = behind[: noun.start()] if noun else behind
        other = cues.finds(between, "country", "months") or common(number.value) is not None
        if noun and not other and not any(numerals(between)):
            yield number.value


class Members:
    """The members of one draft, in the order of the text.

    `links` are what they are linked by, `comments` what is to be settled about one.
    """

    def __init__(self, atlas: Atlas, naming: Naming, linker: Linker, points: Points) -> None:
        self._atlas = atlas
        self._naming = naming
        self._linker = linker
        self._points = points
        self._listed: set[str] = set()
        self._plain = True  # whether the text says that the network is what they join
        self.found: dict[str, Member] = {}
        self.links: dict[str, Link] = {}
        self.comments: dict[str, str] = {}

    def take(self, found: Reading) -> None:
        """Take the names that are told of as joining; what is not certain becomes a doubt."""
        self._plain = found.joins_network
        names = list(self._as_whole(list(self._as_one(found.names)), found.news))
        listed = [named for named in names if named.listed and named.told == Told.JOINING]
        listed = listed or [named for named in names if named.listed and named.told == Told.OPEN]
        set_out = len({named.where for named in listed if ", " in named.where}) > 1 or len(listed) >= _LONG
        main = len(listed) >= _MAIN and set_out
        beside = self._beside(listed, names, found.joining) if main else [n for n in names if not n.listed]
        beside = [named for named in beside if named.told == Told.JOINING]
        for named in names:
            if named in listed or named in beside:
                self._member(named)
        self._aside([named for named in names if named not in listed and named not in beside])
        self._about_new()
        self._about_countries()
        self._about_sentences()
        self._about_network()
        self._about_what_is_before(listed)

    def _beside(self, listed: list[Named], names: list[Named], joining: list[str]) -> list[Named]:
        """Return the names in sentences that may join beside a list: in other countries, if that is not the whole."""
        countries = {named.country or self._country(named) for named in listed}
        told = (sentence for sentence in joining if not cues.finds(sentence, "before"))
        larger = any(number > len(listed) for sentence in told for number in _of_cities(sentence))
        if len(countries) > 1 and not larger:
            return []
        return [n for n in names if not n.listed and not n.taken and n.country and n.country not in countries]

    def _country(self, named: Named) -> str | None:
        link = self._linker.link(named) if self._has_sense(named) else None
        return link.country if link else None

    def _as_one(self, names: list[Named]) -> Iterator[Named]:
        """Yield the names; what is said of one in a list is said of those of which nothing else is."""
        joined = {named.where.split(",")[0] for named in names if named.listed and named.told == Told.JOINING}
        for named in names:
            open_ = named.listed and named.told == Told.OPEN and named.where.split(",")[0] in joined
            yield replace(named, told=Told.JOINING) if open_ else named

    def _as_whole(self, names: list[Named], news: str | None) -> Iterator[Named]:
        """Yield the names; a list of as many as are new is that of the newcomers, whatever was said before it."""
        declared = {number for number in _of_cities(news or "") if number >= _ROUND}
        listed = Counter(named.where.split(",")[0] for named in names if named.listed)
        told = any(named.listed and named.told != Told.ELSEWHERE for named in names)
        for named in names:
            whole = not told and named.listed and listed[named.where.split(",")[0]] in declared
            yield replace(named, told=Told.JOINING, unclear=named.unclear or news) if whole else named

    def _member(self, named: Named) -> None:
        link = self._linker.link(named) if self._has_sense(named) else None
        if link is None:
            self._unlinked(named)
            return
        if link.id in self.found:
            self._again(named, link)
            return
        taken = named.taken or named.country is None
        confidence = self._confidence(named, link)
        printed = one_line(named.name)
        self.found[link.id] = Member(
            link.id, link.name, link.country, printed, named.where, confidence, link.is_new, taken
        )
        self.links[link.id] = link
        if named.listed:
            self._listed.add(link.id)
        if link.doubt:
            self.comments[link.id] = link.doubt[1]
            if not link.is_plain:
                self._points.add(link.doubt[0], named.where, link.doubt[1], named.quoted)
        self._region(named, link)

    def _confidence(self, named: Named, link: Link) -> Confidence:
        """Return how certain a member is; note why it is doubtful."""
        if named.told == Told.OPEN:
            where = named.where.split(",")[0]
            self._points.add("list", where, "the list is not introduced as one of new members")
            return "doubtful"
        if named.note:
            self._points.add("parted", named.where, named.note, named.quoted)
            return "doubtful"
        if not self._plain:
            return "doubtful"
        confidence = link.confidence if named.sure or not link.is_new else "doubtful"
        return "likely" if not named.listed and confidence == "certain" else confidence

    def _again(self, named: Named, link: Link) -> None:
        """Note a second name for a member, in a list or of a different spelling."""
        if named.listed and link.id in self._listed:
            first = self.found[link.id].where
            self._points.add("duplicate", named.where, f"{link.name} is named twice, first in {first}", named.quoted)

    def _has_sense(self, named: Named) -> bool:
        country = self._atlas.country(named.name)
        if self._atlas.region(named.name) or (
            country and country != named.country and not self._atlas.places(named.name)
        ):
            return False
        return self._naming.is_name(named.name)

    def _unlinked(self, named: Named) -> None:
        if named.country is None and self._naming.is_name(named.name):
            message = f"{named.name} stands in a list without a country and is not known"
            self._points.add("country", named.where, message, named.quoted)
        else:
            message = "this stands where a name is expected, and does not look like one"
            self._points.add("text", named.where, message, named.quoted)

    def _region(self, named: Named, link: Link) -> None:
        recorded = self._atlas.region_of.get(link.country or "")
        if named.region and recorded and named.region != recorded:
            message = f"{link.name} ({link.country}) is listed under {named.region}; its region is {recorded}"
            self._points.add("region", named.where, message, named.quoted)

    # --- what concerns several

    def _aside(self, names: Iterable[Named]) -> None:
        """Note the cities that are told of beside the new members, unless they are among them."""
        left: dict[tuple[str, Told], dict[str, str]] = defaultdict(dict)
        for named in names:
            link = self._linker.link(named) if self._has_sense(named) and self._atlas.places(named.name) else None
            if link is None or link.id not in self.found:
                left[named.where.split(",")[0], named.told].setdefault(one_line(named.name)[:60], named.quoted)
        for (where, told), quoted in left.items():
            message = f"{few(quoted)} {_are(quoted)} {_ASIDE[told]}"
            self._points.add("left_out", where, message, "; ".join(list(dict.fromkeys(quoted.values()))[:FEW]))

    def _about_new(self) -> None:
        """Note the members that are no members yet, those that are known and those that are not."""
        plain = [member for member in self.found.values() if member.is_new and self.links[member.place].is_plain]
        known = [member for member in plain if self.links[member.place].row]
        other = [member for member in plain if not self.links[member.place].row]
        for members, what in ((known, "no members before"), (other, "not known yet, check name and country")):
            if members:
                names = ", ".join(f"{member.name} ({member.country})" for member in members)
                self._points.add("new_place", members[0].where, f"{what}: {names}")

    def _about_countries(self) -> None:
        """Note the members whose country the text does not give: another place may have the name."""
        taken = [member for member in self.found.values() if member.country_taken]
        if taken:
            names = few([f"{member.name} ({member.country})" for member in taken])
            self._points.add("list", taken[0].where, f"the text gives no country for these, which was taken: {names}")

    def _about_sentences(self) -> None:
        """Note the members that were read in sentences: a sentence can be misread in more ways than a list."""
        spoken = [member for member in self.found.values() if member.place not in self._listed]
        if spoken:
            names = ", ".join(member.printed for member in spoken[:_SPOKEN])
            self._points.add("list", spoken[0].where, f"read in sentences, see that each joins now: {names}")

    def _about_network(self) -> None:
        """Note that another programme may be what the cities join."""
        if self.found and not self._plain:
            first = next(iter(self.found.values()))
            message = "no sentence says that it is UNESCO's network that they join: see that it is no other programme"
            self._points.add("list", first.where, message, few([member.printed for member in self.found.values()]))

    def _about_what_is_before(self, listed: list[Named]) -> None:
        """Note lists before which the text speaks of other cities."""
        for named in listed:
            if named.unclear:
                message = "before this list the text speaks of other cities: see that the list is of new members"
                self._points.add("list", named.where.split(",")[0], message, named.unclear[-120:])
