import pytest

from bot.commands.why import OUTCOMES
from bot.model.enums import Outcome, Platform
from bot.model.subscription import Channel
from bot.store import channels, decisions
from bot.store.decisions import Decision
from tests.commands.talk import NOW, Talk, words
from tests.stocked import workspace
from tests.stories.telling import bid

URL = "https://news.example/1"


@pytest.fixture
def talk() -> Talk:
    made = Talk()
    made.told("s1", bid("Reuters", 0, "Cove", "Meta", url=URL))
    return made


def decided(talk: Talk, outcome: Outcome, *, detail: str = "the reason", channel: str | None = "deals",
            of: str = "acme") -> None:  # fmt: skip
    with talk.db() as db:
        row = None
        if channel:
            where = Channel(workspace=workspace(db, of, platform=Platform.CONSOLE), external_id=channel)
            row = channels.channel_id(db, where)
        decisions.log(db, [Decision(item=1, outcome=outcome, detail=detail, story="s1", channel=row)], now=NOW)


@pytest.mark.parametrize("outcome", Outcome)
def test_whynot_answers_for_every_outcome_with_its_reason_and_the_story(talk: Talk, outcome: Outcome) -> None:
    decided(talk, outcome)
    told = words(talk.say(f"whynot {URL}"))
    assert OUTCOMES[outcome] in told
    assert "the reason" in told
    assert "Meta to buy Cove" in told


def test_whynot_takes_the_address_as_chats_wrap_it(talk: Talk) -> None:
    decided(talk, Outcome.FILTERED)
    assert "filters" in words(talk.say(f"whynot <{URL}|the article>"))
    assert "needs an article's address" in words(talk.say("whynot Cove"))


def test_whynot_tells_this_channels_decisions_and_nobody_elses(talk: Talk) -> None:
    decided(talk, Outcome.MUTED, detail="company Cove is muted here", channel="other")
    decided(talk, Outcome.FILTERED, detail="rival's filter", of="rival")
    decided(talk, Outcome.NO_EVENT, detail="nothing found", channel=None)
    told = words(talk.say(f"whynot {URL}"))
    assert "nothing found" in told
    assert "muted" not in told
    assert "rival" not in told


def test_an_item_is_unknown_once_its_log_is_dropped(talk: Talk) -> None:
    decided(talk, Outcome.FILTERED)
    with talk.db() as db:
        decisions.forget(db, before=NOW.replace(year=2030))
    assert "Not a known item" in words(talk.say(f"whynot {URL}"))


def test_why_names_the_rule_that_let_the_story_in_before_what_came_later(talk: Talk) -> None:
    decided(talk, Outcome.ALERTED, detail="kind acquisition is subscribed")
    decided(talk, Outcome.MERGED, detail="the channel has this story's card")
    assert "it was told here (kind acquisition is subscribed)" in words(talk.say("why s1"))
