"""The outbox, delivery and both real client libraries together: one card a story, whatever the connection does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.app import chats_for
from bot.chat.console.client import ConsoleChat
from bot.chat.discord.client import DiscordChat
from bot.chat.slack.access import Access
from bot.chat.slack.client import SlackChat
from bot.delivery import Delivery
from bot.model.enums import Platform
from bot.settings import Settings
from tests.chat.discord.fake import TOKEN as DISCORD_TOKEN
from tests.chat.discord.fake import fake_discord
from tests.chat.faults import Fault
from tests.chat.slack.fake import TOKEN as SLACK_TOKEN
from tests.chat.slack.fake import fake_slack
from tests.stocked import channel, subscribe
from tests.stories.telling import bid, usd
from tests.test_delivery import Desk

TROUBLE = [
    Fault(reset=True),
    Fault(reset=True, processed=True),
    Fault(seconds=2),
    Fault(seconds=2, processed=True),
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path / "bot.db")
    with found.store.store.write() as db:
        subscribe(db, channel(db, "C0B", of="T0A"))
        subscribe(db, channel(db, "501", of="77", platform=Platform.DISCORD))
    yield found
    found.store.close()


@pytest.mark.parametrize("fault", TROUBLE)
async def test_a_story_is_one_message_in_each_channel_whatever_the_connection_does(desk: Desk, fault: Fault) -> None:
    async with fake_slack() as slack, fake_discord() as discord:
        chats = {
            Platform.SLACK: SlackChat(Access(bot_token=SLACK_TOKEN, api_url=slack.url), seconds=1),
            Platform.DISCORD: DiscordChat(DISCORD_TOKEN, discord.url, seconds=1),
        }
        for chat in chats.values():
            await chat.start()
        discord.chatter("501", 1)
        discord.nonces.clear()
        slack.faults.append(fault)
        discord.faults.append(fault)
        desk.delivery = Delivery(store=desk.store, chats=chats, clock=desk.clock)
        desk.tell(bid("Reuters", 0, "Wesson", "Smucker"))
        await desk.deliver()
        discord.nonces.clear()  # Discord forgets them after some minutes
        await desk.later()
        desk.tell(bid("FT", 1, "Wesson", "Smucker", amount=usd(285)))
        await desk.later()
        for chat in chats.values():
            await chat.stop()
    assert len(slack.channels["C0B"]) == 1
    assert "$285M" in slack.channels["C0B"][0]["text"]
    (card,) = [message for message in discord.channels["501"] if message["embeds"]]
    assert "$285M" in card["content"]


def chosen(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[Platform, str]:
    for name in ("SLACK_BOT_TOKEN", "DISCORD_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return {platform: type(chat).__name__ for platform, chat in chats_for(Settings()).items()}


def test_the_chats_are_those_whose_tokens_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    slack, discord = {Platform.SLACK: SlackChat.__name__}, {Platform.DISCORD: DiscordChat.__name__}
    assert chosen(monkeypatch, SLACK_BOT_TOKEN="xoxb-1") == slack
    assert chosen(monkeypatch, DISCORD_BOT_TOKEN="a.b.c") == discord
    assert chosen(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", DISCORD_BOT_TOKEN="a.b.c") == slack | discord
    assert chosen(monkeypatch, SLACK_BOT_TOKEN="") == {Platform.CONSOLE: ConsoleChat.__name__}
    assert chosen(monkeypatch) == {Platform.CONSOLE: ConsoleChat.__name__}
