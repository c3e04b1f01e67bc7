import html
import pickle
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FeedFormatError
from bot.feeds.parse import parse_feed
from bot.model.article import Article, ParsedFeed

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://n.example/feeds/all.xml"


def parse(body: str | bytes, content_type: str | None = None, url: str = URL) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=url, content_type=content_type, now=NOW)


def rss(items: str, channel: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>T</title>{channel}{items}</channel></rss>"
    )


def only(parsed: ParsedFeed) -> Article:
    assert len(parsed.articles) == 1
    return parsed.articles[0]


@pytest.mark.parametrize("version", ["0.9", "0.91", "0.92", "0.93", "0.94", "1.0", "2.0", "2.0.1"])
def test_every_version_of_rss_is_read(version: str) -> None:
    body = f'<rss version="{version}"><channel><item><title>A</title><link>http://n.example/a</link></item></channel></rss>'
    assert only(parse(body)).url == "http://n.example/a"


def test_rss_090_in_rdf_is_read() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
        "<channel><title>T</title></channel><item><title>A</title><link>http://n.example/a</link></item></rdf:RDF>"
    )
    assert only(parse(body)).title == "A"


def test_an_item_is_known_by_its_guid_else_its_address_else_its_words() -> None:
    def key(item: str) -> str:
        return only(parse(rss(f"<item>{item}</item>"))).key

    guid = "<guid isPermaLink='false'>7</guid>"
    assert key(guid + "<title>A</title>") == key(
        guid + "<title>B</title><pubDate>Sat, 01 Nov 2025 10:00:00 GMT</pubDate>"
    )
    assert key("<link>https://n.example/a?utm_source=x</link><title>A</title>") == key(
        "<link>https://N.example/a#b</link>"
    )
    assert key("<title>A</title>") != key("<title>B</title>")


def test_a_guid_stays_itself_when_the_feed_moves() -> None:
    body = rss("<item><guid>story-7</guid><title>A</title></item>")
    moved = only(parse(body, url="https://elsewhere.example/rss"))
    assert only(parse(body)).key == moved.key
    assert moved.url is None


def test_a_guid_that_is_an_address_serves_as_the_link() -> None:
    assert only(parse(rss("<item><guid>https://n.example/a</guid></item>"))).url == "https://n.example/a"


def test_of_two_items_with_one_key_the_first_is_kept() -> None:
    body = rss("<item><guid>7</guid><title>New</title></item><item><guid>7</guid><title>Old</title></item>")
    assert only(parse(body)).title == "New"


def test_items_that_say_nothing_are_counted() -> None:
    parsed = parse(rss("<item><pubDate>now</pubDate></item><item><title> </title></item><item><title>A</title></item>"))
    assert len(parsed.articles) == 1
    assert parsed.malformed == 2


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@n.example"]
)
def test_only_web_links_survive(link: str) -> None:
    assert only(parse(rss(f"<item><title>A</title><link>{link}</link></item>"))).url is None


def test_relative_links_are_resolved_against_the_feed() -> None:
    assert only(parse(rss("<item><link>/a</link></item>"))).url == "https://n.example/a"
    assert only(parse(rss("<item><link>a</link></item>"))).url == "https://n.example/feeds/a"


def test_the_link_before_a_redirecting_service_is_preferred() -> None:
    body = rss(
        "<item><link>https://feeds.example/~r/1</link><feedburner:origLink xmlns:feedburner="
        '"http://rssnamespace.org/feedburner/ext/1.0">https://n.example/a</feedburner:origLink></item>'
    )
    assert only(parse(body)).url == "https://n.example/a"


@pytest.mark.parametrize(
    ("date", "believed"),
    [
        ("Sun, 31 Dec 1989 23:59:59 GMT", False),
        ("Mon, 01 Jan 1990 00:00:00 GMT", True),
        ("Mon, 23 Nov 2026 11:59:00 GMT", True),
        ("Mon, 23 Nov 2026 12:01:00 GMT", False),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("soon", False),
    ],
)
def test_dates_outside_1990_to_tomorrow_are_dropped(date: str, believed: bool) -> None:
    article = only(parse(rss(f"<item><title>A</title><pubDate>{date}</pubDate></item>")))
    assert (article.published is not None) == believed


def test_dates_are_utc() -> None:
    article = only(parse(rss("<item><title>A</title><pubDate>Sat, 01 Nov 2025 10:00:00 -0500</pubDate></item>")))
    assert article.published == datetime(2025, 11, 1, 15, 0, tzinfo=UTC)
    assert article.published.utcoffset() == timedelta(0)


def test_the_longest_of_content_and_summary_is_taken() -> None:
    content = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{}</content:encoded>'
    long = "<p>" + "A long text. " * 10 + "</p>"
    for first, second in ((long, "Short"), ("Short", long)):
        item = f"<item><description>{html.escape(first)}</description>{content.format(html.escape(second))}</item>"
        assert only(parse(rss(item))).text.startswith("A long text.")


def test_an_aggregators_item_names_its_outlet() -> None:
    body = rss(
        "<item><title>Alder buys Birch - The Wire</title><link>https://agg.example/1</link>"
        '<source url="https://wire.example/rss">The Wire</source></item>'
    )
    article = only(parse(body))
    assert article.source == "The Wire"
    assert article.title == "Alder buys Birch"


def test_an_atom_source_names_the_outlet_and_keeps_out_of_the_entry() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><entry><id>1</id><title>Own</title>'
        '<source><id>s</id><title>The Wire</title><link href="https://wire.example/"/></source>'
        '<link href="https://wire.example/a"/></entry></feed>'
    )
    article = only(parse(body))
    assert (article.source, article.title, article.url) == ("The Wire", "Own", "https://wire.example/a")


def test_atoms_plain_text_is_not_read_as_html() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id>'
        '<title type="text">Why &lt;b&gt; and AT&amp;amp;T</title>'
        '<title type="html">x</title></entry></feed>'
    ).replace('<title type="html">x</title>', '<summary type="html">AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;</summary>')
    article = only(parse(body))
    assert article.title == "Why <b> and AT&amp;T"
    assert article.text == "AT&T x"


def test_the_feeds_wishes_are_read() -> None:
    parsed = parse(
        rss(
            "<item><title>A</title></item>",
            "<ttl>90</ttl><skipHours><hour>0</hour><hour>13</hour><hour>24</hour></skipHours><link>/home</link>",
        )
    )
    assert parsed.ttl_seconds == 5400
    assert parsed.skip_hours == {0, 13}
    assert parsed.site_url == "https://n.example/home"


def test_a_truncated_document_gives_its_whole_items_and_a_warning() -> None:
    whole = rss("".join(f"<item><guid>{n}</guid><title>Item {n}</title></item>" for n in range(5)))
    for cut in range(whole.index("<guid>3"), whole.index("<guid>4") - 20):
        parsed = parse(whole[:cut])
        assert [article.title for article in parsed.articles] in (
            ["Item 0", "Item 1", "Item 2"],
            ["Item 0", "Item 1", "Item 2", "Item 3"],
        )
        assert parsed.warning is not None
        assert "breaks off" in parsed.warning


ITEM = "<channel><item><title>A</title></item></channel></rss>"
BROKEN = {
    "an undeclared prefix": "<rss version='2.0'>" + ITEM.replace("</item>", "<media:thumbnail url='x'/></item>"),
    "an undeclared prefix and a wrong end tag": "<rss>" + ITEM.replace("</item>", "<a:b><c:d></a:b></item>"),
    "a bare ampersand": "<rss>" + ITEM.replace("</item>", "<link>http://n.example/?a=1&b=2</link></item>"),
    "a wrong end tag": "<rss version='2.0'>" + ITEM.replace("</item>", "<description>x</desc></item>"),
    "text after the end": "<rss version='2.0'>" + ITEM + "<script>x</script>",
    "a warning before": "<br />\n<b>Warning</b>: x\n<?xml version='1.0'?><rss version='2.0'>" + ITEM,
    "blank lines before": "\n\n <?xml version='1.0'?><rss version='2.0'>" + ITEM,
    "control characters": "<rss version='2.0'>" + ITEM.replace("A", "A\x0b\x01"),
    "an illegal reference": "<rss version='2.0'>" + ITEM.replace("A", "A&#x0b;&#0;"),
    "a document type": '<!DOCTYPE rss PUBLIC "-//Netscape//DTD" "http://n.example/x.dtd"><rss version="0.91">' + ITEM,
    "an entity bomb": '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>' + ITEM.replace("A", "A&b;"),
    "an outer entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>' + ITEM.replace("A", "A&x;"),
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_nearly_well_formed_documents_are_read(kind: str) -> None:
    article = only(parse(BROKEN[kind]))
    assert article.title.rstrip("\ufffd") in {"A", "A&b;", "A&x;"}


def test_a_bare_ampersand_in_a_link_stays() -> None:
    assert only(parse(BROKEN["a bare ampersand"])).url == "http://n.example/?a=1&b=2"


@pytest.mark.parametrize("blank", [" ", "\n", "&#32;", "&#xA0;", "\u2003 x"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_blanks_in_a_namespace_lose_nothing(blank: str, quote: str) -> None:
    named = f"xmlns:atom = {quote}http://www.w3.org/{blank}2005/Atom{quote}"
    body = f"<rss version='2.0' {named}>" + ITEM.replace("</item>", "<atom:link href='http://n.example/'/></item>")
    assert only(parse(body)).title == "A"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!DOCTYPE html><html><body>Hello</body></html>", "web page"),
        ("", "empty"),
        ("Hello", "no feed"),
        ("<note><to>x</to></note>", "no feed"),
        ('{"items": []}', "version"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "no list of items"),
        ('{"version": ', "line 1"),
        ("[1, 2]", "no JSON Feed"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: str, words: str) -> None:
    with pytest.raises(FeedFormatError) as caught:
        parse(body)
    assert words in caught.value.problem
    assert "dealbell feeds add" in caught.value.cure


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss("<item><title>Zürich</title></item>").encode(), "text/xml; charset=iso-8859-1"),
        (rss("<item><title>Zürich</title></item>").encode(), "text/xml"),
        (rss("<item><title>Zürich</title></item>").encode("cp1252"), None),
        (rss("<item><title>Zürich</title></item>").encode("cp1252"), "text/xml; charset=utf-9"),
        (rss("<item><title>Zürich</title></item>").encode("utf-16"), None),
        (rss("<item><title>Zürich</title></item>").replace("utf-8", "utf-16").encode("utf-16-le"), None),
        (rss("<item><title>Zürich</title></item>").replace("utf-8", "iso-8859-1").encode("latin-1"), "text/xml"),
        (b"\xef\xbb\xbf" + rss("<item><title>Zürich</title></item>").encode(), "text/xml; charset=zlib"),
    ],
)
def test_a_wrong_charset_is_seen_through(body: bytes, content_type: str | None) -> None:
    assert only(parse(body, content_type)).title.replace("\ufffd", "ü") == "Zürich"


def test_asian_charsets_are_read_as_declared() -> None:
    for name in ("shift_jis", "euc-jp", "iso-2022-jp"):
        body = rss("<item><title>東京</title></item>").replace("utf-8", name).encode(name)
        assert only(parse(body)).title == "東京"


def test_a_parsed_feed_travels_between_processes() -> None:
    parsed = parse(rss("<item><title>A</title></item>"))
    assert pickle.loads(pickle.dumps(parsed)) == parsed  # noqa: S301


@pytest.mark.parametrize(
    "element", ["author", "dc:creator", "managingEditor", "title", "description", "pubDate", "guid"]
)
@pytest.mark.parametrize("text", ["a@a.a." * 20_000, "<!--" * 20_000, "&" * 100_000, "(" * 100_000])
def test_a_hostile_element_takes_linear_time(element: str, text: str) -> None:
    body = rss(f"<item><guid>1</guid><{element}>{html.escape(text)}</{element}></item>")
    began = time.process_time()
    parse(body)
    assert time.process_time() - began < 3


@given(st.binary(max_size=400))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    with suppress(FeedFormatError):
        parse(body)


@given(st.text("<>/!-[]CDATA item title rss&;\"'= ?xml", max_size=150))
def test_no_soup_in_a_feed_breaks_the_parser(soup: str) -> None:
    with suppress(FeedFormatError):
        parse("<rss version='2.0'><channel><item><title>" + soup)
