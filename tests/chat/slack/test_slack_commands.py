"""What people type: slash commands, mentions, direct messages, shortcuts, through real sockets and the real bolt."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.chat.slack.payloads import plain_text, words_for_bot
from bot.commands.registry import VERBS
from bot.model.enums import Kind, Status
from bot.model.event import Event
from tests.chat.faults import Fault
from tests.chat.slack.fake import BOT
from tests.chat.slack.office import Office, buttons, office, shown
from tests.commands.test_every_verb import HOSTILE
from tests.stories.telling import bid, raises

ACME = Event(kind=Kind.FUNDING, status=Status.ANNOUNCED, target="Acme", buyers=("Sequoia",), confidence=0.9)


@pytest.fixture
async def here() -> AsyncIterator[Office]:
    async with office(read_text=lambda title, text: (ACME,) if "Acme" in title + text else ()) as opened:
        opened.talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", url="https://news.example/1"))
        opened.talk.told("s2", raises("Reuters", 0, "Cove"))
        yield opened


@pytest.mark.parametrize("name", VERBS)
async def test_every_verb_answers_in_blocks_that_slack_takes(here: Office, name: str) -> None:
    for example in VERBS[name].examples:
        text = example.replace("k3m9x2ab", "s1").replace("p7q4r5st", "s2")
        answered = await here.command(text, user="UADMIN")
        assert answered or here.slack.views, text
        assert "Something went wrong" not in shown(*answered)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_whatever_is_typed_is_answered(here: Office, text: str) -> None:
    for verb in ("", "company ", "subscribe ", "watch ", "search "):
        answered = await here.command(verb + text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        assert answered
        assert not re.search("<!channel|<@", shown(*answered))


async def test_a_command_is_acknowledged_before_anything_else_is_asked(here: Office) -> None:
    here.slack.method_faults["users.info"].append(Fault(seconds=1.0))
    name = await here.slack.envelope("slash_commands", here.command_payload("recent"))
    await here.slack.acked(name)
    assert here.slack.acks[name][0][0] - here.slack.sent_at[name] < 0.5
    assert not here.slack.answers
    await here.settled()
    assert here.slack.answers


async def test_typing_nothing_opens_help_with_buttons(here: Office) -> None:
    (help_text,) = await here.command("")
    assert help_text["response_type"] == "ephemeral"
    assert {"Subscribe", "Preview", "Latest deals", "All commands"} <= set(buttons(help_text))
    (latest,) = await here.press(buttons(help_text)["Latest deals"], passing=True)
    assert "Scale AI" in shown(latest)
    assert not latest["replace_original"]


async def test_subscribing_answers_in_the_channel_and_looking_up_to_the_asker(here: Office) -> None:
    (told,) = await here.command("subscribe funding min:10m")
    assert told["response_type"] == "in_channel"
    assert "Subscribed" in shown(told)
    for text in ("list", "recent", "nonsense", "company Scale AI"):
        (answer,) = await here.command(text)
        assert answer["response_type"] == "ephemeral"


async def test_long_answers_are_turned_page_by_page_in_their_place(here: Office) -> None:
    for number in range(25):
        here.talk.told(f"p{number}", raises("Reuters", 0, f"Startup {number}"))
    (first,) = await here.command("recent")
    assert "Page 1 of 3" in shown(first)
    (second,) = await here.press(buttons(first)["More"], passing=True)
    assert "Page 2 of 3" in shown(second)
    assert second["replace_original"]
    assert set(buttons(second)) == {"Back", "More"}


async def test_a_command_too_long_for_a_button_is_pressed_all_the_same(here: Office) -> None:
    names = ",".join(f'"A company with a long name that is number {n} of many"' for n in range(45))
    (preview,) = await here.command(f"preview company:{names}")
    press = buttons(preview)["Subscribe"]
    assert len(press["value"]) < 100
    assert "Subscribed" in shown(*(await here.press(press, passing=True)))
    assert "too old" in shown(*(await here.press(press | {"value": "kept:gone"})))


async def test_guests_strangers_and_bots_change_nothing(here: Office) -> None:
    for user in ("UGUEST", "USTRANGER", "UBOT", "UNKNOWN"):
        (refused,) = await here.command("subscribe funding", user=user)
        assert "may not use subscribe" in shown(refused)
        assert "Latest" in shown(*(await here.command("recent", user=user)))
    assert "no subscription" in shown(*(await here.command("list")))


async def test_rights_are_those_at_the_press_not_of_who_was_answered(here: Office) -> None:
    (preview,) = await here.command("preview funding")
    (refused,) = await here.press(buttons(preview)["Subscribe"], user="USTRANGER")
    assert "may not use subscribe" in shown(refused)


async def test_an_administrator_is_known_by_slack(here: Office) -> None:
    assert "Only an administrator" in shown(*(await here.command("audit")))
    assert "Only an administrator" not in shown(*(await here.command("audit", user="UADMIN")))


async def test_while_slack_does_not_say_who_somebody_is_nothing_is_changed(here: Office) -> None:
    here.slack.method_faults["users.info"].append(Fault(answer=web.Response(status=500, text="oops")))
    (refused,) = await here.command("subscribe funding")
    assert "try again in a minute" in shown(refused)
    assert "Subscribed" in shown(*(await here.command("subscribe funding")))


@pytest.mark.parametrize(
    ("channel", "cure"),
    [("C3", "/invite @bell"), ("G5", "/invite @bell"), ("C4", "archived")],
)
async def test_where_the_bot_may_not_post_the_exact_cure_is_told(here: Office, channel: str, cure: str) -> None:
    (refused,) = await here.command("subscribe funding", channel=channel)
    assert refused["response_type"] == "ephemeral"
    assert cure in shown(refused)


async def test_a_mention_is_answered_to_the_asker_in_its_thread(here: Office) -> None:
    await here.mention(f"<@{BOT}> recent", thread_ts="9.9")
    (answer,) = here.slack.ephemeral
    assert (answer["user"], answer["channel"], answer["thread_ts"]) == ("UANN", "C1", "9.9")
    assert "Scale AI" in shown(answer)
    await here.mention(f"<@{BOT}> subscribe funding")
    assert "Subscribed" in shown(here.slack.channels["C1"][-1])


async def test_a_direct_message_takes_the_same_words(here: Office) -> None:
    await here.message("recent")
    assert "Scale AI" in shown(here.slack.channels["DUANN"][-1])
    await here.message("subscribe funding")
    assert "Subscribed" in shown(here.slack.channels["DUANN"][-1])
    await here.message("alert me list")
    assert "funding" in shown(here.slack.channels["DUANN"][-1])
    assert not here.slack.ephemeral


async def test_an_articles_address_shows_the_storys_card(here: Office) -> None:
    await here.mention(f"<@{BOT}> <https://news.example/1>")
    assert {"Sources", "Watch", "Wrong…"} <= set(buttons(here.slack.ephemeral[-1]))
    await here.message("<https://news.example/1|news.example>")
    assert "Scale AI" in shown(here.slack.channels["DUANN"][-1])


@pytest.mark.parametrize(
    "more",
    [{"bot_id": "B2"}, {"subtype": "bot_message", "bot_id": "B3"}, {"user": BOT}, {"subtype": "message_changed"},
     {"subtype": "message_deleted"}, {"subtype": "channel_join"}, {"app_id": "A9", "bot_profile": {"id": "B9"}}],
)  # fmt: skip
async def test_bots_workflows_and_the_bot_itself_are_not_answered(here: Office, more: dict[str, str]) -> None:
    await here.message("recent", **more)
    await here.mention(f"<@{BOT}> recent", **more)
    assert not here.slack.channels
    assert not here.slack.ephemeral


async def test_messages_in_channels_that_do_not_mention_the_bot_are_let_be(here: Office) -> None:
    await here.event({"type": "message", "channel_type": "channel", "user": "UANN", "text": "recent", "channel": "C1"})
    assert not here.slack.calls


async def test_find_deals_in_this_message_answers_the_asker_alone(here: Office) -> None:
    (found,) = await here.shortcut("find_deals", "I read that Acme raised money from Sequoia")
    assert found["response_type"] == "ephemeral"
    assert "Acme" in shown(found)
    assert "Acme" in buttons(found)
    (known,) = await here.shortcut("find_deals", "see <https://news.example/1>")
    assert "Scale AI" in shown(known)
    (nothing,) = await here.shortcut("find_deals", "")
    assert nothing["response_type"] == "ephemeral"


@pytest.mark.parametrize("text", ["recent", "subscribe funding", "list", "nonsense"])
async def test_in_two_peoples_direct_messages_the_asker_alone_is_answered(here: Office, text: str) -> None:
    (answer,) = await here.command(text, channel="DTWO")
    assert answer["response_type"] == "ephemeral"
    (found,) = await here.shortcut("find_deals", "Acme raised money", channel="DTWO")
    assert found["response_type"] == "ephemeral"


async def test_where_the_bot_is_not_in_the_direct_messages_it_answers_in_its_own(here: Office) -> None:
    here.slack.rooms["DTWO"] = {"hidden": True}
    here.slack.answer_faults.append(Fault(answer=web.Response(status=404)))
    await here.command("recent", channel="DTWO")
    assert "Scale AI" in shown(here.slack.channels["DUANN"][-1])
    await here.command("chart", channel="DTWO")
    assert [file["channel"] for file in here.slack.files] == ["DUANN"]


async def test_what_do_we_know_about_this_company(here: Office) -> None:
    (found,) = await here.shortcut("about_company", "How is Scale AI doing?")
    assert found["response_type"] == "ephemeral"
    assert "Scale AI" in shown(found)
    assert "s1" in shown(found)


async def test_a_shortcut_reads_blocks_and_attachments_too(here: Office) -> None:
    block = {"type": "rich_text", "elements": [{"elements": [{"type": "text", "text": "Acme raised"}]}]}
    assert "Acme" in shown(*(await here.shortcut("find_deals", "", blocks=[block])))
    assert "Acme" in shown(*(await here.shortcut("find_deals", "", attachments=[{"text": "Acme raised"}])))


async def test_one_delivery_twice_has_one_effect(here: Office) -> None:
    payload = here.command_payload("subscribe funding")
    first = await here.slack.envelope("slash_commands", payload)
    await here.slack.acked(first)
    await here.settled()
    await here.slack.envelope("slash_commands", payload, name=first, retry=1)
    await here.slack.until(lambda: len(here.slack.acks[first]) == 2)
    await here.settled()
    assert len(here.answers_to(payload)) == 1
    event = {"type": "app_mention", "user": "UANN", "text": f"<@{BOT}> watch Acme", "channel": "C1", "ts": "1.1"}
    name = await here.event(event)
    await here.event(event, name=name)
    assert len(here.slack.channels["C1"]) == 1


JUNK: list[dict[str, Any]] = [
    {}, {"type": "event_callback"}, {"type": "event_callback", "event": {"type": "message"}},
    {"type": "event_callback", "event": {"type": "app_mention", "user": 5, "text": ["x"], "channel": {}}},
    {"type": "event_callback", "event": {"type": "message", "channel_type": "im", "user": "UANN", "files": 7}},
    {"type": "event_callback", "event": {"type": "channel_rename", "channel": "C1"}},
    {"type": "event_callback", "event": {"type": "tokens_revoked", "tokens": ["x"]}},
    {"type": "block_actions", "actions": [{"action_id": "card:sources", "block_id": "b", "type": "button"}]},
    {"type": "block_actions", "actions": [{"action_id": "say:0", "block_id": "b", "value": "x" * 9000}]},
    {"type": "message_action", "callback_id": "find_deals", "message": "text"},
    {"type": "view_submission", "view": {"callback_id": "edit", "private_metadata": "{", "state": []}},
    {"type": "view_submission", "view": {"callback_id": "watch", "state": {"values": {"companies": 5}}}},
    {"command": "/deals"}, {"command": "/deals", "text": None, "user_id": None},
]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
async def test_payloads_of_any_shape_do_no_harm(here: Office, junk: dict[str, Any]) -> None:
    for kind in ("events_api", "interactive", "slash_commands"):
        await here.slack.envelope(kind, junk | {"team_id": "T1"})
    await here.settled()
    assert "Scale AI" in shown(*(await here.command("recent")))


async def test_unknown_events_are_acknowledged_and_passed_over(here: Office) -> None:
    await here.event({"type": "something_new", "user": "UANN"})
    await here.hand("interactive", here.press_payload("somebody:elses", "1"))
    assert not here.slack.answers


async def test_a_csv_that_comes_with_a_message_is_imported(here: Office) -> None:
    here.slack.downloads["w.csv"] = b"name,aliases\nAcme,Acme Inc\nCove,\n"
    address = here.slack.url.replace("/slack/api/", "/files/w.csv")
    file = {"name": "w.csv", "filetype": "csv", "size": 40, "url_private": address}
    await here.message("watch import", files=[file], subtype="file_share")
    assert "2 companies added" in shown(here.slack.channels["DUANN"][-1])


@pytest.mark.parametrize(
    "file",
    [{"filetype": "png", "size": 10}, {"filetype": "csv", "size": 10_000_000},
     {"filetype": "csv", "size": 10, "url_private": "http://evil.example/w.csv"}],
)  # fmt: skip
async def test_a_file_that_is_no_list_or_not_slacks_is_not_fetched(here: Office, file: dict[str, object]) -> None:
    here.slack.downloads["w.csv"] = b"name\nAcme\n"
    address = here.slack.url.replace("/slack/api/", "/files/w.csv")
    await here.message("watch import", files=[{"name": "w", "url_private": address} | file], subtype="file_share")
    assert "There is no file" in shown(here.slack.channels["DUANN"][-1])


async def test_a_chart_comes_as_a_file_with_words_that_describe_it(here: Office) -> None:
    (told,) = [each for each in await here.command("chart") if "direct message" in shown(each)]
    assert told["response_type"] == "ephemeral"
    (file,) = here.slack.files
    assert file["channel"] == "DUANN"
    assert file["content"].startswith(b"\x89PNG")
    assert "stories" in file["alt_txt"]


async def test_the_file_of_a_list_comes_in_a_direct_message(here: Office) -> None:
    await here.command("watch Acme")
    await here.message("watching export")
    await here.command("watching export")
    assert [file["channel"] for file in here.slack.files] == ["DUANN"]
    assert b"Acme" in here.slack.files[0]["content"]


async def test_a_file_that_slack_refuses_is_told(here: Office) -> None:
    here.slack.errors["files.getUploadURLExternal"] = {"error": "missing_scope", "needed": "files:write"}
    assert "files:write" in shown(*(await here.command("chart")))


def test_text_is_read_as_it_was_typed() -> None:
    assert plain_text("watch Scale domain:<http://scale.com|scale.com>") == "watch Scale domain:scale.com"
    assert plain_text("&lt;b&gt; AT&amp;T <#C1|deals> <!here>") == "<b> AT&T deals !here"
    assert plain_text("<https://a.example/x?y=1&amp;z=2>") == "https://a.example/x?y=1&z=2"
    assert plain_text("<https://evil.example/|https://good.example/>") == "https://evil.example/"
    assert words_for_bot(f"hey <@{BOT}> recent 7d", BOT) == "recent 7d"
    assert words_for_bot(f"recent <@{BOT}>", BOT) == "recent"
    assert words_for_bot("<@UOTHER|bell> recent", "") == "recent"
