"""Playing the demo: serve the samples, poll them as they come out, deliver to the console."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from aiohttp import web

from bot import app as root
from bot.chat.console.client import ConsoleChat
from bot.clock import utc_now
from bot.demo import samples
from bot.model.enums import Platform
from bot.model.feed import FeedSpec
from bot.settings import FixedSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The demo's summary."""

    items: int
    malformed: int
    events: int
    stories: int
    cards: int
    edits: int
    seconds: float


class Outlets:
    """Serves the sample feeds on a free local port, as they stand at `age`."""

    def __init__(self, *, now: datetime) -> None:
        self.age: timedelta | None = None
        self.base = ""
        self._now = now
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port of the loopback address."""
        site = web.Application()
        site.router.add_get("/{name}", self._serve)
        self._runner = web.AppRunner(site)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in samples.OUTLETS:
            raise web.HTTPNotFound
        body = samples.feed_at(name, base=self.base, now=self._now, age=self.age)
        return web.Response(text=body, content_type=samples.OUTLETS[name], charset="utf-8")


async def play(out: TextIO, *, keep: Path | None = None) -> Totals:
    """Run the pipeline over the samples, item by item as they came out, and show the cards on `out`.

    The database is `keep`, a file that is not there yet, or a passing one.
    """
    started = time.monotonic()
    outlets = Outlets(now=utc_now())
    await outlets.start()
    try:
        with tempfile.TemporaryDirectory(prefix="dealbell-demo-") as folder:
            settings = FixedSettings(
                database=keep or Path(folder) / "demo.db",
                allow_hosts=frozenset({outlets.base.removeprefix("http://")}),
                min_poll_seconds=1,
            )
            chat = ConsoleChat(out)
            async with root.opened(settings, chats={Platform.CONSOLE: chat}) as app:
                return await _play(app, outlets, started)
    finally:
        await outlets.stop()


async def _play(app: root.App, outlets: Outlets, started: float) -> Totals:
    specs = tuple(FeedSpec(url=f"{outlets.base}/{name}") for name in samples.OUTLETS)
    await root.prepare(app, platforms=frozenset({Platform.CONSOLE}), specs=specs)
    cards = edits = 0
    # the first poll finds empty feeds: what a feed holds when it is added stays silent
    for age in (None, *samples.moments()):
        outlets.age = age
        await app.pipeline.tick(everything=True)
        await app.pipeline.drain()
        delivered = await app.delivery.deliver()
        cards += delivered.posted
        edits += delivered.edited
        await asyncio.sleep(0)
    report = app.pipeline.report
    return Totals(
        items=report.recorded.items,
        malformed=sum(report.malformed.values()),
        events=report.recorded.events,
        stories=report.recorded.stories,
        cards=cards,
        edits=edits,
        seconds=time.monotonic() - started,
    )
