"""The real bot under load: many feeds, many channels, platforms that answer at their own pace, and a burst.

    python tests/benchmarks/bench_load.py --feeds 10000 --minutes 10 --channels 200 --burst 2000

The feeds lie on a local server. Half of the channels are a Slack's, half a Discord's, which take a message a second and
a channel and answer 429 beyond it. After half of the time a burst of deals comes within one minute. Every ten seconds a
line tells what /metrics says; at the end every story must be in a card or in a digest of every channel. It prints what
it measures; only a story that is lost or doubled makes it fail.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

SLACK_TOKEN, DISCORD_TOKEN = "xoxb-load", "OTAw.load.test"
TELLING = 0.1
"""The share of new items that tell a deal."""
SYLLABLES = ("Quil", "Brac", "Fern", "Tarn", "Hex", "Lum", "Pell", "Ston", "Vir", "Wex", "Yar", "Ost", "Mor", "Cald")
ENDS = ("mark", "water", "hollow", "wick", "vale", "route", "worth", "garth", "lode", "bourne", "gate", "field")


def company(number: int) -> str:
    """A made-up name for each number, without a digit in it."""
    first, rest = number % len(SYLLABLES), number // len(SYLLABLES)
    second, rest = rest % len(ENDS), rest // len(ENDS)
    third = rest % len(SYLLABLES)
    return f"{SYLLABLES[first]}{ENDS[second]} {SYLLABLES[third]}{ENDS[rest // len(SYLLABLES) % len(ENDS)]}"


class World:
    """Feeds and platforms, in this process."""

    def __init__(self, feeds: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.items: dict[int, list[str]] = defaultdict(list)
        self.feeds = feeds
        self.told = self.polls = self.unchanged = self.refused = 0
        self.sent: dict[str, Counter[str]] = defaultdict(Counter)
        """Channel -> key of a card -> how often it was posted."""
        self.shown: dict[str, list[float]] = defaultdict(list)
        """Channel -> sizes in millions in the order of the posts of the burst."""
        self._free: dict[str, float] = {}
        self._number = 1000

    def publish(self, feed: int, *, deal: bool, millions: int = 0) -> None:
        when = format_datetime(datetime.now(UTC) - timedelta(seconds=5))
        if deal:
            buyer, target = company(2 * self.told), company(2 * self.told + 1)
            self.told += 1
            title = f"{buyer} to acquire {target} for ${millions or self.rng.randint(2, 900)} million"
        else:
            title = f"Season {self.rng.randint(1, 10**6)} opens with fine weather and full stands"
        link = f"https://news.example/{feed}/{len(self.items[feed])}"
        self.items[feed].append(
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description>{title}, it was said."
            f"</description><pubDate>{when}</pubDate></item>"
        )

    async def feed(self, request: web.Request) -> web.Response:
        self.polls += 1
        number = int(request.match_info["feed"])
        items = self.items.get(number, [])
        etag = f'"{len(items)}"'
        if request.headers.get("If-None-Match") == etag:
            self.unchanged += 1
            return web.Response(status=304, headers={"ETag": etag})
        body = f'<rss version="2.0"><channel><title>Feed {number}</title>{"".join(items[-20:])}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": etag})

    def may_post(self, channel: str) -> bool:
        now = time.monotonic()
        if self._free.get(channel, 0) > now:
            self.refused += 1
            return False
        self._free[channel] = max(now, self._free.get(channel, 0)) + 1.0
        return True

    def _note(self, channel: str, key: str, words: str) -> str:
        self._number += 1
        self.sent[channel][key] += 1
        if " for $" in words:
            self.shown[channel].append(_millions(words.split(" for $", 1)[1]))
        return str(self._number)

    async def slack(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await request.json() if request.content_type == "application/json" else dict(await request.post())
        if method == "auth.test":
            return web.json_response({"ok": True, "user": "bell", "team": "Acme", "team_id": "T1", "bot_id": "B1"})
        if method in {"chat.postMessage", "chat.update"}:
            if not self.may_post(body["channel"]):
                return web.json_response(
                    {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"}
                )
            if method == "chat.update":
                return web.json_response({"ok": True, "ts": body["ts"]})
            key = body["metadata"]["event_payload"]["key"]
            ts = f"1700000000.{self._note(body['channel'], key, body['text']):0>6}"
            return web.json_response({"ok": True, "ts": ts, "channel": body["channel"]})
        return web.json_response({"ok": True, "messages": [], "has_more": False})

    async def discord(self, request: web.Request) -> web.Response:
        parts = request.match_info["rest"].split("/")
        bot = {"id": "900", "username": "bell", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}
        if request.method in {"POST", "PATCH"} and parts[:1] == ["channels"]:
            body = await request.json()
            if not self.may_post(parts[1]):
                return _json(
                    {"message": "slow", "retry_after": 1.0, "global": False}, 429, {"Via": "x", "Retry-After": "1"}
                )
            number = (
                parts[3] if request.method == "PATCH" else self._note(parts[1], str(body["nonce"]), body["content"])
            )
            return _json({"id": number, "channel_id": parts[1], "author": bot, "content": "", "embeds": [], "type": 0,
                          "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False,
                          "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
                          "pinned": False})  # fmt: skip
        if parts == ["users", "@me"]:
            return _json(bot)
        if parts[:1] == ["oauth2"]:
            return _json({"id": "900", "name": "bell", "description": "", "icon": None, "bot_public": True,
                          "owner": bot, "bot_require_code_grant": False, "verify_key": "", "flags": 0})  # fmt: skip
        return _json(
            [] if parts[:1] == ["channels"] else {"message": "none", "code": 0},
            200 if parts[:1] == ["channels"] else 404,
        )


def _millions(words: str) -> float:
    amount = words.split(maxsplit=1)[0]
    return float("".join(char for char in amount if char in "0123456789.") or 0) * (1000 if "B" in amount else 1)


def _json(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    kind = {"Content-Type": "application/json"} | (headers or {})
    return web.Response(body=json.dumps(data).encode(), status=status, headers=kind)


def prepare(folder: Path, base: str, options: argparse.Namespace) -> dict[str, str]:
    """Write the feeds file, subscribe the channels; return the bot's environment."""
    rows = (f'[[feed]]\nurl = "{base}/feed/{n}"\ntitle = "Feed {n}"\n' for n in range(options.feeds))
    (folder / "feeds.toml").write_text("\n".join(rows), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ, "DEALBELL_DATABASE": str(folder / "load.db"), "DEALBELL_FEEDS": str(folder / "feeds.toml"),
        "DEALBELL_ALLOW_HOSTS": base.removeprefix("http://"), "DEALBELL_HTTP_PORT": str(port),
        "DEALBELL_FETCH_PER_HOST": "50", "DEALBELL_WORKERS": str(options.workers), "DEALBELL_LOG_LEVEL": "warning",
        "DEALBELL_MIN_POLL_SECONDS": str(options.interval), "DEALBELL_MAX_POLL_SECONDS": str(options.interval),
        "SLACK_BOT_TOKEN": SLACK_TOKEN, "SLACK_API_URL": f"{base}/slack/api/",
        "DISCORD_BOT_TOKEN": DISCORD_TOKEN, "DISCORD_API_URL": f"{base}/discord/api/v10",
    }  # fmt: skip
    subscribe(folder / "load.db", options.channels)
    return env


def subscribe(path: Path, count: int) -> None:
    from bot.model.enums import Platform
    from bot.model.subscription import Channel, Subscription
    from bot.store import Store, channels

    now = datetime.now(UTC)
    with closing(Store(path)) as store, store.write() as db:
        for number in range(count):
            platform, home = (Platform.SLACK, "T1") if number % 2 else (Platform.DISCORD, "77")
            workspace = channels.workspace(db, platform, home, name=home, now=now)
            name = f"C{number:04}" if platform is Platform.SLACK else str(100_000 + number)
            place = Channel(workspace=workspace, external_id=name, name=name)
            channels.subscribe(db, Subscription(id=f"sub{number}", channel=place, created=now, min_confidence=0.3))


async def sample(session: aiohttp.ClientSession, port: str) -> dict[str, float]:
    """What /metrics says."""
    try:
        async with session.get(f"http://127.0.0.1:{port}/metrics", timeout=aiohttp.ClientTimeout(total=8)) as answer:
            text = await answer.text()
    except (aiohttp.ClientError, TimeoutError):
        return {}
    return {
        each.name + "".join(f" {value}" for value in each.labels.values()): each.value
        for family in text_string_to_metric_families(text) for each in family.samples
    }  # fmt: skip


HEAD = "   time    polls items events alerts waiting oldest_s  rss_MB workers_MB  files busy"


def line(seconds: float, found: dict[str, float]) -> str:
    """One line of the table."""
    polls = sum(value for name, value in found.items() if name.startswith("dealbell_polls_total"))
    posted = sum(value for name, value in found.items() if name.startswith("dealbell_alerts_total posted"))
    told = [found.get(f"dealbell_{name}", 0) for name in ("items_total", "events_total")]
    return (
        f"{seconds:6.0f}s {polls:8.0f} {told[0]:5.0f} {told[1]:6.0f} {posted:6.0f}"
        f" {found.get('dealbell_cards_waiting', -1):7.0f} {found.get('dealbell_cards_oldest_seconds', -1):8.0f}"
        f" {found.get('process_resident_memory_bytes', 0) / 1e6:7.0f}"
        f" {found.get('dealbell_worker_memory_bytes', 0) / 1e6:10.0f} {found.get('process_open_fds', 0):6.0f}"
        f" {found.get('dealbell_polls_under_way', 0):4.0f}"
    )


async def news(world: World, options: argparse.Namespace, ends: float) -> None:
    """A share of the feeds gains an item a minute; after half of the time the burst comes."""
    started, burst = time.monotonic(), False
    while time.monotonic() < ends:
        await asyncio.sleep(1)
        for feed in world.rng.sample(range(world.feeds), max(1, round(world.feeds * options.changed / 60))):
            world.publish(feed, deal=world.rng.random() < TELLING)
        if options.burst and not burst and time.monotonic() - started > (ends - started) / 2:
            burst = True
            print(f"a burst of {options.burst} deals", flush=True)
            for number in range(options.burst):
                world.publish(world.rng.randrange(world.feeds), deal=True, millions=1000 + number)
                if number % max(1, options.burst // 60) == 0:
                    await asyncio.sleep(1)


def verdict(path: Path, world: World) -> bool:
    """Is each story, in each channel, in one card or one digest; was any card posted twice?"""
    with closing(sqlite3.connect(path)) as conn:
        stories = conn.execute("SELECT count(*) FROM stories WHERE alias_of IS NULL").fetchone()[0]
        both = (
            "SELECT channel_id, story_id FROM cards WHERE substr(subject, 1, 6) = 'story:'"
            " UNION ALL SELECT channel_id, story_id FROM digest_entries"
        )
        many = f"SELECT 1 FROM ({both}) GROUP BY channel_id, story_id HAVING count(*) > 1"  # noqa: S608
        doubled = conn.execute(f"SELECT count(*) FROM ({many})").fetchone()[0]  # noqa: S608
        alerted = conn.execute("SELECT count(DISTINCT story_id) FROM decisions WHERE outcome IN ('alerted', 'digest')")
        wanted = alerted.fetchone()[0]
        pairs = conn.execute(f"SELECT count(*) FROM ({both})").fetchone()[0]  # noqa: S608
        channels = conn.execute("SELECT count(*) FROM channels").fetchone()[0]
        waiting = conn.execute("SELECT count(*) FROM digest_entries WHERE card_id IS NULL").fetchone()[0]
        unsent = conn.execute("SELECT count(*) FROM cards WHERE wanted_revision > sent_revision").fetchone()[0]
    twice = sum(count > 1 for cards in world.sent.values() for count in cards.values())
    posts = sum(cards.total() for cards in world.sent.values())
    print(f"{world.told} deals published, {stories} stories, {wanted} of them for {channels} channels: {pairs} of"
          f" {wanted * channels} are in a card or a digest, {doubled} in both")  # fmt: skip
    print(f"{waiting} wait in digests, {unsent} cards wait")
    print(f"{posts} posts, {twice} cards posted twice, {world.refused} refused by the platforms' rates")
    firsts = [sizes[-30:] for sizes in world.shown.values() if sizes]
    if firsts:
        big = sum(sum(size >= 1000 for size in sizes) for sizes in firsts) / len(firsts)
        print(f"of the last 30 cards of a channel {big:.1f} are the burst's")
    return twice == doubled == 0 and pairs == wanted * channels


async def main(options: argparse.Namespace) -> int:
    world = World(options.feeds, options.seed)
    app = web.Application()
    app.router.add_get("/feed/{feed}", world.feed)
    app.router.add_route("*", "/slack/api/{method}", world.slack)
    app.router.add_route("*", "/discord/api/v10/{rest:.*}", world.discord)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1000).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    with tempfile.TemporaryDirectory(prefix="dealbell-load-") as name:
        env = prepare(Path(name), base, options)
        with (Path(name) / "log.txt").open("wb") as log:
            bot = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=env, stdout=log, stderr=log)  # noqa: ASYNC220
            try:
                await watch(world, options, env["DEALBELL_HTTP_PORT"])
            finally:
                bot.send_signal(signal.SIGTERM)
                print(f"stopped with {bot.wait(30)}")
        print((Path(name) / "log.txt").read_text(errors="replace")[-1500:])
        good = verdict(Path(name) / "load.db", world)
    await runner.cleanup()
    return 0 if good else 1


async def watch(world: World, options: argparse.Namespace, port: str) -> None:
    """Wait for the first polls, which are silent; then let the news come, and measure."""
    async with aiohttp.ClientSession() as session:
        began = time.monotonic()
        while world.polls < world.feeds:  # noqa: ASYNC110  a count sets no asyncio.Event
            await asyncio.sleep(0.5)
        print(f"{world.feeds} first polls in {time.monotonic() - began:.0f} s\n{HEAD}", flush=True)
        await asyncio.sleep(5)
        started = time.monotonic()
        teller = asyncio.create_task(news(world, options, started + 60 * options.minutes))
        while not teller.done():
            await asyncio.sleep(10)
            print(line(time.monotonic() - started, await sample(session, port)), flush=True)
        await teller
        for _ in range(options.rest):  # what came last is polled and delivered
            await asyncio.sleep(10)
            found = await sample(session, port)
            print(line(time.monotonic() - started, found), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--changed", type=float, default=0.05, help="the share of feeds that change in a minute")
    parser.add_argument("--channels", type=int, default=200)
    parser.add_argument("--burst", type=int, default=2000)
    parser.add_argument("--interval", type=int, default=120, help="seconds between two polls of a feed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rest", type=int, default=18, help="tens of seconds to catch up at the end")
    parser.add_argument("--seed", type=int, default=7)
    sys.exit(asyncio.run(main(parser.parse_args())))
