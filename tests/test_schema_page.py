import re
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.store import Store
from bot.store.open_readonly import ask, read_only, tables

PAGE = (Path(__file__).parent.parent / "docs/SCHEMA.md").read_text(encoding="utf-8")


def told_tables() -> dict[str, set[str]]:
    """What the page says: a table's columns."""
    return {
        row[1]: set(re.findall(r"`(\w+)`", row[2]))
        for row in re.finditer(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE)
    }


def test_the_page_names_every_table_and_column_and_no_other() -> None:
    store = Store(":memory:")
    with store.read() as db:
        tables = [
            row[0]
            for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not re.match(r"sqlite_|story_search_", row[0])
        ]
        real = {table: {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()} for table in tables}
    store.close()
    assert told_tables() == real


def test_the_questions_on_the_page_are_understood(tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    questions = re.findall(r"^--.*?;$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(questions) == 3
    with read_only(tmp_path / "bot.db") as conn:
        for question in questions:
            columns, rows = ask(conn, question, rows=5, seconds=5)
            assert columns
            assert rows == []


def test_the_database_lists_its_own_tables(tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    columns, rows = tables(tmp_path / "bot.db")
    assert columns == ("table", "columns")
    assert {row[0]: set(str(row[1]).split(", ")) for row in rows} == told_tables()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT nothing FROM nowhere", "`dealbell query` alone lists the tables"),
        ("PRAGMA journal_mode", "Only SELECT"),
        ("PRAGMA query_only = OFF", "Only SELECT"), ("SELECT * FROM pragma_database_list", "Only SELECT"),
        ("ATTACH 'other.db' AS other", "Only SELECT"), ("DELETE FROM stories", "Only SELECT"),
        ("SELECT 1; SELECT 2", "more than one statement"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(tmp_path: Path, sql: str, words: str) -> None:
    Store(tmp_path / "bot.db").close()
    with read_only(tmp_path / "bot.db") as conn, pytest.raises(InputError) as told:
        ask(conn, sql, rows=5, seconds=5)
    assert words in f"{told.value} {told.value.cure}"
