"""How a channel and a workspace want things: settings, mutes, who may configure."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from sqlite_utils import Database

from bot.model.subscription import Channel, ChannelSettings, Layout, Mute, Threads
from bot.store.channels import channel_id_of
from bot.store.times import from_text, to_text


def settings_of(db: Database, channel: int) -> ChannelSettings:
    """Return a channel's settings; the defaults where it has none."""
    row = next(db.query("SELECT * FROM channel_settings WHERE channel_id = ?", (channel,)), None)
    if row is None:
        return ChannelSettings()
    return ChannelSettings(
        zone=row["zone"],
        quiet=_span(row["quiet"]),
        cap=row["cap"],
        layout=Layout(row["layout"]),
        threads=Threads(row["threads"]),
        publish=bool(row["publish"]),
    )


def _span(text: str) -> tuple[time, time] | None:
    if not text:
        return None
    begin, end = text.split("-")
    return time.fromisoformat(begin), time.fromisoformat(end)


def save_settings(db: Database, channel: int, settings: ChannelSettings) -> None:
    """Write a channel's settings."""
    quiet = f"{settings.quiet[0]:%H:%M}-{settings.quiet[1]:%H:%M}" if settings.quiet else ""
    row = (
        channel, settings.zone, quiet, settings.cap, settings.layout.value, settings.threads.value, settings.publish
    )  # fmt: skip
    db.execute(
        "INSERT OR REPLACE INTO channel_settings (channel_id, zone, quiet, cap, layout, threads, publish)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def admins_only(db: Database, workspace: str) -> bool:
    """Return whether only administrators of a workspace may configure."""
    row = db.execute("SELECT admins_only FROM workspace_settings WHERE workspace_id = ?", (workspace,)).fetchone()
    return bool(row and row[0])


def set_admins_only(db: Database, workspace: str, *, on: bool) -> None:
    """Say who may configure in a workspace."""
    db.execute("INSERT OR REPLACE INTO workspace_settings (workspace_id, admins_only) VALUES (?, ?)", (workspace, on))


def mute(db: Database, channel: int, muted: Mute, *, by: str, now: datetime) -> None:
    """Mute a company or a source in a channel; muting again sets the new end."""
    db.execute(
        "INSERT INTO mutes (id, channel_id, what, name, until, created, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (channel_id, what, name) DO UPDATE SET until = excluded.until",
        (muted.id, channel, muted.what, muted.name, to_text(muted.until), to_text(now), by),
    )


def unmute(db: Database, channel: int, mute_id: str) -> None:
    """Take a mute away."""
    db.execute("DELETE FROM mutes WHERE channel_id = ? AND id = ?", (channel, mute_id))


def mutes_of(db: Database, channel: int, *, now: datetime) -> tuple[Mute, ...]:
    """Return what a channel has muted and that has not run out."""
    rows = db.query("SELECT * FROM mutes WHERE channel_id = ? AND (until IS NULL OR until > ?) ORDER BY name",
                    (channel, to_text(now)))  # fmt: skip
    return tuple(_mute(row) for row in rows)


def all_mutes(db: Database, *, now: datetime) -> Iterator[tuple[int, Mute]]:
    """Yield the channel and each of its mutes, of all channels."""
    for row in db.query("SELECT * FROM mutes WHERE until IS NULL OR until > ?", (to_text(now),)):
        yield row["channel_id"], _mute(row)


def _mute(row: dict[str, Any]) -> Mute:
    return Mute(id=row["id"], what=row["what"], name=row["name"], until=from_text(row["until"]))


def paused(db: Database, channel: Channel) -> str | None:
    """Return why a channel is paused; None: it is not."""
    row = db.execute("SELECT paused FROM channels WHERE id = ?", (channel_id_of(db, channel),)).fetchone()
    return row[0] if row else None
