"""The small HTTP server: GET {base path}/health, and the chats' routes. It listens only where a port is set."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import SettingsError, StoreError
from bot.health import judge
from bot.store import status
from bot.store.thread import StoreThread

EVERYWHERE = "0.0.0.0"  # noqa: S104  a container is asked from outside


@asynccontextmanager
async def serving(
    store: StoreThread,
    *,
    port: int | None,
    base_path: str,
    clock: Callable[[], datetime],
    routes: Iterable[web.RouteDef] = (),
    host: str = EVERYWHERE,
) -> AsyncIterator[None]:
    """Serve while the context lasts; without a port, do nothing. Raises SettingsError if the port is taken."""
    if port is None:
        yield
        return

    async def health(request: web.Request) -> web.Response:
        del request
        try:
            found = judge(await store.read(status.beats), now=clock())
        except StoreError as error:
            return web.json_response({"well": False, "problem": error.problem}, status=503)
        return web.json_response({"well": found.well, "seconds_since": found.ages}, status=200 if found.well else 503)

    app = web.Application()
    below = f"/{base_path.strip('/')}".rstrip("/")
    app.router.add_get(f"{below}/health", health)
    for route in routes:
        app.router.add_route(route.method, below + route.path, route.handler)
    logger = logging.getLogger("bot.web")
    logger.addFilter(_is_ours)
    runner = web.AppRunner(app, access_log=None, logger=logger)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"Port {port} can't be opened: {error.strerror}.", cure="Name another port in DEALBELL_HTTP_PORT."
        ) from error
    try:
        yield
    finally:
        await runner.cleanup()


def _is_ours(record: logging.LogRecord) -> bool:
    """Drop what is no HTTP: anybody can send it, aiohttp logs a traceback for each, and an address may hold a code."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))
