import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs


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


def test_a_job_that_still_runs_is_no_warning() -> None:
    logs.configure()
    assert not logging.getLogger("apscheduler.scheduler").isEnabledFor(logging.WARNING)
