"""What waits to be told together: stories of daily and weekly digests, and what was over a channel's cap."""

from datetime import datetime

from sqlite_utils import Database

from bot.store.outbox import KEY_LENGTH
from bot.store.times import new_id, to_text


def add(db: Database, channel: int, story: str, *, kind: str, due_at: datetime) -> bool:
    """Let a story wait for a channel's next digest; return False if it waits, or was told so, already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO digest_entries (channel_id, story_id, kind, due_at) VALUES (?, ?, ?, ?)",
        (channel, story, kind, to_text(due_at)),
    )
    return cursor.rowcount > 0


def told(db: Database, channel: int, story: str) -> bool:
    """Return whether a digest of the channel has told the story, or is about to."""
    found = db.execute(
        "SELECT 1 FROM digest_entries WHERE channel_id = ? AND story_id = ? AND card_id IS NOT NULL", (channel, story)
    )
    return found.fetchone() is not None


def drop(db: Database, channel: int, story: str) -> None:
    """Take a story out of a digest that is not made yet: it is told alone."""
    db.execute("DELETE FROM digest_entries WHERE channel_id = ? AND story_id = ? AND card_id IS NULL", (channel, story))


def point_to(db: Database, alias: str, *, story: str) -> None:
    """After a merge, let what waits, and what was told, stand for the story that goes on."""
    db.execute(
        "DELETE FROM digest_entries WHERE story_id = ? AND card_id IS NULL AND channel_id IN"
        " (SELECT channel_id FROM digest_entries WHERE story_id = ? AND card_id IS NOT NULL)",
        (story, alias),
    )
    db.execute("UPDATE OR IGNORE digest_entries SET story_id = ? WHERE story_id = ?", (story, alias))
    db.execute("DELETE FROM digest_entries WHERE story_id = ? AND card_id IS NULL", (alias,))


def close_due(db: Database, *, now: datetime) -> int:
    """Make one card of what is due in each channel; return how many. Paused channels keep theirs."""
    groups = db.execute(
        "SELECT DISTINCT channel_id, kind, due_at FROM digest_entries JOIN channels ON channels.id = channel_id"
        " WHERE card_id IS NULL AND due_at <= ? AND paused IS NULL",
        (to_text(now),),
    ).fetchall()
    for channel, kind, due_at in groups:
        cursor = db.execute(
            "INSERT INTO cards (key, channel_id, subject, wanted_revision, state, due_at, created)"
            " VALUES (?, ?, ?, 1, 'ready', ?, ?)",
            (new_id(KEY_LENGTH), channel, f"digest:{kind}:{due_at}", to_text(now), to_text(now)),
        )
        db.execute(
            "UPDATE digest_entries SET card_id = ?"
            " WHERE channel_id = ? AND kind = ? AND due_at = ? AND card_id IS NULL",
            (cursor.lastrowid, channel, kind, due_at),
        )
    return len(groups)


def of_card(db: Database, card: int) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a digest and its stories' ids."""
    rows = db.execute("SELECT kind, story_id FROM digest_entries WHERE card_id = ?", (card,)).fetchall()
    return (rows[0][0] if rows else "daily"), tuple(row[1] for row in rows)
