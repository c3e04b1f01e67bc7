"""Raw items: what feeds gave, kept for a while; their identity is kept for good, so that nothing is told twice."""

import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlite_utils import Database

from bot.model.article import Article
from bot.model.feed import Feed
from bot.store.times import from_text, to_text


def unknown(db: Database, feed: Feed, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles that this feed has not brought before."""
    keys = json.dumps([article.key for article in articles])
    rows = db.execute(
        "SELECT key FROM items WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?))", (feed.id, keys)
    )
    known = {row[0] for row in rows.fetchall()}
    return tuple(article for article in articles if article.key not in known)


def told_before(db: Database, feed: Feed, article: Article, *, item: int) -> int | None:
    """Return the earlier item that is the same article: another feed's of that address, or this feed's own.

    One article in two feeds of an outlet is one source, not two. The operator's feeds count for everybody; a
    workspace's own feed counts for itself alone. In one feed the headline must be the same too, since a changed guid
    alone makes no news; and so it must wherever the address is no single article's.
    """
    if article.canonical_url is None:
        return None
    shared = _is_shared(db, feed, article.canonical_url)
    row = db.execute(
        "SELECT min(items.id) FROM items JOIN feeds ON feeds.id = items.feed_id"
        " WHERE items.canonical_url = ? AND items.id < ? AND (items.title = ? OR (items.feed_id <> ? AND NOT ?))"
        " AND (feeds.workspace_id IS NULL OR feeds.workspace_id = ?)",
        (article.canonical_url, item, article.title, feed.id, shared, feed.workspace),
    ).fetchone()
    return None if row is None else row[0]


def _is_shared(db: Database, feed: Feed, url: str) -> bool:
    """Return whether an address stands for many articles: a front page, or what some feed gives to all its items."""
    parts = urlsplit(url)
    if parts.path in {"", "/"} and not parts.query:
        return True
    found = db.execute(
        "SELECT 1 FROM items JOIN feeds ON feeds.id = items.feed_id WHERE items.canonical_url = ?"
        " AND (feeds.workspace_id IS NULL OR feeds.workspace_id = ?)"
        " GROUP BY items.feed_id HAVING count(DISTINCT items.title) > 1",
        (url, feed.workspace),
    )
    return found.fetchone() is not None


def add(db: Database, feed: Feed, article: Article, *, now: datetime) -> int | None:
    """Insert an item; return its id, or None if it is there already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO items (feed_id, key, canonical_url, url, title, text, source, published, first_seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            feed.id,
            article.key,
            article.canonical_url,
            article.url,
            article.title,
            article.text,
            article.source,
            to_text(article.published),
            to_text(now),
        ),
    )
    return cursor.lastrowid if cursor.rowcount else None


def dates(db: Database, feed: Feed, *, limit: int = 20) -> tuple[datetime, ...]:
    """Return when the newest items of a feed were published, the newest first."""
    rows = db.execute(
        "SELECT published FROM items WHERE feed_id = ? AND published IS NOT NULL ORDER BY published DESC LIMIT ?",
        (feed.id, limit),
    )
    return tuple(from_text(row[0]) for row in rows.fetchall())


def forget_texts(db: Database, *, before: datetime) -> int:
    """Empty the raw items first seen before a time; their keys stay, so that none is ever taken for new."""
    cursor = db.execute(
        "UPDATE items SET title = NULL, text = NULL WHERE first_seen < ? AND (text IS NOT NULL OR title IS NOT NULL)",
        (to_text(before),),
    )
    return cursor.rowcount
