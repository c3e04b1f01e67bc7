from sqlite_utils import Database

from bot.model.enums import Kind, Platform
from bot.model.filter import Filter
from bot.model.subscription import Subscription
from bot.store import channels
from tests.stocked import channel, subscribe, workspace
from tests.stories.telling import START


def test_a_workspace_is_made_once_and_keeps_its_id(db: Database) -> None:
    first = workspace(db, "acme")
    assert workspace(db, "acme") == first
    assert workspace(db, "acme", platform=Platform.DISCORD).id != first.id


def test_a_channel_is_made_once(db: Database) -> None:
    where = channel(db)
    assert channels.channel_id(db, where) == channels.channel_id(db, where)
    assert channels.channel_id(db, channel(db, "other")) != channels.channel_id(db, where)


def test_a_subscription_comes_back_as_it_was(db: Database) -> None:
    wish = Subscription(
        id="u1", channel=channel(db), created=START, filter=Filter(kinds=frozenset({Kind.IPO, Kind.FUND})),
        min_confidence=0.7, created_by="U1",
    )  # fmt: skip
    assert channels.subscribe(db, wish)
    assert [found for _, found in channels.subscriptions(db)] == [wish]


def test_subscribing_twice_to_the_same_kinds_is_harmless(db: Database) -> None:
    where = channel(db)
    first = Subscription(id="u1", channel=where, created=START)
    assert channels.subscribe(db, first)
    assert not channels.subscribe(db, Subscription(id="u2", channel=where, created=START))
    assert [found.id for _, found in channels.subscriptions(db)] == ["u1"]


def test_a_paused_channel_wants_nothing(db: Database) -> None:
    channels.pause(db, subscribe(db, channel(db)), reason="archived")
    assert list(channels.subscriptions(db)) == []


def test_what_belongs_to_a_workspace_goes_with_it(db: Database) -> None:
    subscribe(db, channel(db))
    db.execute("DELETE FROM workspaces")
    assert list(channels.subscriptions(db)) == []
    assert db.execute("SELECT count(*) FROM channels").fetchone()[0] == 0
