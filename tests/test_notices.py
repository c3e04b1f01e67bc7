from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.enums import Platform
from bot.notices import FAILURES, channel_closed, feed_polled
from bot.store import Database, Store, feeds, outbox
from tests.stocked import channel, feed, subscribe, workspace
from tests.stories.telling import START


@pytest.fixture
def db() -> Iterator[Database]:
    store = Store(":memory:")
    with store.write() as found:
        yield found
    store.close()


def notices(db: Database) -> list[tuple[str, str]]:
    rows = [alert for _, alert in outbox.due(db, now=START + timedelta(days=9), platforms=Platform)]
    return [(alert.channel.external_id, alert.notice or "") for alert in rows]


def test_rule_17_a_closed_channel_pauses_and_one_person_is_told_once(db: Database) -> None:
    where = channel(db)
    subscribe(db, where, created_by="U1")
    assert channel_closed(db, where, reason="The channel is archived.", now=START)
    assert not channel_closed(db, where, reason="The channel is archived.", now=START + timedelta(hours=1))
    ((person, words),) = notices(db)
    assert person == "@U1"
    assert "paused" in words
    assert "archived" in words


def test_a_closed_direct_message_tells_nobody(db: Database) -> None:
    where = channel(db, "@U1")
    subscribe(db, where, created_by="U1")
    assert channel_closed(db, where, reason="gone", now=START)
    assert notices(db) == []


def test_rule_16_a_failing_feed_tells_who_added_it_on_a_change_of_state_alone(db: Database) -> None:
    own = feed(db, "https://own.example/feed?token=secret", of=workspace(db))
    feeds.note_adder(db, own.url, workspace=workspace(db).id, user="U7")
    for failures in range(1, FAILURES + 3):
        failing = replace(own, failures=failures, last_error="the site answers 500")
        feed_polled(db, failing, now=START + timedelta(hours=failures))
    ((person, words),) = notices(db)
    assert person == "@U7"
    assert "500" in words
    assert "secret" not in words
    feed_polled(db, own, now=START + timedelta(days=1))
    feed_polled(db, own, now=START + timedelta(days=2))
    assert [told.endswith("works again.") for _, told in notices(db)] == [False, True]


def test_a_common_feed_tells_nobody(db: Database) -> None:
    feed_polled(db, replace(feed(db), failures=50, last_error="gone"), now=START)
    assert notices(db) == []
