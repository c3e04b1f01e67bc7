"""The store from the event loop: one thread that writes, a few that read, so that the loop never waits for a disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlite_utils import Database

from bot.store.database import Store

T = TypeVar("T")
READERS = 4


class StoreThread:
    """Runs functions of one transaction. A write that has begun is finished even if its caller is cancelled."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    async def write(self, work: Callable[[Database], T]) -> T:
        """Run `work` in a transaction of its own, after those asked for before."""

        def whole() -> T:
            with self.store.write() as db:
                return work(db)

        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writer, whole))

    async def read(self, work: Callable[[Database], T]) -> T:
        """Run `work` on a snapshot."""

        def whole() -> T:
            with self.store.read() as db:
                return work(db)

        return await asyncio.get_running_loop().run_in_executor(self._readers, whole)

    def close(self) -> None:
        """Finish what was begun, then close the store."""
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.store.close()
