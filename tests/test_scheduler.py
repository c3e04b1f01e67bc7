import asyncio

import structlog

from bot.errors import StoreFull
from bot.scheduler import build, guarded


class Job:
    """A job that counts how often it began and how often it ran beside itself."""

    def __init__(self, *, runs: int = 3) -> None:
        self.begun = 0
        self.most = 0
        self._now = 0
        self._runs = runs
        self.done = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        self._now += 1
        self.most = max(self.most, self._now)
        if self.begun >= self._runs:
            self.done.set()
        await asyncio.sleep(0.02)  # longer than the interval
        self._now -= 1


async def test_a_job_that_raises_is_logged_and_runs_again() -> None:
    tries: list[int] = []
    again = asyncio.Event()

    async def job() -> None:
        tries.append(1)
        if len(tries) > 1:
            again.set()
        raise KeyError("bug")

    scheduler = build({0.01: {"poll": job}})
    with structlog.testing.capture_logs() as lines:
        scheduler.start()
        await again.wait()
        scheduler.shutdown(wait=False)
    assert [(line["event"], line["job"], line["log_level"]) for line in lines][:1] == [("job failed", "poll", "error")]


async def test_a_store_that_fails_is_told_in_words_without_a_traceback() -> None:
    async def job() -> None:
        raise StoreFull("The disk is full.", cure="Free some space.")

    with structlog.testing.capture_logs() as lines:
        await guarded("poll", job)()
    assert lines == [
        {"event": "job failed", "job": "poll", "problem": "The disk is full.", "cure": "Free some space.",
         "log_level": "error"}
    ]  # fmt: skip


async def test_a_job_never_runs_beside_itself() -> None:
    job = Job()
    scheduler = build({0.005: {"poll": job}})
    scheduler.start()
    await job.done.wait()
    scheduler.shutdown(wait=False)
    assert job.most == 1


async def test_one_job_does_not_hold_up_another() -> None:
    quick = Job(runs=2)

    async def slow() -> None:
        await asyncio.Event().wait()

    scheduler = build({0.005: {"slow": slow, "quick": quick}})
    scheduler.start()
    await quick.done.wait()
    scheduler.shutdown(wait=False)


async def test_a_guarded_job_is_cancelled_like_any_other() -> None:
    begun = asyncio.Event()

    async def job() -> None:
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(guarded("poll", job)())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
