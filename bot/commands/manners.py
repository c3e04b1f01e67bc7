"""How much one person may ask: so many commands at a burst, then so many a minute, and only a few at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

BURST = 20
"""Commands that somebody may send without a pause."""
SECONDS = 2.0
"""After each so many seconds one more: 30 a minute."""
AT_ONCE = 2
"""Commands of one person that are answered at a time: some wait for a site, and the threads are for all."""
MOST_PEOPLE = 10_000
"""Remembered at once; the longest silent are forgotten first, which can only be to their advantage."""


@dataclass(slots=True)
class _Person:
    left: float
    at: float
    under_way: int = 0


class Manners:
    """A token bucket for each person. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._people: dict[str, _Person] = {}

    @contextmanager
    def asking(self, who: str) -> Iterator[str | None]:
        """Count one command while the block runs; yield None, or in words why it must wait."""
        person = self._known(who)
        refusal = self._refusal(person)
        if refusal:
            yield refusal
            return
        person.left -= 1
        person.under_way += 1
        try:
            yield None
        finally:
            person.under_way -= 1

    def _known(self, who: str) -> _Person:
        now = self._clock()
        person = self._people.pop(who, None) or _Person(BURST, now)
        person.left = min(BURST, person.left + (now - person.at) / SECONDS)
        person.at = now
        self._people[who] = person  # at the end: the longest silent stand in front
        if len(self._people) > MOST_PEOPLE:
            del self._people[next(iter(self._people))]
        return person

    @staticmethod
    def _refusal(person: _Person) -> str | None:
        if person.under_way >= AT_ONCE:
            return "I am still busy with what you asked before. Please wait for its answer."
        if person.left < 1:
            seconds = max(1, ceil((1 - person.left) * SECONDS))
            return f"That was a lot at once. Please wait {seconds} second{'s' if seconds > 1 else ''} and ask again."
        return None
