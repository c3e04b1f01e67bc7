"""How many requests Discord has refused: ten thousand in ten minutes ban the address.

https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

import structlog

log = structlog.get_logger()

SECONDS = 600.0
MOST = 10_000
STOP_AT = 8_000
"""From here on nothing is sent until older refusals have run out."""
STEP = 100
"""So many more, and it is said again."""
MOST_PUBLISHED = 10
PUBLISHING_SECONDS = 3600.0
COUNTED = frozenset({401, 403, 429})


class Refusals:
    """Counts refused requests of the last ten minutes."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=MOST)
        self._said = 0

    def note(self, status: int, *, shared: bool = False) -> bool:
        """Count an answer; return True where it is time to say how many there are. A shared limit is not ours."""
        if status not in COUNTED or (status == 429 and shared):
            return False
        self._times.append(self._clock())
        step = self.count // STEP
        due, self._said = step > self._said, step
        if due:
            log.warning("discord refuses requests", refused=self.count, minutes=10, ban_at=MOST)
        return due

    @property
    def count(self) -> int:
        """How many there were in the last ten minutes."""
        while self._times and self._times[0] <= self._clock() - SECONDS:
            self._times.popleft()
        return len(self._times)

    @property
    def pause(self) -> float:
        """Seconds to send nothing; 0: go on."""
        if self.count < STOP_AT:
            return 0.0
        return self._times[0] + SECONDS - self._clock()


class Publishing:
    """Counts the messages that a channel for announcements has published: Discord takes ten an hour."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def may(self, channel: str) -> bool:
        """Return whether one more may be published, and count it."""
        times, now = self._times.setdefault(channel, deque(maxlen=MOST_PUBLISHED)), self._clock()
        if len(times) == MOST_PUBLISHED and times[0] > now - PUBLISHING_SECONDS:
            return False
        times.append(now)
        return True
