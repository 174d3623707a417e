"""A saved web page: what the page says of itself, and its text without menus and footers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as parser

from knowledge.extract.document import Block, Document, is_odd, numbered, one_line, with_title
from knowledge.extract.draft import ExtractError
from knowledge.extract.encoding import decode
from knowledge.extract.plain import BULLET, unfolded

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_SAVED = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DROPPED = {
    "nav", "footer", "aside", "form", "select", "figure", "video", "audio", "dialog",
}  # fmt: skip
_CODE = {"script", "style", "noscript", "template", "svg", "iframe", "head", "object", "canvas"}
_ROLES = {"navigation", "contentinfo", "banner", "search", "complementary", "dialog", "menu", "menubar"}
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?|cookies?|share|sharing|social|related|"
    r"skip-link|visually-hidden|sr-only|comments?|pagination|newsletter|banner)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "caption", "legend"}
_BLOCKS = _HEADINGS | {
    "p", "div", "li", "ul", "ol", "dl", "dd", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "section",
    "article", "main", "header", "body", "html", "blockquote", "pre", "address", "details", "figcaption", "center",
    "hgroup",
}  # fmt: skip
_AROUND_LINES = 500  # outside the article
_PLACES = 4  # cells of a table that places the parts of a page
_ARTICLE = 400  # letters of such a table
_DEEPEST = 200  # levels of elements; deeper ones are taken as text


def read(data: bytes, charset: str | None = None) -> Document:
    """Read a saved page."""
    declared = _CHARSET.search(data[:4000])
    text, guessed = decode(data, charset or (declared[1].decode("ascii") if declared else None))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        root = parser.document_fromstring(text, parser=parser.HTMLParser(huge_tree=False, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise ExtractError("the page cannot be read: it has no content") from None
    saved = _SAVED.search(text[:2000])
    about = _About(root)
    blocks = [block for block in _blocks(_main(root)) if block.text]
    kept = {block.text for block in blocks}
    outside = (block.text for block in _blocks(root, everything=True) if block.text not in kept)
    around = [*about.titles, *outside][:_AROUND_LINES]
    title, blocks = with_title(blocks, about.title)
    odd = tuple(block.text[:80] for block in blocks if is_odd(block.text))
    return Document(
        tuple(numbered(blocks)),
        title,
        about.url or (saved[1] if saved else None),
        about.site,
        about.published,
        odd,
        guessed,
        tuple(around),
    )


class _About:
    """What a page says of itself in its head."""

    def __init__(self, root: Any) -> None:
        self._meta: dict[str, str] = {}
        for element in root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            if name and element.get("content"):
                self._meta.setdefault(name.lower(), one_line(element.get("content")))
        self._linked = list(_linked_data(root))
        canonical = map(str, root.xpath("//link[@rel='canonical']/@href"))
        heading = [one_line(element.text_content()) for element in root.iter("h1")]
        titles = self.titles = [one_line(element.text_content()) for element in root.iter("title")]
        self.title = next(filter(None, (self._of("og:title"), *heading, *titles)), None)
        self.url = next((u for u in (*canonical, self._of("og:url")) if u and re.match(r"https?://\S+$", u)), None)
        site = self._of("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
        self.site = site or (titles[0].rpartition(" | ")[2] if titles and " | " in titles[0] else None)
        dates = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dcterms.created")
        found = _DAY.match(self._of(*dates) or "") or _DAY.match(self._in_linked("datePublished") or "")
        self.published = found[0] if found else self._timed(root)

    def _of(self, *names: str) -> str | None:
        return next((self._meta[name] for name in names if name in self._meta), None)

    def _in_linked(self, name: str) -> str | None:
        return next((item[name] for item in self._linked if isinstance(item.get(name), str)), None)

    def _timed(self, root: Any) -> str | None:
        times = [_DAY.match(element.get("datetime") or "") for element in root.iter("time")]
        return times[0][0] if len(times) == 1 and times[0] else None


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    for element in root.iter("script"):
        if element.get("type") == "application/ld+json":
            try:
                data = json.loads(element.text or "")
            except (ValueError, RecursionError):
                continue
            items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
            yield from (item for item in items if isinstance(item, dict))


def _main(root: Any) -> Any:
    """Return the element that holds the article: the one marked as such, if it has most of the text."""
    body = root.find("body") if root.find("body") is not None else root
    marked = body.xpath(".//main | .//article | .//*[@role='main']")
    if marked:
        best = max(marked, key=lambda element: len(element.text_content()))
        if len(best.text_content()) * 4 > len(body.text_content()) - _code(body):
            return best
    return body


def _code(body: Any) -> int:
    return sum(len(element.text_content()) for element in body.iter("script", "style"))


def _is_around(element: Any) -> bool:
    """Tell whether an element is a menu, a footer or something else around the article."""
    if element.tag in _DROPPED or element.get("role") in _ROLES:
        return True
    if element.tag == "button":  # one that unfolds a section has its heading
        return element.getparent().tag not in _HEADINGS and element.get("aria-controls") is None
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in ("body", "main", "article") and bool(_AROUND.search(named)) and not _is_long(element)


def _is_long(element: Any) -> bool:
    """Tell whether most of the page is inside: then its name says something else."""
    root = element.getroottree().getroot()
    return len(element.text_content()) * 2 > len(root.text_content())


def _blocks(element: Any, depth: int = 0, level: int = 0, everything: bool = False) -> Iterator[Block]:
    """Yield the blocks inside an element, in the order of reading; with `everything` menus and footers, too."""
    inline: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            inline.append(child.tail or "")  # a comment
            continue
        if child.tag in _CODE or (not everything and _is_around(child)):
            pass
        elif child.tag == "br":
            inline.append("\n")
        elif child.tag == "table" and not _is_layout(child):
            yield from _flush(inline, element, depth)
            yield from _table(child)
        elif (child.tag in _BLOCKS or _holds_blocks(child)) and level < _DEEPEST:
            yield from _flush(inline, element, depth)
            yield from _blocks(child, depth + (child.tag in ("ul", "ol")), level + 1, everything)
        else:
            inline.append(_inline(child))
        inline.append(child.tail or "")
    yield from _flush(inline, element, depth)


def _is_layout(table: Any) -> bool:
    """Tell whether a table only places the parts of a page: it holds tables, or paragraphs of an article."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(table.iter("td", "th"))
    parts = max((sum(1 for _ in cell.iterdescendants("p", "br", *_HEADINGS)) for cell in cells), default=0)
    filled = [cell for cell in cells if cell.text_content().strip()]
    return len(filled) <= _PLACES and parts > 1 and len(table.text_content()) > _ARTICLE


def _holds_blocks(element: Any) -> bool:
    return any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants())


def _inline(element: Any) -> str:
    return "".join(_with_breaks(element))


def _with_breaks(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from ("\n",) if child.tag == "br" else _with_breaks(child)
        yield child.tail or ""


def _flush(inline: list[str], element: Any, depth: int) -> Iterator[Block]:
    """Yield the text gathered so far as blocks, one a line, and start anew."""
    lines = [part for line in map(one_line, _lines("".join(inline))) if line for part in unfolded(line)]
    inline.clear()
    bold = len(element) == 1 and element[0].tag in ("strong", "b") and not (element[0].tail or "").strip()
    for line in lines:
        if element.tag in _HEADINGS or (bold and element.tag in ("p", "div") and len(line) < 100):
            yield Block(line, "heading")
        elif element.tag in ("li", "dd"):
            yield Block(line, "item", depth=depth)
        else:
            yield Block(BULLET.sub("", line), "item") if len(lines) > 1 else Block(line)


def _lines(text: str) -> list[str]:
    """Return the lines of inline text: only <br> breaks one, which stands here as a newline that was put in."""
    return text.split("\n")


def _table(table: Any) -> Iterator[Block]:
    """Yield the rows of a table; a cell that spans several rows stands in each of them."""
    spanning: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _carry(cells, spanning)
            text = "\n".join(line for line in map(one_line, _cell_lines(cell)) if line)
            span = _number(cell.get("rowspan"))
            if span > 1:
                spanning[len(cells)] = (span - 1, text)
            cells += [text] + [""] * min(_number(cell.get("colspan")) - 1, 20)
        _carry(cells, spanning)
        filled = [cell for cell in cells if cell]
        alone = len(list(row.iterchildren("td", "th"))) == 1
        if len(filled) == 1 and alone:
            yield Block(one_line(filled[0]), "heading" if len(cells) > 1 or cell_is_head(row) else "item")
        elif filled:
            yield Block(one_line(" | ".join(cells)), "row", cells=tuple(cells))


def cell_is_head(row: Any) -> bool:
    """Tell whether a row has head cells only."""
    return all(cell.tag == "th" for cell in row.iterchildren("td", "th"))


def _carry(cells: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    while len(cells) in spanning:
        rows, text = spanning.pop(len(cells))
        if rows > 1:
            spanning[len(cells)] = (rows - 1, text)
        cells.append(text)


def _number(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdecimal() else 1


def _cell_lines(cell: Any) -> list[str]:
    return [block.text for block in _blocks(cell)]
