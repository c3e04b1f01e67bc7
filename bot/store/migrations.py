"""The schema, as numbered steps that are only ever appended to.

Every row that belongs to somebody carries its workspace. Facts are append-only. Times are ISO 8601 in UTC with six
digits of a second (they sort as text), written by `times.to_text`.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import StoreTooNew, StoreUnreadable
from bot.store.times import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step: its name is its identity and its order."""

    name: str
    statements: tuple[str, ...]


TENANTS = (
    """CREATE TABLE workspaces (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL CHECK (platform IN ('slack', 'discord', 'console')),
        external_id TEXT NOT NULL,
        name TEXT NOT NULL,
        created TEXT NOT NULL,
        UNIQUE (platform, external_id)
    ) STRICT""",
    """CREATE TABLE channels (
        id INTEGER PRIMARY KEY,
        workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
        external_id TEXT NOT NULL,
        name TEXT NOT NULL,
        paused TEXT,
        UNIQUE (workspace_id, external_id)
    ) STRICT""",
    """CREATE TABLE subscriptions (
        id TEXT PRIMARY KEY,
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        kinds TEXT NOT NULL,
        min_confidence REAL NOT NULL,
        created TEXT NOT NULL,
        created_by TEXT,
        UNIQUE (channel_id, kinds)
    ) STRICT""",
)

FEEDS = (
    """CREATE TABLE feeds (
        id INTEGER PRIMARY KEY,
        workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        listed_url TEXT NOT NULL,
        title TEXT NOT NULL,
        grp TEXT NOT NULL,
        full_text INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'gone', 'removed')),
        etag TEXT,
        last_modified TEXT,
        body_hash TEXT,
        interval_seconds REAL NOT NULL,
        ttl_seconds INTEGER,
        skip_hours TEXT NOT NULL DEFAULT '',
        next_poll_at TEXT,
        last_poll_at TEXT,
        last_ok_at TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        last_error TEXT,
        created TEXT NOT NULL
    ) STRICT""",
    # an expression, since two NULLs would count as different workspaces
    "CREATE UNIQUE INDEX feeds_by_owner ON feeds (coalesce(workspace_id, ''), listed_url)",
    "CREATE INDEX feeds_due ON feeds (state, next_poll_at)",
    """CREATE TABLE items (
        id INTEGER PRIMARY KEY,
        feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        canonical_url TEXT,
        url TEXT,
        title TEXT,
        text TEXT,
        source TEXT NOT NULL,
        published TEXT,
        first_seen TEXT NOT NULL,
        UNIQUE (feed_id, key)
    ) STRICT""",
    "CREATE INDEX items_by_url ON items (canonical_url)",
    "CREATE INDEX items_by_feed ON items (feed_id, published)",
    "CREATE INDEX items_by_age ON items (first_seen)",
)

STORIES = (
    """CREATE TABLE stories (
        id TEXT PRIMARY KEY,
        alias_of TEXT REFERENCES stories (id),
        audience TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        headline TEXT NOT NULL,
        revision INTEGER NOT NULL,
        amount REAL,
        currency TEXT,
        confidence REAL NOT NULL,
        first_published TEXT NOT NULL,
        last_published TEXT NOT NULL,
        recount_at TEXT,
        created TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX stories_to_recount ON stories (recount_at) WHERE recount_at IS NOT NULL",
    "CREATE INDEX stories_by_time ON stories (last_published)",
    """CREATE TABLE facts (
        id TEXT PRIMARY KEY,
        story_id TEXT REFERENCES stories (id),
        item_id INTEGER REFERENCES items (id) ON DELETE SET NULL,
        audience TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        background INTEGER NOT NULL,
        event TEXT NOT NULL CHECK (json_valid(event)),
        source TEXT NOT NULL,
        title TEXT NOT NULL,
        url TEXT,
        published TEXT NOT NULL,
        first_seen TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX facts_by_story ON facts (story_id)",
    "CREATE INDEX facts_by_item ON facts (item_id)",
    """CREATE TABLE fact_keys (
        key TEXT NOT NULL,
        fact_id TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
        PRIMARY KEY (key, fact_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE evidence (
        id INTEGER PRIMARY KEY,
        fact_id TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        quote TEXT NOT NULL,
        method TEXT NOT NULL,
        confidence REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX evidence_by_fact ON evidence (fact_id)",
    """CREATE VIRTUAL TABLE story_search USING fts5 (
        story_id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 2'
    )""",
)

DELIVERY = (
    """CREATE TABLE cards (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE CHECK (length(key) <= 25),
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        subject TEXT NOT NULL,
        story_id TEXT NOT NULL REFERENCES stories (id),
        wanted_revision INTEGER NOT NULL,
        sent_revision INTEGER NOT NULL DEFAULT 0,
        message TEXT,
        state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'rejected')),
        due_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        note TEXT,
        noted_at TEXT,
        last_error TEXT,
        created TEXT NOT NULL,
        sent_at TEXT,
        UNIQUE (channel_id, subject)
    ) STRICT""",
    "CREATE INDEX cards_due ON cards (due_at) WHERE wanted_revision > sent_revision AND state <> 'rejected'",
    "CREATE INDEX cards_by_story ON cards (story_id)",
    """CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        item_id INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        fact_id TEXT REFERENCES facts (id) ON DELETE CASCADE,
        channel_id INTEGER REFERENCES channels (id) ON DELETE CASCADE,
        story_id TEXT,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX decisions_by_item ON decisions (item_id)",
    "CREATE INDEX decisions_by_age ON decisions (at)",
    "CREATE TABLE heartbeats (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT",
)

SHOWN_SOURCES = (
    # how many sources the card names as it was last sent: a further one is told later, where the number moved
    "ALTER TABLE cards ADD COLUMN sources INTEGER",
)

FEED_ORIGIN = (
    # what the feeds file drops is no longer polled; what a person added by command stays
    "ALTER TABLE feeds ADD COLUMN origin TEXT NOT NULL DEFAULT 'person'",
)

MIGRATIONS = (
    Migration(name="0001_first", statements=TENANTS + FEEDS + STORIES + DELIVERY),
    Migration(name="0002_shown_sources", statements=SHOWN_SOURCES),
    Migration(name="0003_feed_origin", statements=FEED_ORIGIN),
)

_BOOK = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT"


def migrate(conn: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> tuple[str, ...]:
    """Bring the database up to date, each step in a transaction of its own; return the names applied.

    Raises StoreTooNew if the database holds a step that this program does not know, StoreUnreadable if it is not ours.
    """
    tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "migrations" not in tables:
        raise StoreUnreadable(
            "The database belongs to another program.", cure="Name another file in DEALBELL_DATABASE."
        )
    if tables:
        known = {migration.name for migration in migrations}
        done = {row[0] for row in conn.execute("SELECT name FROM migrations")}
        if unknown := sorted(done - known):
            raise StoreTooNew(
                f"The database was written by a newer version of Dealbell (it knows the step {unknown[-1]}).",
                cure="Install that version, or name another file in DEALBELL_DATABASE.",
            )
        if done == known:
            return ()
    return tuple(migration.name for migration in migrations if _apply(conn, migration))


def _apply(conn: sqlite3.Connection, migration: Migration) -> bool:
    """Apply one step unless it is there; two processes may try at once."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        conn.execute(_BOOK)
        if conn.execute("SELECT 1 FROM migrations WHERE name = ?", (migration.name,)).fetchone():
            conn.execute("ROLLBACK")
            return False
        for statement in migration.statements:
            conn.execute(statement)
        conn.execute("INSERT INTO migrations VALUES (?, ?)", (migration.name, to_text(datetime.now(UTC))))
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    return True
