"""How the bot is: a heartbeat in a file, a watchdog, and whether it can answer now."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot import metrics
from bot.contact import Contact
from knowledge.location import is_ours

if TYPE_CHECKING:
    from knowledge.store import FactBase

LOG = logging.getLogger(__name__)
Facts = Callable[[], "FactBase | None"]
EVERY = 5.0  # seconds
LATE = 30.0  # seconds without a heartbeat after which the bot is taken for hung
HUNG = 60.0  # seconds after which it ends itself, so that it is started again
SILENT = 120.0  # seconds without a word from Telegram after which it is not ready


class Vitals:
    """Beats while the event loop turns. Times are monotonic: a clock that is put right frightens nobody."""

    def __init__(self, contact: Contact, bot: str, facts: Facts = lambda: None) -> None:
        self._contact = contact
        self._path = heartbeat_path(bot)
        self._facts = facts
        self._beat = time.monotonic()

    async def beat(self) -> None:
        """Beat for ever; when the loop hangs for too long, print where and end the process."""
        try:
            while True:
                faulthandler.dump_traceback_later(HUNG, exit=True)
                self._beat = time.monotonic()
                try:
                    await asyncio.to_thread(self._write)
                except Exception:
                    LOG.exception("The heartbeat could not be written")
                await asyncio.sleep(EVERY)
        finally:
            faulthandler.cancel_dump_traceback_later()
            with contextlib.suppress(OSError):
                self._path.unlink()

    def faults(self) -> list[str]:
        """Return why the bot is not alive."""
        return ["hung"] if time.monotonic() - self._beat > LATE else []

    def unready(self) -> list[str]:
        """Return why the bot cannot answer now."""
        silent = self._contact.silent_for()
        heard = silent is not None and silent <= SILENT
        base = self._facts()
        opened = base is None or base.is_open()
        return [
            *self.faults(),
            *([] if heard else ["Telegram has not been reached lately"]),
            *([] if opened else ["the fact base is gone"]),
        ]

    def measure(self) -> None:
        """Bring the gauges up to date that nothing else moves."""
        if base := self._facts():
            metrics.FACTS.info({"digest": base.digest[:12]})
            with contextlib.suppress(OSError):
                metrics.FACTS_BUILT.set(base.path.stat().st_mtime)

    def _write(self) -> None:
        beat = {"process": os.getpid(), "beat": self._beat, "unready": self.unready()}
        beside = self._path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            if not is_ours(self._path.parent):
                return
            beside.write_text(json.dumps(beat), encoding="utf-8")
            beside.replace(self._path)


def heartbeat_path(bot: str) -> Path:
    """Return where the heartbeat of the bot with this number is written: a folder of this user, of this container."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"learning-cities-bot-{user}" / f"heartbeat-{bot}.json"


def examined(bot: str) -> tuple[bool, str]:
    """Return whether the bot with this number is alive here, and what there is to say about it."""
    try:
        found = json.loads(heartbeat_path(bot).read_text(encoding="utf-8"))
        age, unready = time.monotonic() - found["beat"], found["unready"]
    except (OSError, ValueError, KeyError, TypeError):
        return False, "no heartbeat: the bot is not running"
    if not 0 <= age <= LATE:
        return False, f"no heartbeat for {age:.0f} s: the bot hangs or was killed"
    return True, "; ".join(unready) or "well"
