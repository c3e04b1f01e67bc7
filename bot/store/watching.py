"""Watched companies of channels, found by the keys of their names: the work grows with a story's parties alone."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model.watch import Watched
from bot.store.times import new_id, to_text

MOST = 5000
"""Companies that one channel may watch."""


def add(db: Database, channel: int, watched: Watched, *, keys: Iterable[str], by: str, now: datetime) -> bool:
    """Watch a company, or add names to one that is watched; return whether anything is new."""
    row = next(db.query("SELECT * FROM watches WHERE channel_id = ? AND name = ?", (channel, watched.name)), None)
    known = _watched(row) if row else None
    if known == watched:
        return False
    number = row["id"] if row else new_id()
    db.execute(
        "INSERT INTO watches (id, channel_id, name, aliases, tickers, domains, created, created_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET aliases = excluded.aliases,"
        " tickers = excluded.tickers, domains = excluded.domains",
        (
            number, channel, watched.name, json.dumps(watched.aliases, ensure_ascii=False),
            json.dumps(watched.tickers), json.dumps(watched.domains, ensure_ascii=False), to_text(now), by,
        ),
    )  # fmt: skip
    index(db, number, keys)
    return True


def index(db: Database, watch: str, keys: Iterable[str]) -> None:
    """Write the keys under which a watched company is found."""
    db.execute("DELETE FROM watch_keys WHERE watch_id = ?", (watch,))
    db.conn.executemany("INSERT INTO watch_keys VALUES (?, ?)", ((key, watch) for key in sorted(set(keys))))


def remove(db: Database, channel: int, name: str) -> bool:
    """Watch a company no longer; return whether it was watched under this name."""
    return db.execute("DELETE FROM watches WHERE channel_id = ? AND name = ?", (channel, name)).rowcount > 0


def of_channel(db: Database, channel: int, *, offset: int = 0, limit: int = MOST) -> tuple[Watched, ...]:
    """Return a channel's watched companies by name."""
    rows = db.query(
        "SELECT * FROM watches WHERE channel_id = ? ORDER BY name COLLATE NOCASE LIMIT ? OFFSET ?",
        (channel, limit, offset),
    )
    return tuple(_watched(row) for row in rows)


def count(db: Database, channel: int) -> int:
    """Return how many companies a channel watches."""
    return int(db.execute("SELECT count(*) FROM watches WHERE channel_id = ?", (channel,)).fetchone()[0])


def sharing(db: Database, keys: Iterable[str]) -> tuple[tuple[int, Watched], ...]:
    """Return the channels' watched companies that share a key: candidates, to be looked at more closely."""
    rows = db.query(
        "SELECT DISTINCT watches.* FROM json_each(?) JOIN watch_keys ON watch_keys.key = json_each.value"
        " JOIN watches ON watches.id = watch_keys.watch_id",
        (json.dumps(sorted(set(keys)), ensure_ascii=False),),
    )
    return tuple((row["channel_id"], _watched(row)) for row in rows)


def _watched(row: dict[str, Any]) -> Watched:
    return Watched(
        name=row["name"],
        aliases=tuple(json.loads(row["aliases"])),
        tickers=tuple(json.loads(row["tickers"])),
        domains=tuple(json.loads(row["domains"])),
    )


def read_row(row: dict[str, Any]) -> Watched:
    """Read a row of the table, as a change that is taken back holds it."""
    return _watched(row)
