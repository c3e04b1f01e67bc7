"""One person's script against the bot in Discord: autocomplete, texts, presses, forms, files."""

import asyncio

import pytest

from bot.commands.front import Front
from bot.commands.manners import ANYTHING, COSTLY, SUGGESTIONS, Manners, Pace
from bot.model.enums import Platform
from tests.chat.discord.answers import Answer
from tests.chat.discord.fake import FakeDiscord
from tests.chat.discord.people import Person

BUTTON = {"custom_id": "say:recent"}


@pytest.fixture(autouse=True)
def timeless(front: Front) -> None:
    """No time passes for the limits."""
    front._manners = Manners(lambda: 0.0)


def exhaust(front: Front, pace: Pace) -> None:
    while front.admits(Platform.DISCORD, "31", pace):
        pass


async def test_beyond_the_limit_of_autocomplete_a_list_is_empty_at_once(alice: Person, bob: Person) -> None:
    for _ in range(SUGGESTIONS.burst):
        assert await alice.completes("deals company", "name", "sca") == ["Scale AI"]
    assert await alice.completes("deals company", "name", "sca") == []
    assert await alice.completes("deals why", "story", "s") == []
    assert await bob.completes("deals company", "name", "sca") == ["Scale AI"]
    assert "Cove" in (await alice.types("deals recent")).text  # commands go on


async def test_who_lets_message_after_message_be_read_is_told_when_to_go_on(alice: Person) -> None:
    for _ in range(COSTLY.burst):
        assert "Please wait" not in (await alice.asks_about("The weather will be fine on Sunday")).text
    told = (await alice.asks_about("The weather will be fine on Sunday")).text
    assert "take a while" in told
    assert "Please wait 6 seconds and ask again" in told
    assert "take a while" in (await alice.types("deals chart", kinds="deals")).text


@pytest.mark.parametrize("way", ["press", "card", "command", "command that opens a form", "text", "no text", "form"])
async def test_a_script_that_never_stops_costs_no_call(
    front: Front, discord: FakeDiscord, alice: Person, bob: Person, way: str
) -> None:
    asked = await alice.types("deals wrong", story="s1")
    assert asked.form
    exhaust(front, ANYTHING)
    requests = discord.requests
    script = alice.but(wait=False)
    asking = {
        "press": lambda: script.presses(BUTTON, {}),
        "card": lambda: script.presses({"custom_id": "card:wrong:k:s1"}, {}),
        "command": lambda: script.types("deals recent"),
        "command that opens a form": lambda: script.types("deals wrong", story="s1"),
        "text": lambda: script.asks_about("Fernhollow acquires Brackwater for $75 million"),
        "no text": lambda: script.asks_about(""),
        "form": lambda: script.submits(asked.form or {}, reason="duplicate"),
    }[way]
    ignored: list[Answer] = [await asking() for _ in range(3)]
    await asyncio.sleep(0.1)
    assert discord.requests == requests
    assert [each.acknowledged for each in ignored] == [False] * 3
    assert "Cove" in (await bob.types("deals recent")).text


async def test_file_after_file_is_not_downloaded_and_the_person_is_told(front: Front, alice: Person) -> None:
    exhaust(front, COSTLY)
    sender = alice.but(files={"list.csv": b"name\nAcme\n"})
    assert "take a while" in (await sender.types("dealbell watch-import", file="list.csv")).text
    assert "No company is watched" in (await alice.types("deals watching")).text
