"""Where a place is said to lie, and names that are only a part of another."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.location import beside_a_name, is_written_on, location_of


@pytest.mark.parametrize(
    ("text", "place", "within"),
    [
        ("is hat yai in phayao", "hat-yai", "phayao"),
        ("is nam-gu in ulsan a member", "nam-gu-busan", "ulsan-kr"),
        ("is hat yai a district of bangkok", "hat-yai", "bangkok"),
        ("หาดใหญ่อยู่ในพะเยาใช่ไหม", "hat-yai", "phayao"),
        ("is kazan in asia", "kazan", "asia-pacific"),
    ],
)
def test_a_place_is_said_to_lie_in_another(engine: Engine, text: str, place: str, within: str) -> None:
    location = location_of(engine.read(text)[0])
    assert location is not None
    assert (location.place.entities[0].ref, location.within.entities[0].ref) == (place, within)


@pytest.mark.parametrize(
    "text", ["is hat yai in the network", "hat yai and phayao", "phayao in 2022", "cities in asia"]
)
def test_a_place_is_not_said_to_lie_anywhere(engine: Engine, text: str) -> None:
    assert location_of(engine.read(text)[0]) is None


@pytest.mark.parametrize("text", ["is novo hamburgo a member", "บ้านตากเป็นสมาชิกไหม", "ตากฟ้าเป็นสมาชิกไหม"])
def test_a_name_is_a_part_of_another(engine: Engine, text: str) -> None:
    assert is_written_on(engine.read(text)[0]) or engine.read(text)[1].slots.filters.places != ("tak",)


@pytest.mark.parametrize("text", ["is phayao a member", "พะเยาเป็นสมาชิกไหม", "new cities of thailand", "hat yai city"])
def test_a_name_stands_alone(engine: Engine, text: str) -> None:
    utterance, _ = engine.read(text)
    assert not is_written_on(utterance)
    assert beside_a_name(utterance) == []


@pytest.mark.parametrize("text", ["is tak zo a member", "is suzhou in zhangpu a member"])
def test_what_a_name_is_taken_for_is_told(engine: Engine, text: str) -> None:
    assert any("I took the name for" in note for note in engine.answer(text).reply.notes)
