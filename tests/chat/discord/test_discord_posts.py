"""What delivery posts: buttons, replies to cards, digests with a file, forums, announcement channels, the budget."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.chat.base import Found
from bot.chat.discord.budget import MOST, STOP_AT, Publishing, Refusals
from bot.chat.discord.client import DiscordChat
from bot.commands.front import Front
from bot.model.alert import Delayed, Doubtful, Rejected, Sent
from bot.model.enums import Platform
from bot.model.request import File, Reply, bold, line
from bot.model.subscription import Channel, Workspace
from bot.store import channels, notes
from tests.chat.discord.fake import TOKEN, FakeDiscord, reply
from tests.chat.discord.people import Person
from tests.chat.faults import Fault
from tests.chat.test_golden_cards import CARDS
from tests.commands.talk import Talk

SERVER = Workspace(id="w", platform=Platform.DISCORD, external_id="77")
HERE = Channel(workspace=SERVER, external_id="501")
NEWS = Channel(workspace=SERVER, external_id="504")
BOARD = Channel(workspace=SERVER, external_id="505")
CARD = CARDS["stake-announced"]
KEY = "a2b3c4d5e6f7g8h9"
PICTURE = File(name="a.png", content=b"\x89PNG", media_type="image/png", alt="Bars. " * 400)


async def test_a_card_that_lost_its_embed_is_found_by_its_buttons(discord: FakeDiscord, chat: DiscordChat) -> None:
    await chat.post(HERE, CARD, key=KEY)
    discord.channels["501"][0]["embeds"] = []  # a moderator took it away
    assert (await chat.find(HERE, key=KEY)).message == "1001"  # type: ignore[union-attr]


async def test_an_edit_keeps_the_buttons(discord: FakeDiscord, chat: DiscordChat) -> None:
    sent = await chat.post(HERE, CARDS["stake-rumour"], key=KEY)
    assert isinstance(sent, Sent)
    await chat.edit(HERE, CARD, key=KEY, message=sent.message)
    first, links = discord.channels["501"][0]["components"]
    assert all(KEY in button["custom_id"] for button in first["components"])
    assert len(links["components"]) == 2


async def test_a_note_on_a_card_is_a_reply_to_it(discord: FakeDiscord, chat: DiscordChat) -> None:
    note = Reply(lines=(line(bold("Meta to buy Scale AI"), ": now completed"),))
    assert isinstance(await chat.post(HERE, note, key=KEY, reply_to="900"), Sent)
    reference = discord.channels["501"][0]["message_reference"]
    assert str(reference["message_id"]) == "900"
    assert reference["fail_if_not_exists"] is False


async def test_a_digest_comes_with_its_file_and_is_found_again(discord: FakeDiscord, chat: DiscordChat) -> None:
    lines = (line(bold("The day's deals: 40 stories")), *[line(f"Deal {n} " + "x" * 90) for n in range(40)])
    text = File(name="deals.txt", content=b"all of them", media_type="text/plain")
    assert isinstance(await chat.post(HERE, Reply(lines=lines, file=text), key=KEY), Sent)
    assert discord.files["deals.txt"] == b"all of them"
    (message,) = discord.channels["501"]
    assert message["content"].startswith("**The day")
    assert "Deal 39" in message["embeds"][-1]["description"]
    assert (await chat.find(HERE, key=KEY)).message == message["id"]  # type: ignore[union-attr]


async def test_a_pictures_description_is_sent_and_kept_short(discord: FakeDiscord, chat: DiscordChat) -> None:
    await chat.post(HERE, Reply(lines=(line("A chart"),), file=PICTURE), key=KEY)
    assert discord.sent[0]["attachments"][0]["description"].startswith("Bars. Bars.")


async def test_alerts_go_to_a_person_directly(discord: FakeDiscord, chat: DiscordChat) -> None:
    direct = replace(HERE, external_id="@31")
    sent = await chat.post(direct, CARD, key=KEY)
    assert isinstance(sent, Sent)
    assert len(discord.channels["631"]) == 1
    assert await chat.edit(direct, CARD, key=KEY, message=sent.message) == sent
    assert await chat.can_post(direct) is None


async def test_a_person_who_takes_no_direct_messages_is_not_written_to_again(
    discord: FakeDiscord, chat: DiscordChat
) -> None:
    discord.refusal = (403, 50007)
    outcome = await chat.post(replace(HERE, external_id="@31"), CARD, key=KEY)
    assert isinstance(outcome, Rejected)
    assert outcome.closed
    assert "takes no direct messages" in outcome.reason


# forums


@pytest.fixture(params=["listening", "posting alone"])
async def either(request: pytest.FixtureRequest, chat: DiscordChat, discord: FakeDiscord, front: Front) -> DiscordChat:
    if request.param == "listening":
        await chat.listen(front)
        await discord.gateway.told_guilds()
        await discord.gateway.until(lambda: chat.is_ready)
    return chat


async def test_a_forum_gets_one_post_a_story_with_the_tags_of_its_kind(
    discord: FakeDiscord, either: DiscordChat
) -> None:
    sent = await either.post(BOARD, CARDS["acquisition"], key=KEY)
    assert sent == Sent(message="1001/1001")
    opened = discord.kinds["1001"]
    assert opened["name"] == CARDS["acquisition"].headline
    assert opened["applied_tags"] == ["801"]  # "acquisition", in its own case
    assert await either.edit(BOARD, CARDS["acquisition-done"], key=KEY, message="1001/1001") == sent
    assert len(discord.channels["1001"]) == 1
    assert "Completed" in discord.channels["1001"][0]["embeds"][0]["title"]


async def test_an_edit_renames_a_post_and_changes_its_status_but_not_the_tags_of_people(
    discord: FakeDiscord, listening: DiscordChat
) -> None:
    await discord.gateway.until(lambda: listening.is_ready)
    rumour, done = CARDS["stake-rumour"], CARDS["acquisition-done"]
    await listening.post(BOARD, rumour, key=KEY)
    assert discord.kinds["1001"]["applied_tags"] == ["802"]  # "Rumour"
    discord.kinds["1001"]["applied_tags"].append("803")  # "ours", by somebody
    await discord.gateway.tell("THREAD_CREATE", discord.kinds["1001"])
    await discord.gateway.until(lambda: known_thread(listening))
    assert await listening.edit(BOARD, done, key=KEY, message="1001/1001") == Sent(message="1001/1001")
    assert (discord.kinds["1001"]["name"], discord.kinds["1001"]["applied_tags"]) == (done.headline, ["801", "803"])


async def test_a_post_that_keeps_its_title_has_its_card_edited_all_the_same(
    discord: FakeDiscord, listening: DiscordChat
) -> None:
    await discord.gateway.until(lambda: listening.is_ready)
    await listening.post(BOARD, CARDS["stake-rumour"], key=KEY)
    await discord.gateway.tell("THREAD_CREATE", discord.kinds["1001"])
    await discord.gateway.until(lambda: known_thread(listening))
    discord.faults += [Fault(), Fault(answer=reply({"code": 50013, "message": "no"}, status=403))]
    assert await listening.edit(BOARD, CARD, key=KEY, message="1001/1001") == Sent(message="1001/1001")
    assert discord.channels["1001"][0]["content"] == CARD.headline


def known_thread(chat: DiscordChat) -> bool:
    known = chat._connection.known
    return known is not None and known.get_channel(1001) is not None


async def test_a_turn_is_told_in_the_post_of_its_story(discord: FakeDiscord, either: DiscordChat) -> None:
    await either.post(BOARD, CARD, key=KEY)
    note = Reply(lines=(line("now completed"),))
    assert isinstance(await either.post(BOARD, note, key="k2", reply_to="1001/1001"), Sent)
    assert discord.channels["1001"][1]["content"] == "now completed"


async def test_an_archived_post_is_opened_for_the_edit(discord: FakeDiscord, either: DiscordChat) -> None:
    await either.post(BOARD, CARD, key=KEY)
    discord.kinds["1001"]["thread_metadata"]["archived"] = True
    assert await either.edit(BOARD, CARDS["ipo"], key=KEY, message="1001/1001") == Sent(message="1001/1001")
    assert discord.channels["1001"][0]["content"] == CARDS["ipo"].headline


async def test_a_post_that_was_deleted_does_not_close_the_forum(discord: FakeDiscord, either: DiscordChat) -> None:
    discord.refusal = (404, 10003)
    outcome = await either.edit(BOARD, CARD, key=KEY, message="1001/1001")
    assert isinstance(outcome, Rejected)
    assert not outcome.closed


@pytest.mark.parametrize("refusal", [(404, 10003), (403, 160005)], ids=["deleted", "locked"])
async def test_a_turn_whose_post_takes_nothing_does_not_close_the_forum(
    discord: FakeDiscord, either: DiscordChat, refusal: tuple[int, int]
) -> None:
    discord.refusal = refusal
    outcome = await either.post(BOARD, Reply(lines=(line("now completed"),)), key=KEY, reply_to="1001/1001")
    assert isinstance(outcome, Rejected)
    assert not outcome.closed


async def test_a_post_in_doubt_is_found_in_a_forum_that_nobody_has_told_of_yet(
    discord: FakeDiscord, chat: DiscordChat
) -> None:
    await chat.post(BOARD, CARD, key=KEY)
    again = DiscordChat(TOKEN, discord.url)
    await again.start()
    assert await again.find(BOARD, key=KEY) == Found(message="1001/1001")
    await again.stop()


@pytest.mark.parametrize("processed", [True, False])
async def test_a_forum_post_in_doubt_is_not_repeated_by_the_library_and_is_looked_for(
    discord: FakeDiscord, listening: DiscordChat, processed: bool
) -> None:
    await discord.gateway.until(lambda: listening.is_ready)
    await listening.post(BOARD, CARDS["ipo"], key="other")
    discord.faults.append(Fault(answer=reply({}, status=500), processed=processed))
    assert isinstance(await listening.post(BOARD, CARD, key=KEY), Doubtful)
    found = await listening.find(BOARD, key=KEY)
    assert found.message == ("1002/1002" if processed else None)  # type: ignore[union-attr]
    assert len(discord.sent) == 2 - (not processed)


async def test_a_forum_that_asks_for_a_tag_says_how_to_cure_it(discord: FakeDiscord, listening: DiscordChat) -> None:
    await discord.gateway.until(lambda: listening.is_ready)
    discord.refusal = (400, 40067)
    outcome = await listening.post(BOARD, CARD, key=KEY)
    assert isinstance(outcome, Rejected)
    assert "tags called Funding" in outcome.reason


# announcement channels


@pytest.fixture
def home(talk: Talk) -> Workspace:
    """The server as the store knows it."""
    with talk.store.write() as db:
        return channels.workspace(db, Platform.DISCORD, "77", name="Acme", now=talk.now)


async def test_a_channel_for_announcements_publishes_where_it_is_set_and_within_the_limit(
    discord: FakeDiscord, listening: DiscordChat, alice: Person, home: Workspace
) -> None:
    await listening.post(NEWS, CARD, key="before")
    assert discord.published == []
    await alice.types("dealbell settings", publish="on", channel="504")
    where = replace(NEWS, workspace=home)
    with capture_logs() as logs:
        for number in range(12):
            assert isinstance(await listening.post(where, CARD, key=f"k{number}"), Sent)
    assert len(discord.published) == 10
    assert sum("ten messages an hour" in entry["event"] for entry in logs) == 2
    await listening.post(replace(where, external_id="501"), CARD, key="plain")
    assert len(discord.published) == 10


async def test_publishing_that_fails_leaves_the_card_where_it_is(
    discord: FakeDiscord, listening: DiscordChat, alice: Person, home: Workspace
) -> None:
    await alice.types("dealbell settings", publish="on", channel="504")
    where = replace(NEWS, workspace=home)
    discord.faults += [Fault(), Fault(answer=reply({"code": 50013, "message": "no"}, status=403))]
    assert isinstance(await listening.post(where, CARD, key=KEY), Sent)
    assert discord.published == []


# limits of the whole


async def test_a_limit_on_everything_is_waited_out(discord: FakeDiscord, chat: DiscordChat) -> None:
    body = {"message": "You are being rate limited.", "retry_after": 0.2, "global": True}
    headers = {"Retry-After": "0.2", "Via": "1.1 google", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    discord.faults.append(Fault(answer=reply(body, 429, headers)))
    assert isinstance(await chat.post(HERE, CARD, key=KEY), Sent)
    assert len(discord.channels["501"]) == 1


async def test_a_limit_on_everything_that_outlasts_a_call_holds_up_no_later_one(
    discord: FakeDiscord, chat: DiscordChat
) -> None:
    body = {"message": "You are being rate limited.", "retry_after": 1.8, "global": True}
    headers = {"Retry-After": "1.8", "Via": "1.1 google", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    discord.faults.append(Fault(answer=reply(body, 429, headers)))
    assert isinstance(await chat.post(HERE, CARD, key=KEY), Doubtful)  # given up after 1.5 seconds
    assert isinstance(await chat.post(HERE, CARD, key=KEY), Sent)


async def test_refused_requests_are_counted_logged_and_shown(
    discord: FakeDiscord, listening: DiscordChat, talk: Talk
) -> None:
    discord.refusal = (403, 50013)
    with capture_logs() as logs:
        for number in range(100):
            await listening.post(HERE, CARD, key=f"k{number}")
    (warning,) = [entry for entry in logs if entry["event"] == "discord refuses requests"]
    assert warning["refused"] == 100
    with talk.store.read() as db:
        ((platform, told),) = notes.since(db, "refused", begin=talk.now)
    assert platform == "discord"
    assert told.startswith("100 in ten minutes")


async def test_before_the_address_is_banned_nothing_more_is_sent(
    discord: FakeDiscord, chat: DiscordChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.discord.budget.STOP_AT", 3)
    discord.refusal = (403, 50013)
    for number in range(5):
        await chat.post(HERE, CARD, key=f"k{number}")
    assert discord.requests == 3
    outcome = await chat.post(HERE, CARD, key=KEY)
    assert isinstance(outcome, Delayed)
    assert 0 < outcome.seconds <= 600
    assert isinstance(await chat.find(HERE, key=KEY), Doubtful)
    assert isinstance(await chat.edit(HERE, CARD, key=KEY, message="1"), Delayed)


def test_refusals_run_out_after_ten_minutes_and_a_shared_limit_is_not_ours() -> None:
    now = 0.0
    refusals = Refusals(clock=lambda: now)
    for _ in range(STOP_AT):
        refusals.note(403)
    refusals.note(429, shared=True)
    refusals.note(404)
    assert refusals.count == STOP_AT < MOST
    assert refusals.pause == 600
    now = 601.0
    assert (refusals.count, refusals.pause) == (0, 0)


def test_a_channel_may_publish_again_after_an_hour() -> None:
    now = 0.0
    publishing = Publishing(clock=lambda: now)
    assert [publishing.may("1") for _ in range(11)] == [True] * 10 + [False]
    assert publishing.may("2")
    now = 3601.0
    assert publishing.may("1")
