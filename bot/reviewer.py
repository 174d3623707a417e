"""Reviews and takes records in a process of its own, one at a time, bounded in time and memory."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

PATIENCE = 180.0  # seconds
_UNSAFE = re.compile(r"[^\w.-]+")
_STALE = "is another one by now"


class ReviewError(Exception):
    """It cannot be reviewed or taken; the text says why."""


class StaleReviewError(ReviewError):
    """The fact base has changed since the record was compared with it."""


class Reviewer:
    """Asks `python -m bot` about the fact base at one path."""

    def __init__(self, facts: Path) -> None:
        self._facts = facts
        self._lock = asyncio.Lock()

    @property
    def busy(self) -> bool:
        """Whether another one has to be waited for."""
        return self._lock.locked()

    async def review(self, data: bytes, name: str) -> dict[str, Any]:
        """Return the review of an announcement or a record as JSON; raise ReviewError with why there is none."""
        return await self._ask(data, name, "review", "--json")

    async def take(self, record: str, name: str, basis: str) -> dict[str, Any]:
        """Put a record into the fact base; return where it is kept and the answers before and after.

        Raises StaleReviewError if the fact base is no longer that of the digest `basis`, or ReviewError.
        """
        return await self._ask(record.encode(), name, "add", "--json", "--basis", basis)

    async def _ask(self, data: bytes, name: str, *command: str) -> dict[str, Any]:
        async with self._lock:
            with tempfile.TemporaryDirectory(prefix="learning-cities-") as folder:
                path = Path(folder) / (_UNSAFE.sub("_", name)[-80:].lstrip("._-") or "announcement")
                await asyncio.to_thread(path.write_bytes, data)
                status, printed, told = await self._run(*command, str(path))
                if status == 0:
                    answer: dict[str, Any] = json.loads(printed)
                    return answer
        why = [line for line in told.replace(f"{folder}/", "").splitlines() if line.strip()] or [f"exit code {status}"]
        raise StaleReviewError(why[-1]) if _STALE in told else ReviewError("\n".join(why if status == 1 else why[-1:]))

    async def _run(self, *command: str) -> tuple[int, str, str]:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**_environment(), "LEARNING_CITIES_DATA": str(self._facts.parent)},
        )
        try:
            printed, told = await asyncio.wait_for(child.communicate(), PATIENCE)
        except BaseException as error:  # also when the bot stops
            child.kill()
            await child.wait()
            if isinstance(error, TimeoutError):
                raise ReviewError(f"{PATIENCE:.0f} s were not enough") from None
            raise
        return child.returncode or 0, printed.decode(errors="replace"), told.decode(errors="replace")


def _environment() -> dict[str, str]:
    """Return the environment without what the child does not need to know: above all the token."""
    folders = [folder for folder in sys.path if folder]
    kept = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    return {**kept, "PYTHONPATH": os.pathsep.join(folders), "PYTHONIOENCODING": "utf-8"}
