"""Which part of the globe is shown, and where places lie on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.projection import View, fitted

BANGKOK, SUVA, APIA, LIMA, LISBON, WELLINGTON = (
    (100.5, 13.8), (178.4, -18.1), (-171.8, -13.8), (-77.0, -12.0), (-9.1, 38.7), (174.8, -41.3),
)  # fmt: skip
PLACES = st.lists(st.tuples(st.floats(-180, 180), st.floats(-75, 75)), min_size=1, max_size=30)


def view(*places: tuple[float, float]) -> View:
    """Return a view of places."""
    return fitted(places, 800, 400, 960)


@given(PLACES)
def test_every_place_lies_in_the_picture(places: list[tuple[float, float]]) -> None:
    seen = view(*places)
    assert 400 <= seen.height <= 960
    for place in places:
        x, y = seen.point(*place)
        assert -1e-6 <= x <= seen.width + 1e-6
        assert -1e-6 <= y <= seen.height + 1e-6


@given(PLACES)
def test_the_degrees_shown_hold_every_place(places: list[tuple[float, float]]) -> None:
    seen = view(*places)
    for longitude, latitude in places:
        assert seen.south <= latitude <= seen.north
        assert seen.west <= (longitude - seen.middle + 180) % 360 - 180 <= seen.east


def test_neighbours_across_the_date_line_are_neighbours() -> None:
    seen = view(SUVA, APIA)
    assert seen.east - seen.west < 40
    assert seen.point(*SUVA)[0] < seen.point(*APIA)[0]


def test_the_pacific_is_not_cut_between_its_shores() -> None:
    seen = view(WELLINGTON, LIMA)
    assert seen.point(*WELLINGTON)[0] < seen.point(*APIA)[0] < seen.point(*LIMA)[0]


def test_the_atlantic_is_not_cut_between_its_shores() -> None:
    seen = view(LISBON, LIMA)
    assert seen.point(*LIMA)[0] < seen.point(*LISBON)[0]


def test_a_single_city_is_shown_with_its_surroundings() -> None:
    seen = view(BANGKOK)
    assert seen.north - seen.south > 10
    assert seen.point(*BANGKOK) == pytest.approx((seen.width / 2, seen.height / 2))


def test_cities_at_one_place_are_no_fault() -> None:
    assert view(BANGKOK, BANGKOK).north > BANGKOK[1]


def test_north_is_up_and_east_is_right() -> None:
    seen = view(BANGKOK, LISBON)
    assert seen.point(100.5, 14.8)[1] < seen.point(*BANGKOK)[1]
    assert seen.point(101.5, 13.8)[0] > seen.point(*BANGKOK)[0]
