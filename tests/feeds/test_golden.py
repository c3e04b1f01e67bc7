"""Every pair tests/data/feeds/NAME and NAME.expected.json, one test each."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.feeds.items import identity
from bot.feeds.page import find_feeds
from bot.feeds.parse import parse_feed
from bot.feeds.urls import canonical_url
from bot.model.article import Article

FOLDER = Path(__file__).parent.parent / "data" / "feeds"
PAIRS = sorted(FOLDER.glob("*.expected.json"))
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _read(expected_file: Path) -> tuple[bytes, dict[str, Any]]:
    source = expected_file.with_name(expected_file.name.removesuffix(".expected.json"))
    return source.read_bytes(), json.loads(expected_file.read_text(encoding="utf-8"))


def _address(expected_file: Path, body: bytes, expected: dict[str, Any]) -> str:
    """Where the document came from: what the pair says, else what a JSON Feed says of itself."""
    if "address" in expected:
        return str(expected["address"])
    if ".json" in expected_file.name.removesuffix(".expected.json"):
        return str(json.loads(body.decode("utf-8-sig")).get("feed_url", "https://golden.example/feed.json"))
    return "https://golden.example/feed.xml"


def _wanted(item: dict[str, Any]) -> Article:
    canonical = canonical_url(item["url"]) if item["url"] else None
    return Article(
        key=identity(guid=item["guid"] or "", canonical=canonical, title=item["title"], text=item["text"]),
        title=item["title"],
        text=item["text"],
        url=item["url"],
        canonical_url=canonical,
        published=datetime.fromisoformat(item["published"]) if item["published"] else None,
        source=item.get("source", ""),
    )


def _first_of_each_key(articles: list[Article]) -> list[Article]:
    return list({article.key: article for article in reversed(articles)}.values())[::-1]


FEEDS = [pair for pair in PAIRS if ".html." not in pair.name]
PAGES = [pair for pair in PAIRS if ".html." in pair.name]


@pytest.mark.parametrize("pair", FEEDS, ids=lambda pair: pair.name.removesuffix(".expected.json"))
def test_a_feed_is_read_as_a_person_reads_it(pair: Path) -> None:
    body, expected = _read(pair)
    parsed = parse_feed(body, url=_address(pair, body, expected), content_type=None, now=NOW)
    assert parsed.title == expected["title"]
    assert sorted(parsed.articles, key=_order) == sorted(
        _first_of_each_key([_wanted(item) for item in expected["items"]]), key=_order
    )
    for fact in ("ttl_seconds", "malformed"):
        if fact in expected:
            assert getattr(parsed, fact) == expected[fact]
    if "skip_hours" in expected:
        assert parsed.skip_hours == frozenset(expected["skip_hours"])


def _order(article: Article) -> str:
    return article.key


@pytest.mark.parametrize("pair", PAGES, ids=lambda pair: pair.name.removesuffix(".expected.json"))
def test_the_feeds_of_a_page_are_found(pair: Path) -> None:
    body, expected = _read(pair)
    found = find_feeds(body, url=_address(pair, body, expected))
    assert [(spec.url, spec.title) for spec in found] == [(feed["url"], feed["title"]) for feed in expected["feeds"]]


def test_there_are_golden_pairs() -> None:
    assert len(PAIRS) >= 15
