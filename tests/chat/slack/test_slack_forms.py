"""A card's buttons, forms and the home page, through real sockets and the real bolt."""

import json
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.slack.home import home_view
from bot.chat.slack.replies import messages, reply_blocks
from bot.chat.slack.views import company_options, edit_form, meta_of, wrong_form
from bot.commands.overview import ChannelView, Held, Overview
from bot.model.enums import Kind
from bot.model.filter import Cadence, Delivery, Filter
from bot.model.request import Button, Reply
from tests.chat.faults import Fault
from tests.chat.slack.blockkit import message_problems, option_problems, view_problems
from tests.chat.slack.fake import Body
from tests.chat.slack.office import Office, buttons, office, shown
from tests.chat.strategies import HOSTILE, cards, patient, spans
from tests.stories.telling import bid, raises

PICKED = {"type": "static_select"}


@pytest.fixture
async def here() -> AsyncIterator[Office]:
    async with office() as opened:
        opened.talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", url="https://news.example/1"))
        opened.talk.told("s2", raises("Reuters", 0, "Cove"))
        yield opened


def card_button(name: str, story: str = "s1") -> Body:
    return {"action_id": f"card:{name}", "value": story}


def picked(value: str) -> Body:
    return {"x": {"selected_option": {"value": value}}}


def edit_values(**changes: Body) -> Body:
    return {
        "kinds": {"kinds": {"selected_options": [{"value": "funding"}, {"value": "ipos"}]}},
        "filters": {"filters": {"value": "min:20m"}},
        "cadence": picked("daily"),
        "weekday": picked("mon"),
        "at": {"at": {"selected_time": "08:30"}},
        "zone": picked("Europe/Berlin"),
        "threads": picked("on"),
    } | changes


async def test_sources_shows_the_evidence_to_who_pressed(here: Office) -> None:
    (answer,) = await here.press(card_button("sources"))
    assert answer["response_type"] == "ephemeral"
    assert not answer["replace_original"]
    assert "confidence" in shown(answer)


async def test_watch_on_a_card_watches_its_company_or_asks_which(here: Office) -> None:
    (which,) = await here.press(card_button("watch"))
    assert "Which company?" in shown(which)
    (told,) = await here.press(buttons(which)["Watch Scale AI"], passing=True)
    assert told["response_type"] == "in_channel"
    assert "*Watched:* Scale AI" in shown(told)
    assert "*Watched:* Cove" in shown(*(await here.press(card_button("watch", "s2"))))
    assert "may not use watch" in shown(*(await here.press(card_button("watch", "s2"), user="USTRANGER")))


async def test_wrong_on_a_card_opens_a_form_whose_answer_is_stored(here: Office) -> None:
    await here.press(card_button("wrong"))
    view = here.last_view()
    assert view["callback_id"] == "wrong"
    assert "Scale AI" in shown(view)
    assert await here.submit(view, {"reason": {}, "note": {}}) == {
        "response_action": "errors", "errors": {"reason": "Choose what is wrong."},
    }  # fmt: skip
    values = {"reason": picked("wrong_facts"), "note": {"note": {"value": 'it is "49%"\nnot 50'}}}
    assert await here.submit(view, values) == {}
    assert "Thank you" in shown(here.slack.ephemeral[-1])
    with here.talk.store.read() as db:
        row = db.execute("SELECT reason, note, user_id FROM feedback").fetchone()
    assert tuple(row) == ("wrong_facts", "it is '49%' not 50", "UANN")
    assert "1 report of errors" in shown(*(await here.command("status")))


async def test_a_form_on_a_story_that_is_gone_says_so(here: Office) -> None:
    await here.press(card_button("wrong", "gone"))
    assert "not there any more" in shown(here.last_view())


async def test_where_slack_does_not_open_a_form_it_is_told(here: Office) -> None:
    here.slack.errors["views.open"] = {"error": "expired_trigger_id"}
    assert "did not open the form" in shown(*(await here.press(card_button("wrong"))))


async def test_a_subscription_is_edited_in_a_form(here: Office) -> None:
    await here.command("subscribe funding min:10m")
    (listed,) = await here.command("list")
    await here.press(buttons(listed)["Edit 1…"], passing=True)
    view = here.last_view()
    assert "#deals" in shown(view)
    assert '"initial_value": "min:10m"' in json.dumps(view)
    assert await here.submit(view, edit_values()) == {}
    told = shown(*here.slack.channels["C1"])
    assert "daily at 08:30" in told
    assert "funding,ipos min:20m daily@08:30 threads:on" in shown(*(await here.command("list")))
    assert "Europe/Berlin" in shown(*(await here.command("settings")))


async def test_errors_of_a_form_stand_in_the_field(here: Office) -> None:
    await here.command("subscribe funding")
    await here.command("edit 1")
    view = here.last_view()
    bad = edit_values(kinds={"kinds": {"selected_options": []}}, filters={"filters": {"value": "mn:10m"}})
    twice = edit_values(filters={"filters": {"value": "threads:off"}})
    assert "field of their own" in (await here.submit(view, twice))["errors"]["filters"]
    told = await here.submit(view, bad)
    assert told["response_action"] == "errors"
    assert "Choose at least one" in told["errors"]["kinds"]
    assert "Did you mean min:?" in told["errors"]["filters"]
    assert "funding" in shown(*(await here.command("list")))


async def test_who_may_not_configure_edits_nothing_by_a_form_either(here: Office) -> None:
    await here.command("subscribe funding")
    await here.command("edit 1")
    await here.submit(here.last_view(), edit_values(), user="UGUEST")
    assert "may not use" in shown(here.slack.ephemeral[-1])
    assert "ipos" not in shown(*(await here.command("list")))


async def test_a_form_sent_twice_has_one_effect(here: Office) -> None:
    await here.command("subscribe funding")
    await here.command("edit 1")
    for _ in range(2):
        assert await here.submit(here.last_view(), edit_values(), name="twice") == {}
    assert len(here.slack.channels["C1"]) == 1


async def test_companies_are_added_from_a_list_that_completes_names(here: Office) -> None:
    await here.command("watch")
    view = here.last_view()
    names = [each["value"] for each in await here.suggest("pick:company", "sc")]
    assert names == ["Scale AI", "sc"]
    told = await here.submit(view, {"companies": {"c": {"selected_options": []}}})
    assert "companies" in told["errors"]
    chosen = {"companies": {"c": {"selected_options": [{"value": "Scale AI"}, {"value": 'New "Co", Inc'}]}}}
    await here.submit(view, chosen)
    assert "2 companies added" in shown(here.slack.channels["C1"][-1])
    assert "Scale AI" in shown(*(await here.command("watching")))


async def test_time_zones_are_completed(here: Office) -> None:
    found = await here.suggest("pick:zone", "berl")
    assert found[0]["value"] == "Europe/Berlin"
    assert option_problems(found) == []


async def test_the_home_page_shows_what_one_may_see_and_follows_what_changes(here: Office) -> None:
    await here.command("subscribe funding", channel="C1")
    await here.command("subscribe ipos", channel="C2", user="UADMIN")
    await here.event({"type": "app_home_opened", "user": "UANN", "tab": "home", "channel": "DUANN"})
    page = here.slack.homes["UANN"]
    assert "<#C1>" in shown(page)
    assert "<#C2>" not in shown(page)
    assert "Scale AI" in shown(page)
    assert "Slack: connected" in shown(page)
    await here.command("watch Acme")
    await here.slack.until(lambda: "Watched: Acme" in shown(here.slack.homes["UANN"]))


async def test_a_subscription_is_edited_and_paused_from_the_home_page(here: Office) -> None:
    await here.command("subscribe funding")
    await here.event({"type": "app_home_opened", "user": "UANN", "tab": "home"})
    page = buttons(here.slack.homes["UANN"])
    await here.press_at_home(page["Edit…"])
    await here.submit(here.last_view(), edit_values())
    assert "daily at 08:30" in shown(here.slack.homes["UANN"])
    assert "daily at 08:30" in shown(here.slack.channels["C1"][-1])
    await here.press_at_home({"action_id": "home:pause", "value": "C1"})
    assert "paused" in shown(here.slack.homes["UANN"])
    await here.press_at_home(buttons(here.slack.homes["UANN"])["Resume"])
    assert "paused:" not in shown(here.slack.homes["UANN"])
    await here.press_at_home({"action_id": "home:watch", "value": "C1"})
    await here.submit(here.last_view(), {"companies": {"c": {"selected_options": [{"value": "Acme"}]}}})
    assert "Watched: Acme" in shown(here.slack.homes["UANN"])


async def test_the_home_page_sends_a_test_card_and_the_commands(here: Office) -> None:
    await here.event({"type": "app_home_opened", "user": "UANN", "tab": "home"})
    page = buttons(here.slack.homes["UANN"])
    await here.press_at_home(page["Send me a test card"])
    assert "Example Robotics" in shown(here.slack.channels["DUANN"][-1])
    assert "in our direct messages" in shown(here.slack.homes["UANN"])
    await here.press_at_home(page["Commands"])
    assert "subscribe" in shown(here.slack.channels["DUANN"][-1])
    here.slack.method_faults["chat.postMessage"].append(Fault(reset=True))
    await here.press_at_home(page["Send me a test card"])
    assert "did not take" in shown(here.slack.homes["UANN"])


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"channel": 5}', "C1" * 900])
async def test_a_home_button_with_a_strange_value_does_no_harm(here: Office, junk: str) -> None:
    for name in ("edit", "watch", "pause", "resume", "nothing"):
        await here.press_at_home({"action_id": f"home:{name}", "value": junk})


texts = st.text(max_size=200) | st.sampled_from(HOSTILE)
filters = st.builds(
    Filter,
    kinds=st.frozensets(st.sampled_from(Kind), min_size=1),
    companies=st.lists(texts, max_size=2).map(tuple),
    keywords=st.lists(texts, max_size=2).map(tuple),
    watched=st.booleans(),
)
deliveries = st.builds(
    Delivery,
    cadence=st.sampled_from(Cadence),
    at=st.times(),
    weekday=st.integers(0, 6),
    threads=st.sampled_from([None, True, False]),
)
held = st.builds(Held, id=st.text("abcdefgh23456789", min_size=8, max_size=8), filter=filters, delivery=deliveries)
lines = st.lists(spans, max_size=5).map(tuple)
channels = st.builds(
    ChannelView,
    external_id=st.sampled_from(["C1", "@U1", "GX99", "<!here>"]),
    name=texts,
    paused=st.none() | texts,
    zone=st.just("Europe/Berlin"),
    subscriptions=st.lists(held, max_size=6).map(tuple),
    watched=st.lists(texts, max_size=3).map(tuple),
    watched_count=st.integers(0, 5000),
)
overviews = st.builds(
    Overview,
    status=st.lists(st.tuples(texts, texts), max_size=6).map(tuple),
    own=channels,
    channels=st.lists(channels, max_size=5).map(tuple),
    more=st.integers(0, 400),
    recent=st.lists(lines, max_size=5).map(tuple),
)
replies = st.builds(
    Reply,
    lines=st.lists(lines, max_size=60).map(tuple),
    cards=st.lists(cards, max_size=3).map(tuple),
    buttons=st.lists(st.builds(Button, label=texts, command=texts, danger=st.booleans()), max_size=9).map(tuple),
)


@settings(patient, max_examples=25)
@given(overviews, texts)
def test_every_home_page_fits(overview: Overview, notice: str) -> None:
    assert view_problems(home_view(overview, notice=notice)) == []


@patient
@given(held, texts, st.fixed_dictionaries(dict.fromkeys(("channel", "name", "thread", "home"), texts)))
def test_every_form_fits(held: Held, text: str, meta: dict[str, str]) -> None:
    for view in (wrong_form("s1", text, meta), edit_form(held, "Europe/Berlin", text, meta)):
        assert view_problems(view) == []
        assert meta_of(view).keys() >= meta.keys()


@patient
@given(replies)
def test_every_answer_fits(reply: Reply) -> None:
    made = messages(reply)
    assert len(made) <= 5
    for text, blocks in [*made, (made[0][0], reply_blocks(reply))]:
        assert message_problems({"text": text, "blocks": blocks}) == []


def test_many_channels_fit_on_a_home_page_and_the_rest_is_counted() -> None:
    mine = tuple(Held(id=f"s{n}", filter=Filter(), delivery=Delivery()) for n in range(9))
    view = ChannelView(
        external_id="C1", name="", paused="x", zone="UTC", subscriptions=mine, watched=("Acme",), watched_count=3
    )
    page = home_view(Overview(status=(), own=view, channels=(view,) * 15, more=7, recent=()))
    assert view_problems(page) == []
    drawn = shown(page).count("<#C1>")
    assert f"and {15 - drawn + 7} more channels" in shown(page)


@given(texts, st.lists(texts, max_size=200))
def test_every_completion_fits(begin: str, names: list[str]) -> None:
    assert option_problems(company_options(begin, names)) == []
