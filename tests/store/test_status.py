from dataclasses import replace

from sqlite_utils import Database

from bot.model.feed import FeedState
from bot.store import channels, feeds, items, outbox, status
from tests.stocked import HOUR, article, channel, feed, story, subscribe
from tests.stories.telling import START


def test_an_empty_store_counts_nothing(db: Database) -> None:
    assert set(vars_of(status.counts(db)).values()) == {0}


def vars_of(counts: status.Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in status.QUERIES}


def test_everything_is_counted_once(db: Database) -> None:
    good, bad, gone = (feed(db, f"https://{name}/feed") for name in ("good", "bad", "gone"))
    feeds.save_poll(db, replace(bad, failures=2))
    feeds.save_poll(db, replace(gone, state=FeedState.GONE))
    items.add(db, good, article("a"), now=START)
    place = subscribe(db, channel(db))
    for name in ("s1", "s2", "s3"):
        story(db, name)
        outbox.want_post(db, place, name, revision=1, now=START)
    (sent, _), (rejected, _), _ = outbox.due(db, now=START, platforms=["slack"])
    outbox.sent(db, sent, revision=1, message="m", sources=1, now=START)
    outbox.reject(db, rejected, reason="no permission")
    assert vars_of(status.counts(db)) == {
        "feeds": 2, "failing": 1, "gone": 1, "items": 1, "stories": 3, "subscriptions": 1, "cards_sent": 1,
        "cards_waiting": 1, "cards_rejected": 1,
    }  # fmt: skip


def test_a_job_s_last_run_is_known(db: Database) -> None:
    assert status.beats(db) == {}
    status.beat(db, "poll", now=START)
    status.beat(db, "poll", now=START + HOUR)
    status.beat(db, "deliver", now=START)
    assert status.beats(db) == {"poll": START + HOUR, "deliver": START}


def test_what_does_not_reach_people_is_told_with_its_reason(db: Database) -> None:
    place = subscribe(db, channel(db, "deals"))
    for name in ("s1", "s2", "s3"):
        story(db, name)
        outbox.want_post(db, place, name, revision=1, now=START)
    (one, _), (two, _), (three, _) = outbox.due(db, now=START, platforms=["slack"])
    assert status.troubles(db) == ()
    outbox.reject(db, one, reason="no permission")
    outbox.reject(db, two, reason="no permission")
    outbox.again(db, three, at=START + HOUR, reason="slow down", doubtful=False)
    channels.pause(db, place, reason="archived")
    assert status.troubles(db) == (
        ("paused: slack deals", "archived"),
        ("given up (2): slack deals", "no permission"),
        ("tried again (1): slack deals", "slow down"),
    )
