"""Every command as people type it, through the real client and the real commands."""

from typing import Any

import pytest

from bot.chat.discord.client import DiscordChat
from bot.commands.registry import VERBS
from bot.commands.words import split
from bot.model.enums import Platform
from bot.store import channels, notes
from tests.chat.discord.answers import DEFER
from tests.chat.discord.fake import FakeDiscord
from tests.chat.discord.people import MANAGER, READER, Person
from tests.commands.talk import Talk
from tests.commands.test_every_verb import HOSTILE

LOOK_UPS: dict[str, tuple[dict[str, Any], str]] = {
    "deals ask": ({"words": "recent leadership"}, "Jason Droege"),
    "deals help": ({"verb": "subscribe"}, "this channel gets alerts"),
    "deals recent": ({"kinds": "funding", "since": "month", "page": 1}, "Cove"),
    "deals search": ({"words": "scale", "kinds": "acquisitions"}, "Scale AI"),
    "deals top": ({"kinds": "deals", "since": "month"}, "$14.3B"),
    "deals company": ({"name": "Scale AI", "page": 1}, "Jason Droege"),
    "deals person": ({"name": "Jason Droege"}, "Scale AI"),
    "deals investor": ({"name": "Sequoia"}, "1 deal"),
    "deals chart": ({"kinds": "deals", "by": "month", "since": "year"}, "stories"),
    "deals why": ({"story": "s1"}, "2 reports"),
    "deals whynot": ({"url": "https://news.example/none"}, "Not a known item"),
    "deals wrong": ({"story": "s1", "reason": "duplicate", "note": "told: before"}, "Told twice"),
    "deals read": ({"text": "Fernhollow acquires Brackwater for $75 million"}, "Fernhollow"),
    "deals about": ({"text": "Scale AI has news"}, "Scale AI"),
    "deals list": ({}, "no subscription here yet"),
    "deals preview": (
        {"kinds": "deals", "company": "Scale AI", "investor": "Meta", "least": "1b", "stage": "seed+",
         "status": "announced+", "filters": "-keyword:x"}, "in the last"),
    "deals watching": ({"export": True}, "No company is watched"),
    "deals feeds": ({"export": True}, "feeds."),
    "deals status": ({}, "Last poll"),
    "deals forget-me": ({}, "This can't be undone"),
    "deals alert me": ({"kinds": "funding", "company": "Cove", "least": "1m", "delivery": "daily@09:00"},
                       "You are told"),
    "deals alert list": ({}, "subscription"),
    "deals alert off": ({"kinds": "funding"}, "subscription"),
}  # fmt: skip
CONFIGURATION: dict[str, tuple[dict[str, Any], str]] = {
    "dealbell ask": ({"words": "subscribe mergers", "channel": "502"}, "This channel is told of mergers"),
    "dealbell subscribe": (
        {"kinds": "funding", "company": "Cove: a, b", "investor": "Sequoia", "least": "10m", "stage": "series-a",
         "status": "announced+", "watched": True, "filters": "-keyword:crypto", "delivery": "weekly@fri@15:00",
         "backfill": 2, "channel": "502"}, "weekly on Friday at 15:00"),
    "dealbell unsubscribe": ({"kinds": "funding", "filters": "", "channel": "501"}, "There is no subscription here"),
    "dealbell edit": ({"number": 1, "kinds": "funding", "filters": "min:2m", "delivery": "now"}, "no subscription"),
    "dealbell watch": (
        {"company": "Scale AI", "aka": "ScaleAI", "ticker": "scai", "domain": "scale.com", "channel": "501"},
        "(also ScaleAI; SCAI; scale.com)"),
    "dealbell watch-import": ({"file": "list.csv", "channel": "501"}, "2 companies added"),
    "dealbell unwatch": ({"company": "Nobody Known"}, "is not watched here"),
    "dealbell mute": ({"company": "Meta", "period": "30d"}, "company Meta until 13 Jul 2025"),
    "dealbell unmute": ({"name": "Meta"}, "Nothing is muted here"),
    "dealbell pause": ({"channel": "501"}, "Paused."),
    "dealbell resume": ({}, "were not paused"),
    "dealbell undo": ({}, "nothing to undo"),
    "dealbell settings": (
        {"zone": "Europe/Berlin", "quiet": "22:00-07:00", "cap": 9, "layout": "compact", "threads": "turns",
         "publish": "on", "admins_only": "on"}, "publish:on"),
    "dealbell audit": ({"page": 1}, "Nobody has changed anything"),
    "dealbell forget-server": ({}, "This can't be undone"),
    "dealbell merge": ({"one": "s1", "other": "s1"}, "one story already"),
    "dealbell split": ({"story": "s1", "reports": "2"}, "Split."),
    "dealbell feed add": ({"address": "https://own.example/feed"}, "Added."),
    "dealbell feed remove": ({"feed": "None such"}, "No feed of your own"),
    "dealbell feed test": ({"address": "https://own.example/feed"}, "holds 3 items"),
    "dealbell feed import": ({"file": "feeds.opml"}, "1 feeds added"),
    "dealbell feed export": ({}, "feeds."),
}  # fmt: skip
FORMS = {"dealbell subscribe-form", "dealbell watch-list"}
EVERYTHING = LOOK_UPS | CONFIGURATION
FILES = {"list.csv": b"name\nScale AI\nCove\n", "feeds.opml": b"https://theirs.example/feed"}


def leaves(entry: dict[str, Any], path: str = "") -> dict[str, dict[str, Any]]:
    name = f"{path} {entry['name']}".strip()
    below = [option for option in entry.get("options", []) if option["type"] in {1, 2}]
    return {key: leaf for option in below for key, leaf in leaves(option, name).items()} or {name: entry}


def plain(text: str) -> str:
    return text.replace("\\", "")


@pytest.mark.parametrize("path", EVERYTHING)
async def test_a_command_with_its_options_is_answered(alice: Person, path: str) -> None:
    options, expected = EVERYTHING[path]
    answer = await alice.but(files=FILES).types(path, **options)
    assert answer.kind == DEFER
    assert expected in plain(answer.text), answer.text


async def test_no_registered_command_and_no_option_is_left_out(discord: FakeDiscord, alice: Person) -> None:
    del alice
    registered = {key: leaf for entry in discord.commands["global"] if entry["type"] == 1
                  for key, leaf in leaves(entry).items()}  # fmt: skip
    assert set(registered) == set(EVERYTHING) | FORMS
    for path, (given, _) in EVERYTHING.items():
        names = {option["name"] for option in registered[path].get("options", [])}
        used = {name.replace("_", "-") for name in given}
        assert names - used <= {"channel", "source", "page", "company", "filters"}, path
    words = {part for path in registered for part in path.split()}
    assert {"forget-me" if verb == "forget" else verb for verb in VERBS} <= words


async def test_two_commands_stand_at_the_top_one_open_and_one_for_who_manages_channels(
    discord: FakeDiscord, alice: Person
) -> None:
    del alice
    deals, dealbell, menu = discord.commands["global"]
    assert (deals["name"], dealbell["name"], menu["name"]) == ("deals", "dealbell", "Find deals in this message")
    assert deals["default_member_permissions"] is None
    assert dealbell["default_member_permissions"] == 1 << 4
    assert len(deals["options"]) < 25
    assert len(dealbell["options"]) < 25
    assert (deals["contexts"], deals["integration_types"]) == ([0, 1, 2], [0, 1])
    assert (dealbell["contexts"], dealbell["integration_types"]) == ([0], [0])
    assert (menu["contexts"], menu["integration_types"]) == ([0, 1, 2], [0, 1])


async def test_look_ups_are_for_the_asker_and_what_changes_the_channel_is_for_all(alice: Person) -> None:
    assert (await alice.types("deals recent")).ephemeral
    subscribed = await alice.types("dealbell subscribe", kinds="funding")
    assert not subscribed.ephemeral
    assert "Subscribed." in subscribed.text


@pytest.mark.parametrize(("path", "options"), [
    ("dealbell subscribe", {"filters": "nonsense:3"}), ("dealbell watch", {"company": "???"}),
    ("dealbell ask", {"words": "subscrbe"}), ("dealbell ask", {"words": '"never closed'}),
])  # fmt: skip
async def test_an_error_is_for_the_asker_alone_whatever_was_said_at_deferral(
    alice: Person, path: str, options: dict[str, str]
) -> None:
    answer = await alice.types(path, **options)
    assert answer.ephemeral
    assert answer.deleted == (path != "dealbell ask")


async def test_what_was_typed_stays_one_value(talk: Talk, alice: Person) -> None:
    await alice.types("dealbell subscribe", company='A, B: "C" min:1', investor="Sequoia daily@09:00")
    with talk.store.read() as db:
        ((_, found),) = channels.subscriptions(db)
    assert found.filter.companies == ("A, B: 'C' min:1",)
    assert found.filter.investors == ("Sequoia daily@09:00",)
    assert found.filter.minimum is None


async def test_who_may_not_configure_is_told_whom_to_ask(talk: Talk, bob: Person) -> None:
    refused = await bob.types("deals ask", words="subscribe funding")
    assert refused.ephemeral
    assert "Ask somebody who manages this channel" in refused.text
    with talk.store.read() as db:
        assert list(channels.subscriptions(db)) == []


async def test_the_servers_owner_may_give_the_configuring_command_to_others(bob: Person) -> None:
    """Discord itself does not let those use /dealbell whom the owner does not let."""
    assert "Subscribed." in (await bob.types("dealbell subscribe", kinds="ipos")).text


async def test_another_channel_takes_the_right_to_manage_that_one(alice: Person) -> None:
    answer = await alice.but(elsewhere=READER).types("dealbell subscribe", channel="502")
    assert "You may not configure #c502" in plain(answer.text)
    hidden = await alice.but(elsewhere=0).types("deals list", channel="502")
    assert "You may not" in hidden.text
    done = await alice.but(elsewhere=MANAGER).types("dealbell subscribe", channel="502")
    assert "Subscribed." in done.text
    assert done.buttons == {}  # a press would act in the channel where it is pressed


async def test_an_administrators_command_takes_an_administrator(alice: Person) -> None:
    assert "Only an administrator" in (await alice.but(permissions=MANAGER).types("dealbell audit")).text
    assert "Only the operator" in (await alice.but(id="99").types("dealbell merge", one="s1", other="s2")).text


@pytest.mark.parametrize(("channel", "words"), [
    ("503", "In the settings of #closed, under Permissions, allow Send Messages for bell"), ("509", "not there"),
])  # fmt: skip
async def test_rule_9_where_the_bot_may_not_post_the_cure_is_exact(alice: Person, channel: str, words: str) -> None:
    answer = await alice.but(channel=channel).types("dealbell subscribe")
    assert answer.ephemeral
    assert words in plain(answer.text)


async def test_a_forum_can_be_subscribed_from_elsewhere(alice: Person) -> None:
    assert "Subscribed." in (await alice.types("dealbell subscribe", channel="505")).text


async def test_in_direct_messages_look_ups_answer_openly_and_alerts_are_ones_own(talk: Talk, alice: Person) -> None:
    direct = alice.but(guild=None, channel="631")
    answer = await direct.types("deals company", name="Scale AI")
    assert not answer.ephemeral
    assert "Jason Droege" in answer.text
    assert "Subscribed." in (await direct.types("deals ask", words="subscribe funding")).text
    with talk.store.read() as db:
        ((_, subscription),) = channels.subscriptions(db)
    assert (subscription.channel.external_id, subscription.channel.workspace.external_id) == ("@31", "@31")


async def test_ones_own_installation_in_a_strange_server_sees_and_changes_nothing_of_it(
    talk: Talk, alice: Person
) -> None:
    stranger = alice.but(bot_is_here=False)
    answer = await stranger.types("deals recent")
    assert answer.ephemeral
    await stranger.types("deals ask", words="subscribe funding")
    with talk.store.read() as db:
        assert channels.find_workspace(db, Platform.DISCORD, "77") is None


async def test_rule_8_an_interaction_that_is_handed_over_twice_has_one_effect(
    discord: FakeDiscord, talk: Talk, alice: Person
) -> None:
    await alice.types("dealbell subscribe", kinds="funding")
    await discord.gateway.replay()
    await alice.types("deals recent")
    with talk.store.read() as db:
        assert len(list(channels.subscriptions(db))) == 1
        assert db.execute("SELECT count(*) FROM audit").fetchone()[0] == 1


async def test_names_complete_from_the_store(alice: Person) -> None:
    assert await alice.completes("deals company", "name", "sca") == ["Scale AI"]
    assert await alice.completes("deals person", "name", "Ja") == ["Jason Droege"]
    assert await alice.completes("deals investor", "name", "Seq") == ["Sequoia"]
    assert await alice.completes("deals why", "story", "s") == ["s3", "s2", "s1"]
    assert await alice.completes("dealbell subscribe", "company", "zzz") == []
    await alice.types("dealbell feed add", address="https://own.example/feed")
    assert await alice.completes("dealbell feed remove", "feed", "a f") == ["A feed"]


async def test_autocomplete_takes_anything(alice: Person) -> None:
    for begin in ("%", "'; DROP", "\x00", "👩‍👩‍👧" * 20, "x" * 100, ""):
        assert isinstance(await alice.completes("deals company", "name", begin), list)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_anything_may_be_typed_and_is_answered_within_the_limits(alice: Person, text: str) -> None:
    for path in ("deals ask", "dealbell ask"):
        answer = await alice.types(path, words=f"{text}"[:2000])
        assert answer.text.strip()
        assert "Something went wrong" not in answer.text
    found = await alice.types("deals search", words=text[:2000])
    assert found.text.strip()
    assert "Something went wrong" not in found.text
    assert (await alice.asks_about(text)).text.strip()


async def test_a_picture_comes_with_its_description(alice: Person) -> None:
    answer = await alice.types("deals chart", by="month", since="year")
    ((name, content),) = answer.files.items()
    assert name == "dealbell-chart.png"
    assert content.startswith(b"\x89PNG")
    assert "stories" in answer.sent["attachments"][0]["description"]


async def test_a_file_that_is_too_large_is_not_fetched(discord: FakeDiscord, alice: Person) -> None:
    answer = await alice.but(files={"big.csv": b"x" * 2_000_001}).types("dealbell watch-import", file="big.csv")
    assert "too large" in answer.text
    assert answer.ephemeral


async def test_a_message_is_searched_for_deals(alice: Person) -> None:
    answer = await alice.asks_about("Fernhollow acquires Brackwater for $75 million\nThe deal closed today.")
    assert answer.ephemeral
    assert "Fernhollow" in answer.text
    assert "$75M" in answer.text
    assert "no deal" in (await alice.asks_about("The weather will be fine on Sunday")).text
    assert "no text" in (await alice.asks_about("")).text
    stranger = alice.but(guild=None, channel="631")
    assert "Fernhollow" in (await stranger.asks_about("Fernhollow acquires Brackwater for $75 million")).text


async def test_commands_are_registered_once_and_again_only_when_they_have_changed(
    discord: FakeDiscord, talk: Talk, alice: Person, chat: DiscordChat, front: Any
) -> None:
    del alice
    assert discord.registrations == 1
    await chat.stop()
    await chat.start()
    await chat.listen(front)
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2)
    assert discord.registrations == 1
    with talk.store.write() as db:
        notes.remember(db, Platform.DISCORD, "commands:900:global", "another", now=talk.now)
    await chat.stop()
    await chat.start()
    await chat.listen(front)
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 3)
    assert discord.registrations == 2


async def test_in_development_commands_are_registered_in_one_server(discord: FakeDiscord, front: Any) -> None:
    from tests.chat.discord.fake import TOKEN

    chat = DiscordChat(TOKEN, discord.url, guild=77)
    await chat.start()
    await chat.listen(front)
    await discord.gateway.told_guilds()
    assert set(discord.commands) == {"77"}
    person = Person(discord)
    assert "Cove" in (await person.types("deals recent")).text
    await chat.stop()


def test_every_example_of_help_can_be_typed_as_it_stands() -> None:
    for verb in VERBS.values():
        for example in verb.examples:
            assert split(example)[0].text == verb.name
