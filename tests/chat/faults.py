"""Faults that the fake servers inject, over real sockets."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to one request in place of, or after, what it asks for."""

    answer: web.Response | None = None
    """Sent in place of the real answer."""
    reset: bool = False
    """The connection is reset in place of any answer."""
    seconds: float = 0.0
    """Waited before the answer."""
    processed: bool = False
    """The request is obeyed all the same."""

    async def happen(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        real = await handler(request) if self.processed else None
        await asyncio.sleep(self.seconds)
        if self.reset:
            assert request.transport is not None
            line = request.transport.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            request.transport.abort()
            return web.Response()
        return self.answer or real or await handler(request)


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    """Serve on a free port of this computer; yield the address without a slash at its end."""
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
