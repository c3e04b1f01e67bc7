"""An article: one news item as a feed gave it, cleaned to plain text."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news item. Text is plain: no markup, no control characters, entities decoded once."""

    key: str
    """Identity within its feed: a hash of the guid, else of the canonical URL, else of the content."""
    title: str
    text: str = ""
    """Summary or full text; paragraphs stand apart by a blank line."""
    url: str | None = None
    """The link that people open; http or https only."""
    canonical_url: str | None = None
    """The link without tracking, AMP and fragment: the same for one article in many feeds."""
    published: datetime | None = None
    """Aware UTC; None where the feed gives no believable date."""
    source: str = ""
    """The outlet's name as cards show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What one fetched feed document holds."""

    title: str
    articles: tuple[Article, ...]
    """In the document's order, at most one for each key."""
    site_url: str | None = None
    ttl_seconds: int | None = None
    """The least time between polls that the feed asks for."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, UTC, in which the feed asks not to be polled."""
    malformed: int = 0
    """Items that were dropped because they hold neither a title nor a link nor text."""
    warning: str | None = None
    """Why the document is not well formed, where it was read all the same."""
