"""Maps as the engine gives them out: what is on them, what their captions say."""

from __future__ import annotations

import asyncio
from itertools import product

import pytest

from bot.conversation import Engine
from bot.language import LANGUAGES, Language, load
from bot.pictures.captions import LIMIT, caption_length, fitting
from bot.pictures.citymap import ramp
from bot.pictures.sketch import CityMap
from bot.replies.reply import Reply
from bot.replies.telegram_html import render
from knowledge import store
from tests.pictures.conftest import city_map, pin
from tests.pictures.png import size

ASKED = ["", "2022", "2024", "2025", "since 2019", "Thailand", "Korea", "China", "Africa", "Europe", "Arab States",
         "Latin America", "Asia", "ASEAN", "Hat Yai", "Thailand except Bangkok", "cities starting with K",
         "Korea and Thailand", "แอฟริกาปี 65", "เมืองไทย", "หาดใหญ่กับภูเก็ต"]  # fmt: skip
LARGEST = 900_000  # bytes; Telegram takes photos of up to ten million


def sketch_of(engine: Engine, asked: str, language: Language = "en") -> CityMap:
    """Return the map of what is asked."""
    sketch = engine.map_of(asked, None, language).sketch
    assert isinstance(sketch, CityMap)
    return sketch


@pytest.mark.parametrize(("asked", "language"), [*product(ASKED, LANGUAGES)])
def test_captions_are_short_enough_and_in_the_language(engine: Engine, asked: str, language: Language) -> None:
    turn = engine.map_of(asked, None, language)
    assert turn.sketch
    assert turn.reply.language == language
    assert turn.reply.citations
    assert 0 < caption_length(turn.reply) <= LIMIT
    assert len(render(turn.reply)) == 1


@pytest.mark.parametrize(("year", "language"), [*product((2016, 2017, 2018, 2019, 2020, 2022, 2024, 2025), LANGUAGES)])
def test_a_caption_never_leaves_out_what_is_missing(engine: Engine, year: int, language: Language) -> None:
    turn = engine.map_of(str(year), None, language)
    assert isinstance(turn.sketch, CityMap)
    missing = set(engine.answer(str(year)).reply.cities) - {one.name for one in sketch_of(engine, str(year)).pins}
    told = load("replies", language)["pictures"]["not_drawn"].partition("{")[0]
    assert any(note.startswith(told) for note in turn.reply.notes) == bool(missing)
    assert caption_length(turn.reply) <= LIMIT


def test_a_caption_without_a_list_tells_the_regions(engine: Engine) -> None:
    for asked in ("", "2022"):
        assert "Names our sources hold: Europe and North America" in engine.map_of(asked, None, "en").reply.text


def test_long_notes_go_before_what_is_missing() -> None:
    reply = Reply("en", "answered", "list", "lead", notes=("first", "n" * 1100))
    assert fitting(reply, ("limit",), "instead").notes == ("first", "limit")
    assert fitting(reply, ("l" * 2000,), "").notes == ("l" * 2000,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_tells_what_is_not_on_the_map(engine: Engine, language: Language) -> None:
    turn = engine.map_of("Korea", None, language)
    assert isinstance(turn.sketch, CityMap)
    told = next(note for note in turn.reply.notes if "Dobong-gu" in note)
    assert "Gangdong-gu (Seoul)" in told
    assert "Dobong-gu" not in {one.name for one in turn.sketch.pins}
    assert len(turn.sketch.pins) == 10


def test_every_member_is_on_the_map_or_has_no_coordinates(engine: Engine, facts_path) -> None:  # type: ignore[no-untyped-def]
    with store.open(facts_path) as base:
        placed = {
            (name, (x, y))
            for name, x, y in base.rows(
                "SELECT DISTINCT name, longitude, latitude FROM place JOIN membership ON membership.place = place.id"
                " WHERE latitude IS NOT NULL"
            )
        }
    assert {(one.name, one.place) for one in sketch_of(engine, "").pins} == placed


def test_figures_are_those_of_the_replies(engine: Engine) -> None:
    assert sketch_of(engine, "2022").subtitle.startswith("77 cities · 71 named in our sources · 62 ")
    assert sketch_of(engine, "Thailand").subtitle == "13 cities"
    assert sketch_of(engine, "Africa").subtitle.startswith("at least 26 cities")
    assert engine.map_of("2022", None, "en").reply.lead == engine.answer("which cities joined in 2022?").reply.lead


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("", "th", "สมาชิกทั้งเครือข่าย"),
        ("2022", "th", "เมืองที่เข้าร่วมปี 2565 (2022)"),
        ("2022", "en", "Cities that joined in 2022"),
        ("since 2020", "en", "Cities that joined since 2020"),
        ("เมืองไทย", "th", "ประเทศไทย"),
        ("Korea 2022", "en", "The Republic of Korea, 2022"),
        ("Thailand except Bangkok", "en", "Thailand, not counting Bangkok"),
        ("cities starting with K", "en", "Learning cities with a name in K"),
        ("หาดใหญ่", "th", "หาดใหญ่"),
    ],
)
def test_titles(engine: Engine, asked: str, language: Language, title: str) -> None:
    assert sketch_of(engine, asked, language).title == title


def test_names_are_in_the_language_of_the_chat(engine: Engine) -> None:
    assert "เชียงใหม่" in {one.name for one in sketch_of(engine, "Thailand", "th").pins}
    assert "Chiang Mai" in {one.name for one in sketch_of(engine, "Thailand", "en").pins}
    assert "Jincheon" in {one.name for one in sketch_of(engine, "Korea", "th").pins}  # has no Thai name


def test_a_map_of_names_alone_and_in_a_sentence_is_the_same(engine: Engine) -> None:
    assert sketch_of(engine, "แผนที่เมืองไทย", "th") == sketch_of(engine, "ไทย", "th")


def test_a_map_follows_what_was_spoken_of(engine: Engine) -> None:
    memory = engine.answer("which Thai cities joined in 2022?").memory
    assert memory
    assert {one.name for one in sketch_of_memory(engine, memory.query).pins} == {"Hat Yai", "Phayao", "Sukhothai"}
    turn = engine.map_of("and in 2024?", memory)
    assert isinstance(turn.sketch, CityMap)
    assert {one.name for one in turn.sketch.pins} == {"Bangkok", "Khon Kaen", "Yala"}
    assert turn.memory
    assert turn.memory.query.filters.year == 2024


def sketch_of_memory(engine: Engine, query) -> CityMap:  # type: ignore[no-untyped-def]
    """Return the map that a button under a list asks for."""
    sketch = engine.map_for(query, "en").sketch
    assert isinstance(sketch, CityMap)
    return sketch


@pytest.mark.parametrize("asked", ["Berlin", "hello", "who nominates a city?", "2023", "Yanbu Industrial City"])
def test_where_there_is_nothing_to_show_the_reply_says_so(engine: Engine, asked: str) -> None:
    turn = engine.map_of(asked, None, "en")
    assert turn.sketch is None
    assert turn.reply.text


def test_a_city_without_coordinates_is_told_of(engine: Engine) -> None:
    assert "coordinates: Yanbu Industrial City" in engine.map_of("Yanbu Industrial City", None, "en").reply.text


@pytest.mark.parametrize("asked", ["", "2022", "Thailand", "Hat Yai"])
def test_pictures_are_sharp_and_small(engine: Engine, asked: str) -> None:
    png = sketch_of(engine, asked, "th").draw()
    width, height = size(png)
    assert width == 1280
    assert 700 < height < 2600
    assert len(png) < LARGEST


@pytest.mark.parametrize(
    "pins",
    [
        [pin("Bangkok", 100.5, 13.8)],
        [pin("Bangkok", 100.5, 13.8), pin("Krung Thep", 100.5, 13.8)],
        [pin("Suva", 178.4, -18.1, "FJ"), pin("Apia", -171.8, -13.8, "WS", 2019)],
        [pin("Pole", 0.0, 84.0, "XX"), pin("Other pole", 179.0, -84.0, "XX")],
        [pin("ชื่อยาวมาก" * 30, 100.5, 13.8), pin("<&\">'", 101.0, 14.0)],
        [pin("", 0.0, 0.0, "")],
    ],
    ids=["one", "two at one place", "across the date line", "poles", "long and odd names", "no name"],
)
def test_odd_maps_are_drawn(pins: list) -> None:  # type: ignore[type-arg]
    assert size(city_map(pins).draw())[0] == 1280


def test_a_long_title_is_cut() -> None:
    assert size(city_map([pin("Bangkok", 100.5, 13.8)], "เมืองแห่งการเรียนรู้ " * 40).draw())[0] == 1280


def test_pictures_are_drawn_in_threads_at_once(engine: Engine) -> None:
    sketches = [sketch_of(engine, asked, "th") for asked in ("Thailand", "Africa", "Korea")]

    async def drawn() -> list[bytes]:
        return await asyncio.gather(*(asyncio.to_thread(sketch.draw) for sketch in sketches))

    assert asyncio.run(drawn()) == [sketch.draw() for sketch in sketches]


def test_years_have_colours_of_their_own() -> None:
    years = list(range(2016, 2030))
    assert len(set(ramp(years).values())) == len(years)
    assert set(ramp([2022])) == {2022}
