import asyncio
import gzip
import sys
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest
from aiohttp import web

from bot.errors import AddressRefused, FeedError
from bot.feeds.parse import parse_feed
from bot.model.feed import Fetched, FetchFailed, Gone, NotModified, RateLimited
from tests.feeds.conftest import AGENT, RSS, LocalServer, MakeFetcher, a_feed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


async def test_a_new_document_comes_with_all_that_the_next_poll_needs(
    server: LocalServer, fetcher_for: MakeFetcher
) -> None:
    url = server.answers(
        "/feed",
        ETag='"v1"',
        Last_Modified="Sat, 01 Nov 2025 10:00:00 GMT",
        Cache_Control="public, max-age=600",
        Content_Type="application/rss+xml; charset=utf-8",
    )
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(url))
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS
    assert outcome.url == url
    assert outcome.etag == '"v1"'
    assert outcome.last_modified == "Sat, 01 Nov 2025 10:00:00 GMT"
    assert outcome.max_age_seconds == 600
    assert outcome.content_type == "application/rss+xml; charset=utf-8"
    assert outcome.moved_to is None
    assert len(outcome.body_hash) == 64


async def test_every_request_says_who_we_are_and_sends_no_cookies(
    server: LocalServer, fetcher_for: MakeFetcher
) -> None:
    url = server.answers("/feed", Set_Cookie="id=1")
    async with fetcher_for() as fetcher:
        await fetcher.fetch_feed(a_feed(url))
        await fetcher.fetch_feed(a_feed(url))
    assert [request.headers["User-Agent"] for request in server.requests] == [AGENT, AGENT]
    assert all("Cookie" not in request.headers for request in server.requests)
    assert "zstd" in server.requests[0].headers["Accept-Encoding"]


async def test_an_unmodified_document_is_asked_for_conditionally(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.headers["If-None-Match"] == '"v1"'
        assert request.headers["If-Modified-Since"] == "Sat, 01 Nov 2025 10:00:00 GMT"
        return web.Response(status=304, headers={"Cache-Control": "max-age=60"})

    feed = a_feed(server.on("/feed", handler), etag='"v1"', last_modified="Sat, 01 Nov 2025 10:00:00 GMT")
    async with fetcher_for() as fetcher:
        assert await fetcher.fetch_feed(feed) == NotModified(max_age_seconds=60)


async def test_an_unmodified_answer_to_an_unconditional_question_is_a_fault(
    server: LocalServer, fetcher_for: MakeFetcher
) -> None:
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.answers("/feed", 304)))
    assert isinstance(outcome, FetchFailed)


async def test_the_body_of_last_time_counts_as_not_modified(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    url = server.answers("/feed")
    async with fetcher_for() as fetcher:
        first = await fetcher.fetch_feed(a_feed(url))
        assert isinstance(first, Fetched)
        assert await fetcher.fetch_feed(a_feed(url, body_hash=first.body_hash)) == NotModified()


async def test_permanent_redirects_are_remembered(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    server.redirects("/old", "/newer", 301)
    server.redirects("/newer", server.url("/feed"), 308)
    url = server.answers("/feed")
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.url("/old")))
    assert isinstance(outcome, Fetched)
    assert outcome.moved_to == outcome.url == url


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_passing_redirect_is_followed_and_forgotten(
    server: LocalServer, fetcher_for: MakeFetcher, status: int
) -> None:
    server.redirects("/old", "/feed", status)
    server.answers("/feed")
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.url("/old")))
    assert isinstance(outcome, Fetched)
    assert outcome.url == server.url("/feed")
    assert outcome.moved_to is None


async def test_only_the_permanent_beginning_of_a_chain_is_remembered(
    server: LocalServer, fetcher_for: MakeFetcher
) -> None:
    server.redirects("/a", "/b", 301)
    server.redirects("/b", "/c", 302)
    server.redirects("/c", "/feed", 301)
    server.answers("/feed")
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.url("/a")))
    assert isinstance(outcome, Fetched)
    assert outcome.moved_to == server.url("/b")


async def test_a_circle_of_redirects_is_named(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    server.redirects("/a", "/b")
    server.redirects("/b", "/a")
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.url("/a")))
    assert outcome == FetchFailed(reason="The address redirects in a circle.")


async def test_a_long_chain_of_redirects_ends(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    for hop in range(10):
        server.redirects(f"/{hop}", f"/{hop + 1}")
    async with fetcher_for(max_redirects=5) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.url("/0")))
    assert outcome == FetchFailed(reason="The address redirects more than 5 times.")
    assert len(server.requests) == 6


async def test_a_redirect_to_an_internal_address_is_refused(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    for number, inside in enumerate(
        ("http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.1]/", "file:///etc/passwd")
    ):
        url = server.redirects(f"/{number}", inside, 302)
        async with fetcher_for() as fetcher:
            outcome = await fetcher.fetch_feed(a_feed(url))
        assert isinstance(outcome, FetchFailed)
        assert outcome.refused, inside


async def test_a_feed_that_is_gone_has_ended(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async with fetcher_for() as fetcher:
        assert await fetcher.fetch_feed(a_feed(server.answers("/feed", 410))) == Gone()


async def test_rate_limits_carry_their_time(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    later = format_datetime(now + timedelta(minutes=5), usegmt=True)
    server.answers("/seconds", 429, Retry_After="120")
    server.answers("/date", 503, Retry_After=later, Date=format_datetime(now, usegmt=True))
    server.answers("/unsaid", 429)
    async with fetcher_for() as fetcher:
        assert await fetcher.fetch_feed(a_feed(server.url("/seconds"))) == RateLimited(retry_after_seconds=120)
        assert await fetcher.fetch_feed(a_feed(server.url("/date"))) == RateLimited(retry_after_seconds=300)
        assert await fetcher.fetch_feed(a_feed(server.url("/unsaid"))) == RateLimited()


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "password"), (403, "refuses us"), (404, "no such document"), (500, "fault"), (503, "service")],
)
async def test_failures_are_told_in_plain_english(
    server: LocalServer, fetcher_for: MakeFetcher, status: int, words: str
) -> None:
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.answers("/feed", status)))
    assert isinstance(outcome, FetchFailed)
    assert words in outcome.reason
    assert str(status) in outcome.reason


async def test_reasons_never_hold_the_secrets_of_an_address(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    server.answers("/feed", 500)
    secret = f"http://reader:hunter2@{server.netloc}/feed?token=abcdef123456"
    nowhere = "http://reader:hunter2@nowhere.invalid/feed?token=abcdef123456"
    async with fetcher_for() as fetcher:
        for url in (secret, nowhere):
            outcome = await fetcher.fetch_feed(a_feed(url))
            assert isinstance(outcome, FetchFailed)
            assert "hunter2" not in outcome.reason
            assert "abcdef123456" not in outcome.reason


ENCODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
async def test_compressed_documents_are_read(server: LocalServer, fetcher_for: MakeFetcher, encoding: str) -> None:
    url = server.answers("/feed", body=ENCODINGS[encoding](RSS), Content_Encoding=encoding)
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(url))
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
async def test_a_bomb_stops_at_the_cap(server: LocalServer, fetcher_for: MakeFetcher, encoding: str) -> None:
    bomb = ENCODINGS[encoding](b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    url = server.answers("/feed", body=bomb, Content_Encoding=encoding)
    async with fetcher_for(max_bytes=1_000_000) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(url))
    assert outcome == FetchFailed(reason="The document is larger than 1 MB (after decompression).")


async def test_a_large_plain_document_stops_at_the_cap(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x" * 10_000)
        return response

    async with fetcher_for(max_bytes=100_000) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.on("/feed", endless)))
    assert isinstance(outcome, FetchFailed)
    assert "larger than" in outcome.reason


async def test_a_slow_drip_ends_with_the_time_limit(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(200):
            await response.write(b"<")
            await asyncio.sleep(0.05)
        return response

    began = asyncio.get_running_loop().time()
    async with fetcher_for(timeout_seconds=0.4) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.on("/feed", drip)))
    assert outcome == FetchFailed(reason="No complete answer came within 0.4 seconds.")
    assert asyncio.get_running_loop().time() - began < 2


async def test_the_time_limit_holds_for_the_whole_chain(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async def slowly(request: web.Request) -> web.Response:
        await asyncio.sleep(0.2)
        return web.Response(status=302, headers={"Location": request.path + "x"})

    for hop in range(6):
        server.on("/a" + "x" * hop, slowly)
    async with fetcher_for(timeout_seconds=0.5) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.url("/a")))
    assert outcome == FetchFailed(reason="No complete answer came within 0.5 seconds.")


async def test_an_answer_that_breaks_off_is_a_failure(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(RSS[:50])
        assert request.transport is not None
        request.transport.close()
        return response

    server.answers("/gzip", body=gzip.compress(RSS)[:-20], Content_Encoding="gzip")
    async with fetcher_for() as fetcher:
        for url in (server.on("/feed", broken), server.url("/gzip")):
            outcome = await fetcher.fetch_feed(a_feed(url))
            assert isinstance(outcome, FetchFailed)
            assert "breaks off" in outcome.reason


async def test_a_closed_port_is_named(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async with fetcher_for("127.0.0.1:1") as fetcher:
        outcome = await fetcher.fetch_feed(a_feed("http://127.0.0.1:1/feed"))
    assert outcome == FetchFailed(reason="No connection to 127.0.0.1 could be made.")


async def test_an_empty_document_is_a_failure(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.answers("/feed", body=b" \n")))
    assert outcome == FetchFailed(reason="The server sent an empty document.")


async def test_a_password_in_a_feed_address_is_sent_to_its_own_host_only(
    server: LocalServer, fetcher_for: MakeFetcher
) -> None:
    server.redirects("/mine", "/feed", 301)
    server.redirects("/away", f"http://localhost:{server.port}/feed", 302)
    server.answers("/feed")
    async with fetcher_for(f"localhost:{server.port}") as fetcher:
        mine = await fetcher.fetch_feed(a_feed(f"http://me:s%20ecret@{server.netloc}/mine"))
        await fetcher.fetch_feed(a_feed(f"http://me:s%20ecret@{server.netloc}/away"))
    assert isinstance(mine, Fetched)
    assert mine.moved_to == f"http://me:s%20ecret@{server.netloc}/feed"
    assert "me" not in mine.url
    assert ["Authorization" in request.headers for request in server.requests] == [True, True, True, False]


async def test_one_host_gets_only_a_few_requests_at_a_time(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    running = most = 0

    async def handler(_request: web.Request) -> web.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        return web.Response(body=RSS)

    url = server.on("/feed", handler)
    async with fetcher_for(per_host=2) as fetcher:
        outcomes = await asyncio.gather(*(fetcher.fetch_feed(a_feed(url)) for _ in range(10)))
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert most == 2


async def test_a_wrong_charset_is_read_all_the_same(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    body = RSS.replace(b"Alder", "Ålder".encode())
    url = server.answers("/feed", body=body, Content_Type="text/xml; charset=iso-8859-1")
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(url))
    assert isinstance(outcome, Fetched)
    parsed = parse_feed(
        outcome.body, url=outcome.url, content_type=outcome.content_type, now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert parsed.articles[0].title == "Ålder raises $5m"


async def test_a_page_comes_with_its_address_and_type(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    server.redirects("/short", "/article", 302)
    server.answers("/article", body=b"<p>Hello", Content_Type="text/html; charset=utf-8")
    async with fetcher_for() as fetcher:
        page = await fetcher.fetch_page(server.url("/short"))
    assert page.body == b"<p>Hello"
    assert page.url == server.url("/article")
    assert page.content_type == "text/html; charset=utf-8"


async def test_robots_txt_is_heeded_and_asked_for_once(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    server.answers("/robots.txt", body=b"User-agent: dealbell\nDisallow: /private/\n\nUser-agent: *\nDisallow: /")
    server.answers("/public/a", body=b"a")
    server.answers("/private/b", body=b"b")
    async with fetcher_for() as fetcher:
        assert (await fetcher.fetch_page(server.url("/public/a"))).body == b"a"
        with pytest.raises(FeedError, match=r"robots\.txt"):
            await fetcher.fetch_page(server.url("/private/b"))
        assert (await fetcher.fetch_page(server.url("/private/b"), respect_robots=False)).body == b"b"
    assert server.asked("/robots.txt") == 1
    assert server.asked("/private/b") == 1


async def test_robots_txt_holds_for_where_a_redirect_leads(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    server.answers("/robots.txt", body=b"User-agent: *\nDisallow: /private/")
    server.redirects("/public", "/private/b", 302)
    async with fetcher_for() as fetcher:
        with pytest.raises(FeedError, match=r"robots\.txt"):
            await fetcher.fetch_page(server.url("/public"))
    assert server.asked("/private/b") == 0


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
async def test_a_missing_robots_txt_allows_and_a_broken_one_forbids(
    server: LocalServer, fetcher_for: MakeFetcher, status: int, allowed: bool
) -> None:
    server.answers("/robots.txt", status)
    server.answers("/a")
    async with fetcher_for() as fetcher:
        if allowed:
            assert (await fetcher.fetch_page(server.url("/a"))).body == RSS
        else:
            with pytest.raises(FeedError):
                await fetcher.fetch_page(server.url("/a"))


async def test_a_page_that_may_not_be_fetched_raises(server: LocalServer, fetcher_for: MakeFetcher) -> None:
    async with fetcher_for() as fetcher:
        with pytest.raises(AddressRefused, match="DEALBELL_ALLOW_HOSTS"):
            await fetcher.fetch_page("http://10.0.0.1/")
        with pytest.raises(FeedError, match="404"):
            await fetcher.fetch_page(server.url("/missing"))
