"""Worker processes for what may take long or too much memory: parsing, article text, extraction.

A feed or an article that keeps a worker too long costs that worker, which is killed and replaced, and nothing else.
"""

import asyncio
import multiprocessing
import os
import resource
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from pebble import ProcessExpired, ProcessPool

from bot.errors import DealbellError, WorkerError, WorkerTimeout
from bot.model.article import ParsedFeed

if TYPE_CHECKING:
    from bot.extraction import Extraction

log = structlog.get_logger()

T = TypeVar("T")
Text = tuple[str, str, datetime | None]
"""Title, text and time of publication."""


class Workers:
    """A pool of `count` processes (0: one a core); each task has `seconds` and each process `memory_mb`."""

    def __init__(self, *, count: int = 0, seconds: float = 20.0, memory_mb: int = 700) -> None:
        self._count = count or os.cpu_count() or 1
        self._seconds = seconds
        self._memory_mb = memory_mb
        self.kills: Counter[str] = Counter()
        """Processes that were stopped or died, and why: time, memory, died."""
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._count,
            # not fork: killing a forked worker would fire the parent loop's SIGTERM handler
            context=multiprocessing.get_context("forkserver"),
            initializer=limit_memory,
            initargs=[self._memory_mb],
        )

    async def parse(self, body: bytes, *, url: str, content_type: str | None, now: datetime) -> ParsedFeed:
        """Parse a feed document. Raises FeedFormatError, WorkerTimeout, WorkerError."""
        return await self._run(parse_task, body, url, content_type, now)

    async def article_text(self, body: bytes, *, url: str, content_type: str | None) -> tuple[str, str] | None:
        """Return title and text of an article's page, or None. Raises WorkerTimeout, WorkerError."""
        return await self._run(article_task, body, url, content_type)

    async def extract(self, texts: Sequence[Text]) -> "list[Extraction | WorkerError]":
        """Extract from several texts; one that breaks its worker yields its error, the others their events."""
        try:
            return list(await self._run(extract_task, tuple(texts)))
        except WorkerError as error:
            if len(texts) == 1:
                return [error]
        return [found for text in texts for found in await self.extract([text])]

    async def _run(self, task: Callable[..., T], *args: Any) -> T:
        if not self._pool.active:
            log.error("the pool of workers broke and is replaced")
            self.close()
            self._pool = self._new_pool()
        future = self._pool.schedule(travelling, args=(task, *args), timeout=self._seconds)
        try:
            return await asyncio.wrap_future(future)
        except (FutureTimeoutError, TimeoutError) as error:
            self.kills["time"] += 1
            raise WorkerTimeout(f"Reading it took more than {self._seconds:g} seconds and was stopped.") from error
        except MemoryError as error:
            self.kills["memory"] += 1
            raise WorkerTimeout("Reading it took too much memory and was stopped.") from error
        except ProcessExpired as error:
            self.kills["died"] += 1
            raise WorkerError(f"The process that read it died (exit code {error.exitcode}).") from error

    def close(self) -> None:
        """Stop all processes at once; tasks that run are lost."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def limit_memory(megabytes: int) -> None:
    """Limit this process's private memory. It runs in the worker, before its first task.

    numpy's library of linear algebra would claim memory for a thread a core, and die where there is none left.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def travelling(task: Callable[..., T], *args: Any) -> T:
    """Run a task in the worker so that whatever it raises can travel back: an error that can't breaks the pool."""
    try:
        return task(*args)
    except (DealbellError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  the edge of the process
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise WorkerError(
            f"Reading it failed: {type(error).__name__} in {last.name}, line {last.lineno}: {str(error)[:200]}"
        ) from None


def parse_task(body: bytes, url: str, content_type: str | None, now: datetime) -> ParsedFeed:
    """Run in a worker; the libraries are imported there only."""
    from bot.feeds.parse import parse_feed  # noqa: PLC0415

    return parse_feed(body, url=url, content_type=content_type, now=now)


def article_task(body: bytes, url: str, content_type: str | None) -> tuple[str, str] | None:
    """Run in a worker."""
    from bot.feeds.page import article_text  # noqa: PLC0415

    return article_text(body, url=url, content_type=content_type)


def extract_task(texts: Sequence[Text]) -> "list[Extraction]":
    """Run in a worker; the extractor is loaded there, once."""
    from bot.extraction import extract  # noqa: PLC0415

    return [extract(title, text, published=published) for title, text, published in texts]
