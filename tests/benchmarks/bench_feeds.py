"""How fast feeds are read and polled: `python tests/benchmarks/bench_feeds.py`.

Two numbers: items a second through `parse_feed` on one core, for a generated feed of 1,000 items with a
realistic article each; and polls a second against a local server in a process of its own, over 1,000 feeds
of which 5% changed since last time (fetch and parse; no workers, no store).
"""

import asyncio
import multiprocessing
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from aiohttp import web

from bot.feeds.guard import AddressGuard
from bot.feeds.http import Fetcher
from bot.feeds.parse import parse_feed
from bot.model.feed import Feed, Fetched, FetchOutcome, NotModified

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS = 1000
CHANGED_EVERY = 20
AT_A_TIME = 64
PARAGRAPH = (
    "<p>Alder &amp; Sons has raised <b>$12.5 million</b> in a Series B round led by <a href='https://b.example/'>Birch"
    " Ventures</a>, the company said on Monday. The money pays for a second plant &ndash; and for hiring.</p>"
)


def feed_document(items: int, *, paragraphs: int = 6, mark: str = "") -> bytes:
    """An RSS feed as WordPress writes it: an escaped summary and the whole article beside it."""
    parts = [
        f"<item><title>Company {n} raises $12.5m {mark}</title><link>https://news.example/{n}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>news-{n}-{mark}</guid><dc:creator>Ann Author</dc:creator>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=n), usegmt=True)}</pubDate><category>Funding</category>"
        f"<description>{escape(PARAGRAPH)}</description>"
        f"<content:encoded><![CDATA[{PARAGRAPH * paragraphs}]]></content:encoded></item>"
        for n in range(items)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>'
        f"{''.join(parts)}</channel></rss>"
    ).encode()


def bench_parse(items: int = 1000, rounds: int = 5) -> None:
    body = feed_document(items)
    parse_feed(body, url="https://news.example/feed", content_type=None, now=NOW)
    began = time.perf_counter()
    for _ in range(rounds):
        parse_feed(body, url="https://news.example/feed", content_type=None, now=NOW)
    seconds = time.perf_counter() - began
    print(
        f"parse: {items * rounds / seconds:,.0f} items/s, {len(body) * rounds / seconds / 1e6:.1f} MB/s "
        f"({items} items of {len(body) / items:,.0f} bytes)"
    )


def serve(pipe: Connection) -> None:
    """Serve FEEDS feeds; each has the ETag "1", every CHANGED_EVERY-th has moved on to "2"."""
    bodies = {number: feed_document(20, mark=str(number)) for number in range(FEEDS)}

    async def handler(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        etag = '"2"' if number % CHANGED_EVERY == 0 and "If-None-Match" in request.headers else '"1"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=bodies[number], headers={"ETag": etag}, content_type="application/rss+xml")

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/{number}", handler)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def poll(fetcher: Fetcher, feeds: list[Feed]) -> list[FetchOutcome]:
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(feed: Feed) -> FetchOutcome:
        async with gate:
            outcome = await fetcher.fetch_feed(feed)
        if isinstance(outcome, Fetched):
            parse_feed(outcome.body, url=outcome.url, content_type=outcome.content_type, now=NOW)
        return outcome

    return await asyncio.gather(*(one(feed) for feed in feeds))


async def bench_polls(port: int) -> None:
    guard = AddressGuard(frozenset({f"127.0.0.1:{port}"}))
    # A limit for each host would count here, where every feed has the same host.
    async with Fetcher(guard, user_agent="Dealbell/bench (+https://dealbell.example)", per_host=32) as fetcher:
        new = [Feed(id=n, url=f"http://127.0.0.1:{port}/{n}", title="") for n in range(FEEDS)]
        for label, feeds in (
            ("all new", new),
            ("5% changed", [Feed(id=f.id, url=f.url, title="", etag='"1"') for f in new]),
        ):
            began = time.perf_counter()
            outcomes = await poll(fetcher, feeds)
            seconds = time.perf_counter() - began
            fetched = sum(isinstance(outcome, Fetched) for outcome in outcomes)
            same = sum(isinstance(outcome, NotModified) for outcome in outcomes)
            print(f"polls, {label}: {FEEDS / seconds:,.0f} feeds/s ({fetched} fetched, {same} not modified)")


def main() -> None:
    bench_parse()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        asyncio.run(bench_polls(ours.recv()))
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
