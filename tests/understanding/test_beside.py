"""What is asked of the place last spoken of, or of two: where it lies, in what unit, who else, which came first."""

from __future__ import annotations

import pytest

from bot.conversation import Engine
from tests.judging import replies


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("Porto-Novo joined when?", "is that in Portugal?"), ["Benin"], "Yes"),
        (("San Nicolás?", "is it in Argentina too"), ["Chile"], "Yes"),
        (("ตูรินเข้าปีไหน", "อยู่อิตาลีใช่ไหม"), ["ประเทศอิตาลี"], "8 เมือง"),
        (("ลีแยฌกับลีลเข้าปีไหน", "ทั้งคู่อยู่ฝรั่งเศสใช่ไหม"), ["เบลเยียม", "ฝรั่งเศส"], "7 เมือง"),
        (("ไคโรเข้าปีไหน", "อยู่ในแอฟริกาใช่ไหม"), ["รัฐอาหรับ"], "26"),
        (("เดอร์บันอยู่ประเทศไหน", "เข้าปี 2567 ใช่ไหม"), ["ไม่ใช่ปี 2567", "2565"], "ใช่ เดอร์บัน"),
    ],
)
def test_a_country_asked_of_what_was_spoken_of(
    engine: Engine, talk: tuple[str, ...], says: list[str], never: str
) -> None:
    text = replies(engine, talk)[-1].text
    assert all(said in text for said in says), text
    assert never not in text


@pytest.mark.parametrize(
    ("talk", "cities"),
    [
        (("ภูเก็ตเข้าปีไหน", "เอ้ย หมายถึงพะเยา", "แล้วปีนั้นไทยเข้ากี่เมือง", "อีกสองเมืองคือ"), {"Hat Yai", "Sukhothai"}),
        (("ยะลาเข้าปี 2565 ใช่ไหม", "ไม่ใช่เหรอ แล้วปีไหน", "ใครเข้าพร้อมยะลาบ้างในไทย"), {"Bangkok", "Khon Kaen"}),
        (("แคนาดามีกี่เมือง", "เอดมันตันเป็นเมืองแรกใช่ไหม"), {"Edmonton"}),
        (("จังหวัดไหนเข้าก่อน สุโขทัยหรือระยอง",), {"Sukhothai", "Rayong"}),
        (("La-ngu is in it, right?", "and which year did they join?"), {"Satun"}),
    ],
)
def test_who_else_and_who_was_first(engine: Engine, talk: tuple[str, ...], cities: set[str]) -> None:
    assert set(replies(engine, talk)[-1].cities) == cities


@pytest.mark.parametrize(
    "question",
    ["Clermont-Ferrand and Mantes-la-Jolie joined the same year?", "แกลร์มง-แฟร็องกับ Mantes-la-Jolie เข้าปีเดียวกันไหม"],
)
def test_two_of_different_years_get_no_yes(engine: Engine, question: str) -> None:
    text = replies(engine, (question,))[-1].text
    assert "2016" in text
    assert "2017" in text
    assert "Yes" not in text
    assert not text.startswith("ใช่")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("จังหวัดเชียงรายเป็นสมาชิกไหม", "ไม่ได้บอกว่าเข้าร่วมในฐานะจังหวัด"),
        ("is Chiang Rai province a member?", "do not say whether as a province"),
        ("พริสตินาอยู่ประเทศไหน", "ไม่ได้บอกว่ายูเนสโกจัดไว้ในภูมิภาคใด"),
        ("where is Taipei, is it a member city?", "Taipei"),
        ("is L'Alcora the first Spanish city?", "Viladecans"),
        ("เคานัสเป็นสมาชิกไหม", "เป็นสมาชิก แต่ไม่ได้บอกว่าเข้าร่วมปีใด"),
        ("อำเภอศรีสัชนาลัยอยู่ในเมืองแห่งการเรียนรู้ด้วยหรือเปล่า", "สุโขทัย"),
    ],
)
def test_no_more_is_told_than_is_held(engine: Engine, question: str, says: str) -> None:
    assert says in replies(engine, (question,))[-1].text


def test_many_places_are_not_called_both(engine: Engine) -> None:
    talk = ("เมืองที่เข้าพร้อมกับตากคือเมืองไหน", "ทั้งสองเมืองเป็นจังหวัดใช่ไหม")
    assert replies(engine, talk)[-1].outcome == "unknown"


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        (("เกาหลีใต้มีกี่เมือง", "จีนล่ะ", "สองประเทศรวมกันกี่เมือง"), "74 เมือง"),
        (("compare Thailand and Korea in 2024", "2025?", "total"), "59"),
        (("ปี 2567 แอฟริกามีกี่เมือง", "บางข่าวบอก 13"), "Africanews"),
        (("2024 how many new cities", "from how many countries", "and total after?"), "356"),
    ],
)
def test_what_was_spoken_of_is_kept(engine: Engine, talk: tuple[str, ...], says: str) -> None:
    assert says in replies(engine, talk)[-1].text


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("ทำไมยอดรวมของแต่ละรอบบวกกันแล้วไม่ลงตัว",), "217", "Muharraq"),
        (("why do the totals not add up?",), "inactive", "Muharraq"),
        (("ขอวันที่ประกาศของรอบ 2563", "บางเว็บบอกวันอื่น"), "21 กันยายน", "มุฮัรร็อก"),
        (("Muharraq: some say 2019, some say 2024",), "We keep both", "PMU-A"),
    ],
)
def test_of_what_sources_disagree_on_only_what_is_asked_is_told(
    engine: Engine, talk: tuple[str, ...], says: str, never: str
) -> None:
    text = replies(engine, talk)[-1].text
    assert says in text
    assert never not in text


@pytest.mark.parametrize(
    ("talk", "cities"),
    [
        (("which Italian cities joined in 2025?", "the first one when?", "the other"), {"Cividale del Friuli"}),
        (("Azerbaijan?", "all 2020?"), {"Baku", "Gabala", "Ganja"}),
    ],
)
def test_the_country_of_the_list_is_kept(engine: Engine, talk: tuple[str, ...], cities: set[str]) -> None:
    assert set(replies(engine, talk)[-1].cities) == cities


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("when did Ankara join?", "did any other Turkish city join in 2025?"), "no other city", "Yes"),
        (("is manchester new hampshire a member",), "I took the name for Manchester", "In 2024 Manchester"),
        (("who joined in 2020 and not since?",), "I did not quite get that", "Phuket"),
    ],
)
def test_no_yes_to_what_was_not_asked(engine: Engine, talk: tuple[str, ...], says: str, never: str) -> None:
    text = replies(engine, talk)[-1].text
    assert says in text
    assert never not in text


@pytest.mark.parametrize(
    ("talk", "cities"),
    [
        (("ปีที่กรุงเทพเข้า เกาหลีเข้ากี่เมือง",), {"Buan", "Hanam", "Seo-gu (Gwangju)"}),
        (("the year Hat Yai joined, which Thai cities joined",), {"Hat Yai", "Phayao", "Sukhothai"}),
        (("ตอนที่เชียงใหม่เข้า มีเวียดนามเข้าด้วยไหม",), {"Sa Dec", "Vinh"}),
        (("หลังจากหาดใหญ่เข้า ไทยมีเมืองไหนเข้าอีก", "พร้อมหาดใหญ่ล่ะ"), {"Phayao", "Sukhothai"}),
        (("which Thai cities joined after Phayao", "and with Bangkok?"), {"Khon Kaen", "Yala"}),
        (("เมืองไทยเมืองไหนเข้าปีเดียวกับฮานอย", "แล้วปีเดียวกับโฮจิมินห์"), {"Bangkok", "Khon Kaen", "Yala"}),
        (("ซูโจวเข้าปีไหน", "หนานจิงล่ะ", "หนิงปัวล่ะ", "ใครเข้าหลังสุด"), {"Suzhou", "Nanjing", "Ningbo"}),
        (("เชียงรายเข้าก่อนตากกี่ปี", "กับระยองล่ะ"), {"Chiang Rai", "Rayong"}),
        (("เมืองล่าสุดของเกาหลี", "ของฝรั่งเศส"), {"Lille"}),
        (("อิตาลีมีเมืองไหนบ้าง", "มิลานล่ะ", "ปี 2568 เข้ากี่เมือง"), {"Brescia", "Cividale del Friuli"}),
        (("ปีนี้มีเมืองไทยเข้าไหม", "ปีที่แล้วล่ะ"), {"Rayong", "Satun", "Tak"}),
    ],
)
def test_a_time_that_is_said_by_who_joined(engine: Engine, talk: tuple[str, ...], cities: set[str]) -> None:
    assert set(replies(engine, talk)[-1].cities) == cities


@pytest.mark.parametrize("question", ["มอนทรีออลเป็นสมาชิกไหม", "กัวดาลาฮาราเป็นสมาชิกไหม"])
def test_thai_names_that_fall_into_syllables_are_strangers(engine: Engine, question: str) -> None:
    assert "ไม่พบสมาชิกชื่อนี้" in replies(engine, (question,))[-1].text


@pytest.mark.parametrize(
    ("question", "says"),
    [("มีกี่จังหวัดของไทยที่เป็นสมาชิก", "ในฐานะจังหวัด"), ("how many thai provinces are members", "Joined as a province")],
)
def test_provinces_are_told_apart_where_they_are_counted(engine: Engine, question: str, says: str) -> None:
    text = replies(engine, (question,))[-1].text
    assert says in text and "13" in text


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("is Bonn or Bielefeldorf a member",), "The other name", "Bielefeldorf"),
        (("บอนน์กับแบร์นเป็นสมาชิกไหม",), "อีกชื่อที่ถามมาเราไม่รู้จัก", "แบร์น"),
        (("เยอรมันมี 4 เมืองใช่ไหม", "มากกว่า 4 ไหม"), "ประเทศเยอรมนี", "เกาหลีใต้"),
        (("อียิปต์เข้าปี 2563 ไหม", "เข้าปีไหนบ้าง"), "2565 (2022)", "ไม่ได้ระบุไว้"),
        (("เวียดนามเมืองแรกคือโฮจิมินห์หรือซาเด็ก", "ทำไมข้อมูลไม่ตรง"), "VOVWORLD", "มุฮัรร็อก"),
        (("ละตินอเมริกาปี 2566 มีกี่เมือง",), "42 เมือง", "หลังรอบปี 2566"),
        (("any city that joined twice?",), "Muharraq", "425"),
        (("มีเมืองไหนเข้าสองครั้ง",), "มุฮัรร็อก", "425"),
        (("has the network ever shrunk",), "inactive members are removed", "None"),
        (("ตั้งแต่ 2561 ถึง 2565 เครือข่ายเพิ่มกี่เมือง",), "ไม่มียอดรวมของปี 2561", "อย่างน้อย 6"),
        (("จากปี 2566 ถึง 2568 เครือข่ายเพิ่มกี่ประเทศ",), "15 ประเทศ", "40"),
    ],
)
def test_what_is_said_of_what_is_not_held_or_held_otherwise(
    engine: Engine, talk: tuple[str, ...], says: str, never: str
) -> None:
    text = replies(engine, talk)[-1].text
    assert says in text and never not in text, text


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("is nonthaburi a member", "is it part of bangkok"), "Nonthaburi", "Yes"),
        (("ankara before istanbul?",), "Ankara", "Yes"),
        (("neither phuket nor krabi joined?",), "Krabi", "244"),
        (("is hamburg in texas a member",), "I took the name for Hamburg", "Texas"),
        (("who said 96 countries",), "Derby City Council", "Not 96"),
        (("ใครบอกว่า 96 ประเทศ",), "ดาร์บี", "ไม่ใช่ 96"),
        (("hcmc 2015?", "why do some say 2015"), "VOVWORLD", "Muharraq"),
        (("which thai members are not provinces",), "As a municipality", "do not say."),
        (("how many cities left between 2020 and 2022",), "do not say", "131"),
        (("did phayao apply in 2022",), "21 November 2021", "jury"),
        (("what is a learning city",), "employers", "share inspiration, know-how and best practice.\n•"),
        (("tehran", "and isfahan", "hamedan", "which is later"), "Hamedan (2022)", "Goodbye"),
    ],
)
def test_no_yes_and_no_list_in_place_of_what_is_asked(
    engine: Engine, talk: tuple[str, ...], says: str, never: str
) -> None:
    text = replies(engine, talk)[-1].text
    assert says in text and never not in text, text


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("which thai cities joined right after chiang rai", {"Chachoengsao", "Chiang Mai", "Phuket"}),
        ("which thai cities joined right before tak", {"Bangkok", "Khon Kaen", "Yala"}),
        ("second thai city", {"Chiang Rai"}),
    ],
)
def test_the_round_beside_that_of_a_place(engine: Engine, question: str, cities: set[str]) -> None:
    assert set(replies(engine, (question,))[-1].cities) == cities


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("ภูเก็ตเข้ายัง", "ทั้งจังหวัดไหม"), "ไม่ใช่จังหวัด", "ใช่ ภูเก็ต"),
        (("phuket joined?", "the whole province?"), "not as a province", "Yes"),
        (("yala joined?", "as a province?"), "do not say whether as a province", "not as"),
        (("thai cities 2022", "korea?", "and china", "which of them had most"), "3 cities each", "India"),
        (("ปี 65 ไทยได้เมืองไหนบ้างคะ", "แล้วเกาหลีล่ะ", "จีนล่ะ", "ใครได้เยอะสุด"), "เท่ากัน", "อินเดีย"),
        (("which countries had 3 in 2022", "only the african", "how many is that"), "3 countries", "16"),
        (("แอฟริกากี่เมือง อาหรับกี่เมือง ปี 65",), "16 เมือง", "26"),
        (("who picked the cities",), "jury", "425"),
    ],
)
def test_follow_ups_on_units_rows_and_bounds(engine: Engine, talk: tuple[str, ...], says: str, never: str) -> None:
    text = replies(engine, talk)[-1].text
    assert says in text and never not in text, text


@pytest.mark.parametrize(
    ("talk", "says", "never"),
    [
        (("how many members in 2023", "source?"), "10th Anniversary", "Mirage"),
        (("when did phayao join", "says who?"), "UNESCO Multisectoral Regional Office", "Mirage"),
        (("what is SDG 4 about", "source"), "UNESCO", "Mirage"),
        (("โคลอมเบียมีกี่เมือง",), "อย่างน้อย 9 เมือง", "10 เมือง"),
        (("new cities africa 2022?", "same for 2024", "hm africanews says 13. why's yours different"), "Egypt", "16"),
        (("delta in member countries 2024→2025, whole network",), "grew by 12", "356"),
        (("When does the next call for applications close? Our council meets on the 15th",), "next round", "only know"),
        (("ไทยกับเกาหลีปี 65 ใครเยอะกว่า", "รวมทั้งหมดล่ะ"), "46 เมือง", "เท่ากัน"),
        (("เมืองไทยที่ยังไม่เข้ามีเมืองไหน",), "ไม่ได้ระบุ", "13 เมือง"),
        (("กาซาเป็นสมาชิกไหม",), "กาซา", "ใช่"),
        (("when did chiang mai join", "how many cities are not in Thailand?"), "412", "Chiang Mai"),
        (("in what year were there 79 countries", "76", "96"), "91 countries", "46"),
        (("argentina 2020", "2024", "2025", "total", "which year was missing"), "2020, 2024 and 2025", "2020–2025"),
    ],
)
def test_sources_of_the_answer_and_what_they_disagree_on(
    engine: Engine, talk: tuple[str, ...], says: str, never: str
) -> None:
    text = replies(engine, talk)[-1].text
    assert says in text and never not in text, text
