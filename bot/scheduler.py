"""Which job runs when. APScheduler is the clock only: what is due stands in the database."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import StoreError

log = structlog.get_logger()

Job = Callable[[], Awaitable[Any]]


def build(jobs: Mapping[float, Mapping[str, Job]]) -> AsyncIOScheduler:
    """Return a scheduler, not started, for jobs by their interval in seconds. A job never overlaps itself."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for seconds, named in jobs.items():
        for name, job in named.items():
            scheduler.add_job(
                guarded(name, job),
                "interval",
                seconds=seconds,
                id=name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
    return scheduler


def guarded(name: str, job: Job) -> Job:
    """Log what a job raises and go on: the next run may succeed."""

    async def run() -> None:
        try:
            await job()
        except StoreError as error:
            log.error("job failed", job=name, problem=error.problem, cure=error.cure)  # noqa: TRY400  a full disk needs no traceback
        except Exception:  # a scheduled job is an edge
            log.exception("job failed", job=name)

    return run
