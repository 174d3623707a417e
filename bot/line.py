"""The line to Telegram: its connections, how long they are waited for, and what is heard on them."""

from __future__ import annotations

from dataclasses import dataclass

from telegram.request import HTTPXRequest

from bot.contact import Contact
from bot.desk import CONCURRENCY
from bot.limiter import Patience

SPARE_CONNECTIONS = 8
CONNECT, READ, POOL = 5.0, 15.0, 30.0  # seconds; what Telegram does not answer within READ is sent again
POLL_READ = 5.0  # seconds beyond those that Telegram was asked to wait


@dataclass(frozen=True, slots=True)
class Line:
    """What the application and the polling share."""

    contact: Contact
    patience: Patience
    request: HTTPXRequest
    polling: HTTPXRequest

    @classmethod
    def open(cls, read: float = READ) -> Line:
        """Return a line that is not connected yet."""
        contact = Contact()
        hooks = {"event_hooks": {"response": [contact.listen]}}
        request = HTTPXRequest(
            CONCURRENCY + SPARE_CONNECTIONS,
            read_timeout=read,
            write_timeout=read,
            connect_timeout=CONNECT,
            pool_timeout=POOL,
            httpx_kwargs=hooks,
        )
        polling = HTTPXRequest(
            2, read_timeout=min(read, POLL_READ), connect_timeout=CONNECT, pool_timeout=POOL, httpx_kwargs=hooks
        )
        return cls(contact, Patience(), request, polling)
