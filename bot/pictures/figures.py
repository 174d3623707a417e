"""The network in figures, as the fact base counts it: what sources declare, and how much of it is held by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.pictures.captions import fitting
from bot.pictures.sketch import Bar, Chart, Statistics
from bot.replies.reply import Group, Reply
from bot.replies.wording import Wording
from knowledge.answer import Row
from knowledge.model import Query
from knowledge.queries import Facts

TABLE = Query("table", subject="years")
RANKING = Query("rank", subject="countries")
_TOP = 10  # countries; all with one number stand or fall together
_MOST = 14


def statistics(facts: Facts, reply: Reply, wording: Wording, credit: str) -> tuple[Statistics, Reply]:
    """Return the network in figures with its caption, made of the `reply` that tells how large the network is."""
    years = sorted(facts.answer(TABLE).rows, key=lambda row: int(row.id))
    ranked = facts.answer(RANKING).rows
    top = _top(ranked)
    charts = (
        Chart(wording.say("pictures.by_year"), tuple(_bar(row, wording.year(int(row.id)), wording) for row in years)),
        Chart(
            wording.say("pictures.by_country"),
            tuple(_bar(row, wording.name("country", row.id), wording) for row in top),
            _rest(ranked, len(top), wording),
        ),
    )
    sketch = Statistics(
        heading=wording.say("pictures.heading"),
        title=wording.say("pictures.figures"),
        subtitle=reply.lead,
        charts=charts,
        key=(wording.say("pictures.key_held"), wording.say("pictures.key_declared")),
        credits=(credit, wording.say("pictures.at_least_note")),
    )
    groups = tuple(Group(chart.heading, tuple(_line(bar, wording) for bar in chart.bars)) for chart in charts)
    limits = (*([charts[1].more] if charts[1].more else []), wording.say("pictures.at_least_note"))
    return sketch, fitting(replace(reply, groups=groups), limits, "")


def _top(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the first rows, none of them without the others that have the same number."""
    end = _TOP
    while end < len(rows) and rows[end].number == rows[end - 1].number:
        end += 1
    if end <= _MOST:
        return rows[:end]
    tied = rows[_TOP - 1].number
    return [row for row in rows if row.number > tied]


def _rest(rows: Sequence[Row], shown: int, wording: Wording) -> str:
    if shown == len(rows):
        return ""
    count = wording.count("country", len(rows) - shown)
    most = wording.count("city", rows[shown].number)
    return wording.spaced(wording.say("pictures.other_countries", countries=count, most=most))


def _bar(row: Row, name: str, wording: Wording) -> Bar:
    held = len({m.place.id for m in row.members})
    figure = str(row.number) if row.exact else wording.say("pictures.at_least", number=row.number)
    if row.number > held:
        figure = wording.say("pictures.of_which", number=figure, held=held)
    return Bar(name, held, row.number, figure)


def _line(bar: Bar, wording: Wording) -> str:
    return wording.say("rank.line", name=bar.name, number=bar.figure)
