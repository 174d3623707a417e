"""What kind of file the bytes are, and the reader for it."""

from __future__ import annotations

import importlib
import re
from types import ModuleType

from knowledge.extract.document import MAX_LETTERS, Document
from knowledge.extract.draft import ExtractError

MAX_BYTES = 10_000_000  # a saved page with its pictures, or a long PDF
_BLOCKS = 5_000  # lines and paragraphs

_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Word document (.doc): save it as .docx",
    b"{\\rtf": "RTF: save it as .docx or text",
    b"\x89PNG": "a picture: what it shows has to be written out as text",
    b"\xff\xd8\xff": "a picture: what it shows has to be written out as text",
    b"GIF8": "a picture: what it shows has to be written out as text",
    b"\x1f\x8b": "compressed: unpack it first",
    b"7z\xbc\xaf": "compressed: unpack it first",
    b"Rar!": "compressed: unpack it first",
}
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|ul|ol|li|table|h[1-6])\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)


def read(data: bytes, filename: str | None = None, content_type: str | None = None) -> Document:
    """Return what a file says; raise ExtractError if it is empty, too large, damaged, locked or of another kind."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ExtractError("the file is empty")
    if len(data) > MAX_BYTES:
        raise ExtractError(f"the file is too large: at most {MAX_BYTES // 1_000_000} MB are read")
    charset = _CHARSET.search(content_type or "")
    document = _read(data, filename or "", content_type or "", charset[1] if charset else None)
    if len(document.text) > MAX_LETTERS:
        raise ExtractError(f"the text has {len(document.text):,} characters, too many for an announcement")
    if len(document.blocks) > _BLOCKS:
        raise ExtractError(f"the text has {len(document.blocks):,} lines, too many for an announcement")
    if not document.text.strip():
        raise ExtractError("there is no text in the file; a scan has to be turned into text first")
    return document


def _read(data: bytes, filename: str, content_type: str, charset: str | None) -> Document:
    if data[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        found: Document = _reader("pdf", "pypdf").read(data)
    elif data.startswith(b"PK\x03\x04"):
        found = _reader("word", "docx").read(data)
    elif other := next((text for start, text in _OTHERS.items() if data.startswith(start)), None):
        raise ExtractError(f"the file is {other}")
    elif "html" in content_type or filename.lower().endswith((".html", ".htm", ".xhtml")) or _TAG.search(data[:20_000]):
        found = _reader("html", "lxml").read(data, charset)
    else:
        found = importlib.import_module("knowledge.extract.plain").read(data, charset)
    return found


def _reader(name: str, library: str) -> ModuleType:
    """Return the module that reads a format; its library is an extra, which may be missing."""
    try:
        importlib.import_module(library)
    except ImportError:
        raise ExtractError(f"reading this kind of file needs {library}: pip install -e '.[extract]'") from None
    return importlib.import_module(f"knowledge.extract.{name}")
