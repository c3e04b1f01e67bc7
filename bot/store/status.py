"""How the bot is doing, read from the store."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is."""

    feeds: int
    failing: int
    gone: int
    items: int
    stories: int
    subscriptions: int
    cards_sent: int
    cards_waiting: int
    cards_rejected: int


QUERIES = {
    "feeds": "SELECT count(*) FROM feeds WHERE state = 'active'",
    "failing": "SELECT count(*) FROM feeds WHERE state = 'active' AND failures > 0",
    "gone": "SELECT count(*) FROM feeds WHERE state = 'gone'",
    "items": "SELECT count(*) FROM items",
    "stories": "SELECT count(*) FROM stories WHERE alias_of IS NULL",
    "subscriptions": "SELECT count(*) FROM subscriptions",
    "cards_sent": "SELECT count(*) FROM cards WHERE sent_revision > 0",
    "cards_waiting": "SELECT count(*) FROM cards WHERE wanted_revision > sent_revision AND state <> 'rejected'",
    "cards_rejected": "SELECT count(*) FROM cards WHERE state = 'rejected'",
}


def counts(db: Database) -> Counts:
    """Count everything that `dealbell status` shows."""
    return Counts(**{name: int(db.execute(query).fetchone()[0]) for name, query in QUERIES.items()})


def troubles(db: Database, *, limit: int = 20) -> tuple[tuple[str, str], ...]:
    """Return what does not reach people, and why: paused channels, cards given up or tried again; the worst first."""
    place = "workspaces.platform || ' ' || coalesce(nullif(channels.name, ''), channels.external_id)"
    rows = db.execute(
        f"SELECT 'paused', {place}, paused FROM channels JOIN workspaces ON workspaces.id = workspace_id"
        " WHERE paused IS NOT NULL"
        f" UNION ALL SELECT 'given up (' || count(*) || ')', {place}, last_error FROM cards"
        " JOIN channels ON channels.id = channel_id JOIN workspaces ON workspaces.id = workspace_id"
        " WHERE state = 'rejected' GROUP BY channel_id, last_error"
        f" UNION ALL SELECT 'tried again (' || max(attempts) || ')', {place}, last_error FROM cards"
        " JOIN channels ON channels.id = channel_id JOIN workspaces ON workspaces.id = workspace_id"
        " WHERE wanted_revision > sent_revision AND state <> 'rejected' AND attempts > 0"
        " GROUP BY channel_id, last_error LIMIT ?",
        (limit,),
    )
    return tuple((f"{what}: {where}", str(why or "")) for what, where, why in rows.fetchall())


def told(db: Database, workspace: str) -> tuple[tuple[str, str], ...]:
    """Return what a workspace may know of how the bot is doing, each with its label."""
    feeds, failing, last = db.execute(
        "SELECT count(*), total(failures > 0), max(last_poll_at) FROM feeds"
        " WHERE state = 'active' AND (workspace_id IS NULL OR workspace_id = ?)",
        (workspace,),
    ).fetchone()
    waiting, held = db.execute(
        "SELECT count(*), total(due_at > strftime('%Y-%m-%dT%H:%M:%fZ')) FROM cards"
        " JOIN channels ON channels.id = channel_id"
        " WHERE wanted_revision > sent_revision AND state <> 'rejected' AND workspace_id = ?",
        (workspace,),
    ).fetchone()
    stories = db.execute(
        "SELECT count(*) FROM stories WHERE alias_of IS NULL AND (audience IS NULL OR audience = ?)", (workspace,)
    ).fetchone()[0]
    polled = f"{from_text(last):%Y-%m-%d %H:%M} UTC" if last else "never"
    return (
        ("Feeds", f"{feeds}" + (f", {int(failing)} failing" if failing else ", all well")),
        ("Last poll", polled),
        ("Stories", f"{stories:,}"),
        ("Cards waiting", f"{waiting}" + (f", {int(held)} of them for a later time" if held else "")),
    )


BEAT_SECONDS = 30.0
"""A job that ends every second is noted this often: each note is a write to the disk."""


class Pulse:
    """Remembers when a job was last noted, so that an idle bot leaves the disk alone."""

    def __init__(self) -> None:
        self._noted: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Return whether the job should be noted now; if so, the caller does."""
        if self._noted is not None and 0 <= (now - self._noted).total_seconds() < BEAT_SECONDS:
            return False
        self._noted = now
        return True


def beat(db: Database, name: str, *, now: datetime) -> None:
    """Note that a job ran to its end: "poll", "deliver", "start"."""
    db.execute(
        "INSERT INTO heartbeats VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        (name, to_text(now)),
    )


def beats(db: Database) -> dict[str, datetime]:
    """Return when each job last ran to its end."""
    return {row["name"]: from_text(row["at"]) for row in db.query("SELECT name, at FROM heartbeats")}
