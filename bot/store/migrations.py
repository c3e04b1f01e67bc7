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

_CARD_COLUMNS = (
    "id, key, channel_id, subject, story_id, wanted_revision, sent_revision, message, state, due_at, attempts, note,"
    " noted_at, last_error, created, sent_at, sources"
)

COMMANDS = (
    # a filter and a delivery instead of kinds alone; a filter that asks for everything is '{}'
    """CREATE TABLE subscriptions_new (
        id TEXT PRIMARY KEY,
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        filter TEXT NOT NULL CHECK (json_valid(filter)),
        delivery TEXT NOT NULL,
        min_confidence REAL NOT NULL,
        created TEXT NOT NULL,
        created_by TEXT,
        UNIQUE (channel_id, filter)
    ) STRICT""",
    """INSERT INTO subscriptions_new SELECT id, channel_id,
        CASE WHEN length(kinds) - length(replace(kinds, ' ', '')) = 6 THEN '{}'
        ELSE '{"kinds":["' || replace(kinds, ' ', '","') || '"]}' END, 'now', min_confidence, created, created_by
        FROM subscriptions""",
    "DROP TABLE subscriptions",
    "ALTER TABLE subscriptions_new RENAME TO subscriptions",
    # a card that is no story's: a digest, a notice
    """CREATE TABLE cards_new (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE CHECK (length(key) <= 25),
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        subject TEXT NOT NULL,
        story_id TEXT REFERENCES stories (id),
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
        sources INTEGER,
        UNIQUE (channel_id, subject)
    ) STRICT""",
    f"INSERT INTO cards_new ({_CARD_COLUMNS}) SELECT {_CARD_COLUMNS} FROM cards",
    "DROP TABLE cards",
    "ALTER TABLE cards_new RENAME TO cards",
    "CREATE INDEX cards_due ON cards (due_at) WHERE wanted_revision > sent_revision AND state <> 'rejected'",
    "CREATE INDEX cards_by_story ON cards (story_id)",
    "CREATE INDEX cards_by_channel ON cards (channel_id, created)",
    """CREATE TABLE digest_entries (
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        story_id TEXT NOT NULL REFERENCES stories (id),
        kind TEXT NOT NULL CHECK (kind IN ('daily', 'weekly', 'overflow')),
        due_at TEXT NOT NULL,
        card_id INTEGER REFERENCES cards (id) ON DELETE CASCADE,
        PRIMARY KEY (channel_id, story_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX digest_entries_due ON digest_entries (due_at) WHERE card_id IS NULL",
    "CREATE INDEX digest_entries_by_card ON digest_entries (card_id)",
    """CREATE TABLE channel_settings (
        channel_id INTEGER PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE,
        zone TEXT NOT NULL DEFAULT 'UTC',
        quiet TEXT NOT NULL DEFAULT '',
        cap INTEGER NOT NULL DEFAULT 30,
        layout TEXT NOT NULL DEFAULT 'full' CHECK (layout IN ('full', 'compact')),
        threads TEXT NOT NULL DEFAULT 'off' CHECK (threads IN ('off', 'turns'))
    ) STRICT""",
    """CREATE TABLE workspace_settings (
        workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
        admins_only INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE mutes (
        id TEXT PRIMARY KEY,
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('company', 'source')),
        name TEXT NOT NULL,
        until TEXT,
        created TEXT NOT NULL,
        created_by TEXT,
        UNIQUE (channel_id, what, name)
    ) STRICT""",
    """CREATE TABLE watches (
        id TEXT PRIMARY KEY,
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        aliases TEXT NOT NULL CHECK (json_valid(aliases)),
        tickers TEXT NOT NULL CHECK (json_valid(tickers)),
        domains TEXT NOT NULL CHECK (json_valid(domains)),
        created TEXT NOT NULL,
        created_by TEXT,
        UNIQUE (channel_id, name)
    ) STRICT""",
    """CREATE TABLE watch_keys (
        key TEXT NOT NULL,
        watch_id TEXT NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
        PRIMARY KEY (key, watch_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX watch_keys_by_watch ON watch_keys (watch_id)",
    """CREATE TABLE story_parties (
        story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        part TEXT NOT NULL CHECK (part IN ('target', 'buyer', 'seller', 'person', 'company')),
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (story_id, part, key)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX story_parties_by_key ON story_parties (key, part)",
    "CREATE INDEX story_parties_by_name ON story_parties (name COLLATE NOCASE, part)",
    "ALTER TABLE stories ADD COLUMN usd REAL",
    "ALTER TABLE stories ADD COLUMN round TEXT",
    "ALTER TABLE stories ADD COLUMN target TEXT",
    "CREATE INDEX stories_by_size ON stories (last_published, usd)",
    """CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
        channel_id INTEGER REFERENCES channels (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL,
        user_name TEXT NOT NULL,
        what TEXT NOT NULL,
        undo TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(undo)),
        undone TEXT
    ) STRICT""",
    "CREATE INDEX audit_by_workspace ON audit (workspace_id, id)",
    """CREATE TABLE feedback (
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
        channel_id INTEGER REFERENCES channels (id) ON DELETE SET NULL,
        user_id TEXT NOT NULL,
        story_id TEXT NOT NULL REFERENCES stories (id),
        reason TEXT NOT NULL CHECK (reason IN ('not_a_deal', 'wrong_facts', 'duplicate', 'not_my_company')),
        note TEXT NOT NULL DEFAULT '',
        UNIQUE (workspace_id, user_id, story_id, reason)
    ) STRICT""",
    "CREATE INDEX decisions_by_story ON decisions (story_id, channel_id)",
    """CREATE TABLE rulings (
        one TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
        other TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
        together INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX rulings_by_other ON rulings (other)",
    "ALTER TABLE feeds ADD COLUMN added_by TEXT",
    "ALTER TABLE feeds ADD COLUMN told_failing INTEGER NOT NULL DEFAULT 0",
)

SEARCH_ROWS = (
    # the full-text index finds a row by its number alone: by the story's id it reads all of them
    "ALTER TABLE stories ADD COLUMN search_row INTEGER",
    "UPDATE stories SET search_row = rowid",
    "CREATE UNIQUE INDEX stories_by_search_row ON stories (search_row)",
    # the outlets' headlines stand in a column of their own: a snippet comes from there
    """CREATE VIRTUAL TABLE story_search_new USING fts5 (
        story_id UNINDEXED, words, titles, tokenize = 'unicode61 remove_diacritics 2'
    )""",
    """INSERT INTO story_search_new (rowid, story_id, words, titles)
        SELECT search_row, story_id, words,
        (SELECT coalesce(group_concat(DISTINCT title), '') FROM facts WHERE facts.story_id = stories.id
            AND facts.audience IS stories.audience)
        FROM story_search JOIN stories ON stories.id = story_id""",
    "DROP TABLE story_search",
    "ALTER TABLE story_search_new RENAME TO story_search",
)

DISCORD = (
    """CREATE TABLE chat_notes (
        platform TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (platform, name)
    ) STRICT, WITHOUT ROWID""",
    "ALTER TABLE channel_settings ADD COLUMN publish INTEGER NOT NULL DEFAULT 0",
)

CHATS = (
    # what a platform may hand over twice, and what was done once for a while
    "CREATE TABLE seen (key TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX seen_by_age ON seen (at)",
    # commands of buttons that are too long for their platform
    "CREATE TABLE long_commands (id TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # token and refresh are encrypted
    """CREATE TABLE slack_installs (
        team_id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        bot_user_id TEXT NOT NULL,
        token TEXT NOT NULL,
        refresh TEXT,
        expires_at TEXT,
        scopes TEXT NOT NULL,
        installed_at TEXT NOT NULL,
        installed_by TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE slack_states (state TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

MIGRATIONS = (
    Migration(name="0001_first", statements=TENANTS + FEEDS + STORIES + DELIVERY),
    Migration(name="0002_shown_sources", statements=SHOWN_SOURCES),
    Migration(name="0003_feed_origin", statements=FEED_ORIGIN),
    Migration(name="0004_commands", statements=COMMANDS),
    Migration(name="0005_search_rows", statements=SEARCH_ROWS),
    Migration(name="0006_slack", statements=CHATS),
    Migration(name="0007_discord", statements=DISCORD),
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
