"""Buttons and forms, also of messages that were sent before a restart."""

import pytest

from bot.chat.discord.client import DiscordChat
from bot.commands.front import Front
from bot.model.alert import Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel, Workspace
from bot.store import channels, forgetting, seen, watching
from bot.stories.card import card
from bot.viewing import story_for
from tests.chat.discord.answers import DEFER, DEFER_UPDATE, FORM
from tests.chat.discord.fake import FakeDiscord
from tests.chat.discord.people import READER, Person
from tests.commands.talk import Talk

HERE = Channel(workspace=Workspace(id="w", platform=Platform.DISCORD, external_id="77"), external_id="501")
KEY = "a2b3c4d5e6f7g8h9"


def card_of(talk: Talk, story: str) -> Card:
    with talk.store.read() as db:
        found = story_for(db, story, viewer=None)
    assert found is not None
    return card(found)


@pytest.fixture
async def posted(discord: FakeDiscord, listening: DiscordChat, talk: Talk) -> dict[str, object]:
    """The card of a story, as it stands in the channel."""
    assert isinstance(await listening.post(HERE, card_of(talk, "s1"), key=KEY), Sent)
    return discord.channels["501"][-1]


def buttons(message: dict[str, object]) -> dict[str, dict[str, str]]:
    return {button["label"]: button for row in message["components"] for button in row["components"]}  # type: ignore[attr-defined]


def test_the_shape_of_a_cards_buttons(talk: Talk) -> None:
    from bot.chat.discord.buttons import card_view

    actions, links = card_view(card_of(talk, "s1"), key=KEY).to_components()
    assert [button["label"] for button in actions["components"]] == ["Sources", "Watch", "Wrong…"]  # type: ignore[index]
    assert all(f":{KEY}:s1" in button["custom_id"] for button in actions["components"])  # type: ignore[index]
    assert [button["label"] for button in links["components"]] == ["Reuters", "Wire"]  # type: ignore[index]


async def test_sources_shows_the_evidence_to_who_asks(posted: dict[str, object], alice: Person) -> None:
    answer = await alice.presses(buttons(posted)["Sources"], posted)
    assert (answer.kind, answer.ephemeral) == (DEFER, True)
    assert "2 reports" in answer.text


async def test_in_direct_messages_the_evidence_does_not_take_the_cards_place(
    posted: dict[str, object], alice: Person
) -> None:
    direct = alice.but(guild=None, channel="631")
    assert (await direct.presses(buttons(posted)["Sources"], posted)).kind == DEFER
    listed = await direct.types("deals help")
    assert (await direct.presses(listed.buttons["All commands"], listed.message or {})).kind == DEFER_UPDATE


async def test_watch_asks_which_company_and_watches_it_for_the_channel(
    posted: dict[str, object], talk: Talk, alice: Person
) -> None:
    which = await alice.presses(buttons(posted)["Watch"], posted)
    watched = await alice.presses(which.buttons["Watch Scale AI"], which.message or {})
    assert not watched.ephemeral
    assert "Watched:" in watched.text
    with talk.store.read() as db:
        assert db.execute("SELECT name FROM watches").fetchall() == [("Scale AI",)]
    undone = await alice.presses(watched.buttons["Undo"], watched.message or {})
    assert "Undone" in undone.text


async def test_who_may_not_configure_may_not_press_watch(posted: dict[str, object], bob: Person, talk: Talk) -> None:
    answer = await bob.presses(buttons(posted)["Watch"], posted)
    assert answer.ephemeral
    assert "You may not use watch here" in answer.text
    with talk.store.read() as db:
        assert watching.count(db, 1) == 0


async def test_wrong_opens_a_form_whose_reason_and_note_are_kept(
    posted: dict[str, object], talk: Talk, bob: Person
) -> None:
    asked = await bob.presses(buttons(posted)["Wrong…"], posted)
    assert asked.kind == FORM
    assert asked.form is not None
    thanked = await bob.submits(asked.form, reason="wrong_facts", what_would_be_right='It is $12M: "not" $14B')
    assert thanked.ephemeral
    assert "Thank you" in thanked.text
    with talk.store.read() as db:
        (told,) = forgetting.all_feedback(db)
    assert (told.story, told.reason) == ("s1", "wrong_facts")
    assert told.note == "It is $12M: 'not' $14B"


async def test_a_note_with_an_open_quotation_is_told_and_not_lost_in_silence(
    posted: dict[str, object], bob: Person
) -> None:
    asked = await bob.presses(buttons(posted)["Wrong…"], posted)
    assert asked.form is not None
    answer = await bob.submits(asked.form, reason="not_a_deal", what_would_be_right='it says "no deal')
    assert "Thank you" in answer.text


async def test_two_people_may_fill_in_the_same_form_at_once(
    posted: dict[str, object], talk: Talk, alice: Person, bob: Person
) -> None:
    one = await alice.presses(buttons(posted)["Wrong…"], posted)
    other = await bob.presses(buttons(posted)["Wrong…"], posted)
    assert one.form is not None
    assert other.form is not None
    await bob.submits(other.form, reason="duplicate")
    await alice.submits(one.form, reason="not_a_deal")
    with talk.store.read() as db:
        assert {told.reason for told in forgetting.all_feedback(db)} == {"duplicate", "not_a_deal"}


async def test_a_cards_buttons_work_after_a_restart(
    posted: dict[str, object], discord: FakeDiscord, listening: DiscordChat, front: Front, alice: Person
) -> None:
    await listening.stop()
    again = DiscordChat("MTIz.secret.token", discord.url)
    await again.start()
    await again.listen(front)
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2)
    await discord.gateway.told_guilds()
    for label in ("Sources", "Watch", "Wrong…"):
        answer = await alice.presses(buttons(posted)[label], posted)
        assert answer.form is not None or answer.text
    await again.stop()


async def test_paging_goes_on_in_place(talk: Talk, alice: Person) -> None:
    from tests.stories.telling import bid

    for number in range(25):
        talk.told(f"p{number}", bid("Reuters", number, f"Target {number}", "Buyer"))
    first = await alice.types("deals recent")
    assert "Page 1 of 3" in first.text
    second = await alice.presses(first.buttons["More"], first.message or {}, ephemeral=True)
    assert second.kind == DEFER_UPDATE
    assert "Page 2 of 3" in second.text
    assert set(second.buttons) == {"Back", "More"}


async def test_a_command_too_long_for_a_button_is_kept_and_works_after_a_restart(
    discord: FakeDiscord, listening: DiscordChat, front: Front, talk: Talk, alice: Person
) -> None:
    long = ",".join(f'"Company Number {n}"' for n in range(20))
    shown = await alice.types("deals ask", words=f"preview funding company:{long}")
    button = shown.buttons["Subscribe"]
    assert button["custom_id"].startswith("say:kept:")
    await listening.stop()
    await listening.start()
    await listening.listen(front)
    await discord.gateway.until(lambda: len(discord.gateway.identifies) == 2)
    await discord.gateway.told_guilds()
    done = await alice.presses(button, shown.message or {}, ephemeral=True)
    assert "Subscribed." in done.text
    assert not done.ephemeral
    with talk.store.write() as db:
        seen.forget_commands(db, before=talk.now.replace(year=2100))
    old = await alice.presses(button, shown.message or {}, ephemeral=True)
    assert "too old" in old.text


async def test_a_destructive_button_is_marked_and_asked_for_twice(talk: Talk, alice: Person) -> None:
    await alice.types("dealbell subscribe", kinds="funding")
    asked = await alice.types("dealbell forget-server")
    assert asked.buttons["Delete for good"]["style"] == 4
    await alice.presses(asked.buttons["Delete for good"], asked.message or {}, ephemeral=True)
    with talk.store.read() as db:
        assert list(channels.subscriptions(db)) == []


async def test_the_subscription_form_subscribes(talk: Talk, alice: Person) -> None:
    asked = await alice.types("dealbell subscribe-form")
    assert asked.form is not None
    done = await alice.submits(asked.form, what=["funding", "stakes"], company="Scale AI", least_amount="10m",
                               more_filters="-keyword:crypto", when="daily@09:00")  # fmt: skip
    assert not done.ephemeral
    assert "daily at 09:00" in done.text
    empty = await alice.types("dealbell subscribe-form")
    assert empty.form is not None
    assert "all deals and leadership changes" in (await alice.submits(empty.form)).text
    wrong = await alice.types("dealbell subscribe-form")
    assert wrong.form is not None
    told = await alice.submits(wrong.form, least_amount="lots")
    assert told.ephemeral
    assert "is no amount" in told.text
    with talk.store.read() as db:
        assert len(list(channels.subscriptions(db))) == 2


async def test_the_watch_list_form_takes_a_company_a_line(talk: Talk, alice: Person) -> None:
    asked = await alice.types("dealbell watch-list")
    assert asked.form is not None
    done = await alice.submits(asked.form, companies_one_a_line="Scale AI,ScaleAI,,scale.com\nCove\n\nMonzo")
    assert "3 companies added" in done.text
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM watches").fetchone()[0] == 3


async def test_a_form_for_another_channel_acts_there_and_takes_the_right_to(talk: Talk, alice: Person) -> None:
    asked = await alice.types("dealbell ask", words="watch", channel="502")
    assert asked.form is not None
    await alice.submits(asked.form, companies_one_a_line="Cove")
    with talk.store.read() as db:
        rows = db.execute("SELECT external_id FROM watches JOIN channels ON channels.id = channel_id").fetchall()
    assert rows == [("502",)]
    reader = alice.but(elsewhere=READER)
    for words in ("watch", "edit 1"):
        assert "You may not configure" in (await reader.types("dealbell ask", words=words, channel="502")).text


async def test_the_wrong_command_without_a_reason_opens_the_form(alice: Person) -> None:
    asked = await alice.types("deals wrong", story="s1")
    assert asked.form is not None
    assert "Told twice" in (await alice.submits(asked.form, reason="duplicate")).text


@pytest.mark.parametrize("name", ["say:", "card:burn:x:s1", "nonsense", "card:watch:k:../../etc"])
async def test_a_button_that_means_nothing_does_nothing(discord: FakeDiscord, alice: Person, name: str) -> None:
    before = discord.requests
    await alice.but(wait=False).presses({"custom_id": name}, {"id": "1", "content": "", "embeds": []})
    assert (await alice.types("deals recent")).ephemeral
    assert discord.requests == before + 2


async def test_a_subscription_is_edited_in_a_form_that_shows_it_as_it_is(talk: Talk, alice: Person) -> None:
    await alice.types("dealbell subscribe", kinds="funding", least="10m", filters="-keyword:x", delivery="daily@17:00")
    listed = await alice.types("deals list")
    asked = await alice.presses(listed.buttons["Edit 1…"], listed.message or {}, ephemeral=True)
    assert asked.form is not None
    parts = {label["label"]: label["component"] for label in asked.form["components"]}
    chosen = [each["value"] for part in ("What", "When") for each in parts[part]["options"] if each.get("default")]
    assert chosen == ["funding", "daily@17:00"]
    assert set(parts["More filters"]["value"].split()) == {"-keyword:x", "min:10m"}
    done = await alice.submits(asked.form, what="stakes", more_filters="min:20m", when="now")
    assert "Changed." in done.text
    with talk.store.read() as db:
        ((_, subscription),) = channels.subscriptions(db)
    assert (subscription.filter.minimum.value, subscription.delivery.cadence) == (20_000_000, "now")  # type: ignore[union-attr]


async def test_a_form_that_a_button_opened_gives_nobody_more_rights(talk: Talk, alice: Person, bob: Person) -> None:
    await alice.types("dealbell subscribe", kinds="funding")
    listed = await bob.types("deals list")
    asked = await bob.presses(listed.buttons["Edit 1…"], listed.message or {}, ephemeral=True)
    assert asked.form is not None
    assert "You may not use edit here" in (await bob.submits(asked.form, what="stakes")).text
    watch = await bob.types("deals ask", words="watch")
    assert watch.form is not None
    refused = await bob.submits(watch.form, companies_one_a_line="Cove")
    assert "You may not use watch here" in refused.text
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM watches").fetchone()[0] == 0
