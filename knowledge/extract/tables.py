"""Tables into names: which columns have the city, the country and the region, and what an empty cell stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.extract import cues, twofold
from knowledge.extract.brackets import Entry
from knowledge.extract.calendar import alone
from knowledge.extract.context import Desk
from knowledge.extract.document import Block
from knowledge.extract.found import Headed, Told
from knowledge.extract.headings import head_of, is_head, is_nothing
from knowledge.extract.home import home
from knowledge.extract.linking import bare_name
from knowledge.extract.numerals import FIGURES
from knowledge.extract.shapes import COUNT
from knowledge.extract.tallies import is_sum
from knowledge.names import is_thai


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns have the city, the country and the region; `told` is what their head tells of the cities.

    `again` is the column that has the name of the city in another language, too.
    """

    city: int
    country: int | None
    region: int | None
    told: Told = Told.OPEN
    again: int | None = None


class Tables:
    """Reads the tables of one document."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._atlas = desk.atlas
        self._grammar = desk.grammar
        self._naming = desk.grammar.naming
        self._head: Block | None = None  # of the table, whose parts headings of regions may set apart

    def read(self, rows: Sequence[Block]) -> bool:
        """Read rows that belong together, by columns or cell by cell; tell whether they list cities."""
        if self._cellwise(rows):
            return True
        heads = [row for row in rows if is_head(row.cells)]
        self._head = heads[0] if heads else self._head
        body = [row for row in rows if not is_head(row.cells) and not is_sum(row)]
        if not body and head_of(rows[0], body, self._desk).city:
            return True
        body = body or list(rows)
        panels = self._panels(rows, body)
        for columns in panels:
            self._panel(rows, body, columns)
        return bool(panels)

    def _panel(self, rows: Sequence[Block], body: Sequence[Block], columns: Columns) -> None:
        """Read one city column with its country column."""
        countries = self._carried(body, columns)
        stated = [cell for row in body if (cell := self._country(row, columns))]
        several = len(stated) > 1 and len(set(stated)) == len(stated)  # a country stands once, with all its names
        for at, (row, (country, note)) in enumerate(zip(body, countries, strict=True)):
            if columns.region is not None:
                self._under(row, _cell(row, columns.region))
            filled = [cell for cell in row.cells if cell.strip()]
            if len(filled) == 1 and self._atlas.region(_uncounted(filled[0])):
                self._under(row, filled[0])
            elif len(filled) == 1 and self._country(row, columns) and at + 1 < len(body):
                continue  # a country whose names stand in the rows below
            else:
                self._row(row, columns, country, note, several, not several and len(stated) > 1)

    # --- rows

    def _row(
        self, row: Block, columns: Columns, country: str | None, note: str | None, several: bool, single: bool
    ) -> None:
        cell = _cell(row, columns.city)
        if is_nothing(cell):
            if self._country(row, columns) and not cell.strip() and columns.told == Told.OPEN:
                self._desk.unread(row, row.text)
            return
        lines = [twofold.name(line) for line in cell.split("\n") if line.strip()]
        taken = columns.country is None and country is None
        home = self._home() if taken else None
        parted = [self._naming.parted(line, country or home, several, single) for line in lines]
        if columns.country is not None and country is None:
            self._desk.unread(row, row.text)
            return
        for part in parted:
            for name in part.names:
                own = home if home and not (self._is_known(name) and not self._atlas.is_place(name, home)) else country
                printed = self._twice(name, row, columns) if len(lines) == len(part.names) == 1 else name
                entry = Entry(printed, own, 0, 0, note is None, note or part.note)
                if columns.told != Told.ELSEWHERE or self._is_known(name):
                    told = self._told(row, columns)
                    self._desk.name(entry, row.where, row.text, told, listed=True, taken=taken and own is not None)

    def _twice(self, name: str, row: Block, columns: Columns) -> str:
        """Return a name with that in other letters beside it: "เคปโคสต์ (Cape Coast)"."""
        other = _cell(row, columns.again).strip() if columns.again is not None else ""
        fits = other and "(" not in name + other and any(map(is_thai, name)) != any(map(is_thai, other))
        if not fits or not self._naming.is_name(other):
            return name
        both = f"{name} ({other})"
        return both if self._naming.is_name(both) else min(name, other, key=lambda one: any(map(is_thai, one)))

    def _home(self) -> str | None:
        """Return the country that a table without one is of: that of its heading, or the one the text is about."""
        return self._desk.context.country or home(self._desk.document, self._atlas)

    def _told(self, row: Block, columns: Columns) -> Told:
        """Return what a row tells of its city: one with the year of another round has an older member."""
        cells = (cell.translate(FIGURES).strip() for at, cell in enumerate(row.cells) if at != columns.city)
        years = [year for cell in cells if (year := alone(cell)) is not None]
        older = bool(years) and self._desk.year is not None and self._desk.year not in years
        return Told.ELSEWHERE if older else columns.told or self._desk.context.told

    def _carried(self, rows: Sequence[Block], columns: Columns) -> list[tuple[str | None, str | None]]:
        """Return the country of each row; of an empty cell the one above, or below where only that has the name.

        A cell that spans rows may have been printed at the top of them or in the middle.
        """
        if columns.country is None:
            return [(None, None)] * len(rows)
        stated = [self._country(row, columns) for row in rows]
        found: list[tuple[str | None, str | None]] = []
        for at, (row, own) in enumerate(zip(rows, stated, strict=True)):
            if own or _cell(row, columns.country).strip() or not _cell(row, columns.city).strip():
                found.append((own, None))
                continue
            above = next((iso for iso in reversed(stated[:at]) if iso), None)
            below = next((iso for iso in stated[at + 1 :] if iso), None)
            found.append(self._nearer(_cell(row, columns.city), above, below))
        return found

    def _nearer(self, name: str, above: str | None, below: str | None) -> tuple[str | None, str | None]:
        """Return the country of a name beside which the cell is empty, and what is uncertain about that."""
        known = [iso for iso in (above, below) if iso and self._atlas.is_place(name, iso)]
        if len(set(known)) == 1:
            return known[0], None
        return above or below, f"the country of {name.strip()} stands in another row: see that it is this one"

    # --- columns

    def _panels(self, rows: Sequence[Block], body: Sequence[Block]) -> list[Columns]:
        """Return the columns of cities, each with that of its countries; there may be several side by side."""
        width = max(len(row.cells) for row in rows)
        countries, regions, places = Counter[int](), Counter[int](), Counter[int]()
        filled: Counter[int] = Counter()
        for row in body:
            for at, cell in enumerate(row.cells):
                filled[at] += bool(cell.strip())
                countries[at] += twofold.country(_uncounted(cell), self._atlas) is not None
                regions[at] += self._atlas.region(_uncounted(cell)) is not None
                places[at] += any(map(self._is_known, self._naming.split(cell.replace("\n", ", "), None)))
        of_country = [at for at in range(width) if countries[at] and countries[at] * 2 >= filled[at]]
        of_region = next((at for at in range(width) if regions[at] and regions[at] * 2 >= filled[at]), None)
        head = head_of(self._head if self._head and len(self._head.cells) == width else rows[0], body, self._desk)
        others = [at for at in range(width) if at not in (*of_country, of_region, *head.barred)]
        named = [at for at in head.new or head.city if at in others]
        if len(of_country) > 1 and len(others) >= len(of_country) and self._side_by_side(of_country, others, places):
            return [Columns(self._beside(at, of_country, others, places), at, of_region) for at in of_country]
        country = of_country[0] if of_country else None
        earlier = [Columns(at, country, of_region, Told.ELSEWHERE) for at in head.barred if places[at]]
        city = named[0] if named else max(others, key=lambda at: places[at], default=None)
        if city is None or (not of_country and not self._is_of_cities(named, places[city], filled[city])):
            return earlier
        told = Told.JOINING if city in head.new else Told.OPEN
        again = next((at for at in head.again if at != city), None)
        return [Columns(city, country, of_region, told, again), *earlier]

    def _is_known(self, name: str) -> bool:
        return bool(self._atlas.places(name) or self._atlas.places(bare_name(name)))

    def _is_of_cities(self, named: list[int], known: int, filled: int) -> bool:
        """Tell whether a column without countries beside it lists cities: by its title, or by names that are known."""
        return known * 2 >= filled and bool(known or named)

    def _side_by_side(self, countries: list[int], others: list[int], places: Counter[int]) -> bool:
        return len({self._beside(at, countries, others, places) for at in countries}) == len(countries)

    def _beside(self, country: int, countries: list[int], others: list[int], places: Counter[int]) -> int:
        """Return the column of the cities of a country column: the one next to it on the side all of them have it."""
        left = all(at - 1 in others for at in countries) and (countries[0] - 1) in others
        beside = [at for at in ((country - 1, country + 1) if left else (country + 1, country - 1)) if at in others]
        return beside[0] if beside else max(others, key=lambda at: places[at])

    def _country(self, row: Block, columns: Columns) -> str | None:
        return (
            twofold.country(_uncounted(_cell(row, columns.country)), self._atlas)
            if columns.country is not None
            else None
        )

    def _under(self, row: Block, cell: str) -> None:
        """Take a cell as the region of its row and of those below, with the number that stands in it: "Africa (8)"."""
        region = self._atlas.region(_uncounted(cell))
        if region is None or region == self._desk.context.region:
            return
        self._desk.context.region = region
        count = COUNT.search(cell.translate(FIGURES))
        if count and (not count[2].strip() or cues.finds(count[2], "city")):
            self._desk.found.headed.append(Headed(("region", region), int(count[1]), row.where))

    # --- cells that are entries

    def _cellwise(self, rows: Sequence[Block]) -> bool:
        """Read a table whose cells have a name with its country each, or a region."""
        cells = [(row, cell) for row in rows for cell in row.cells if cell.strip() and not cell.strip().isdecimal()]
        parsed = [(row, cell, self._grammar.line(cell.replace("\n", "; "))) for row, cell in cells]
        heads = [cell for _, cell, entries in parsed if not entries and self._is_head(cell)]
        entered = sum(bool(entries) for _, _, entries in parsed)
        if not entered or entered < 0.7 * (len(parsed) - len(heads)):
            return False
        for row, cell, entries in parsed:
            for entry in entries:
                self._desk.name(entry, row.where, cell, self._desk.context.told, listed=True)
            if self._atlas.region(cell):
                self._desk.context.region = self._atlas.region(cell)
            elif not entries and not self._is_head(cell) and not is_head(row.cells):
                self._desk.unread(row, cell)
        return True

    def _is_head(self, cell: str) -> bool:
        return self._atlas.region(cell) is not None


def _uncounted(cell: str) -> str:
    """Return the name of a region or country without the number behind it."""
    return COUNT.sub("", cell.translate(FIGURES)) or cell


def _cell(row: Block, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""
