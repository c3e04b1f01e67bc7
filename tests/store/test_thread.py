import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store import Store, status
from bot.store.thread import StoreThread
from tests.stories.telling import START


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StoreThread]:
    found = StoreThread(Store(tmp_path / "bot.db"))
    yield found
    found.close()


async def test_what_was_written_is_read(store: StoreThread) -> None:
    assert await store.write(lambda db: status.beat(db, "poll", now=START)) is None
    assert await store.read(status.beats) == {"poll": START}


async def test_an_error_reaches_the_caller_and_takes_back_the_transaction(store: StoreThread) -> None:
    def work(db: Database) -> None:
        status.beat(db, "poll", now=START)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(work)
    assert await store.read(status.beats) == {}


async def test_a_write_that_began_ends_though_its_caller_is_cancelled(store: StoreThread) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(db: Database) -> None:
        begun.set()
        go.wait()
        status.beat(db, "poll", now=START)

    task = asyncio.create_task(store.write(work))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store.write(lambda db: None)
    assert await store.read(status.beats) == {"poll": START}


async def test_reads_do_not_wait_for_a_write(store: StoreThread) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(db: Database) -> None:
        status.beat(db, "poll", now=START)
        begun.set()
        go.wait()

    task = asyncio.create_task(store.write(work))
    await asyncio.to_thread(begun.wait)
    assert await store.read(status.beats) == {}
    go.set()
    await task
    assert await store.read(status.beats) == {"poll": START}


async def test_writes_keep_their_order(store: StoreThread) -> None:
    order: list[int] = []
    await asyncio.gather(*(store.write(lambda db, number=number: order.append(number)) for number in range(20)))
    assert order == list(range(20))
