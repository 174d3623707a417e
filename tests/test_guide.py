"""The maintainer's guide: its commands are run one after the other, and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.__main__ as bot_line
import knowledge.__main__ as knowledge_line
from knowledge.build import build
from tests.test_readme import prompted

ROOT = Path(__file__).parents[1]
TEXT = ROOT / "tests" / "records" / "announcement-2031.txt"
GUIDE = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## A new announcement in five minutes")[2].partition("\n## ")[0]
COMMANDS = [
    pair
    for block in re.findall(r"^```console\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    for pair in prompted(block, "$ ")
]
VARYING = re.compile(r"\d{8}-\d{9}-[0-9a-f]{6}|\d{4}-\d\d-\d\dT\d\d:\d\d|(?<=announcements/)\d{4}-\d\d-\d\d")
REVIEW = re.compile(r"^review:.*\n(?:[ \-#].*\n|\n)*", re.MULTILINE)
ELLIPSIS = "…"


def run(typed: str) -> str:
    """Return what a command prints, on both streams."""
    words = shlex.split(typed)
    assert words[:2] == ["python", "-m"]
    line = {"bot": bot_line.main, "knowledge": knowledge_line.main}[words[2]]
    arguments, _, into = " ".join(map(shlex.quote, words[3:])).partition(" '>' ")
    result = CliRunner().invoke(line, shlex.split(arguments))
    if into:
        Path(into).write_text(result.stdout, encoding="utf-8")
        return result.stderr
    return result.output


def shows(shown: str, printed: str) -> bool:
    """Tell whether what is shown is printed, in this order; an ellipsis stands for any lines."""
    at = 0
    for part in re.split(rf"^{ELLIPSIS}\n?", f"{shown}\n", flags=re.MULTILINE):
        found = printed.find(part.strip("\n"), at)
        if found < 0:
            return False
        at = found + len(part.strip("\n"))
    return ELLIPSIS in shown or shown.strip() == printed.strip()


def test_the_guide_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEARNING_CITIES_DATA", str(tmp_path / "data"))
    build(tmp_path / "data" / "facts.sqlite")
    shutil.copy(TEXT, "announcement.txt")
    assert len(COMMANDS) >= 8
    for number, (typed, shown) in enumerate(COMMANDS):
        printed = run(typed)
        assert shows(VARYING.sub("*", shown), VARYING.sub("*", printed)), f"{typed}\n{printed}"
        if number == 1:  # a person settles the points
            draft = Path("draft.yaml")
            draft.write_text(REVIEW.sub("", draft.read_text(encoding="utf-8")), encoding="utf-8")


def test_it_names_every_command_of_a_maintainer() -> None:
    for command in ("diff", "add", "misses", "explain"):
        assert f"python -m bot {command}" in GUIDE
    for command in knowledge_line.main.commands:
        assert f"python -m knowledge {command}" in GUIDE
