"""robots.txt (RFC 9309), read once a day for each host."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

MAX_BYTES = 500 * 1024
"""What RFC 9309 asks a reader to read at least; the rest is left out."""
KEPT_SECONDS = 24 * 3600.0
"""The longest that RFC 9309 lets a copy be used."""
KEPT_AFTER_FAULT_SECONDS = 600.0
_MAX_HOSTS = 2000
_MAX_WILDCARDS = 6
_STARS = re.compile(r"\*{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """What came of asking for a robots.txt: status and body, or the fault that left us without an answer."""

    status: int | None
    body: bytes = b""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    parsed: Protego | None
    """None: nothing may be fetched."""
    expires: float
    fault: str = ""


class RobotsCache:
    """Who may fetch what, by host. `ask` fetches a robots.txt; `clock` counts seconds."""

    def __init__(
        self, *, user_agent: str, ask: Callable[[str], Awaitable[RobotsAnswer]], clock: Callable[[], float]
    ) -> None:
        self._agent = user_agent
        self._ask = ask
        self._clock = clock
        self._rules: OrderedDict[str, _Rules] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def objection(self, url: str) -> str | None:
        """Return why the URL must not be fetched, or None where the host's robots.txt lets us."""
        origin = URL(url).origin()
        rules = await self._rules_of(str(origin))
        if rules.parsed is None:
            return f"robots.txt of {origin.host} cannot be read, so its pages are left alone. {rules.fault}".strip()
        if not rules.parsed.can_fetch(url, self._agent):
            return f"robots.txt of {origin.host} forbids the page to automatic readers."
        return None

    async def _rules_of(self, origin: str) -> _Rules:
        rules = self._fresh(origin)
        if rules is not None:
            return rules
        try:
            async with self._locks.setdefault(origin, asyncio.Lock()):
                return self._fresh(origin) or await self._learn(origin)
        finally:
            self._locks.pop(origin, None)

    def _fresh(self, origin: str) -> _Rules | None:
        rules = self._rules.get(origin)
        return rules if rules is not None and rules.expires > self._clock() else None

    async def _learn(self, origin: str) -> _Rules:
        answer = await self._ask(f"{origin}/robots.txt")
        parsed = read_robots(answer)
        kept = KEPT_SECONDS if parsed is not None else KEPT_AFTER_FAULT_SECONDS
        rules = _Rules(parsed=parsed, expires=self._clock() + kept, fault=answer.fault)
        self._rules[origin] = rules
        self._rules.move_to_end(origin)
        while len(self._rules) > _MAX_HOSTS:
            self._rules.popitem(last=False)
        return rules


def read_robots(answer: RobotsAnswer) -> Protego | None:
    """Return the rules in an answer, or None where nothing may be fetched.

    RFC 9309, 2.3.1: an answer of the 400s means that there are no rules; of the 500s, or none at all, that
    everything is forbidden for the time being.
    """
    if answer.status is None or answer.status >= 500 or answer.status == 429:
        return None
    text = answer.body[:MAX_BYTES].decode("utf-8", "replace") if answer.status < 300 else ""
    return Protego.parse("\n".join(line for line in map(_tame, text.splitlines()) if line is not None))


def _tame(line: str) -> str | None:
    """Leave out rules with so many wildcards that matching them takes polynomial time."""
    line = _STARS.sub("*", line)
    return line if line.count("*") <= _MAX_WILDCARDS and len(line) <= 2000 else None
