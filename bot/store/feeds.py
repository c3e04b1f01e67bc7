"""Feeds and what is remembered of them between polls."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model.enums import Platform
from bot.model.feed import Feed, FeedSpec, FeedState
from bot.model.subscription import Workspace
from bot.store.times import from_text, to_text

PERSON, FILE, UNLISTED = "person", "file", "unlisted"
"""Where a feed comes from: a command, the feeds file, or a feeds file that has dropped it since."""
FIRST_INTERVAL_SECONDS = 0.0
"""As often as the settings allow, until the feed's rhythm is known."""


def _feed(row: dict[str, Any]) -> Feed:
    return Feed(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        group=row["grp"],
        full_text=bool(row["full_text"]),
        workspace=row["workspace_id"],
        state=FeedState(row["state"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        interval_seconds=row["interval_seconds"],
        ttl_seconds=row["ttl_seconds"],
        skip_hours=frozenset(int(hour) for hour in row["skip_hours"].split()),
        next_poll_at=from_text(row["next_poll_at"]),
        last_poll_at=from_text(row["last_poll_at"]),
        last_ok_at=from_text(row["last_ok_at"]),
        failures=row["failures"],
        last_error=row["last_error"],
    )


def add(db: Database, spec: FeedSpec, *, now: datetime, workspace: str | None = None, origin: str = PERSON) -> bool:
    """Add a feed, or take up again one that was removed or gone; return False if it is there already."""
    row = next(
        db.query(
            "SELECT id, state FROM feeds WHERE coalesce(workspace_id, '') = ? AND (listed_url = ? OR url = ?)",
            (workspace or "", spec.url, spec.url),
        ),
        None,
    )
    if row is None:
        db.table("feeds").insert(
            {
                "workspace_id": workspace,
                "url": spec.url,
                "listed_url": spec.url,
                "title": spec.title,
                "grp": spec.group,
                "full_text": int(spec.full_text),
                "state": FeedState.ACTIVE.value,
                "interval_seconds": FIRST_INTERVAL_SECONDS,
                "created": to_text(now),
                "origin": origin,
            }
        )
        return True
    db.execute("UPDATE feeds SET origin = ? WHERE id = ?", (origin, row["id"]))
    if row["state"] == FeedState.ACTIVE:
        return False
    # what was published while it was away stays silent, as with a new feed: forget the last good poll
    db.execute(
        "UPDATE feeds SET state = 'active', url = listed_url, failures = 0, last_error = NULL, next_poll_at = NULL,"
        " last_ok_at = NULL, etag = NULL, last_modified = NULL, body_hash = NULL WHERE id = ?",
        (row["id"],),
    )
    return True


def sync_listed(db: Database, specs: Iterable[FeedSpec], *, now: datetime) -> int:
    """Follow the feeds file: poll what it lists, under its titles, and no longer what it has dropped.

    Return how many were new. What a person removed by command, or what answered 410, is not brought back by the file;
    what a person added by command stays though no file lists it.
    """
    wanted = {spec.url: spec for spec in specs}
    rows = list(db.query("SELECT id, listed_url, url, state, origin FROM feeds WHERE workspace_id IS NULL"))
    known = {url: row["origin"] for row in rows for url in (row["url"], row["listed_url"])}
    new = 0
    for url, spec in wanted.items():
        if known.get(url, UNLISTED) == UNLISTED:
            new += add(db, spec, now=now, origin=FILE)
        db.execute(
            "UPDATE feeds SET title = CASE WHEN ? <> '' THEN ? ELSE title END, grp = ?, full_text = ?"
            " WHERE workspace_id IS NULL AND (listed_url = ? OR url = ?)",
            (spec.title, spec.title, spec.group, int(spec.full_text), url, url),
        )
    dropped = (
        row["id"]
        for row in rows
        if row["origin"] == FILE
        and row["state"] == FeedState.ACTIVE
        and not wanted.keys() & {row["url"], row["listed_url"]}
    )
    db.conn.executemany(
        "UPDATE feeds SET state = 'removed', origin = ? WHERE id = ?", ((UNLISTED, feed) for feed in dropped)
    )
    return new


def remove(db: Database, url: str, *, workspace: str | None = None) -> bool:
    """Stop polling a feed; what was read from it stays. Return False if there is none of that address."""
    cursor = db.execute(
        "UPDATE feeds SET state = 'removed' WHERE coalesce(workspace_id, '') = ? AND (url = ? OR listed_url = ?)"
        " AND state <> 'removed'",
        (workspace or "", url, url),
    )
    return cursor.rowcount > 0


def note_adder(db: Database, url: str, *, workspace: str, user: str) -> None:
    """Remember who added a workspace's own feed: should it fail, that person is told."""
    db.execute("UPDATE feeds SET added_by = ? WHERE workspace_id = ? AND listed_url = ?", (user, workspace, url))


def adder(db: Database, feed: Feed) -> tuple[Workspace, str, bool] | None:
    """Return whose feed it is, who added it, and whether that person was told that it fails; None: nobody's."""
    row = next(
        db.query(
            "SELECT workspaces.*, added_by, told_failing FROM feeds JOIN workspaces ON workspaces.id = workspace_id"
            " WHERE feeds.id = ? AND added_by IS NOT NULL",
            (feed.id,),
        ),
        None,
    )
    if row is None:
        return None
    owner = Workspace(
        id=row["id"], platform=Platform(row["platform"]), external_id=row["external_id"], name=row["name"]
    )
    return owner, row["added_by"], bool(row["told_failing"])


def note_told(db: Database, feed: Feed, *, failing: bool) -> None:
    """Remember what the person who added a feed was told of it last."""
    db.execute("UPDATE feeds SET told_failing = ? WHERE id = ?", (int(failing), feed.id))


def listed(db: Database) -> tuple[Feed, ...]:
    """Return all feeds that were not removed, by group and title."""
    rows = db.query("SELECT * FROM feeds WHERE state <> 'removed' ORDER BY grp, title COLLATE NOCASE, id")
    return tuple(_feed(row) for row in rows)


def own(db: Database, workspace: str) -> tuple[Feed, ...]:
    """Return a workspace's own feeds that were not removed, by title."""
    rows = db.query(
        "SELECT * FROM feeds WHERE coalesce(workspace_id, '') = ? AND state <> 'removed'"
        " ORDER BY title COLLATE NOCASE, id",
        (workspace,),
    )
    return tuple(_feed(row) for row in rows)


def due(db: Database, *, now: datetime, everything: bool = False) -> tuple[Feed, ...]:
    """Return the active feeds whose time has come, the longest overdue first; with `everything`, all of them."""
    rows = db.query(
        "SELECT * FROM feeds WHERE state = 'active' AND (? OR next_poll_at IS NULL OR next_poll_at <= ?)"
        " ORDER BY next_poll_at, id",
        (int(everything), to_text(now)),
    )
    return tuple(_feed(row) for row in rows)


def next_due(db: Database) -> datetime | None:
    """Return when the next feed is due, or None where there is none."""
    row = next(db.query("SELECT min(coalesce(next_poll_at, '')) AS at FROM feeds WHERE state = 'active'"))
    return from_text(row["at"]) if row["at"] else None


def save_poll(db: Database, feed: Feed) -> None:
    """Write back what a poll taught about a feed, unless it was removed in the meantime."""
    db.execute(
        "UPDATE feeds SET url = ?, title = CASE WHEN title = '' THEN ? ELSE title END, etag = ?, last_modified = ?,"
        " body_hash = ?, interval_seconds = ?, ttl_seconds = ?, skip_hours = ?, next_poll_at = ?, last_poll_at = ?,"
        " last_ok_at = ?, failures = ?,"
        " last_error = ?, state = CASE WHEN state = 'active' THEN ? ELSE state END WHERE id = ?",
        (
            feed.url,
            feed.title,
            feed.etag,
            feed.last_modified,
            feed.body_hash,
            feed.interval_seconds,
            feed.ttl_seconds,
            " ".join(str(hour) for hour in sorted(feed.skip_hours)),
            to_text(feed.next_poll_at),
            to_text(feed.last_poll_at),
            to_text(feed.last_ok_at),
            feed.failures,
            feed.last_error,
            feed.state.value,
            feed.id,
        ),
    )
