"""What new items do to stories and to the outbox; events are made by hand, no text is read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.errors import WorkerTimeout
from bot.extraction import Extraction, Skip
from bot.model.alert import Alert
from bot.model.enums import Kind, Outcome, Platform, Status
from bot.model.feed import Feed
from bot.model.story import Fact, Story
from bot.recording import RECOUNT_AFTER, Reading, Recorded, record, recount
from bot.store import Store, decisions, outbox, stories
from bot.store.channels import channel_id
from bot.viewing import story_for
from tests.stocked import article, channel, feed, found, subscribe, workspace
from tests.stories.strategies import facts as any_facts
from tests.stories.strategies import sets_of
from tests.stories.telling import ANNOUNCED, RUMORED, START, bid, joins, raises, stake, usd

TWO_DAYS = timedelta(hours=48)


class Newsroom:
    """A store that is told facts, as the pipeline would, one poll each."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def tell(self, *told: Fact, by: Feed | None = None, silent: bool = False, now: datetime | None = None) -> Recorded:
        """Record what one poll brought: facts, each as an article of its outlet, seen when it was published."""
        readings = tuple(reading(fact) for fact in told)
        moment = now or max(fact.published for fact in told)
        return self.record(*readings, by=by, silent=silent, now=moment)

    def record(
        self, *readings: Reading, by: Feed | None = None, silent: bool = False, now: datetime = START
    ) -> Recorded:
        feed_of = by or feed(self.db)
        return record(self.db, readings, feed=feed_of, now=now, max_age=TWO_DAYS, silent=silent)

    def cards(self) -> list[Alert]:
        """Everything that is to be posted or edited, ever."""
        far = START + timedelta(days=999)
        return [alert for _, alert in outbox.due(self.db, now=far, platforms=Platform)]

    def deliver(self, now: datetime = START) -> list[Alert]:
        """Let a chat that never fails show everything."""
        far = START + timedelta(days=999)
        done = outbox.due(self.db, now=far, platforms=Platform)
        for row, alert in done:
            seen = story_for(self.db, alert.story, viewer=alert.channel.workspace.id)
            assert seen is not None
            outbox.sent(
                self.db, row, revision=alert.revision, message=alert.message or f"m-{alert.key}",
                sources=len(seen.sources), now=now,
            )  # fmt: skip
        return [alert for _, alert in done]

    def stories(self, viewer: str | None = None) -> list[Story]:
        """Every story that the viewer can see, the earliest first."""
        rows = self.db.execute("SELECT id FROM stories WHERE alias_of IS NULL ORDER BY created, id").fetchall()
        found = [story_for(self.db, row[0], viewer=viewer) for row in rows]
        return [each for each in found if each is not None]

    def why(self, name: str, viewer: str | None = None) -> list[tuple[Outcome, str]]:
        """What was decided about an article."""
        lines = decisions.of_url(self.db, f"https://news.example/{name}", viewer=viewer)
        return [(line.outcome, line.detail) for line in lines]


def reading(fact: Fact, **parts: Any) -> Reading:
    told = article(fact.id, title=fact.title, url=fact.url, source=fact.source)
    told = replace(told, **{"published": fact.published, **parts})
    return Reading(article=told, result=Extraction(events=(fact.event,), skipped=None))


def named(name: str, fact: Fact) -> Fact:
    return replace(fact, id=name)


@pytest.fixture
def news() -> Iterator[Newsroom]:
    store = Store(":memory:")
    with store.write() as db:
        feed(db)
        yield Newsroom(db)
    store.close()


@pytest.fixture
def place(news: Newsroom) -> int:
    """A channel of acme that is subscribed to everything."""
    return subscribe(news.db, channel(news.db))


def acme(news: Newsroom) -> str:
    return workspace(news.db).id


# which items alert


def test_a_fresh_item_asks_for_a_card(news: Newsroom, place: int) -> None:
    assert news.tell(named("a", bid("A", 0, "Cove", "Meta"))) == Recorded(items=1, events=1, stories=1, alerts=1)
    (card,) = news.cards()
    assert (card.message, card.revision) == (None, 1)
    assert news.stories()[0].id == card.story


def test_a_new_feeds_first_poll_is_stored_in_silence(news: Newsroom, place: int) -> None:
    assert news.tell(bid("A", 0, "Cove", "Meta"), silent=True) == Recorded(items=1, events=1, stories=1)
    assert news.cards() == []


def test_what_was_published_too_long_ago_is_silent(news: Newsroom, place: int) -> None:
    told = bid("A", 0, "Cove", "Meta")
    news.tell(told, now=START + timedelta(hours=49))
    assert news.cards() == []
    assert len(news.stories()) == 1


def test_what_came_before_the_subscription_is_silent(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db), created=START + timedelta(hours=1))
    news.tell(bid("A", 0, "Cove", "Meta"))
    assert news.cards() == []


def test_an_item_that_is_known_has_no_second_effect(news: Newsroom, place: int) -> None:
    told = bid("A", 0, "Cove", "Meta")
    news.tell(told)
    news.deliver()
    assert news.tell(told) == Recorded()
    assert news.cards() == []


def test_a_changed_title_or_date_posts_nothing_again(news: Newsroom, place: int) -> None:
    told = bid("A", 0, "Cove", "Meta")
    news.tell(told)
    news.deliver()
    changed = reading(told, title="Updated", published=START + timedelta(hours=9))
    assert news.record(changed, now=START + timedelta(hours=10)) == Recorded()
    assert news.cards() == []


def test_an_article_of_another_feed_is_one_source(news: Newsroom, place: int) -> None:
    told = named("a", bid("A", 0, "Cove", "Meta"))
    news.tell(told)
    assert news.tell(told, by=feed(news.db, "https://other.example/feed")) == Recorded(items=1)
    assert [len(story.facts) for story in news.stories()] == [1]
    assert news.why("a")[-1][0] is Outcome.MERGED


def test_an_article_without_a_date_counts_from_when_it_was_seen(news: Newsroom, place: int) -> None:
    news.record(reading(bid("A", 0, "Cove", "Meta"), published=None), now=START + timedelta(days=99))
    assert news.stories()[0].first_published == START + timedelta(days=99)
    assert len(news.cards()) == 1


def test_a_date_ahead_of_the_clock_counts_as_now(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 20, "Cove", "Meta"), now=START)
    assert news.stories()[0].first_published == START


def test_a_doubtful_story_posts_once_a_second_outlet_lifts_it(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta", confidence=0.41))
    assert news.cards() == []
    assert news.tell(bid("B", 1, "Cove", "Meta", confidence=0.41)).alerts == 1
    assert len(news.cards()) == 1


def test_a_doubtful_story_told_twice_by_one_outlet_stays_silent(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta", confidence=0.41))
    news.tell(bid("A", 1, "Cove", "Meta", confidence=0.41))
    assert news.cards() == []


def test_a_channel_gets_what_it_asked_for(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db, "ipos"), kinds=frozenset({Kind.IPO}))
    subscribe(news.db, channel(news.db, "takeovers"), kinds=frozenset({Kind.ACQUISITION}))
    news.tell(bid("A", 0, "Cove", "Meta"))
    assert [card.channel.external_id for card in news.cards()] == ["takeovers"]


def test_two_subscriptions_of_a_channel_make_one_card(news: Newsroom, place: int) -> None:
    subscribe(news.db, channel(news.db), kinds=frozenset({Kind.ACQUISITION}))
    assert news.tell(bid("A", 0, "Cove", "Meta")).alerts == 1
    assert len(news.cards()) == 1


def test_history_is_stored_and_silent(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta", background=True))
    assert news.cards() == []
    assert news.stories() == []
    assert news.db.execute("SELECT background, story_id FROM facts").fetchall() == [(1, None)]


def test_several_events_of_one_article_are_several_stories(news: Newsroom, place: int) -> None:
    told = reading(bid("A", 0, "Cove", "Meta"))
    assert isinstance(told.result, Extraction)
    both = (*told.result.events, joins("A", 0, "Jane Doe", "Cove", "CEO").event)
    done = news.record(replace(told, result=Extraction(events=both, skipped=None)))
    assert done == Recorded(items=1, events=2, stories=2, alerts=2)


def test_a_poll_is_told_from_its_oldest_item(news: Newsroom, place: int) -> None:
    news.tell(bid("B", 2, "Cove", "Meta", status=ANNOUNCED), bid("A", 1, "Cove", "Meta", status=RUMORED))
    (story,) = news.stories()
    assert [fact.source for fact in story.facts] == ["A", "B"]
    assert [card.revision for card in news.cards()] == [2]


# one card that is edited


def test_rumour_announcement_and_correction_are_one_card_that_says_what_changed(news: Newsroom, place: int) -> None:
    told = [
        stake("The Wire", 0, "Scale AI", "Meta", status=RUMORED, amount=usd(14_000)),
        stake("Reuters", 5, "Scale AI", "Meta", amount=usd(14_000)),
        stake("FT", 9, "Scale AI", "Meta", amount=usd(14_300)),
    ]
    cards = []
    for fact in told:
        news.tell(fact)
        cards += news.deliver()
    assert len({card.key for card in cards}) == 1
    assert [card.revision for card in cards] == [1, 2, 3]
    assert [card.note for card in cards] == [None, "now announced, was rumour", "amount now $14.3B, was $14B"]
    assert news.stories()[0].amount == usd(14_300)


def test_changes_before_the_card_is_posted_are_simply_in_it(news: Newsroom, place: int) -> None:
    news.tell(stake("The Wire", 0, "Scale AI", "Meta", status=RUMORED, amount=usd(14_000)))
    news.tell(stake("Reuters", 5, "Scale AI", "Meta", amount=usd(14_000)))
    assert [(card.message, card.revision, card.note) for card in news.cards()] == [(None, 2, None)]


def test_a_further_source_changes_nothing_at_once(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta"))
    assert news.cards() == []
    assert news.stories()[0].revision == 1


def test_further_sources_are_told_once_later(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta"))
    news.tell(bid("C", 1.1, "Cove", "Meta"))
    at = START + timedelta(hours=1) + RECOUNT_AFTER
    assert recount(news.db, now=at - timedelta(seconds=1)) == 0
    assert recount(news.db, now=at) == 1
    assert [(card.revision, card.note) for card in news.deliver()] == [(2, "3 sources now")]
    assert recount(news.db, now=at + timedelta(days=1)) == 0
    assert news.cards() == []


def test_a_change_tells_the_number_of_sources_too(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta"))
    news.tell(bid("C", 1.1, "Cove", "Meta", amount=usd(5)))
    assert [card.note for card in news.deliver()] == ["amount: $5M"]
    assert recount(news.db, now=START + timedelta(days=1)) == 0


def test_one_outlet_again_is_no_further_source(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("A", 1, "Cove", "Meta"))
    assert recount(news.db, now=START + timedelta(days=1)) == 0
    assert news.cards() == []


def test_an_old_story_that_hears_nothing_new_is_not_posted_late(news: Newsroom) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    subscribe(news.db, channel(news.db), created=START + timedelta(hours=1))
    news.tell(bid("B", 60, "Cove", "Meta"))
    assert news.cards() == []


def test_an_old_story_that_turns_is_posted(news: Newsroom) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    subscribe(news.db, channel(news.db), created=START + timedelta(hours=1))
    news.tell(bid("B", 60, "Cove", "Meta", status=Status.COMPLETED))
    assert [card.revision for card in news.cards()] == [2]


# two stories that turn out to be one


def two_that_are_one(news: Newsroom) -> tuple[Story, Story]:
    """An investor's and a company's side of one round, which only a third report joins."""
    news.tell(raises("A", 0, "Cove", amount=usd(50)))
    news.tell(raises("B", 1, None, "Lightspeed", "Accel", amount=usd(52)))
    first, second = news.stories()
    return first, second


def test_two_stories_joined_by_a_later_fact_keep_the_older_id(news: Newsroom, place: int) -> None:
    first, second = two_that_are_one(news)
    news.tell(raises("C", 2, "Cove", "Lightspeed", "Accel", amount=usd(51)))
    assert [story.id for story in news.stories()] == [first.id]
    assert stories.resolve(news.db, second.id) == first.id
    assert len(news.stories()[0].facts) == 3


def test_the_other_card_points_to_the_one_that_goes_on(news: Newsroom, place: int) -> None:
    first, second = two_that_are_one(news)
    news.deliver()
    news.tell(raises("C", 2, "Cove", "Lightspeed", "Accel", amount=usd(51)))
    assert {(card.story, card.moved) for card in news.deliver()} == {(first.id, False), (first.id, True)}
    assert second.id != first.id


def test_an_unsent_card_of_the_other_story_is_dropped(news: Newsroom, place: int) -> None:
    first, _ = two_that_are_one(news)
    news.tell(raises("C", 2, "Cove", "Lightspeed", "Accel", amount=usd(51)))
    assert [(card.story, card.moved) for card in news.cards()] == [(first.id, False)]


def test_a_channel_that_has_the_other_card_alone_sees_it_become_the_story(news: Newsroom) -> None:
    first, _ = two_that_are_one(news)
    subscribe(news.db, channel(news.db), created=START + timedelta(hours=1))
    news.tell(raises("D", 1.5, None, "Lightspeed", "Accel", amount=usd(52)))
    (posted,) = news.deliver()
    assert posted.story != first.id
    news.tell(raises("C", 2, "Cove", "Lightspeed", "Accel", amount=usd(51)))
    assert [(card.key, card.story, card.moved) for card in news.cards()] == [(posted.key, first.id, False)]


# a workspace's own feeds


@pytest.fixture
def own(news: Newsroom) -> Feed:
    return feed(news.db, "https://own.example/feed", of=workspace(news.db))


@pytest.fixture
def rival(news: Newsroom) -> str:
    """A second workspace, subscribed too."""
    subscribe(news.db, channel(news.db, "rivals", of="rival"))
    return workspace(news.db, "rival").id


def test_a_workspaces_own_feed_alerts_it_alone(news: Newsroom, place: int, own: Feed, rival: str) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"), by=own)
    assert [card.channel.workspace.id for card in news.cards()] == [acme(news)]
    assert len(news.stories(acme(news))) == 1
    assert news.stories(rival) == news.stories(None) == []


def test_a_workspaces_own_fact_changes_its_view_alone(news: Newsroom, place: int, own: Feed, rival: str) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta", amount=usd(5)), by=own)
    assert [(card.channel.workspace.id, card.note) for card in news.cards()] == [(acme(news), "amount: $5M")]
    assert [story.amount for story in news.stories(acme(news))] == [usd(5)]
    assert [story.amount for story in news.stories(rival)] == [None]
    assert found(news.db, "5M", viewer=rival) == ()


def test_a_workspaces_own_source_is_counted_for_it_alone(news: Newsroom, place: int, own: Feed, rival: str) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta"), by=own)
    recount(news.db, now=START + timedelta(days=1))
    assert [(card.channel.workspace.id, card.note) for card in news.cards()] == [(acme(news), "2 sources now")]


def test_a_workspaces_own_fact_does_not_hide_a_further_source_from_others(
    news: Newsroom, place: int, own: Feed, rival: str
) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta"))
    news.tell(bid("C", 1, "Cove", "Meta", amount=usd(5)), by=own)
    news.deliver()
    recount(news.db, now=START + timedelta(days=1))
    assert [(card.channel.workspace.id, card.note) for card in news.cards()] == [(rival, "2 sources now")]


def test_a_workspaces_own_fact_joins_no_stories_of_others(news: Newsroom, place: int, own: Feed, rival: str) -> None:
    two_that_are_one(news)
    news.tell(raises("C", 2, "Cove", "Lightspeed", "Accel", amount=usd(51)), by=own)
    assert len(news.stories(rival)) == 2


def test_an_own_story_that_everybody_hears_of_later_is_one_story(
    news: Newsroom, place: int, own: Feed, rival: str
) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"), by=own)
    news.deliver()
    news.tell(bid("B", 1, "Cove", "Meta"))
    assert [card.channel.workspace.id for card in news.cards()] == [rival]
    assert [len(story.sources) for story in news.stories(acme(news))] == [2]
    assert [len(story.sources) for story in news.stories(rival)] == [1]
    assert found(news.db, "cove", viewer=rival) == (news.stories(rival)[0].id,)


def test_another_workspaces_own_feed_never_meets_mine(news: Newsroom, place: int, own: Feed, rival: str) -> None:
    theirs = feed(news.db, "https://theirs.example/feed", of=workspace(news.db, "rival"))
    news.tell(bid("A", 0, "Cove", "Meta"), by=own)
    news.tell(bid("B", 1, "Cove", "Meta"), by=theirs)
    assert [story.sources[0].name for story in news.stories(acme(news))] == ["A"]
    assert [story.sources[0].name for story in news.stories(rival)] == ["B"]


def test_two_workspaces_own_facts_of_a_common_story_stay_apart(
    news: Newsroom, place: int, own: Feed, rival: str
) -> None:
    theirs = feed(news.db, "https://theirs.example/feed", of=workspace(news.db, "rival"))
    news.tell(bid("R", 0, "Cove", "Meta"))
    news.deliver()
    news.tell(bid("A", 1, "Cove", "Meta", amount=usd(5)), by=own)
    news.tell(bid("B", 2, "Cove", "Meta", amount=usd(6)), by=theirs)
    assert {(card.channel.workspace.id, card.note) for card in news.cards()} == {
        (acme(news), "amount: $5M"),
        (rival, "amount: $6M"),
    }


# the log says why


def test_the_log_says_why_an_item_alerted(news: Newsroom, place: int) -> None:
    news.tell(named("a", bid("A", 0, "Cove", "Meta")))
    assert news.why("a", acme(news)) == [(Outcome.ALERTED, "kind acquisition is subscribed")]


def test_the_log_says_that_nobody_is_subscribed(news: Newsroom) -> None:
    news.tell(named("a", bid("A", 0, "Cove", "Meta")))
    assert news.why("a") == [(Outcome.NO_SUBSCRIPTION, "no channel is subscribed")]


@pytest.mark.parametrize(
    ("fact", "silent", "hours", "outcome", "detail"),
    [
        (bid("A", 0, "Cove", "Meta"), True, 0, Outcome.FIRST_POLL, "first poll"),
        (bid("A", 0, "Cove", "Meta"), False, 50, Outcome.TOO_OLD, "more than 48 hours ago"),
        (bid("A", 0, "Cove", "Meta", confidence=0.41), False, 0, Outcome.BELOW_CONFIDENCE, "0.41 is below 0.5"),
        (joins("A", 0, "Jane Doe", "Cove"), False, 0, Outcome.FILTERED, "leadership is not subscribed"),
    ],
)
def test_the_log_says_why_an_item_stayed_silent(
    news: Newsroom, fact: Fact, silent: bool, hours: float, outcome: Outcome, detail: str
) -> None:
    subscribe(news.db, channel(news.db), kinds=frozenset({Kind.ACQUISITION}))
    news.tell(replace(fact, id="a"), silent=silent, now=START + timedelta(hours=hours))
    ((found, said),) = news.why("a", acme(news))
    assert found is outcome
    assert detail in said


def test_the_log_says_that_the_item_came_before_the_subscription(news: Newsroom) -> None:
    subscribe(news.db, channel(news.db), created=START + timedelta(hours=1))
    news.tell(named("a", bid("A", 0, "Cove", "Meta")))
    ((found, said),) = news.why("a", acme(news))
    assert found is Outcome.TOO_OLD
    assert "before the subscription" in said


def test_the_log_says_that_the_channel_has_the_card(news: Newsroom, place: int) -> None:
    news.tell(bid("A", 0, "Cove", "Meta"))
    news.tell(named("b", bid("B", 1, "Cove", "Meta")))
    assert news.why("b", acme(news)) == [(Outcome.MERGED, "the channel has this story's card")]


def test_the_log_says_that_it_is_history(news: Newsroom, place: int) -> None:
    news.tell(named("a", bid("A", 0, "Cove", "Meta", background=True)))
    assert news.why("a", acme(news)) == [(Outcome.BACKGROUND, "told as history, not as news")]


def test_the_log_says_what_the_extractor_found_wanting(news: Newsroom, place: int) -> None:
    empty = Extraction(events=(), skipped=Skip(reason=Outcome.NOT_ENGLISH, detail="it reads like German"))
    news.record(Reading(article=article("a"), result=empty))
    assert news.why("a") == [(Outcome.NOT_ENGLISH, "it reads like German")]


def test_the_log_says_that_reading_failed(news: Newsroom, place: int) -> None:
    news.record(Reading(article=article("a"), result=WorkerTimeout("It took too long.")))
    assert news.why("a") == [(Outcome.EXTRACTION_FAILED, "It took too long.")]


def test_another_workspace_does_not_see_a_channels_decisions(news: Newsroom, place: int, rival: str) -> None:
    channels_of_rival = channel_id(news.db, channel(news.db, "rivals", of="rival"))
    news.tell(named("a", bid("A", 0, "Cove", "Meta")))
    lines = decisions.of_url(news.db, "https://news.example/a", viewer=rival)
    assert [line.channel for line in lines] == [channels_of_rival]


# laws


def content(story: Story) -> tuple[object, ...]:
    """A story without what is history: ids, revision, and the ids of facts."""
    plain = replace(story, id="", revision=0, facts=(), amounts=(), valuations=())
    told = tuple(sorted(repr((fact.source, fact.title, fact.published, fact.event)) for fact in story.facts))
    sums = tuple(claim.value for claim in (*story.amounts, *story.valuations))
    return plain, told, sums


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(facts=sets_of(any_facts, least=2), data=st.data())
def test_the_order_of_arrival_does_not_matter(facts: list[Fact], data: st.DataObject) -> None:
    facts = [replace(fact, title=f"{fact.title} {number}") for number, fact in enumerate(facts)]
    shuffled = data.draw(st.permutations(facts))
    now = max(fact.published for fact in facts)
    results = []
    for order in (facts, shuffled):
        store = Store(":memory:")
        with store.write() as db:
            news = Newsroom(db)
            for fact in order:
                news.tell(fact, now=now)
            results.append(sorted(map(repr, map(content, news.stories()))))
        store.close()
    assert results[0] == results[1]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(facts=sets_of(any_facts, least=2))
def test_every_story_s_row_says_what_its_facts_add_up_to(facts: list[Fact]) -> None:
    store = Store(":memory:")
    with store.write() as db:
        news = Newsroom(db)
        subscribe(db, channel(db))
        for fact in facts:
            news.tell(fact)
        for story in news.stories():
            row = db.execute("SELECT kind, status, amount FROM stories WHERE id = ?", (story.id,)).fetchone()
            assert row == (story.kind, story.status, story.amount.value if story.amount else None)
        telling = db.execute("SELECT count(*) FROM facts WHERE story_id IS NULL AND NOT background").fetchone()
        assert telling == (0,)
    store.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(facts=sets_of(any_facts, least=2))
def test_no_channel_is_ever_posted_two_cards_of_one_story(facts: list[Fact]) -> None:
    store = Store(":memory:")
    with store.write() as db:
        news = Newsroom(db)
        subscribe(db, channel(db))
        for fact in facts:
            news.tell(fact)
            news.deliver()
        live = db.execute("SELECT story_id FROM cards WHERE subject = 'story:' || story_id").fetchall()
        assert len(live) == len(set(live))
        assert all(stories.resolve(db, story) == story for (story,) in live)
    store.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(facts=sets_of(any_facts, least=2), data=st.data())
def test_what_one_workspace_reads_for_itself_never_bends_what_others_see(
    facts: list[Fact], data: st.DataObject
) -> None:
    facts = [replace(fact, title=f"{fact.title} {number}") for number, fact in enumerate(facts)]
    private = data.draw(st.sets(st.sampled_from(range(len(facts)))))
    now = max(fact.published for fact in facts)
    seen = []
    for told in (facts, [fact for number, fact in enumerate(facts) if number not in private]):
        store = Store(":memory:")
        with store.write() as db:
            news = Newsroom(db)
            subscribe(db, channel(db, "rivals", of="rival"))
            own, rival = feed(db, "https://own.example/feed", of=workspace(db)), workspace(db, "rival").id
            for fact in told:
                by = own if facts.index(fact) in private else feed(db)
                news.tell(fact, now=now, by=by)
                news.deliver()
            cards = db.execute("SELECT count(*) FROM cards WHERE sent_revision > 0").fetchone()
            seen.append((sorted(map(repr, map(content, news.stories(rival)))), cards))
        store.close()
    assert seen[0] == seen[1]


def test_a_source_without_a_name_is_its_host_and_never_its_address_with_a_token(news: Newsroom, place: int) -> None:
    nameless = feed(news.db, "https://news.example/feed?token=s3cret-T0ken", title="")
    fact = bid("A", 0, "Cove", "Meta")
    news.record(reading(fact, source=""), by=nameless)
    assert news.stories()[0].facts[0].source == "news.example"
