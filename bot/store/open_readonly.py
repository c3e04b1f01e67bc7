"""The database for people's own questions: opened read-only, with a limit on time and on rows."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from bot.errors import InputError, StoreUnreadable
from bot.store.database import translated

Answer = tuple[tuple[str, ...], list[tuple[object, ...]]]
"""Columns' names, and rows."""

TABLES = (
    "SELECT tables.name AS \"table\", group_concat(columns.name, ', ') AS columns"
    " FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns"
    " WHERE tables.schema = 'main' AND tables.type IN ('table', 'virtual') AND tables.name NOT LIKE 'sqlite_%'"
    " GROUP BY tables.name ORDER BY tables.name"
)
STEPS = 10_000
"""SQLite's virtual machine looks at the clock so often."""


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file so that nothing can be written, and other files can't be attached."""
    with _opened(path) as conn:
        conn.set_authorizer(_allowed)
        yield conn


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.exists():
        raise StoreUnreadable(
            f"There is no database at {path} yet.", cure="`dealbell run` or `dealbell poll` makes it."
        )
    with translated(str(path)), closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as conn:
        conn.execute("PRAGMA query_only = ON")
        yield conn


def _allowed(action: int, *_: str | None) -> int:
    reading = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    return sqlite3.SQLITE_OK if action in reading else sqlite3.SQLITE_DENY


def tables(path: Path) -> Answer:
    """Return every table with its columns."""
    with _opened(path) as conn:
        cursor = conn.execute(TABLES)
        return _columns(cursor), cursor.fetchall()


def ask(conn: sqlite3.Connection, sql: str, *, rows: int, seconds: float) -> Answer:
    """Run one SELECT; return the columns' names and at most `rows` rows. Raises InputError that says what is wrong."""
    ends = time.monotonic() + seconds
    conn.set_progress_handler(lambda: int(time.monotonic() > ends), STEPS)
    try:
        cursor = conn.execute(sql)
        found = cursor.fetchmany(rows)
    except sqlite3.Error as error:
        if "interrupted" in str(error):
            raise InputError(
                f"That took more than {seconds:g} seconds and was stopped.", cure="Ask for less."
            ) from error
        if "not authorized" in str(error) or "prohibited" in str(error):
            raise InputError("Only SELECT is possible here: the database is open for reading.") from error
        if "one statement at a time" in str(error):
            raise _one_only() from error
        raise InputError(
            f"SQLite does not understand that: {error}.", cure="`dealbell query` alone lists the tables."
        ) from error
    except sqlite3.Warning as error:  # what Python 3.11 raises instead
        raise _one_only() from error
    return _columns(cursor), found


def _one_only() -> InputError:
    return InputError("That is more than one statement.", cure="Ask one thing at a time.")


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description or ())
