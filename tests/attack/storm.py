"""Bad weather for the platforms' fakes: each request may be delayed, reset, refused or failed, and may cost a life."""

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.chat.faults import Fault, Handler

BEFORE, LATE, AFTER, ANSWERED = "it never arrives", "it is obeyed late", "it was obeyed", "it was answered"
DELIVERS = re.compile(r"/channels/|/chat\.|/conversations\.history")
"""Posts, edits and look-ups, in which a death is dearest."""
STAGES = (BEFORE, LATE, AFTER, ANSWERED)
LATEST_SECONDS = 6.0
"""A request may be obeyed so long after it was sent, when the bot that sent it is dead, and perhaps alive again."""
SLOW_SECONDS = 3.0
CALM = 0.75
"""The share of requests that are answered at once and well."""


def discord_errors() -> tuple[web.Response, web.Response]:
    limits = {"Retry-After": "1", "Via": "1.1 google", "X-RateLimit-Scope": "user"}
    slow = web.json_response({"message": "slow down", "retry_after": 0.4, "global": False}, status=429, headers=limits)
    return slow, web.json_response({"message": "oops", "code": 0}, status=500)


def slack_errors() -> tuple[web.Response, web.Response]:
    slow = web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
    return slow, web.json_response({"ok": False, "error": "internal_error"}, status=500)


@dataclass(slots=True, kw_only=True)
class Kill:
    """At which request, counted from now, the bot dies, and what becomes of the request."""

    requests: int
    stage: str
    done: bool = False


@dataclass(slots=True, kw_only=True)
class Storm:
    """Stands where a fake keeps its list of faults, and never runs dry."""

    errors: Callable[[], tuple[web.Response, web.Response]]
    rng: random.Random
    kill: Callable[[], None] = lambda: None
    plan: Kill | None = None
    calm: bool = False
    requests: int = 0

    def __bool__(self) -> bool:
        return True

    def pop(self, index: int) -> "Storm":
        assert index == 0
        return self

    async def happen(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests += 1
        await request.read()  # it is all there, whatever becomes of who sent it
        if (stage := self._fate(request.path)) is None:
            return await self._fault().happen(request, handler)
        if stage == BEFORE:
            self.kill()
            return await Fault(reset=True).happen(request, handler)
        if stage == LATE:
            self.kill()
            await asyncio.sleep(self.rng.uniform(2, LATEST_SECONDS))
        answer = await handler(request)
        if stage == AFTER:
            self.kill()
        elif stage == ANSWERED:
            asyncio.get_running_loop().call_later(self.rng.uniform(0, 0.02), self.kill)
        return answer

    def _fate(self, path: str) -> str | None:
        if self.plan is None or self.plan.done or not DELIVERS.search(path):
            return None
        self.plan.requests -= 1
        self.plan.done = self.plan.requests <= 0
        return self.plan.stage if self.plan.done else None

    def _fault(self) -> Fault:
        if self.calm or self.rng.random() < CALM:
            return Fault()
        slow, failed = self.errors()
        processed = self.rng.random() < 0.5
        return self.rng.choice(
            (
                Fault(seconds=self.rng.uniform(0, SLOW_SECONDS), processed=processed),
                Fault(reset=True, processed=processed),
                Fault(answer=failed, processed=processed),
                Fault(answer=slow),
            )
        )
