"""read, about, edit, watch story: what chats hand in for messages, links, forms and cards."""

import pytest

from bot.commands.forms import (
    feedback_words,
    filter_words,
    filters_problem,
    form_of,
    subscription_words,
    watch_list,
    zones_like,
)
from bot.commands.grammar import parse
from bot.commands.reading import link_in
from bot.commands.verb import Services
from bot.commands.words import split
from bot.model.enums import Kind, Status
from bot.model.event import Event
from tests.commands.talk import Talk, words
from tests.stories.telling import bid, raises

ACME = Event(kind=Kind.FUNDING, status=Status.ANNOUNCED, target="Acme", buyers=("Sequoia",), confidence=0.9)


def reader(*events: Event) -> Talk:
    return Talk(services=Services(read_text=lambda title, text: events if "Acme" in title + text else ()))


def test_the_deals_in_a_text_are_told_and_stored_nowhere() -> None:
    talk = reader(ACME)
    reply = talk.say("read", attachment="Acme raised money from Sequoia")
    assert "Acme raises" in words(reply)
    assert "stored nowhere" in words(reply)
    assert [button.command for button in reply.buttons] == ["company Acme", "company Sequoia"]
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM facts").fetchone()[0] == 0


def test_a_text_without_a_deal_says_so() -> None:
    assert "no deal" in words(reader().say("read the weather is fine"))


@pytest.mark.parametrize("typed", ["read https://news.example/1", "https://news.example/1",
                                   "<https://news.example/1|news.example>"])  # fmt: skip
def test_an_articles_address_shows_the_storys_card(typed: str) -> None:
    talk = Talk()
    talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", url="https://news.example/1"))
    assert [card.story for card in talk.say(typed).cards] == ["s1"]


def test_another_workspaces_own_story_is_not_shown_for_its_address() -> None:
    talk = Talk()
    with talk.db() as db:
        from tests.stocked import workspace

        other = workspace(db, "other").id
    from dataclasses import replace

    fact = replace(bid("Reuters", 0, "Scale AI", "Meta", url="https://news.example/1"), audience=other)
    talk.told("s1", fact, audience=other)
    assert not talk.say("read https://news.example/1").cards


def test_what_is_known_of_the_companies_in_a_text() -> None:
    talk = reader(ACME)
    talk.told("s1", raises("Reuters", 0, "Acme", "Sequoia"))
    told = words(talk.say("about", attachment="I hear Acme is hiring"))
    assert "Acme" in told
    assert "s1" in told
    assert "no company" in words(talk.say("about nothing at all"))


def test_a_link_is_known_in_every_form_that_chats_write() -> None:
    assert link_in("<https://a.example/x?y=1|shown>") == "https://a.example/x?y=1"
    assert link_in("https://a.example/x") == "https://a.example/x"
    assert link_in("httpsfoo") is None


def test_a_subscription_is_edited_by_its_place_and_the_edit_can_be_undone() -> None:
    talk = Talk()
    talk.say("subscribe funding min:10m")
    assert talk.say("edit 1 ipos daily@08:00").good
    told = words(talk.say("list"))
    assert "ipos daily@08:00" in told
    assert "funding" not in told
    talk.say("undo")
    assert "funding min:10m" in words(talk.say("list"))
    assert not talk.say("edit 2 ipos").good
    assert "edit 1 funding min:10m" in words(talk.say("edit 1"))
    assert talk.say("list").buttons[0].command == "edit 1"


def test_watching_from_a_card_asks_which_company_where_there_are_several() -> None:
    talk = Talk()
    talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta"))
    talk.told("s2", raises("Reuters", 0, "Cove"))
    assert [each.command for each in talk.say("watch story:s1").buttons] == ['watch "Scale AI"', "watch Meta"]
    assert "Watched: Cove" in words(talk.say("watch story:s2"))
    assert not talk.say("watch story:s9").good


@pytest.mark.parametrize("text", ["funding", "daily", "nonsense:1", 'company:"open', "backfill:5", "min:lots"])
def test_a_form_says_what_is_wrong_with_its_filters(text: str) -> None:
    assert filters_problem(text)


def test_a_form_makes_the_words_that_are_read_back() -> None:
    assert filters_problem('company:"Scale AI" min:10m') is None
    said = subscription_words(("funding", "ipos"), ' company:"Scale AI"  min:10m\n', "daily@09:00")
    wish = parse(split(said))
    assert wish.filter.kinds == {Kind.FUNDING, Kind.IPO}
    assert filter_words(wish.filter) == 'company:"Scale AI" min:10m'
    assert subscription_words((), "", "") == "all"


def test_a_command_without_its_details_asks_for_a_form() -> None:
    assert form_of("watch") == ("watch", "")
    assert form_of("Edit 2") == ("edit", "2")
    assert form_of("wrong k3m9x2ab") == ("wrong", "k3m9x2ab")
    assert [form_of(text) for text in ("watch Acme", "edit 2 all", "recent", "")] == [None] * 4


def test_a_note_may_hold_anything() -> None:
    talk = Talk()
    talk.told("s1", raises("Reuters", 0, "Cove"))
    assert talk.say(feedback_words("s1", "wrong_facts", 'it is "12" and it"s\nnot: 10')).good
    with talk.store.read() as db:
        assert db.execute("SELECT note FROM feedback").fetchone()[0] == "it is '12' and it's not: 10"


def test_several_companies_are_watched_in_one_step() -> None:
    talk = Talk()
    assert talk.say("watch import", attachment=watch_list(['Scale "AI"', "Cove, Inc"])).good
    assert "2 watched companies" in words(talk.say("watching"))
    talk.say("undo")
    assert "No company is watched" in words(talk.say("watching"))


def test_time_zones_are_found_by_any_part_of_the_name() -> None:
    assert zones_like("berl")[0] == "Europe/Berlin"
    assert "America/New_York" in zones_like("new york")
    assert len(zones_like("")) == 100
