from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import web

from bot.feeds.guard import AddressGuard
from bot.feeds.http import Fetcher
from bot.model.feed import Feed

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
AGENT = "Dealbell/0.0-test (+https://dealbell.example/contact)"
RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Local</title>
<item><title>Alder raises $5m</title><link>https://alder.example/1</link><guid>a-1</guid></item>
</channel></rss>"""


class LocalServer:
    """A real HTTP server on 127.0.0.1 whose paths a test fills in; it remembers what was asked."""

    def __init__(self) -> None:
        self.routes: dict[str, Handler] = {}
        self.requests: list[web.Request] = []
        self.port = 0

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.netloc}{path}"

    def asked(self, path: str) -> int:
        return sum(request.path == path for request in self.requests)

    def on(self, path: str, handler: Handler) -> str:
        self.routes[path] = handler
        return self.url(path)

    def answers(self, path: str, status: int = 200, body: bytes = RSS, **headers: str) -> str:
        async def handler(_request: web.Request) -> web.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(status=status, body=body if status == 200 else b"", headers=named)

        return self.on(path, handler)

    def redirects(self, path: str, to: str, status: int = 301) -> str:
        return self.answers(path, status, Location=to)

    async def _dispatch(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        handler = self.routes.get(request.path)
        return web.Response(status=404) if handler is None else await handler(request)


@asynccontextmanager
async def local_server(host: str = "127.0.0.1") -> AsyncIterator[LocalServer]:
    server = LocalServer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server._dispatch)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    async with local_server() as running:
        yield running


MakeFetcher = Callable[..., AbstractAsyncContextManager[Fetcher]]


@pytest.fixture
def fetcher_for(server: LocalServer) -> MakeFetcher:
    """Make a fetcher that may reach the local server and nothing else of this machine."""

    def make(*allow: str, **options: object) -> Fetcher:
        guard = AddressGuard(frozenset({server.netloc, *allow}))
        return Fetcher(guard, **{"user_agent": AGENT, **options})  # type: ignore[arg-type]

    return make


def a_feed(url: str, **known: object) -> Feed:
    return Feed(**{"id": 1, "url": url, "title": "Local", **known})  # type: ignore[arg-type]
