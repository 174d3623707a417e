"""A PDF file: its lines with the gaps between them, then as plain text."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from knowledge.extract.columns import Piece, parts
from knowledge.extract.document import MAX_LETTERS, Block, Document, numbered, one_line
from knowledge.extract.draft import ExtractError
from knowledge.extract.gutters import flowing
from knowledge.extract.margins import without_margins
from knowledge.extract.plain import in_blocks, titled

Page = tuple[str, list[Piece]]
Matrix = list[float]

_BLANKS = re.compile(r"\s+")
_PAGES = 60
_SECONDS = 30.0
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said in one line, by us


def read(data: bytes) -> Document:
    """Read a PDF file."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractError("the PDF is locked with a password")
        if len(reader.pages) > _PAGES:
            raise ExtractError(f"the PDF has {len(reader.pages)} pages; at most {_PAGES} are read")
        pages = _pages(reader)
    except DependencyError:
        raise ExtractError("the PDF is locked: save it without encryption") from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OverflowError,
    ) as error:
        raise ExtractError(f"the PDF is damaged: {one_line(str(error))[:80] or type(error).__name__}") from None
    if not any(laid_out.strip() for laid_out, _ in pages):
        raise ExtractError("there is no text in the PDF; a scan has to be turned into text first")
    about, texts = without_margins([laid_out for laid_out, _ in pages])
    pages = [(text, pieces) for text, (_, pieces) in zip(texts, pages, strict=True)]
    blocks = list(_blocks(pages))
    title, blocks = titled(blocks, about.title)
    return Document(tuple(numbered(blocks)), title, about.url)


def _pages(reader: PdfReader) -> list[Page]:
    """Return each page laid out with its gaps, and in the pieces in which it was written."""
    pages: list[Page] = []
    until = time.monotonic() + _SECONDS
    for page in reader.pages:
        pieces: list[Piece] = []

        def take(text: str, cm: Matrix, tm: Matrix, *_: object, into: list[Piece] = pieces) -> None:
            x, y = tm[4], tm[5]
            into.append(Piece(x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5], text))

        plain = page.extract_text(visitor_text=take)
        pages.append((_mended(page.extract_text(extraction_mode="layout"), plain), pieces))
        if time.monotonic() > until or sum(len(laid_out) for laid_out, _ in pages) > MAX_LETTERS:
            raise ExtractError("the PDF takes too long to read: print only the announcement into a new one")
    return pages


def _blocks(pages: list[Page]) -> Iterator[Block]:
    """Yield the blocks of all pages; text goes on over the end of a page, and so do tables."""
    text: list[str] = []
    for laid_out, pieces in pages:
        text += ["\f"] if text else []
        flowed = flowing(laid_out)
        for part in parts(laid_out, pieces) if flowed == laid_out else (flowed,):
            if isinstance(part, str):
                text.append(part)
                continue
            yield from in_blocks("\n\n".join(text))
            text = []
            cleaned = (tuple(one_line(cell) for cell in row) for row in part)
            yield from (Block(" | ".join(row), "row", cells=row) for row in cleaned)
    yield from in_blocks("\n\n".join(text))


def _mended(laid_out: str, running: str) -> str:
    """Return a page with its gaps, less those that the layout puts inside words, as before marks of Thai letters."""
    plain = {_BLANKS.sub("", line): line.strip() for line in running.splitlines()}
    return "\n".join(_without_false_gaps(line, plain.get(_BLANKS.sub("", line))) for line in laid_out.splitlines())


def _without_false_gaps(line: str, plain: str | None) -> str:
    if plain is None or _gaps(line.strip()) <= _gaps(plain):
        return line
    return line[: len(line) - len(line.lstrip())] + plain


def _gaps(text: str) -> set[int]:
    """Return behind how many letters each gap stands."""
    return {len(_BLANKS.sub("", text[: match.start()])) for match in _BLANKS.finditer(text)}
