import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.model.enums import Platform
from bot.store import Store, notes


def dealbell(folder: Path, *words: str, **more: str) -> tuple[int, str]:
    """Run the command line as people do, with a database of its own; return the exit code and all that it said."""
    names = ("SLACK_", "DISCORD_", "DEALBELL_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=clean | {"DEALBELL_DATABASE": str(folder / "bell.db"), "COLUMNS": "200"} | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_channel_is_subscribed_once_and_twice_is_harmless(tmp_path: Path) -> None:
    code, said = dealbell(tmp_path, "subscribe", "slack", "T0A", "C0B", "--name", "deals")
    assert code == 0
    assert "Subscribed: slack channel C0B of T0A" in said
    assert "/invite @dealbell" in said
    assert "SLACK_BOT_TOKEN is not set" in said
    code, said = dealbell(tmp_path, "subscribe", "Slack", "T0A", "C0B")
    assert code == 0
    assert "was subscribed already; nothing changed" in said
    assert "subscriptions   1" in dealbell(tmp_path, "status")[1]


def test_a_channel_is_unsubscribed_and_twice_is_harmless(tmp_path: Path) -> None:
    dealbell(tmp_path, "subscribe", "discord", "77", "501")
    code, said = dealbell(tmp_path, "unsubscribe", "discord", "77", "501")
    assert code == 0
    assert "Unsubscribed: discord channel 501 of 77" in said
    assert "was not subscribed; nothing changed" in dealbell(tmp_path, "unsubscribe", "discord", "77", "501")[1]
    assert "subscriptions   0" in dealbell(tmp_path, "status")[1]
    said = dealbell(tmp_path, "query", "SELECT user_name, what FROM audit", "--format", "csv")[1]
    assert said.splitlines()[1:] == ["the operator,dealbell subscribe", "the operator,dealbell unsubscribe"]


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (("teams", "T0A", "C0B"), "slack, discord"), (("slack", "T0A", "#deals"), "channel's id begins with C"),
        (("slack", "acme", "C0B"), "workspace's id begins with T"), (("discord", "77", "general"), "Copy Channel ID"),
    ],
)  # fmt: skip
def test_what_is_no_id_is_refused_with_where_to_find_it(tmp_path: Path, words: tuple[str, ...], cure: str) -> None:
    code, said = dealbell(tmp_path, "subscribe", *words)
    assert code == 1
    assert cure in said
    assert "Traceback" not in said


def test_check_says_which_channels_wait_for_a_token(tmp_path: Path) -> None:
    dealbell(tmp_path, "subscribe", "slack", "T0A", "C0B")
    code, said = dealbell(tmp_path, "check")
    assert code == 1
    assert "PROBLEM  slack: 1 channel subscribed, but SLACK_BOT_TOKEN is not set" in said
    code, said = dealbell(tmp_path, "check", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert code == 0
    assert "ok       slack: 1 channel subscribed" in said


def test_check_says_which_chat_has_no_channel(tmp_path: Path) -> None:
    code, said = dealbell(tmp_path, "check", DISCORD_BOT_TOKEN="a.b.c")
    assert code == 0
    assert "dealbell subscribe discord" in said


def test_status_tells_how_the_chats_are_while_that_is_news(tmp_path: Path) -> None:
    store = Store(tmp_path / "bell.db")
    for age, told in ((10, True), (90, False)):
        at = utc_now() - timedelta(seconds=age)
        with store.write() as db:
            notes.remember(
                db, Platform.SLACK, "connection", "Slack: connected, replaced 2 times since the start", now=at
            )
        assert ("slack           Slack: connected, replaced 2" in dealbell(tmp_path, "status")[1]) is told
    store.close()


def test_status_tells_of_requests_that_a_chat_refuses_while_that_is_news(tmp_path: Path) -> None:
    store = Store(tmp_path / "bell.db")
    with store.write() as db:
        notes.remember(db, Platform.DISCORD, "refused", "100 in ten minutes", now=utc_now())
    assert "discord         refuses requests: 100 in ten minutes" in dealbell(tmp_path, "status")[1]
    with store.write() as db:
        notes.remember(db, Platform.DISCORD, "refused", "100 in ten minutes", now=utc_now() - timedelta(minutes=11))
    store.close()
    assert "refuses" not in dealbell(tmp_path, "status")[1]
