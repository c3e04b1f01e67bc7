"""The real process against a local site that can misbehave."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import web

WAIT_SECONDS = 45.0
"""How long a test waits for something to become true before it fails."""

T = TypeVar("T")
Handler = Callable[[web.Request], "web.StreamResponse | asyncio.Future[web.StreamResponse]"]


def item(name: str, title: str, text: str = "", *, minutes: int = 5) -> str:
    when = format_datetime(datetime.now(UTC) - timedelta(minutes=minutes))
    return (
        f"<item><title>{title}</title><link>https://news.example/{name}</link><guid>{name}</guid>"
        f"<description>{text}</description><pubDate>{when}</pubDate></item>"
    )


def rss(*items: str, title: str = "Example News") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


class Site:
    """A web site whose pages are functions; it counts what was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {}
        self.asked: Counter[str] = Counter()
        self.headers: dict[str, list[dict[str, str]]] = {}
        self.base = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")

    def feed(self, name: str, *items: str, title: str = "Example News") -> None:
        """Serve a feed that says 304 where it has not changed."""
        body = rss(*items, title=title)
        etag = f'"{hash(body)}"'

        async def page(request: web.Request) -> web.StreamResponse:
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304)
            return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": etag})

        self.pages[f"/{name}"] = page

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.asked[request.path] += 1
        self.headers.setdefault(request.path, []).append(dict(request.headers))
        page = self.pages.get(request.path)
        if page is None:
            raise web.HTTPNotFound
        return await page(request)  # type: ignore[misc]

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the site's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def start(self) -> None:
        self._thread.start()
        self._runner = self.call(self._start())
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def stop(self) -> None:
        self.call(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class Bot:
    """Runs `python -m bot` with its cards in one file and its log in another."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self.site = site
        self.out = folder / "cards.txt"
        self.log = folder / "log.txt"
        self.feeds = folder / "feeds.toml"
        self.process: subprocess.Popen[bytes] | None = None
        self.env = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("DEALBELL_", "SLACK_", "DISCORD_"))
            },
            "DEALBELL_DATABASE": str(folder / "dealbell.db"),
            "DEALBELL_FEEDS": str(self.feeds),
            "DEALBELL_ALLOW_HOSTS": site.host,
            "DEALBELL_MIN_POLL_SECONDS": "1",
            "DEALBELL_FETCH_SECONDS": "4",
            "COLUMNS": "120",
        }

    def listen_to(self, *names: str, full_text: bool = False) -> None:
        whole = f"full_text = {str(full_text).lower()}\n"
        rows = (
            f'[[feed]]\nurl = "{self.site.base}/{name}"\ntitle = "{name}"\ngroup = "test"\n{whole}' for name in names
        )
        self.feeds.write_text("\n".join(rows), encoding="utf-8")

    def start(self) -> None:
        with self.out.open("ab") as out, self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], stdout=out, stderr=log, env=self.env, cwd=self.folder
            )

    def stop(self, number: int = signal.SIGTERM, *, seconds: float = 5) -> int:
        """Send the signal and return the exit code; fail where the process does not end within five seconds."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(seconds)
        self.process = None
        return code

    def run(
        self, *arguments: str, text: str | None = None, prefix: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run another command of the program to its end; `prefix` is a command that runs it."""
        return subprocess.run(
            [*prefix, sys.executable, "-m", "bot", *arguments],
            env=self.env,
            cwd=self.folder,
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def cards(self) -> str:
        return self.out.read_text(encoding="utf-8") if self.out.exists() else ""

    def wait_for(self, true: Callable[[], object], what: str, *, seconds: float = WAIT_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                log = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
                pytest.fail(f"{what} did not happen in {seconds:g} s; the log ends:\n{log}\ncards:\n{self.cards()}")
            if self.process and self.process.poll() is not None:
                pytest.fail(f"the bot ended by itself:\n{self.log.read_text(encoding='utf-8')[-3000:]}")
            time.sleep(0.05)

    def wait_until_polled(self, *names: str, times: int = 1) -> None:
        wanted = {f"/{name}": self.site.asked[f"/{name}"] + times for name in names}
        self.wait_for(
            lambda: all(self.site.asked[name] >= count for name, count in wanted.items()), f"a poll of {names}"
        )


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    served.start()
    yield served
    served.stop()


@pytest.fixture
def bot(tmp_path: Path, site: Site) -> Iterator[Bot]:
    running = Bot(tmp_path, site)
    yield running
    if running.process is not None:
        running.process.kill()
        running.process.wait()
