import asyncio
import time

import pytest

from bot.feeds.robots import RobotsAnswer, RobotsCache, read_robots

AGENT = "Dealbell/0.1 (+https://dealbell.example)"


class Site:
    """A host whose robots.txt a test sets; it counts the questions, and its clock is moved by hand."""

    def __init__(self, body: bytes = b"", status: int | None = 200) -> None:
        self.answer = RobotsAnswer(status=status, body=body, fault="" if status else "No connection.")
        self.asked: list[str] = []
        self.now = 0.0
        self.cache = RobotsCache(user_agent=AGENT, ask=self.ask, clock=lambda: self.now)

    async def ask(self, url: str) -> RobotsAnswer:
        self.asked.append(url)
        await asyncio.sleep(0)
        return self.answer

    async def allows(self, url: str) -> bool:
        return await self.cache.objection(url) is None


async def test_the_rules_for_our_name_come_before_those_for_all() -> None:
    site = Site(b"User-agent: *\nDisallow: /\n\nUser-agent: Dealbell\nDisallow: /x")
    assert await site.allows("https://n.example/a")
    assert not await site.allows("https://n.example/x/y")


async def test_the_rules_are_asked_for_once_a_day_and_host() -> None:
    site = Site(b"User-agent: *\nDisallow: /x")
    await asyncio.gather(*(site.allows(f"https://n.example/{n}") for n in range(10)))
    assert site.asked == ["https://n.example/robots.txt"]
    await site.allows("https://n.example:8443/a")
    assert site.asked[1:] == ["https://n.example:8443/robots.txt"]
    site.now = 25 * 3600
    await site.allows("https://n.example/a")
    assert len(site.asked) == 3


async def test_without_an_answer_nothing_is_fetched_and_soon_asked_again() -> None:
    site = Site(status=None)
    objection = await site.cache.objection("https://n.example/a")
    assert objection is not None
    assert "No connection." in objection
    site.answer = RobotsAnswer(status=404)
    assert not await site.allows("https://n.example/a")
    site.now = 601
    assert await site.allows("https://n.example/a")


@pytest.mark.parametrize(("status", "readable"), [(200, True), (404, True), (401, True), (429, False), (500, False)])
def test_the_status_says_whether_there_are_rules(status: int, readable: bool) -> None:
    assert (read_robots(RobotsAnswer(status=status)) is not None) == readable


def test_hostile_wildcards_take_no_time() -> None:
    rules = read_robots(RobotsAnswer(status=200, body=b"User-agent: *\nDisallow: /" + b"*a" * 500 + b"b"))
    assert rules is not None
    began = time.process_time()
    rules.can_fetch("https://n.example/" + "a" * 2000, AGENT)
    assert time.process_time() - began < 1
