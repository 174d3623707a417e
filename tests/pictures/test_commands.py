"""`python -m bot map` and `stats`: a picture in a file, its caption on standard output."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.__main__ as line
from bot.conversation import Engine
from tests.pictures.png import size

EXAMPLES = Path(line.__file__).parent / "pictures" / "examples"


@pytest.fixture
def run(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(line, "_engine", lambda: engine)
    return CliRunner()


def test_a_map_is_written_and_its_caption_printed(run: CliRunner, tmp_path: Path) -> None:
    found = run.invoke(line.main, ["map", "--to", str(tmp_path / "th.png"), "เมืองไทย"])
    assert found.exit_code == 0
    assert found.stdout.startswith("เมืองสมาชิกจากประเทศไทยมี 13 เมือง")
    assert size((tmp_path / "th.png").read_bytes())[0] == 1280


def test_without_a_question_the_whole_network_is_drawn(run: CliRunner, tmp_path: Path) -> None:
    found = run.invoke(line.main, ["map", "--to", str(tmp_path / "all.png"), "--language", "en"])
    assert found.exit_code == 0
    assert found.stdout.startswith("The network has 425 cities")


def test_statistics_are_written(run: CliRunner, tmp_path: Path) -> None:
    found = run.invoke(line.main, ["stats", "--to", str(tmp_path / "stats.png"), "--language", "th"])
    assert found.exit_code == 0
    assert "77 (มีรายชื่อ 71)" in found.stdout
    assert (tmp_path / "stats.png").read_bytes()


def test_nothing_to_draw_is_a_fault_of_the_input(run: CliRunner, tmp_path: Path) -> None:
    found = run.invoke(line.main, ["map", "--to", str(tmp_path / "no.png"), "Berlin"])
    assert found.exit_code == 1
    assert found.stdout == ""
    assert found.stderr.startswith("Our sources cannot tell: Berlin")
    assert not (tmp_path / "no.png").exists()


def test_a_folder_that_is_not_there_is_told(run: CliRunner, tmp_path: Path) -> None:
    found = run.invoke(line.main, ["map", "--to", str(tmp_path / "none" / "th.png"), "ไทย"])
    assert found.exit_code == 1
    assert len(found.stderr.splitlines()) == 1


def test_examples_are_small_pictures() -> None:
    pictures = sorted(EXAMPLES.iterdir())
    assert [path.name for path in pictures] == ["map-2022.png", "map-thailand.png", "stats.png"]
    for path in pictures:
        assert size(path.read_bytes())[0] >= 640
        assert path.stat().st_size < 150_000
