"""The outbox: one card row for each destination and subject, with the revision wanted and the revision sent.

A row is written in the transaction of what caused it. At most one post, then edits; a later revision replaces one that
was not sent yet. A row left `sending` by a crash is in doubt: its key is looked for before anything is sent again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.model.alert import Alert
from bot.model.enums import Platform
from bot.store.channels import channel_of
from bot.store.times import from_text, new_id, to_text

KEY_LENGTH = 16
"""31 to the 16th possibilities; the platforms allow 25 characters."""
NOTE_LENGTH = 500


def cards_of(db: Database, story: str) -> dict[int, str]:
    """Return the channels that have or will have the story's card, each with its workspace's id."""
    rows = db.execute(
        "SELECT channel_id, workspace_id FROM cards JOIN channels ON channels.id = channel_id WHERE subject = ?",
        (f"story:{story}",),
    )
    return dict(rows.fetchall())


def sources_shown(db: Database, story: str) -> tuple[tuple[int, str, int | None], ...]:
    """Return channel, workspace's id and number of sources of the story's cards; None: not sent yet."""
    rows = db.execute(
        "SELECT channel_id, workspace_id, sources FROM cards JOIN channels ON channels.id = channel_id"
        " WHERE subject = ?",
        (f"story:{story}",),
    )
    return tuple(rows.fetchall())


def asked_since(db: Database, channel: int, *, since: datetime) -> int:
    """Return how many stories' cards were asked for in a channel since a time."""
    row = db.execute(
        "SELECT count(*) FROM cards WHERE channel_id = ? AND created > ? AND substr(subject, 1, 6) = 'story:'",
        (channel, to_text(since)),
    ).fetchone()
    return int(row[0])


def waiting_for(db: Database, channel: int, *, at: datetime) -> int:
    """Return how many stories' cards wait in a channel for a time: the end of its quiet hours."""
    row = db.execute(
        "SELECT count(*) FROM cards WHERE channel_id = ? AND due_at >= ? AND message IS NULL"
        " AND substr(subject, 1, 6) = 'story:'",
        (channel, to_text(at)),
    ).fetchone()
    return int(row[0])


def want_post(
    db: Database, channel: int, story: str, *, revision: int, now: datetime, at: datetime | None = None
) -> bool:
    """Ask for a card of a story in a channel, to be posted at a time (now); return False if it is asked for already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO cards (key, channel_id, subject, story_id, wanted_revision, state, due_at, created)"
        " VALUES (?, ?, ?, ?, ?, 'ready', ?, ?)",
        (new_id(KEY_LENGTH), channel, f"story:{story}", story, revision, to_text(at or now), to_text(now)),
    )
    return cursor.rowcount > 0


def give_way(db: Database, channel: int, *, usd: float) -> tuple[str, datetime] | None:
    """Take back the smallest deal's card that waits in a channel, if it is smaller; return its story and its time.

    A card that may have arrived stays.
    """
    found = db.execute(
        "SELECT cards.id, cards.story_id, due_at, coalesce(stories.usd, 0) FROM cards"
        " JOIN stories ON stories.id = story_id WHERE channel_id = ? AND subject = 'story:' || story_id"
        " AND message IS NULL AND state = 'ready'"
        " ORDER BY coalesce(stories.usd, 0), cards.id LIMIT 1",
        (channel,),
    ).fetchone()
    if found is None or found[3] >= usd:
        return None
    db.execute(
        "DELETE FROM cards WHERE channel_id = ? AND story_id = ? AND (id = ? OR substr(subject, 1, 5) = 'turn:')",
        (channel, found[1], found[0]),
    )
    return str(found[1]), from_text(found[2])


def want_edit(db: Database, channel: int, story: str, *, revision: int, note: str, now: datetime) -> None:
    """Ask for a channel's card of a story to show a new revision; notes of edits not sent yet add up.

    A card that waits (the platform asked to) goes on waiting. The wanted revision always moves, since a card that was
    another story's may be ahead of this one's.
    """
    db.execute(
        "UPDATE cards SET wanted_revision = max(wanted_revision + 1, ?), noted_at = ?,"
        " due_at = CASE WHEN wanted_revision > sent_revision THEN due_at ELSE ? END, note = substr("
        " CASE WHEN wanted_revision > sent_revision AND sent_revision > 0 AND note IS NOT NULL"
        " THEN note || '; ' || ? ELSE ? END, 1, ?) WHERE channel_id = ? AND subject = ?",
        (revision, to_text(now), to_text(now), note, note, NOTE_LENGTH, channel, f"story:{story}"),
    )


def want_notice(db: Database, channel: int, *, subject: str, words: str, now: datetime) -> None:
    """Ask for words in a channel, once for each subject."""
    db.execute(
        "INSERT OR IGNORE INTO cards (key, channel_id, subject, wanted_revision, state, due_at, created, note)"
        " VALUES (?, ?, ?, 1, 'ready', ?, ?, ?)",
        (new_id(KEY_LENGTH), channel, f"notice:{subject}", to_text(now), to_text(now), words[:NOTE_LENGTH]),
    )


def want_note(
    db: Database, channel: int, story: str, *, turn: str, words: str, now: datetime, at: datetime | None = None
) -> bool:
    """Ask for a note on a channel's card of a story, once for each turn; return False if it was asked for before.

    It is posted at a time (now): a note disturbs as a card does.
    """
    cursor = db.execute(
        "INSERT OR IGNORE INTO cards"
        " (key, channel_id, subject, story_id, wanted_revision, state, due_at, created, note)"
        " VALUES (?, ?, ?, ?, 1, 'ready', ?, ?, ?)",
        (
            new_id(KEY_LENGTH),
            channel,
            f"turn:{turn}:{story}",
            story,
            to_text(at or now),
            to_text(now),
            words[:NOTE_LENGTH],
        ),
    )
    return cursor.rowcount > 0


def point_to(db: Database, alias: str, *, story: str, note: str, now: datetime) -> None:
    """After a merge, let the alias's cards serve the story.

    Where the channel has no card of the story, the alias's becomes it, and is edited to show it if it was sent. Where
    it has one, the alias's card goes if it was never sent, and is edited to point to the other if it was.
    """
    db.execute(
        "UPDATE OR IGNORE cards SET story_id = :story, subject = 'story:' || :story,"
        " due_at = CASE WHEN wanted_revision > sent_revision THEN due_at ELSE :now END,"
        " wanted_revision = wanted_revision + (sent_revision > 0)"
        " WHERE subject = 'story:' || :alias AND channel_id NOT IN"
        " (SELECT channel_id FROM cards WHERE subject = 'story:' || :story)",
        {"story": story, "alias": alias, "now": to_text(now)},
    )
    db.execute("DELETE FROM cards WHERE subject = ? AND message IS NULL AND state = 'ready'", (f"story:{alias}",))
    db.execute(
        "UPDATE cards SET story_id = ?, wanted_revision = max(wanted_revision, sent_revision) + 1, note = ?,"
        " noted_at = ?, due_at = max(due_at, ?) WHERE subject = ?",
        (story, note, to_text(now), to_text(now), f"story:{alias}"),
    )


def due(
    db: Database, *, now: datetime, platforms: Iterable[Platform], limit: int = 200
) -> tuple[tuple[int, Alert], ...]:
    """Return row number and alert of the cards that are due on these platforms.

    What may have arrived comes first, then the biggest deals, then what waits longest: in a burst, platforms take a
    card a second and channel.
    """
    rows = db.query(
        "SELECT cards.*, main.message AS card_message,"
        " channels.external_id AS channel_external, channels.name AS channel_name,"
        " workspaces.id AS workspace, workspaces.platform, workspaces.external_id AS workspace_external,"
        " workspaces.name AS workspace_name FROM cards JOIN channels ON channels.id = cards.channel_id"
        " JOIN workspaces ON workspaces.id = channels.workspace_id"
        " LEFT JOIN cards AS main ON substr(cards.subject, 1, 5) = 'turn:' AND main.channel_id = cards.channel_id"
        " AND main.subject = 'story:' || cards.story_id LEFT JOIN stories ON stories.id = cards.story_id"
        " WHERE cards.wanted_revision > cards.sent_revision AND cards.state <> 'rejected' AND cards.due_at <= :now"
        " AND channels.paused IS NULL AND instr(:platforms, workspaces.platform)"
        " AND (substr(cards.subject, 1, 5) <> 'turn:' OR main.message IS NOT NULL)"
        " ORDER BY cards.state = 'sending' DESC, coalesce(stories.usd, 0) DESC, cards.due_at, cards.id LIMIT :limit",
        {"now": to_text(now), "platforms": " ".join(sorted(platforms)), "limit": limit},
    )
    return tuple(
        (
            row["id"],
            Alert(
                key=row["key"],
                channel=channel_of(row),
                story=row["story_id"],
                reply_to=row["card_message"],
                notice=row["note"] if row["subject"].startswith("notice:") else None,
                moved=row["subject"].startswith("story:") and row["subject"] != f"story:{row['story_id']}",
                revision=row["wanted_revision"],
                message=row["message"],
                doubtful=row["state"] == "sending",
                attempts=row["attempts"],
                note=row["note"] if row["sent_revision"] or row["subject"].startswith("turn:") else None,
                noted_at=from_text(row["noted_at"]) if row["sent_revision"] else None,
                wanted=_wanted(row),
            ),
        )
        for row in rows
    )


def _wanted(row: dict[str, Any]) -> datetime:
    """A card that was to wait (for the end of quiet hours, say) is wanted from then on: its first time to be due."""
    asked = row["noted_at"] if row["sent_revision"] else row["created"] if row["attempts"] else None
    found: datetime = from_text(asked or row["due_at"])
    return found


def begin(db: Database, card: int, *, settled: datetime) -> bool:
    """Note, before a first post goes out, that from now on it may have arrived; False: it is no longer wanted.

    Should nothing more be heard of it, as after a crash, it is looked for from `settled` on: what was sent may still be
    on its way, and would be missed by a look that comes too early.
    """
    cursor = db.execute("UPDATE cards SET state = 'sending', due_at = ? WHERE id = ?", (to_text(settled), card))
    return cursor.rowcount > 0


def arrived(db: Database, card: int, *, message: str) -> None:
    """Note that a card in doubt is there after all, whatever revision it shows: from now on it is only edited."""
    db.execute("UPDATE cards SET state = 'ready', message = ? WHERE id = ?", (message, card))


def sent(db: Database, card: int, *, revision: int, message: str, sources: int, now: datetime) -> None:
    """Note that the platform shows a revision with so many sources; a newer one may already be wanted."""
    db.execute(
        "UPDATE cards SET state = 'ready', sent_revision = ?, message = ?, sources = ?, sent_at = ?, due_at = ?,"
        " attempts = 0, last_error = NULL, note = CASE WHEN wanted_revision > ? THEN note END WHERE id = ?",
        (revision, message, sources, to_text(now), to_text(now), revision, card),
    )


def again(db: Database, card: int, *, at: datetime, reason: str, doubtful: bool) -> None:
    """Try later; `doubtful` where the card may have arrived after all."""
    db.execute(
        "UPDATE cards SET state = ?, due_at = ?, last_error = ?, attempts = attempts + 1 WHERE id = ?",
        ("sending" if doubtful else "ready", to_text(at), reason, card),
    )


def hold(db: Database, card: int, *, until: datetime) -> None:
    """Let the other cards of this card's channel wait too: what delays one delays its channel."""
    db.execute(
        "UPDATE cards SET due_at = max(due_at, ?) WHERE channel_id = (SELECT channel_id FROM cards WHERE id = ?)"
        " AND wanted_revision > sent_revision",
        (to_text(until), card),
    )


def reject(db: Database, card: int, *, reason: str) -> None:
    """Give up on a card for good."""
    db.execute("UPDATE cards SET state = 'rejected', last_error = ? WHERE id = ?", (reason, card))


def waiting(db: Database, *, now: datetime) -> tuple[int, timedelta | None]:
    """Return how many cards wait, and how long the oldest that is due has been waiting; paused channels apart."""
    row = db.execute(
        "SELECT count(*), min(CASE WHEN due_at <= ? THEN due_at END) FROM cards"
        " JOIN channels ON channels.id = channel_id"
        " WHERE paused IS NULL AND wanted_revision > sent_revision AND state <> 'rejected'",
        (to_text(now),),
    ).fetchone()
    oldest = from_text(row[1])
    return int(row[0]), None if oldest is None else now - oldest
