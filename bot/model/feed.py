"""A feed, what is remembered of it between polls, and what a fetch can come to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FeedState(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    GONE = "gone"
    """The server answered 410: never polled again unless added anew."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """A feed as a person or a file names it."""

    url: str
    title: str = ""
    group: str = ""
    full_text: bool = False
    """Fetch the article's page, since the feed gives only a teaser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed in the store."""

    id: int
    url: str
    title: str
    group: str = ""
    full_text: bool = False
    workspace: str | None = None
    """Id of the workspace whose own feed this is; None for the operator's, common to all."""
    state: FeedState = FeedState.ACTIVE
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """SHA-256 of the last body, in hex: an unchanged body is not parsed again."""
    interval_seconds: float = 0.0
    """The learned time between polls."""
    ttl_seconds: int | None = None
    """The least time between polls that the feed asks for."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, UTC, in which the feed asks not to be polled."""
    next_poll_at: datetime | None = None
    """None: never polled, due at once."""
    last_poll_at: datetime | None = None
    last_ok_at: datetime | None = None
    failures: int = 0
    """Failed polls in a row."""
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A new body."""

    body: bytes
    url: str
    """Where it came from in the end; base of relative links."""
    body_hash: str
    content_type: str | None = None
    """The Content-Type header as sent, with its charset."""
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    """The new address to remember after permanent redirects (301, 308), if any."""
    max_age_seconds: int | None = None
    """Cache-Control max-age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server answered 304, or the body is the one of last time."""

    max_age_seconds: int | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The server answered 410: the feed has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimited:
    """The server asked to wait: 429, or 503 with Retry-After."""

    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """Nothing usable came. `reason` is plain English and names the cure where there is one."""

    reason: str
    refused: bool = False
    """True where the address guard forbids the address: trying again will not help."""


FetchOutcome = Fetched | NotModified | Gone | RateLimited | FetchFailed
