"""What the bot is shipped with: locked dependencies, and a container that may do little."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.settings import VARIABLES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK_LINE = re.compile(
    r"""[a-z0-9._-]+==[A-Za-z0-9.+!]+( ; [a-z_]+ [!=]= "[a-z0-9]+")? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"""
    "|# The following .*|"
)
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def locked(name: str) -> dict[str, str]:
    """Return names and versions of a lock."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def required(requirements: list[str]) -> set[str]:
    """Return the names in requirements."""
    return {re.split(r"[^\w-]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock"])
def test_locks_hold_names_versions_and_hashes_alone(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []
    for at, line in enumerate(lines):
        assert "==" not in line or "--hash=" in lines[at + 1]


def test_everything_needed_is_locked() -> None:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    needed = required([*project["dependencies"], *extras["web"], *extras["extract"]])
    assert needed - set(locked("requirements.lock")) == set()
    assert required(PROJECT["build-system"]["requires"]) - set(locked("requirements-build.lock")) == set()


def test_the_image_installs_by_hash_and_runs_as_nobody_without_a_shell() -> None:
    assert DOCKERFILE.count("--require-hashes") == 2
    steps = [
        line for line in DOCKERFILE.splitlines() if line.startswith(("RUN ", "CMD ", "ENTRYPOINT ", "HEALTHCHECK "))
    ]
    for step in steps:
        assert isinstance(json.loads(step[step.index("[") :]), list)
    assert DOCKERFILE.rindex("USER 65532:65532") > DOCKERFILE.rindex("FROM ")


def test_the_container_may_do_little_and_stops_in_time() -> None:
    for service in COMPOSE["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert service["restart"] == "unless-stopped"
    bot = COMPOSE["services"]["bot"]
    assert "ports" not in bot
    assert int(bot["stop_grace_period"].removesuffix("s")) >= 15
    assert [volume.partition(":")[2] for volume in bot["volumes"]] == ["/state"]
    assert set(bot["environment"]) <= {variable.name for variable in VARIABLES}
    assert set(COMPOSE["services"]["caddy"]["profiles"]) == {"webhook"}
