"""Delivery: what the outbox wants -> the chats, one queue a channel, each outcome written down.

A card is posted at most once: the row says `sending` before the first post goes out, and a row found in that state
after a crash or a broken connection is looked up in the channel before anything is sent again.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from math import inf

import structlog

from bot.chat.base import Chat, Found, Shown
from bot.errors import StoreError
from bot.model.alert import Alert, Delayed, DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.request import Reply, line
from bot.model.subscription import Layout
from bot.notices import channel_closed
from bot.rates import to_usd
from bot.store import Database, channels, digests, outbox, preferences, status
from bot.store.thread import StoreThread
from bot.store.turn import Turn
from bot.stories.card import card, compact
from bot.stories.digest import digest, turn_note
from bot.stories.moved import moved_card
from bot.stories.plan import find_mute
from bot.viewing import stories_for, story_for

log = structlog.get_logger()

RETRY_SECONDS = (10.0, 30.0, 120.0, 600.0)
"""Waits after attempts that failed without a word on when to come back.

The first is also how long a post may still be on its way after its connection, or this process, has ended: only then is
it looked for.
"""
STORE_PAUSE = timedelta(seconds=30)
"""How long nothing is delivered after the store failed (a full disk, say): edits would only be repeated."""
TURN_SECONDS = 0.2
"""Between two looks whether another process has ended its round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one round did."""

    posted: int = 0
    edited: int = 0
    delayed: int = 0
    rejected: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(
            posted=self.posted + other.posted,
            edited=self.edited + other.edited,
            delayed=self.delayed + other.delayed,
            rejected=self.rejected + other.rejected,
        )


LATENCIES = (1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
"""Bounds in seconds, for `DeliveryReport`."""


@dataclass(slots=True, kw_only=True)
class DeliveryReport:
    """Running totals of deliveries, for /metrics."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many attempts, by platform and what they came to: posted, edited, delayed, rejected."""
    seconds: float = 0.0
    """From when cards were wanted to when they arrived, in all."""
    buckets: Counter[float] = field(default_factory=Counter)
    """How many arrived within a bound and not within a smaller one; infinity holds the rest."""

    def note(self, alert: Alert, done: Delivered, *, now: datetime) -> None:
        """Count one attempt."""
        for outcome in ("posted", "edited", "delayed", "rejected"):
            if number := getattr(done, outcome):
                self.outcomes[alert.channel.workspace.platform, outcome] += number
        if (done.posted or done.edited) and alert.wanted is not None:
            late = max(0.0, (now - alert.wanted).total_seconds())
            self.seconds += late
            self.buckets[next((bound for bound in LATENCIES if late <= bound), inf)] += 1

    def cumulative(self) -> tuple[tuple[str, int], ...]:
        """Return each bound with how many arrived within it, as Prometheus counts."""
        bounds = (*LATENCIES, inf)
        return tuple(
            ("+Inf" if bound == inf else f"{bound:g}", sum(self.buckets[each] for each in bounds if each <= bound))
            for bound in bounds
        )


class Delivery:
    """Shows cards on the chats that are connected."""

    def __init__(
        self,
        *,
        store: StoreThread,
        chats: Mapping[Platform, Chat],
        clock: Callable[[], datetime],
        seconds: float = 30.0,
        turn: Turn | None = None,
    ) -> None:
        self._store = store
        self._chats = chats
        self._clock = clock
        self._seconds = seconds
        self._turn = turn
        self._running = asyncio.Lock()
        self._paused_until: datetime | None = None
        self._pulse = status.Pulse()
        self.report = DeliveryReport()

    async def deliver(self, *, patience: float = 0.0) -> Delivered:
        """Bring every card that is due to the revision that is wanted; channels do not hold up one another.

        One round at a time: a second would take a post under way for one in doubt, and look for it too early. Where
        another process has its round, this one waits for `patience` seconds, and then leaves the cards to it.
        """
        async with self._running:
            if self._paused_until and self._clock() < self._paused_until:
                return Delivered()
            if self._turn is not None and not await self._taken(self._turn, patience):
                return Delivered()
            try:
                done = await self._deliver()
            except Exception as error:
                self._end_turn()
                if isinstance(error, StoreError):
                    self._paused_until = self._clock() + STORE_PAUSE
                raise
            # not after a cancellation: what is under way may still arrive, and the turn ends with the process
            self._end_turn()
            return done

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.give_back()

    @staticmethod
    async def _taken(turn: Turn, patience: float) -> bool:
        try:
            async with asyncio.timeout(patience):
                while not turn.take():  # noqa: ASYNC110  another process sets no asyncio.Event
                    await asyncio.sleep(TURN_SECONDS)
        except TimeoutError:
            return False
        return True

    async def _deliver(self) -> Delivered:
        total = Delivered()
        while True:
            now = self._clock()
            due = await self._store.read(partial(outbox.due, now=now, platforms=tuple(self._chats)))
            if not due:
                break
            queues: dict[str, list[tuple[int, Alert]]] = defaultdict(list)
            for row, alert in due:
                queues[alert.channel.workspace.id + alert.channel.external_id].append((row, alert))
            ended = await asyncio.gather(*(self._channel(queue) for queue in queues.values()), return_exceptions=True)
            rounds = [done for done in ended if isinstance(done, Delivered)]
            if errors := [error for error in ended if isinstance(error, BaseException)]:
                raise errors[0]  # only now: the other channels' posts have ended and are written down
            total = sum(rounds, total)
            if not any(done.posted or done.edited or done.rejected for done in rounds):
                break
        now = self._clock()
        if self._pulse.is_due(now):
            await self._store.write(lambda db: status.beat(db, "deliver", now=now))
        return total

    async def _channel(self, queue: list[tuple[int, Alert]]) -> Delivered:
        total = Delivered()
        for row, alert in queue:
            try:
                done = await self._one(row, alert)
                self.report.note(alert, done, now=self._clock())
                total += done
                if done.delayed:  # the others of this channel would only wait as long, each in its turn
                    break
            except StoreError:  # nothing can be noted: it would fail for the others too
                raise
            except Exception:  # one alert must not hold up the others
                log.exception("delivery failed", key=alert.key, story=alert.story)
                reason = "an unexpected error; the log has the details"
                await self._again(row, alert, RETRY_SECONDS[-1], reason, doubtful=not alert.message)
                total += Delivered(delayed=1)
        return total

    async def _one(self, row: int, alert: Alert) -> Delivered:
        chat = self._chats[alert.channel.workspace.platform]
        shown = await self._store.read(lambda db: self._shown(db, row, alert, self._clock()))
        if shown is None:
            await self._store.write(lambda db: outbox.reject(db, row, reason="the story can't be seen here any more"))
            return Delivered(rejected=1)
        message = alert.message
        if message is None and alert.doubtful:
            found = await self._find(chat, alert)
            if isinstance(found, Doubtful):
                return await self._note(row, alert, shown, found, posting=True)
            if found.message is not None:
                message = await self._arrived(row, found.message)
        if message is None and alert.moved:
            reason = "the story is told in another card, and this one never arrived"
            await self._store.write(lambda db: outbox.reject(db, row, reason=reason))
            return Delivered(rejected=1)
        if message is None:
            settled = self._clock() + timedelta(seconds=RETRY_SECONDS[0])
            if not await self._store.write(lambda db: outbox.begin(db, row, settled=settled)):
                return Delivered()  # taken back meanwhile: its story is another's now, or gave way to a bigger one
        outcome = await self._call(chat, alert, shown, message)
        return await self._note(row, alert, shown, outcome, posting=message is None)

    async def _find(self, chat: Chat, alert: Alert) -> Found | Doubtful:
        try:
            async with asyncio.timeout(self._seconds):
                return await chat.find(alert.channel, key=alert.key)
        except TimeoutError:
            return Doubtful(reason=f"no answer in {self._seconds:g} seconds")

    async def _arrived(self, row: int, message: str) -> str:
        """Write down where the card is before it is edited: should that fail, it is not posted again."""
        await self._store.write(lambda db: outbox.arrived(db, row, message=message))
        return message

    async def _call(self, chat: Chat, alert: Alert, shown: Shown, message: str | None) -> DeliveryOutcome:
        try:
            async with asyncio.timeout(self._seconds):
                if message is None:
                    return await chat.post(alert.channel, shown, key=alert.key, reply_to=alert.reply_to)
                return await chat.edit(alert.channel, shown, key=alert.key, message=message)
        except TimeoutError:
            return Doubtful(reason=f"no answer in {self._seconds:g} seconds")

    @staticmethod
    def _shown(db: Database, row: int, alert: Alert, now: datetime) -> Shown | None:
        """Return what is to be seen: a story's card, a note on it, a digest. None where there is nothing to see."""
        viewer, channel = alert.channel.workspace.id, channels.channel_id_of(db, alert.channel)
        if alert.notice is not None:
            return Reply(lines=(line(alert.notice),))
        # what waited for a digest or the end of quiet hours may have been muted meanwhile
        mutes = preferences.mutes_of(db, channel, now=now)
        if alert.story is None:
            kind, ids = digests.of_card(db, row)
            stories = [story for story in stories_for(db, ids, viewer=viewer) if not find_mute(mutes, story)]
            return digest(stories, kind=kind, to_usd=to_usd) if stories else None
        story = story_for(db, alert.story, viewer=viewer)
        if story is None or (alert.message is None and find_mute(mutes, story)):
            return None
        if alert.reply_to is not None:
            return turn_note(story, alert.note or "")
        if alert.moved:
            return moved_card(story)
        whole = card(story, note=alert.note, noted_at=alert.noted_at)
        settings = preferences.settings_of(db, channel)
        return compact(whole) if settings.layout is Layout.COMPACT else whole

    async def _note(
        self, row: int, alert: Alert, shown: Shown, outcome: DeliveryOutcome, *, posting: bool
    ) -> Delivered:
        now = self._clock()
        match outcome:
            case Sent(message=message):
                sources = shown.source_count if isinstance(shown, Card) else 0
                await self._store.write(
                    lambda db: outbox.sent(db, row, revision=alert.revision, message=message, sources=sources, now=now)
                )
                return Delivered(posted=1) if posting else Delivered(edited=1)
            case Delayed(seconds=seconds, reason=reason):
                await self._again(row, alert, seconds, reason, doubtful=False, hold=seconds)
            case Doubtful(reason=reason):
                wait = RETRY_SECONDS[min(alert.attempts, len(RETRY_SECONDS) - 1)]
                await self._again(row, alert, wait, reason, doubtful=posting, hold=RETRY_SECONDS[0])
            case Rejected(reason=reason):
                log.warning("card rejected", key=alert.key, story=alert.story, reason=reason)
                await self._store.write(lambda db: self._rejected(db, row, alert, outcome, now))
                return Delivered(rejected=1)
        return Delivered(delayed=1)

    @staticmethod
    def _rejected(db: Database, row: int, alert: Alert, outcome: Rejected, now: datetime) -> None:
        outbox.reject(db, row, reason=outcome.reason)
        if outcome.closed:
            channel_closed(db, alert.channel, reason=outcome.reason, now=now)

    async def _again(
        self, row: int, alert: Alert, seconds: float, reason: str, *, doubtful: bool, hold: float = 0.0
    ) -> None:
        """Try this card again after `seconds`, and its channel's other cards not before `hold` seconds."""
        log.info("card delayed", key=alert.key, story=alert.story, seconds=seconds, reason=reason)
        now = self._clock()

        def wait(db: Database) -> None:
            if hold:
                outbox.hold(db, row, until=now + timedelta(seconds=hold))
            outbox.again(db, row, at=now + timedelta(seconds=seconds), reason=reason, doubtful=doubtful)

        await self._store.write(wait)
