"""Fetching over HTTP: politely, within limits, and never where the address guard forbids it.

One session serves every request. Redirects, decompression and the time limit are ours, not aiohttp's:
each hop passes the guard, no body grows beyond the cap, and a body that drips is ended.

Behind a proxy the proxy dials, so the guard sees only the proxy's address. Names that resolve here to a
forbidden address are refused before the request; names that only the proxy can resolve, and answers that
change in between, are the proxy's to refuse: it must not connect to internal addresses.
"""

import asyncio
import hashlib
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from bot.errors import AddressRefused, FeedError
from bot.feeds.faults import explain, explain_status
from bot.feeds.guard import AddressGuard, dial_refused
from bot.feeds.hops import REDIRECTS, may_carry, redirect_target, with_login, with_userinfo
from bot.feeds.inflate import ACCEPTED, BadEncoding, TooLarge, inflater
from bot.feeds.robots import RobotsAnswer, RobotsCache
from bot.feeds.slots import HostSlots
from bot.feeds.timing import http_date, max_age_seconds, retry_after_seconds
from bot.feeds.urls import split_credentials
from bot.model.feed import Feed, Fetched, FetchFailed, FetchOutcome, Gone, NotModified, RateLimited

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"

_PERMANENT = frozenset({301, 308})
_CHUNK = 64 * 1024
_LONGEST_VALIDATOR = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched document."""

    body: bytes
    url: str
    """Where it came from in the end."""
    content_type: str | None = None
    """The Content-Type header as sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The last answer of a chain of redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    moved_to: str | None
    """The last address that permanent redirects alone led to, if any."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Fetches feeds and pages. An async context manager; safe for many requests at once.

    `timeout_seconds` bounds one whole fetch with its redirects, waiting for a free slot of the host apart;
    `max_bytes` a body after decompression; `per_host` the requests to one host at a time. `proxy` is an
    http URL from the settings; the environment's proxies and ~/.netrc are never read.
    """

    def __init__(
        self,
        guard: AddressGuard,
        *,
        user_agent: str,
        timeout_seconds: float = 30,
        max_bytes: int = 10_000_000,
        max_redirects: int = 5,
        per_host: int = 2,
        proxy: str | None = None,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._timeout = timeout_seconds
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._proxy = URL(proxy) if proxy else None
        self._clock = clock
        self._slots = HostSlots(per_host)
        self._session: aiohttp.ClientSession | None = None
        self._robots: RobotsCache | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # the caller bounds the whole, HostSlots each host
                socket_factory=self._guard.socket_factory,
                ttl_dns_cache=60,
                keepalive_timeout=30,
            ),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPTED},
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=min(15.0, self._timeout)),
            auto_decompress=False,
            trust_env=False,
        )
        self._robots = RobotsCache(user_agent=self._user_agent, ask=self._ask_robots, clock=loop.time)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch_feed(self, feed: Feed) -> FetchOutcome:
        """Fetch a feed's document, conditionally where an earlier answer allows it. Never raises for faults."""
        headers = {"Accept": FEED_TYPES}
        if feed.etag:
            headers["If-None-Match"] = feed.etag
        if feed.last_modified:
            headers["If-Modified-Since"] = feed.last_modified
        try:
            answer = await self._get(feed.url, headers)
        except AddressRefused as error:
            return FetchFailed(reason=str(error), refused=True)
        except FeedError as error:
            return FetchFailed(reason=str(error))
        return self._outcome(feed, answer)

    async def fetch_page(self, url: str, *, respect_robots: bool = True) -> Page:
        """Fetch a page, heeding robots.txt. Raises AddressRefused and FeedError, in words for people."""
        answer = await self._get(url, {"Accept": PAGE_TYPES}, respect_robots=respect_robots)
        if answer.status != 200:
            raise FeedError(explain_status(answer.status, answer.url))
        return Page(body=answer.body, url=answer.url, content_type=_header(answer.headers, "Content-Type"))

    def _outcome(self, feed: Feed, answer: _Answer) -> FetchOutcome:
        headers = answer.headers
        if answer.status == 200:
            return _new_or_known(feed, answer)
        if answer.status == 304 and (feed.etag or feed.last_modified):
            return NotModified(max_age_seconds=_freshness(headers), moved_to=answer.moved_to)
        if answer.status == 410:
            return Gone()
        if answer.status == 429 or (answer.status == 503 and "Retry-After" in headers):
            now = http_date(headers.get("Date")) or self._clock()
            return RateLimited(retry_after_seconds=retry_after_seconds(headers.get("Retry-After"), now))
        return FetchFailed(reason=explain_status(answer.status, answer.url))

    async def _get(self, url: str, headers: Mapping[str, str], *, respect_robots: bool = False) -> _Answer:
        """Follow redirects to the last answer, every hop guarded and the whole within the time limit."""
        start, credentials = split_credentials(url)
        current, moved_to, permanent = start, None, True
        remaining = self._timeout
        seen: set[str] = set()
        for _hop in range(self._max_redirects + 1):
            self._guard.check_url(current)
            if current in seen:
                raise FeedError("The address redirects in a circle.")
            seen.add(current)
            if respect_robots:
                await self._heed_robots(current)
            login = credentials if may_carry(start, current) else None
            async with self._slots.take(URL(current).authority):
                began = self._now()
                answer = await self._once(current, with_login(headers, login), remaining)
                remaining -= self._now() - began
            target = redirect_target(answer.status, answer.headers, answer.url)
            if target is None:
                return _Answer(
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    url=current,
                    moved_to=moved_to,
                )
            permanent = permanent and answer.status in _PERMANENT
            current = target
            if permanent:
                moved_to = with_userinfo(url, target) if credentials and may_carry(start, target) else target
        raise FeedError(f"The address redirects more than {self._max_redirects} times.")

    async def _once(self, url: str, headers: Mapping[str, str], seconds: float) -> _Answer:
        """Make one request and read its body. Raises AddressRefused and FeedError."""
        if self._session is None:
            raise RuntimeError("Fetcher is used outside its async with block.")
        with self._guard.dialling(url, through_port=self._proxy.port if self._proxy else None) as dial:
            try:
                async with asyncio.timeout(max(seconds, 0.0)):
                    await self._check_behind_proxy(url)
                    async with self._session.get(
                        URL(url), headers=headers, allow_redirects=False, proxy=self._proxy
                    ) as response:
                        body = await self._body(response)
            except aiohttp.ServerTimeoutError as error:
                raise FeedError(explain(error, url)) from error
            except TimeoutError as error:
                raise FeedError(f"No complete answer came within {self._timeout:g} seconds.") from error
            except TooLarge as error:
                size = f"{self._max_bytes / 1e6:g} MB"
                raise FeedError(f"The document is larger than {size} (after decompression).") from error
            except BadEncoding as error:
                raise FeedError(str(error)) from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                if dial.refusal is not None:
                    raise dial_refused(url, dial) from error
                raise FeedError(explain(error, url)) from error
        return _Answer(status=response.status, headers=response.headers, body=body, url=url, moved_to=None)

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """Read the body of a 200, decompressing as it comes; other answers are not read at all."""
        if response.status != 200:
            if response.status in REDIRECTS or response.status == 304:
                # Short by nature: read, so that the connection can serve again.
                await response.content.read(_CHUNK)
            return b""
        decoder = inflater(response.headers.get("Content-Encoding", ""))
        length = response.content_length
        if length is not None and length > self._max_bytes:
            raise TooLarge
        pieces: list[bytes] = []
        room = self._max_bytes
        async for chunk in response.content.iter_chunked(_CHUNK):
            pieces.append(decoder.feed(chunk, room))
            room -= len(pieces[-1])
        decoder.finish()
        return b"".join(pieces)

    async def _check_behind_proxy(self, url: str) -> None:
        if self._proxy is None:
            return
        host = URL(url).raw_host or ""
        try:
            answers = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError:
            return  # a name that only the proxy knows: the proxy must judge it
        self._guard.check_answers(url, [str(answer[4][0]) for answer in answers])

    async def _heed_robots(self, url: str) -> None:
        objection = await self._robots.objection(url) if self._robots is not None else None
        if objection is not None:
            raise FeedError(objection)

    async def _ask_robots(self, url: str) -> RobotsAnswer:
        try:
            answer = await self._get(url, {"Accept": "text/plain, */*;q=0.5"})
        except AddressRefused:
            raise
        except FeedError as error:
            return RobotsAnswer(status=None, fault=str(error))
        return RobotsAnswer(status=answer.status, body=answer.body)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _new_or_known(feed: Feed, answer: _Answer) -> FetchOutcome:
    """Tell a new body from the one of last time, which some servers send again whatever is asked."""
    if not answer.body.strip():
        return FetchFailed(reason="The server sent an empty document.")
    max_age = _freshness(answer.headers)
    body_hash = hashlib.sha256(answer.body).hexdigest()
    if body_hash == feed.body_hash:
        return NotModified(max_age_seconds=max_age, moved_to=answer.moved_to)
    return Fetched(
        body=answer.body,
        url=answer.url,
        body_hash=body_hash,
        content_type=_header(answer.headers, "Content-Type"),
        etag=_header(answer.headers, "ETag"),
        last_modified=_header(answer.headers, "Last-Modified"),
        moved_to=answer.moved_to,
        max_age_seconds=max_age,
    )


def _freshness(headers: Mapping[str, str]) -> int | None:
    return max_age_seconds(headers.get("Cache-Control"), headers.get("Age"))


def _header(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header that can be stored and sent back, or None: printable ASCII of a sane length."""
    value = headers.get(name)
    if not value or len(value) > _LONGEST_VALIDATOR or not value.isascii() or not value.isprintable():
        return None
    return value
