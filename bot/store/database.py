"""Opening the SQLite file, its one writer, its readers, and what SQLite's errors mean to people."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.errors import StoreError, StoreFull, StoreLocked, StoreUnreadable
from bot.store.migrations import migrate

BUSY_SECONDS = 10.0
"""How long a write waits for another process before it gives up."""
SLICE_SECONDS = 0.25
"""SQLite waits so long at a time, since nothing can end its wait."""
PAUSE_SECONDS = 0.01
"""Between two tries, where SQLite refuses at once instead of waiting."""


def _well_formed(value: Any) -> Any:
    r"""The value with "?" for halves of characters, such as JSON's "\ud800": SQLite takes UTF-8 alone."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {name: _well_formed(each) for name, each in value.items()}
    return [_well_formed(each) for each in value] if isinstance(value, list | tuple) else value


class Connection(sqlite3.Connection):
    """A connection that writes nothing by itself once SQLite has given up the transaction under way."""

    whole = False
    """True inside `Store.write`."""

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """Run a statement. Raises StoreFull if its transaction is no more."""
        self._stand()
        try:
            return super().execute(*args)
        except UnicodeEncodeError:
            return super().execute(*(_well_formed(each) for each in args))

    def executemany(self, *args: Any) -> sqlite3.Cursor:
        """Run a statement for each row. Raises StoreFull if its transaction is no more."""
        self._stand()
        return super().executemany(*args)

    def _stand(self) -> None:
        if self.whole and not self.in_transaction:
            raise StoreFull(
                "SQLite gave up a transaction half way: the disk is full or failing. Nothing was half written.",
                cure="Free some space; Dealbell goes on where it stopped.",
            )


class Store:
    """One SQLite file: `write()` is a transaction that took the write lock first, `read()` a snapshot.

    `wait_seconds` is how long to wait for another process that writes. Raises the StoreError family only.
    """

    def __init__(self, path: Path | str, *, wait_seconds: float = BUSY_SECONDS) -> None:
        self.path = str(path)
        self._wait_seconds = wait_seconds
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        if self.path != ":memory:":
            _make_folder(Path(self.path))
            private(self.path)
        with translated(self.path):
            self._conn = self._connect()
            try:
                self._prepare()
            except BaseException:
                self._conn.close()
                raise
        self._writer = Database(self._conn, execute_plugins=False)

    def _connect(self) -> Connection:
        # autocommit: transactions begin where we say so, with BEGIN IMMEDIATE
        conn = sqlite3.connect(
            self.path, timeout=self._wait_seconds, isolation_level=None, check_same_thread=False, factory=Connection
        )
        conn.execute("PRAGMA foreign_keys = ON")
        return conn

    def _prepare(self) -> None:
        # SQLite does not wait by itself while another program turns the file to WAL or recovers its log
        self._patiently(lambda: self._conn.execute("PRAGMA journal_mode = WAL"))
        self._conn.execute("PRAGMA synchronous = FULL")
        self._patiently(lambda: migrate(self._conn))
        self._conn.execute(f"PRAGMA busy_timeout = {min(SLICE_SECONDS, self._wait_seconds) * 1000:.0f}")

    @contextmanager
    def write(self) -> Iterator[Database]:
        """One transaction, committed at the end or not at all. It waits for other writers first.

        SQLite itself gives up a transaction when the disk is full; a caller that goes on all the same gets StoreFull.
        """
        with self._lock, translated(self.path):
            self._begin()
            with self._whole():
                yield self._writer

    def _begin(self) -> None:
        self._patiently(lambda: self._conn.execute("BEGIN IMMEDIATE"))

    def _patiently(self, step: Callable[[], object]) -> None:
        """Take a step again while another process holds the file, for as long as a write waits."""
        began = time.monotonic()
        while True:
            try:
                step()
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
                if not busy or time.monotonic() - began >= self._wait_seconds:
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                return

    def hurry(self) -> None:
        """Wait for no other process from now on, a write under way included: the program is to end."""
        self._wait_seconds = 0.0

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            self._conn.whole = True
            yield
            self._conn.execute("COMMIT")
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise
        finally:
            self._conn.whole = False

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A consistent snapshot that never waits for a writer and cannot write."""
        with translated(self.path):
            if self.path == ":memory:":  # a second connection would see another, empty database
                with self._lock:
                    yield self._writer
                return
            db = self._reader()
            db.conn.execute("BEGIN")
            try:
                yield db
            finally:
                if db.conn.in_transaction:  # some errors end it by themselves
                    db.conn.execute("ROLLBACK")

    def _reader(self) -> Database:
        """Each thread has a read-only connection of its own."""
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            conn = self._connect()
            conn.execute("PRAGMA query_only = ON")
            self._readers.append(conn)
            db = self._local.db = Database(conn, execute_plugins=False)
        return db

    def backup(self, target: Path | str) -> None:
        """Write a consistent copy of the database to a new file, while others go on writing."""
        private(target)
        with translated(str(target)), closing(sqlite3.connect(target)) as copy:
            if self.path == ":memory:":
                with self._lock:
                    self._conn.backup(copy)
                return
            # a connection of its own: the writer's would copy what is not committed yet
            with closing(self._connect()) as source:
                source.backup(copy)

    def check(self) -> tuple[str, ...]:
        """Return what SQLite's integrity check finds wrong: nothing, if all is well."""
        with self.read() as db:
            found = [str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchall()]
            broken = db.execute("PRAGMA foreign_key_check").fetchall()
        return tuple(line for line in found if line != "ok") + tuple(f"dangling row {row}" for row in broken)

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        for conn in self._readers:
            conn.close()
        self._conn.close()


def private(path: Path | str) -> None:
    """Make a new file that its owner alone may read: feeds may hold passwords. One that is there stays as it is."""
    with suppress(OSError):  # where it can't be made, SQLite says so in a moment
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreadable(
            f"The database {path} can't be opened: {error.strerror or error}.",
            cure="Check the path in DEALBELL_DATABASE and that its folder may be written.",
        ) from error


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn SQLite's errors into ours, with the cure."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise meaning(error, path) from error


def meaning(error: sqlite3.DatabaseError, path: str) -> StoreError:
    """Say what an SQLite error means for the person who runs the bot."""
    text = str(error)
    # what Python itself raises has no name, and a broken constraint or statement is a bug of ours: both pass
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreLocked(
            f"The database {path} is held by another program.",
            cure="Close what else has it open (a database browser, a copy of Dealbell) and try again.",
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return StoreFull(
            f"The disk that holds {path} is full or failing ({text}). Nothing was half written.",
            cure="Free some space; Dealbell goes on where it stopped.",
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return StoreUnreadable(
            f"The database {path} can't be used: {text}.",
            cure="Check DEALBELL_DATABASE and the file's permissions; if the file is damaged, restore a backup.",
        )
    raise error
