"""What every feed format has in common: the identity of an item, and what of it is believed."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.feeds.urls import canonical_url
from bot.model.article import Article

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
TOMORROW = timedelta(days=1)


def article(
    *, guid: str, link: str | None, title: str, text: str, published: datetime | None, source: str = ""
) -> Article | None:
    """Build an article from cleaned parts, or return None where it says nothing at all."""
    if not title and not text and link is None:
        return None
    canonical = canonical_url(link) if link is not None else None
    return Article(
        key=identity(guid=guid, canonical=canonical, title=title, text=text),
        title=title,
        text=text,
        url=link,
        canonical_url=canonical,
        published=published,
        source=source,
    )


def identity(*, guid: str, canonical: str | None, title: str, text: str) -> str:
    """Return the key of an item within its feed: of its guid, else its canonical URL, else its content.

    128 bits of SHA-256 in hex; the kind is hashed too, so that a guid cannot pose as another item's text.
    """
    named: tuple[str, ...]
    if guid:
        named = ("guid", guid)
    elif canonical is not None:
        named = ("url", canonical)
    else:
        named = ("content", title, text)
    return hashlib.sha256("\0".join(named).encode("utf-8", "replace")).hexdigest()[:32]


def believable(moment: datetime, now: datetime) -> bool:
    """Return whether a date lies between 1990 and tomorrow."""
    return EARLIEST <= moment <= now + TOMORROW


def unique(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Keep the first article of each key: feeds put the newest first."""
    by_key: dict[str, Article] = {}
    for item in articles:
        by_key.setdefault(item.key, item)
    return tuple(by_key.values())
