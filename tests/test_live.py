"""A new fact base is taken while questions are answered; a broken one never."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversation import Engine
from bot.live import Live
from bot.standing import failures
from knowledge.build import build

RECORD = Path(__file__).parent / "records" / "2031-uil-en.yaml"
QUESTION = "Which Thai cities joined in 2031?"
OLD, NEW = "Our sources hold no round", "1 city from Thailand joined in 2031."


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fact base with one round more."""
    return build(tmp_path_factory.mktemp("grown") / "facts.sqlite", added=[RECORD])


@pytest.fixture
def served(tmp_path: Path, facts_path: Path) -> Path:
    """The path that a live engine looks at."""
    return Path(shutil.copy(facts_path, tmp_path / "facts.sqlite"))


def put(source: Path | bytes, target: Path) -> None:
    """Put a file in place in one step, as a build does."""
    beside = target.with_name("beside")
    beside.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
    beside.replace(target)


def said(engine: Engine) -> str:
    return engine.answer(QUESTION).reply.lead


def forged(grown: Path, folder: Path, sql: str) -> Path:
    """Return a copy of a fact base that was changed behind the back of the build."""
    path = Path(shutil.copy(grown, folder / "forged.sqlite"))
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()
    return path


def test_a_new_fact_base_is_taken(served: Path, grown: Path) -> None:
    live = Live.open(served)
    assert not live.refresh()
    assert said(live).startswith(OLD)
    put(grown, served)
    assert live.refresh() and not live.refresh()
    assert said(live) == NEW
    assert failures(live) == []


BROKEN: dict[str, Callable[[Path, Path], Path | bytes]] = {
    "no fact base": lambda grown, folder: b"not a database" * 1000,
    "empty": lambda grown, folder: b"",
    "cut off": lambda grown, folder: grown.read_bytes()[:1_000_000],
    "damaged": lambda grown, folder: grown.read_bytes()[:200_000] + b"\xff" * 4096 + grown.read_bytes()[204_096:],
    "another version": lambda grown, folder: forged(grown, folder, "UPDATE build SET value = '1' WHERE key = 'schema'"),
    "members lost": lambda grown, folder: forged(grown, folder, "DELETE FROM membership WHERE place = 'hat-yai'"),
    "names lost": lambda grown, folder: forged(grown, folder, "DELETE FROM name WHERE ref = 'TH'"),
    "tables lost": lambda grown, folder: forged(grown, folder, "DROP TABLE statement"),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_one_is_refused_and_told_once(case: str, served: Path, grown: Path, tmp_path: Path) -> None:
    told: list[str] = []

    async def report(why: str) -> None:
        told.append(why)

    async def watched() -> None:
        task = asyncio.create_task(live.watch(report, 0.02))
        await asyncio.sleep(0.05)
        put(BROKEN[case](grown, tmp_path), served)
        for _ in range(300):
            await asyncio.sleep(0.02)
            if told:
                break
        await asyncio.sleep(0.2)
        assert said(live).startswith(OLD)
        put(grown, served)
        for _ in range(300):
            await asyncio.sleep(0.02)
            if said(live) == NEW:
                break
        task.cancel()

    live = Live.open(served)
    asyncio.run(watched())
    assert len(told) == 1 and str(served) in told[0]
    assert said(live) == NEW and live.refused is None


def test_a_file_that_is_being_copied_is_waited_for(served: Path, grown: Path) -> None:
    """Somebody copies over the file in place: what is served is not touched, and half a file is not looked at."""
    told: list[str] = []

    async def report(why: str) -> None:
        told.append(why)

    async def watched() -> None:
        task = asyncio.create_task(live.watch(report, 0.2))
        with served.open("wb") as file:
            for start in range(0, len(content), len(content) // 10):
                file.write(content[start : start + len(content) // 10])
                file.flush()
                await asyncio.sleep(0.1)
                assert said(live).startswith(OLD)
        for _ in range(300):
            await asyncio.sleep(0.02)
            if said(live) == NEW:
                break
        task.cancel()

    live, content = Live.open(served), grown.read_bytes()
    asyncio.run(watched())
    assert said(live) == NEW and told == []


def test_answering_goes_on_while_a_new_one_is_opened(served: Path, grown: Path, facts_path: Path) -> None:
    answers: list[str] = []

    async def watched() -> None:
        task = asyncio.create_task(live.watch(None, 0.02))
        for number in range(4):
            put(facts_path if number % 2 else grown, served)
            before = said(live)
            while said(live) == before:
                answers.append(live.answer(f"{QUESTION} which Lao cities joined in 2031?").reply.text)
                await asyncio.sleep(0)
        task.cancel()

    live = Live.open(served)
    asyncio.run(watched())
    assert len(answers) > 40
    assert len(set(answers)) == 2, "a reply to two questions came out of two fact bases"


def test_what_was_spoken_of_and_is_gone_is_forgotten(served: Path, grown: Path, facts_path: Path) -> None:
    put(grown, served)
    live = Live.open(served)
    memory = live.answer("Is Pakse a member?").memory
    assert live.answer("when did it join?", memory).reply.lead.startswith("Pakse")
    put(facts_path, served)
    assert live.refresh()
    assert "Pakse" not in live.answer("when did it join?", memory).reply.text


def test_old_engines_are_let_go(served: Path, grown: Path, facts_path: Path) -> None:
    """Without the garbage collector: what it has frozen, it never looks at again."""
    import gc
    from weakref import ref

    live = Live.open(served)
    said(live)
    gc.disable()
    try:
        for number in range(3):
            old = [ref(part) for part in vars(live._engine).values() if hasattr(part, "__weakref__")]
            put(facts_path if number % 2 else grown, served)
            assert live.refresh()
            said(live)
            assert len(old) >= 4 and [part() for part in old if part()] == []
    finally:
        gc.enable()
        gc.unfreeze()


def test_nothing_is_left_in_the_folder(served: Path, grown: Path) -> None:
    live = Live.open(served)
    put(grown, served)
    live.refresh()
    assert [path.name for path in served.parent.iterdir()] == ["facts.sqlite"]


def test_a_missing_file_is_no_reason_to_stop(served: Path) -> None:
    live = Live.open(served)
    served.unlink()
    assert not live.refresh()
    assert said(live).startswith(OLD)
