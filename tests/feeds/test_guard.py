import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.errors import AddressRefused
from bot.feeds.guard import AddressGuard, forbidden
from bot.feeds.http import Fetcher
from bot.model.feed import Fetched, FetchFailed
from tests.feeds.conftest import AGENT, LocalServer, MakeFetcher, a_feed, local_server

INSIDE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "169.254.1.1", "100.64.0.1", "100.127.255.255", "100.100.100.200",
    "168.63.129.16", "192.0.0.192", "198.18.0.1", "192.0.2.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%1", "fc00::1", "fd00:ec2::254",
    "fec0::1", "ff02::1", "2001:db8::1", "100::1", "64:ff9b:1::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:53aa:64c:0:0:80ff:fffe", "2606:4700::5efe:10.0.0.1", "4000::1", "5f00::1", "nonsense",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1",
    "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_internal_address_is_forbidden(address: str) -> None:
    assert forbidden(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_not_forbidden(address: str) -> None:
    assert forbidden(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://0/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:127.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://127。0。0。1/",
        "http://１２７.0.0.1/",
        "http://ⓛocalhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://1.1.1.1.1/",
        "http://256.1.1.1/",
        "http://1.1.1.1:0/",
        "http://user@example.com/",
        "http://user:pw@example.com/",
        "https://:pw@example.com/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "javascript:alert(1)",
        "//example.com/",
        "example.com/feed",
        "http://",
        "http:///path",
        "",
        "http://exa mple.com/",
        "http://[::1",
        "http://a:99999/",
    ],
)
def test_an_address_that_must_not_be_fetched_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(AddressRefused):
        AddressGuard().check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/feed",
        "http://example.com:8080/",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/",
        "HTTPS://EXAMPLE.COM./",
        "http://1.1.1.1/",
        "http://[2606:4700::1111]/",
        "https://3com.com/",
        "https://0x.org/",
    ],
)
def test_a_public_address_passes(url: str) -> None:
    AddressGuard().check_url(url)


def test_a_refusal_names_the_address_and_the_cure() -> None:
    with pytest.raises(AddressRefused) as caught:
        AddressGuard().check_url("http://10.0.0.7:8080/feed?token=abc")
    assert "10.0.0.7 is a private address" in caught.value.problem
    assert "add 10.0.0.7:8080 to DEALBELL_ALLOW_HOSTS" in caught.value.cure
    assert "abc" not in str(caught.value)


def test_nobody_is_told_how_to_allow_a_cloud_metadata_address() -> None:
    with pytest.raises(AddressRefused) as caught:
        AddressGuard().check_url("http://169.254.169.254/latest/meta-data/")
    assert "a cloud metadata address" in caught.value.problem
    assert caught.value.cure == ""


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/x"),
        ("intranet.example:80", "http://Intranet.Example/x"),
        ("Intranet.Example.:443", "https://intranet.example/"),
        ("[::1]:8080", "http://[0:0::1]:8080/"),
        ("localhost:9", "http://localhost.:9/"),
        ("bücher.example:80", "http://xn--bcher-kva.example/"),
    ],
)
def test_what_is_allowed_is_the_host_and_port_of_the_url(entry: str, url: str) -> None:
    guard = AddressGuard(frozenset({entry}))
    guard.check_url(url)
    assert guard.allows(url)


def test_a_permission_holds_for_its_port_and_its_spelling_only() -> None:
    guard = AddressGuard(frozenset({"127.0.0.1:8080"}))
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://localhost:8080/"):
        with pytest.raises(AddressRefused):
            guard.check_url(url)


Names = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """A name service of our own: each question takes the next answer of the name, the last one stays."""
    asked: list[str] = []

    def install(answers: dict[str, list[str]]) -> list[str]:
        def getaddrinfo(host: str, port: object, *_args: object, **_kwargs: object) -> list[object]:
            asked.append(host)
            left = answers[host]
            addresses = (left.pop(0) if len(left) > 1 else left[0]).split()
            return [
                (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, int(str(port or 0)), 0, 0))
                if ":" in address
                else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, int(str(port or 0))))
                for address in addresses
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return install


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1 127.0.0.2", "10.0.0.1 ::1"])
async def test_a_name_that_leads_inside_is_refused_when_it_is_dialled(
    server: LocalServer, names: Names, address: str
) -> None:
    server.answers("/feed")
    names({"evil.example": [address]})
    async with Fetcher(AddressGuard(), user_agent=AGENT) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(f"http://evil.example:{server.port}/feed"))
    assert isinstance(outcome, FetchFailed)
    assert outcome.refused
    assert "evil.example leads to" in outcome.reason
    assert f"evil.example:{server.port}" in outcome.reason
    assert not server.requests


async def test_an_answer_that_changes_between_check_and_connect_gains_nothing(
    server: LocalServer, names: Names
) -> None:
    server.answers("/feed")
    names({"evil.example": ["93.184.216.34", "127.0.0.1"]})
    guard = AddressGuard()
    guard.check_answers("http://evil.example/", ["93.184.216.34"])
    socket.getaddrinfo("evil.example", 80)  # the public answer is used up
    async with Fetcher(guard, user_agent=AGENT) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(f"http://evil.example:{server.port}/feed"))
    assert isinstance(outcome, FetchFailed)
    assert outcome.refused


async def test_an_allowed_name_is_fetched_from_the_address_that_it_stands_for(
    server: LocalServer, names: Names
) -> None:
    server.answers("/feed")
    names({"intranet.example": ["127.0.0.1"]})
    guard = AddressGuard(frozenset({f"intranet.example:{server.port}"}))
    async with Fetcher(guard, user_agent=AGENT) as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(f"http://intranet.example:{server.port}/feed"))
    assert isinstance(outcome, Fetched)


async def test_an_allowed_connection_serves_no_other_name(server: LocalServer, names: Names) -> None:
    server.answers("/feed")
    names({"intranet.example": ["127.0.0.1"], "evil.example": ["127.0.0.1"]})
    guard = AddressGuard(frozenset({f"intranet.example:{server.port}"}))
    async with Fetcher(guard, user_agent=AGENT) as fetcher:
        await fetcher.fetch_feed(a_feed(f"http://intranet.example:{server.port}/feed"))
        outcome = await fetcher.fetch_feed(a_feed(f"http://evil.example:{server.port}/feed"))
    assert isinstance(outcome, FetchFailed)
    assert outcome.refused
    assert server.asked("/feed") == 1


async def test_an_allowed_host_may_not_redirect_to_another_port_of_the_machine(
    server: LocalServer, fetcher_for: MakeFetcher
) -> None:
    async with local_server() as other:
        other.answers("/feed")
        server.redirects("/feed", other.url("/feed"), 302)
        async with fetcher_for() as fetcher:
            outcome = await fetcher.fetch_feed(a_feed(server.url("/feed")))
        assert isinstance(outcome, FetchFailed)
        assert outcome.refused
        assert not other.requests


async def test_behind_a_proxy_the_proxy_is_dialled_and_inner_names_are_refused(
    server: LocalServer, names: Names
) -> None:
    async def proxied(request: web.Request) -> web.Response:
        return web.Response(body=b"via proxy for " + request.host.encode())

    server.on("/feed", proxied)
    names({"127.0.0.1": ["127.0.0.1"], "news.example": ["93.184.216.34"], "inner.example": ["10.0.0.1"]})
    async with Fetcher(AddressGuard(), user_agent=AGENT, proxy=server.url("")) as fetcher:
        outside = await fetcher.fetch_feed(a_feed("http://news.example/feed"))
        inside = await fetcher.fetch_feed(a_feed("http://inner.example/feed"))
        literal = await fetcher.fetch_feed(a_feed("http://10.0.0.1/feed"))
    assert isinstance(outside, Fetched)
    assert outside.body == b"via proxy for news.example"
    assert isinstance(inside, FetchFailed)
    assert inside.refused
    assert isinstance(literal, FetchFailed)
    assert literal.refused


async def test_proxies_and_passwords_of_the_environment_are_never_used(
    server: LocalServer, fetcher_for: MakeFetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with fetcher_for() as fetcher:
        outcome = await fetcher.fetch_feed(a_feed(server.answers("/feed")))
    assert isinstance(outcome, Fetched)
    assert "Authorization" not in server.requests[0].headers
