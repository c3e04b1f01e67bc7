"""Putting a backup in the place of the database, so that what was posted since is not posted again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreUnreadable
from bot.store.database import Store, private, translated
from bot.store.migrations import migrate

CURE = "Name a file that `dealbell backup` wrote."


def restore(backup: Path, target: Path) -> None:
    """Copy a backup over the database, in one transaction: a crash leaves the one or the other, whole.

    Raises the StoreError family: where the backup is none of ours, damaged, or of a newer version; where the target is
    held by a program that writes.
    """
    if not backup.is_file():
        raise StoreUnreadable(f"There is no backup at {backup}.", cure=CURE)
    with translated(str(backup)), closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source:
        _check(source, backup)
        private(target)
        with translated(str(target)), closing(sqlite3.connect(target)) as conn:
            source.backup(conn)
    with closing(Store(target)) as store, store.write() as db:
        # what the feeds hold now may have been told since the backup was made: it is stored silently
        db.execute("UPDATE feeds SET last_ok_at = NULL, etag = NULL, last_modified = NULL, body_hash = NULL")
        # and what waited then may have been posted since: it is looked for before it is posted
        db.execute("UPDATE cards SET state = 'sending' WHERE message IS NULL AND state = 'ready'")


def _check(source: sqlite3.Connection, backup: Path) -> None:
    found = [str(row[0]) for row in source.execute("PRAGMA integrity_check").fetchall()]
    if found != ["ok"]:
        raise StoreUnreadable(f"The backup {backup} is damaged: {found[0]}.", cure="Take an older one.")
    tables = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "migrations" not in tables:
        raise StoreUnreadable(f"{backup} is no backup of Dealbell.", cure=CURE)
    with closing(sqlite3.connect(":memory:")) as trial:  # a newer version's is refused before anything is replaced
        source.backup(trial)
        trial.isolation_level = None
        migrate(trial)
