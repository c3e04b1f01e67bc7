-- The database of the first version (step 0001) with a feed, a story and a posted card. Kept as it was: never change it.
CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT;
CREATE TABLE workspaces (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL CHECK (platform IN ('slack', 'discord', 'console')),
        external_id TEXT NOT NULL,
        name TEXT NOT NULL,
        created TEXT NOT NULL,
        UNIQUE (platform, external_id)
    ) STRICT;
CREATE TABLE channels (
        id INTEGER PRIMARY KEY,
        workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
        external_id TEXT NOT NULL,
        name TEXT NOT NULL,
        paused TEXT,
        UNIQUE (workspace_id, external_id)
    ) STRICT;
CREATE TABLE subscriptions (
        id TEXT PRIMARY KEY,
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        kinds TEXT NOT NULL,
        min_confidence REAL NOT NULL,
        created TEXT NOT NULL,
        created_by TEXT,
        UNIQUE (channel_id, kinds)
    ) STRICT;
CREATE TABLE feeds (
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
    ) STRICT;
CREATE UNIQUE INDEX feeds_by_owner ON feeds (coalesce(workspace_id, ''), listed_url);
CREATE INDEX feeds_due ON feeds (state, next_poll_at);
CREATE TABLE items (
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
    ) STRICT;
CREATE INDEX items_by_url ON items (canonical_url);
CREATE INDEX items_by_feed ON items (feed_id, published);
CREATE INDEX items_by_age ON items (first_seen);
CREATE TABLE stories (
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
    ) STRICT;
CREATE INDEX stories_to_recount ON stories (recount_at) WHERE recount_at IS NOT NULL;
CREATE INDEX stories_by_time ON stories (last_published);
CREATE TABLE facts (
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
    ) STRICT;
CREATE INDEX facts_by_story ON facts (story_id);
CREATE INDEX facts_by_item ON facts (item_id);
CREATE TABLE fact_keys (
        key TEXT NOT NULL,
        fact_id TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
        PRIMARY KEY (key, fact_id)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE evidence (
        id INTEGER PRIMARY KEY,
        fact_id TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        quote TEXT NOT NULL,
        method TEXT NOT NULL,
        confidence REAL NOT NULL
    ) STRICT;
CREATE INDEX evidence_by_fact ON evidence (fact_id);
CREATE VIRTUAL TABLE story_search USING fts5 (
        story_id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 2'
    );
CREATE TABLE cards (
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
    ) STRICT;
CREATE INDEX cards_due ON cards (due_at) WHERE wanted_revision > sent_revision AND state <> 'rejected';
CREATE INDEX cards_by_story ON cards (story_id);
CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        item_id INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        fact_id TEXT REFERENCES facts (id) ON DELETE CASCADE,
        channel_id INTEGER REFERENCES channels (id) ON DELETE CASCADE,
        story_id TEXT,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT;
CREATE INDEX decisions_by_item ON decisions (item_id);
CREATE INDEX decisions_by_age ON decisions (at);
CREATE TABLE heartbeats (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
INSERT INTO migrations VALUES ('0001_first', '2026-08-01T09:30:00.000000Z');
INSERT INTO workspaces VALUES ('w1', 'slack', 'T1', 'Acme', '2026-08-01T09:30:00.000000Z');
INSERT INTO channels VALUES (1, 'w1', 'C1', 'deals', NULL);
INSERT INTO subscriptions VALUES ('u1', 1, 'acquisition', 0.5, '2026-08-01T09:30:00.000000Z', NULL);
INSERT INTO stories (id, kind, status, headline, revision, confidence, first_published, last_published, created)
  VALUES ('s1', 'acquisition', 'announced', 'Meta buys Cove', 1, 0.8, '2026-08-01T09:30:00.000000Z', '2026-08-01T09:30:00.000000Z', '2026-08-01T09:30:00.000000Z');
INSERT INTO cards (key, channel_id, subject, story_id, wanted_revision, sent_revision, message, state, due_at, created)
  VALUES ('oldkey', 1, 'story:s1', 's1', 1, 1, 'm1', 'ready', '2026-08-01T09:30:00.000000Z', '2026-08-01T09:30:00.000000Z');
