"""The README: what it shows is what happens."""

from __future__ import annotations

import io
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.__main__ as bot_line
import knowledge.__main__ as knowledge_line
from bot.conversation import Engine, Memory
from bot.jsonlines import answer_lines
from bot.settings import VARIABLES
from bot.terminal import as_text

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
JSON_PIPE = re.compile(r"echo '(.*)' \| python -m bot ask --json \| python -m json\.tool --no-ensure-ascii")


def blocks(kind: str) -> list[str]:
    """Return the code blocks of a kind."""
    return [text for found, text in BLOCK.findall(README) if found == kind]


def prompted(text: str, prompt: str) -> Iterator[tuple[str, str]]:
    """Yield what stands behind each prompt, and what follows it."""
    for part in re.split(rf"^{re.escape(prompt)}", text, flags=re.MULTILINE)[1:]:
        said, _, shown = part.partition("\n")
        yield said, shown.strip("\n")


def rows(heading: str) -> list[tuple[str, ...]]:
    """Return the rows of the table whose first column has the heading."""
    table = README.partition(f"\n| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in table]


TALKS = [block for block in blocks("text") if block.startswith("> ")]
COMMANDS = [pair for block in blocks("console") for pair in prompted(block, "$ ")]


@pytest.fixture(scope="module")
def engine(facts_path: Path) -> Engine:
    return Engine.open(facts_path)


@pytest.fixture
def run(engine: Engine, facts_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs the command lines on the fact base of the tests."""
    monkeypatch.setattr(bot_line, "_engine", lambda: engine)
    monkeypatch.setenv("LEARNING_CITIES_DATA", str(facts_path.parent))
    return CliRunner()


def command(arguments: list[str], run: CliRunner) -> str:
    """Return what `python -m bot …` or `python -m knowledge …` prints."""
    lines = {"bot": bot_line.main, "knowledge": knowledge_line.main}
    assert arguments[:2] == ["python", "-m"]
    result = run.invoke(lines[arguments[2]], arguments[3:])
    assert result.exit_code == 0, result.output
    return result.stdout.strip("\n")


def test_there_is_something_to_run() -> None:
    assert len(TALKS) == 4
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.splitlines()[0])
def test_dialogues(talk: str, engine: Engine) -> None:
    memory: Memory | None = None
    for question, shown in prompted(talk, "> "):
        turn = engine.answer(question, memory)
        memory = turn.memory
        assert as_text(turn.reply) == shown


@pytest.mark.parametrize(("typed", "shown"), COMMANDS, ids=[typed for typed, _ in COMMANDS])
def test_commands(typed: str, shown: str, engine: Engine, run: CliRunner) -> None:
    if piped := JSON_PIPE.fullmatch(typed):
        printed = io.StringIO()
        answer_lines(engine, [piped[1].encode()], printed)
        assert json.dumps(json.loads(printed.getvalue()), indent=4, ensure_ascii=False) == shown
    else:
        assert command(shlex.split(typed), run) == shown


def test_every_json_field_is_explained() -> None:
    shown = next(shown for typed, shown in COMMANDS if JSON_PIPE.fullmatch(typed))
    assert [row[0].strip("`") for row in rows("field")] == list(json.loads(shown))


def test_kinds_of_answers(engine: Engine) -> None:
    kinds = rows("the sources")
    assert len(kinds) == 4
    for _, question, answer in kinds:
        assert engine.answer(question).reply.lead == answer


def test_settings() -> None:
    documented = [(name.strip("`"), default.strip("`"), text) for name, default, text in rows("variable")]
    assert documented == [(variable.name, variable.default, variable.help) for variable in VARIABLES]


def test_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for name, of in project["optional-dependencies"].items() if name != "dev" for one in of]
    needed = (*project["dependencies"], *extras)
    names = {re.split(r"[^\w-]", requirement)[0] for requirement in needed}
    assert {row[0].strip("`") for row in rows("dependency")} == names


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    tested = next(line for block in blocks("sh") for line in block.splitlines() if line.endswith("pytest"))
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == tested


def test_links_and_paths_lead_somewhere() -> None:
    paths = set(re.findall(r"\]\(((?!https?:|#)[^)]+)\)", README)) | set(
        re.findall(r"`((?:bot|knowledge|tests|\.ci)/[^`*]*)`", README)
    )
    assert "knowledge/README.md" in paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
