"""The gateway's moods: reconnect, resume with replay, invalid sessions, refusals; and what happens to servers."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.chat.discord.client import DiscordChat
from bot.commands.front import Front
from bot.model.alert import Rejected, Sent
from bot.model.enums import Platform
from bot.model.subscription import Channel, Workspace
from bot.store import channels, outbox, preferences
from tests.chat.discord.fake import TOKEN, FakeDiscord, nothing, reply
from tests.chat.discord.gateway import INVALID, RECONNECT
from tests.chat.discord.payloads import (
    BOT,
    BOT_ROLE,
    ENOUGH,
    FILES,
    GUILD,
    HISTORY,
    channel,
    guild,
    member,
    role,
    thread,
)
from tests.chat.discord.people import Person
from tests.chat.faults import Fault
from tests.chat.test_golden_cards import CARDS
from tests.commands.talk import Talk

HERE = Channel(workspace=Workspace(id="w", platform=Platform.DISCORD, external_id="77"), external_id="501")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.discord.connection.WAITS", (0.05, 0.1))


async def test_it_identifies_without_any_privileged_intent(discord: FakeDiscord, listening: DiscordChat) -> None:
    del listening
    (identify,) = discord.gateway.identifies
    assert identify["intents"] == 1  # servers and their channels, nothing else
    assert identify["shard"] == [0, 1]
    assert identify["token"] == TOKEN


async def test_heartbeats_go_out(discord: FakeDiscord, chat: DiscordChat, front: Front) -> None:
    discord.gateway.heartbeat_seconds = 0.1
    await chat.listen(front)
    await discord.gateway.until(lambda: discord.gateway.heartbeats > 3)


async def test_a_session_that_breaks_is_resumed_and_what_was_missed_is_answered(
    discord: FakeDiscord, alice: Person
) -> None:
    discord.gateway.cut()
    await asyncio.sleep(0.05)
    answer = await alice.types("deals recent")  # said while nobody listened
    assert "Cove" in answer.text
    assert len(discord.gateway.identifies) == 1
    assert discord.gateway.resumes[0]["session_id"] == "session-1"


async def test_a_request_to_reconnect_resumes(discord: FakeDiscord, alice: Person) -> None:
    await discord.gateway.ask(RECONNECT)
    await discord.gateway.until(lambda: discord.gateway.resumes)
    assert "Cove" in (await alice.types("deals recent")).text
    assert len(discord.gateway.identifies) == 1


async def test_a_session_that_may_be_resumed_is(discord: FakeDiscord, alice: Person) -> None:
    await discord.gateway.ask(INVALID, True)
    await discord.gateway.until(lambda: discord.gateway.resumes)
    assert "Cove" in (await alice.types("deals recent")).text


async def test_an_invalid_session_identifies_anew_at_the_configured_address(
    discord: FakeDiscord, alice: Person
) -> None:
    await discord.gateway.ask(INVALID, False)
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2)
    await discord.gateway.told_guilds()
    assert "Cove" in (await alice.types("deals recent")).text
    assert discord.registrations == 1


async def test_a_resume_that_is_refused_identifies_anew(discord: FakeDiscord, alice: Person) -> None:
    discord.gateway.resumable = False
    discord.gateway.cut()
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2)
    await discord.gateway.told_guilds()
    assert "Cove" in (await alice.types("deals recent")).text


async def test_several_shards_each_listen(discord: FakeDiscord, chat: DiscordChat, front: Front) -> None:
    discord.gateway.shards = 2
    await chat.listen(front)
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2, seconds=20)
    assert [identify["shard"] for identify in discord.gateway.identifies] == [[0, 2], [1, 2]]
    person = Person(discord)
    assert "Cove" in (await person.types("deals recent")).text


@pytest.mark.parametrize("code", [4004, 4013, 4014])
async def test_rule_17_a_refusal_for_good_is_logged_with_the_cure_and_not_repeated(
    discord: FakeDiscord, chat: DiscordChat, front: Front, code: int
) -> None:
    discord.gateway.refuse_with = code
    with capture_logs() as logs:
        await chat.listen(front)
        await discord.gateway.until(lambda: any("refuses the bot" in entry["event"] for entry in logs))
        await asyncio.sleep(0.4)
    assert len(discord.gateway.identifies) == 1
    assert any("DISCORD_BOT_TOKEN" in str(entry.get("cure")) for entry in logs)
    assert isinstance(await chat.post(HERE, CARDS["ipo"], key="k1"), Sent)  # posting has a client of its own again


async def test_an_outage_at_the_start_is_waited_out(discord: FakeDiscord, chat: DiscordChat, front: Front) -> None:
    discord.faults += [Fault(reset=True)] * 4
    await chat.listen(front)
    await discord.gateway.told_guilds()
    assert "Cove" in (await Person(discord).types("deals recent")).text


async def test_who_has_identified_too_often_today_waits(discord: FakeDiscord, chat: DiscordChat, front: Front) -> None:
    discord.gateway.starts_left = 0
    with capture_logs() as logs:
        await chat.listen(front)
        await discord.gateway.told_guilds()
    assert any("no more today" in entry["event"] and entry["seconds"] == 0.3 for entry in logs)


async def test_commands_that_discord_refuses_to_register_hold_up_nothing(
    discord: FakeDiscord, chat: DiscordChat, front: Front
) -> None:
    discord.faults.append(Fault(answer=reply({"code": 50035, "message": "no"}, status=400)))
    await chat.listen(front)
    await discord.gateway.told_guilds()
    assert discord.registrations == 0
    assert isinstance(await chat.post(HERE, CARDS["ipo"], key="k1"), Sent)


def paused(talk: Talk, where: str = "501") -> str | None:
    with talk.store.read() as db:
        found = channels.find_workspace(db, Platform.DISCORD, GUILD)
        assert found is not None
        return preferences.paused(db, Channel(workspace=found, external_id=where))


def told(talk: Talk) -> list[str]:
    with talk.store.read() as db:
        due = outbox.due(db, now=talk.now.replace(year=2100), platforms=Platform)
    return [f"{alert.channel.external_id} {alert.notice}" for _, alert in due if alert.notice]


async def subscribed(talk: Talk, alice: Person, where: str = "501") -> None:
    assert "Subscribed." in (await alice.types("dealbell subscribe", channel=where)).text
    assert paused(talk, where) is None


DELETED = ("CHANNEL_DELETE", channel("501", "deals"))
LEFT: tuple[str, dict[str, Any]] = ("GUILD_DELETE", {"id": GUILD})
SHUT = ("CHANNEL_UPDATE", channel("501", "deals", deny=1 << 11))
ROLE_SHUT = ("GUILD_ROLE_UPDATE", {"guild_id": GUILD, "role": role(BOT_ROLE, ENOUGH & ~(1 << 14), "bell")})
ROLE_TAKEN = ("GUILD_MEMBER_UPDATE", {"guild_id": GUILD, **member(BOT)})


@pytest.mark.parametrize(("event", "words"), [
    (DELETED, "not there any more"), (LEFT, "invite it again"), (SHUT, "allow Send Messages for bell"),
    (ROLE_SHUT, "allow Embed Links for bell"), (ROLE_TAKEN, "View Channel"),
], ids=["deleted", "left", "channel shut", "role shut", "role taken"])  # fmt: skip
async def test_rule_17_what_closes_a_channel_pauses_it_and_tells_one_person_once(
    discord: FakeDiscord, talk: Talk, alice: Person, event: tuple[str, dict[str, Any]], words: str
) -> None:
    await subscribed(talk, alice)
    await discord.gateway.tell(*event)
    await discord.gateway.until(lambda: paused(talk))
    await discord.gateway.tell(*event)
    await asyncio.sleep(0.1)
    assert words in (paused(talk) or "")
    (notice,) = told(talk)
    assert notice.startswith("@31 ")
    assert words in notice


async def test_a_thread_that_is_deleted_pauses_too(discord: FakeDiscord, talk: Talk, alice: Person) -> None:
    await discord.gateway.tell("THREAD_CREATE", thread("551", "501", "talk"))
    await subscribed(talk, alice.but(channel="551"), "551")
    gone = {"id": "551", "guild_id": GUILD, "parent_id": "501", "type": 11}
    await discord.gateway.tell("THREAD_DELETE", gone)
    await discord.gateway.until(lambda: paused(talk, "551"))


async def test_a_permission_that_only_some_posts_need_pauses_nothing(
    discord: FakeDiscord, talk: Talk, alice: Person
) -> None:
    await subscribed(talk, alice)
    lacking = role(BOT_ROLE, ENOUGH & ~HISTORY & ~FILES, "bell")
    await discord.gateway.tell("GUILD_ROLE_UPDATE", {"guild_id": GUILD, "role": lacking})
    refused = await alice.types("dealbell subscribe", kinds="ipos")
    assert "allow Attach Files and Read Message History for bell" in refused.text
    assert paused(talk) is None


async def test_a_refused_card_names_the_permission_that_lacks(discord: FakeDiscord, listening: DiscordChat) -> None:
    discord.refusal = (403, 50013)
    outcome = await listening.post(Channel(workspace=HERE.workspace, external_id="503"), CARDS["ipo"], key="k1")
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "In the settings of #closed, under Permissions, allow Send Messages for bell."


async def test_what_changes_nothing_pauses_nothing(discord: FakeDiscord, talk: Talk, alice: Person) -> None:
    await subscribed(talk, alice)
    await discord.gateway.tell("CHANNEL_UPDATE", channel("501", "renamed"))
    await discord.gateway.tell("CHANNEL_DELETE", channel("502", "other"))
    await discord.gateway.tell("GUILD_DELETE", {"id": GUILD, "unavailable": True})  # an outage of Discord's
    await discord.gateway.tell("GUILD_CREATE", guild(channel("501", "deals")))
    await alice.types("deals recent")
    assert paused(talk) is None


async def test_what_was_shut_while_the_bot_was_away_is_found_at_the_start(
    discord: FakeDiscord, talk: Talk, listening: DiscordChat, front: Front, alice: Person
) -> None:
    await subscribed(talk, alice)
    await listening.stop()
    discord.gateway.guilds = [guild(channel("501", "deals", deny=1 << 10))]
    await listening.start()
    await listening.listen(front)
    await discord.gateway.until(lambda: paused(talk))
    assert "allow View Channel for bell" in (paused(talk) or "")


async def test_a_server_that_was_left_while_the_bot_was_away_is_found_at_the_start(
    discord: FakeDiscord, talk: Talk, listening: DiscordChat, front: Front, alice: Person
) -> None:
    await subscribed(talk, alice)
    await alice.but(guild=None, channel="631").types("deals ask", words="subscribe funding")
    await listening.stop()
    discord.gateway.guilds = []
    await listening.start()
    await listening.listen(front)
    await discord.gateway.until(lambda: paused(talk))
    assert "invite it again" in (paused(talk) or "")
    with talk.store.read() as db:
        assert channels.told_homes(db, Platform.DISCORD) == ("@31",)


async def test_who_invites_the_bot_again_is_told_again(
    discord: FakeDiscord, talk: Talk, listening: DiscordChat, alice: Person
) -> None:
    await discord.gateway.until(lambda: listening.is_ready)
    await subscribed(talk, alice)
    await alice.types("dealbell subscribe", channel="502")
    await alice.types("dealbell pause", channel="502")
    await discord.gateway.tell(*LEFT)
    await discord.gateway.until(lambda: paused(talk))
    joined = {name: value for name, value in discord.gateway.guilds[0].items() if name != "unavailable"}
    await discord.gateway.tell("GUILD_CREATE", joined)
    await discord.gateway.until(lambda: paused(talk) is None)
    assert paused(talk, "502")  # by a person, and for them to resume


async def test_stopping_ends_the_connection_and_may_be_repeated(discord: FakeDiscord, listening: DiscordChat) -> None:
    await listening.stop()
    await listening.stop()
    socket = discord.gateway.sessions[-1].socket
    assert socket is not None
    await discord.gateway.until(lambda: socket.closed)
    assert len(discord.gateway.identifies) == 1


async def test_stopping_lets_an_answer_under_way_end(
    discord: FakeDiscord, listening: DiscordChat, alice: Person
) -> None:
    discord.faults.append(Fault(seconds=0.3, processed=True))
    answering = asyncio.create_task(alice.types("deals recent"))
    await discord.gateway.until(lambda: not discord.faults)
    await listening.stop()
    assert "Cove" in (await answering).text


async def test_a_first_answer_that_does_not_arrive_has_no_effect(
    discord: FakeDiscord, talk: Talk, alice: Person
) -> None:
    for faults in ([Fault(reset=True)] * 2, [Fault(answer=nothing(10062))], [Fault(seconds=3)]):
        discord.faults += faults
        with capture_logs() as logs:
            await alice.but(wait=False).types("dealbell subscribe", kinds="funding")
            await discord.gateway.until(lambda: any("not acknowledged" in entry["event"] for entry in logs))
    with talk.store.read() as db:
        assert list(channels.subscriptions(db)) == []


@pytest.mark.parametrize("place", [0, 1], ids=["first response", "answer"])
@pytest.mark.parametrize("processed", [True, False])
async def test_a_connection_that_breaks_while_answering_leaves_one_effect_and_an_answer(
    discord: FakeDiscord, talk: Talk, alice: Person, place: int, processed: bool
) -> None:
    discord.faults += [Fault()] * place + [Fault(reset=True, processed=processed)]
    answer = await alice.types("dealbell subscribe", kinds="funding")
    assert "Subscribed." in answer.text
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM audit").fetchone()[0] == 1


async def test_a_first_answer_that_discord_took_and_failed_is_not_taken_for_a_second_delivery(
    discord: FakeDiscord, alice: Person
) -> None:
    discord.faults.append(Fault(answer=reply({}, status=500), processed=True))
    assert "Subscribed." in (await alice.types("dealbell subscribe", kinds="funding")).text


async def test_a_form_that_does_not_open_is_told(discord: FakeDiscord, alice: Person) -> None:
    discord.faults.append(Fault(answer=nothing(50035, status=400)))
    answer = await alice.types("dealbell watch-list")
    assert "could not be answered just now" in answer.text
    assert answer.ephemeral


async def test_a_bug_is_logged_with_its_traceback_and_told(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise AttributeError("a bug")

    monkeypatch.setattr("bot.chat.discord.answering.Desk.hear", broken)
    with capture_logs() as logs:
        answer = await alice.types("deals recent")
    assert "could not be answered just now" in answer.text
    assert [
        (entry["event"], entry["log_level"], entry["exc_info"]) for entry in logs if "failed" in entry["event"]
    ] == [("an interaction failed", "error", True)]


async def test_an_answer_that_discord_does_not_take_is_said_in_other_words(discord: FakeDiscord, alice: Person) -> None:
    discord.faults += [Fault(), Fault(answer=nothing(50035, status=400))]
    answer = await alice.types("deals recent")
    assert "could not be answered just now" in answer.text


async def test_a_command_that_is_no_more_says_what_to_do(discord: FakeDiscord, alice: Person) -> None:
    discord.commands["global"].append({"name": "old", "type": 1, "options": []})
    answer = await alice.types("old")
    assert "reload Discord" in answer.text
    assert answer.ephemeral


async def test_a_channel_that_refuses_is_asked_once(discord: FakeDiscord, chat: DiscordChat) -> None:
    discord.refusal = (403, 50001)
    outcome = await chat.post(HERE, CARDS["ipo"], key="k1")
    assert isinstance(outcome, Rejected)
    assert outcome.closed
    assert discord.requests == 1
