"""Workspaces, their channels, and what the channels subscribed to."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model.enums import Platform
from bot.model.subscription import Channel, Subscription, Workspace
from bot.store.filters import delivery_from_text, delivery_to_text, filter_from_text, filter_to_text
from bot.store.times import from_text, new_id, to_text

SELECT = (
    "SELECT subscriptions.*, channels.external_id AS channel_external, channels.name AS channel_name,"
    " workspaces.id AS workspace, workspaces.platform, workspaces.external_id AS workspace_external,"
    " workspaces.name AS workspace_name FROM subscriptions JOIN channels ON channels.id = subscriptions.channel_id"
    " JOIN workspaces ON workspaces.id = channels.workspace_id"
)


def workspace(db: Database, platform: Platform, external_id: str, *, name: str, now: datetime) -> Workspace:
    """Return the workspace, made if it is new."""
    db.execute(
        "INSERT OR IGNORE INTO workspaces (id, platform, external_id, name, created) VALUES (?, ?, ?, ?, ?)",
        (new_id(), platform.value, external_id, name, to_text(now)),
    )
    row = next(
        db.query(
            "SELECT id, name FROM workspaces WHERE platform = ? AND external_id = ?",
            (platform.value, external_id),
        )
    )
    return Workspace(id=row["id"], platform=platform, external_id=external_id, name=row["name"])


def find_workspace(db: Database, platform: Platform, external_id: str) -> Workspace | None:
    """Return a workspace that is known."""
    row = next(
        db.query(
            "SELECT id, name FROM workspaces WHERE platform = ? AND external_id = ?", (platform.value, external_id)
        ),
        None,
    )
    if row is None:
        return None
    return Workspace(id=row["id"], platform=platform, external_id=external_id, name=row["name"])


def channel_id(db: Database, channel: Channel) -> int:
    """Return the channel's row number, made if it is new."""
    db.execute(
        "INSERT OR IGNORE INTO channels (workspace_id, external_id, name) VALUES (?, ?, ?)",
        (channel.workspace.id, channel.external_id, channel.name),
    )
    row = db.execute(
        "SELECT id FROM channels WHERE workspace_id = ? AND external_id = ?",
        (channel.workspace.id, channel.external_id),
    ).fetchone()
    return int(row[0])


def channel_id_of(db: Database, channel: Channel) -> int:
    """Return the channel's row number without making it; 0, which no channel has, where it is not known yet."""
    row = db.execute(
        "SELECT id FROM channels WHERE workspace_id = ? AND external_id = ?",
        (channel.workspace.id, channel.external_id),
    ).fetchone()
    return int(row[0]) if row else 0


def channel_of(row: dict[str, Any]) -> Channel:
    """Read a channel from a row that joins channels and workspaces under the names of `SELECT`."""
    return Channel(
        workspace=Workspace(
            id=row["workspace"],
            platform=Platform(row["platform"]),
            external_id=row["workspace_external"],
            name=row["workspace_name"],
        ),
        external_id=row["channel_external"],
        name=row["channel_name"],
    )


def subscribe(db: Database, subscription: Subscription) -> bool:
    """Add a subscription; return False if the channel has one with this filter already, whatever its delivery."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO subscriptions (id, channel_id, filter, delivery, min_confidence, created, created_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            subscription.id,
            channel_id(db, subscription.channel),
            filter_to_text(subscription.filter),
            delivery_to_text(subscription.delivery),
            subscription.min_confidence,
            to_text(subscription.created),
            subscription.created_by,
        ),
    )
    return cursor.rowcount > 0


def subscriptions(db: Database) -> Iterator[tuple[int, Subscription]]:
    """Yield the row number of the channel and the subscription, of all channels that are not paused."""
    for row in db.query(SELECT + " WHERE channels.paused IS NULL ORDER BY subscriptions.channel_id, created, id"):
        yield row["channel_id"], subscription_of(row)


def told(db: Database, home: Workspace) -> tuple[Channel, ...]:
    """Return a workspace's channels that are subscribed and not paused."""
    rows = db.query(
        "SELECT DISTINCT channels.external_id, channels.name FROM channels"
        " JOIN subscriptions ON subscriptions.channel_id = channels.id"
        " WHERE workspace_id = ? AND paused IS NULL ORDER BY channels.id",
        (home.id,),
    )
    return tuple(Channel(workspace=home, external_id=row["external_id"], name=row["name"]) for row in rows)


def told_homes(db: Database, platform: Platform) -> tuple[str, ...]:
    """Return the workspaces, by the platform's ids, that have channels which are subscribed and not paused."""
    rows = db.query(
        "SELECT DISTINCT workspaces.external_id FROM workspaces"
        " JOIN channels ON channels.workspace_id = workspaces.id"
        " JOIN subscriptions ON subscriptions.channel_id = channels.id"
        " WHERE platform = ? AND paused IS NULL ORDER BY workspaces.id",
        (platform.value,),
    )
    return tuple(row["external_id"] for row in rows)


def subscription_of(row: dict[str, Any]) -> Subscription:
    """Read a subscription from a row of `SELECT`."""
    return Subscription(
        id=row["id"],
        channel=channel_of(row),
        created=from_text(row["created"]),
        filter=filter_from_text(row["filter"]),
        delivery=delivery_from_text(row["delivery"]),
        min_confidence=row["min_confidence"],
        created_by=row["created_by"],
    )


def pause(db: Database, channel: int, *, reason: str) -> bool:
    """Stop telling a channel, and say why: it is gone, or the bot may not post there. False: it was paused before."""
    done = db.execute("UPDATE channels SET paused = ? WHERE id = ? AND paused IS NULL", (reason, channel))
    return done.rowcount > 0


def rename(db: Database, channel: Channel) -> bool:
    """Give a known channel the name that it has now; return whether that changed anything."""
    done = db.execute(
        "UPDATE channels SET name = ? WHERE workspace_id = ? AND external_id = ? AND name <> ?",
        (channel.name, channel.workspace.id, channel.external_id, channel.name),
    )
    return done.rowcount > 0


def move(db: Database, channel: Channel, *, to: str) -> bool:
    """Give a known channel the id that its platform calls it by from now on; return whether that changed anything.

    A channel that is known by the new id already stays as it is, and so does this one.
    """
    done = db.execute(
        "UPDATE OR IGNORE channels SET external_id = ? WHERE workspace_id = ? AND external_id = ?",
        (to, channel.workspace.id, channel.external_id),
    )
    return done.rowcount > 0


def rename_workspace(db: Database, workspace: Workspace, *, name: str) -> None:
    """Give a workspace the name that it has now."""
    db.execute("UPDATE workspaces SET name = ? WHERE id = ?", (name, workspace.id))


def known(db: Database, workspace: Workspace) -> tuple[Channel, ...]:
    """Return the channels of a workspace that are subscribed or watch companies, by name."""
    rows = db.execute(
        "SELECT external_id, name FROM channels WHERE workspace_id = ? AND (EXISTS (SELECT 1 FROM subscriptions"
        " WHERE channel_id = channels.id) OR EXISTS (SELECT 1 FROM watches WHERE channel_id = channels.id))"
        " ORDER BY name, external_id",
        (workspace.id,),
    ).fetchall()
    return tuple(Channel(workspace=workspace, external_id=row[0], name=row[1]) for row in rows)


def pause_all(db: Database, platform: Platform, external_id: str, *, reason: str) -> int:
    """Pause every channel of a workspace that the bot has lost; return how many."""
    return db.execute(
        "UPDATE channels SET paused = ? WHERE paused IS NULL AND workspace_id IN"
        " (SELECT id FROM workspaces WHERE platform = ? AND external_id = ?)",
        (reason, platform.value, external_id),
    ).rowcount


def resume_all(db: Database, platform: Platform, external_id: str, *, reason: str) -> int:
    """Resume the channels that were paused for a reason that begins so; return how many."""
    return db.execute(
        "UPDATE channels SET paused = NULL WHERE instr(paused, ?) = 1 AND workspace_id IN"
        " (SELECT id FROM workspaces WHERE platform = ? AND external_id = ?)",
        (reason, platform.value, external_id),
    ).rowcount
