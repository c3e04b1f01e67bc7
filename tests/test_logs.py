import errno
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs, masking


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    handlers = logging.getLogger().handlers[:]
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers


def fail(token: str) -> None:
    raise KeyError(len(token))


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_traceback_shows_no_local_variables(capsys: pytest.CaptureFixture[str], style: str) -> None:
    logs.configure(style=style)
    token = "xoxb" + "-secret"
    try:
        fail(token)
    except KeyError:
        structlog.get_logger().exception("job failed")
    said = capsys.readouterr().err
    assert "KeyError" in said
    assert token not in said


def test_a_line_for_machines_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(style="json")
    structlog.get_logger().info("polled", feed=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["feed"], line["level"]) == ("polled", 3, "info")


def test_what_is_below_the_level_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="warning")
    structlog.get_logger().info("polled")
    structlog.get_logger().warning("feed failed")
    said = capsys.readouterr().err
    assert "polled" not in said
    assert "feed failed" in said


HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202egpj\r\n2026-01-01 [info] all is well\x9b31m"


@pytest.mark.parametrize("style", ["text", "json"])
def test_no_field_sends_a_terminal_anything_or_begins_a_line(capsys: pytest.CaptureFixture[str], style: str) -> None:
    logs.configure(style=style)
    structlog.get_logger().warning("feed failed", title=HOSTILE, url=HOSTILE)
    assert len(capsys.readouterr().err.splitlines()) == 1
    logging.getLogger("aiohttp").error("broken: %s", HOSTILE)
    try:
        fail(HOSTILE)
    except KeyError as error:
        error.add_note(HOSTILE)
        structlog.get_logger().exception("job failed")
    said = capsys.readouterr().err
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\r"} & set(said)


@pytest.mark.parametrize("style", ["text", "json"])
def test_an_error_that_quotes_a_secret_does_not_show_it(capsys: pytest.CaptureFixture[str], style: str) -> None:
    token = "xoxb" + "-1-secret"
    masking.hide(token)
    logs.configure(style=style)
    try:
        int(f"Bearer {token}")
    except ValueError:
        structlog.get_logger().exception("job failed", answer=f"who is {token}?")
        logging.getLogger("aiohttp").exception("broken")
    said = capsys.readouterr().err
    assert said.count("Bearer ***") == 2
    assert token not in said


def test_a_full_disk_under_the_log_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        tries = 0

        def write(self, text: str) -> int:
            self.tries += 1
            raise OSError(errno.ENOSPC, "No space left on device")

    full = Full()
    monkeypatch.setattr("sys.stderr", full)
    logs.configure()
    structlog.get_logger().error("nothing recorded")
    logging.getLogger("aiohttp").error("broken")
    assert full.tries >= 2


def test_a_job_that_still_runs_is_no_warning() -> None:
    logs.configure()
    assert not logging.getLogger("apscheduler.scheduler").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize(
    "name", ["slack_sdk.web.async_client", "slack_bolt", "discord.http", "discord.gateway", "aiohttp.client", "asyncio"]
)
def test_at_debug_the_libraries_stay_quiet_whose_lines_would_show_requests(name: str) -> None:
    logs.configure(level="debug")
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)
