"""What happens once: deliveries that a platform repeats, and commands that are too long for a button."""

import hashlib
from datetime import datetime

from sqlite_utils import Database

from bot.store.times import to_text


def first(db: Database, key: str, *, now: datetime, again_before: datetime | None = None) -> bool:
    """Note `key` and return whether it is new; what was noted before `again_before` counts as new again."""
    cursor = db.execute(
        "INSERT INTO seen (key, at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at WHERE at < ?",
        (key, to_text(now), to_text(again_before) or ""),
    )
    return cursor.rowcount > 0


def forget(db: Database, *, before: datetime) -> int:
    """Drop what was noted before a time; return how many keys."""
    return db.execute("DELETE FROM seen WHERE at < ?", (to_text(before),)).rowcount


def keep_command(db: Database, text: str, *, now: datetime) -> str:
    """Keep a command and return the short id under which it is found; the same text has the same id."""
    short = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    clean = text.encode("utf-8", "replace").decode()
    db.execute(
        "INSERT INTO long_commands (id, text, at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at",
        (short, clean, to_text(now)),
    )
    return short


def kept_command(db: Database, short: str) -> str | None:
    """Return the command that was kept under a short id."""
    row = db.execute("SELECT text FROM long_commands WHERE id = ?", (short,)).fetchone()
    return row[0] if row else None


def forget_commands(db: Database, *, before: datetime) -> int:
    """Drop commands that were kept before a time; return how many."""
    return db.execute("DELETE FROM long_commands WHERE at < ?", (to_text(before),)).rowcount
