import re
from pathlib import Path

from bot.store import Store
from bot.store.open_readonly import ask, read_only

PAGE = (Path(__file__).parent.parent / "docs/SCHEMA.md").read_text(encoding="utf-8")


def test_the_page_names_every_table_and_column_and_no_other() -> None:
    told = {
        row[1]: set(re.findall(r"`(\w+)`", row[2]))
        for row in re.finditer(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE)
    }
    store = Store(":memory:")
    with store.read() as db:
        tables = [
            row[0]
            for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not re.match(r"sqlite_|story_search_", row[0])
        ]
        real = {table: {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()} for table in tables}
    store.close()
    assert told == real


def test_the_questions_on_the_page_are_understood(tmp_path: Path) -> None:
    Store(tmp_path / "bot.db").close()
    questions = re.findall(r"^--.*?;$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(questions) == 3
    with read_only(tmp_path / "bot.db") as conn:
        for question in questions:
            columns, rows = ask(conn, question, rows=5, seconds=5)
            assert columns
            assert rows == []
