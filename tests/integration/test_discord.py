"""`dealbell run` on Discord: a real process that talks to a Discord of our own, and is killed and started again."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from tests.chat.discord.fake import TOKEN, FakeDiscord, fake_discord
from tests.chat.discord.payloads import channel, guild
from tests.chat.discord.people import Person
from tests.integration.conftest import Bot, Site, item

OLD = item("old", "Fernhollow acquires Brackwater for $75 million", "Fernhollow said it has acquired Brackwater.")
RAISE = item(
    "raise",
    "Quillmark raises $40 million in Series B led by Oakline Ventures",
    "Quillmark, a maker of warehouse software, has raised $40 million in a Series B round led by Oakline Ventures.",
)


@pytest.fixture
def discord(site: Site, bot: Bot) -> Iterator[FakeDiscord]:
    stack = AsyncExitStack()
    fake = site.call(stack.enter_async_context(fake_discord()))
    fake.gateway.guilds = [guild(channel("501", "deals"))]
    bot.env |= {"DISCORD_BOT_TOKEN": TOKEN, "DISCORD_API_URL": fake.url}
    yield fake
    if bot.process is not None:
        bot.stop()
    site.call(stack.aclose())
    assert fake.breaches == []


def test_a_server_subscribes_is_told_asks_back_and_none_of_it_is_lost_in_a_crash(
    site: Site, bot: Bot, discord: FakeDiscord
) -> None:
    alice = Person(discord)
    site.feed("news", OLD)
    bot.listen_to("news")
    bot.start()
    bot.wait_for(lambda: discord.gateway.sessions and len(discord.gateway.sessions[-1].events) > 1, "the gateway")
    assert "Subscribed." in site.call(alice.types("dealbell subscribe", kinds="funding")).text
    bot.wait_until_polled("news", times=2)
    site.feed("news", RAISE, OLD)
    bot.wait_for(lambda: discord.channels["501"], "the card")
    (card,) = discord.channels["501"]
    assert card["content"].startswith("Quillmark raises $40M")
    bot.stop(signal.SIGKILL)
    bot.start()
    bot.wait_for(lambda: len(discord.gateway.identifies) == 2, "the gateway again")
    bot.wait_for(lambda: len(discord.gateway.sessions[-1].events) > 1, "the server's channels")
    buttons = {button["label"]: button for row in card["components"] for button in row["components"]}
    why = site.call(alice.presses(buttons["Sources"], card))
    assert "Oakline Ventures" in why.text
    assert "1 subscription" in site.call(alice.types("deals list")).text
    bot.wait_until_polled("news", times=2)
    assert len(discord.channels["501"]) == 1
    assert discord.registrations == 1
    assert bot.stop() == 0


def test_commands_load_the_library_only_where_discord_is_used() -> None:
    code = "import sys, bot.__main__, bot.cli, bot.app; print('discord' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
