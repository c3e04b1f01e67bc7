"""A migration that a crash interrupts, at every statement of every step: each step is done, or it is not."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.migrations import MIGRATIONS, migrate
from tests.store.test_migrations import OLD, shape

VERSIONS = range(1, len(MIGRATIONS))


def old(path: Path, version: int) -> None:
    """The first version's database with a posted card in it, brought to a version by the steps that it had."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.executescript(OLD.read_text(encoding="utf-8"))
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA foreign_keys = ON")
        migrate(conn, MIGRATIONS[:version])


def migrate_and_die(path: Path, at: int) -> bool:
    """Migrate in a process that is killed before its statement number `at`; return whether it came so far."""
    child = os.fork()
    if child == 0:
        left = at

        def count(_: str) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = OFF")  # a killed process loses nothing that it has handed to the kernel
        conn.set_trace_callback(count)
        migrate(conn)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, set[tuple[str, str]]]:
    """Tables, columns and indexes of each version."""
    folder = tmp_path_factory.mktemp("shapes")
    found = {}
    for version in range(1, len(MIGRATIONS) + 1):
        old(folder / f"{version}.db", version)
        with closing(sqlite3.connect(folder / f"{version}.db")) as conn:
            found[version] = shape(conn)
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_whatever_statement_is_the_last_each_step_is_done_or_not_done(
    tmp_path: Path, version: int, shapes: dict[int, set[tuple[str, str]]]
) -> None:
    old(tmp_path / "old.db", version)
    at, alive = 0, True
    while alive:
        path = tmp_path / f"{at}.db"
        shutil.copy(tmp_path / "old.db", path)
        alive = migrate_and_die(path, at)
        with closing(sqlite3.connect(path)) as conn:
            done = conn.execute("SELECT count(*) FROM migrations").fetchone()[0]
            assert version <= done <= len(MIGRATIONS)
            assert shape(conn) == shapes[done]
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
            assert conn.execute("SELECT key, message FROM cards").fetchall() == [("oldkey", "m1")]
        if at % 20 == 0 or not alive:  # the next start completes it
            Store(path).close()
            with closing(sqlite3.connect(path)) as conn:
                assert shape(conn) == shapes[len(MIGRATIONS)]
                assert conn.execute("SELECT key, message FROM cards").fetchall() == [("oldkey", "m1")]
        path.unlink()
        at += 1
    assert at > 5
