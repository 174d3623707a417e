"""SVG to PNG, in a process of its own.

resvg holds Python's lock for as long as it draws, most of a second: within the bot, everybody else would wait for it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from threading import BoundedSemaphore

_AT_ONCE = BoundedSemaphore(2)  # pictures drawn at the same time; others wait their turn
_PATIENCE = 60  # seconds


class DrawingError(Exception):
    """A picture could not be drawn; the text says why."""


def png(svg: str, fonts: Sequence[str], zoom: float) -> bytes:
    """Return `svg` as PNG, `zoom` times its size, its texts set in `fonts`; raise DrawingError where that fails."""
    command = [sys.executable, "-I", __file__, str(zoom), *fonts]
    with _AT_ONCE:
        try:
            done = subprocess.run(command, input=svg.encode(), capture_output=True, timeout=_PATIENCE, check=True)
        except subprocess.CalledProcessError as error:
            raise DrawingError(error.stderr.decode("utf-8", "replace").strip()) from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DrawingError(str(error)) from None
    return done.stdout


def main(zoom: str, *fonts: str) -> None:
    """Read SVG from standard input, write PNG to standard output."""
    import resvg_py  # only here, in the process that draws

    drawn = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(), skip_system_fonts=True, font_files=list(fonts), zoom=float(zoom)
    )
    sys.stdout.buffer.write(bytes(drawn))


if __name__ == "__main__":
    main(*sys.argv[1:])
