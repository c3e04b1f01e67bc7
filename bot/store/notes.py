"""What a chat remembers over a restart: names and short values of its own."""

from datetime import datetime

from sqlite_utils import Database

from bot.model.enums import Platform
from bot.store.times import to_text


def recall(db: Database, platform: Platform, name: str) -> str | None:
    """Return what was noted under a name."""
    row = db.execute("SELECT value FROM chat_notes WHERE platform = ? AND name = ?", (platform.value, name)).fetchone()
    return row[0] if row else None


def since(db: Database, name: str, *, begin: datetime) -> tuple[tuple[str, str], ...]:
    """Return platform and value of what the chats noted under a name since a time."""
    rows = db.execute(
        "SELECT platform, value FROM chat_notes WHERE name = ? AND at >= ? ORDER BY platform", (name, to_text(begin))
    )
    return tuple(rows.fetchall())


def remember(db: Database, platform: Platform, name: str, value: str, *, now: datetime) -> None:
    """Note a value under a name, in place of the one before."""
    db.execute(
        "INSERT INTO chat_notes (platform, name, value, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (platform, name) DO UPDATE SET value = excluded.value, at = excluded.at",
        (platform.value, name, value, to_text(now)),
    )
