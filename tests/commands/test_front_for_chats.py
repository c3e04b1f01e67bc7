"""What chats ask beside commands: repeated deliveries, long buttons, overviews, channels that close."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.commands.front import KEPT, Asked, Front, Place
from bot.commands.verb import Services
from bot.model.enums import Platform
from bot.model.request import Button, Reply
from bot.notices import channel_closed
from bot.store import Store
from tests.commands.talk import Talk
from tests.stories.telling import raises

HERE = Place(platform=Platform.CONSOLE, workspace="acme", channel="C1", channel_name="deals")


class Clock:
    def __init__(self) -> None:
        self.now = Talk().now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def front(clock: Clock) -> Iterator[Front]:
    services = Services(closed=lambda db, channel, reason, now: channel_closed(db, channel, reason=reason, now=now))
    with Front(Store(":memory:"), services, clock=lambda: clock.now) as made:
        yield made


def say(front: Front, text: str, place: Place = HERE) -> Reply:
    return front.answer_now(Asked(text=text, place=place, user="U1", may_configure=True))


async def test_a_repeated_delivery_is_known_for_a_day(front: Front, clock: Clock) -> None:
    assert await front.is_first("event:1")
    assert not await front.is_first("event:1")
    assert await front.is_first("event:2")
    clock.now += timedelta(days=1, seconds=1)
    assert await front.is_first("event:1")
    assert not await front.is_first("event:1")


async def test_a_button_with_a_long_command_carries_a_short_one_that_stands_for_it(front: Front) -> None:
    long = "preview company:" + ",".join(["Acme"] * 50)
    reply = Reply(buttons=(Button(label="a", command="recent"), Button(label="b", command=long)))
    short = await front.shortened(reply, limit=90)
    assert short.buttons[0].command == "recent"
    assert short.buttons[1].command.startswith(KEPT)
    assert len(short.buttons[1].command) <= 90
    assert await front.command(short.buttons[1].command) == long
    assert await front.command("recent") == "recent"
    assert await front.command(KEPT + "unknown") is None


async def test_an_overview_shows_ones_own_alerts_and_the_channels_that_one_sees(front: Front) -> None:
    say(front, "subscribe funding")
    say(front, "watch Acme")
    say(front, "alert me ipos")
    seen = await front.overview(HERE, "U1", sees=frozenset({"C1"}))
    assert seen is not None
    assert [len(each.subscriptions) for each in (seen.own, *seen.channels)] == [1, 1]
    assert seen.channels[0].watched == ("Acme",)
    hidden = await front.overview(HERE, "U2", sees=frozenset())
    assert hidden is not None
    assert (hidden.own.subscriptions, hidden.channels) == ((), ())


async def test_a_closed_channel_is_paused_and_one_person_is_told(front: Front) -> None:
    say(front, "subscribe funding")
    await front.closed(HERE, "The channel is archived.")
    view = await front.view(HERE)
    assert view is not None
    assert view.paused == "The channel is archived."
    with front._store.read() as db:
        assert db.execute("SELECT count(*) FROM cards WHERE subject LIKE 'notice:%'").fetchone()[0] == 1


async def test_a_channel_without_subscriptions_is_not_paused(front: Front) -> None:
    await front.closed(HERE, "The channel is archived.")
    view = await front.view(HERE)
    assert view is not None
    assert view.paused is None


async def test_new_names_are_noted(front: Front) -> None:
    say(front, "subscribe funding")
    await front.renamed(Place(platform=Platform.CONSOLE, workspace="acme", workspace_name="Acme Inc", channel="C1",
                              channel_name="news"))  # fmt: skip
    seen = await front.overview(HERE, "U1", sees=frozenset({"C1"}))
    assert seen is not None
    assert seen.channels[0].name == "news"
    assert front.channel(HERE).workspace.name == "Acme Inc"


async def test_the_card_of_an_articles_address() -> None:
    talk = Talk()
    talk.told("s1", raises("Reuters", 0, "Acme", url="https://news.example/1"))
    with Front(talk.store, Services(), clock=lambda: talk.now) as front:
        found = await front.card_of(HERE, "https://news.example/1")
        assert found is not None
        assert found.story == "s1"
        assert await front.card_of(HERE, "https://news.example/2") is None
