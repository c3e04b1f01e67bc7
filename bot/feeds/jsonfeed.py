"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import FeedFormatError
from bot.feeds.clean import plain_line, plain_text, tidy_text
from bot.feeds.items import article, believable, unique
from bot.feeds.urls import safe_link
from bot.model.article import Article, ParsedFeed

_VERSION = "jsonfeed.org/version/"
_NO_FEED = "Use the address of the feed; `dealbell feeds add` finds it on a page."


def looks_like_json(text: str) -> bool:
    """Return whether a document can only be JSON."""
    return text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}


def parse_json_feed(text: str, *, url: str, now: datetime) -> ParsedFeed:
    """Read a JSON Feed. Raises FeedFormatError for JSON that is none, or is broken."""
    try:
        document = json.loads(text.lstrip("\ufeff \t\r\n"))
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise FeedFormatError(f"The document is not valid JSON{where}.", cure=_NO_FEED) from error
    except RecursionError as error:
        raise FeedFormatError("The JSON is nested too deeply to be a feed.", cure=_NO_FEED) from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedFormatError("The JSON is no JSON Feed: it holds no list of items.", cure=_NO_FEED)
    if _VERSION not in _string(document, "version"):
        raise FeedFormatError("The JSON is no JSON Feed: its version says nothing of one.", cure=_NO_FEED)
    read = [_article(item, url=url, now=now) for item in document["items"]]
    return ParsedFeed(
        title=" ".join(tidy_text(_string(document, "title")).split()),
        articles=unique(item for item in read if item is not None),
        site_url=safe_link(_string(document, "home_page_url"), url),
        malformed=sum(item is None for item in read),
    )


def _article(item: Any, *, url: str, now: datetime) -> Article | None:
    if not isinstance(item, Mapping):
        return None
    return article(
        guid=_identifier(item.get("id")),
        link=safe_link(_string(item, "url"), url) or safe_link(_string(item, "external_url"), url),
        title=_title(_string(item, "title")),
        text=_body(item),
        published=_date(item, "date_published", now) or _date(item, "date_modified", now),
    )


def _string(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value.strip() if isinstance(value, str) else ""


def _identifier(value: Any) -> str:
    """Read an id; the standard asks readers to take numbers as strings."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def _title(title: str) -> str:
    """Titles are plain text by the standard; some feeds put entities or tags there all the same."""
    return plain_line(title) if "</" in title or "&#" in title else " ".join(tidy_text(title).split())


def _body(item: Mapping[str, Any]) -> str:
    """Return the longest of what the item says; only content_html holds markup."""
    return max(
        (
            plain_text(_string(item, "content_html")),
            tidy_text(_string(item, "content_text")),
            tidy_text(_string(item, "summary")),
        ),
        key=len,
    )


def _date(item: Mapping[str, Any], key: str, now: datetime) -> datetime | None:
    """Read an RFC 3339 date; one without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(_string(item, key))
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # Whole seconds, as in the XML formats.
    return aware.replace(microsecond=0) if believable(aware, now) else None
