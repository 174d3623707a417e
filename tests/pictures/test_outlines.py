"""Coasts and borders: whole, in place, and without a stray line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

import pytest

from bot.pictures import outlines
from bot.pictures.outlines import Level, Line
from bot.pictures.projection import View, fitted
from knowledge.store import FactBase
from knowledge.store import open as open_facts

VIEWS = {
    "world": [(-120.0, 50.0), (-70.0, -50.0), (150.0, -40.0), (30.0, 60.0)],
    "pacific": [(174.8, -41.3), (-77.0, -12.0), (-113.0, 53.0)],
    "date line": [(178.4, -18.1), (-179.9, -16.8)],
    "bering strait": [(177.5, 64.7), (-165.4, 64.5)],
    "asia from the pacific": [(100.0, 10.0), (-100.0, 10.0), (-50.0, -10.0)],
    "thailand": [(98.0, 6.0), (105.0, 20.0)],
}
LONGEST = 0.35  # of the picture's width; the border of Canada and the United States is the longest straight one
IN_THE_SEA = 0.15  # degrees that a harbour may lie off a coast that has been simplified


@pytest.fixture(params=VIEWS)
def view(request: pytest.FixtureRequest) -> View:
    return fitted(VIEWS[request.param], 800, 400, 960)


def test_no_line_crosses_the_picture(view: View) -> None:
    world = outlines.of_view(view)
    for line in outlines.strokes([*world.coasts, *world.borders], view):
        for a, b in pairwise(line):
            assert abs(a[0] - b[0]) < LONGEST * view.width or not inside(view, a, b)


def test_no_line_runs_along_the_date_line() -> None:
    seen = fitted(VIEWS["date line"], 800, 400, 960)
    cut = seen.at((180 - seen.middle + 180) % 360 - 180, 0)[0]
    for line in outlines.strokes(outlines.of_view(seen).coasts, seen):
        for a, b in pairwise(line):
            assert not (abs(a[0] - cut) < 0.5 and abs(b[0] - cut) < 0.5 and abs(a[1] - b[1]) > 3)


def test_areas_stay_near_the_picture(view: View) -> None:
    wide = view.width + 200
    for rings in outlines.of_view(view).rings.values():
        for ring in outlines.areas(rings, view):
            assert all(-wide < x < 2 * wide and -3 * wide < y < 4 * wide for x, y in ring)


@pytest.mark.parametrize("level", get_args(Level))
def test_lines_go_on_past_the_date_line(level: Level) -> None:
    world = outlines.load(level)
    for line in [*world.coasts, *world.borders, *(ring for rings in world.rings.values() for ring in rings)]:
        assert all(abs(a[0] - b[0]) < 90 for a, b in pairwise(line.places))


@pytest.mark.parametrize("level", get_args(Level))
def test_rings_are_closed(level: Level) -> None:
    for rings in outlines.load(level).rings.values():
        for ring in rings:
            (x, y), (to_x, to_y) = ring.places[0], ring.places[-1]
            assert ((x - to_x) % 360, y) == (pytest.approx(0, abs=1e-6), pytest.approx(to_y))


@pytest.fixture(scope="module")
def facts(facts_path) -> FactBase:  # type: ignore[no-untyped-def]
    return open_facts(facts_path)


def test_every_city_lies_in_its_country(facts: FactBase) -> None:
    rings = outlines.load("near").rings
    rows = facts.rows("SELECT name, country, longitude, latitude FROM place WHERE member AND latitude IS NOT NULL")
    astray = [
        name
        for name, country, x, y in rows
        if not any(holds(ring, x, y) for ring in rings[country]) and not by(rings[country], x, y)
    ]
    assert astray == []


def test_crimea_is_drawn_with_ukraine() -> None:
    for level in get_args(Level):
        rings = outlines.load(level).rings
        assert any(holds(ring, 34.1, 45.2) for ring in rings["UA"])
        assert not any(holds(ring, 34.1, 45.2) for ring in rings["RU"])


def inside(view: View, *points: tuple[float, float]) -> bool:
    """Tell whether all points are in the picture."""
    return all(0 <= x <= view.width and 0 <= y <= view.height for x, y in points)


def holds(ring: Line, x: float, y: float) -> bool:
    """Tell whether a place lies in a ring."""
    crossings = [
        (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring.places) if (y1 > y) != (y2 > y)
    ]
    return sum(crossing > x for crossing in crossings) % 2 == 1


def by(rings: Sequence[Line], x: float, y: float) -> bool:
    """Tell whether a place lies by the coast of rings."""
    return any(abs(px - x) < IN_THE_SEA and abs(py - y) < IN_THE_SEA for ring in rings for px, py in ring.places)
