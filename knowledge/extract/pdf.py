"""A PDF file: its lines with the gaps between them, then as plain text."""

from __future__ import annotations

import io
import logging
import re
import time

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from knowledge.extract.document import MAX_LETTERS, Document, numbered, one_line, with_title
from knowledge.extract.draft import ExtractError
from knowledge.extract.plain import in_blocks

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
    if not any(page.strip() for page in pages):
        raise ExtractError("there is no text in the PDF; a scan has to be turned into text first")
    blocks = list(in_blocks("\n\n".join(pages)))
    title, blocks = with_title(blocks, None)
    return Document(tuple(numbered(blocks)), title)


def _pages(reader: PdfReader) -> list[str]:
    pages: list[str] = []
    until = time.monotonic() + _SECONDS
    for page in reader.pages:
        pages.append(_mended(page.extract_text(extraction_mode="layout"), page.extract_text()))
        if time.monotonic() > until or sum(map(len, pages)) > MAX_LETTERS:
            raise ExtractError("the PDF takes too long to read: print only the announcement into a new one")
    return pages


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
