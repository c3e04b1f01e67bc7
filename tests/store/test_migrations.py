import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreTooNew, StoreUnreadable
from bot.store import Store, lookups
from bot.store.migrations import MIGRATIONS, Migration, migrate
from tests.stocked import story
from tests.stories.telling import bid

OLD = Path(__file__).parent.parent / "data" / "store" / "0001_first.sql"
"""A database as the first version left it, with a posted card in it. Never to be changed."""


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as found:
        yield found


def shape(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """Tables and their columns, indexes by name."""
    columns = "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    indexes = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'"
    return set(conn.execute(columns).fetchall() + conn.execute(indexes).fetchall())


def test_a_fresh_database_gets_every_step(conn: sqlite3.Connection) -> None:
    assert migrate(conn) == tuple(migration.name for migration in MIGRATIONS)


def test_migrating_again_does_nothing(conn: sqlite3.Connection) -> None:
    migrate(conn)
    before = shape(conn)
    assert migrate(conn) == ()
    assert shape(conn) == before


def test_steps_are_numbered_in_order() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert names == sorted(set(names))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in names)


def test_programs_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    path, gate, failures = tmp_path / "bot.db", threading.Barrier(8), []

    def start() -> None:
        gate.wait()
        try:
            Store(path).close()
        except Exception as error:  # noqa: BLE001  shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT count(*) FROM migrations").fetchone()[0] == len(MIGRATIONS)


def test_a_step_of_a_newer_program_is_refused_with_the_cure(tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as conn, conn:
        conn.execute("INSERT INTO migrations VALUES ('9999_future', '2030-01-01T00:00:00.000000Z')")
    with pytest.raises(StoreTooNew, match="9999_future") as caught:
        Store(tmp_path / "bot.db")
    assert "Install that version" in caught.value.cure


def test_a_step_that_breaks_half_way_leaves_nothing(conn: sqlite3.Connection) -> None:
    migrate(conn)
    before = shape(conn)
    broken = Migration(name="0099_broken", statements=("CREATE TABLE half (id INTEGER)", "CREATE TABLE half (id TEXT)"))
    with pytest.raises(sqlite3.OperationalError, match="half"):
        migrate(conn, (*MIGRATIONS, broken))
    assert shape(conn) == before
    assert not conn.in_transaction


def test_a_step_that_broke_can_be_done_later(conn: sqlite3.Connection) -> None:
    broken = Migration(name="0099_step", statements=("CREATE TABLE half (id INTEGER)", "no SQL"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(conn, (*MIGRATIONS, broken))
    mended = Migration(name="0099_step", statements=("CREATE TABLE half (id INTEGER)",))
    assert migrate(conn, (*MIGRATIONS, mended)) == ("0099_step",)


def test_the_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.executescript(OLD.read_text(encoding="utf-8"))
    Store(tmp_path / "old.db").close()
    Store(tmp_path / "new.db").close()
    with closing(sqlite3.connect(tmp_path / "old.db")) as old, closing(sqlite3.connect(tmp_path / "new.db")) as new:
        assert shape(old) == shape(new)
        assert old.execute("SELECT key, message, sources FROM cards").fetchall() == [("oldkey", "m1", None)]


def test_stories_of_an_older_database_are_found_and_saved_again_after_the_search_index_was_rebuilt(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        migrate(old, MIGRATIONS[:4])
        for name, of in (("s1", None), ("s2", None), ("s3", "s1")):
            old.execute(
                "INSERT INTO stories (id, alias_of, kind, status, headline, revision, confidence, first_published,"
                " last_published, created) VALUES (?, ?, 'funding', 'announced', 'h', 1, 1, '2025', '2025', '2025')",
                (name, of),
            )
        for name, words in (("s2", "Near raises"), ("s1", "Cove raises")):
            old.execute("INSERT INTO story_search (story_id, words) VALUES (?, ?)", (name, words))
            old.execute(
                "INSERT INTO facts (id, story_id, kind, background, event, source, title, published, first_seen)"
                " VALUES (?, ?, 'funding', 0, '{}', 'A', ?, '2025', '2025')",
                (f"f-{name}", name, f"Headline of {words}"),
            )
    store = Store(path)
    with store.write() as db:
        assert lookups.search(db, "cove", viewer=None) == ("s1",)
        assert lookups.snippets(db, "cove", ["s1"]) == {"s1": "Headline of \x02Cove\x03 raises"}
        story(db, "s1", bid("Reuters", 0, "Monzo", "Meta"))
        story(db, "s4", bid("Reuters", 0, "Cove", "Meta"))
        assert lookups.search(db, "cove", viewer=None) == ("s4",)
        assert lookups.search(db, "monzo", viewer=None) == ("s1",)
    store.close()


def test_the_first_step_is_never_changed(conn: sqlite3.Connection) -> None:
    migrate(conn, MIGRATIONS[:1])
    with closing(sqlite3.connect(":memory:")) as old:
        old.executescript(OLD.read_text(encoding="utf-8"))
        assert shape(conn) == shape(old)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreUnreadable, match="another program"):
        Store(tmp_path / "other.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        assert shape(other) == {("bookmarks", "url")}
