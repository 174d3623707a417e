"""Blocks into names: which lists there are, what each is introduced as, and what is in them."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knowledge.extract import cues
from knowledge.extract.atlas import Atlas
from knowledge.extract.document import Block, Document
from knowledge.extract.draft import ExtractError
from knowledge.extract.entries import Entry, Grammar, sentences
from knowledge.extract.found import Headed, Named, Reading, Told, Unread
from knowledge.extract.numerals import FIGURES
from knowledge.names import is_thai

_COUNT = re.compile(r"\s*[-–—:,]?\s*[(\[]?\s*(\d{1,3})\s*([^\d()\[\]]{0,30}?)[)\]]?\s*:?\s*$")
_FILLING = re.compile(r"[\s,;.:•·*/|()–—\-\[\]'\"“”’‘]+")
_NEAR = 200  # letters before a word that opens a list
_MATCHES = 20  # words in a sentence that may open a list
_SECONDS = 10.0
_MOSTLY = 0.6  # of a block's letters: then it is a list, and not a sentence with a name in it
_QUOTED = 60
_SHORT = 160  # letters of a line that may introduce a list


@dataclass(slots=True)
class Context:
    """Where in the document the reading is: under which heading, and what was said last of cities."""

    told: Told = Told.OPEN
    region: str | None = None
    country: str | None = None
    introduced: bool = False


def told(text: str, behind: bool = False) -> Told:
    """Return what a text tells of the cities it names; a prize outweighs everything, else the word next to them counts.

    That is the last one of a text that stands before the names, and the first one `behind` them.
    """
    if cues.finds(text, "award"):
        return Told.ELSEWHERE
    joining = [match.end() for match in cues.pattern("joining").finditer(text)]
    elsewhere = [match.end() for match in cues.pattern("elsewhere").finditer(text)]
    if not joining or not elsewhere:
        return Told.JOINING if joining else Told.ELSEWHERE if elsewhere else Told.OPEN
    first, last = min(joining) <= min(elsewhere), max(joining) >= max(elsewhere)
    return Told.JOINING if (first if behind else last) else Told.ELSEWHERE


class Lists:
    """Reads the names of one document."""

    def __init__(self, document: Document, atlas: Atlas) -> None:
        self._document = document
        self._atlas = atlas
        self._grammar = Grammar(atlas)
        self._context = Context()
        self.found = Reading()

    def read(self) -> Reading:
        """Return everything that was found, in the order of the text."""
        self._context.told = told(self._document.title or "")
        blocks = self._document.blocks
        at = 0
        until = time.monotonic() + _SECONDS
        while at < len(blocks):
            if time.monotonic() > until:
                raise ExtractError("the text takes too long to read: keep only the announcement and try again")
            end = self._end_of_run(blocks, at)
            if end > at + 1 or blocks[at].kind in ("item", "row"):
                self._run(blocks[at:end])
            else:
                self._single(blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None)
            at = end
        return self.found

    def _end_of_run(self, blocks: Sequence[Block], at: int) -> int:
        """Return where the list that begins at `at` ends: items and rows, and short paragraphs that are entries."""
        end = at
        while end < len(blocks) and (blocks[end].kind in ("item", "row") or self._is_entry(blocks[end])):
            if blocks[end].kind != blocks[at].kind:
                break
            end += 1
        return max(end, at + 1)

    def _is_entry(self, block: Block) -> bool:
        return block.kind == "paragraph" and len(block.text) < _SHORT and bool(self._listed(block.text))

    # --- one block

    def _single(self, block: Block, following: Block | None) -> None:
        """Read a heading or paragraph."""
        if self._heading(block.text, block.where, following):
            return
        if self._listed(block.text):
            self._entries(block, self._grammar.line(block.text))
            return
        if self._enumeration(block):
            return
        self._prose(block)

    def _heading(self, text: str, where: str, following: Block | None) -> bool:
        """Take a line that is the name of a region or country as the heading of what follows."""
        plain = text.translate(FIGURES).strip()
        count = _COUNT.search(plain)
        bare = plain[: count.start()] if count and plain[: count.start()].strip() else plain
        region, country = self._atlas.region(bare), self._atlas.country(bare)
        if region is None and (country is None or not self._is_head(following)):
            return False
        if region:
            self._context.region, self._context.country = region, None
        else:
            self._context.country = country
        if count and bare is not plain and (not count[2].strip() or cues.finds(count[2], "city")):
            scope = ("region", region) if region else ("country", country or "")
            self.found.headed.append(Headed(scope, int(count[1]), where))
        return True

    def _is_head(self, following: Block | None) -> bool:
        """Tell whether what follows the name of a country are names without one."""
        if following is None or following.kind == "row":
            return False
        text = following.text
        return not self._grammar.line(text) and not self._scope(text) and self._is_bare(text)

    def _scope(self, text: str) -> bool:
        bare = _COUNT.sub("", text.translate(FIGURES))
        return self._atlas.region(bare) is not None or self._atlas.country(bare) is not None

    def _is_bare(self, text: str) -> bool:
        names = self._grammar.split(text, self._context.country)
        return bool(names) and all(self._grammar.is_name(name) for name in names)

    def _listed(self, text: str) -> bool:
        """Tell whether a text is a list: mostly entries, or an introduction with a colon and then entries."""
        found = self._grammar.line(text)
        if not found:
            return False
        lead = self._lead(text, found)
        rest = _FILLING.sub("", text[len(lead) :])
        covered = sum(len(_FILLING.sub("", text[e.start : e.end])) for e in self._spans(found))
        return bool(rest) and covered >= _MOSTLY * len(rest) and (not lead or len(found) > 1 or len(lead) < 30)

    def _spans(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Yield the entries, one of several that stand at one place."""
        end = -1
        for entry in entries:
            if entry.end > end:
                yield entry
                end = entry.end

    def _lead(self, text: str, found: Sequence[Entry]) -> str:
        return text[: text.find(found[0].name, 0, found[0].end)] if found and found[0].name in text else ""

    def _entries(self, block: Block, entries: Sequence[Entry]) -> None:
        """Take the entries of a text that is a list, and note what is left between them."""
        lead = self._lead(block.text, entries)
        first = entries[0]
        known = self._atlas.is_place(first.name, first.country)
        about = told(lead if known else block.text[: first.end])
        about = about or self._after(block.text, entries) or self._context.told
        for entry in entries:
            quoted = block.text if len(block.text) <= _QUOTED else block.text[entry.start : entry.end].strip()
            self._name(entry, block.where, quoted, about, listed=True)
        self._leftovers(block, entries)

    def _after(self, text: str, entries: Sequence[Entry]) -> Told:
        tail = text[max(entry.end for entry in entries) :]
        return told(tail, behind=True) if len(_FILLING.sub("", tail)) > 8 else Told.OPEN

    def _leftovers(self, block: Block, entries: Sequence[Entry]) -> None:
        """Note what stands behind the last entry of a list and looks like one more."""
        tail = block.text[max(entry.end for entry in entries) :]
        first, *_ = [text for _, text in sentences(tail)]
        rest = first.strip(" \n\t,;.)")
        if not _FILLING.sub("", rest) or len(rest) > _QUOTED:
            return
        joined = cues.pattern("and").match(rest) or first.lstrip().startswith((",", ";"))
        if joined and told(rest) == Told.OPEN:
            self.found.unread.append(Unread(block.where, rest[:_QUOTED]))

    def _name(self, entry: Entry, where: str, quoted: str, about: Told, listed: bool) -> None:
        self.found.names.append(
            Named(entry.name, entry.country, self._context.region, where, quoted[:_QUOTED], about, listed, entry.sure)
        )

    # --- running text

    def _prose(self, block: Block) -> None:
        """Read the sentences of a paragraph: names in them, and what they say of the list that may follow."""
        if block.kind == "heading" or len(block.text) < _SHORT:
            self._introduce(block)
        else:
            self._context = Context(told=self._context.told)
        for _, sentence in sentences(block.text):
            self._sentence(block, sentence)
        last = [text for _, text in sentences(block.text)][-1]
        self._context.told = told(last) or self._said_before(block.text) or self._context.told
        self._context.introduced = block.text.rstrip().endswith(":") or self._opens(last)

    def _introduce(self, block: Block) -> None:
        """Take a heading or short line; one may name the region whose cities follow, or end the list."""
        ends = cues.pattern("ending").match(block.text)
        scope = self._atlas.scopes.search(block.text) if cues.finds(block.text, "city") else None
        named = self._atlas.scope(scope[0]) if scope else None
        region = named[1] if named and named[0] == "region" else None
        country = named[1] if named and named[0] == "country" else None
        self._context = Context(Told.ELSEWHERE if ends else self._context.told, region, country)

    def _said_before(self, text: str) -> Told:
        for _, sentence in reversed(list(sentences(text))):
            if said := told(sentence):
                return said
        return Told.OPEN

    def _opens(self, sentence: str) -> bool:
        """Tell whether a sentence ends with a word that opens a list."""
        last = None
        for match in cues.pattern("listing").finditer(sentence):
            last = match
        return last is not None and not _FILLING.sub("", sentence[last.end() :])

    def _sentence(self, block: Block, sentence: str) -> None:
        """Take the names with countries that stand in a sentence, and what it says of each."""
        entries = self._grammar.run(sentence)
        if not entries:
            self._together(block, sentence)
            return
        lead = told(sentence[: entries[0].start]) if entries[0].start else Told.OPEN
        last = max(entry.end for entry in entries)
        about = lead or told(sentence[last:], behind=True)
        ends = [entry.start for entry in entries[1:]] + [len(sentence)]
        for entry, end in zip(entries, ends, strict=True):
            # What stands behind a name may set it apart: "(Thailand), a member since 2019".
            aside = sentence[entry.end : min(max(end, entry.end), entry.end + 60)] if end > entry.end else ""
            own = (
                told(aside, behind=True)
                if len(_FILLING.sub("", aside)) > 4 and not aside.lstrip().startswith(")")
                else Told.OPEN
            )
            apart = own if own == Told.ELSEWHERE else about
            self._name(entry, block.where, sentence[entry.start : entry.end].strip(), apart, listed=False)

    def _together(self, block: Block, sentence: str) -> None:
        """Take names that a sentence about newcomers puts together: "Tak, Rayong and Satun join"."""
        if told(sentence) != Told.JOINING or cues.finds(sentence, "elsewhere"):
            return
        for names in self._grammar.together(sentence):
            places = [{place.country for place in self._atlas.places(name)} for name in names]
            shared = set.intersection(*places)
            country = self._country_of(sentence)
            country = country if country in shared else next(iter(shared)) if len(shared) == 1 else None
            if country:
                for name in names:
                    self._name(Entry(name, country, 0, 0), block.where, name, Told.JOINING, listed=False)

    def _enumeration(self, block: Block) -> bool:
        """Read a list of names without countries behind a word that opens one: "the three cities are: …"."""
        taken = False
        for _, sentence in sentences(block.text):
            if self._grammar.run(sentence):
                continue
            for match in islice(cues.pattern("listing").finditer(sentence), _MATCHES):
                taken |= self._behind(block, sentence, match)
        return taken and len(block.text) < _SHORT

    def _behind(self, block: Block, sentence: str, match: re.Match[str]) -> bool:
        lead = sentence[max(0, match.start() - _NEAR) : match.start()]
        rest = sentence[match.end() : match.end() + 2 * _NEAR].lstrip(" :")
        country = self._country_of(lead) or self._context.country
        names = list(self._enumerated(rest, country))
        known = [name for name in names if self._atlas.is_place(name, country)]
        if not known or len(known) * 2 < len(names):
            return False
        about = told(lead) or self._context.told
        for name in names:
            sure = name in known
            if country is None and not sure:
                continue
            self._name(Entry(name, country, 0, 0, sure), block.where, name, about, listed=False)
        return True

    def _country_of(self, text: str) -> str | None:
        """Return the country that a text names last."""
        found = [self._atlas.scope(match[0]) for match in self._atlas.scopes.finditer(text)]
        return found[-1][1] if found and found[-1] and found[-1][0] == "country" else None

    def _enumerated(self, text: str, country: str | None) -> Iterator[str]:
        """Yield the names that an enumeration begins with, up to the first piece that is none."""
        clause = re.split(r"[.;()–—]\s|[;()–—]|\n", text)[0]
        if any(map(is_thai, clause)):
            yield from self._enumerated_thai(clause, country)
            return
        for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", clause):
            words = part.split()
            # Behind the last name the sentence goes on.
            name = next(
                (n for k in range(len(words), 0, -1) if self._atlas.is_place(n := " ".join(words[:k]), country)), None
            )
            if name is None:
                if words and self._grammar.is_name(part):
                    yield part
                    continue
                return
            yield name
            if name != part:
                return

    def _enumerated_thai(self, clause: str, country: str | None) -> Iterator[str]:
        text = clause.strip()
        joined = cues.pattern("and")
        while text:
            match = joined.match(text)
            text = text[match.end() :].lstrip() if match else text
            end = next(
                (k for k in range(min(len(text), 40), 1, -1) if self._atlas.is_place(self._plain(text[:k]), country)), 0
            )
            if not end:
                return
            yield text[:end].strip()
            text = text[end:].lstrip(" ,")

    def _plain(self, name: str) -> str:
        """Return a name without what stands around the names of cities."""
        words = cues.pattern("around_city")
        match = words.match(name.strip())
        return name.strip()[match.end() :] if match and len(name.strip()) > match.end() else name

    # --- lists

    def _run(self, blocks: Sequence[Block]) -> None:
        """Read items, rows or lines that belong together."""
        if blocks[0].kind == "row":
            self._table(blocks)
            return
        parsed = [self._grammar.line(block.text) for block in blocks]
        blank = [
            entries or self._grammar.line(block.text, loose=True) for block, entries in zip(blocks, parsed, strict=True)
        ]
        if sum(map(bool, blank)) >= max(3, len(blocks) // 2) and sum(map(bool, parsed)) < len(blocks):
            parsed = blank
        is_list = self._is_list(blocks, parsed)
        for number, (block, entries) in enumerate(zip(blocks, parsed, strict=True)):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if (
                entries
                and (is_list or self._listed(block.text))
                and (len(block.text) < _SHORT or self._listed(block.text))
            ):
                self._entries(block, entries)
            elif self._heading(block.text, block.where, following):
                continue
            elif is_list and self._is_member(block):
                self._bare(block)
            elif self._enumeration(block):
                continue
            elif is_list and not self._is_prose(block.text):
                self.found.unread.append(Unread(block.where, block.text[:_QUOTED]))
            else:
                self._prose(block)

    def _is_list(self, blocks: Sequence[Block], parsed: Sequence[Sequence[Entry]]) -> bool:
        """Tell whether lines that belong together list cities: with countries, under one, or by known names."""
        under = bool(self._context.region or self._context.country or self._context.introduced)
        entries = sum(map(bool, parsed))
        scopes = sum(self._scope(block.text) for block in blocks)
        known = sum(
            bool(names) and all(map(self._atlas.places, names))
            for b in blocks
            if (names := self._grammar.split(b.text, None))
        )
        if (entries >= 2 or (entries and under)) and entries * 2 >= len(blocks) - scopes - known:
            return True
        if scopes and self._context.told == Told.JOINING and any(self._atlas.country(b.text) for b in blocks):
            others = [block.text for block in blocks if not self._scope(block.text)]
            return bool(others) and sum(map(self._is_bare, others)) >= 0.8 * len(others)
        return (known >= 1 and (under or scopes > 0) and known * 2 >= len(blocks) - scopes) or (
            bool(self._context.country) and all(self._is_bare(b.text) for b in blocks)
        )

    def _is_prose(self, text: str) -> bool:
        return len(text) > 100 or cues.finds(text, "sentence")

    def _is_member(self, block: Block) -> bool:
        """Tell whether a line without a country may be one or more names."""
        return len(block.text) < _SHORT and self._is_bare(block.text)

    def _bare(self, block: Block) -> None:
        for name in self._grammar.split(block.text, self._context.country):
            sure = self._atlas.is_place(name, self._context.country) or self._context.country is not None
            entry = Entry(name, self._context.country, 0, len(block.text), sure)
            self._name(entry, block.where, block.text, self._context.told, listed=True)

    # --- tables

    def _table(self, rows: Sequence[Block]) -> None:
        """Read the rows of a table: by its columns, or cell by cell where each cell is an entry."""
        if self._cellwise(rows):
            return
        columns = self._columns(rows)
        if columns is None:
            for row in rows:
                self._prose(replace(row, text=" ".join(row.cells)))
            return
        city, country, region = columns
        of = [
            self._atlas.country(row.cells[country]) for row in rows if country is not None and country < len(row.cells)
        ]
        several = len(of) > 1 and len(set(of)) == len(of)  # a country stands once, with all its names
        width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
        for number, row in enumerate(rows):
            cell = row.cells[city] if city < len(row.cells) <= width else ""
            if number == 0 and self._is_header(row):
                continue
            self._context.region = (
                self._region_in(row, region) if region is not None else None
            ) or self._context.region
            self._row(row, cell, country, several)

    def _row(self, row: Block, cell: str, country: int | None, several: bool) -> None:
        iso = self._atlas.country(row.cells[country]) if country is not None and country < len(row.cells) else None
        lines = [line for line in cell.split("\n") if line.strip()]
        names = [name for line in lines for name in self._grammar.split(line, iso, several)]
        if not names or (country is not None and iso is None and row.cells[country].strip()):
            self.found.unread.append(Unread(row.where, row.text[:_QUOTED]))
            return
        for name in names:
            self._name(Entry(name, iso, 0, 0, True), row.where, row.text, self._context.told, listed=True)

    def _cellwise(self, rows: Sequence[Block]) -> bool:
        cells = [(row, cell) for row in rows for cell in row.cells if cell.strip() and not cell.strip().isdecimal()]
        parsed = [(row, cell, self._grammar.line(cell.replace("\n", "; "))) for row, cell in cells]
        heads = [(row, cell) for row, cell, entries in parsed if not entries and self._atlas.region(cell)]
        if (
            not parsed
            or sum(bool(e) for _, _, e in parsed) < 0.7 * (len(parsed) - len(heads))
            or len(parsed) == len(heads)
        ):
            return False
        for row, cell, entries in parsed:
            if entries:
                for entry in entries:
                    self._name(entry, row.where, cell, self._context.told, listed=True)
            elif not self._heading(cell, row.where, None) and not self._is_header(row):
                self.found.unread.append(Unread(row.where, cell[:_QUOTED]))
        return True

    def _columns(self, rows: Sequence[Block]) -> tuple[int, int | None, int | None] | None:
        """Return which columns have the city, the country and the region; None if it is no table of cities."""
        width = max(len(row.cells) for row in rows)
        body = rows[1:] if len(rows) > 1 and self._is_header(rows[0]) else rows
        counts: dict[str, Counter[int]] = {"country": Counter(), "region": Counter(), "place": Counter()}
        for row in body:
            for at, cell in enumerate(row.cells):
                counts["country"][at] += self._atlas.country(cell) is not None
                counts["region"][at] += self._atlas.region(cell) is not None
                counts["place"][at] += any(
                    map(self._atlas.places, self._grammar.split(cell.replace("\n", ", "), None) or [""])
                )
        country = self._fullest(counts["country"], len(body))
        region = self._fullest(counts["region"], len(body))
        named = self._header_column(rows[0])
        others = [at for at in range(width) if at not in (country, region)]
        city = (
            named
            if named is not None and named not in (country, region)
            else max(others, key=lambda at: counts["place"][at], default=None)
        )
        if city is None or (country is None and counts["place"][city] * 2 < len(body)):
            return None
        return city, country, region

    def _fullest(self, counts: Counter[int], rows: int) -> int | None:
        at, count = counts.most_common(1)[0] if counts else (0, 0)
        return at if count * 2 >= rows and count else None

    def _header_column(self, row: Block) -> int | None:
        return next(
            (at for at, cell in enumerate(row.cells) if cues.pattern("city_column").fullmatch(cell.strip())), None
        )

    def _is_header(self, row: Block) -> bool:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        return any(cues.pattern("city_column", "country_column", "region_column").fullmatch(cell) for cell in cells)

    def _region_in(self, row: Block, column: int) -> str | None:
        return self._atlas.region(row.cells[column]) if column < len(row.cells) else None
