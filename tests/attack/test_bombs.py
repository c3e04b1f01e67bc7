"""Documents that are made to swallow time or memory, read by real workers: each ends within its limits, and the next
document is read as if nothing had been."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from bot.errors import FeedFormatError, WorkerTimeout
from bot.workers import Workers

NOW = datetime(2026, 8, 1, tzinfo=UTC)
URL = "https://n.example/feed"
SECONDS = 5.0
MEGABYTES = 500
GRACE = 5.0
"""For stopping and starting a process on a busy machine."""
HEAD = '<rss version="2.0"><channel><title>T</title>'


def laughs(levels: int = 12) -> str:
    """Ten to the power of `levels` laughs in a few hundred bytes."""
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f"<!DOCTYPE rss [{entities}]>{HEAD}<item><title>&l{levels - 1};</title></item></channel></rss>"


def blow_up() -> str:
    """One long entity, named very often."""
    inside = "&a;" * 200_000
    return f'<!DOCTYPE rss [<!ENTITY a "{"x" * 200_000}">]>{HEAD}<item><title>{inside}</title></item></channel></rss>'


def external() -> str:
    entities = '<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;'
    return f"<!DOCTYPE rss [{entities}]>{HEAD}<item><title>Users: &f;</title></item></channel></rss>"


def item(inside: str) -> str:
    return f"{HEAD}<item><guid>1</guid>{inside}</item></channel></rss>"


MEGABYTE = 1_000_000
FEEDS: dict[str, Callable[[], str]] = {
    "a billion laughs": laughs,
    "a quadratic blow-up": blow_up,
    "an outer entity": external,
    "a title of megabytes": lambda: item(f"<title>{'A' * 8 * MEGABYTE}</title>"),
    "a title of a million words": lambda: item(f"<title>{'raises $5m ' * MEGABYTE}</title>"),
    "authors without end": lambda: item(f"<author>{'a@a.a.' * 300_000}</author>"),
    "comments that never close": lambda: item("<!--" * 500_000),
    "a million items": lambda: HEAD + "<item/>" * MEGABYTE + "</channel></rss>",
    "items in items": lambda: HEAD + "<item>" * 100_000,
    "deep elements": lambda: HEAD + "<a>" * 300_000,
    "a million attributes": lambda: HEAD + "<item " + "".join(f"a{n}='' " for n in range(300_000)) + "/>",
    "a million prefixes": lambda: HEAD + "".join(f"<p{n}:a/>" for n in range(200_000)),
    "a million ampersands": lambda: item(f"<description>{'&' * 5 * MEGABYTE}</description>"),
    "marks on one letter": lambda: item("<title>a" + "\u0301" * MEGABYTE + "</title>"),
    "zero-width all over": lambda: item("<title>" + "a\u200b\u2060\u202e" * 500_000 + "</title>"),
    "JSON in JSON": lambda: '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 200_000,
    "a number of megabytes": lambda: '{"version": "https://jsonfeed.org/version/1", "items": [' + "9" * MEGABYTE + "]}",
}  # fmt: skip
PAGES: dict[str, Callable[[], str]] = {
    "deep divisions": lambda: "<html><body>" + "<div>" * 100_000 + "x",
    "deep spans": lambda: "<html><body><p>" + "<span>a " * 100_000,
    "a table in a table": lambda: "<html><body>" + "<table><tr><td>" * 30_000,
    "a million paragraphs": lambda: "<html><body><article>" + "<p>Acme raises $5m." * 300_000,
    "one line of megabytes": lambda: f"<html><body><article><p>{'word ' * 2 * MEGABYTE}</p></article>",
    "a million links": lambda: "<html><body><article><p>" + "<a href='/x'>link</a> " * 200_000,
    "crossed formatting": lambda: "<html><body>" + "<b><i>" * 20_000 + "</b></i>" * 20_000,
    "lists of lists": lambda: "<html><body>" + "<ul><li>a" * 50_000,
    "a title of megabytes": lambda: f"<html><head><title>{'A' * 8 * MEGABYTE}</title></head><body><p>x</p>",
    "meta without end": lambda: "<html><head>" + "<meta property='og:title' content='x'>" * 200_000,
    "JSON-LD of megabytes": lambda: '<html><script type="application/ld+json">' + "[" * MEGABYTE + "</script><p>x",
    "dates all over": lambda: "<html><body>" + "<time>2026-01-01</time> 1 January 2026, 01/02/2026 " * 50_000,
}  # fmt: skip
TEXTS: dict[str, Callable[[], str]] = {
    "a sentence of megabytes": lambda: "Acme raises $5 million and " * 100_000,
    "names without end": lambda: "Acme Corp " * 200_000,
    "brackets": lambda: "(" * MEGABYTE,
    "sums": lambda: "$1" * 500_000,
    "digits": lambda: "$" + "9" * MEGABYTE + " million",
    "one word": lambda: "a" * 3 * MEGABYTE,
    "marks on one letter": lambda: "a" + "\u0301" * MEGABYTE,
    "quotation marks": lambda: "“" * MEGABYTE,
}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    found = Workers(count=1, seconds=SECONDS, memory_mb=MEGABYTES)
    yield found
    found.close()


async def ends_well(workers: Workers, began: float) -> None:
    assert time.monotonic() - began < SECONDS + GRACE
    parsed = await workers.parse(
        item("<title>Quillmark raises $40 million</title>").encode(), url=URL, content_type=None, now=NOW
    )
    assert [each.title for each in parsed.articles] == ["Quillmark raises $40 million"]


@pytest.mark.parametrize("kind", FEEDS)
async def test_a_feed_that_is_a_bomb_ends_within_the_limits(workers: Workers, kind: str) -> None:
    body = FEEDS[kind]().encode()
    began = time.monotonic()
    try:
        parsed = await workers.parse(body, url=URL, content_type=None, now=NOW)
    except (WorkerTimeout, FeedFormatError) as error:
        assert error.problem  # noqa: PT017  either end will do
    else:
        assert "root:" not in str(parsed)
        assert sum(len(each.title) for each in parsed.articles) < 100 * MEGABYTE
    await ends_well(workers, began)


@pytest.mark.parametrize("kind", PAGES)
async def test_a_page_that_is_a_bomb_ends_within_the_limits(workers: Workers, kind: str) -> None:
    body = PAGES[kind]().encode()
    began = time.monotonic()
    try:
        found = await workers.article_text(body, url=URL, content_type="text/html")
    except WorkerTimeout as error:
        assert error.problem  # noqa: PT017  either end will do
    else:
        assert found is None or len(found[1]) <= len(body)
    await ends_well(workers, began)


@pytest.mark.parametrize("kind", TEXTS)
async def test_a_text_that_is_a_bomb_ends_within_the_limits(workers: Workers, kind: str) -> None:
    text = TEXTS[kind]()
    began = time.monotonic()
    for title, body in ((text, ""), ("Korvane acquires Dellmoor", text)):
        (found,) = await workers.extract([(title, body, None)])
        assert isinstance(found, WorkerTimeout) or found.events is not None
        assert time.monotonic() - began < SECONDS + GRACE
        began = time.monotonic()
    await ends_well(workers, began)
