"""The command line beside `run`: what each command says and does."""

import json
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from aiohttp import web

from tests.integration.conftest import Bot, Site, item

SALE = item("sale", "Fernhollow acquires Brackwater for $75 million", "Fernhollow said it has acquired Brackwater.")


def test_the_demo_tells_every_story_once_and_ends_with_a_summary(bot: Bot) -> None:
    done = bot.run("demo")
    assert done.returncode == 0, done.stderr
    summary = re.search(
        r"(\d+) items read, (\d+) malformed, (\d+) events, (\d+) stories, (\d+) cards, (\d+) edits", done.stdout
    )
    assert summary, done.stdout
    items, malformed, events, stories, cards, edits = map(int, summary.groups())
    assert items >= 25
    assert malformed == 1
    assert events >= stories == cards
    assert edits >= 2
    assert done.stderr == ""


def test_a_command_that_is_told_to_stop_leaves_nothing_behind(bot: Bot) -> None:
    bot.env["TMPDIR"] = str(bot.folder)
    with bot.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo"], stdout=subprocess.DEVNULL, stderr=log, env=bot.env
        )
    bot.wait_for(lambda: list(bot.folder.glob("dealbell-demo-*/demo.db")), "the demo's database")
    process.terminate()
    assert process.wait(10) == 143
    assert list(bot.folder.glob("dealbell-demo-*")) == []
    assert bot.log.read_text(encoding="utf-8") == ""


def test_poll_says_what_it_did_and_that_a_first_poll_is_silent(site: Site, bot: Bot) -> None:
    site.feed("news", SALE)
    bot.listen_to("news")
    first = bot.run("poll")
    assert first.returncode == 0
    assert re.search(
        r"\A1 feeds polled, 0 failed, .* alerts$", first.stderr, flags=re.MULTILINE
    )  # one line for scripts
    assert "stored without alerts" in first.stderr
    assert first.stdout == ""
    site.feed("news", item("new", "Quillmark raises $40 million in Series B led by Oakline Ventures"), SALE)
    second = bot.run("poll", "--all")
    assert "Quillmark raises $40M" in second.stdout
    third = bot.run("poll", "--all")
    assert "1 unchanged" in third.stderr
    assert third.stdout == ""


def test_feeds_can_be_added_by_a_page_listed_and_removed(site: Site, bot: Bot) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        link = '<link rel="alternate" type="application/rss+xml" title="Deals" href="/deals.xml">'
        return web.Response(text=f"<html><head>{link}</head></html>", content_type="text/html")

    site.pages["/"] = page
    site.feed("deals.xml", SALE, title="Deals")
    bot.listen_to()
    added = bot.run("feeds", "add", f"{site.base}/")
    assert "Added Deals" in added.stdout, added.stderr
    again = bot.run("feeds", "add", f"{site.base}/deals.xml")
    assert "there already" in again.stdout
    assert "/deals.xml" in bot.run("feeds", "list").stdout
    assert bot.run("feeds", "remove", f"{site.base}/deals.xml").returncode == 0
    assert "/deals.xml" not in bot.run("feeds", "list").stdout
    assert bot.run("feeds", "remove", f"{site.base}/deals.xml").returncode == 1


def test_what_the_feeds_file_drops_is_no_longer_polled_and_what_was_added_by_command_stays(
    site: Site, bot: Bot
) -> None:
    for name in ("one", "two", "mine"):
        site.feed(name, SALE, title=name)
    bot.listen_to("one", "two")
    bot.run("feeds", "add", f"{site.base}/mine")
    bot.listen_to("two")
    listed = bot.run("feeds", "list").stdout
    assert "/one" not in listed
    assert "/two" in listed
    assert "/mine" in listed
    bot.listen_to("one", "two")
    assert "/one" in bot.run("feeds", "list").stdout
    bot.run("feeds", "remove", f"{site.base}/one")
    assert "/one" not in bot.run("feeds", "list").stdout, "the file must not bring back what a person removed"


def test_an_address_inside_the_network_is_refused_with_the_setting_that_would_allow_it(site: Site, bot: Bot) -> None:
    bot.listen_to()
    bot.env["DEALBELL_ALLOW_HOSTS"] = ""
    done = bot.run("feeds", "add", f"{site.base}/deals.xml")
    assert done.returncode == 1
    assert "DEALBELL_ALLOW_HOSTS" in done.stderr
    assert site.asked.total() == 0


def test_feeds_travel_by_opml_both_ways(site: Site, bot: Bot) -> None:
    bot.listen_to("one", "two")
    exported = bot.folder / "feeds.opml"
    assert bot.run("feeds", "export", str(exported)).returncode == 0
    bot.env["DEALBELL_DATABASE"] = str(bot.folder / "other.db")
    bot.listen_to()
    assert "2 feeds added" in bot.run("feeds", "import", str(exported)).stdout
    assert "0 feeds added, 2 were there already" in bot.run("feeds", "import", str(exported)).stdout
    assert f"{site.base}/one" in bot.run("feeds", "list").stdout


def test_feeds_test_says_what_each_holds_and_fails_where_one_does(site: Site, bot: Bot) -> None:
    site.feed("good", SALE)
    bot.listen_to("good", "missing")
    done = bot.run("feeds", "test", "--all")
    assert done.returncode == 1
    assert re.search(r"ok .*/good: 'Example News', 1 items, newest", done.stdout)
    assert re.search(r"FAILED .*/missing: .*404", done.stdout)
    assert bot.run("feeds", "test", f"{site.base}/good").returncode == 0


def test_the_console_is_told_everything_until_a_person_chooses(bot: Bot) -> None:
    bot.listen_to()
    bot.run("poll")
    assert "1. all deals and leadership changes" in bot.run("chat", text="list\n").stdout
    bot.run("chat", text="unsubscribe\nsubscribe funding min:10m\n")
    bot.run("poll")
    listed = bot.run("chat", text="list\n").stdout
    assert "1. funding, of at least $10M" in listed
    assert "all deals" not in listed


def test_extract_shows_the_event_and_the_words_that_prove_it(bot: Bot) -> None:
    text = "Quillmark raises $40 million in Series B led by Oakline Ventures\n\nThe money will go into hiring."
    done = bot.run("extract", "-", text=text)
    assert done.returncode == 0
    assert "funding" in done.stdout
    assert "40,000,000 USD" in done.stdout
    assert "Oakline Ventures" in done.stdout
    assert "“Quillmark raises" in done.stdout


def test_extract_takes_no_paragraph_for_the_headline(bot: Bot) -> None:
    lead = "Harbour city officials spoke on Monday of the firm's plans for its plant by the river. " * 3
    done = bot.run(
        "extract", "-", text=f"{lead}\nQuillfern raises $46 million Series B\nTesselhart Capital led the round."
    )
    assert done.returncode == 0
    assert "target         Quillfern" in done.stdout
    assert "round          Series B" in done.stdout


def test_extract_says_why_there_is_nothing(bot: Bot) -> None:
    done = bot.run("extract", "-", text="The weather will be fine on Sunday\n\nSun all day.")
    assert done.returncode == 0
    assert "No deal and no leadership change" in done.stdout


def test_extract_reads_a_page_from_a_site(site: Site, bot: Bot) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        words = "Quillmark has raised $40 million in a Series B round led by Oakline Ventures, the company said. " * 4
        body = f"<html><head><title>Quillmark raises $40 million</title></head><body><article><p>{words}</p></article>"
        return web.Response(text=body, content_type="text/html")

    site.pages["/story"] = page
    done = bot.run("extract", f"{site.base}/story")
    assert "40,000,000 USD" in done.stdout, done.stderr


def test_extract_jsonl_writes_a_line_as_soon_as_it_is_done(bot: Bot) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "extract", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=bot.env
    )
    assert process.stdin
    assert process.stdout
    for number in range(3):
        row = {"id": number, "title": "Fernhollow acquires Brackwater for $75 million", "text": ""}
        process.stdin.write(json.dumps(row).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())  # it must come before the next line goes in
        assert answer["id"] == number
        assert answer["events"][0]["kind"] == "acquisition"
    process.stdin.close()
    assert process.wait(10) == 0
    process.stdout.close()


def test_status_and_health_follow_the_running_bot(site: Site, bot: Bot) -> None:
    assert "no database" in bot.run("status").stderr
    assert bot.run("health").returncode == 1
    site.feed("news", SALE)
    bot.listen_to("news")
    bot.start()
    bot.wait_until_polled("news", times=2)
    bot.wait_for(lambda: bot.run("health").returncode == 0, "health")
    assert "1 active, 0 failing" in bot.run("status").stdout
    bot.stop()
    with sqlite3.connect(bot.env["DEALBELL_DATABASE"]) as conn:
        conn.execute("UPDATE heartbeats SET at = '2020-01-01T00:00:00.000000Z'")
    conn.close()
    assert bot.run("health").returncode == 1


def test_health_is_told_over_http_where_a_port_is_set(site: Site, bot: Bot) -> None:
    site.feed("news", SALE)
    bot.listen_to("news")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot.env |= {"DEALBELL_HTTP_PORT": str(port), "DEALBELL_HTTP_BASE_PATH": "/dealbell/"}
    bot.start()
    bot.wait_for(lambda: _status(f"http://127.0.0.1:{port}/dealbell/health") == 200, "health over HTTP")
    assert _status(f"http://127.0.0.1:{port}/health") == 404
    assert bot.stop() == 0


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def test_a_backup_is_whole_and_never_overwrites(site: Site, bot: Bot, tmp_path: Path) -> None:
    site.feed("news", SALE)
    bot.listen_to("news")
    bot.start()
    bot.wait_until_polled("news", times=2)
    copy = tmp_path / "copy.db"
    assert bot.run("backup", str(copy)).returncode == 0
    assert bot.run("backup", str(copy)).returncode == 1
    bot.stop()
    bot.env["DEALBELL_DATABASE"] = str(copy)
    assert bot.run("check").returncode == 0
    assert "stories         1" in bot.run("status").stdout


def test_check_finds_what_is_wrong_with_tokens_without_showing_them(bot: Bot) -> None:
    bot.listen_to()
    assert bot.run("check").returncode == 0
    bot.env |= {"SLACK_BOT_TOKEN": "abc-secret-token", "SLACK_APP_TOKEN": "xapp-1"}
    done = bot.run("check")
    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN should begin with xoxb-" in done.stdout
    assert "abc-secret-token" not in done.stdout + done.stderr


def test_check_tells_where_tokens_would_travel_unencrypted(bot: Bot) -> None:
    bot.listen_to()
    bot.env |= {"SLACK_API_URL": "http://127.0.0.1:8080/api/", "DISCORD_API_URL": "https://discord.example/api/v10"}
    assert "unencrypted" not in bot.run("check").stdout
    bot.env["SLACK_API_URL"] = "http://slack.example/api/"
    done = bot.run("check")
    assert done.returncode == 0
    assert "note     SLACK_API_URL begins with http://" in done.stdout


def test_version_is_the_packages(bot: Bot) -> None:
    from bot import __version__

    assert bot.run("--version").stdout.strip() == f"dealbell {__version__}"


def test_a_feed_is_added_as_it_was_named_with_its_password_and_shown_without(site: Site, bot: Bot) -> None:
    async def elsewhere(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/deals.xml?signature=for-today")

    site.pages["/feed"] = elsewhere
    site.feed("deals.xml", SALE, title="Deals")
    bot.listen_to()
    address = f"http://reader:s3cret@{site.host}/feed"
    added = bot.run("feeds", "add", address)
    assert "Added Deals" in added.stdout, added.stderr
    shown = f"http://***@{site.host}/feed"
    assert shown in bot.run("feeds", "list").stdout
    again = bot.run("feeds", "add", f"http://{site.host}/nothing?token=s3cret")
    removed = bot.run("feeds", "remove", f"http://{site.host}/nothing?token=s3cret")
    assert again.returncode == removed.returncode == 1
    told = (added, again, removed, bot.run("feeds", "list"), bot.run("feeds", "test", "--all"))
    assert "s3cret" not in "".join(done.stdout + done.stderr for done in told)
    assert address in bot.run("feeds", "export").stdout  # a list for another program must work there
    assert bot.run("feeds", "remove", shown).returncode == 0, "what the list shows must do for taking a feed out"
    assert "There are no feeds" in bot.run("feeds", "list").stdout


def test_an_export_that_cannot_be_written_is_explained(bot: Bot) -> None:
    bot.listen_to()
    done = bot.run("feeds", "export", str(bot.folder / "none" / "feeds.opml"))
    assert done.returncode == 1
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_jsonl_survives_half_a_surrogate_pair_and_a_terminal_that_speaks_no_utf8(bot: Bot) -> None:
    bot.env["PYTHONIOENCODING"] = "ascii"
    rows = ('{"id": "\\ud800", "title": "Fernhollow acquires Brackwater"}', '{"id": "é"}')
    done = subprocess.run(
        [sys.executable, "-m", "bot", "extract", "--jsonl"],
        env=bot.env, input="\n".join(rows).encode(), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["\ud800", "é"]


def test_extract_shows_what_a_terminal_without_utf8_can_show(bot: Bot) -> None:
    bot.env["PYTHONIOENCODING"] = "ascii"
    done = bot.run("extract", "-", text="Quillmark raises $40 million in Series B led by Oakline Ventures · today")
    assert done.returncode == 0, done.stderr
    assert "40,000,000 USD" in done.stdout


def test_output_that_finds_no_room_ends_with_a_message(bot: Bot) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "extract", "--jsonl"],
            env=bot.env, input=b'{"id": 1}\n', stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == b"dealbell: there is no room left on the disk that the output goes to.\n"
