import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreTooNew, StoreUnreadable
from bot.model.enums import Platform
from bot.store import Store, feeds, outbox
from bot.store.restoring import restore
from tests.stocked import HOUR, channel, feed, story, subscribe
from tests.stories.telling import START


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of a database with a posted card, a card that waits, and a feed that was polled."""
    with closing(Store(tmp_path / "old.db")) as store:
        with store.write() as db:
            place = subscribe(db, channel(db))
            origin = feed(db)
            db.execute("UPDATE feeds SET last_ok_at = created, etag = 'x' WHERE id = ?", (origin.id,))
            for name in ("s1", "s2"):
                story(db, name)
                outbox.want_post(db, place, name, revision=1, now=START)
            ((row, _), *_) = outbox.due(db, now=START, platforms=Platform)
            outbox.sent(db, row, revision=1, message="m1", sources=1, now=START)
        store.backup(tmp_path / "backup.db")
    return tmp_path / "backup.db"


def contents(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT story_id, message FROM cards ORDER BY id").fetchall()


def test_a_restored_database_holds_what_the_backup_held(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "bot.db")
    assert contents(tmp_path / "bot.db") == [("s1", "m1"), ("s2", None)]
    with closing(Store(tmp_path / "bot.db")) as store:
        assert store.check() == ()


def test_what_waited_in_the_backup_is_looked_for_before_it_is_posted(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "bot.db")
    with closing(Store(tmp_path / "bot.db")) as store, store.read() as db:
        ((_, alert),) = outbox.due(db, now=START + HOUR, platforms=Platform)
    assert (alert.story, alert.doubtful) == ("s2", True)


def test_what_feeds_brought_since_the_backup_stays_silent(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "bot.db")
    with closing(Store(tmp_path / "bot.db")) as store, store.read() as db:
        (found,) = feeds.listed(db)
    assert (found.last_ok_at, found.etag) == (None, None)  # as before a first poll


def test_the_log_of_the_replaced_database_does_not_spoil_the_restored_one(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "bot.db"
    with closing(Store(target)) as store:  # a bot that was killed leaves its write-ahead log behind
        with store.write() as db:
            for number in range(200):
                story(db, f"x{number}")
        for ending in ("", "-wal"):
            (tmp_path / f"killed.db{ending}").write_bytes((tmp_path / f"bot.db{ending}").read_bytes())
    restore(backup, tmp_path / "killed.db")
    assert contents(tmp_path / "killed.db") == contents(backup)
    with closing(Store(tmp_path / "killed.db")) as store:
        assert store.check() == ()


def test_what_is_no_backup_replaces_nothing(tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    before = (tmp_path / "bot.db").read_bytes()
    (tmp_path / "text").write_text("no database", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    for name in ("text", "other.db", "nowhere", "."):
        with pytest.raises(StoreUnreadable):
            restore(tmp_path / name, tmp_path / "bot.db")
    assert (tmp_path / "bot.db").read_bytes() == before


def test_a_damaged_backup_replaces_nothing(backup: Path, tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    before = (tmp_path / "bot.db").read_bytes()
    data = bytearray(backup.read_bytes())
    data[5000:9000] = b"\xff" * 4000
    backup.write_bytes(data)
    with pytest.raises(StoreUnreadable):
        restore(backup, tmp_path / "bot.db")
    assert (tmp_path / "bot.db").read_bytes() == before


def test_a_backup_of_a_newer_version_replaces_nothing(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(backup)) as conn, conn:
        conn.execute("INSERT INTO migrations VALUES ('9999_future', '2030-01-01T00:00:00.000000Z')")
    with pytest.raises(StoreTooNew):
        restore(backup, tmp_path / "bot.db")
    assert not (tmp_path / "bot.db").exists()
