"""An announcement, as text, HTML, PDF or DOCX, into a draft record for a person to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.extract.draft import Doubt, Draft, ExtractError, Member, Number
from knowledge.extract.formats import MAX_BYTES

if TYPE_CHECKING:
    from knowledge.reading import Records

__all__ = ["MAX_BYTES", "Doubt", "Draft", "ExtractError", "Member", "Number", "extract"]


def extract(
    data: bytes, filename: str | None = None, content_type: str | None = None, known: Records | None = None
) -> Draft:
    """Read an announcement and return a draft record of it; nothing is written anywhere.

    `filename` and `content_type` are hints only: what `data` is, its first bytes say. `known` are the records to link
    names with; without them, the packaged ones. Raises ExtractError with one line if `data` is no announcement of new
    members of the network, or cannot be read; RecordError if the packaged records are at fault. Takes bounded time
    and memory, and may be called from any thread.
    """
    # Imported here: the bot does without them until a maintainer sends something.
    from knowledge.extract.drafting import drafted
    from knowledge.extract.formats import read
    from knowledge.reading import load

    document = read(data, filename, content_type)
    return drafted(document, known if known is not None else load())
