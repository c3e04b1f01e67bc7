"""Who changed what, and how to take it back: each change of a channel's configuration leaves a line with the rows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model.request import Request
from bot.store.channels import channel_id
from bot.store.times import from_text, to_text

TABLES = {"subscriptions": "id", "watches": "id", "mutes": "id", "channel_settings": "channel_id"}
"""What belongs to a channel and can be taken back, with its key."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: who did what when."""

    id: int
    at: datetime
    user: str
    what: str
    channel: str | None
    undone: datetime | None
    can_undo: bool


@contextmanager
def audited(db: Database, request: Request, what: str, *tables: str) -> Iterator[int]:
    """Write a line for what is done inside, if it changes rows of `tables`, and yield the channel's row number.

    Without tables the line is always written, and can't be taken back.
    """
    channel = channel_id(db, request.channel)
    before = {table: _rows(db, table, channel) for table in tables}
    yield channel
    changed = [
        {"table": table, "before": before[table].get(key), "after": after.get(key)}
        for table in tables
        for after in (_rows(db, table, channel),)
        for key in before[table].keys() | after.keys()
        if before[table].get(key) != after.get(key)
    ]
    if changed or not tables:
        db.execute(
            "INSERT INTO audit (at, workspace_id, channel_id, user_id, user_name, what, undo)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                to_text(request.now),
                request.channel.workspace.id,
                channel,
                request.user.id,
                request.user.name,
                what,
                json.dumps(changed, ensure_ascii=False),
            ),
        )


def _rows(db: Database, table: str, channel: int) -> dict[str, Row]:
    rows = db.query(f"SELECT * FROM {table} WHERE channel_id = ?", (channel,))
    return {str(row[TABLES[table]]): row for row in rows}


def lines(db: Database, workspace: str, *, offset: int = 0, limit: int = 20) -> tuple[Entry, ...]:
    """Return a workspace's lines, newest first."""
    rows = db.query(
        "SELECT audit.*, channels.name AS channel_name FROM audit LEFT JOIN channels ON channels.id = audit.channel_id"
        " WHERE audit.workspace_id = ? ORDER BY audit.id DESC LIMIT ? OFFSET ?",
        (workspace, limit, offset),
    )
    return tuple(_entry(row) for row in rows)


def last(db: Database, channel: int) -> Entry | None:
    """Return the channel's newest line that can be taken back and was not."""
    rows = db.query(
        "SELECT audit.*, NULL AS channel_name FROM audit WHERE channel_id = ? AND undo <> '[]' AND undone IS NULL"
        " ORDER BY id DESC LIMIT 1",
        (channel,),
    )
    return next((_entry(row) for row in rows), None)


def chose_subscriptions(db: Database, channel: int) -> bool:
    """Return True where a person has ever added or taken away a subscription of the channel."""
    row = db.execute(
        "SELECT 1 FROM audit, json_each(audit.undo) AS changed"
        " WHERE channel_id = ? AND changed.value ->> 'table' = 'subscriptions' LIMIT 1",
        (channel,),
    ).fetchone()
    return row is not None


def _entry(row: Row) -> Entry:
    return Entry(
        id=row["id"],
        at=from_text(row["at"]),
        user=row["user_name"] or row["user_id"],
        what=row["what"],
        channel=row["channel_name"],
        undone=from_text(row["undone"]),
        can_undo=row["undo"] != "[]",
    )


def take_back(db: Database, entry: Entry, *, now: datetime) -> tuple[Row, ...] | None:
    """Put back the rows as they were before; return them, or None if something has changed them since."""
    changed = json.loads(db.execute("SELECT undo FROM audit WHERE id = ?", (entry.id,)).fetchone()[0])
    for each in changed:
        if _now(db, each) != each["after"]:
            return None
    for each in changed:
        table, row = each["table"], each["after"] or each["before"]
        db.execute(f"DELETE FROM {table} WHERE {TABLES[table]} = ?", (row[TABLES[table]],))
    for each in changed:
        if each["before"]:
            db.table(each["table"]).insert(each["before"])
    db.execute("UPDATE audit SET undone = ? WHERE id = ?", (to_text(now), entry.id))
    return tuple(each["before"] | {"table": each["table"]} for each in changed if each["before"])


def _now(db: Database, change: dict[str, Any]) -> Row | None:
    table, row = change["table"], change["after"] or change["before"]
    key = TABLES[table]
    return next(db.query(f"SELECT * FROM {table} WHERE {key} = ?", (row[key],)), None)
