"""What happens to channels, workspaces and the app; links; all through real sockets and the real bolt."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.commands.front import Place
from bot.commands.overview import ChannelView
from bot.model.enums import Platform
from tests.chat.slack.fake import BOT
from tests.chat.slack.office import Office, office, shown
from tests.stories.telling import bid

URL = "https://news.example/1"


@pytest.fixture
async def here() -> AsyncIterator[Office]:
    async with office() as opened:
        yield opened


async def seen(here: Office, channel: str = "C1") -> ChannelView:
    found = await here.front.view(Place(platform=Platform.SLACK, workspace="T1", channel=channel))
    assert found is not None
    return found


def notices(here: Office) -> list[str]:
    with here.talk.store.read() as db:
        return [row[0] for row in db.execute("SELECT note FROM cards WHERE subject LIKE 'notice:%'").fetchall()]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"type": "channel_archive", "channel": "C1", "user": "UADMIN"}, "archived"),
        ({"type": "group_archive", "channel": "C1"}, "archived"),
        ({"type": "channel_deleted", "channel": "C1"}, "deleted"),
        ({"type": "channel_left", "channel": "C1"}, "/invite @bell"),
        ({"type": "group_left", "channel": "C1"}, "/invite @bell"),
        ({"type": "member_left_channel", "channel": "C1", "user": BOT}, "/invite @bell"),
    ],
)
async def test_a_channel_that_is_lost_pauses_and_one_person_is_told_once(
    here: Office, event: dict[str, str], words: str
) -> None:
    await here.command("subscribe funding")
    await here.event(event)
    await here.event(event)
    assert words in ((await seen(here)).paused or "")
    (notice,) = notices(here)
    assert words in notice


async def test_somebody_else_who_leaves_changes_nothing(here: Office) -> None:
    await here.command("subscribe funding")
    await here.event({"type": "member_left_channel", "channel": "C1", "user": "UANN"})
    assert (await seen(here)).paused is None


async def test_new_names_of_channels_and_workspaces_are_noted(here: Office) -> None:
    await here.command("subscribe funding")
    await here.event({"type": "channel_rename", "channel": {"id": "C1", "name": "big-deals"}})
    await here.event({"type": "team_rename", "name": "Acme Worldwide"})
    with here.talk.store.read() as db:
        assert db.execute("SELECT name FROM channels WHERE external_id = 'C1'").fetchone()[0] == "big-deals"
        assert db.execute("SELECT name FROM workspaces WHERE external_id = 'T1'").fetchone()[0] == "Acme Worldwide"


async def test_a_channel_with_a_new_id_keeps_what_it_has(here: Office) -> None:
    await here.command("subscribe funding")
    await here.command("watch Ryanair")
    await here.event({"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C77"})
    moved = await seen(here, "C77")
    assert len(moved.subscriptions) == 1
    assert moved.watched == ("Ryanair",)
    assert not (await seen(here)).subscriptions


@pytest.mark.parametrize(("old", "new"), [("C1", "C2"), ("C1", None), ("C9", "C77"), ({}, [])])
async def test_a_new_id_that_is_known_or_none_changes_nothing(here: Office, old: object, new: object) -> None:
    await here.command("subscribe funding")
    await here.command("subscribe ipo", channel="C2")
    before = await seen(here), await seen(here, "C2")
    await here.event({"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new})
    assert (await seen(here), await seen(here, "C2")) == before


@pytest.mark.parametrize("event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": [BOT]}}])
async def test_where_the_app_is_taken_out_every_channel_pauses(here: Office, event: dict[str, object]) -> None:
    await here.command("subscribe funding")
    await here.command("subscribe funding", channel="C2")
    await here.event(event)
    assert "install it again" in ((await seen(here)).paused or "")
    assert "install it again" in ((await seen(here, "C2")).paused or "")


async def test_when_the_app_is_back_its_channels_go_on(here: Office) -> None:
    await here.command("subscribe funding")
    await here.command("subscribe funding", channel="C2")
    await here.command("pause", channel="C2")
    await here.event({"type": "app_uninstalled"})
    await here.chat.stop()
    await here.chat.start()
    await here.chat.listen(here.front)
    assert (await seen(here)).paused is None
    assert (await seen(here, "C2")).paused == "by Ann"


async def test_a_persons_revoked_token_changes_nothing(here: Office) -> None:
    await here.command("subscribe funding")
    await here.event({"type": "tokens_revoked", "tokens": {"oauth": ["UANN"]}})
    assert (await seen(here)).paused is None


def link(*urls: str, channel: str = "C1", user: str = "UANN") -> dict[str, object]:
    links = [{"url": url, "domain": "news.example"} for url in urls]
    return {"type": "link_shared", "channel": channel, "user": user, "message_ts": "5.5", "links": links}


async def test_links_stay_as_they_are_unless_it_is_switched_on(here: Office) -> None:
    here.talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", url=URL))
    await here.event(link(URL))
    assert not here.slack.unfurled


async def test_a_link_becomes_a_card_with_good_manners() -> None:
    async with office(access={"unfurl": True}) as here:
        here.talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", url=URL))
        await here.event(link(URL))
        (unfurled,) = here.slack.unfurled
        assert (unfurled["channel"], unfurled["ts"]) == ("C1", "5.5")
        assert "Scale AI" in shown(unfurled["unfurls"][URL])
        await here.event(link(URL))
        assert len(here.slack.unfurled) == 1
        await here.event(link(URL, channel="C2"))
        assert len(here.slack.unfurled) == 2
        here.talk.now += timedelta(minutes=31)
        await here.event(link(URL))
        assert len(here.slack.unfurled) == 3
        here.talk.now += timedelta(minutes=31)
        for user in ("UANN", "UADMIN", "UANN"):
            await here.event(
                link(URL, channel="COMPOSER", user=user) | {"unfurl_id": user, "source": "composer", "message_ts": ""}
            )
        assert [each["unfurl_id"] for each in here.slack.unfurled[3:]] == ["UANN", "UADMIN"]
        del here.slack.unfurled[3:]
        for event in (link(URL, URL + "2", URL + "3"), link(URL, user=BOT), link(URL + "unknown")):
            await here.event(event)
        assert len(here.slack.unfurled) == 3
