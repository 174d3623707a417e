"""Announcements of every round in every shape, written from the facts of the records in sentences of our own.

A form takes the facts of a year and a language and gives a file, as a publisher would send it out.
"""

from __future__ import annotations

import html
import io
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path

import docx
import yaml

from knowledge.reading import Records
from knowledge.records import PlaceRow
from knowledge.territories import countries
from tests.extract.pdf_writer import Line, pdf

Render = Callable[["Facts", str], tuple[str, bytes]]
FORMS: dict[str, Render] = {}
DAYS = {2019: "2019-07-17", 2020: "2020-09-23", 2022: "2022-09-02", 2024: "2024-02-14", 2025: "2025-12-04"}
TOTALS = {2019: (170, 53), 2020: (229, 64), 2022: (294, 76), 2024: (356, 79), 2025: (425, 91)}
TEXTS = yaml.safe_load((Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8"))
_LINES = 46  # of a page
THAI_FIGURES = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class City:
    """A member as a release prints it."""

    place: PlaceRow
    name: str
    country: str
    region: str


@dataclass(frozen=True)
class Facts:
    """What a release of one year says."""

    year: int
    cities: dict[str, tuple[City, ...]]  # by language
    regions: dict[str, dict[str, str]]  # id: by language
    way: int = 0  # which of the sentences of `texts.yaml` stand around the list

    @property
    def day(self) -> str:
        return DAYS[self.year]

    @property
    def counts(self) -> set[tuple[str, str, int]]:
        """The numbers every form states: scope, measure, value."""
        new = len(self.cities["en"])
        total, of = TOTALS[self.year]
        return {
            ("world", "new_cities", new),
            ("world", "new_countries", len({city.place.country for city in self.cities["en"]})),
            ("world", "total_cities", total),
            ("world", "total_countries", of),
        }


def facts(records: Records, year: int, way: int = 0, limit: int | None = None) -> Facts:
    """Return the facts of the round of a year: every membership that the records hold."""
    names = ("countries", "other_countries")[way % 2]
    places = {place.id: place for place in records.places}
    rows = [r.place for one in records.announcements.values() for r in one.memberships if (r.year or one.year) == year]
    known = countries(records)
    regions = {row.id: {"en": row.name_en, "th": row.name_th} for row in records.regions.regions}
    cities: dict[str, tuple[City, ...]] = {}
    for language in ("en", "th"):
        found = []
        for place in (places[id_] for id_ in rows):
            country = known[place.country or ""]
            plain = country.name_en if language == "en" else country.name_th
            shown = TEXTS[language][names].get(country.iso, plain)
            name = (place.name_th if language == "th" else None) or place.name
            found.append(City(place, name, shown, country.region or ""))
        found.sort(key=lambda city: (list(regions).index(city.region), city.name))
        cities[language] = tuple(found[:limit])
    return Facts(year, cities, regions, way)


def form(name: str) -> Callable[[Render], Render]:
    def register(render: Render) -> Render:
        FORMS[name] = render
        return render

    return register


# --- the words around a list


def in_words(number: int, language: str) -> str:
    """Return a number below a hundred in words."""
    units, tens = TEXTS[language]["units"], TEXTS[language]["tens"]
    if number < len(units):
        return str(units[number])
    ten, unit = divmod(number, 10)
    if language == "en":
        return f"{tens[ten]}-{units[unit]}" if unit else str(tens[ten])
    return f"{tens[ten]}{'เอ็ด' if unit == 1 else units[unit] if unit else ''}"


def filled(found: Facts, language: str, texts: list[str]) -> list[str]:
    """Return sentences with the facts put in."""
    year, month, number = map(int, found.day.split("-"))
    shown = year if language == "en" else year + 543
    day = f"{number} {TEXTS[language]['months'][month - 1]} {shown}"
    counts = {(of, measure): value for of, measure, value in found.counts}
    numbers = {
        "new": counts["world", "new_cities"],
        "of": counts["world", "new_countries"],
        "total": counts["world", "total_cities"],
        "everywhere": counts["world", "total_countries"],
    }
    facts_: dict[str, object] = {**numbers, "year": shown, "day": day, "day_thai": day.translate(THAI_FIGURES)}
    facts_ |= {f"{name}_thai": str(value).translate(THAI_FIGURES) for name, value in numbers.items()}
    facts_ |= {f"{name}_words": in_words(numbers[name], language) for name in ("new", "of")}
    return [text.format(**facts_) for text in texts]


def title(found: Facts, language: str) -> str:
    return filled(found, language, [TEXTS[language]["title"][found.way]])[0]


def opening(found: Facts, language: str) -> list[str]:
    return filled(found, language, TEXTS[language]["opening"][found.way])


def lead(found: Facts, language: str) -> str:
    return str(TEXTS[language]["lead"][found.way])


def closing(found: Facts, language: str) -> list[str]:
    return filled(found, language, TEXTS[language]["closing"][found.way])


def column(language: str, name: str) -> str:
    return str(TEXTS[language]["columns"][name])


def by_region(found: Facts, language: str) -> Iterator[tuple[str, list[City]]]:
    for region, cities in groupby(found.cities[language], key=lambda city: city.region):
        yield found.regions[region][language], list(cities)


def by_country(found: Facts, language: str) -> Iterator[tuple[str, list[City]]]:
    cities = sorted(found.cities[language], key=lambda city: (city.country, city.name))
    for country, inside in groupby(cities, key=lambda city: city.country):
        yield country, list(inside)


def enumerated(parts: list[str], language: str) -> str:
    last = " and " if language == "en" else " และ"
    return ", ".join(parts[:-1]) + (last if len(parts) > 1 else "") + parts[-1]


def text(found: Facts, language: str, body: list[str]) -> str:
    return "\n\n".join([title(found, language), *opening(found, language), *body, *closing(found, language)]) + "\n"


# --- plain text


@form("run")
def run(found: Facts, language: str) -> tuple[str, bytes]:
    """One paragraph with commas, two of which are missing."""
    parts = [f"{city.name} ({city.country})" for city in found.cities[language]]
    run_ = enumerated(parts, language).replace("), ", ")", 1).replace("), ", ") ", 1)
    return "a.txt", text(found, language, [lead(found, language), run_]).encode()


@form("run by region")
def run_by_region(found: Facts, language: str) -> tuple[str, bytes]:
    body = [
        f"{region}\n{enumerated([f'{c.name} ({c.country})' for c in cities], language)}"
        for region, cities in by_region(found, language)
    ]
    return "a.txt", text(found, language, [lead(found, language), *body]).encode()


@form("wrapped")
def wrapped(found: Facts, language: str) -> tuple[str, bytes]:
    """An e-mail: every paragraph broken into short lines."""
    parts = [f"{city.name} ({city.country})" for city in found.cities[language]]
    body = text(found, language, [f"{lead(found, language)} {enumerated(parts, language)}."])
    return "a.txt", "\n\n".join(
        textwrap.fill(p, 72, break_long_words=False, break_on_hyphens=False) for p in body.split("\n\n")
    ).encode()


@form("bullets")
def bullets(found: Facts, language: str) -> tuple[str, bytes]:
    body = [
        f"{region} ({len(cities)})\n" + "\n".join(f"• {c.name} ({c.country})" for c in cities)
        for region, cities in by_region(found, language)
    ]
    return "a.txt", text(found, language, [lead(found, language), *body]).encode("utf-8-sig")


@form("lines")
def lines(found: Facts, language: str) -> tuple[str, bytes]:
    """Every name in a paragraph of its own, the country behind a comma."""
    body = [
        line
        for region, cities in by_region(found, language)
        for line in (region, *(f"{c.name}, {c.country}" for c in cities))
    ]
    return "a.txt", text(found, language, [lead(found, language), *body]).encode("utf-16")


@form("numbered")
def numbered(found: Facts, language: str) -> tuple[str, bytes]:
    numbers = [str(n).translate(THAI_FIGURES if language == "th" else {}) for n in range(1, 100)]
    body = "\n".join(f"{n}. {c.name} – {c.country}" for n, c in zip(numbers, found.cities[language], strict=False))
    return "a.txt", text(found, language, [f"{lead(found, language)}\n{body}"]).encode()


@form("countries")
def under_countries(found: Facts, language: str) -> tuple[str, bytes]:
    """Names under the country they are in."""
    body = [
        f"{country}\n" + "\n".join(f"- {c.name}" for c in cities) for country, cities in by_country(found, language)
    ]
    return "a.txt", text(found, language, [lead(found, language), *body]).encode()


@form("country: names")
def country_colon(found: Facts, language: str) -> tuple[str, bytes]:
    rows = [
        f"{country}: {enumerated([c.name for c in cities], language)}"
        for country, cities in by_country(found, language)
    ]
    return "a.txt", text(found, language, [lead(found, language) + "\n" + "\n".join(rows)]).encode()


@form("names (country)")
def several_in_brackets(found: Facts, language: str) -> tuple[str, bytes]:
    rows = [
        f"{enumerated([c.name for c in cities], language)} ({country})"
        for country, cities in by_country(found, language)
    ]
    return "a.txt", text(found, language, [lead(found, language) + " " + "; ".join(rows) + "."]).encode()


@form("country (names)")
def turned(found: Facts, language: str) -> tuple[str, bytes]:
    rows = [
        f"{country} ({enumerated([c.name for c in cities], language)})"
        for country, cities in by_country(found, language)
    ]
    return "a.txt", text(
        found, language, [lead(found, language) + "\n" + "\n".join(f"* {row}" for row in rows)]
    ).encode()


@form("sentence")
def sentence(found: Facts, language: str) -> tuple[str, bytes]:
    """One sentence in which commas part cities and countries."""
    parts = [f"{city.name}, {city.country}" for city in found.cities[language]]
    return "a.txt", text(found, language, [f"{lead(found, language)} {enumerated(parts, language)}."]).encode()


@form("flags")
def flags(found: Facts, language: str) -> tuple[str, bytes]:
    """Names behind the flag of their country."""

    def flag(city: City) -> str:
        return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in city.place.country or "")

    body = "\n".join(f"{flag(city)} {city.name}" for city in found.cities[language])
    return "a.txt", text(found, language, [lead(found, language), body]).encode()


@form("Markdown")
def markdown(found: Facts, language: str) -> tuple[str, bytes]:
    head = (
        f'---\ntitle: "{title(found, language)}"\nsource: https://www.uil.unesco.org/{language}/{found.year}\n---\n\n'
    )
    body = [
        f"## {region}\n\n" + "\n".join(f"* **{c.name}**, [{c.country}](https://example.org)" for c in cities)
        for region, cities in by_region(found, language)
    ]
    paragraphs = [*opening(found, language), f"*{lead(found, language)}*", *body, *closing(found, language)]
    return "a.md", (head + "\n\n".join(paragraphs)).encode()


@form("blank cells")
def blank_cells(found: Facts, language: str) -> tuple[str, bytes]:
    """A table that names a country only beside its first city."""
    rows = [f"| {column(language, 'country')} | {column(language, 'city')} |", "|---|---|"]
    for country, cities in by_country(found, language):
        rows += [f"| {country if city is cities[0] else ''} | {city.name} |" for city in cities]
    return "a.md", text(found, language, [lead(found, language), "\n".join(rows)]).encode()


@form("piped table")
def piped(found: Facts, language: str) -> tuple[str, bytes]:
    head = f"| {column(language, 'city')} | {column(language, 'country')} |"
    rows = [head, "|---|---|", *(f"| {c.name} | {c.country} |" for c in found.cities[language])]
    return "a.md", text(found, language, [lead(found, language), "\n".join(rows)]).encode()


@form("tabs")
def tabbed(found: Facts, language: str) -> tuple[str, bytes]:
    rows = [f"{n}\t{c.country}\t{c.name}" for n, c in enumerate(found.cities[language], 1)]
    return "a.txt", text(found, language, [lead(found, language), "\n".join(rows)]).encode()


@form("code page")
def code_page(found: Facts, language: str) -> tuple[str, bytes]:
    """The Thai code page, or the Western one; letters that it lacks lose their marks, as they do in practice."""
    parts = [f"{city.name} ({city.country})" for city in found.cities[language]]
    body = text(found, language, [lead(found, language), enumerated(parts, language)])
    page = "cp874" if language == "th" else "cp1252"

    def fitting(char: str) -> str:
        try:
            char.encode(page)
        except UnicodeEncodeError:
            return "".join(c for c in unicodedata.normalize("NFKD", char) if c.isascii())
        return char

    return "a.txt", "".join(map(fitting, body.replace("ı", "i"))).encode(page)


# --- web pages


def page(found: Facts, language: str, body: str) -> bytes:
    """A page with all that stands around an article."""
    menu = "".join(
        f"<li><a href='#'>{name}</a></li>"
        for name in ("Home", "Paris, France", "Creative Cities", "Bangkok", "Kyoto (Japan)")
    )
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in opening(found, language))
    after = "".join(f"<p>{html.escape(p)}</p>" for p in closing(found, language))
    headline = html.escape(title(found, language))
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{headline} | UNESCO UIL</title>
<link rel="canonical" href="https://www.uil.unesco.org/{language}/articles/round-{found.year}">
<meta property="og:title" content="{headline}"><meta property="og:site_name" content="UNESCO UIL">
<meta property="article:published_time" content="{found.day}T09:00:00+02:00">
<style>li {{ color: red }}</style><script>var city = "Osaka (Japan)";</script></head>
<body><header><nav class="main-menu"><ul>{menu}</ul></nav></header>
<div class="breadcrumb">Home &gt; News &gt; Lyon (France)</div>
<main><article><h1>{headline}</h1>{paragraphs}{body}{after}</article></main>
<aside><h2>Related</h2><ul><li>Nairobi (Kenya) opens a library</li><li>Lima, Peru</li></ul></aside>
<footer><p>UNESCO, 7 place de Fontenoy, Paris, France</p><ul><li>Geneva (Switzerland)</li></ul></footer>
</body></html>""".encode()


@form("page, side by side")
def page_side_by_side(found: Facts, language: str) -> tuple[str, bytes]:
    """A table with two cities and their countries in each row."""
    names = [column(language, name) for name in ("city", "country")] * 2
    cities = [*found.cities[language]]
    half = (len(cities) + 1) // 2
    rows = [f"<tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>"]
    for left, right in zip_longest(cities[:half], cities[half:]):
        cells = [text for city in (left, right) for text in ((city.name, city.country) if city else ("", ""))]
        rows.append(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>")
    return "a.html", page(found, language, f"<p>{lead(found, language)}</p><table>{''.join(rows)}</table>")


@form("page, lists")
def page_lists(found: Facts, language: str) -> tuple[str, bytes]:
    body = f"<p>{lead(found, language)}</p>"
    for region, cities in by_region(found, language):
        rows = "".join(f"<li><p>{html.escape(c.name)} <span>({html.escape(c.country)})</span></p></li>" for c in cities)
        body += f"<h3><strong>{html.escape(region)}</strong></h3><ul>{rows}</ul>"
    return "a.html", page(found, language, body)


@form("page, nested")
def page_nested(found: Facts, language: str) -> tuple[str, bytes]:
    rows = ""
    for country, cities in by_country(found, language):
        rows += f"<li>{html.escape(country)}<ul>{''.join(f'<li>{html.escape(c.name)}</li>' for c in cities)}</ul></li>"
    return "a.html", page(found, language, f"<h2>{lead(found, language)}</h2><ul>{rows}</ul>")


@form("page, lines")
def page_lines(found: Facts, language: str) -> tuple[str, bytes]:
    """Lines broken by <br> in folding sections."""
    body = f"<p>{lead(found, language)}</p>"
    for region, cities in by_region(found, language):
        inside = "<br>".join(f"{html.escape(c.name)}, <em>{html.escape(c.country)}</em>" for c in cities)
        body += f"<details><summary>{html.escape(region)}</summary><div><p>{inside}</p></div></details>"
    return "a.html", page(found, language, body)


@form("page, table")
def page_table(found: Facts, language: str) -> tuple[str, bytes]:
    head = [column(language, name) for name in ("region", "country", "city")]
    rows = ""
    for region, inside in by_region(found, language):
        cities = sorted(inside, key=lambda city: (city.country, city.name))
        for number, city in enumerate(cities):
            same = [c for c in cities if c.country == city.country]
            first = f"<td rowspan='{len(cities)}'>{html.escape(region)}</td>" if number == 0 else ""
            second = f"<td rowspan='{len(same)}'>{html.escape(city.country)}</td>" if same[0] is city else ""
            rows += f"<tr>{first}{second}<td>{html.escape(city.name)}</td></tr>"
    heads = "".join(f"<th>{name}</th>" for name in head)
    return "a.html", page(found, language, f"<p>{lead(found, language)}</p><table><tr>{heads}</tr>{rows}</table>")


# --- PDF and Word


def broken(paragraph: str, width: int) -> list[str]:
    """Break a paragraph into lines, Thai wherever the line is full, long English words with a hyphen now and then."""
    if any("\u0e00" <= char <= "\u0e7f" for char in paragraph):
        found, current = [], ""
        for word in paragraph.split(" "):
            if current and len(current) + len(word) > width:
                found.append(current)
                current = word
            else:
                current = f"{current} {word}".strip()
        return [*found, current]
    return textwrap.wrap(paragraph, width, break_on_hyphens=True)


def printed(found: Facts, language: str, body: list[tuple[float, str]]) -> bytes:
    shown: list[tuple[float, str]] = [(0, title(found, language)), (0, "")]
    for paragraph in opening(found, language):
        shown += [(0, line) for line in broken(paragraph, 88)] + [(0, "")]
    shown += [(0, lead(found, language)), (0, ""), *body, (0, "")]
    for paragraph in closing(found, language):
        shown += [(0, line) for line in broken(paragraph, 88)] + [(0, "")]
    return pdf([shown[at : at + 48] for at in range(0, len(shown), 48)])


@form("PDF, bullets")
def pdf_bullets(found: Facts, language: str) -> tuple[str, bytes]:
    body: list[tuple[float, str]] = []
    for region, cities in by_region(found, language):
        body += [(0, region), (0, "")]
        for city in cities:
            first, *rest = broken(f"{city.name} ({city.country})", 45)
            body += [(15, f"• {first}"), *((24, line) for line in rest)]
        body.append((0, ""))
    return "a.pdf", printed(found, language, body)


@form("PDF, run")
def pdf_run(found: Facts, language: str) -> tuple[str, bytes]:
    parts = [f"{city.name} ({city.country})" for city in found.cities[language]]
    return "a.pdf", printed(found, language, [(0, line) for line in broken(enumerated(parts, language), 88)])


@form("PDF, columns")
def pdf_columns(found: Facts, language: str) -> tuple[str, bytes]:
    head = (column(language, "city"), column(language, "country"))
    rows = [head, *((c.name, c.country) for c in found.cities[language])]
    return "a.pdf", printed(found, language, [(0, f"{name:<50}{country}") for name, country in rows])


@form("PDF, spans")
def pdf_spans(found: Facts, language: str) -> tuple[str, bytes]:
    """Countries that stand in the middle of the rows of their cities, as word processors print them."""
    pages: list[list[Line]] = []
    head: list[Line] = [(0, column(language, "country"), 0), (250, column(language, "city"), 0)]
    line = 0.0
    for country, cities in by_country(found, language):
        if not pages or line + 2 * len(cities) > _LINES:
            pages.append([*head])
            line = 2
        pages[-1].append((0, country, line + len(cities) - 1))
        pages[-1] += [(250, city.name, line + 2 * number) for number, city in enumerate(cities)]
        line += 2 * len(cities)
    paragraphs = (title(found, language), *opening(found, language), lead(found, language))
    first = [(0.0, part) for paragraph in paragraphs for part in (paragraph, "")]
    wrapped_ = [(0.0, line) for _, part in first for line in (broken(part, 88) if part else [""])]
    return "a.pdf", pdf([wrapped_, *pages, [(0.0, part) for part in closing(found, language)]])


@form("PDF, browser")
def pdf_browser(found: Facts, language: str) -> tuple[str, bytes]:
    """A page that a browser printed, with what it puts at the edges."""
    shown: list[Line] = [(0, line) for part in opening(found, language) for line in (*broken(part, 88), "")]
    shown.append((0, lead(found, language)))
    shown += [(15, f"• {city.name} ({city.country})") for city in found.cities[language]]
    parts = [shown[at : at + 40] for at in range(0, len(shown), 40)]
    head = f"05/03/2033, 08:12     {title(found, language)} | UNESCO UIL"
    foot = f"https://www.uil.unesco.org/{language}/articles/round-{found.year}     "
    edges = [((0, head, 0), (0, f"{foot}{number}/{len(parts)}", 45)) for number in range(1, len(parts) + 1)]
    moved = [[(indent, part, line + 3) for line, (indent, part, *_) in enumerate(lines)] for lines in parts]
    first: Line = (0, title(found, language), 1)
    pages = [
        [top, *([first] if number == 0 else []), *lines, end]
        for number, ((top, end), lines) in enumerate(zip(edges, moved, strict=True))
    ]
    return "a.pdf", pdf(pages)


def word(found: Facts, language: str, fill: Callable[[object], None]) -> bytes:
    document = docx.Document()
    document.add_heading(title(found, language), 0)
    for paragraph in (*opening(found, language), lead(found, language)):
        document.add_paragraph(paragraph)
    fill(document)
    for paragraph in closing(found, language):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@form("DOCX, bullets")
def word_bullets(found: Facts, language: str) -> tuple[str, bytes]:
    def fill(document: object) -> None:
        for region, cities in by_region(found, language):
            document.add_heading(region, 2)  # type: ignore[attr-defined]
            for city in cities:
                document.add_paragraph(f"{city.name} ({city.country})", style="List Bullet")  # type: ignore[attr-defined]

    return "a.docx", word(found, language, fill)


@form("DOCX, table")
def word_table(found: Facts, language: str) -> tuple[str, bytes]:
    def fill(document: object) -> None:
        table = document.add_table(rows=1, cols=2)  # type: ignore[attr-defined]
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = (
            column(language, "country"),
            column(language, "cities"),
        )
        for country, cities in by_country(found, language):
            row = table.add_row()
            row.cells[0].text, row.cells[1].text = country, ", ".join(city.name for city in cities)

    return "a.docx", word(found, language, fill)


@form("DOCX, merged")
def word_merged(found: Facts, language: str) -> tuple[str, bytes]:
    """A table whose country cells are merged over the rows of their cities."""

    def fill(document: object) -> None:
        table = document.add_table(rows=1, cols=2)  # type: ignore[attr-defined]
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = column(language, "city"), column(language, "country")
        for country, cities in by_country(found, language):
            rows = [table.add_row() for _ in cities]
            for row, city in zip(rows, cities, strict=True):
                row.cells[0].text = city.name
            rows[0].cells[1].merge(rows[-1].cells[1]).text = country

    return "a.docx", word(found, language, fill)
