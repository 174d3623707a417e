"""What people write is found, and no other place is taken for a member."""

from __future__ import annotations

import pytest

from knowledge.names import is_thai, key, traces
from knowledge.reading import Records
from knowledge.store import FactBase


def exact(facts: FactBase, text: str) -> set[str]:
    return {row["ref"] for row in facts.rows("SELECT ref FROM name WHERE key = ?", (key(text),))}


def near(facts: FactBase, text: str) -> set[str]:
    found: set[str] = set()
    for variant in traces(text):
        sql = "SELECT ref FROM near JOIN name ON name.id = near.name WHERE variant = ?"
        found |= {row["ref"] for row in facts.rows(sql, (variant,))}
    return found


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        *((text, "hat-yai") for text in ("Hatyai", "Had Yai", "HAAD YAI", "หาดใหญ่", "เทศบาลนครหาดใหญ่")),
        *((text, "bangkok") for text in ("BKK", "Krung Thep", "กทม", "กทม.", "กรุงเทพ", "กรุงเทพฯ")),
        *((text, "chachoengsao") for text in ("แปดริ้ว", "Paet Rio", "จังหวัดฉะเชิงเทรา")),
        *((text, "phayao") for text in ("Payao", "พะเยา")),
        *((text, "sukhothai") for text in ("Sukothai", "จังหวัดสุโขทัย")),
        ("Chiengmai", "chiang-mai"),
        ("Canton", "guangzhou"),
        ("กวางโจว", "guangzhou"),
        ("广州", "guangzhou"),
        ("Saigon", "ho-chi-minh-city"),
        ("โฮจิมินห์", "ho-chi-minh-city"),
        ("ฮานอย", "hanoi"),
        ("ฮวาซอง", "hwaseong"),
        ("화성", "hwaseong"),
        ("Trichur", "thrissur"),
        ("Hamadan", "hamedan"),
        ("cao lanh", "cao-lanh"),
        ("Chisinau", "chisinau"),
        ("Kiev", "kyiv"),
        ("Wakefield", "wakefield-district"),
        ("โคราช", "nakhon-ratchasima-th"),
        ("Korat", "nakhon-ratchasima-th"),
        ("น่าน", "nan-th"),
        ("Songkhla", "songkhla-th"),
        ("Pattaya", "pattaya-th"),
        ("แม่สาย", "mae-sai-th"),
        ("Koh Samui", "ko-samui-th"),
        ("อุดร", "udon-thani-th"),
        ("Porto", "porto-pt"),
        ("เจนีวา", "geneva-ch"),
        ("Bali", "bali-id"),
        ("Kerala", "kerala-in"),
        ("Lyon", "lyon-fr"),
        ("โตเกียว", "tokyo-jp"),
        *((text, "KR") for text in ("South Korea", "ROK", "Korean", "เกาหลี", "เกาหลีใต้", "สาธารณรัฐเกาหลี")),
        ("เกาหลีเหนือ", "KP"),
        *((text, "GB") for text in ("UK", "England", "อังกฤษ", "สหราชอาณาจักร")),
        *((text, "VN") for text in ("Viet Nam", "Vietnam", "เวียตนาม")),
        *((text, "TR") for text in ("Turkey", "Türkiye", "turkiye", "ตุรกี")),
        ("UAE", "AE"),
        *((text, "asia-pacific") for text in ("Asia", "เอเชีย", "Asia-Pacific", "APAC", "เอเชียแปซิฟิก")),
        ("อาหรับ", "arab-states"),
        ("Latin America", "latin-america-caribbean"),
        ("ยุโรป", "europe"),
        ("อาเซียน", "asean"),
        ("GCC", "gulf"),
        ("ตะวันออกกลาง", "middle-east"),
        ("บพท.", "pmu-a"),
        ("กสศ", "eef"),
        ("TK Park", "tk-park"),
        ("สอวช", "nxpo"),
    ],
)
def test_names_people_use(facts: FactBase, text: str, ref: str) -> None:
    assert exact(facts, text) == {ref}


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Hat Yay", "hat-yai"),
        ("Sukhotai", "sukhothai"),
        ("Guangzhuo", "guangzhou"),
        ("Thrisur", "thrissur"),
        ("สุโขทย", "sukhothai"),
        ("หาดไหญ่", "hat-yai"),
        ("ฉเชิงเทรา", "chachoengsao"),
        ("Edmonten", "edmonton"),
        ("Tailand", "TH"),
        ("Austrailia", "AU"),
        ("อินโดนีเซีย", "ID"),
        ("เวียดนม", "VN"),
    ],
)
def test_one_error_is_near(facts: FactBase, text: str, ref: str) -> None:
    assert ref in near(facts, text)


@pytest.mark.parametrize(
    ("text", "ref"),
    [("Quanzhou", "quanzhou-cn"), ("Nanning", "nanning-cn"), ("Hamada", "hamada-jp"), ("Sejny", "sejny-pl")],
)
def test_other_places_with_near_names_are_known_as_such(facts: FactBase, text: str, ref: str) -> None:
    assert exact(facts, text) == {ref}
    row = facts.row("SELECT member FROM place WHERE id = ?", (ref,))
    assert row is not None and row["member"] == 0


def test_no_member_shares_a_spelling_with_a_place_elsewhere(facts: FactBase) -> None:
    sql = (
        "SELECT name.key, group_concat(place.id) FROM name JOIN place ON place.id = name.ref "
        "WHERE name.kind = 'place' GROUP BY name.key HAVING count(DISTINCT member) > 1"
    )
    assert [tuple(row) for row in facts.rows(sql)] == []


def test_every_thai_province_is_known(facts: FactBase) -> None:
    pythainlp = pytest.importorskip("pythainlp.corpus")
    provinces: frozenset[str] = pythainlp.provinces()
    assert len(provinces) == 77
    assert {province for province in provinces if len(exact(facts, province)) != 1} == set()


@pytest.mark.parametrize(
    ("member", "other"),
    [
        ("granada", "granada-es"),
        ("cordoba", "cordoba-es"),
        ("la-paz", "la-paz-bo"),
        ("brest", "brest-by"),
        ("san-justo", "san-justo-ar"),
    ],
)
def test_namesakes_worth_a_choice(facts: FactBase, member: str, other: str) -> None:
    rows = facts.rows("SELECT place FROM namesake WHERE member = ? AND prominent", (member,))
    assert [row["place"] for row in rows] == [other]


def test_every_member_is_found_by_its_names(records: Records, facts: FactBase) -> None:
    for place in records.places:
        for text in (place.name, place.name_th, *place.aliases, *place.spellings):
            assert text is None or place.id in exact(facts, text)


def test_thai_names_that_were_not_checked_are_understood_and_not_shown(records: Records, facts: FactBase) -> None:
    for place in records.places:
        if place.th_status == "conventional":
            assert place.name_th is None
            assert any(is_thai(alias[0]) for alias in place.aliases)


def test_every_country_has_both_names_and_members_a_region(facts: FactBase) -> None:
    assert facts.row("SELECT 1 FROM country WHERE name_th = name_en") is None
    sql = "SELECT iso FROM place JOIN country ON iso = country WHERE member AND region IS NULL"
    assert facts.rows(sql) == []


@pytest.mark.parametrize(
    ("iso", "english", "thai"),
    [
        ("KR", "Republic of Korea", "เกาหลีใต้"),
        ("VN", "Viet Nam", "เวียดนาม"),
        ("TR", "Türkiye", "ตุรกี"),
        ("IR", "Iran", "อิหร่าน"),
        ("TH", "Thailand", "ไทย"),
        ("AE", "United Arab Emirates", "สหรัฐอาหรับเอมิเรตส์"),
    ],
)
def test_countries_as_shown(facts: FactBase, iso: str, english: str, thai: str) -> None:
    row = facts.row("SELECT name_en, name_th FROM country WHERE iso = ?", (iso,))
    assert row is not None and tuple(row) == (english, thai)


def test_kinds_tell_province_and_municipality_apart(facts: FactBase) -> None:
    kinds = {row["id"]: row["kind"] for row in facts.rows("SELECT id, kind FROM place WHERE country = 'TH' AND member")}
    assert kinds["rayong"] == kinds["satun"] == kinds["sukhothai"] == "province"
    assert kinds["hat-yai"] == kinds["tak"] == "municipality"
    row = facts.row("SELECT within, within_th FROM place WHERE id = 'hat-yai'")
    assert row is not None and tuple(row) == ("Songkhla", "สงขลา")
