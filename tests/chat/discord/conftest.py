"""A bot that listens: the real client, the fake Discord, the real commands and store."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import picture
from bot.chat.discord.client import DiscordChat
from bot.commands.front import Front
from bot.commands.verb import Services
from bot.extraction import extract
from bot.mending import merge_stories, split_story
from bot.model.feed import FeedSpec
from bot.notices import channel_closed
from bot.store import Store
from tests.chat.discord.fake import TOKEN, FakeDiscord, fake_discord
from tests.chat.discord.payloads import FORUM, NEWS, channel, guild
from tests.chat.discord.people import Person
from tests.commands.talk import NOW, Talk
from tests.stories.telling import bid, joins, raises, usd

FORUM_TAGS = ("Funding", "acquisition", "Rumour", "ours")


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as fake:
        home = (
            channel("501", "deals"), channel("502", "other"), channel("503", "closed", deny=1 << 11),
            channel("504", "news", NEWS), channel("505", "board", FORUM, tags=FORUM_TAGS),
        )  # fmt: skip
        fake.gateway.guilds = [guild(*home)]
        fake.kinds = {each["id"]: each for each in home}
        yield fake
        assert fake.breaches == []


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """The store, and stories in it."""
    found = Talk(Store(tmp_path / "bot.db"))
    found.told("s1", bid("Reuters", 0, "Scale AI", "Meta", amount=usd(14_300), url="https://news.example/1"),
               bid("Wire", 1, "Scale AI", "Meta"))  # fmt: skip
    found.told("s2", raises("TechCrunch", 2, "Cove", "Sequoia", amount=usd(11), round="Series A"))
    found.told("s3", joins("Reuters", 3, "Jason Droege", "Scale AI", "CEO"))
    yield found
    found.store.close()


def services(chat: DiscordChat) -> Services:
    loop = asyncio.get_running_loop()
    return Services(
        can_post=lambda where: asyncio.run_coroutine_threadsafe(chat.can_post(where), loop).result(5),
        merge=merge_stories, split=split_story, chart=picture,
        closed=lambda db, where, reason, now: channel_closed(db, where, reason=reason, now=now),
        discover=lambda address: (FeedSpec(url=address, title="A feed"),),
        test_feed=lambda address: f"{address} holds 3 items.",
        read_opml=lambda content: (FeedSpec(url=content.decode().strip(), title="Theirs"),),
        write_opml=lambda specs: "\n".join(spec.url for spec in specs).encode() or b"<opml/>",
        read_text=lambda title, text: extract(title, text).events,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.discord.gateway.READY_SECONDS", 0.2)


@pytest.fixture
async def chat(discord: FakeDiscord) -> AsyncIterator[DiscordChat]:
    """A bot that posts and does not listen."""
    made = DiscordChat(TOKEN, discord.url, seconds=1.5)
    await made.start()
    discord.requests = 0
    yield made
    await made.stop()


@pytest.fixture
async def front(talk: Talk, chat: DiscordChat) -> AsyncIterator[Front]:
    with Front(talk.store, services(chat), clock=lambda: NOW, operators=frozenset({"discord:31"})) as made:
        yield made


@pytest.fixture
async def listening(discord: FakeDiscord, chat: DiscordChat, front: Front) -> DiscordChat:
    """The same bot, listening."""
    await chat.listen(front)
    await discord.gateway.told_guilds()
    return chat


@pytest.fixture
def alice(discord: FakeDiscord, listening: DiscordChat) -> Person:
    """Somebody who may do everything in the server and operates the bot."""
    del listening
    return Person(discord)


@pytest.fixture
def bob(alice: Person) -> Person:
    """Somebody who may read and write."""
    return replace(alice, name="bob", id="32", permissions=alice.permissions & ~0x30, elsewhere=1 << 10)
