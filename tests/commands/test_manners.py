import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.commands.front import Asked, Front, Place
from bot.commands.manners import AT_ONCE, BURST, MOST_PEOPLE, SECONDS, Manners
from bot.commands.verb import Services
from bot.model.enums import Platform
from bot.store import Store
from tests.commands.talk import words


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(manners: Manners, who: str = "ann", times: int = 1) -> list[str | None]:
    said = []
    for _ in range(times):
        with manners.asking(who) as refusal:
            said.append(refusal)
    return said


def test_a_burst_is_answered_and_a_flood_is_asked_to_wait() -> None:
    manners = Manners(Watch())
    said = ask(manners, times=BURST + 3)
    assert said[:BURST] == [None] * BURST
    assert all("wait 2 seconds" in str(refusal) for refusal in said[BURST:])


def test_who_waits_is_answered_again() -> None:
    watch = Watch()
    manners = Manners(watch)
    ask(manners, times=BURST)
    watch.now += SECONDS
    assert ask(manners, times=2)[0] is None
    watch.now += 10_000
    assert ask(manners, times=BURST) == [None] * BURST


def test_one_persons_flood_costs_nobody_else_a_word() -> None:
    manners = Manners(Watch())
    ask(manners, times=BURST * 5)
    assert ask(manners, "bob") == [None]


def test_only_a_few_commands_of_one_person_are_answered_at_a_time() -> None:
    manners = Manners(Watch())
    with manners.asking("ann") as first, manners.asking("ann") as second, manners.asking("ann") as third:
        assert (first, second) == (None, None)
        assert "still busy" in str(third)
    assert ask(manners) == [None]


def test_a_million_people_take_bounded_memory() -> None:
    manners = Manners(Watch())
    for number in range(MOST_PEOPLE + 500):
        ask(manners, str(number))
    assert len(manners._people) == MOST_PEOPLE


ASKED = Asked(text="recent", place=Place(platform=Platform.SLACK, workspace="T1", channel="C1"), user="U1")


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    store = Store(tmp_path / "bot.db")
    with Front(store, Services(), clock=utc_now) as front:
        yield front
    store.close()


async def test_a_person_who_floods_gets_a_friendly_answer_and_others_theirs(front: Front) -> None:
    replies = [await front.answer(ASKED) for _ in range(BURST + 1)]
    assert all(reply.good for reply in replies[:-1])
    assert "Please wait" in words(replies[-1])
    assert (await front.answer(replace(ASKED, user="U2"))).good


async def test_commands_that_wait_for_a_slow_site_leave_threads_for_the_others(tmp_path: Path) -> None:
    go = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow_site(address: str) -> str:
        asyncio.run_coroutine_threadsafe(go.wait(), loop).result(30)
        return "1 item"

    store = Store(tmp_path / "bot.db")
    with Front(store, Services(test_feed=slow_site), clock=utc_now) as front:
        flood = [
            asyncio.create_task(front.answer(replace(ASKED, text="feeds test https://slow.example/")))
            for _ in range(30)
        ]
        assert (await asyncio.wait_for(front.answer(replace(ASKED, user="U2")), 10)).good
        go.set()
        replies = await asyncio.gather(*flood)
    store.close()
    assert sum(reply.good for reply in replies) == AT_ONCE
