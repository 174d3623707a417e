"""PNG to rows of pixels, as far as the pictures need it: eight bits a channel, not interlaced."""

from __future__ import annotations

import struct
import zlib


def size(png: bytes) -> tuple[int, int]:
    """Return width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def dark_rows(png: bytes, below: int = 128) -> list[int]:
    """Return how many dark pixels each row has."""
    return [sum(pixel < below for pixel in row[:: _channels(png)]) for row in rows(png)]


def rows(png: bytes) -> list[bytes]:
    """Return the rows, their channels one after the other."""
    wide = size(png)[0] * _channels(png)
    raw, found, above = zlib.decompress(_data(png)), [], bytes(wide)
    for start in range(0, len(raw), wide + 1):
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + wide], above, _channels(png))
        found.append(above)
    return found


def _channels(png: bytes) -> int:
    assert png[24] == 8
    assert png[28] == 0
    return {0: 1, 2: 3, 6: 4}[png[25]]


def _data(png: bytes) -> bytes:
    at, found = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            found += png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _unfiltered(kind: int, row: bytes, above: bytes, step: int) -> bytes:
    found = bytearray(row)
    for i in range(len(found)):
        left = found[i - step] if i >= step else 0
        corner = above[i - step] if i >= step else 0
        guess = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[kind]
        found[i] = (found[i] + guess) & 255
    return bytes(found)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
