"""Warnings and notes: each on a record spoiled in one way, and none on the packaged ones but what is not held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge.__main__ import main
from knowledge.check import checked, remarks_on
from knowledge.faults import RecordError
from knowledge.reading import load

RECORD = Path(__file__).parents[1] / "records" / "2031-uil-en.yaml"
SECOND = """
id: 2031-moe-th
year: 2031
sources:
  - {id: moe-2031-th, publisher: Ministry of Education (Thailand), language: th, url: 'https://example.org/th'}
memberships:
  - {place: udon-thani, source: moe-2031-th, locator: paragraph 1, printed: อุดรธานี}
declared:
  - {scope: world, measure: new_cities, value: 4, source: moe-2031-th, locator: paragraph 1}
coverage:
  - {scope: country:TH, complete: true, known: 1, declared: 1}
"""
COUNTRIES = "  - {scope: world, measure: new_countries"
WARNINGS = {
    "announced in another year": ("'2031-02-04'", "'2030-02-04'", ":4: warning: announced on 2030-02-04, and of the"),
    "printed otherwise": (
        "printed: Pakse",
        "printed: Savannakhet",
        ": warning: the source prints 'Savannakhet', which is no known name of pakse",
    ),
    "known under another spelling": (
        "memberships:\n",
        "  - {id: pakse-2, country: LA, name: Paksee}\n\nmemberships:\n",
        ": warning: pakse-2 is spelt like pakse: are they one place?",
    ),
    "joined before": (
        "place: pakse, source: uil-2031-en, locator: paragraph 2, printed: Pakse",
        "place: canning, source: uil-2031-en",
        ": warning: canning joined in 2022 already, by 2022-unesco-bangkok-th.yaml:16: once more in 2031?",
    ),
    "sources that disagree": (
        COUNTRIES,
        f"  - {{scope: world, measure: new_cities, value: 5, source: uil-2022-en, followed: false}}\n{COUNTRIES}",
        "has 5, uil-2031-en has 4, and no conflict says so",
    ),
    "regions above the world": (
        COUNTRIES,
        f"  - {{scope: region:africa, measure: new_cities, value: 5, source: uil-2031-en}}\n{COUNTRIES}",
        ": warning: 4 new cities in 2031, but its regions have 5 together",
    ),
}


def remarks(tmp_path: Path, *texts: str) -> list[str]:
    """Check the texts as records beside the packaged ones; return what is said of them."""
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return [str(remark) for remark in remarks_on(checked(load(added=paths))) if str(tmp_path) in remark.file]


def test_packaged_records_have_no_warnings() -> None:
    assert [str(remark) for remark in remarks_on(load()) if remark.level == "warning"] == []


@pytest.mark.parametrize("case", WARNINGS)
def test_warnings(case: str, tmp_path: Path) -> None:
    old, new, message = WARNINGS[case]
    text = RECORD.read_text(encoding="utf-8")
    assert old in text
    found = remarks(tmp_path, text.replace(old, new, 1))
    assert [line for line in found if message in line], found
    assert not [line for line in remarks(tmp_path, text) if ": warning: " in line]


def test_notes_tell_what_is_not_held(tmp_path: Path) -> None:
    text = RECORD.read_text(encoding="utf-8")
    path = tmp_path / "0.yaml"
    assert remarks(tmp_path, text) == [f"{path}:36: note: the world in 2031: 4 declared, 2 found"]
    bare = text.replace("  - {scope: world, complete: false, known: 2, declared: 4}\n", "")
    assert remarks(tmp_path, bare) == [
        f"{path}:31: note: the world in 2031: 4 declared, and no coverage says how many are held"
    ]


def test_two_records_of_one_announcement_count_once(tmp_path: Path) -> None:
    text = RECORD.read_text(encoding="utf-8")
    found = remarks(tmp_path, text, SECOND)
    assert not [line for line in found if ": warning: " in line]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("place: udon-thani", "place: hat-yai", "is another one in 0.yaml: only here hat-yai; only there udon-thani"),
        ("value: 4", "value: 6", "new_cities of the world in 2031: follow one source, not uil-2031-en and moe-2031-th"),
        (
            "known: 1, declared: 1",
            "known: 1, declared: 2",
            "coverage of country:TH in 2031 is there already, in 0.yaml:37",
        ),
        ("id: 2031-moe-th", "id: 2031-uil-en", "record 2031-uil-en is there already, in 0.yaml"),
    ],
    ids=["other cities", "other numbers", "other coverage", "one id"],
)
def test_two_records_of_one_announcement_that_disagree(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(RecordError) as raised:
        remarks(tmp_path, RECORD.read_text(encoding="utf-8"), SECOND.replace(old, new))
    assert [fault for fault in raised.value.faults if message in fault.message], raised.value.faults


def test_the_command_tells_warnings_and_on_request_notes(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(RECORD.read_text(encoding="utf-8").replace("'2031-02-04'", "'2030-02-04'", 1), encoding="utf-8")
    told = CliRunner().invoke(main, ["check", str(path)])
    assert told.exit_code == 0
    assert told.stdout == "9 records hold together: 248 memberships, 65 statements, 247 places.\n"
    assert told.stderr.startswith(f"{path}:4: warning: announced on 2030-02-04") and len(told.stderr.splitlines()) == 1
    assert f"{path}:36: note: " in CliRunner().invoke(main, ["check", str(path), "--notes"]).stderr


def test_a_place_that_joins_is_called_as_before(tmp_path: Path, write: Callable[[str], Path]) -> None:
    path = write(RECORD.read_text(encoding="utf-8"))
    records = load(added=[path])
    udon = next(place for place in records.places if place.id == "udon-thani")
    assert "จังหวัดอุดรธานี" in udon.aliases and "Udorn Thani" in udon.aliases
    assert "udon-thani-th" not in {row.id for row in records.elsewhere}
    assert len(load().elsewhere) == len(records.elsewhere) + 2


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Write a record."""

    def written(text: str) -> Path:
        path = tmp_path / "record.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written
