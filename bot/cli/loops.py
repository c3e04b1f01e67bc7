"""Runs a command's coroutine so that SIGTERM ends it as Ctrl-C does: cancelled, with time to clear up."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

TERMINATED = 128 + signal.SIGTERM

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns. Told to terminate, it is cancelled and the command exits with 143."""
    before = signal.getsignal(signal.SIGTERM)
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        task = loop.create_task(work)
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
        try:
            return runner.run(_ended(task))
        except asyncio.CancelledError:
            sys.exit(TERMINATED)
        finally:
            loop.remove_signal_handler(signal.SIGTERM)
            signal.signal(signal.SIGTERM, before)


async def _ended(task: asyncio.Task[T]) -> T:
    return await task
