"""Several replies to one message, said as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.replies.reply import Group, Reply


def joined(replies: Sequence[Reply]) -> Reply:
    """Return `replies`, at least one, as one reply; what was not understood is left out if something was."""
    told = [r for r in replies if r.outcome in ("answered", "unknown")] or list(replies[:1])
    whole = told[0]
    for reply in told[1:]:
        whole = _with(whole, reply)
    outcome = "answered" if any(r.outcome == "answered" for r in told) else whole.outcome
    return replace(whole, outcome=outcome, query=whole.query if len(told) == 1 else None)


def _with(first: Reply, second: Reply) -> Reply:
    groups, notes = first.groups, (*first.notes, second.lead, *second.notes)
    if second.groups:
        head, *rest = second.groups
        heading = head.heading if second.lead == first.lead else f"{second.lead} {head.heading}".strip()
        between = [Group(note, ()) for note in first.notes if note not in second.notes]  # said of the first alone
        groups = (*groups, *between, Group(heading, head.lines), *rest)
        notes = second.notes
    notes = tuple(note for note in dict.fromkeys(notes) if note != first.lead)
    known = {citation.source.id for citation in first.citations}
    citations = (*first.citations, *(c for c in second.citations if c.source.id not in known))
    cities = tuple(dict.fromkeys((*first.cities, *second.cities)))
    return replace(first, groups=groups, notes=notes, citations=citations, cities=cities)
