"""An SVG that is written piece by piece, and its PNG.

SVG is drawn by resvg, which shapes Thai by itself; Pillow does so only where the system has FriBiDi.
Lengths are units of the picture, with the origin at its top left; a unit becomes `SCALE` pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from bot.pictures import raster
from bot.pictures.lettering import FAMILY, font_files, settable

SCALE = 1.6
Point = tuple[float, float]


class Canvas:
    """A picture of `width` by `height` units."""

    def __init__(self, width: float, height: float, paper: str) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []
        self.box(0, 0, width, height, paper)

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, round_by: float = 0) -> None:
        """Fill a rectangle."""
        self._add("rect", x=x, y=y, width=width, height=height, rx=round_by, fill=fill)

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw the edges of a rectangle."""
        self._add("rect", x=x, y=y, width=width, height=height, fill="none", stroke=colour, stroke_width=1.5, rx=4)

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str, edge_width: float = 1.5) -> None:
        """Fill a circle."""
        self._add("circle", cx=x, cy=y, r=radius, fill=fill, stroke=edge, stroke_width=edge_width)

    def area(self, rings: Iterable[Sequence[Point]], fill: str) -> None:
        """Fill what lies in an odd number of rings; neighbours filled at once have no seam between them."""
        if path := "".join(_path(ring) + "Z" for ring in rings):
            self._add("path", d=path, fill=fill, fill_rule="evenodd")

    def lines(self, lines: Iterable[Sequence[Point]], colour: str, width: float) -> None:
        """Draw lines."""
        if path := "".join(map(_path, lines)):
            self._add("path", d=path, fill="none", stroke=colour, stroke_width=width, stroke_linejoin="round")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        fill: str,
        *,
        bold: bool = False,
        anchor: str = "start",
        halo: str | None = None,
    ) -> None:
        """Write `text` with its baseline at `y`; `anchor` is start, middle or end."""
        around = {"stroke": halo, "stroke_width": size / 5, "stroke_linejoin": "round", "paint_order": "stroke"}
        self._add(
            "text",
            escape(settable(text)),
            x=x,
            y=y,
            font_size=size,
            font_weight=700 if bold else 500,
            fill=fill,
            text_anchor=anchor,
            **(around if halo else {}),
        )

    def put(self, x: float, y: float, inner: Canvas) -> None:
        """Put another canvas at `x`, `y`; what lies outside of it is cut off."""
        self._add("svg", "".join(inner._parts), x=x, y=y, width=inner.width, height=inner.height)

    def svg(self) -> str:
        """Return the picture as SVG."""
        size: dict[str, object] = {"width": self.width, "height": self.height}
        root = {"xmlns": "http://www.w3.org/2000/svg", "font_family": FAMILY}
        return _element("svg", "".join(self._parts), root | size)

    def png(self) -> bytes:
        """Return the picture as PNG."""
        return raster.png(self.svg(), font_files(), SCALE)

    def _add(self, name: str, content: str = "", **attributes: object) -> None:
        self._parts.append(_element(name, content, attributes))


def _element(name: str, content: str, attributes: dict[str, object]) -> str:
    pairs = (
        f'{key.replace("_", "-")}="{f"{value:.1f}" if isinstance(value, float) else value}"'
        for key, value in attributes.items()
    )
    return f"<{name} {' '.join(pairs)}>{content}</{name}>"


def _path(points: Sequence[Point]) -> str:
    (x, y), rest = points[0], points[1:]
    return f"M{x:.1f} {y:.1f}L" + " ".join(f"{px:.1f} {py:.1f}" for px, py in rest)
