"""The log of decisions: why an item was told, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model.enums import Outcome
from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the log."""

    item: int
    outcome: Outcome
    detail: str = ""
    fact: str | None = None
    story: str | None = None
    channel: int | None = None
    at: datetime | None = None


def log(db: Database, decisions: Iterable[Decision], *, now: datetime) -> None:
    """Append lines to the log."""
    db.conn.executemany(
        "INSERT INTO decisions (at, item_id, fact_id, channel_id, story_id, outcome, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (to_text(now), line.item, line.fact, line.channel, line.story, line.outcome.value, line.detail)
            for line in decisions
        ),
    )


def of_url(db: Database, canonical_url: str, *, viewer: str | None = None) -> tuple[Decision, ...]:
    """Return what was decided about an article, oldest first, as far as `viewer`'s workspace may know."""
    rows = db.query(
        "SELECT decisions.* FROM decisions JOIN items ON items.id = decisions.item_id"
        " JOIN feeds ON feeds.id = items.feed_id LEFT JOIN channels ON channels.id = decisions.channel_id"
        " WHERE items.canonical_url = :url AND coalesce(feeds.workspace_id, :viewer, '') = coalesce(:viewer, '')"
        " AND (decisions.channel_id IS NULL OR channels.workspace_id = :viewer) ORDER BY decisions.id",
        {"url": canonical_url, "viewer": viewer},
    )
    return tuple(_decision(row) for row in rows)


def of_story(db: Database, story: str, *, channel: int) -> tuple[Decision, ...]:
    """Return what was decided about a story in a channel, oldest first."""
    rows = db.query(
        "SELECT * FROM decisions WHERE story_id = ? AND channel_id = ? ORDER BY id DESC LIMIT 50", (story, channel)
    )
    return tuple(_decision(row) for row in rows)[::-1]


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(
        item=row["item_id"],
        outcome=Outcome(row["outcome"]),
        detail=row["detail"],
        fact=row["fact_id"],
        story=row["story_id"],
        channel=row["channel_id"],
        at=from_text(row["at"]),
    )


def forget(db: Database, *, before: datetime) -> int:
    """Drop the lines written before a time."""
    return db.execute("DELETE FROM decisions WHERE at < ?", (to_text(before),)).rowcount
