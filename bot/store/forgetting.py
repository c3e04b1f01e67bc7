"""Feedback, and deletion: what people told us about alerts, and what is left of them when they ask to be forgotten."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.model.request import Request
from bot.model.subscription import Workspace
from bot.store.channels import channel_id
from bot.store.times import from_text, new_id, to_text

REASONS = ("not_a_deal", "wrong_facts", "duplicate", "not_my_company")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What somebody said about a story's card."""

    at: datetime
    workspace: str
    story: str
    reason: str
    note: str


def tell(db: Database, request: Request, story: str, *, reason: str, note: str) -> bool:
    """Store feedback; the same from the same person replaces the note. Return whether it is new."""
    fresh = db.execute(
        "SELECT 1 FROM feedback WHERE workspace_id = ? AND user_id = ? AND story_id = ? AND reason = ?",
        (request.channel.workspace.id, request.user.id, story, reason),
    ).fetchone()
    db.execute(
        "INSERT INTO feedback (id, at, workspace_id, channel_id, user_id, story_id, reason, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (workspace_id, user_id, story_id, reason) DO UPDATE SET note = excluded.note, at = excluded.at",
        (
            new_id(),
            to_text(request.now),
            request.channel.workspace.id,
            channel_id(db, request.channel),
            request.user.id,
            story,
            reason,
            note,
        ),
    )
    return fresh is None


def all_feedback(db: Database) -> Iterator[Feedback]:
    """Yield all feedback of all workspaces, oldest first: for the operator's export."""
    for row in db.query("SELECT * FROM feedback ORDER BY at, id"):
        yield Feedback(
            at=from_text(row["at"]),
            workspace=row["workspace_id"],
            story=row["story_id"],
            reason=row["reason"],
            note=row["note"],
        )


def labelled(db: Database) -> Iterator[dict[str, Any]]:
    """Yield the articles of the stories that people complained of, in the form of the training corpus.

    Articles whose texts are kept no longer are left out. What has wrong facts is `unchecked` until somebody has put
    the events right: training leaves it out.
    """
    rows = db.query(
        "SELECT items.id, items.title, items.text, items.published, items.first_seen,"
        " json_group_array(DISTINCT feedback.reason) AS reasons, json_group_array(DISTINCT feedback.note) AS notes"
        " FROM feedback JOIN stories ON stories.id = feedback.story_id"
        " JOIN facts ON facts.story_id = coalesce(stories.alias_of, stories.id) JOIN items ON items.id = facts.item_id"
        " WHERE items.title IS NOT NULL AND (facts.audience IS NULL OR facts.audience = feedback.workspace_id)"
        " GROUP BY items.id ORDER BY items.id"
    )
    for row in rows:
        reasons = json.loads(row["reasons"])
        events = [] if "not_a_deal" in reasons else _events(db, row["id"])
        yield {
            "id": f"feedback-{row['id']}",
            "title": row["title"],
            "text": row["text"] or "",
            "published": row["published"] or row["first_seen"],
            "events": events,
            "unchecked": "wrong_facts" in reasons and "not_a_deal" not in reasons,
            "reasons": reasons,
            "notes": [note for note in json.loads(row["notes"]) if note],
        }


def _events(db: Database, item: int) -> list[Any]:
    rows = db.execute("SELECT event FROM facts WHERE item_id = ? ORDER BY id", (item,)).fetchall()
    events = [json.loads(row[0]) for row in rows]
    return [{name: value for name, value in event.items() if name != "confidence"} for event in events]


def feedback_count(db: Database, workspace: str) -> int:
    """Return how many reports a workspace has made."""
    return int(db.execute("SELECT count(*) FROM feedback WHERE workspace_id = ?", (workspace,)).fetchone()[0])


def workspace(db: Database, gone: Workspace) -> None:
    """Delete everything that belongs to a workspace: what refers to it goes with it."""
    own = "SELECT id FROM stories WHERE audience = ?"
    # an own story may be another's alias, and other cards may point to it: untie before it goes
    db.execute(f"UPDATE stories SET alias_of = NULL WHERE alias_of IN ({own})", (gone.id,))
    db.execute("DELETE FROM feedback WHERE workspace_id = ?", (gone.id,))
    db.execute("DELETE FROM facts WHERE audience = ?", (gone.id,))
    db.execute(
        "DELETE FROM digest_entries WHERE channel_id IN (SELECT id FROM channels WHERE workspace_id = ?)", (gone.id,)
    )
    db.execute("DELETE FROM cards WHERE channel_id IN (SELECT id FROM channels WHERE workspace_id = ?)", (gone.id,))
    db.execute(
        "DELETE FROM story_search WHERE rowid IN (SELECT search_row FROM stories WHERE audience = ?)", (gone.id,)
    )
    db.execute("DELETE FROM stories WHERE audience = ?", (gone.id,))
    db.execute("DELETE FROM workspaces WHERE id = ?", (gone.id,))


def person(db: Database, where: Workspace, user: str) -> None:
    """Delete a person's direct alerts and feedback, and the name in what is kept."""
    db.execute("DELETE FROM channels WHERE workspace_id = ? AND external_id = ?", (where.id, f"@{user}"))
    db.execute("DELETE FROM feedback WHERE workspace_id = ? AND user_id = ?", (where.id, user))
    db.execute(
        "UPDATE audit SET user_id = '', user_name = 'somebody' WHERE workspace_id = ? AND user_id = ?",
        (where.id, user),
    )
    for table in ("subscriptions", "watches", "mutes"):
        db.execute(
            f"UPDATE {table} SET created_by = NULL WHERE created_by = ? AND channel_id IN"
            " (SELECT id FROM channels WHERE workspace_id = ?)",
            (user, where.id),
        )
    db.execute("UPDATE feeds SET added_by = NULL WHERE workspace_id = ? AND added_by = ?", (where.id, user))
