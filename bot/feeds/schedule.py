"""When to poll a feed again. Pure: the clock and the dice are arguments."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

DEFAULT_MINIMUM = 120.0
"""Seconds: two minutes."""
DEFAULT_MAXIMUM = 6 * 3600.0
"""Seconds: six hours."""
LONGEST_RETRY_AFTER = 7 * 86400.0
"""Seconds; a server that asks for more than a week is asked again after a week."""

_WINDOW = 20
"""Items looked at: enough for a rhythm, few enough to follow a change of it."""
_BATCH_SECONDS = 300.0
"""Items closer than this came in one batch."""
_SHARE_OF_GAP = 4.0
"""Polling four times in a usual gap, an item waits an eighth of the gap on average."""
_SHARE_OF_SILENCE = 8.0
_JITTER = 0.1
_GROWTH = 1.1
"""So the interval stays near a tenth of the time for which a feed has been watched."""


def next_interval(
    published: Sequence[datetime], *, now: datetime, current: float, minimum: float, maximum: float
) -> float:
    """Return the time between polls, in seconds, learned from the dates of a feed's items.

    A quarter of the usual gap between batches of items, or an eighth of the present silence where that is
    longer. It shrinks to half of `current` at once, but grows by a tenth at a time: a feed must prove that it is quiet.
    Without dates the interval grows slowly.
    """
    moments = _batches(published, now)
    if not moments:
        return _within(current * _GROWTH, minimum, maximum)
    silence = (now - moments[-1]).total_seconds() / _SHARE_OF_SILENCE
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    rhythm = median(gaps) / _SHARE_OF_GAP if gaps else current
    wanted = max(rhythm, silence)
    return _within(min(max(wanted, current / 2), current * _GROWTH), minimum, maximum)


def next_poll(
    *,
    now: datetime,
    interval: float,
    rng: random.Random,
    failures: int = 0,
    refused: bool = False,
    retry_after: float | None = None,
    max_age: float | None = None,
    ttl: float | None = None,
    skip_hours: frozenset[int] = frozenset(),
    minimum: float = DEFAULT_MINIMUM,
    maximum: float = DEFAULT_MAXIMUM,
) -> datetime:
    """Return when to poll again, from what the last poll came to. All durations are seconds.

    `failures` counts failed polls in a row, this one included: each doubles the interval, up to `maximum`,
    and half of the wait is left to chance so that feeds that failed together do not return together.
    `refused` (by the address guard) waits the maximum. `retry_after` is always kept; `max_age` and `ttl`
    are kept up to `maximum`; `skip_hours` are hours of the day in UTC.
    """
    if refused:
        wait = maximum
    elif failures > 0:
        longest = min(_within(interval, minimum, maximum) * 2.0 ** min(failures, 30), maximum)
        wait = max(minimum, longest * (0.5 + 0.5 * rng.random()))
    else:
        asked = max(interval, max_age or 0.0, ttl or 0.0)
        wait = _within(asked, minimum, maximum) * (1 + _JITTER * rng.random())
    if retry_after is not None:
        asked = min(retry_after, LONGEST_RETRY_AFTER)
        wait = max(wait if failures == 0 else minimum, asked * (1 + _JITTER * rng.random()))
    return _past_skipped(now + timedelta(seconds=wait), skip_hours, rng)


def _within(value: float, minimum: float, maximum: float) -> float:
    return max(minimum, min(value, maximum))


def _batches(published: Sequence[datetime], now: datetime) -> list[datetime]:
    """Return the moments of the newest items, oldest first, one for each batch."""
    newest = sorted(moment for moment in published if moment <= now)[-_WINDOW:]
    moments: list[datetime] = []
    for moment in newest:
        if not moments or (moment - moments[-1]).total_seconds() > _BATCH_SECONDS:
            moments.append(moment)
    return moments


def _past_skipped(moment: datetime, skip_hours: frozenset[int], rng: random.Random) -> datetime:
    """Move a poll out of the hours that the feed asks to leave out; a feed that skips all skips none."""
    if moment.hour not in skip_hours or len(skip_hours) >= 24:
        return moment
    moment = moment.replace(minute=0, second=0, microsecond=0)
    while moment.hour in skip_hours:
        moment += timedelta(hours=1)
    return moment + timedelta(seconds=300 * rng.random())
