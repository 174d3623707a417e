"""Names on a map: none over another, each by its dot."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Engine
from bot.language import LANGUAGES, Language
from bot.pictures import page
from bot.pictures.citymap import plan
from bot.pictures.labels import Box, Dot, Label, Shelf, placed
from bot.pictures.panel import Panel
from bot.pictures.sketch import CityMap
from tests.pictures.conftest import pin

FRAME = Box(0, 0, 800, 500)
DOTS = st.lists(
    st.builds(Dot, st.floats(0, 800), st.floats(0, 500), st.floats(20, 200), st.floats(5, 20), st.floats(2, 15)),
    max_size=60,
)
MAPS = ["2022", "2024", "2025", "Thailand", "Korea", "China", "Mexico", "Africa", "Europe", "Arab States", "Asia",
        "Latin America", "Türkiye", "Hat Yai"]  # fmt: skip


def overlapping(labels: list[Label | None]) -> list[tuple[Box, Box]]:
    """Return the names that lie over one another."""
    boxes = [label.box for label in labels if label]
    return [(a, b) for a, b in combinations(boxes, 2) if a.meets(b)]


@settings(deadline=None)
@given(DOTS)
def test_names_keep_clear_of_names_dots_and_frame(dots: list[Dot]) -> None:
    labels = placed(dots, FRAME, 6, Shelf(), reach=90)
    assert overlapping(labels) == []
    for i, label in enumerate(labels):
        if label:
            assert FRAME.holds(label.box)
            others = [dot for j, dot in enumerate(dots) if j != i]
            assert not any(label.box.meets(Box(d.x - 6, d.y - 6, d.x + 6, d.y + 6)) for d in others)


@settings(deadline=None)
@given(DOTS)
def test_no_line_goes_through_a_name(dots: list[Dot]) -> None:
    labels = placed(dots, FRAME, 6, Shelf(), reach=90)
    for dot, label in zip(dots, labels, strict=True):
        if label and label.joint:
            boxes = [other.box for other in labels if other and other is not label]
            assert not any(box.crossed((dot.x, dot.y), label.joint) for box in boxes)


def test_a_lone_city_has_its_name_beside_it() -> None:
    (label,) = placed([Dot(400, 250, 100, 12, 8)], FRAME, 6, Shelf())
    assert label
    assert label.joint is None
    assert 406 < label.box.left < 410


def test_two_cities_at_one_place_both_have_names() -> None:
    dot = Dot(400, 250, 100, 12, 8)
    assert None not in placed([dot, dot], FRAME, 6, Shelf())


def test_a_name_wider_than_the_map_is_left_out() -> None:
    assert placed([Dot(400, 250, 900, 12, 8)], FRAME, 6, Shelf(), reach=90) == [None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", MAPS)
def test_maps_name_every_city_or_count_it(engine: Engine, asked: str, language: Language) -> None:
    sketch = engine.map_of(asked, None, language).sketch
    assert isinstance(sketch, CityMap)
    panels = plan(sketch.pins)
    named = {one for panel in panels for one, label in zip(panel.pins, panel.labels, strict=True) if label}
    nameless = {one for panel in panels for one in panel.nameless}
    assert named | nameless == set(sketch.pins)
    assert len(nameless) <= len(sketch.pins) / 8
    for panel in panels:
        assert overlapping(panel.labels) == []
        assert all(near(panel, i) for i in range(len(panel.pins)))


def near(panel: Panel, i: int) -> bool:
    """Tell whether a dot is in the map where its city lies, and its name by it or at the end of a line."""
    dot, label = panel.dots[i], panel.labels[i]
    assert (dot.x, dot.y) == panel.view.point(*panel.pins[i].place)
    assert 0 <= dot.x <= panel.view.width
    assert 0 <= dot.y <= panel.view.height
    return label is None or label.joint is not None or label.box.meets(Box(dot.x, dot.y, dot.x, dot.y), 12)


def test_the_whole_network_is_shown_without_names(engine: Engine) -> None:
    sketch = engine.map_of("", None, "en").sketch
    assert isinstance(sketch, CityMap)
    (panel,) = plan(sketch.pins)
    assert len(panel.dots) == len(sketch.pins) > 200
    assert not any(panel.labels)


def test_closer_views_show_different_cities(engine: Engine) -> None:
    sketch = engine.map_of("2022", None, "en").sketch
    assert isinstance(sketch, CityMap)
    main, *closer = plan(sketch.pins)
    assert closer
    assert main.view.width == page.WIDTH
    shown = [one for panel in closer for one in panel.pins]
    assert len(shown) == len(set(shown))
    assert set(main.pins) == set(sketch.pins)


def test_a_crowd_across_the_date_line_is_shown_together() -> None:
    pins = [pin(f"city {i}", (179.5 + i / 10 + 180) % 360 - 180, -17 + i % 3 / 10, "FJ") for i in range(12)]
    (panel,) = plan(pins)
    assert panel.view.east - panel.view.west < 20
