"""A Word document: paragraphs, list items and table rows in the order of the text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.extract.document import Block, Document, is_odd, numbered, one_line
from knowledge.extract.draft import ExtractError
from knowledge.extract.plain import BULLET, own_address, titled, unfolded

_LARGEST = 50_000_000  # bytes, unpacked
_TITLE = re.compile(r"title|heading", re.IGNORECASE)
_LIST = re.compile(r"list", re.IGNORECASE)


def read(data: bytes) -> Document:
    """Read a DOCX file."""
    _look(data)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = [block for block in _blocks(document.element.body, document) if block.text]
    except Exception as error:  # the library raises whatever its own parts do
        raise ExtractError(
            f"the Word document is damaged: {one_line(str(error))[:80] or type(error).__name__}"
        ) from None
    odd = tuple(block.text[:80] for block in blocks if is_odd(block.text))
    url = own_address("\n".join(block.text for block in blocks))
    title, blocks = titled(blocks, None)
    return Document(tuple(numbered(blocks)), title, url, odd=odd)


def _look(data: bytes) -> None:
    """Refuse what is no Word document, is locked, or unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise ExtractError("the Word document is damaged: it cannot be unpacked") from None
    if sum(file.file_size for file in files) > _LARGEST:
        raise ExtractError(f"the Word document unpacks to more than {_LARGEST // 1_000_000} MB")
    if any(file.flag_bits & 1 for file in files):
        raise ExtractError("the Word document is locked with a password")
    if not any(file.filename == "[Content_Types].xml" for file in files):
        raise ExtractError("the file is compressed: unpack it first")
    if not any(file.filename.startswith("word/") for file in files):
        raise ExtractError("the file is an Office file, but no Word document")


def _blocks(element: Any, document: Any) -> Iterator[Block]:
    """Yield the blocks of a body, those in content controls among them."""
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            yield from _paragraph(child, document)
        elif child.tag == qn("w:tbl"):
            yield from _rows(Table(child, document))
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _blocks(child, document)


def _paragraph(element: Any, document: Any) -> Iterator[Block]:
    paragraph = Paragraph(element, document)
    style = paragraph.style.name or "" if paragraph.style is not None else ""
    listed = bool(element.xpath("./w:pPr/w:numPr")) or bool(_LIST.match(style))
    heading = bool(_TITLE.match(style)) or (
        bool(paragraph.runs)
        and all(run.bold for run in paragraph.runs if run.text.strip())
        and len(paragraph.text) < 100
    )
    levels = element.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
    lines = [part for line in _text(element).split("\n") if line.strip() for part in unfolded(line)]
    for line in lines:
        bullet = BULLET.match(line)
        text = one_line(line[bullet.end() :] if bullet else line)
        if heading and not listed:
            yield Block(text, "heading")
        elif listed or bullet or len(lines) > 1:
            yield Block(text, "item", depth=int(levels[0]) if levels else 0)
        else:
            yield Block(text)


def _text(element: Any) -> str:
    """Return the text of a paragraph, with what is in fields, links and content controls, without what was deleted."""
    parts = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.getparent().tag != qn("w:tabs"):
            parts.append("\t" if node.tag == qn("w:tab") else "\n")
    return "".join(parts)


def _rows(table: Table) -> Iterator[Block]:
    for row in table.rows:
        cells = ["\n".join(one_line(line) for line in _cell(cell._tc).split("\n")) for cell in _once(row.cells)]
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) == len(cells) == 1:
            yield Block(one_line(filled[0]), "heading")
        elif filled:
            yield Block(one_line(" | ".join(cells)), "row", cells=tuple(cells))


def _once(cells: Any) -> Iterator[Any]:
    """Yield the cells of a row; one that spans several columns is given for each of them."""
    before = None
    for cell in cells:
        if before is None or cell._tc is not before:
            yield cell
        before = cell._tc


def _cell(element: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in element.iter(qn("w:p")))
