"""The bot killed at any instant, in bad weather: nothing is lost, nothing is doubled, every edit arrives."""

import time

import pytest

from tests.attack.arena import Arena
from tests.attack.storm import STAGES, Kill

LONGEST_LIFE = 4.0
"""Seconds between the first request and the kill at most."""


def die_in_a_request(arena: Arena) -> None:
    storm = arena.rng.choice(arena.storms)
    storm.plan = Kill(requests=arena.rng.randint(1, 4), stage=arena.rng.choice(STAGES))
    arena.wake()
    arena.died(LONGEST_LIFE)


def die_at_any_time(arena: Arena) -> None:
    arena.wake()
    arena.died(arena.rng.uniform(0, LONGEST_LIFE))


def die_young(arena: Arena) -> None:
    arena.bot.start()
    arena.died(arena.rng.uniform(0, 2))


def die_on_a_full_disk(arena: Arena) -> None:
    arena.wake()
    time.sleep(arena.rng.uniform(0, 2))
    with arena.full():
        arena.died(arena.rng.uniform(0.5, 3), may_end=True)


def die_while_another_program_holds_the_database(arena: Arena) -> None:
    arena.wake()
    time.sleep(arena.rng.uniform(0, 2))
    with arena.locked():
        arena.died(arena.rng.uniform(0.5, 3), may_end=True)


FATES = (die_in_a_request, die_at_any_time, die_young, die_on_a_full_disk, die_while_another_program_holds_the_database)
WEIGHTS = (6, 1, 1, 1, 1)


def live_and_die(arena: Arena) -> None:
    for storm in arena.storms:
        storm.plan = None
    if arena.rng.random() < 0.5:
        arena.hasten("ready")  # not what is in doubt: what the dead bot sent may be obeyed any moment now
    arena.announce(arena.rng.randint(0, 3))
    arena.complete(arena.rng.randint(0, 3))
    arena.rng.choices(FATES, WEIGHTS)[0](arena)
    if arena.rng.random() < 0.5:
        arena.discord.nonces.clear()  # Discord forgets them after some minutes


@pytest.mark.timeout(0)
def test_killed_at_any_instant_each_deal_has_one_card_and_every_edit_arrives(
    arena: Arena, request: pytest.FixtureRequest
) -> None:
    kills = request.config.getoption("kills")
    for storm in arena.storms:
        storm.calm = False
    for _ in range(kills):
        live_and_die(arena)
        assert arena.wounds() == []
    arena.announce(1)
    arena.settle()
    arena.check()
    assert arena.orphans() == []
    posted = len(arena.slack.channels["C0DEALS"]) + len(arena.discord.channels["501"])
    print(f"{kills} kills, {arena.kills} of them inside a request; {len(arena.told)} deals, {posted} messages")


@pytest.mark.timeout(300)
def test_a_database_held_by_another_program_and_then_a_full_disk_stop_the_bot_only_for_a_while(arena: Arena) -> None:
    arena.announce(2)
    arena.bot.start()
    arena.bot.wait_for(arena.is_settled, "the first cards")
    arena.announce(2)
    arena.complete(1)
    with arena.locked():
        time.sleep(11)  # a write waits for ten
    with arena.full():
        arena.announce(1)
        time.sleep(3)
    assert arena.bot.process is not None
    assert arena.bot.process.poll() is None
    arena.complete(5)
    arena.bot.wait_for(arena.is_settled, "what came meanwhile")
    assert arena.bot.stop(seconds=60) == 0
    arena.check()
