"""The ways around such guards that are known from other programs, each against a server that really listens here.

Collected from OWASP's cheat sheet on server-side request forgery and from reports about other readers of feeds.
"""

import socket

import pytest
from aiohttp import web

from bot.feeds.guard import AddressGuard
from bot.feeds.http import Fetcher
from bot.model.feed import FetchFailed
from tests.feeds.conftest import AGENT, LocalServer, a_feed, local_server

SPELLINGS = (
    # decimal, octal, hexadecimal, short, padded and mixed forms of 127.0.0.1
    "http://2130706433:{port}/", "http://017700000001:{port}/", "http://0x7f000001:{port}/", "http://0x7F.1:{port}/",
    "http://127.1:{port}/", "http://127.0.1:{port}/", "http://0177.0.0.1:{port}/", "http://0177.0x0.0.1:{port}/",
    "http://127.000.000.001:{port}/", "http://00000000177.0.0.1:{port}/", "http://127.0.0.1.:{port}/",
    "http://4425673729:{port}/", "http://383.256.256.257:{port}/", "http://0x17f000001:{port}/",
    # the address that means "this machine"
    "http://0.0.0.0:{port}/", "http://0:{port}/", "http://0x0:{port}/", "http://0000:{port}/", "http://[::]:{port}/",
    # loopback under names, and dressed up as a public name
    "http://localhost:{port}/", "http://LocalHost.:{port}/", "http://feeds.localhost:{port}/",
    "http://127.0.0.1.xip.example:{port}/", "http://localtest.example:{port}/", "http://ip6-localhost:{port}/",
    # full-width and circled digits, other dots, soft hyphens, a name in capitals of another script
    "http://１２７．０．０．１:{port}/", "http://①②⑦.⓪.⓪.①:{port}/", "http://127。0。0。1:{port}/",
    "http://127．0．0．1:{port}/", "http://127｡0｡0｡1:{port}/", "http://loc\u00adalhost:{port}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", "http://ｌｏｃａｌｈｏｓｔ:{port}/", "http://xn--localhost:{port}/",
    # IPv6: loopback, mapped, compatible, translated, tunnelled, scoped
    "http://[::1]:{port}/", "http://[0:0:0:0:0:0:0:1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/", "http://[::127.0.0.1]:{port}/", "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/", "http://[2002:7f00:1::]:{port}/", "http://[2001:0:0:0:0:0:80ff:fffe]:{port}/",
    "http://[::1%25lo]:{port}/", "http://[::1%lo]:{port}/", "http://[fe80::1%25eth0]:{port}/",
    "http://[::ffff:0x7f.1]:{port}/",
    # where readers of addresses disagree about the host
    "http://example.com@127.0.0.1:{port}/", "http://example.com:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@example.com/", "http://example.com%40127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/", "http://example.com\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.com/", "http://127.0.0.1:{port}?@example.com/",
    "http:\\\\127.0.0.1:{port}\\", "http:127.0.0.1:{port}/", "http:/127.0.0.1:{port}/", "http:///127.0.0.1:{port}/",
    "http://127.0.0.1%00.example.com:{port}/", "http://127.0.0.1\t:{port}/", "http://127.0.0.1\r\nX: y:{port}/",
    "http://127.0.0.1%2f.example.com:{port}/", "http://127.0.0.1 :{port}/", " http://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/", "hTtP://[::FFFF:127.0.0.1]:{port}/", "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1:0{port}/", "http://127.0.0.1:+{port}/",
    # other services through other schemes
    "gopher://127.0.0.1:{port}/_GET%20/", "dict://127.0.0.1:{port}/", "ws://127.0.0.1:{port}/", "feed://127.0.0.1:{port}/",
    "feed:http://127.0.0.1:{port}/", "view-source:http://127.0.0.1:{port}/", "file:///etc/passwd",
    "jar:http://127.0.0.1:{port}!/", "unix:///var/run/docker.sock", "data:text/xml,<rss/>",
)  # fmt: skip
METADATA = (
    "http://169.254.169.254/latest/meta-data/", "http://0xA9FEA9FE/", "http://2852039166/", "http://0251.0376.0251.0376/",
    "http://169.254.43518/", "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::a9fe:a9fe]/", "http://[2002:a9fe:a9fe::]/", "http://[fd00:ec2::254]/", "http://[fe80::a9fe:a9fe]/",
    "http://169。254。169。254/", "http://169.254.170.2/v2/credentials", "http://100.100.100.200/latest/",
    "http://168.63.129.16/metadata", "http://192.0.0.192/latest/", "http://metadata.google.internal/computeMetadata/v1/",
    "http://instance-data/latest/", "http://metadata.example:80/",
)  # fmt: skip
NAMES = {"metadata.google.internal": "169.254.169.254", "instance-data": "169.254.169.254",
         "metadata.example": "::ffff:169.254.169.254"}  # fmt: skip


@pytest.fixture(autouse=True)
def every_name_leads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst name service: whatever is asked for is this machine, or what gives away its secrets."""

    def getaddrinfo(host: str, port: object, *_args: object, **_more: object) -> list[object]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        address = NAMES.get(name, "127.0.0.1")
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        where = (address, int(str(port or 0)))
        return [(family, socket.SOCK_STREAM, 6, "", where if family is socket.AF_INET else (*where, 0, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


async def refused(url: str) -> bool:
    async with Fetcher(AddressGuard(), user_agent=AGENT, timeout_seconds=3) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(url))
    return isinstance(outcome, FetchFailed) and outcome.refused


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_no_spelling_of_this_machine_is_connected_to(server: LocalServer, spelling: str) -> None:
    assert await refused(spelling.format(port=server.port))
    assert server.requests == []


@pytest.mark.parametrize("url", METADATA)
async def test_no_spelling_of_a_metadata_service_is_connected_to(url: str) -> None:
    assert await refused(url)


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_no_spelling_of_this_machine_is_redirected_to(server: LocalServer, spelling: str) -> None:
    async with local_server() as inner:
        target = spelling.format(port=inner.port).replace("\r\n", "%0d%0a")
        server.redirects("/feed", target, 302)
        guard = AddressGuard(frozenset({server.netloc}))
        async with Fetcher(guard, user_agent=AGENT, timeout_seconds=3) as fetcher:
            outcome = await fetcher.fetch_feed(a_feed(server.url("/feed")))
        assert isinstance(outcome, FetchFailed)
        assert inner.requests == []


async def test_a_page_that_names_an_inner_feed_does_not_make_the_bot_fetch_it(server: LocalServer) -> None:
    async def via_refresh(_request: web.Request) -> web.Response:
        return web.Response(status=200, headers={"Refresh": f"0; url=http://127.0.0.1:{server.port}/inner"}, body=b"x")

    server.on("/feed", via_refresh)
    guard = AddressGuard(frozenset({server.netloc}))
    async with Fetcher(guard, user_agent=AGENT) as fetcher:
        await fetcher.fetch_feed(a_feed(server.url("/feed")))
    assert [request.path for request in server.requests] == ["/feed"]
