import asyncio

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.chat.base import Found
from bot.chat.discord.client import DiscordChat
from bot.errors import SettingsError
from bot.model.alert import Delayed, Doubtful, Rejected, Sent
from bot.model.enums import Platform
from bot.model.subscription import Channel, Workspace
from tests.chat.discord.fake import TOKEN, FakeDiscord, reply
from tests.chat.faults import Fault
from tests.chat.test_golden_cards import CARDS

CHANNEL = Channel(workspace=Workspace(id="w", platform=Platform.DISCORD, external_id="77"), external_id="501")
OTHER = Channel(workspace=CHANNEL.workspace, external_id="502")
CARD = CARDS["stake-announced"]
KEY = "a2b3c4d5e6f7g8h9"
DROPPED = Fault(reset=True)
KEPT_THEN_DROPPED = Fault(reset=True, processed=True)


def limited(seconds: float, *, via: bool = True) -> Fault:
    headers = {"Retry-After": str(seconds)} | ({"Via": "1.1 google"} if via else {})
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
    return Fault(answer=reply(body, 429, headers))


def failed(status: int, body: str = "oops", kind: str = "text/html", *, processed: bool = False) -> Fault:
    return Fault(answer=web.Response(status=status, text=body, content_type=kind), processed=processed)


async def test_a_card_is_posted_with_its_line_its_embed_and_a_nonce(discord: FakeDiscord, chat: DiscordChat) -> None:
    assert await chat.post(CHANNEL, CARD, key=KEY) == Sent(message="1001")
    (body,) = discord.sent
    assert body["content"] == CARD.headline
    assert body["embeds"][0]["title"].endswith(CARD.label)
    assert body["embeds"][0]["url"].endswith(KEY)
    assert (body["nonce"], body["enforce_nonce"]) == (KEY, True)
    assert body["allowed_mentions"] == {"parse": []}


async def test_an_edit_replaces_the_card_and_keeps_its_key(discord: FakeDiscord, chat: DiscordChat) -> None:
    sent = await chat.post(CHANNEL, CARDS["stake-rumour"], key=KEY)
    assert isinstance(sent, Sent)
    assert await chat.edit(CHANNEL, CARD, key=KEY, message=sent.message) == sent
    (message,) = discord.channels["501"]
    assert message["content"] == CARD.headline
    assert message["embeds"][0]["url"].endswith(KEY)
    assert discord.sent[-1]["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("fault", [DROPPED, KEPT_THEN_DROPPED, failed(503), failed(200, "<html>"),
                                   failed(200, "[1", "application/json"), Fault(seconds=3)])  # fmt: skip
async def test_what_may_have_arrived_is_doubtful_and_sent_once(
    discord: FakeDiscord, chat: DiscordChat, fault: Fault
) -> None:
    discord.faults.append(fault)
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Doubtful)
    assert len(discord.channels["501"]) == fault.processed


async def test_a_failure_after_processing_that_is_repeated_shows_one_card(
    discord: FakeDiscord, chat: DiscordChat
) -> None:
    discord.faults.append(failed(500, processed=True))
    assert await chat.post(CHANNEL, CARD, key=KEY) == Sent(message="1001")
    assert len(discord.sent) == 2
    assert len(discord.channels["501"]) == 1


async def test_a_limit_after_a_failure_leaves_the_doubt(discord: FakeDiscord, chat: DiscordChat) -> None:
    discord.faults += [failed(500, processed=True), limited(60)]
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Doubtful)


async def test_after_doubt_the_card_is_found_where_it_arrived(discord: FakeDiscord, chat: DiscordChat) -> None:
    discord.faults.append(KEPT_THEN_DROPPED)
    await chat.post(CHANNEL, CARD, key=KEY)
    discord.chatter("501", 250)
    assert (await chat.find(CHANNEL, key=KEY)).message == "1001"


async def test_after_doubt_a_card_that_never_arrived_is_certainly_not_there(
    discord: FakeDiscord, chat: DiscordChat
) -> None:
    await chat.post(CHANNEL, CARD, key="another")
    found = await chat.find(CHANNEL, key=KEY)
    assert (found.message, found.unknown) == (None, False)


async def test_an_empty_or_a_very_long_history_says_nothing(discord: FakeDiscord, chat: DiscordChat) -> None:
    assert (await chat.find(CHANNEL, key=KEY)).unknown
    discord.chatter("501", 600)
    assert (await chat.find(CHANNEL, key=KEY)).unknown


async def test_without_permission_to_read_the_history_nobody_can_tell(discord: FakeDiscord, chat: DiscordChat) -> None:
    discord.refusal = (403, 50001)
    assert (await chat.find(CHANNEL, key=KEY)).unknown
    discord.refusal = None
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Sent)


@pytest.mark.parametrize("fault", [limited(60), failed(503), Fault(seconds=3)])
async def test_while_the_history_cannot_be_read_just_now_it_stays_in_doubt(
    discord: FakeDiscord, chat: DiscordChat, fault: Fault
) -> None:
    discord.chatter("501", 1)
    discord.faults.append(fault)
    assert isinstance(await chat.find(CHANNEL, key=KEY), Doubtful)
    assert isinstance(await chat.find(CHANNEL, key=KEY), Found)


@pytest.mark.parametrize("via", [True, False])
async def test_retry_after_is_heeded(discord: FakeDiscord, chat: DiscordChat, via: bool) -> None:
    discord.faults.append(limited(45, via=via))
    assert await chat.post(CHANNEL, CARD, key=KEY) == Delayed(seconds=45.0, reason="Discord asks to slow down.")
    assert isinstance(await chat.post(OTHER, CARD, key="b"), Sent)


async def test_a_short_limit_is_slept_through(discord: FakeDiscord, chat: DiscordChat) -> None:
    discord.faults.append(limited(0.2))
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Sent)


@pytest.mark.parametrize(
    ("status", "code", "cure"),
    [
        (401, 0, "DISCORD_BOT_TOKEN"), (403, 50001, "View Channel"), (403, 50013, "Send Messages"),
        (403, 99999, "Send Messages"), (404, 10003, "subscribe another"), (403, 50083, "open it again"),
        (400, 50035, "status 400, code 50035"),
    ],
)  # fmt: skip
async def test_what_discord_will_never_take_is_rejected_with_the_cure(
    discord: FakeDiscord, chat: DiscordChat, status: int, code: int, cure: str
) -> None:
    discord.refusal = (status, code)
    outcome = await chat.post(CHANNEL, CARD, key=KEY)
    assert isinstance(outcome, Rejected)
    assert cure in outcome.reason
    assert discord.requests == 1


async def test_an_edit_of_a_deleted_message_is_rejected(chat: DiscordChat) -> None:
    outcome = await chat.edit(CHANNEL, CARD, key=KEY, message="5")
    assert isinstance(outcome, Rejected)
    assert "deleted" in outcome.reason


async def test_where_nobody_answers_the_door_nothing_was_posted() -> None:
    chat = DiscordChat(TOKEN, "http://127.0.0.1:9/api/v10", seconds=1.5)
    with capture_logs() as logs:
        await chat.start()
    assert [entry["event"] for entry in logs] == ["discord does not answer"]
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Delayed)
    await chat.stop()


async def test_a_wrong_token_stops_the_start_with_the_cure_and_is_tried_once(discord: FakeDiscord) -> None:
    with pytest.raises(SettingsError, match="DISCORD_BOT_TOKEN"):
        await DiscordChat("a.wrong.token", discord.url).start()
    assert discord.requests == 1


@pytest.mark.parametrize("fault", [failed(503), DROPPED, Fault(seconds=3), limited(60)])
async def test_an_outage_at_the_start_is_only_noted(discord: FakeDiscord, fault: Fault) -> None:
    discord.faults += [fault, fault]  # aiohttp itself repeats a GET whose connection was reset
    chat = DiscordChat(TOKEN, discord.url, seconds=1.5)
    await chat.start()
    discord.faults.clear()
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Sent)
    await chat.stop()


async def test_the_token_stands_in_no_log_no_reason_and_no_repr(discord: FakeDiscord, chat: DiscordChat) -> None:
    told: list[object] = [chat]
    with capture_logs() as logs:
        for fault in (failed(503), DROPPED, Fault(seconds=3), limited(60)):
            discord.faults.append(fault)
            told.append(await chat.post(CHANNEL, CARD, key=KEY))
            discord.faults.append(failed(503))
            told.append(await chat.find(CHANNEL, key="x"))
        with pytest.raises(SettingsError) as caught:
            await DiscordChat("a.secret.wrong", discord.url).start()
    told += [logs, caught.value, caught.value.__cause__]
    assert logs
    assert "secret" not in repr(told)


async def test_stopping_lets_a_call_under_way_end_and_may_be_repeated(discord: FakeDiscord) -> None:
    chat = DiscordChat(TOKEN, discord.url)
    await chat.start()
    discord.faults.append(Fault(seconds=0.2, processed=True))
    posting = asyncio.create_task(chat.post(CHANNEL, CARD, key=KEY))
    await asyncio.sleep(0.1)
    await chat.stop()
    assert isinstance(await posting, Sent)
    await chat.stop()
