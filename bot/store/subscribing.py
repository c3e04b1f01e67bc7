"""Channels that come back and channels that leave."""

from sqlite_utils import Database

from bot.model.subscription import Channel
from bot.store.channels import channel_id


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
