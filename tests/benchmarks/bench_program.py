"""Whole-program figures: start-up time, memory when idle, polls a second through the whole pipeline.

    python tests/benchmarks/bench_program.py [--feeds 1000] [--changed 0.05]

Prints what it measures and judges nothing.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from aiohttp import web

from bot import app as root
from bot import logs
from bot.model.feed import FeedSpec
from bot.settings import FixedSettings

ITEMS_A_FEED = 20


def item(feed: int, number: int) -> str:
    when = format_datetime(datetime.now(UTC) - timedelta(minutes=number))
    if number % 10 == 0:
        title = f"Maker {feed}-{number} raises ${feed % 90 + 10} million in Series B led by Oakline Ventures"
    else:
        title = f"Season {feed}-{number} opens with fine weather and full stands"
    text = "The company said on Monday that it would use the money to hire. " * 6
    return (
        f"<item><title>{title}</title><link>https://news.example/{feed}/{number}</link>"
        f"<guid>{feed}-{number}</guid><description>{text}</description><pubDate>{when}</pubDate></item>"
    )


class Site:
    """A thousand feeds; `fresh` of them gain an item."""

    def __init__(self) -> None:
        self.fresh: set[int] = set()
        self.base = ""
        self._bodies: dict[tuple[int, bool], str] = {}

    async def serve(self, request: web.Request) -> web.Response:
        feed = int(request.match_info["feed"])
        changed = feed in self.fresh
        etag = f'"{feed}-{changed}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        if (feed, changed) not in self._bodies:
            items = "".join(item(feed, number) for number in range(ITEMS_A_FEED))
            extra = item(feed, 1000) if changed else ""
            self._bodies[feed, changed] = (
                f"<rss version='2.0'><channel><title>Feed {feed}</title>{extra}{items}</channel></rss>"
            )
        return web.Response(
            text=self._bodies[feed, changed], content_type="application/rss+xml", headers={"ETag": etag}
        )

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{feed}", self.serve)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner


async def pipeline(feeds: int, changed: float) -> None:
    site = Site()
    runner = await site.start()
    with tempfile.TemporaryDirectory() as folder:
        settings = FixedSettings(
            database=Path(folder) / "bench.db",
            allow_hosts=frozenset({site.base.removeprefix("http://")}),
            fetch_per_host=50,
            min_poll_seconds=1,
        )
        async with root.opened(settings, chats={}) as app:
            specs = tuple(FeedSpec(url=f"{site.base}/{number}") for number in range(feeds))
            await root.prepare(app, platforms=frozenset(), specs=specs)
            for name, fresh in (("all new", 0.0), ("unchanged", 0.0), (f"{changed:.0%} changed", changed)):
                site.fresh = set(range(int(feeds * fresh)))
                items = app.pipeline.report.recorded.items
                began = time.perf_counter()
                await app.pipeline.tick(everything=True)
                await app.pipeline.drain()
                seconds = time.perf_counter() - began
                came = app.pipeline.report.recorded.items - items
                print(f"{feeds} feeds, {name:12} {feeds / seconds:8.0f} polls/s  {came / seconds:8.0f} new items/s")
    await runner.cleanup()


def start_up() -> None:
    for arguments in (["--help"], ["--version"]):
        took = []
        for _ in range(7):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-m", "bot", *arguments], stdout=subprocess.DEVNULL, check=True)
            took.append(time.perf_counter() - began)
        print(f"dealbell {arguments[0]:10} median {statistics.median(took):.2f} s of {len(took)} runs")


def idle_memory() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "feeds.toml").write_text("", encoding="utf-8")
        env = {**os.environ, "DEALBELL_DATABASE": f"{folder}/bench.db", "DEALBELL_FEEDS": f"{folder}/feeds.toml"}
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=env, stderr=subprocess.DEVNULL)
        time.sleep(8)
        family = [process.pid, *_descendants(process.pid)]
        sizes = {pid: _proportional_kb(pid) for pid in family}
        process.terminate()
        process.wait()
    print(
        f"idle memory: {sizes[process.pid] / 1024:.0f} MB the bot, {sum(sizes.values()) / 1024:.0f} MB with its workers"
    )


def _descendants(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            child = int(entry.parent.name)
            found += [child, *_descendants(child)]
    return found


def _proportional_kb(pid: int) -> int:
    """Proportional set size: shared pages are counted once over all processes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--changed", type=float, default=0.05)
    options = parser.parse_args()
    logs.configure(level="error")
    start_up()
    idle_memory()
    asyncio.run(pipeline(options.feeds, options.changed))


if __name__ == "__main__":
    main()
