"""Poll: fetch -> parse -> article text -> extract -> record. Network and extraction first, then one transaction."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.errors import DealbellError, FeedError, StoreError, WorkerError
from bot.feeds.http import Fetcher
from bot.feeds.schedule import next_interval, next_poll
from bot.feeds.urls import mask_url
from bot.model.article import Article
from bot.model.feed import Feed, FeedState, Fetched, FetchFailed, Gone, NotModified, RateLimited
from bot.notices import feed_polled
from bot.recording import Reading, Recorded, record
from bot.store import Database, feeds, items, status
from bot.store.thread import StoreThread
from bot.workers import Workers

log = structlog.get_logger()

TEXTS_A_TASK = 20
"""Texts handed to a worker at once: few enough for its time limit, many enough to be worth the trip."""
RECORDS_AT_ONCE = 100
"""Polls that share one transaction at most: a commit waits for the disk, so a thousand quiet feeds share ten."""
STORE_PAUSE = timedelta(seconds=30)
"""How long nothing is polled after the store failed (a full disk, say): the same feeds would only fail again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The settings that polling needs."""

    min_poll_seconds: float = 120
    max_poll_seconds: float = 21_600
    max_age: timedelta = timedelta(hours=48)
    concurrency: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll of one feed came to."""

    feed: Feed
    """With what the poll taught: to be saved."""
    readings: tuple[Reading, ...] = ()
    silent: bool = False
    malformed: int = 0
    outcome: str = "ok"
    """ok, not_modified, gone, rate_limited, failed."""


@dataclass(slots=True, kw_only=True)
class PollReport:
    """Running totals of polls."""

    feeds: int = 0
    failed: int = 0
    not_modified: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """How many polls came to what: `Polled.outcome`."""
    malformed: dict[int, int] = field(default_factory=dict)
    """Feed's number -> items that could not be used in its last document."""
    silent: int = 0
    """Items of first polls."""
    recorded: Recorded = field(default_factory=Recorded)
    store_error: StoreError | None = None
    """Why the last batch could not be written, if it could not."""


OnPolled = Callable[[Polled], None]
"""Called after each feed, for progress bars."""


class Pipeline:
    """Polls feeds and records what they bring. `clock` gives aware UTC; `rng` jitters the next polls."""

    def __init__(
        self,
        *,
        store: StoreThread,
        fetcher: Fetcher,
        workers: Workers,
        limits: Limits,
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._workers = workers
        self._limits = limits
        self._clock = clock
        self._rng = rng
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._done: list[Polled] = []
        self._recording: asyncio.Task[None] | None = None
        self._paused_until: datetime | None = None
        self._pulse = status.Pulse()
        self.report = PollReport()

    async def tick(self, *, everything: bool = False, on_polled: OnPolled | None = None) -> int:
        """Begin to poll the feeds that are due and not being polled; return how many. `drain` waits for them."""
        now = self._clock()
        if self._paused_until and now < self._paused_until:
            return 0
        due = await self._store.read(lambda db: feeds.due(db, now=now, everything=everything))
        fresh = [feed for feed in due if feed.id not in self._busy]
        for feed in fresh:
            self._busy.add(feed.id)
            task = asyncio.create_task(self._poll_guarded(feed, on_polled))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not fresh and not self._busy and self._pulse.is_due(now):
            await self._store.write(lambda db: status.beat(db, "poll", now=now))
        return len(fresh)

    @property
    def busy(self) -> int:
        """How many feeds are being polled."""
        return len(self._busy)

    async def drain(self) -> None:
        """Wait until everything begun is recorded."""
        while self._tasks or self._recording:
            await asyncio.gather(*self._tasks, *([self._recording] if self._recording else []))

    async def stop(self, *, seconds: float) -> None:
        """Give polls under way some time, then drop them: what is not recorded is simply polled again."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in tuple(self._tasks):
            task.cancel()
        if self._recording:
            await self._recording

    async def _poll_guarded(self, feed: Feed, on_polled: OnPolled | None) -> None:
        try:
            async with self._slots:
                polled = await self.poll_one(feed)
        except asyncio.CancelledError:
            self._busy.discard(feed.id)
            raise
        except Exception:  # one feed must not stop the others
            log.exception("poll failed", feed=feed.id, url=mask_url(feed.url))
            polled = self._failed(feed, "an unexpected error; the log has the details", now=self._clock())
        self._done.append(polled)
        if on_polled:
            on_polled(polled)
        if self._recording is None:
            self._recording = asyncio.create_task(self._record_all())

    async def _record_all(self) -> None:
        """Write down what is done, many polls a transaction, until nothing is left."""
        try:
            while self._done:
                batch, self._done = self._done[:RECORDS_AT_ONCE], self._done[RECORDS_AT_ONCE:]
                try:
                    await self._store.write(lambda db, batch=batch: self._save(db, batch))  # type: ignore[misc]
                except StoreError as error:
                    self._paused_until = self._clock() + STORE_PAUSE
                    self.report.store_error = error
                    log.error(  # noqa: TRY400  a full disk needs no traceback
                        "nothing recorded", problem=error.problem, cure=error.cure, feeds=len(batch)
                    )
                finally:
                    self._busy.difference_update(polled.feed.id for polled in batch)
        finally:
            self._recording = None

    def _save(self, db: Database, batch: Sequence[Polled]) -> None:
        for polled in batch:
            try:
                with db.atomic():
                    self._save_one(db, polled)
            except StoreError:
                raise
            except Exception:  # a bug that one feed brings out must not cost the others
                log.exception("recording failed", feed=polled.feed.id, url=mask_url(polled.feed.url))
                broken = self._failed(polled.feed, "recording failed; the log has the details", now=self._clock())
                feeds.save_poll(db, _untaught(broken.feed, polled))
        status.beat(db, "poll", now=self._clock())

    def _save_one(self, db: Database, polled: Polled) -> None:
        report = self.report
        report.feeds += 1
        report.outcomes[polled.outcome] += 1
        report.failed += polled.outcome == "failed"
        report.not_modified += polled.outcome == "not_modified"
        if polled.malformed:
            report.malformed[polled.feed.id] = polled.malformed
        report.silent += len(polled.readings) if polled.silent else 0
        if polled.readings:
            report.recorded += record(
                db,
                polled.readings,
                feed=polled.feed,
                now=self._clock(),
                max_age=self._limits.max_age,
                silent=polled.silent,
            )
        feeds.save_poll(db, polled.feed)
        if polled.feed.workspace is not None:
            feed_polled(db, polled.feed, now=self._clock())

    async def poll_one(self, feed: Feed) -> Polled:
        """Fetch, parse and read one feed; nothing is written."""
        outcome = await self._fetcher.fetch_feed(feed)
        now = self._clock()
        match outcome:
            case Fetched():
                try:
                    return await self._read(feed, outcome, now)
                except (FeedError, WorkerError) as error:
                    return self._failed(feed, str(error), now=now)
            case NotModified():
                dates = await self._store.read(lambda db: items.dates(db, feed))
                return self._quiet(feed, outcome, now, dates)
            case Gone():
                log.info("feed gone", feed=feed.id, url=mask_url(feed.url))
                state = replace(feed, state=FeedState.GONE, last_poll_at=now, last_error="the site ended it (410)")
                return Polled(feed=state, outcome="gone")
            case RateLimited(retry_after_seconds=seconds):
                return self._failed(
                    feed, "the site asked to slow down", now=now, retry_after=seconds, outcome="rate_limited"
                )
            case FetchFailed(reason=reason, refused=refused):
                return self._failed(feed, reason, now=now, refused=refused)

    async def _read(self, feed: Feed, fetched: Fetched, now: datetime) -> Polled:
        parsed = await self._workers.parse(fetched.body, url=fetched.url, content_type=fetched.content_type, now=now)
        new = await self._store.read(lambda db: items.unknown(db, feed, parsed.articles))
        if feed.full_text:
            new = tuple(await asyncio.gather(*(self._whole(article) for article in new)))
        readings = await self._extract(new)
        dates = [article.published for article in parsed.articles if article.published]
        learned = replace(
            feed,
            url=fetched.moved_to or feed.url,
            title=feed.title or parsed.title,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            body_hash=fetched.body_hash,
            interval_seconds=self._interval(feed, dates, now),
            ttl_seconds=parsed.ttl_seconds,
            skip_hours=parsed.skip_hours,
            last_poll_at=now,
            last_ok_at=now,
            failures=0,
            last_error=parsed.warning,
        )
        learned = replace(learned, next_poll_at=self._next(learned, now, max_age=fetched.max_age_seconds))
        return Polled(feed=learned, readings=readings, silent=feed.last_ok_at is None, malformed=parsed.malformed)

    async def _extract(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        texts = [(article.title, article.text, article.published) for article in articles]
        tasks = (texts[start : start + TEXTS_A_TASK] for start in range(0, len(texts), TEXTS_A_TASK))
        results = [found for some in await asyncio.gather(*map(self._workers.extract, tasks)) for found in some]
        return tuple(Reading(article=article, result=result) for article, result in zip(articles, results, strict=True))

    async def _whole(self, article: Article) -> Article:
        """Take the text from the article's page; where that fails the teaser serves."""
        if article.url is None:
            return article
        try:
            page = await self._fetcher.fetch_page(article.url)
            found = await self._workers.article_text(page.body, url=page.url, content_type=page.content_type)
        except DealbellError as error:
            log.info("teaser only", url=mask_url(article.url), reason=error.problem)
            return article
        if found is None or len(found[1]) <= len(article.text):
            return article
        return replace(article, text=found[1])

    def _interval(self, feed: Feed, dates: Sequence[datetime], now: datetime) -> float:
        return next_interval(
            dates,
            now=now,
            current=feed.interval_seconds,
            minimum=self._limits.min_poll_seconds,
            maximum=self._limits.max_poll_seconds,
        )

    def _next(
        self,
        feed: Feed,
        now: datetime,
        *,
        max_age: int | None = None,
        retry_after: float | None = None,
        refused: bool = False,
    ) -> datetime:
        return next_poll(
            interval=feed.interval_seconds,
            now=now,
            rng=self._rng,
            minimum=self._limits.min_poll_seconds,
            maximum=self._limits.max_poll_seconds,
            max_age=max_age,
            retry_after=retry_after,
            failures=feed.failures,
            refused=refused,
            ttl=feed.ttl_seconds,
            skip_hours=feed.skip_hours,
        )

    def _quiet(self, feed: Feed, outcome: NotModified, now: datetime, dates: Sequence[datetime]) -> Polled:
        learned = replace(
            feed,
            url=outcome.moved_to or feed.url,
            interval_seconds=self._interval(feed, dates, now),
            last_poll_at=now,
            last_ok_at=now,
            failures=0,
            last_error=None,
        )
        learned = replace(learned, next_poll_at=self._next(learned, now, max_age=outcome.max_age_seconds))
        return Polled(feed=learned, outcome="not_modified")

    def _failed(
        self,
        feed: Feed,
        reason: str,
        *,
        now: datetime,
        retry_after: float | None = None,
        refused: bool = False,
        outcome: str = "failed",
    ) -> Polled:
        learned = replace(feed, failures=feed.failures + 1, last_error=reason, last_poll_at=now)
        log.warning("feed failed", feed=feed.id, url=mask_url(feed.url), reason=reason, failures=learned.failures)
        learned = replace(learned, next_poll_at=self._next(learned, now, retry_after=retry_after, refused=refused))
        return Polled(feed=learned, outcome=outcome)


def _untaught(failed: Feed, polled: Polled) -> Feed:
    """Forget what the poll taught, so that the next one brings the same items again, as new or as silent as now."""
    last_ok_at = None if polled.silent else failed.last_ok_at
    return replace(failed, etag=None, last_modified=None, body_hash=None, last_ok_at=last_ok_at)
