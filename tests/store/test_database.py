import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import StoreFull, StoreLocked, StoreUnreadable
from bot.store import Store, status
from tests.stories.telling import START

NOBODY = 65534


def beats(store: Store) -> set[str]:
    with store.read() as db:
        return set(status.beats(db))


def beat(store: Store, name: str) -> None:
    with store.write() as db:
        status.beat(db, name, now=START)


def fill(db: Database, rows: int = 2000) -> None:
    for number in range(rows):
        status.beat(db, f"{number}" * 100, now=START)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "bot.db", wait_seconds=0.05)
    yield found
    found.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may enter, used as a user whom permissions bind (root is above them)."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        before = os.geteuid()
        if before == 0:
            os.seteuid(NOBODY)
        place = Path(name) / "home"
        place.mkdir()
        yield place
        os.seteuid(before)


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    Store(tmp_path / "some" / "where" / "bot.db").close()
    assert (tmp_path / "some" / "where" / "bot.db").is_file()


def test_foreign_keys_are_kept(store: Store) -> None:
    insert = "INSERT INTO channels (workspace_id, external_id, name) VALUES ('none', 'c', 'c')"
    with pytest.raises(sqlite3.IntegrityError), store.write() as db:
        db.execute(insert)


def test_a_commit_reaches_the_disk_before_it_returns(store: Store) -> None:
    with store.write() as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(StoreUnreadable, match=r"bot\.db can't be used: file is not a database") as caught:
        Store(tmp_path / "bot.db")
    assert "restore a backup" in caught.value.cure


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    whole = (tmp_path / "bot.db").read_bytes()
    (tmp_path / "bot.db").write_bytes(whole[:100] + b"\xff" * 3000 + whole[3100:])
    with pytest.raises(StoreUnreadable, match="malformed"):
        Store(tmp_path / "bot.db")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match="unable to open"):
        Store(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreadable, match="can't be opened"):
        Store(tmp_path / "file" / "bot.db")


def test_a_folder_that_may_not_be_entered_is_named(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o000)
    with pytest.raises(StoreUnreadable, match="unable to open"):
        Store(folder / "closed" / "bot.db")


def test_a_database_that_may_not_be_written_is_named(folder: Path) -> None:
    Store(folder / "bot.db").close()
    (folder / "bot.db").chmod(0o444)
    folder.chmod(0o555)

    def work() -> None:
        store = Store(folder / "bot.db")
        with closing(store):
            beat(store, "poll")

    with pytest.raises(StoreUnreadable, match=r"read-?only|unable to open"):
        work()


def test_another_process_that_writes_for_too_long_is_waited_for_then_named(store: Store, tmp_path: Path) -> None:
    hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE'); print(1, flush=True)"
    other = [sys.executable, "-c", hold + "; input()", str(tmp_path / "bot.db")]
    with subprocess.Popen(other, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(StoreLocked, match="held by another program") as caught:
            beat(store, "poll")
        process.communicate(b"\n")
    assert "Close what else has it open" in caught.value.cure
    beat(store, "poll")
    assert beats(store) == {"poll"}


def test_opening_a_database_that_is_held_whole_is_locked(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLocked):
            Store(tmp_path / "bot.db", wait_seconds=0.05)


def test_reading_never_waits_for_a_writer(store: Store) -> None:
    beat(store, "poll")
    with store.write() as db:
        status.beat(db, "deliver", now=START)
        assert beats(store) == {"poll"}


def test_a_full_disk_is_named_and_nothing_is_half_written(store: Store) -> None:
    beat(store, "before")
    with store.write() as db:
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StoreFull, match="full") as caught, store.write() as db:
        fill(db)
    assert "Free some space" in caught.value.cure
    assert beats(store) == {"before"}


def test_a_caller_that_goes_on_after_the_disk_filled_writes_nothing(store: Store) -> None:
    with store.write() as db:
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")

    def work() -> None:
        with store.write() as db:
            status.beat(db, "first", now=START)
            with suppress(Exception), db.atomic():
                fill(db)
            status.beat(db, "next", now=START)
            with db.atomic():
                status.beat(db, "last", now=START)

    with pytest.raises(StoreFull, match="gave up a transaction"):
        work()
    assert beats(store) == set()


def test_after_a_full_disk_writing_goes_on_once_there_is_room(store: Store) -> None:
    with store.write() as db:
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StoreFull), store.write() as db:
        fill(db)
    with store.write() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    beat(store, "after")
    assert beats(store) == {"after"}


def test_an_exception_takes_back_the_whole_transaction(store: Store) -> None:
    def work() -> None:
        with store.write() as db:
            status.beat(db, "first", now=START)
            with db.atomic():
                status.beat(db, "second", now=START)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert beats(store) == set()


def test_a_part_of_a_transaction_can_fail_alone(store: Store) -> None:
    with store.write() as db:
        status.beat(db, "first", now=START)
        with suppress(ZeroDivisionError), db.atomic():
            status.beat(db, "second", now=START)
            raise ZeroDivisionError
    assert beats(store) == {"first"}


def test_a_bug_is_not_taken_for_trouble_with_the_disk(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such column"), store.write() as db:
        db.execute("SELECT full_text_locked FROM items")
    with pytest.raises(sqlite3.IntegrityError, match="full_text"), store.write() as db:
        db.execute(
            "INSERT INTO feeds (url, listed_url, title, grp, full_text, state, interval_seconds, created)"
            " VALUES ('', '', '', '', NULL, 'active', 0, '')"
        )


def test_a_file_error_of_the_caller_stays_what_it_is(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.write():
        raise FileNotFoundError


def test_a_reader_sees_one_moment(store: Store) -> None:
    beat(store, "poll")
    with store.read() as db:
        assert set(status.beats(db)) == {"poll"}
        beat(store, "deliver")
        assert set(status.beats(db)) == {"poll"}
    assert beats(store) == {"poll", "deliver"}


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreUnreadable, match="readonly"), store.read() as db:
        status.beat(db, "poll", now=START)
    assert beats(store) == set()


def test_each_thread_reads_for_itself(store: Store) -> None:
    beat(store, "poll")
    seen: list[set[str]] = []
    with store.read() as db:
        thread = threading.Thread(target=lambda: seen.append(beats(store)))
        thread.start()
        thread.join()
        assert set(status.beats(db)) == {"poll"}
    assert seen == [{"poll"}]


def test_a_backup_holds_no_transaction_that_is_under_way(store: Store, tmp_path: Path) -> None:
    beat(store, "poll")
    with store.write() as db:
        fill(db)
        store.backup(tmp_path / "copy.db")
    copy = Store(tmp_path / "copy.db")
    assert beats(copy) == {"poll"}
    assert copy.check() == ()
    copy.close()


def test_a_backup_is_whole_while_another_thread_writes(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with store.write() as db:  # always in pairs
                status.beat(db, f"left {number}", now=START)
                status.beat(db, f"right {number}", now=START)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            store.backup(tmp_path / f"{number}.db")
    finally:
        stop.set()
        thread.join()
    for number in range(5):
        copy = Store(tmp_path / f"{number}.db")
        found = beats(copy)
        assert copy.check() == ()
        assert {name.removeprefix("left ") for name in found if name[0] == "l"} == {
            name.removeprefix("right ") for name in found if name[0] == "r"
        }
        copy.close()


def test_a_backup_of_a_store_in_memory_is_a_file(tmp_path: Path) -> None:
    store = Store(":memory:")
    beat(store, "poll")
    store.backup(tmp_path / "copy.db")
    store.close()
    copy = Store(tmp_path / "copy.db")
    assert beats(copy) == {"poll"}
    copy.close()


def test_a_backup_to_a_place_that_is_not_there_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match="nowhere"):
        store.backup(tmp_path / "nowhere" / "copy.db")


def test_a_whole_database_has_nothing_to_complain_of(store: Store) -> None:
    assert store.check() == ()


def test_a_dangling_row_is_found(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as other, other:
        other.execute("INSERT INTO channels (workspace_id, external_id, name) VALUES ('none', 'c', 'c')")
    assert "dangling row" in store.check()[0]


def test_a_program_that_is_to_end_waits_for_nobody(tmp_path: Path) -> None:
    store = Store(tmp_path / "bot.db", wait_seconds=60)
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        hurry = threading.Timer(0.1, store.hurry)
        hurry.start()
        began = time.monotonic()
        with pytest.raises(StoreLocked):
            beat(store, "late")
        assert time.monotonic() - began < 10
        hurry.join()
    store.close()


def test_the_database_and_its_copies_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "bot.db")
    store.backup(tmp_path / "copy.db")
    store.close()
    for name in ("bot.db", "copy.db"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_half_a_character_is_kept_as_a_question_mark(store: Store) -> None:
    beat(store, "poll\ud800")
    assert beats(store) == {"poll?"}
