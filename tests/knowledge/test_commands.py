"""The maintainers' commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from knowledge.__main__ import main
from knowledge.location import PACKAGE

EXAMPLE = PACKAGE.parent / "tests" / "extract" / "example.txt"


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_check() -> None:
    assert run("check") == "8 records hold together: 246 memberships, 65 statements, 245 places.\n"


def test_coverage(facts_path: Path) -> None:
    lines = run("coverage", "--facts", facts_path).splitlines()
    assert lines[0].split()[:2] == ["cohort", "world"]
    row = next(line for line in lines if line.startswith("2022"))
    assert row.split() == ["2022", "71/77", "16", "✓", "9", "✓", "13", "✓", "22", "11", "13", "5"]
    assert lines[-1].endswith(": CY, TH")


def test_build_and_diff(copy: Path, spoil: Callable[[str, str, str], None], tmp_path: Path, facts_path: Path) -> None:
    assert run("diff", "--facts", facts_path) == "nothing changes\n"
    spoil("announcements/2025.yaml", "topic: capitals-2025", "topic: capitals")
    spoil("announcements/2025.yaml", "Eleven of the new cities of 2025", "11 of the new cities of 2025")
    lines = run("diff", "--records", copy, "--facts", facts_path).splitlines()
    assert [line[:45] for line in lines] == [
        "* statement capitals-2025: en Eleven of the n",
    ]
    built = tmp_path / "new" / "facts.sqlite"
    assert run("build", "--records", copy, "--facts", built).startswith(f"{built}: ")
    assert run("diff", "--records", copy, "--facts", built) == "nothing changes\n"


def test_readme_shows_what_the_commands_print(facts_path: Path) -> None:
    readme = (PACKAGE / "README.md").read_text(encoding="utf-8")
    assert f"$ python -m knowledge check\n{run('check')}" in readme
    assert f"$ python -m knowledge coverage\n{run('coverage', '--facts', facts_path)}" in readme
    assert f"$ python -m knowledge extract tests/extract/example.txt\n{run('extract', EXAMPLE)}" in readme
    for command in main.commands:
        assert f"python -m knowledge {command}" in readme
