"""One channel's subscriptions: what they are, how they change, how they end."""

from datetime import datetime

from sqlite_utils import Database

from bot.model.filter import Delivery, Filter
from bot.model.subscription import Channel, Subscription
from bot.store.channels import SELECT, channel_id, channel_id_of, subscription_of
from bot.store.filters import delivery_to_text, filter_to_text
from bot.store.times import to_text


def drop_stale(db: Database, channel: Channel, *, before: datetime) -> int:
    """Drop what waited in a paused channel for too long to be news; return how many cards."""
    return db.execute(
        "DELETE FROM cards WHERE channel_id = ? AND message IS NULL AND state = 'ready' AND created < ?",
        (channel_id(db, channel), to_text(before)),
    ).rowcount


def resume(db: Database, channel: Channel) -> bool:
    """Let a paused channel be told again; return False if it was not paused."""
    cursor = db.execute(
        "UPDATE channels SET paused = NULL WHERE id = ? AND paused IS NOT NULL", (channel_id(db, channel),)
    )
    return cursor.rowcount > 0


def unsubscribe(db: Database, channel: Channel) -> tuple[int, int]:
    """Remove a channel's subscriptions and its cards that were never sent; return how many of each.

    Cards that it shows stay and are edited as before: an edit disturbs nobody, and a wrong figure would stay.
    """
    row = channel_id(db, channel)
    gone = db.execute("DELETE FROM subscriptions WHERE channel_id = ?", (row,)).rowcount
    unsent = db.execute(
        "DELETE FROM cards WHERE channel_id = ? AND message IS NULL AND state = 'ready'", (row,)
    ).rowcount
    return gone, unsent


def of_channel(db: Database, channel: Channel) -> tuple[Subscription, ...]:
    """Return a channel's subscriptions, the oldest first, whether or not it is paused."""
    rows = db.query(SELECT + " WHERE channels.id = ? ORDER BY subscriptions.rowid", (channel_id_of(db, channel),))
    return tuple(subscription_of(row) for row in rows)


def same_filter(one: Subscription, other: Subscription) -> bool:
    """Return whether two subscriptions ask for the same, whatever the order of what they name."""
    return filter_to_text(one.filter) == filter_to_text(other.filter)


def deliver(db: Database, subscription: Subscription, delivery: Delivery) -> None:
    """Let a subscription be told at another time."""
    db.execute("UPDATE subscriptions SET delivery = ? WHERE id = ?", (delivery_to_text(delivery), subscription.id))


def refilter(db: Database, subscription: Subscription, wish: Filter) -> None:
    """Give a subscription another filter; where the channel has that already, the subscription goes."""
    text = filter_to_text(wish)
    changed = db.execute("UPDATE OR IGNORE subscriptions SET filter = ? WHERE id = ?", (text, subscription.id))
    if not changed.rowcount:
        remove(db, subscription)


def remove(db: Database, subscription: Subscription) -> None:
    """End a subscription."""
    db.execute("DELETE FROM subscriptions WHERE id = ?", (subscription.id,))


def drop_unsent(db: Database, channel: int) -> int:
    """Where a channel has no subscription left, drop its cards that were never sent; return how many."""
    if db.execute("SELECT 1 FROM subscriptions WHERE channel_id = ?", (channel,)).fetchone():
        return 0
    db.execute("DELETE FROM digest_entries WHERE channel_id = ? AND card_id IS NULL", (channel,))
    return db.execute(
        "DELETE FROM cards WHERE channel_id = ? AND message IS NULL AND state = 'ready'", (channel,)
    ).rowcount
