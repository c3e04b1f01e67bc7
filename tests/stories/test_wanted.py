from datetime import timedelta

from bot.model.enums import Kind, Platform
from bot.model.filter import Filter
from bot.model.story import Fact, Story
from bot.model.subscription import Channel, Subscription, Workspace
from bot.stories.fold import fold
from bot.stories.wanted import is_fresh, wants
from tests.stories.telling import START, bid

CHANNEL = Channel(workspace=Workspace(id="w", platform=Platform.CONSOLE, external_id="local"), external_id="deals")
SUBSCRIPTION = Subscription(id="u", channel=CHANNEL, created=START)
TWO_DAYS = timedelta(hours=48)


def story(*facts: Fact) -> Story:
    return fold(facts, story_id="s1")


def test_a_subscribed_kind_is_wanted_and_another_is_not() -> None:
    found = story(bid("A", 1, "Cove", "Meta"))
    assert wants(SUBSCRIPTION, found).yes
    only_funds = Subscription(id="u", channel=CHANNEL, created=START, filter=Filter(kinds=frozenset({Kind.FUND})))
    assert wants(only_funds, found).reason == "kind acquisition is not subscribed"


def test_a_doubtful_story_waits_for_another_outlet() -> None:
    doubtful = bid("A", 1, "Cove", "Meta", confidence=0.41)
    assert wants(SUBSCRIPTION, story(doubtful)).reason == "confidence 0.41 is below 0.5"
    assert wants(SUBSCRIPTION, story(doubtful, bid("B", 2, "Cove", "Meta", confidence=0.41))).yes


def test_history_is_not_wanted() -> None:
    assert not wants(SUBSCRIPTION, story(bid("A", 1, "Cove", "Meta", background=True))).yes


def test_what_was_seen_before_the_subscription_stays_silent() -> None:
    fact = bid("A", -1, "Cove", "Meta")
    answer = is_fresh(fact, SUBSCRIPTION, now=START + timedelta(hours=1), max_age=TWO_DAYS)
    assert (answer.yes, answer.reason) == (False, "it was seen before the subscription was made")


def test_what_was_published_long_ago_stays_silent() -> None:
    fact = bid("A", 1, "Cove", "Meta")
    assert is_fresh(fact, SUBSCRIPTION, now=START + timedelta(hours=49), max_age=TWO_DAYS).yes
    late = is_fresh(fact, SUBSCRIPTION, now=START + timedelta(hours=50), max_age=TWO_DAYS)
    assert (late.yes, late.reason) == (False, "it was published more than 48 hours ago")


def test_one_fresh_report_makes_an_old_story_fresh() -> None:
    now = START + timedelta(hours=100)
    old, new = bid("A", 1, "Cove", "Meta"), bid("B", 99, "Cove", "Meta")
    assert not wants(SUBSCRIPTION, story(old), now=now).yes
    assert wants(SUBSCRIPTION, story(old, new), now=now).yes
