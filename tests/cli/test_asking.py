import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import InputError, StoreUnreadable
from bot.store import Store
from bot.store.open_readonly import ask, read_only
from bot.training.data import read_labels
from tests.commands.talk import Talk
from tests.stories.telling import bid, raises, usd


@pytest.fixture
def database(tmp_path: Path) -> Path:
    talk = Talk(store=Store(tmp_path / "bot.db"))
    talk.told("s1", raises("A", 0, "=Cove()", "Sequoia", amount=usd(10)))
    talk.told("s2", bid("B", 1, "Near", "Meta"))
    talk.say("wrong s1 not_a_deal it is a joke")
    with talk.db() as db:
        db.execute("UPDATE items SET title = 'A title', text = 'Its text' WHERE id = 1")
    talk.store.close()
    return tmp_path / "bot.db"


def dealbell(database: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words], capture_output=True, text=True, timeout=60,
        env={**os.environ, "DEALBELL_DATABASE": str(database)}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "sql", ["DELETE FROM stories", "ATTACH '/tmp/other.db' AS other", "PRAGMA journal_mode = DELETE",
            "SELECT load_extension('x')", "CREATE TABLE x (y)", "SELECT 1; SELECT 2", "nonsense"],
)  # fmt: skip
def test_a_question_can_only_read(database: Path, sql: str) -> None:
    with read_only(database) as conn, pytest.raises(InputError):
        ask(conn, sql, rows=5, seconds=5)
    with Store(database).read() as db:
        assert db.execute("SELECT count(*) FROM stories").fetchone()[0] == 2


def test_an_endless_question_is_stopped(database: Path) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"
    with read_only(database) as conn, pytest.raises(InputError, match="stopped"):
        ask(conn, endless, rows=5, seconds=0.3)


def test_where_there_is_no_database_it_says_so_and_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match="no database"), read_only(tmp_path / "none.db"):
        pass
    assert not (tmp_path / "none.db").exists()


def test_stories_are_exported_as_csv_and_json_and_no_cell_is_a_formula(database: Path) -> None:
    code, out, _ = dealbell(database, "export", "stories")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == ["s2", "s1"]
    assert rows[1]["target"] == "'=Cove()"
    assert float(rows[1]["usd"]) == 10e6
    code, out, _ = dealbell(database, "export", "stories", "--format", "json", "--since", "2025-06-12T08:30")
    assert [row["id"] for row in json.loads(out)] == ["s2"]
    assert dealbell(database, "export", "stories", "--format", "xml")[0] == 1


def test_feedback_is_exported_in_the_form_of_the_training_corpus(database: Path) -> None:
    code, out, _ = dealbell(database, "feedback", "export")
    assert code == 0
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert (row["title"], row["text"], row["events"]) == ("A title", "Its text", [])
    assert row["reasons"] == ["not_a_deal"]
    assert row["notes"] == ["it is a joke"]


def test_exported_feedback_is_taken_as_labels_once_wrong_facts_are_put_right(database: Path, tmp_path: Path) -> None:
    Talk(store=Store(database)).say("wrong s2 wrong_facts the buyer is another")
    with Store(database).write() as db:
        db.execute("UPDATE items SET title = 'Meta to buy Near', text = 'So it is.' WHERE id = 2")
    labels = tmp_path / "labels.jsonl"
    assert dealbell(database, "feedback", "export", "--out", str(labels))[0] == 0
    taken = read_labels(tmp_path, labels)
    assert [(item.title, item.events) for item in taken] == [("A title", ())]
    labels.write_text(labels.read_text().replace('"unchecked": true', '"unchecked": false'))
    taken = read_labels(tmp_path, labels)
    assert [(item.title, [event["target"] for event in item.events]) for item in taken] == [
        ("A title", []), ("Meta to buy Near", ["Near"]),
    ]  # fmt: skip


def test_a_chat_reads_commands_from_a_pipe(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"], capture_output=True, text=True, timeout=60, check=False,
        input="# a comment\nsubscribe funding min:5m\n/as bob\n/in other\nlist\nrecent\n"
        "help\n/3\n/9\n/guest\nsubscribe\n/nonsense\n/quit\nfeeds\n",
        env={**os.environ, "DEALBELL_DATABASE": str(database)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Subscribed." in done.stdout
    assert "bob in other> list\nThere is no subscription here yet." in done.stdout
    assert "Meta to buy Near" in done.stdout
    assert "bob in other> recent\nLatest" in done.stdout.split("bob in other> /3")[1]
    assert "no such button" in done.stdout
    assert "/quit ends" in done.stdout
    assert "You may not use subscribe here" in done.stdout
    assert "feeds" not in done.stdout
