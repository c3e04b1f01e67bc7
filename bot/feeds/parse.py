"""A feed document to articles. Pure: it runs in a worker process, under a time limit."""

import calendar
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from bot.errors import FeedFormatError
from bot.feeds.charset import decode
from bot.feeds.clean import plain_line, plain_text, tidy_text
from bot.feeds.items import article, believable, unique
from bot.feeds.jsonfeed import looks_like_json, parse_json_feed
from bot.feeds.repair import well_formed
from bot.feeds.timing import skip_hours, ttl_seconds
from bot.feeds.urls import safe_link
from bot.model.article import Article, ParsedFeed

NO_FEED: Final = "Use the address of the feed; `dealbell feeds add` finds it on a page."
_DATE_KEYS = ("published_parsed", "created_parsed", "updated_parsed")
_LINK_KEYS = ("feedburner_origlink", "link")


def parse_feed(body: bytes, *, url: str, content_type: str | None, now: datetime) -> ParsedFeed:
    """Read RSS 0.9 to 2.0, Atom, RDF or JSON Feed.

    `url` is where the body came from, the base of relative links; `content_type` the header as sent; `now`
    (aware UTC) bounds the dates that are believed. Raises FeedFormatError for a document that is no feed.
    """
    text = decode(body, content_type)
    if looks_like_json(text):
        return parse_json_feed(text, url=url, now=now)
    data, warning = well_formed(text)
    found = _feedparser().parse(
        BytesIO(data),
        # Fixed headers: the charset is settled, and without a location identities of items stay as written.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not data or not (found.version or found.entries):
        raise FeedFormatError(_what_it_is(text), cure=NO_FEED)
    read = [_article(entry, url=url, atom=found.version.startswith("atom"), now=now) for entry in found.entries]
    head = found.feed
    return ParsedFeed(
        title=plain_line(_text(head, "title")),
        articles=unique(item for item in read if item is not None),
        site_url=safe_link(_text(head, "link"), url),
        ttl_seconds=ttl_seconds(_text(head, "ttl")),
        skip_hours=skip_hours(text),
        malformed=sum(item is None for item in read),
        warning=warning,
    )


def _feedparser() -> Any:
    """Import feedparser, which takes a tenth of a second, and take the sting out of its author handling.

    `_sync_author_detail` searches author names with a pattern that takes quadratic time (32 KB of "a@a.a.a"
    hold it for seconds), and nothing here reads authors.
    """
    import feedparser  # noqa: PLC0415  # heavy, and only workers need it
    from feedparser import mixin  # noqa: PLC0415

    mixin._FeedParserMixin._sync_author_detail = _leave_authors_alone
    return feedparser


def _leave_authors_alone(_parser: object, _key: str = "author") -> None:
    return None


def _article(entry: Mapping[str, Any], *, url: str, atom: bool, now: datetime) -> Article | None:
    source = entry.get("source")
    outlet = plain_line(_text(source, "title")) if isinstance(source, Mapping) else ""
    title = " ".join(_clean(entry.get("title_detail"), _text(entry, "title"), atom=atom).split())
    return article(
        guid=_text(entry, "id"),
        link=_link(entry, url),
        title=_without_outlet(title, outlet),
        text=_longest(_bodies(entry, atom=atom)),
        published=_published(entry, now),
        source=outlet,
    )


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value.strip() if isinstance(value, str) else ""


def _clean(detail: Any, value: str, *, atom: bool) -> str:
    """Clean one text construct. Atom says when text is plain; RSS does not, and is read as HTML."""
    if isinstance(detail, Mapping) and isinstance(detail.get("value"), str):
        value = detail["value"]
        if atom and detail.get("type") == "text/plain":
            return tidy_text(value)
    return plain_text(value)


def _bodies(entry: Mapping[str, Any], *, atom: bool) -> Iterable[str]:
    contents = entry.get("content")
    for detail in contents if isinstance(contents, list) else ():
        yield _clean(detail, "", atom=atom)
    yield _clean(entry.get("summary_detail"), _text(entry, "summary"), atom=atom)


def _longest(texts: Iterable[str]) -> str:
    return max(texts, key=len, default="")


def _link(entry: Mapping[str, Any], base: str) -> str | None:
    """Return the article's link: the one before a redirecting service, else the alternate, else the guid."""
    links = entry.get("links")
    alternates = [
        link.get("href")
        for link in (links if isinstance(links, list) else ())
        if isinstance(link, Mapping) and link.get("rel") == "alternate"
    ]
    identity = _text(entry, "id")
    for candidate in (*(_text(entry, key) for key in _LINK_KEYS), *alternates):
        # feedparser offers the guid as link; a guid that is no address must not be resolved into one.
        if not isinstance(candidate, str) or not candidate or (candidate == identity and "://" not in candidate):
            continue
        link = safe_link(candidate, base)
        if link is not None:
            return link
    return None


def _published(entry: Mapping[str, Any], now: datetime) -> datetime | None:
    for key in _DATE_KEYS:
        parsed = entry.get(key)
        if isinstance(parsed, time.struct_time):
            moment = _moment(parsed)
            if moment is not None and believable(moment, now):
                return moment
    return None


def _moment(parsed: time.struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _without_outlet(title: str, outlet: str) -> str:
    """Take the outlet off an aggregator's headline: "Acme buys Bolt - Reuters" with the source Reuters."""
    for dash in (" - ", " – ", " | "):
        if outlet and title.endswith(dash + outlet):
            return title.removesuffix(dash + outlet).rstrip()
    return title


def _what_it_is(text: str) -> str:
    start = text.lstrip()[:512].lower()
    if not start:
        return "The document is empty."
    if "<html" in start or start.startswith("<!doctype html"):
        return "The document is a web page, not a feed."
    return "The document is no feed: it is neither RSS, Atom, RDF nor JSON Feed."
