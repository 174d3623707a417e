"""From a kept update to its answer, and off the list."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot import logs, metrics
from bot.contact import Contact
from bot.desk import Desk
from bot.inbox import Inbox, Kept

LOG = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]
ORPHANS_EVERY = 5.0  # seconds


class Work:
    """What is to be done: every update that arrives is kept, handled and struck off."""

    def __init__(self, application: App, inbox: Inbox, contact: Contact, groups_within: float) -> None:
        self._application = application
        self._inbox = inbox
        self._contact = contact
        self._groups_within = groups_within
        self.desk = Desk(self._handle)
        self.is_open = False  # whether updates can be taken on

    async def resume(self) -> None:
        """Go on where the last process ended: first, one by one, with what it may have ended on."""
        left = await self._inbox.open()
        if left:
            LOG.info("%d updates were left unanswered and are answered now", len(left))
        for kept in left:
            if kept.tries:
                await self.desk.alone(kept)
        self.desk.put([kept for kept in left if not kept.tries])
        self.is_open = True

    async def take(self, updates: list[Kept]) -> None:
        """Take updates on; when this returns, Telegram may forget them."""
        self.desk.put(await self._inbox.keep(updates))

    async def adopt(self) -> None:
        """Look after what other processes leave behind, for ever."""
        while True:
            await asyncio.sleep(ORPHANS_EVERY)
            orphans = await self._inbox.orphans()
            if orphans:
                LOG.warning("%d updates were left by a process that ended and are answered now", len(orphans))
                self.desk.put(orphans)

    async def stop(self, grace: float) -> None:
        """Finish what was begun; what was not, or takes longer, stays in the inbox."""
        self.is_open = False
        await self.desk.stop(grace)
        await self._inbox.close()

    async def _handle(self, kept: Kept) -> None:
        with logs.about(kept.id, kept.body):
            try:
                if kept.restored:
                    await self._inbox.begin(kept.id)
                if not self._is_too_old(kept):
                    await self._application.process_update(_read(kept, self._application))
                    metrics.UPDATES.labels(kept.kind).inc()
                    metrics.SECONDS.observe(time.monotonic() - kept.arrived)
            except Exception:
                LOG.exception("Update %d cannot be read; it is set aside", kept.id)
                await self._inbox.set_aside(kept.id)
            else:
                self._inbox.strike(kept.id)

    def _is_too_old(self, kept: Kept) -> bool:
        """Tell whether nobody expects an answer any more: hours later it would only puzzle a group."""
        if not kept.in_group or kept.date is None or self._contact.now() - kept.date <= self._groups_within:
            return False
        metrics.EXPIRED.inc()
        return True


def _read(kept: Kept, application: App) -> Update:
    update = Update.de_json(json.loads(kept.body), application.bot)
    assert update is not None
    return update
