"""What people get wrong, and what machines do to them: a clear message, exit code not 0, nothing lost."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.integration.conftest import Bot, Site, item


@pytest.fixture
def ready(site: Site, bot: Bot) -> Bot:
    """A bot with one feed that was polled once."""
    site.feed("news", item("one", "Fernhollow acquires Brackwater for $75 million"))
    bot.listen_to("news")
    assert bot.run("poll", "--all").returncode == 0
    return bot


def stored_items(bot: Bot) -> int:
    with sqlite3.connect(bot.env["DEALBELL_DATABASE"]) as conn:
        count: int = conn.execute("SELECT count(*) FROM items").fetchone()[0]
    conn.close()
    return count


def test_a_feeds_file_with_an_error_names_the_place_and_leaves_the_store_alone(ready: Bot) -> None:
    ready.feeds.write_text('[[feed]]\nurl = "https://example.org/feed"\ngruop = "x"\n', encoding="utf-8")
    done = ready.run("poll")
    assert done.returncode == 1
    assert "gruop" in done.stderr
    assert "group" in done.stderr
    assert stored_items(ready) == 1


def test_a_feeds_file_that_is_not_utf8_is_named(bot: Bot) -> None:
    bot.feeds.write_bytes('[[feed]]\nurl = "https://example.org/é"\n'.encode("latin-1"))
    done = bot.run("poll")
    assert done.returncode == 1
    assert "UTF-8" in done.stderr


def test_a_file_that_is_no_database_is_left_as_it_is(bot: Bot) -> None:
    path = bot.folder / "notes.txt"
    path.write_text("These are my notes, not a database. " * 100, encoding="utf-8")
    bot.listen_to()
    bot.env["DEALBELL_DATABASE"] = str(path)
    done = bot.run("poll")
    assert done.returncode == 1
    assert "not a database" in done.stderr
    assert "DEALBELL_DATABASE" in done.stderr
    assert path.read_text(encoding="utf-8").startswith("These are my notes")


def test_a_database_in_a_folder_that_is_a_file_is_explained(bot: Bot) -> None:
    bot.listen_to()
    (bot.folder / "file").write_text("x", encoding="utf-8")
    bot.env["DEALBELL_DATABASE"] = str(bot.folder / "file" / "dealbell.db")
    done = bot.run("poll")
    assert done.returncode == 1
    assert "can't be opened" in done.stderr


def test_a_database_of_a_newer_version_is_not_touched(ready: Bot) -> None:
    conn = sqlite3.connect(ready.env["DEALBELL_DATABASE"])
    with conn:
        conn.execute("INSERT INTO migrations VALUES ('9999_from_the_future', '2026-01-01T00:00:00.000000Z')")
    conn.close()
    done = ready.run("poll")
    assert done.returncode == 1
    assert "newer version" in done.stderr
    assert "9999_from_the_future" in done.stderr
    assert stored_items(ready) == 1


def test_a_database_that_another_program_holds_is_explained_and_nothing_is_lost(ready: Bot, site: Site) -> None:
    site.feed("news", item("two", "Quillmark raises $40 million in Series B led by Oakline Ventures"))
    holder = sqlite3.connect(ready.env["DEALBELL_DATABASE"], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = ready.run("poll", "--all")
    holder.execute("ROLLBACK")
    holder.close()
    assert done.returncode == 1
    assert "held by another program" in done.stderr
    after = ready.run("poll", "--all")
    assert after.returncode == 0
    assert "Quillmark raises $40M" in after.stdout


def test_a_full_disk_is_explained_and_nothing_is_lost(ready: Bot, site: Site) -> None:
    told = item("told", "Quillmark raises $40 million in Series B led by Oakline Ventures")
    many = [told, *(item(f"n{number}", f"The weather on day {number}", "sun " * 1500) for number in range(100))]
    site.feed("news", *many)
    before = stored_items(ready)
    # a limit on the size of any file that the process writes stands for a full disk
    limit = Path(ready.env["DEALBELL_DATABASE"]).stat().st_size // 512
    done = ready.run("poll", "--all", prefix=("sh", "-c", f'ulimit -f {limit}; trap "" XFSZ; exec "$@"', "sh"))
    assert done.returncode == 1
    assert "full" in done.stderr or "failing" in done.stderr
    assert stored_items(ready) == before
    after = ready.run("poll", "--all")
    assert after.returncode == 0
    assert stored_items(ready) == before + len(many)
    assert "Quillmark raises $40M" in after.stdout
    assert ready.run("check").returncode == 0


def test_text_that_is_not_utf8_is_refused_with_the_place(bot: Bot) -> None:
    path = bot.folder / "article.txt"
    path.write_bytes("Müller übernimmt".encode("latin-1"))
    done = bot.run("extract", str(path))
    assert done.returncode == 1
    assert "not UTF-8 text (byte 1)" in done.stderr


def test_no_text_at_all_is_said(bot: Bot) -> None:
    done = bot.run("extract", "-", text=" \n")
    assert done.returncode == 1
    assert "There is no text in standard input" in done.stderr
    assert done.stdout == ""


def test_a_backup_where_nothing_can_be_written_names_the_file_and_not_the_database(ready: Bot) -> None:
    done = ready.run("backup", str(ready.folder / "none" / "copy.db"))
    assert done.returncode == 1
    assert "copy.db can't be written: No such file or directory" in done.stderr
    assert "DEALBELL_DATABASE" not in done.stderr


def test_bad_lines_of_jsonl_are_named_and_the_others_are_read(bot: Bot) -> None:
    path = bot.folder / "items.jsonl"
    good = {"id": "a", "title": "Quillmark raises $40 million in Series B led by Oakline Ventures", "text": ""}
    lines = [json.dumps(good).encode(), b"{not json", b"\xff\xfe", b"[1, 2]", json.dumps(good | {"id": "b"}).encode()]
    path.write_bytes(b"\n".join(lines))
    done = bot.run("extract", "--jsonl", str(path))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b"]
    for number in (2, 3, 4):
        assert f"line {number} is passed over" in done.stderr


def test_a_file_that_is_not_there_is_named(bot: Bot) -> None:
    done = bot.run("extract", "nowhere.txt")
    assert done.returncode == 1
    assert "nowhere.txt can't be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_exits_with_two_and_a_hint(bot: Bot) -> None:
    done = bot.run("fedes")
    assert done.returncode == 2
    assert "fedes" in done.stderr
