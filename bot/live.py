"""The engine that serves, exchanged for another when a new fact base lies in the place of the old one."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.conversation import Engine, Memory, Turn
from bot.standing import failures
from knowledge import store
from knowledge.build import ensure
from knowledge.faults import BuildError
from knowledge.trial import tried

if TYPE_CHECKING:
    from bot.language import Language
    from bot.replies.following import Next
    from bot.understanding.interpret import Reading
    from bot.understanding.spans import Utterance

LOG = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks at the file
Report = Callable[[str], Awaitable[None]]


class Live(Engine):
    """Answers as the engine of the moment does; a question sees one fact base from end to end.

    `refused` says why the file that lies there now is not served, if it is not.
    """

    def __init__(self, engine: Engine, path: Path, base: store.FactBase) -> None:
        self._engine = engine
        self._path = path
        self._identity = base.identity
        self._digest = base.digest
        self._exchanged = False
        self.refused: str | None = None

    @classmethod
    def open(cls, path: Path | None = None) -> Live:
        """Return a live engine on the fact base at `path`, or on the records, built if need be."""
        path = path or ensure()
        base = store.open_copy(path)
        live = cls(Engine(base), path, base)
        gc.collect()
        gc.freeze()  # dictionaries never go; walking them would hold a reply up for a tenth of a second
        return live

    def __getattr__(self, name: str) -> Any:
        """Leave everything else to the engine of the moment."""
        return getattr(self.__dict__["_engine"], name)

    @property
    def digest(self) -> str:
        """What the fact base that serves was built from."""
        return self._digest

    @property
    def path(self) -> Path:
        """Where the fact base lies."""
        return self._path

    def read(self, text: str, memory: Memory | None = None) -> tuple[Utterance, Reading]:
        """Return what is understood of `text`, without answering it."""
        return self._engine.read(text, memory)

    def answer(self, text: str, memory: Memory | None = None, language: Language | None = None) -> Turn:
        """Return the reply to `text`; what was spoken of is forgotten where the fact base no longer holds it."""
        engine = self._engine
        if self._exchanged and memory is not None and not engine.remembers(memory):
            memory = None
        return engine.answer(text, memory, language)

    def recall(self, code: str, language: Language) -> Turn | None:
        """Return the reply to the query of a code, or None."""
        return self._engine.recall(code, language)

    def named(self, text: str, language: Language, limit: int, offset: int = 0) -> tuple[Next, ...]:
        """Return members with a name that holds `text`, to be asked about."""
        return self._engine.named(text, language, limit, offset)

    def refresh(self) -> bool:
        """Serve the file that lies there now, if it is another one and sound; tell whether it was exchanged."""
        identity = store.identity_of(self._path)
        if identity in (self._identity, None):
            return False
        return self._take(identity, self._opened())

    async def reload(self) -> bool:
        """Serve the file that lies there now as `refresh` does, while questions are answered."""
        identity = store.identity_of(self._path)
        if identity in (self._identity, None):
            return False
        return self._take(identity, await asyncio.to_thread(self._opened))

    async def watch(self, report: Report | None = None, pause: float = PAUSE) -> None:
        """Look at the file again and again, and exchange the engine while questions are answered.

        A file is taken once it is the same in two looks: somebody may still be copying it. `report` is told once of
        each file that is refused.
        """
        seen = self._identity
        while True:
            await asyncio.sleep(pause)
            identity = store.identity_of(self._path)
            if identity in (self._identity, None) or identity != seen:
                seen = identity
                continue
            opened = await asyncio.to_thread(self._opened)
            if not self._take(identity, opened) and report and self.refused:
                await report(self.refused)

    def _opened(self) -> tuple[Engine, store.FactBase] | str:
        """Return an engine on the file that lies there now, or why it cannot serve."""
        try:
            base = store.open_copy(self._path)
            if faults := base.faults():
                return f"{self._path}: is damaged: {faults[0]}"
            tried(self._path)
            engine = Engine(base)
            wrong = failures(engine)
        except (store.StoreError, BuildError) as error:
            return str(error)
        except Exception as error:  # whatever a file can do: the old one goes on serving
            LOG.warning("A new fact base could not be looked at", exc_info=True)
            return f"{self._path}: cannot serve: {error}"
        return (
            f"{self._path}: no right answer to {wrong[0]!r}, nor to {len(wrong) - 1} more" if wrong else (engine, base)
        )

    def _take(self, identity: store.Identity | None, opened: tuple[Engine, store.FactBase] | str) -> bool:
        if identity == self._identity:
            return self.refused is None  # it was taken in the meantime
        self._identity = identity
        if isinstance(opened, str):
            self.refused = opened
            LOG.error("A new fact base was refused, the old one serves on: %s", opened)
            return False
        engine, base = opened
        self._engine, self._digest, self._exchanged, self.refused = engine, base.digest, True, None
        gc.freeze()
        LOG.info("Serving the fact base of %s", base.digest[:12])
        return True
