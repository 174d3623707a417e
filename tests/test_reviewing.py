"""What a maintainer sees of an announcement before it is taken, at a terminal of a machine as it may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.reviewing import review

RECORD = Path(__file__).parent / "records" / "2031-uil-en.yaml"


def test_a_draft_is_compared_before_anything_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNING_CITIES_DATA", str(tmp_path / "fresh"))
    result = CliRunner().invoke(main, ["diff", str(RECORD)])
    assert result.exit_code == 0, result.output
    assert "? Which Thai cities joined in 2031?" in result.stdout


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hua Hin (Thailand) and Lyon (France) have joined.", "publisher"),
        ("UNESCO has 66 new members from 57 countries.", "unread"),
    ],
)
def test_what_nobody_can_settle_by_looking_has_to_be_written(
    text: str, kind: str, tmp_path: Path, facts_path: Path
) -> None:
    path = tmp_path / "text.txt"
    path.write_text(f"Learning cities: new members in 2031\n\n{text}\n")
    found = review(path, facts_path)
    assert kind in {point.kind for point in found.to_write}
    assert kind not in {point.kind for point in found.points}
