"""Real worker processes with tasks that behave badly. The tasks stand at the top of the module: workers import them."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NoReturn

import pytest

from bot.errors import FeedFormatError, WorkerError, WorkerTimeout
from bot.extraction import Extraction
from bot.workers import Text, Workers

POISON = "poison"
NOW = datetime(2026, 8, 1, tzinfo=UTC)


def answer(value: object) -> object:
    return value


def never_end() -> NoReturn:
    while True:
        time.sleep(60)


def end_in_a_loop() -> NoReturn:
    while True:
        pass


def eat_memory() -> int:
    return len(bytearray(2_000_000_000))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(7)


class Unspeakable(Exception):
    """An error that cannot travel between processes."""

    def __init__(self, one: object, two: object) -> None:
        super().__init__("speechless")


def fail_unspeakably() -> None:
    raise Unspeakable(1, 2)


def poisoned_extract(texts: Sequence[Text]) -> list[Extraction]:
    if any(title == POISON for title, *_ in texts):
        die()
    return [Extraction(events=(), skipped=None) for _ in texts]


@pytest.fixture(scope="module")
def shared() -> Iterator[Workers]:
    found = Workers(count=1, seconds=1.0, memory_mb=300)
    yield found
    found.close()


@pytest.fixture
async def workers(shared: Workers) -> Workers:
    """Workers that are warm, so that no time limit counts the start of a process."""
    assert await shared._run(answer, 1) == 1
    return shared


@pytest.mark.parametrize("task", [never_end, end_in_a_loop])
async def test_a_task_that_takes_too_long_is_stopped(workers: Workers, task: object) -> None:
    with pytest.raises(WorkerTimeout, match="more than 1 seconds"):
        await workers._run(task)  # type: ignore[arg-type]
    assert await workers._run(answer, "next") == "next"


async def test_a_task_that_takes_too_much_memory_is_stopped(workers: Workers) -> None:
    with pytest.raises(WorkerTimeout, match="too much memory"):
        await workers._run(eat_memory)
    assert await workers._run(answer, "next") == "next"


async def test_a_process_keeps_to_one_thread_for_linear_algebra(shared: Workers) -> None:
    assert await shared._run(os.getenv, "OPENBLAS_NUM_THREADS") == "1"


@pytest.mark.parametrize("task", [die, leave])
async def test_a_worker_that_dies_is_replaced(workers: Workers, task: object) -> None:
    with pytest.raises(WorkerError, match="died"):
        await workers._run(task)  # type: ignore[arg-type]
    assert await workers._run(answer, "next") == "next"


async def test_an_error_that_cannot_travel_breaks_nothing(workers: Workers) -> None:
    with pytest.raises(WorkerError, match="Unspeakable in fail_unspeakably"):
        await workers._run(fail_unspeakably)
    assert await workers._run(answer, "next") == "next"


async def test_one_poisonous_text_costs_the_others_nothing(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workers.extract_task", poisoned_extract)
    found = await workers.extract([("a", "", None), (POISON, "", None), ("b", "", None)])
    assert [type(each) for each in found] == [Extraction, WorkerError, Extraction]


async def test_no_texts_give_nothing(workers: Workers) -> None:
    assert await workers.extract([]) == []


async def test_what_is_no_feed_is_said_with_its_cause() -> None:
    workers = Workers(count=1, seconds=30)
    with pytest.raises(FeedFormatError):
        await workers.parse(b"Dear diary", url="https://news.example/", content_type="text/plain", now=NOW)
    workers.close()


async def test_a_feed_is_parsed_and_its_text_read() -> None:
    workers = Workers(count=1, seconds=30)
    body = b"<rss version='2.0'><channel><title>News</title><item><title>Meta buys Cove</title></item></channel></rss>"
    parsed = await workers.parse(body, url="https://news.example/", content_type="text/xml", now=NOW)
    assert [article.title for article in parsed.articles] == ["Meta buys Cove"]
    (found,) = await workers.extract([("Meta acquires Cove", "Meta said it acquired Cove for $5 million.", NOW)])
    assert isinstance(found, Extraction)
    workers.close()
