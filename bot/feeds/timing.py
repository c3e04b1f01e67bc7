"""What feeds and servers say about when to come back: ttl, skipHours, max-age, Retry-After."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_HOUR = re.compile(r"<hour>\s{0,20}([0-9]{1,2})\s{0,20}</hour>", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,10})", re.IGNORECASE)
LONGEST_SECONDS = 366 * 86400
"""A year: what is longer is an error, or means "never"."""


def ttl_seconds(value: str) -> int | None:
    """Return RSS's ttl, given in minutes, in seconds."""
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        return None
    return min(int(value) * 60, LONGEST_SECONDS) or None


def skip_hours(document: str) -> frozenset[int]:
    """Return RSS's skipHours, hours of the day in UTC (RSS 0.91 writes midnight as 24)."""
    start = document.find("<skipHours")
    if start < 0:
        return frozenset()
    # 24 hours fit into far less.
    part = document[start : start + 2000].partition("</skipHours")[0]
    return frozenset(hour % 24 for hour in map(int, _HOUR.findall(part)) if hour <= 24)


def max_age_seconds(cache_control: str | None, age: str | None = None) -> int | None:
    """Return for how long an answer stays fresh by Cache-Control, less its Age in a cache; None if unsaid."""
    match = _MAX_AGE.search(cache_control or "")
    if match is None or "no-cache" in (cache_control or "").lower():
        return None
    spent = int(age) if age and age.isascii() and age.isdigit() and len(age) < 10 else 0
    return max(0, min(int(match.group(1)), LONGEST_SECONDS) - spent)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Return a Retry-After header, seconds or an HTTP date, as seconds from `now`; None if unreadable."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 12:
        return float(min(int(text), LONGEST_SECONDS))
    moment = http_date(text)
    return None if moment is None else min(max(0.0, (moment - now).total_seconds()), float(LONGEST_SECONDS))


def http_date(value: str | None) -> datetime | None:
    """Read an HTTP date as aware UTC, or return None."""
    if not value or len(value) > 100:
        return None
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
