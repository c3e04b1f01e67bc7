import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.chat.base import Found
from bot.chat.slack.access import Access
from bot.chat.slack.client import SlackChat
from bot.clock import utc_now
from bot.commands.front import Front
from bot.errors import SettingsError
from bot.model.alert import Delayed, DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.enums import Platform
from bot.model.request import File, said
from bot.model.subscription import Channel, Workspace
from tests.chat.faults import Fault
from tests.chat.slack.fake import TOKEN, FakeSlack, fake_slack
from tests.chat.slack.office import services
from tests.chat.test_golden_cards import CARDS
from tests.commands.talk import Talk

CHANNEL = Channel(workspace=Workspace(id="w", platform=Platform.SLACK, external_id="T1"), external_id="C1")
OTHER = Channel(workspace=CHANNEL.workspace, external_id="C2")
CARD = CARDS["stake-announced"]
KEY = "a2b3c4d5e6f7g8h9"
DROPPED = Fault(reset=True)
KEPT_THEN_DROPPED = Fault(reset=True, processed=True)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as fake:
        yield fake


@pytest.fixture
async def chat(slack: FakeSlack) -> AsyncIterator[SlackChat]:
    made = SlackChat(Access(bot_token=TOKEN, api_url=slack.url), seconds=0.5)
    await made.start()
    slack.calls.clear()
    yield made
    await made.stop()


def limited(seconds: str = "7") -> Fault:
    return Fault(
        answer=web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": seconds})
    )


def failed(status: int, body: str = "oops", kind: str = "text/html", *, processed: bool = False) -> Fault:
    return Fault(answer=web.Response(status=status, text=body, content_type=kind), processed=processed)


UNCLEAR = [
    DROPPED,
    KEPT_THEN_DROPPED,
    failed(500),
    failed(500, processed=True),
    failed(503, "no", "text/plain"),
    failed(200, "<html>", "application/json"),
    failed(200, "[1]", "application/json"),
    Fault(seconds=2),
]


async def test_a_card_is_posted_with_text_blocks_and_its_key(slack: FakeSlack, chat: SlackChat) -> None:
    assert await chat.post(CHANNEL, CARD, key=KEY) == Sent(message="1700000000.000001")
    (message,) = slack.channels["C1"]
    assert message["text"].startswith(CARD.headline)
    assert message["blocks"][0]["text"]["text"].startswith(f"*{CARD.headline}*")
    assert message["metadata"] == {"event_type": "dealbell_card", "event_payload": {"key": KEY}}
    assert (message["unfurl_links"], message["unfurl_media"], message["link_names"]) == (False, False, False)
    assert message["parse"] == "none"


async def test_an_edit_replaces_the_card_and_keeps_its_key(slack: FakeSlack, chat: SlackChat) -> None:
    sent = await chat.post(CHANNEL, CARDS["stake-rumour"], key=KEY)
    assert isinstance(sent, Sent)
    assert await chat.edit(CHANNEL, CARD, key=KEY, message=sent.message) == sent
    (message,) = slack.channels["C1"]
    assert message["text"].startswith(CARD.headline)
    assert message["metadata"]["event_payload"] == {"key": KEY}
    assert message["parse"] == "none"


@pytest.mark.parametrize("fault", UNCLEAR)
async def test_what_may_have_arrived_is_doubtful_and_sent_once(slack: FakeSlack, chat: SlackChat, fault: Fault) -> None:
    slack.faults.append(fault)
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Doubtful)
    assert not slack.faults
    assert len(slack.channels["C1"]) == fault.processed


async def test_after_doubt_the_card_is_found_where_it_arrived(slack: FakeSlack, chat: SlackChat) -> None:
    slack.faults.append(KEPT_THEN_DROPPED)
    await chat.post(CHANNEL, CARD, key=KEY)
    found = await chat.find(CHANNEL, key=KEY)
    assert found.message == "1700000000.000001"
    assert len(slack.channels["C1"]) == 1


async def test_after_doubt_a_card_that_never_arrived_is_certainly_not_there(slack: FakeSlack, chat: SlackChat) -> None:
    slack.faults.append(DROPPED)
    await chat.post(CHANNEL, CARD, key=KEY)
    await chat.post(CHANNEL, CARD, key="another")
    found = await chat.find(CHANNEL, key=KEY)
    assert (found.message, found.unknown) == (None, False)


async def test_a_card_is_found_some_pages_back(slack: FakeSlack, chat: SlackChat) -> None:
    await chat.post(CHANNEL, CARD, key=KEY)
    slack.channels["C1"] += [{"ts": f"18{n}", "text": "chatter"} for n in range(700)]
    assert (await chat.find(CHANNEL, key=KEY)).message == "1700000000.000001"
    slack.channels["C1"] += [{"ts": f"19{n}", "text": "chatter"} for n in range(700)]
    assert (await chat.find(CHANNEL, key=KEY)).unknown


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_without_permission_to_read_the_history_nobody_can_tell(
    slack: FakeSlack, chat: SlackChat, error: str
) -> None:
    slack.errors["conversations.history"] = {"error": error, "needed": "channels:history"}
    found = await chat.find(CHANNEL, key=KEY)
    assert found.unknown
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Sent)


@pytest.mark.parametrize("fault", [limited(), failed(500), Fault(seconds=2)])
async def test_while_the_history_cannot_be_read_just_now_it_stays_in_doubt(
    slack: FakeSlack, chat: SlackChat, fault: Fault
) -> None:
    slack.faults.append(fault)
    assert isinstance(await chat.find(CHANNEL, key=KEY), Doubtful)
    assert isinstance(await chat.find(CHANNEL, key=KEY), Found)


async def test_retry_after_is_heeded_and_other_channels_are_not_held_up(slack: FakeSlack, chat: SlackChat) -> None:
    slack.faults.append(limited("7"))
    assert await chat.post(CHANNEL, CARD, key=KEY) == Delayed(seconds=7.0, reason="Slack asks to slow down.")
    assert isinstance(await chat.post(OTHER, CARD, key="c"), Sent)


async def test_a_limit_without_a_time_waits_a_while(slack: FakeSlack, chat: SlackChat) -> None:
    slack.faults.append(limited("soon"))
    assert await chat.post(CHANNEL, CARD, key=KEY) == Delayed(seconds=30.0, reason="Slack asks to slow down.")


async def test_where_nobody_answers_the_door_nothing_was_posted(slack: FakeSlack) -> None:
    chat = SlackChat(Access(bot_token=TOKEN, api_url="http://127.0.0.1:9/api/"), seconds=0.5)
    with capture_logs() as logs:
        await chat.start()
    assert [entry["event"] for entry in logs] == ["slack does not answer"]
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Delayed)
    await chat.stop()


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        ("channel_not_found", "/invite @bell"), ("not_in_channel", "/invite @bell"), ("is_archived", "unarchive"),
        ("token_revoked", "install the app again"), ("account_inactive", "install the app again"),
        ("invalid_auth", "SLACK_BOT_TOKEN"), ("missing_scope", "add the scope chat:write"),
        ("restricted_action", "ask an admin"), ("something_new", "something_new"),
    ],
)  # fmt: skip
async def test_what_slack_will_never_take_is_rejected_with_the_cure(
    slack: FakeSlack, chat: SlackChat, error: str, cure: str
) -> None:
    slack.errors["chat.postMessage"] = {"error": error, "needed": "chat:write"}
    outcome = await chat.post(CHANNEL, CARD, key=KEY)
    assert isinstance(outcome, Rejected)
    assert cure in outcome.reason
    assert len(slack.calls) == 1


@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
async def test_what_slack_may_have_done_in_part_is_doubtful(slack: FakeSlack, chat: SlackChat, error: str) -> None:
    slack.errors["chat.postMessage"] = {"error": error}
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Doubtful)


async def test_an_edit_of_a_deleted_message_is_rejected(chat: SlackChat) -> None:
    assert isinstance(await chat.edit(CHANNEL, CARD, key=KEY, message="1.2"), Rejected)


async def test_a_wrong_token_stops_the_start_with_the_cure(slack: FakeSlack) -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        await SlackChat(Access(bot_token="xoxb-wrong", api_url=slack.url)).start()


@pytest.mark.parametrize("fault", [failed(500), failed(503, "no", "text/plain"), DROPPED, Fault(seconds=2), limited()])
async def test_an_outage_at_the_start_is_only_noted(slack: FakeSlack, fault: Fault) -> None:
    slack.faults.append(fault)
    chat = SlackChat(Access(bot_token=TOKEN, api_url=slack.url), seconds=0.5)
    await chat.start()
    assert isinstance(await chat.post(CHANNEL, CARD, key=KEY), Sent)
    await chat.stop()


async def test_a_token_that_turns_out_wrong_after_an_outage_is_told_and_not_asked_about_for_ever(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.slack.client.NAME_SECONDS", 0.01)
    slack.method_faults["auth.test"].append(Fault(reset=True))
    chat = SlackChat(Access(bot_token="xoxb-wrong", api_url=slack.url), seconds=5)
    with Front(Talk().store, services(), clock=utc_now) as front, capture_logs() as logs:
        await chat.start()
        await chat.listen(front)
        await slack.until(lambda: [each for each in logs if each["event"] == "slack refuses SLACK_BOT_TOKEN"])
        asked = len(slack.calls)
        await asyncio.sleep(0.1)
        await chat.stop()
    assert len(slack.calls) == asked


async def test_the_token_stands_in_no_log_no_reason_and_no_repr(slack: FakeSlack, chat: SlackChat) -> None:
    told: list[object] = [chat]
    slack.errors["chat.postMessage"] = {"error": "invalid_auth"}
    with capture_logs() as logs:
        for fault in (None, failed(500), DROPPED, Fault(seconds=2), limited()):
            slack.faults += [fault] if fault else []
            told.append(await chat.post(CHANNEL, CARD, key=KEY))
            slack.faults.append(failed(500))
            told.append(await chat.find(CHANNEL, key="x"))
        with pytest.raises(SettingsError) as caught:
            await SlackChat(Access(bot_token="xoxb-secret-wrong", api_url=slack.url)).start()
    told += [logs, caught.value, caught.value.__cause__]
    assert logs
    assert "secret" not in repr(told)


async def test_no_proxy_is_taken_from_the_environment(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    chat = SlackChat(Access(bot_token=TOKEN, api_url=slack.url), seconds=0.5)
    outcome: DeliveryOutcome = await chat.post(CHANNEL, CARD, key=KEY)
    assert isinstance(outcome, Sent)
    await chat.stop()


async def test_stopping_lets_a_call_under_way_end_and_may_be_repeated(slack: FakeSlack) -> None:
    chat = SlackChat(Access(bot_token=TOKEN, api_url=slack.url))
    slack.faults.append(Fault(seconds=0.2, processed=True))
    posting = asyncio.create_task(chat.post(CHANNEL, CARD, key=KEY))
    await asyncio.sleep(0.1)
    await chat.stop()
    assert isinstance(await posting, Sent)
    await chat.stop()


OWN = Channel(workspace=CHANNEL.workspace, external_id="@U7")
PAGE = File(name="all.txt", content=b"everything", media_type="text/plain")


async def test_a_persons_own_card_is_posted_edited_and_found_in_the_direct_messages(
    slack: FakeSlack, chat: SlackChat
) -> None:
    sent = await chat.post(OWN, CARDS["stake-rumour"], key=KEY)
    assert isinstance(sent, Sent)
    assert await chat.edit(OWN, CARD, key=KEY, message=sent.message) == sent
    (message,) = slack.channels["DU7"]
    assert message["text"].startswith(CARD.headline)
    assert (await chat.find(OWN, key=KEY)).message == sent.message
    assert [method for method, _ in slack.calls].count("conversations.open") == 1


@pytest.mark.parametrize("error", ["user_disabled", "user_not_found"])
async def test_a_person_who_is_gone_is_told_no_more(slack: FakeSlack, chat: SlackChat, error: str) -> None:
    slack.errors["conversations.open"] = {"error": error}
    outcome = await chat.post(OWN, CARD, key=KEY)
    assert isinstance(outcome, Rejected)
    assert outcome.closed


async def test_a_note_stands_in_the_thread_of_its_card(slack: FakeSlack, chat: SlackChat) -> None:
    await chat.post(CHANNEL, said("It is done."), key=KEY, reply_to="17.1")
    assert slack.channels["C1"][0]["thread_ts"] == "17.1"


@pytest.mark.parametrize(("channel", "place"), [(CHANNEL, "C1"), (OWN, "DU7")])
async def test_a_long_digests_file_follows_in_its_thread(
    slack: FakeSlack, chat: SlackChat, channel: Channel, place: str
) -> None:
    sent = await chat.post(channel, replace(said("Much"), file=PAGE), key=KEY)
    assert isinstance(sent, Sent)
    (file,) = slack.files
    assert (file["channel"], file["thread"], file["content"]) == (place, sent.message, b"everything")


async def test_a_digest_stands_also_where_its_file_is_refused(slack: FakeSlack, chat: SlackChat) -> None:
    slack.errors["files.getUploadURLExternal"] = {"error": "missing_scope", "needed": "files:write"}
    assert isinstance(await chat.post(CHANNEL, replace(said("Much"), file=PAGE), key=KEY), Sent)
