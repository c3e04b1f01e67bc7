import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.commands.front import Asked, Front, Place
from bot.commands.manners import ANYTHING, COMMANDS, COSTLY, MOST_PEOPLE, PAGES, SUGGESTIONS, Manners, Pace
from bot.commands.verb import Services
from bot.model.enums import Platform
from bot.model.event import Event
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
    said = ask(manners, times=COMMANDS.burst + 3)
    assert said[: COMMANDS.burst] == [None] * COMMANDS.burst
    assert all("wait 2 seconds" in str(refusal) for refusal in said[COMMANDS.burst :])


def test_who_waits_is_answered_again() -> None:
    watch = Watch()
    manners = Manners(watch)
    ask(manners, times=COMMANDS.burst)
    watch.now += COMMANDS.seconds
    assert ask(manners, times=2)[0] is None
    watch.now += 10_000
    assert ask(manners, times=COMMANDS.burst) == [None] * COMMANDS.burst


def test_one_persons_flood_costs_nobody_else_a_word() -> None:
    manners = Manners(Watch())
    ask(manners, times=COMMANDS.burst * 5)
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
    replies = [await front.answer(ASKED) for _ in range(COMMANDS.burst + 1)]
    assert all(reply.good for reply in replies[:-1])
    assert "Please wait" in words(replies[-1])
    assert (await front.answer(replace(ASKED, user="U2"))).good


PATIENT = Pace(name="patient", burst=3, seconds=10.0)


def test_each_way_of_asking_has_a_pace_of_its_own() -> None:
    watch = Watch()
    manners = Manners(watch)
    assert [manners.refusal("ann", PATIENT) for _ in range(3)] == [None] * 3
    assert "Please wait 10 seconds" in str(manners.refusal("ann", PATIENT))
    assert manners.refusal("ann", COMMANDS) is None
    assert manners.refusal("bob", PATIENT) is None
    watch.now += 4
    assert "Please wait 6 seconds" in str(manners.refusal("ann", PATIENT))
    watch.now += 6
    assert manners.refusal("ann", PATIENT) is None


@pytest.mark.parametrize(
    ("pace", "every", "times"),
    [(COMMANDS, 3.0, 200), (COSTLY, 8.0, 60), (SUGGESTIONS, 0.3, 400), (PAGES, 12.0, 30), (ANYTHING, 1.5, 300)],
    ids=lambda value: getattr(value, "name", value),
)
def test_who_asks_by_hand_however_long_never_meets_a_limit(pace: Pace, every: float, times: int) -> None:
    watch = Watch()
    manners = Manners(watch)
    for _ in range(times):
        assert manners.refusal("ann", pace) is None
        watch.now += every


@pytest.mark.parametrize("pace", [COMMANDS, COSTLY, SUGGESTIONS, PAGES, ANYTHING], ids=lambda pace: pace.name)
def test_a_script_gets_its_burst_and_then_no_more_than_the_pace(pace: Pace) -> None:
    watch = Watch()
    manners = Manners(watch)
    got = 0
    for _ in range(60 * 100):  # a hundred times a second, for a minute
        got += manners.refusal("script", pace) is None
        watch.now += 0.01
    assert pace.burst <= got <= pace.burst + 60 / pace.seconds + 1


READS = (
    "read Acme raises $10M",
    "READ\tAcme raises $10M",
    "/about Acme",
    "chart funding",
    "https://x.example/a Acme buys",
    "feeds test https://x.example",
    "feed add https://x.example",
    'feeds page:1 "test" https://x.example',
)


@pytest.mark.parametrize("text", READS)
async def test_what_costs_much_has_a_smaller_limit_and_says_when_to_go_on(front: Front, text: str) -> None:
    replies = [await front.answer(replace(ASKED, text=text)) for _ in range(COSTLY.burst + 2)]
    assert not any("Please wait" in words(reply) for reply in replies[:-2])
    for reply in replies[-2:]:
        assert "take a while" in words(reply)
        assert "Please wait 6 seconds and ask again" in words(reply)
    assert (await front.answer(ASKED)).good  # commands go on


async def test_one_text_of_a_person_is_read_at_a_time(tmp_path: Path) -> None:
    go = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slowly(title: str, text: str) -> tuple[Event, ...]:
        asyncio.run_coroutine_threadsafe(go.wait(), loop).result(30)
        return ()

    store = Store(tmp_path / "bot.db")
    with Front(store, Services(read_text=slowly), clock=utc_now) as front:
        reads = [asyncio.create_task(front.answer(replace(ASKED, text=READS[0]))) for _ in range(3)]
        done, _ = await asyncio.wait(reads, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        go.set()
        replies = [await each for each in reads]
    store.close()
    assert done
    assert ["still busy" in words(reply) for reply in replies] == [False, True, True]


async def test_a_person_of_many_workspaces_is_one_person(front: Front) -> None:
    places = (replace(ASKED.place, workspace=f"T{number}") for number in range(COMMANDS.burst + 1))
    replies = [await front.answer(replace(ASKED, place=place)) for place in places]
    assert "Please wait" in words(replies[-1])


async def test_a_flood_is_one_line_in_the_log(front: Front, capsys: pytest.CaptureFixture[str]) -> None:
    front._manners = Manners(Watch())
    for _ in range(ANYTHING.burst + 50):
        front.admits(Platform.SLACK, "U1")
    assert capsys.readouterr().out.count("passed over") == 1


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
    assert sum(reply.good for reply in replies) == COSTLY.at_once
