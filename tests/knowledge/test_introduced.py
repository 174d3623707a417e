"""Records that introduce places of their own, and drafts, which are refused until a person has reviewed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import checked
from knowledge.faults import RecordError
from knowledge.reading import load
from tests.knowledge.test_commands import run

RECORD = """\
id: 2031-uil-en
year: 2031
sources: [{id: uil-2031-en, publisher: UIL, language: en}]
memberships:
  - {place: lyon-fr, source: uil-2031-en}
places:
  - {id: lyon-fr, country: FR, name: Lyon, kind: city}
"""


@pytest.fixture
def added(copy: Path) -> Path:
    path = copy / "announcements" / "2031-uil-en.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


def test_a_record_may_introduce_a_place_that_was_elsewhere(added: Path, copy: Path) -> None:
    assert "lyon-fr" in {row.id for row in load().elsewhere}
    records = checked(load(copy))
    assert "lyon-fr" in {place.id for place in records.places}
    assert "lyon-fr" not in {row.id for row in records.elsewhere}
    assert run("build", "--records", copy, "--facts", copy / "facts.sqlite")


def test_its_faults_are_found_where_they_are(added: Path, copy: Path) -> None:
    added.write_text(RECORD.replace("country: FR", "country: XX").replace("kind: city", "aliases: [Payao]"))
    with pytest.raises(RecordError) as error:
        checked(load(copy))
    assert [(fault.file, fault.place) for fault in error.value.faults] == [(str(added), "7"), (str(added), "7")]


def test_a_fault_elsewhere_keeps_its_line(added: Path, copy: Path) -> None:
    path = copy / "elsewhere.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    spoilt = max(number for number, row in enumerate(lines) if ",large," in row)
    assert spoilt > next(number for number, row in enumerate(lines) if row.startswith("lyon-fr,"))
    cells = lines[spoilt].split(",")
    lines[spoilt] = ",".join([*cells[:2], "XX", *cells[3:]])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        checked(load(copy))
    assert error.value.faults[0].place == str(spoilt + 1)


def test_a_draft_is_refused(added: Path, copy: Path) -> None:
    added.write_text(f"{RECORD}review:\n  - {{doubt: Lyon is new, where: paragraph 3, found: Lyon (France)}}\n")
    with pytest.raises(RecordError) as error:
        checked(load(copy))
    expected = f"{added}:9: 2031-uil-en is a draft: settle the 1 point under `review`, then take that section out"
    assert [str(fault) for fault in error.value.faults] == [expected]


NAMESAKES = """\
id: 2031-uil-en
year: 2031
sources: [{id: uil-2031-en, publisher: UIL, language: en}]
memberships:
  - {place: %(id)s, source: uil-2031-en}
places:
  - {id: %(id)s, country: %(country)s, name: %(name)s, kind: city%(more)s}
"""


@pytest.mark.parametrize(
    ("id_", "country", "name"),
    [
        ("san-jose-cr", "CR", "San José"),  # there is San Jose in the United States
        ("newcastle-au", "AU", "Newcastle"),  # there is one in South Africa, and it is an alias of Newcastle upon Tyne
        ("newcastle-in-australia", "AU", "Newcastle"),
        ("newcastle-gb", "GB", "Newcastle"),
        ("prizren", "XK", "Prizren"),  # Kosovo has no region
    ],
)
def test_a_new_member_may_have_the_name_of_places_elsewhere(
    added: Path, copy: Path, id_: str, country: str, name: str
) -> None:
    added.write_text(NAMESAKES % {"id": id_, "country": country, "name": name, "more": ""})
    records = checked(load(copy))
    others = [row for row in records.elsewhere if row.name == name]
    assert (id_, country) in {(place.id, place.country) for place in records.places}
    assert all(row.country != country and (row.reason, row.of) == ("namesake", id_) for row in others)


def test_it_says_which_of_several_places_it_is(added: Path, copy: Path) -> None:
    twins = [row for row in load().elsewhere if (row.country, row.name) == ("US", "Waterford")]
    assert len(twins) == 2
    plain = {"id": "waterford-in-america", "country": "US", "name": "Waterford", "more": ""}
    added.write_text(NAMESAKES % plain)
    with pytest.raises(
        RecordError, match=rf"say which with `geonames:` {twins[0].geonames} .* or {twins[1].geonames} "
    ):
        load(copy)
    added.write_text(NAMESAKES % {**plain, "more": f", geonames: {twins[1].geonames}"})
    records = checked(load(copy))
    assert not [row for row in records.elsewhere if (row.country, row.name) == ("US", "Waterford")]


def test_a_number_that_nothing_has_takes_nothing_over(added: Path, copy: Path) -> None:
    added.write_text(NAMESAKES % {"id": "lyon-2", "country": "FR", "name": "Lyon", "more": ", geonames: 1"})
    places = {place.id: place for place in checked(load(copy)).places}
    assert places["lyon-2"].aliases == []


def test_an_alias_is_left_to_the_place_of_that_name(added: Path, copy: Path) -> None:
    """Newcastle upon Tyne is called Newcastle, until Newcastle itself joins, too."""
    text = NAMESAKES % {"id": "newcastle-upon-tyne-gb", "country": "GB", "name": "Newcastle upon Tyne", "more": ""}
    assert "Newcastle" in next(row.aliases for row in load().elsewhere if row.id == "newcastle-upon-tyne-gb")
    added.write_text(f"{text}  - {{id: newcastle-au, country: AU, name: Newcastle, kind: city}}\n")
    places = {place.id: place for place in checked(load(copy)).places}
    assert "Newcastle" not in places["newcastle-upon-tyne-gb"].aliases
