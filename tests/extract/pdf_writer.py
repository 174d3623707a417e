"""A small PDF writer for tests: lines of text in any script, with the table that turns glyphs into letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SIZE = 11
_LEADING = 15
_TOP = 800


Line = tuple[float, str] | tuple[float, str, float]


def pdf(pages: Iterable[Sequence[Line]], with_text: bool = True) -> bytes:
    """Return a PDF file; a page is a sequence of lines with their indent in points, and an empty line is a gap.

    A line may say which line of the page it is, so that what is written first may stand lower.

    Without `with_text` the pages have a drawn box only, as a scan has a picture only.
    """
    drawn = list(pages)
    letters = {
        letter: number for number, letter in enumerate(sorted({c for p in drawn for line in p for c in line[1]}), 1)
    }
    contents = [_content(page, letters) if with_text else b"0 0 100 100 re f" for page in drawn]
    mapping = _mapping(letters)
    first = 6  # the number of the first page object
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [4 0 R] "
            b"/ToUnicode 5 0 R >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 500 "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        _stream(mapping),
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(_stream(content))
    return _file(objects)


def _content(page: Sequence[Line], letters: dict[str, int]) -> bytes:
    parts = ["BT", f"/F1 {_SIZE} Tf"]
    for number, (indent, text, *place) in enumerate(page):
        if text:
            shown = "".join(f"{letters[letter]:04X}" for letter in text)
            line = place[0] if place else number
            parts.append(f"1 0 0 1 {50 + indent} {_TOP - line * _LEADING} Tm <{shown}> Tj")
    return "\n".join([*parts, "ET"]).encode()


def _mapping(letters: dict[str, int]) -> bytes:
    pairs = [f"<{number:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, number in letters.items()]
    chunks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
