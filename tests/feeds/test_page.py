from bot.feeds.page import article_text, find_feeds
from bot.model.feed import FeedSpec

URL = "https://n.example/news/story"
ARTICLE = (
    "<html><head><title>Alder buys Birch | The Wire</title></head><body>"
    "<nav><a href='/'>Home</a> <a href='/x'>Deals</a></nav>"
    "<article><h1>Alder buys Birch</h1>"
    "<p>Alder &amp; Sons has agreed to buy Birch for $40 million in cash, the companies said on Monday in a "
    "joint statement.</p>"
    "<p>The deal, which needs the consent of regulators in two countries, should close before the end of the year.</p>"
    "<p>Birch was founded in 1999 and makes ropes for ships; it employs some 200 people at three sites.</p></article>"
    "<footer>Copyright, imprint, cookies</footer></body></html>"
)


def test_the_text_of_an_article_is_taken_without_the_page_around_it() -> None:
    found = article_text(ARTICLE.encode(), url=URL, content_type="text/html; charset=utf-8")
    assert found is not None
    title, text = found
    assert title == "Alder buys Birch"
    assert "Alder & Sons has agreed to buy Birch for $40 million" in text
    assert "joint statement.\n\nThe deal" in text
    assert "cookies" not in text
    assert "Home" not in text


def test_a_page_without_an_article_gives_nothing() -> None:
    for body in (b"", b" ", b"<html></html>", b"\x00\x01\x02", b"<"):
        assert article_text(body, url=URL, content_type="text/html") is None


def test_what_is_no_page_is_not_read() -> None:
    assert article_text(b"%PDF-1.7", url=URL, content_type="application/pdf") is None


def test_a_hostile_page_does_not_break_the_reader() -> None:
    for body in (b"<div>" * 50_000, b"<p>" + b"&" * 100_000, b"<!--" * 10_000, b"<a href='" * 10_000):
        article_text(body, url=URL, content_type="text/html")
        find_feeds(body, url=URL)


def test_feeds_are_found_in_the_head_and_those_of_comments_come_last() -> None:
    body = b"""<html><head><title>Site</title>
    <link rel="alternate" type="application/rss+xml" title="Comments on Site" href="/comments/feed">
    <link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel="alternate" type="application/atom+xml" title="Atom" href="atom.xml">
    <link rel="alternate" type="application/feed+json" title="JSON" href="https://cdn.example/feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
    <link rel="alternate" type="application/json+oembed" href="/oembed">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    <link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel="alternate" hreflang="de" href="/de/">
    <link rel="stylesheet" href="/s.css"></head></html>"""
    assert find_feeds(body, url=URL) == (
        FeedSpec(url="https://n.example/feed", title="Site"),
        FeedSpec(url="https://n.example/news/atom.xml", title="Atom"),
        FeedSpec(url="https://cdn.example/feed.json", title="JSON"),
        FeedSpec(url="https://n.example/comments/feed", title="Comments on Site"),
    )


def test_a_page_without_feeds_names_none() -> None:
    assert find_feeds(b"<html><body>Hello</body></html>", url=URL) == ()
    assert find_feeds(b"", url=URL) == ()
