"""Stories: their ids, aliases and the columns by which they are found. Their content is folded from facts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.model.story import Story
from bot.store.times import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A name by which a story is found."""

    part: str
    """target, buyer, seller, person or company (the employer)."""
    name: str
    keys: frozenset[str]


def exists(db: Database, story: str) -> bool:
    """Return whether the id is taken."""
    return db.execute("SELECT 1 FROM stories WHERE id = ?", (story,)).fetchone() is not None


def ages(db: Database, ids: set[str]) -> dict[str, tuple[str, int]]:
    """Return (created, revision) of stories; `created` sorts by age."""
    rows = db.query(
        "SELECT id, created, revision FROM stories WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
    return {row["id"]: (row["created"], row["revision"]) for row in rows}


def resolve(db: Database, story: str) -> str | None:
    """Follow aliases to the story that holds the facts; None if there is no such story."""
    seen: set[str] = set()
    at: str | None = story
    while at is not None and at not in seen:
        seen.add(at)
        row = db.execute("SELECT alias_of FROM stories WHERE id = ?", (at,)).fetchone()
        if row is None:
            return None
        if row[0] is None:
            return at
        at = row[0]
    return None


def save(
    db: Database,
    story: Story,
    *,
    headline: str,
    audience: str | None,
    now: datetime,
    usd: float | None = None,
    parties: Iterable[Party] = (),
) -> None:
    """Insert or update a story's row and its words in the search index.

    `story` is folded from what everybody may see; only a story that one workspace alone can see, `audience`, is folded
    from that workspace's facts. `usd` is its amount in dollars; `parties` are the names by which it is looked up.
    """
    db.execute(
        "INSERT INTO stories (id, audience, kind, status, headline, revision, amount, currency, confidence,"
        " first_published, last_published, created, usd, round, target, search_row)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " (SELECT coalesce(max(search_row), 0) + 1 FROM stories))"
        " ON CONFLICT (id) DO UPDATE SET alias_of = NULL, audience = excluded.audience, kind = excluded.kind,"
        " status = excluded.status, headline = excluded.headline, revision = excluded.revision,"
        " amount = excluded.amount, currency = excluded.currency, confidence = excluded.confidence,"
        " first_published = excluded.first_published, last_published = excluded.last_published, usd = excluded.usd,"
        " round = excluded.round, target = excluded.target",
        (
            story.id,
            audience,
            story.kind.value,
            story.status.value,
            headline,
            story.revision,
            story.amount.value if story.amount else None,
            story.amount.currency if story.amount else None,
            story.confidence,
            to_text(story.first_published),
            to_text(story.last_published),
            to_text(now),
            usd,
            story.round,
            story.target,
        ),
    )
    _save_parties(db, story.id, parties)
    names = (story.target, *story.buyers, *story.seller, story.person, story.role, story.company, story.round)
    words = " ".join(part for part in (headline, *names) if part)
    titles = " · ".join(dict.fromkeys(fact.title for fact in story.facts))
    row = _unsearch(db, story.id)
    db.execute(
        "INSERT INTO story_search (rowid, story_id, words, titles) VALUES (?, ?, ?, ?)", (row, story.id, words, titles)
    )


def _unsearch(db: Database, story: str) -> int:
    """Take a story out of the full-text index, by the number of its row; return the number."""
    row = int(db.execute("SELECT search_row FROM stories WHERE id = ?", (story,)).fetchone()[0])
    db.execute("DELETE FROM story_search WHERE rowid = ?", (row,))
    return row


def _save_parties(db: Database, story: str, parties: Iterable[Party]) -> None:
    db.execute("DELETE FROM story_parties WHERE story_id = ?", (story,))
    db.conn.executemany(
        "INSERT OR IGNORE INTO story_parties (story_id, part, key, name) VALUES (?, ?, ?, ?)",
        ((story, party.part, key, party.name) for party in parties for key in sorted(party.keys)),
    )


def recount_later(db: Database, story: str, *, at: datetime | None) -> None:
    """Note that the story's number of sources has moved and its cards may say so from `at` on (None: they do)."""
    db.execute(
        "UPDATE stories SET recount_at = CASE WHEN ? IS NULL THEN NULL ELSE coalesce(recount_at, ?) END WHERE id = ?",
        (to_text(at), to_text(at), story),
    )


def to_recount(db: Database, *, now: datetime) -> tuple[str, ...]:
    """Return the stories whose cards are due for a new number of sources."""
    rows = db.execute("SELECT id FROM stories WHERE recount_at <= ? AND alias_of IS NULL", (to_text(now),))
    return tuple(row[0] for row in rows.fetchall())


def bump(db: Database, story: str) -> int:
    """Move a story's revision by one and return it."""
    db.execute("UPDATE stories SET revision = revision + 1 WHERE id = ?", (story,))
    return int(db.execute("SELECT revision FROM stories WHERE id = ?", (story,)).fetchone()[0])


def make_alias(db: Database, story: str, *, of: str) -> None:
    """Let an id stand for another story: two stories turned out to be one."""
    db.execute("UPDATE stories SET alias_of = ? WHERE id = ? OR alias_of = ?", (of, story, story))
    _unsearch(db, story)
    db.execute("DELETE FROM story_parties WHERE story_id = ?", (story,))
