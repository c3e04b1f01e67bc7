"""How much one person may ask: for each way of asking so much at a burst, then so much a minute.

No person reaches these limits by hand; a script does, and is told when to go on, where anything is said at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

MOST_PEOPLE = 20_000
"""Remembered at once, each with each pace; the longest silent are forgotten first, to their advantage alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often one person may do something."""

    name: str
    burst: int
    """So often without a pause."""
    seconds: float
    """After each so many seconds once more."""
    at_once: int = 1
    """Answers under way at a time, where they are counted: some wait for a site, and the threads are for all."""
    why: str = "That was a lot at once."


COMMANDS = Pace(name="commands", burst=20, seconds=2.0, at_once=2)
COSTLY = Pace(
    name="costly",
    burst=10,
    seconds=6.0,
    why="Texts, files, sites and charts take a while, and that was a lot at once.",
)
"""What takes a worker, a site, a download or a picture: a text of 40,000 characters is read for seconds."""
SUGGESTIONS = Pace(name="suggestions", burst=40, seconds=0.25)
"""Names to choose from while somebody types."""
PAGES = Pace(name="pages", burst=6, seconds=10.0)
"""Home pages drawn anew and test cards: each takes several calls of the platform."""
ANYTHING = Pace(name="anything", burst=60, seconds=1.0)
"""Commands, presses, forms, messages, all together: who goes on beyond this is not even answered."""
LOGGED = Pace(name="logged", burst=1, seconds=60.0)
"""Lines in the log about one person's flood."""


@dataclass(slots=True)
class _Person:
    left: float
    at: float
    under_way: int = 0


class Manners:
    """A token bucket for each person and pace. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._people: dict[tuple[str, str], _Person] = {}

    def refusal(self, who: str, pace: Pace) -> str | None:
        """Count one and return None, or say in words why it must wait."""
        person = self._known(who, pace)
        if person.left < 1:
            seconds = max(1, ceil((1 - person.left) * pace.seconds))
            return f"{pace.why} Please wait {seconds} second{'s' if seconds > 1 else ''} and ask again."
        person.left -= 1
        return None

    @contextmanager
    def asking(self, who: str, pace: Pace = COMMANDS) -> Iterator[str | None]:
        """Count one while the block runs; yield None, or in words why it must wait."""
        person = self._known(who, pace)
        busy = "I am still busy with what you asked before. Please wait for its answer."
        refusal = busy if person.under_way >= pace.at_once else self.refusal(who, pace)
        if refusal:
            yield refusal
            return
        person.under_way += 1
        try:
            yield None
        finally:
            person.under_way -= 1

    def _known(self, who: str, pace: Pace) -> _Person:
        key, now = (who, pace.name), self._clock()
        person = self._people.pop(key, None) or _Person(pace.burst, now)
        person.left = min(pace.burst, person.left + (now - person.at) / pace.seconds)
        person.at = now
        self._people[key] = person  # at the end: the longest silent stand in front
        if len(self._people) > MOST_PEOPLE:
            del self._people[next(iter(self._people))]
        return person
