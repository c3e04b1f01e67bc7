"""One person's script against the bot in Slack: suggestions, texts, presses, forms, home pages, files."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.slack.listener import ABOUT, FOUND
from bot.chat.slack.views import PICK_COMPANY, PICK_ZONE
from bot.commands.manners import ANYTHING, COSTLY, PAGES, SUGGESTIONS, Manners, Pace
from bot.model.enums import Platform
from tests.chat.slack.fake import BOT, Body
from tests.chat.slack.office import Office, office, shown

BUTTON = {"action_id": "say:0", "value": "recent"}
OPENED = {"type": "app_home_opened", "user": "UANN", "tab": "home"}


@pytest.fixture
async def here() -> AsyncIterator[Office]:
    """An office in which no time passes for the limits."""
    async with office() as made:
        made.front._manners = Manners(lambda: 0.0)
        yield made


def exhaust(here: Office, pace: Pace, user: str = "UANN") -> None:
    while here.front.admits(Platform.SLACK, user, pace):
        pass


def noted(here: Office) -> int:
    """How many deliveries the store has taken note of: each is a write."""
    with here.talk.store.read() as db:
        return int(db.execute("SELECT count(*) FROM seen").fetchone()[0])


async def test_beyond_the_limit_of_suggestions_a_list_is_empty_at_once(here: Office) -> None:
    for _ in range(SUGGESTIONS.burst):
        assert await here.suggest(PICK_COMPANY, "Sca")
    assert await here.suggest(PICK_COMPANY, "Sca") == []
    assert await here.suggest(PICK_ZONE, "Berlin") == []
    assert await here.command("recent")  # commands go on


@pytest.mark.parametrize("name", [FOUND, ABOUT])
async def test_who_lets_message_after_message_be_read_is_told_when_to_go_on(here: Office, name: str) -> None:
    for _ in range(COSTLY.burst):
        (told,) = await here.shortcut(name, "Nothing of note today")
        assert "Please wait" not in shown(told)
    (told,) = await here.shortcut(name, "Nothing of note today")
    assert "take a while" in shown(told)
    assert "Please wait 6 seconds and ask again" in shown(told)


@pytest.mark.parametrize("way", ["press", "command that opens a form", "home", "message", "mention", "shortcut"])
async def test_a_script_that_never_stops_is_acknowledged_and_costs_no_write_and_no_call(here: Office, way: str) -> None:
    await here.command("subscribe funding")
    exhaust(here, ANYTHING)
    before, calls = noted(here), len(here.slack.calls)
    answers = len(here.slack.answers)
    for _ in range(3):
        match way:
            case "press":
                await here.press(BUTTON)
            case "command that opens a form":
                await here.command("edit 1")
            case "home":
                await here.press_at_home({"action_id": "home:test", "value": "test"})
            case "message":
                await here.message("recent")
            case "mention":
                await here.mention("<@UBELL> recent")
            case _:
                await here.shortcut(FOUND, "Acme raises $10M")
    assert (noted(here), len(here.slack.calls), len(here.slack.answers)) == (before, calls, answers)
    assert await here.command("recent", user="UADMIN")


async def test_a_form_that_a_script_sends_again_and_again_changes_nothing_more(here: Office) -> None:
    await here.command("watch")
    view = here.last_view()
    values: Body = {"companies": {PICK_COMPANY: {"selected_options": [{"value": "Acme"}]}}}
    exhaust(here, ANYTHING)
    assert await here.submit(view, values) == {}
    assert "Acme" not in shown(*(await here.command("watching", user="UADMIN")))
    await here.submit(view, values, user="UADMIN")
    assert "Acme" in shown(*(await here.command("watching", user="UADMIN")))


async def test_a_home_page_is_drawn_anew_only_so_often(here: Office) -> None:
    for _ in range(PAGES.burst + 4):
        await here.event(OPENED)
    methods = [method for method, _ in here.slack.calls]
    assert methods.count("views.publish") == methods.count("users.conversations") == PAGES.burst
    await here.event(OPENED | {"user": "UADMIN"})
    assert "UADMIN" in here.slack.homes


async def test_test_cards_do_not_rain(here: Office) -> None:
    for _ in range(PAGES.burst + 4):
        await here.press_at_home({"action_id": "home:test", "value": "test"})
    assert len(here.slack.channels["DUANN"]) == PAGES.burst


async def test_file_after_file_is_not_downloaded_and_the_person_is_told(here: Office) -> None:
    here.slack.downloads["w.csv"] = b"name\nAcme\n"
    address = here.slack.url.replace("/slack/api/", "/files/w.csv")
    file = {"name": "w.csv", "filetype": "csv", "size": 10, "url_private": address}
    exhaust(here, COSTLY)
    await here.message("watch import", files=[file], subtype="file_share")
    said = shown(here.slack.channels["DUANN"][-1])
    assert "take a while" in said
    assert "Acme" not in said


async def test_what_happens_to_channels_is_noted_whoever_floods(here: Office) -> None:
    await here.command("subscribe funding")
    for user in ("UANN", BOT):
        exhaust(here, ANYTHING, user)
    await here.event({"type": "channel_archive", "channel": "C1", "user": "UANN"})
    (told,) = await here.command("status", user="UADMIN")
    assert "archived" in shown(told)
