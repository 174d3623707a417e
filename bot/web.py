"""The bot's own HTTP side: Telegram's webhook, and what tells operators how it is."""

from __future__ import annotations

import contextlib
import hmac
import json
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.inbox import Kept, MalformedError

if TYPE_CHECKING:
    from bot.vitals import Vitals
    from bot.work import Work

LARGEST_BODY = 1_000_000  # bytes; an update of Telegram's has tens of thousands at most
SECRET_HEADER = "x-telegram-bot-api-secret-token"
STOPPING = 3  # seconds that open requests may take while the server stops
RETRY_AFTER = {"Retry-After": "5"}


class Web:
    """An ASGI application. Without a webhook path it only tells how the bot is."""

    def __init__(self, vitals: Vitals, work: Work | None = None, path: str = "", secret: str = "") -> None:
        self._vitals = vitals
        self._work = work
        self._secret = secret.encode()
        routes = [
            Route("/healthz", self._live),
            Route("/readyz", self._ready),
            Route("/metrics", self._metrics),
        ]
        if work and path:
            routes.append(Route(path, self._webhook, methods=["POST"]))
        self.application = Starlette(routes=routes)

    async def _webhook(self, request: Request) -> Response:
        """Keep an update, then say so. Whoever does not know the secret learns nothing, not even what is wrong."""
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("forbidden", 403)
        assert self._work is not None
        if not self._work.is_open or self._work.desk.is_full:
            return PlainTextResponse("busy", 503, RETRY_AFTER)
        try:
            body = await _body(request)
            kept = None if body is None else Kept.of(json.loads(body))
        except (ValueError, RecursionError, MalformedError, ClientDisconnect):
            return PlainTextResponse("not an update", 400)
        if kept is None:
            return PlainTextResponse("too large", 413, {"Connection": "close"})
        await self._work.take([kept])
        return Response()

    async def _live(self, _request: Request) -> Response:
        return _told(self._vitals.faults())

    async def _ready(self, _request: Request) -> Response:
        return _told(self._vitals.unready())

    async def _metrics(self, _request: Request) -> Response:
        self._vitals.measure()
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


class Server(uvicorn.Server):
    """Uvicorn in the bot's own event loop, which looks after signals itself. Raises OSError if the address is taken."""

    def __init__(self, web: Web, host: str, port: int) -> None:
        config = uvicorn.Config(
            web.application,
            host=host,
            port=port,
            http="h11",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=STOPPING,
        )
        super().__init__(config)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._held = socket.create_server((host, port), family=family, backlog=config.backlog)

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve on the address, which has been held since this was made."""
        await super().serve(sockets or [self._held])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


async def _body(request: Request) -> bytes | None:
    """Return the body, or None if it is too large; no more than that is read."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _told(faults: list[str]) -> Response:
    return PlainTextResponse("; ".join(faults) or "ok", 503 if faults else 200)
