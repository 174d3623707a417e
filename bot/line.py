"""The line to Telegram: its connections, how long they are waited for, and what is heard on them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contact import Contact
from bot.desk import CONCURRENCY
from bot.limiter import Patience
from bot.request import Request

SPARE_CONNECTIONS = 4
CONNECT, READ, POOL = 5.0, 15.0, 30.0  # seconds; what Telegram does not answer within READ is sent again
POLL_READ = 5.0  # seconds beyond those that Telegram was asked to wait


@dataclass(frozen=True, slots=True)
class Line:
    """What the application and the polling share."""

    contact: Contact
    patience: Patience
    request: Request
    polling: Request

    @classmethod
    def open(cls, read: float = READ) -> Line:
        """Return a line that is not connected yet."""
        contact = Contact()
        request = Request(contact, CONCURRENCY + SPARE_CONNECTIONS, read, CONNECT, POOL)
        polling = Request(contact, 2, min(read, POLL_READ), CONNECT, POOL)
        return cls(contact, Patience(), request, polling)
