"""Misspelt names and words, and words that only look like names."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from bot.understanding.slips import is_misheard, is_slip, likeness, threshold
from bot.understanding.words import Words

MISSPELT = {
    "hat-yai": ["Hat Yia", "Hatyay", "Had Yai", "hatyai", "หาดไหญ่", "หาดใหย่", "หาดใหญ"],
    "phayao": ["Phayo", "Payao", "Phayau", "พเยา", "พะเยาว์"],
    "sukhothai": ["Sukothai", "Sukhotai", "Sukhothay", "สุโขทย", "สุโขใทย"],
    "chiang-mai": ["Chiangmai", "Chang Mai", "เชียงใหม", "เชียงไหม่"],
    "bangkok": ["Bankok", "Bangkk", "กรุงเทบ"],
    "phuket": ["Phukett", "ภูเกต", "ภูเก็ด"],
    "guangzhou": ["Guangzou", "Guangzho", "กวางโจ"],
    "hwaseong": ["Hwaseng", "Hwasseong", "ฮวาซอง"],
    "nonsan": ["Nonsann", "โนนซัน"],
    "sejong": ["Sejon", "Sejeong", "เซจง"],
    "warangal": ["Waranagl", "Warangel", "วรังคัล"],
    "thrissur": ["Thrisur", "Thrissurr", "ตริศศูร"],
    "nilambur": ["Nilambr", "นิลัมบูร์"],
    "canning": ["Canningg", "แคนนิง"],
    "hamedan": ["Hamedn", "Hamadan", "ฮามาดาน"],
    "durban": ["Durbn", "Durbann"],
    "marrakech": ["Marakech", "Marrakesh"],
    "cao-lanh": ["Cao Lanh", "กาวหลัญ"],
}

NEIGHBOURS = [
    "Quanzhou",
    "Hangzhou",
    "Nanning",
    "Kunming",
    "Hamada",
    "Sejny",
    "Sukhumi",
    "Durham",
    "Medan",
    "Phatthalung",
    "Chumphon",
    "Nan",
    "Phrae",
    "Nonthaburi",
    "Nakhon Sawan",
    "Loei",
    "Da Nang",
    "Lyon",
    "Tokyo",
    "Barcelona",
    "Osaka",
    "Nagoya",
    "Leeds",
    "Warsaw",
    "Mumbai",
    "Pune",
]
"""Real places, most of them spelt much like a member, that are none."""

WORDS = (
    "water music dog house river school people money garden winter summer family market bridge phone "
    "coffee movie football player doctor hospital weather holiday window kitchen bottle paper pencil "
    "table chair flower animal number friend morning evening dinner lunch breakfast ticket train plane "
    "hotel beach island mountain forest camera computer software language history science physics "
    "chemistry biology engine carbon barber banner manner cancer dollar tailor sailor baker singer border"
)

FRAMES = ["is {} a member?", "when did {} join", "which {} joined in 2022"]


def places_in(engine: Engine, text: str) -> list[str]:
    """Return the ids of the places and countries that are read in `text`."""
    utterance, _ = engine.read(text)
    entities = [entity for span in utterance.spans for entity in span.entities]
    return [entity.ref for entity in entities if entity.kind in ("place", "country")]


def members_in(engine: Engine, text: str) -> set[str]:
    """Return the ids of the members that are read in `text`."""
    utterance, _ = engine.read(text)
    return {entity.ref for span in utterance.spans for entity in span.entities if entity.member}


@pytest.mark.parametrize(
    ("place", "written"), [(place, written) for place, several in MISSPELT.items() for written in several]
)
def test_misspelt_member_is_understood(engine: Engine, place: str, written: str) -> None:
    text = f"is {written} a member?" if written.isascii() else f"{written}เป็นสมาชิกไหม"
    _, reading = engine.read(text)
    assert reading.kind == "query"
    assert reading.slots.filters.places == (place,)


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_real_place_is_not_taken_for_a_member(engine: Engine, name: str) -> None:
    assert members_in(engine, f"is {name} a member?") == set()


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_of_a_real_place_no_membership_is_stated(engine: Engine, name: str) -> None:
    reply = engine.answer(f"is {name} a member?").reply
    assert not reply.lead.startswith("Yes")
    assert reply.cities == ()


@pytest.mark.parametrize("word", WORDS.split())
def test_word_is_not_taken_for_a_place(engine: Engine, word: str) -> None:
    assert [places_in(engine, frame.format(word)) for frame in FRAMES] == [[], [], []]


@pytest.mark.parametrize(
    ("written", "concept"),
    [
        ("requirments", "requirement"),
        ("nominatd", "nominate"),
        ("announcment", "announcement"),
        ("percentge", "share"),
        ("คุณสมบัต", "requirement"),
        ("เครือขาย", "network"),
        ("เมืองแห่งการเรียนรู", "learning_city"),
        ("ประกาด", "announcement"),
    ],
)
def test_misspelt_word_is_understood(engine: Engine, written: str, concept: str) -> None:
    assert concept in engine.read(f"{written} 2022")[0].concepts


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("hatyai", "hatyai", 1.0),
        ("payao", "phayao", 0.9),
        ("nonsann", "nonsan", 0.9),
        ("หาดใหญ", "หาดใหญ่", 0.9),
        ("guangzuo", "guangzou", 0.85),
    ],
)
def test_likeness_forgives_what_people_confuse(one: str, other: str, least: float) -> None:
    assert likeness(one, other) == likeness(other, one) >= least


def test_short_names_must_be_more_alike_than_long_ones() -> None:
    assert [threshold(length) for length in range(1, 30)] == sorted(map(threshold, range(1, 30)), reverse=True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("najning", "nanjing"),  # exchanged
        ("phaao", "phayao"),  # left out
        ("sejongg", "sejong"),  # doubled
        ("sejomng", "sejong"),  # hit together with its neighbour
        ("hanedan", "hamedan"),  # the neighbour instead
        ("พเยา", "พะเยา"),
        ("ยะบา", "ยะลา"),
        ("สุโขทับ", "สุโขทัย"),
        ("เชียงลาย", "เชียงราย"),  # sounds the same to many
    ],
)
def test_a_slip_of_the_finger_or_ear(written: str, meant: str) -> None:
    assert is_slip(written, meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("renca", "cuenca"), ("jakarta", "sakarya"), ("hayao", "phayao"), ("bali", "cali"), ("x", "")],
)
def test_no_slip(written: str, meant: str) -> None:
    assert not is_slip(written, meant)


def test_a_vowel_for_another_is_misheard() -> None:
    assert is_misheard("meny", "many")
    assert not is_misheard("many", "many")
    assert not is_misheard("mary", "many")


@pytest.mark.parametrize("word", ["literary", "weather", "การเรียน", "โรงเรียน"])
def test_words_are_known(word: str) -> None:
    assert word in Words()


@pytest.mark.parametrize("word", ["netwrok", "", "\n", "literary\nweather", "ครือข่าย"])
def test_slips_are_no_words(word: str) -> None:
    assert word not in Words()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("is yaka a member", "Yala"),
        ("when did Lvuv join", "Lviv"),
        ("ยะบาเป็นสมาชิกไหม", "Yala"),
        ("โดาเป็นสมาชิกไหม", "Doha"),
    ],
)
def test_a_short_name_is_taken_for_what_it_nearly_is_and_that_is_told(engine: Engine, text: str, name: str) -> None:
    reply = engine.answer(text).reply
    assert reply.cities == (name,)
    assert any(name in note for note in reply.notes)


@pytest.mark.parametrize(
    "text",
    [
        "is singapor in the netwrok",
        "whats the popultion of sukothai",
        "how meny countrys in the netwrok",
        "wat is a lerning city",
        "how do we aply",
        "is bankok in teh list",
        "whats the bugdet of the network",
        "คัยเป็นคนเสนอชื่อเมอง",
    ],
)
def test_two_slips_leave_a_question_ours(engine: Engine, text: str) -> None:
    assert engine.answer(text).reply.outcome in ("answered", "unknown")


@pytest.mark.parametrize("text", ["whats the wether in chiang mai", "What was Warsaw's first literary cabaret?"])
def test_other_words_are_no_slips_of_ours(engine: Engine, text: str) -> None:
    assert engine.answer(text).reply.outcome == "off_topic"


def test_a_slip_in_a_longer_word_of_no_meaning_is_no_doubt(engine: Engine) -> None:
    assert not engine.read("whos alredy in from mexico")[0].unknown
    assert engine.read("whats teh wether in bangkok tmrw")[1].kind == "off_topic"  # nor "whether"


def test_words_that_together_look_like_a_country_are_words(engine: Engine) -> None:
    spans = engine.read("อายเด็กมาก")[0].spans
    assert not any(span.entities for span in spans)
