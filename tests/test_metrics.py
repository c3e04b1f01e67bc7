"""What /metrics tells, from a bot that is opened but has no feeds of the real world."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App, opened
from bot.chat.console.client import ConsoleChat
from bot.delivery import Delivered, DeliveryReport
from bot.metrics import descendants, exposition, resident, route
from bot.model.alert import Alert
from bot.model.enums import Platform
from bot.model.subscription import Channel, Workspace
from bot.settings import FixedSettings
from bot.web import serving
from tests.stories.telling import START

WORKSPACE = Workspace(id="w", platform=Platform.SLACK, external_id="T1", name="")
ALERT = Alert(
    key="k", channel=Channel(workspace=WORKSPACE, external_id="C", name=""), story="s", revision=1, wanted=START
)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = FixedSettings(database=tmp_path / "bot.db", workers=1)
    with (tmp_path / "out").open("w") as out:
        async with opened(settings, chats={Platform.CONSOLE: ConsoleChat(out)}) as app:
            yield app


def figures(text: str) -> dict[str, float]:
    """Every sample by its name and labels."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_all_that_an_operator_watches_is_there(app: App) -> None:
    app.pipeline.report.outcomes["failed"] += 2
    app.workers.kills["time"] += 1
    app.delivery.report.note(ALERT, Delivered(posted=1), now=START + timedelta(seconds=7))
    await app.delivery.deliver()
    told = figures((await exposition(app)).decode())
    assert told["dealbell_polls_total failed"] == 2
    assert told["dealbell_worker_kills_total time"] == 1
    assert told["dealbell_alerts_total posted slack"] == 1
    assert (told["dealbell_delivery_seconds_bucket 5"], told["dealbell_delivery_seconds_bucket 10"]) == (0, 1)
    assert (told["dealbell_delivery_seconds_count"], told["dealbell_delivery_seconds_sum"]) == (1, 7)
    assert told["dealbell_cards_waiting"] == told["dealbell_cards_oldest_seconds"] == 0
    assert 0 <= told["dealbell_job_age_seconds deliver"] < 60
    for name in ("items_total", "events_total", "stories_total", "feeds well", "subscriptions", "cards_rejected"):
        assert told[f"dealbell_{name}"] == 0
    assert told["process_resident_memory_bytes"] > 10_000_000
    assert told["process_open_fds"] > 3


async def test_the_memory_of_the_workers_is_told(app: App) -> None:
    await app.workers.extract([("Quillmark raises $40 million", "", None)])
    told = figures((await exposition(app)).decode())
    assert told["dealbell_worker_memory_bytes"] > 20_000_000


async def test_metrics_are_served_to_this_machine_and_not_through_a_proxy(app: App, unused_tcp_port: int) -> None:
    where = {"port": unused_tcp_port, "base_path": "/dealbell", "clock": app.clock, "host": "127.0.0.1"}
    async with serving(app.store, routes=(route(app),), **where), aiohttp.ClientSession() as session:  # type: ignore[arg-type]
        address = f"http://127.0.0.1:{unused_tcp_port}/dealbell/metrics"
        async with session.get(address) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/plain; version=")
            assert "dealbell_cards_waiting" in await answer.text()
        async with session.get(address, headers={"X-Forwarded-For": "127.0.0.1"}) as answer:
            assert answer.status == 404


def test_a_histogram_counts_each_arrival_in_every_bound_above_it() -> None:
    report = DeliveryReport()
    for seconds in (0, 1, 61, 100_000):
        report.note(ALERT, Delivered(edited=1), now=START + timedelta(seconds=seconds))
    report.note(ALERT, Delivered(delayed=1), now=START)
    counts = dict(report.cumulative())
    assert (counts["1"], counts["60"], counts["300"], counts["+Inf"]) == (2, 2, 3, 4)
    assert report.outcomes[Platform.SLACK, "delayed"] == 1


def test_a_process_that_is_gone_takes_no_memory() -> None:
    assert resident("4194999") == 0
    assert descendants("4194999") == ()
    assert resident("self") > 1_000_000
