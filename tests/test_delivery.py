"""Cards go out once: against a chat that fails in every way, and a store that fails between post and record."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.chat.base import Found
from bot.delivery import RETRY_SECONDS, Delivered, Delivery
from bot.errors import StoreFull
from bot.extraction import Extraction
from bot.model import filter as wishes
from bot.model.alert import Delayed, DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.story import Fact
from bot.model.subscription import Channel, ChannelSettings, Mute
from bot.recording import Reading, record
from bot.store import Store, digests, outbox, preferences, status
from bot.store.thread import StoreThread
from bot.store.turn import Turn
from tests.commands.talk import words
from tests.stocked import article, channel, feed, subscribe
from tests.stories.telling import START, bid, raises, usd

T = TypeVar("T")
Move = Callable[[Callable[[], None]], Awaitable[DeliveryOutcome | None]]
"""What the platform does with one call, given how to do as asked; None: it does so and answers well."""


class FakeChat:
    """A platform in memory. `moves` are played one a call; without one every call succeeds."""

    platform = Platform.SLACK

    def __init__(self) -> None:
        self.shown: dict[str, Card] = {}
        self.where: dict[str, str] = {}
        self.posts: Counter[str] = Counter()
        self.edits: list[tuple[str, Card]] = []
        self.looked: list[str] = []
        self.blind = False
        self.moves: list[Move] = []
        self.finding: list[Exception | None] = []

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def post(self, channel: Channel, card: Card, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        def store() -> None:
            self.posts[key] += 1
            self.where[key] = channel.external_id
            self.shown[key] = card

        return await self._answer(store, key)

    async def edit(self, channel: Channel, card: Card, *, key: str, message: str) -> DeliveryOutcome:
        assert message == f"m-{key}"

        def store() -> None:
            self.edits.append((key, card))
            self.shown[key] = card

        return await self._answer(store, key)

    async def find(self, channel: Channel, *, key: str) -> Found:
        self.looked.append(key)
        if self.finding and (trouble := self.finding.pop(0)):
            raise trouble
        if self.blind:
            return Found(unknown=True)
        return Found(message=f"m-{key}" if key in self.shown else None)

    async def _answer(self, store: Callable[[], None], key: str) -> DeliveryOutcome:
        if self.moves and (outcome := await self.moves.pop(0)(store)):
            return outcome
        store()
        return Sent(message=f"m-{key}")


def answers(outcome: DeliveryOutcome, *, stored: bool = False) -> Move:
    async def move(store: Callable[[], None]) -> DeliveryOutcome:
        if stored:
            store()
        return outcome

    return move


def raising(error: Exception, *, stored: bool = False) -> Move:
    async def move(store: Callable[[], None]) -> DeliveryOutcome:
        if stored:
            store()
        raise error

    return move


def hanging(*, stored: bool = False) -> Move:
    async def move(store: Callable[[], None]) -> DeliveryOutcome:
        if stored:
            store()
        await asyncio.Event().wait()
        raise AssertionError

    return move


LOST = answers(Doubtful(reason="connection reset"))
LATE = answers(Doubtful(reason="connection reset"), stored=True)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FailingStore(StoreThread):
    """Fails in chosen writes, counted from now: as a full disk, or a crash, would."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.fail: set[int] = set()
        self._number = 0

    def fail_in(self, *numbers: int) -> None:
        self._number, self.fail = 0, set(numbers)

    async def write(self, work: Callable[[Database], T]) -> T:
        self._number += 1
        if self._number in self.fail:
            raise StoreFull("The disk is full.")
        return await super().write(work)


class Desk:
    """A store with news, a chat, a clock, and the delivery between them."""

    def __init__(self, path: Path | str) -> None:
        self.store = FailingStore(Store(path))
        self.chat = FakeChat()
        self.clock = Clock()
        self.delivery = self.restarted()

    def restarted(self, *, seconds: float = 5.0) -> Delivery:
        """A new Delivery, as after a crash."""
        self.delivery = Delivery(store=self.store, chats={Platform.SLACK: self.chat}, clock=self.clock, seconds=seconds)
        return self.delivery

    async def deliver(self) -> Delivered:
        return await self.delivery.deliver()

    async def later(self, seconds: float = 10_000) -> Delivered:
        self.clock.wait(seconds)
        return await self.deliver()

    def subscribe(self, *names: str) -> None:
        with self.store.store.write() as db:
            for name in names:
                subscribe(db, channel(db, name))

    def tell(self, *told: Fact) -> None:
        with self.store.store.write() as db:
            for fact in told:
                text = article(fact.id, title=fact.title, source=fact.source)
                reading = Reading(article=text, result=Extraction(events=(fact.event,), skipped=None))
                record(db, [reading], feed=feed(db), now=self.clock(), max_age=timedelta(days=2), silent=False)

    def rows(self, columns: str) -> list[tuple[object, ...]]:
        with self.store.store.read() as db:
            return db.execute(f"SELECT {columns} FROM cards ORDER BY id").fetchall()  # noqa: S608


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path / "bot.db")
    found.subscribe("deals")
    yield found
    found.store.close()


RUMOUR = raises("The Wire", 0, "Cove", "Accel", amount=usd(50))
FIGURE = raises("Reuters", 1, "Cove", "Accel", amount=usd(51))
OTHER = bid("Reuters", 0, "Scale", "Meta")


async def test_a_card_is_posted_and_noted(desk: Desk) -> None:
    desk.tell(RUMOUR)
    assert await desk.deliver() == Delivered(posted=1)
    (key,) = desk.chat.posts
    assert desk.rows("key, message, sent_revision, state, sources") == [(key, f"m-{key}", 1, "ready", 1)]


async def test_what_was_posted_is_not_posted_again(desk: Desk) -> None:
    desk.tell(RUMOUR)
    await desk.deliver()
    assert await desk.later() == Delivered()
    assert list(desk.chat.posts.values()) == [1]


async def test_a_change_edits_the_card_and_says_what_changed(desk: Desk) -> None:
    desk.tell(RUMOUR)
    await desk.deliver()
    desk.tell(FIGURE)
    assert await desk.deliver() == Delivered(edited=1)
    ((_, card),) = desk.chat.edits
    assert (card.note, card.noted_at, card.source_count) == ("amount now $51M, was $50M", START, 2)


async def test_a_change_before_the_post_is_in_the_post(desk: Desk) -> None:
    desk.tell(RUMOUR, FIGURE)
    assert await desk.deliver() == Delivered(posted=1)
    (card,) = desk.chat.shown.values()
    assert (card.note, card.source_count) == (None, 2)
    assert desk.chat.edits == []


async def test_a_change_while_the_post_is_under_way_edits_it_in_the_same_round(desk: Desk) -> None:
    async def meanwhile(store: Callable[[], None]) -> None:
        desk.tell(FIGURE)

    desk.tell(RUMOUR)
    desk.chat.moves = [meanwhile]
    assert await desk.deliver() == Delivered(posted=1, edited=1)
    assert [card.note for _, card in desk.chat.edits] == ["amount now $51M, was $50M"]


async def test_each_channel_has_its_card(desk: Desk) -> None:
    desk.subscribe("more")
    desk.tell(RUMOUR)
    assert await desk.deliver() == Delivered(posted=2)
    assert set(desk.chat.where.values()) == {"deals", "more"}


async def test_the_round_is_noted_for_health(desk: Desk) -> None:
    await desk.deliver()
    with desk.store.store.read() as db:
        assert status.beats(db) == {"deliver": START}


async def test_a_platform_that_is_not_connected_waits(desk: Desk) -> None:
    desk.tell(RUMOUR)
    delivery = Delivery(store=desk.store, chats={Platform.DISCORD: desk.chat}, clock=desk.clock)
    assert await delivery.deliver() == Delivered()
    assert await desk.deliver() == Delivered(posted=1)


# delays and refusals


async def test_a_delay_is_honoured_to_the_second(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [answers(Delayed(seconds=42, reason="rate limit"))]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later(41.9) == Delivered()
    assert await desk.later(0.1) == Delivered(posted=1)
    assert desk.chat.looked == []


async def test_a_delay_is_honoured_by_a_change_that_comes_meanwhile(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [answers(Delayed(seconds=42, reason="rate limit"))]
    await desk.deliver()
    desk.tell(FIGURE)
    assert await desk.later(41.9) == Delivered()
    assert await desk.later(0.1) == Delivered(posted=1)


async def test_a_delay_holds_for_the_channels_other_cards_too(desk: Desk) -> None:
    desk.tell(RUMOUR, OTHER)
    desk.chat.moves = [answers(Delayed(seconds=42, reason="rate limit"))]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later(41.9) == Delivered()
    assert await desk.later(0.1) == Delivered(posted=2)


async def test_a_delayed_edit_is_an_edit_later(desk: Desk) -> None:
    desk.tell(RUMOUR)
    await desk.deliver()
    desk.tell(FIGURE)
    desk.chat.moves = [answers(Delayed(seconds=1, reason="rate limit"))]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later() == Delivered(edited=1)


async def test_a_refused_card_is_not_tried_again(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [answers(Rejected(reason="not in channel"))]
    assert await desk.deliver() == Delivered(rejected=1)
    desk.tell(FIGURE)
    assert await desk.later() == Delivered()
    assert desk.rows("state, last_error") == [("rejected", "not in channel")]


async def test_a_refused_card_does_not_hold_up_the_others(desk: Desk) -> None:
    desk.tell(RUMOUR, OTHER)
    desk.chat.moves = [answers(Rejected(reason="invalid blocks"))]
    assert await desk.deliver() == Delivered(rejected=1, posted=1)


async def test_an_error_in_one_card_does_not_hold_up_the_others(desk: Desk) -> None:
    desk.tell(RUMOUR, OTHER)
    desk.chat.moves = [raising(KeyError("bug"))]
    assert await desk.deliver() == Delivered(delayed=1, posted=1)
    assert await desk.later() == Delivered(posted=1)


# doubt


async def test_a_post_that_was_lost_is_posted_once_it_was_not_found(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [LOST]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later() == Delivered(posted=1)
    assert len(desk.chat.looked) == 1
    assert list(desk.chat.posts.values()) == [1]


async def test_a_post_that_arrived_after_all_is_found_and_not_posted_again(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [LATE]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later() == Delivered(edited=1)
    assert list(desk.chat.posts.values()) == [1]


async def test_nothing_is_looked_for_without_doubt(desk: Desk) -> None:
    desk.tell(RUMOUR)
    await desk.deliver()
    desk.tell(FIGURE)
    await desk.deliver()
    assert desk.chat.looked == []


@pytest.mark.parametrize(
    "move", [LOST, answers(Delayed(seconds=1, reason="rate limit")), raising(KeyError("bug")), hanging()]
)
async def test_a_card_that_was_found_is_not_posted_again_though_its_edit_fails(desk: Desk, move: Move) -> None:
    desk.restarted(seconds=0.01)
    desk.tell(RUMOUR)
    desk.chat.moves = [LATE, move]
    await desk.deliver()
    assert await desk.later() == Delivered(delayed=1)
    assert await desk.later() == Delivered(edited=1)
    assert list(desk.chat.posts.values()) == [1]


async def test_where_nothing_can_be_looked_up_it_is_posted_again(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [LATE]
    desk.chat.blind = True
    await desk.deliver()
    await desk.later()
    assert list(desk.chat.posts.values()) == [2]


async def test_a_look_up_that_fails_leaves_the_doubt(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [LATE]
    desk.chat.finding = [KeyError("bug"), TimeoutError()]
    for _ in range(3):
        await desk.later()
    assert await desk.later() == Delivered(edited=1)
    assert list(desk.chat.posts.values()) == [1]


async def test_an_edit_in_doubt_is_simply_repeated(desk: Desk) -> None:
    desk.tell(RUMOUR)
    await desk.deliver()
    desk.tell(FIGURE)
    desk.chat.moves = [LATE]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later() == Delivered(edited=1)
    assert len(desk.chat.edits) == 2
    assert len({card for _, card in desk.chat.edits}) == 1
    assert desk.chat.looked == []


async def test_waits_grow_with_every_attempt(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.chat.moves = [LOST] * 6
    waits = []
    for _ in range(6):
        await desk.deliver()
        due = datetime.fromisoformat(str(desk.rows("due_at")[0][0]))
        waits.append((due - desk.clock.now).total_seconds())
        desk.clock.now = due
    assert waits == [*RETRY_SECONDS, RETRY_SECONDS[-1], RETRY_SECONDS[-1]]


# hanging


async def test_a_post_that_hangs_is_in_doubt(desk: Desk) -> None:
    desk.restarted(seconds=0.01)
    desk.tell(RUMOUR)
    desk.chat.moves = [hanging(stored=True)]
    assert await desk.deliver() == Delivered(delayed=1)
    assert await desk.later() == Delivered(edited=1)
    assert list(desk.chat.posts.values()) == [1]


async def test_a_channel_that_hangs_does_not_hold_up_another(desk: Desk) -> None:
    desk.subscribe("more")
    desk.restarted(seconds=0.01)
    desk.tell(RUMOUR)
    desk.chat.moves = [hanging()]
    assert await desk.deliver() == Delivered(delayed=1, posted=1)


async def test_a_channel_that_hangs_is_tried_once_a_round(desk: Desk) -> None:
    desk.restarted(seconds=0.01)
    desk.tell(RUMOUR, OTHER)
    desk.chat.moves = [hanging(), hanging()]
    assert await desk.deliver() == Delivered(delayed=1)
    assert len(desk.chat.moves) == 1


async def test_two_rounds_at_once_are_one_after_the_other(desk: Desk) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(store: Callable[[], None]) -> None:
        begun.set()
        await go.wait()

    desk.tell(RUMOUR)
    desk.chat.moves = [slow]
    rounds = [asyncio.create_task(desk.deliver()) for _ in range(2)]
    await begun.wait()
    go.set()
    assert await asyncio.gather(*rounds) == [Delivered(posted=1), Delivered()]
    assert list(desk.chat.posts.values()) == [1]


async def test_a_round_that_is_cancelled_in_a_post_leaves_it_in_doubt(desk: Desk) -> None:
    begun = asyncio.Event()

    async def slow(store: Callable[[], None]) -> None:
        store()
        begun.set()
        await asyncio.Event().wait()

    desk.tell(RUMOUR)
    desk.chat.moves = [slow]
    task = asyncio.create_task(desk.deliver())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    desk.restarted()
    assert await desk.deliver() == Delivered(), "what was sent may still be on its way"
    assert await desk.later(RETRY_SECONDS[0]) == Delivered(edited=1)
    assert list(desk.chat.posts.values()) == [1]


# crashes


async def test_a_crash_between_post_and_record_posts_nothing_twice(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.store.fail_in(2)  # the first write says "begun"; the second would say "sent"
    with pytest.raises(StoreFull):
        await desk.deliver()
    assert list(desk.chat.posts.values()) == [1]
    desk.restarted()
    assert await desk.later() == Delivered(edited=1)
    assert list(desk.chat.posts.values()) == [1]


async def test_a_crash_before_the_post_loses_nothing(desk: Desk) -> None:
    desk.tell(RUMOUR)
    desk.store.fail_in(1)
    with pytest.raises(StoreFull):
        await desk.deliver()
    assert not desk.chat.posts
    assert await desk.restarted().deliver() == Delivered(posted=1)


async def test_while_the_store_fails_an_edit_is_not_sent_again_and_again(desk: Desk) -> None:
    desk.tell(RUMOUR)
    await desk.deliver()
    desk.tell(FIGURE)
    desk.store.fail_in(1)
    with pytest.raises(StoreFull):
        await desk.deliver()
    for _ in range(20):
        await desk.later(1)
    assert len(desk.chat.edits) == 1
    assert await desk.later() == Delivered(edited=1)


async def test_a_store_that_fails_for_one_channel_lets_the_others_end_first(desk: Desk) -> None:
    desk.subscribe("more")
    desk.tell(RUMOUR)
    go = asyncio.Event()

    async def slow(store: Callable[[], None]) -> None:
        await go.wait()

    async def quick(store: Callable[[], None]) -> None:
        desk.store.fail_in(1, 2)  # only now: both posts have been begun
        asyncio.get_running_loop().call_later(0.2, go.set)

    desk.chat.moves = [slow, quick]
    with pytest.raises(StoreFull):
        await desk.deliver()
    assert sum(desk.chat.posts.values()) == 2
    desk.restarted()
    await desk.later()
    assert sum(desk.chat.posts.values()) == 2


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_fails_a_card_is_posted_once_and_ends_up_right(data: st.DataObject) -> None:
    trouble = [LOST, LATE, answers(Delayed(seconds=1, reason="rate limit")), raising(KeyError("bug"))]
    trouble += [raising(KeyError("bug"), stored=True)]

    async def play() -> None:
        desk = Desk(":memory:")
        desk.subscribe("deals")
        desk.tell(RUMOUR)
        desk.chat.moves = data.draw(st.lists(st.sampled_from(trouble), max_size=5))
        change_at = data.draw(st.integers(0, 6))
        for step in range(20):
            desk.store.fail_in(*(data.draw(st.sets(st.integers(1, 5))) if step < 8 else ()))
            if step == change_at:
                desk.tell(FIGURE)
            try:
                await desk.later()
            except StoreFull:
                desk.restarted()
        assert list(desk.chat.posts.values()) == [1]
        (card,) = desk.chat.shown.values()
        assert card.source_count == 2
        assert desk.rows("wanted_revision - sent_revision, state") == [(0, "ready")]
        desk.store.close()

    asyncio.run(play())


# two stories that turned out to be one


ONE_SIDE = raises("A", 0, "Cove", amount=usd(50))
OTHER_SIDE = raises("B", 1, None, "Lightspeed", "Accel", amount=usd(52))
BRIDGE = raises("C", 2, "Cove", "Lightspeed", "Accel", amount=usd(51))


async def test_the_card_of_a_merged_story_points_to_the_other(desk: Desk) -> None:
    desk.tell(ONE_SIDE)
    desk.clock.wait(1)
    desk.tell(OTHER_SIDE)
    assert await desk.deliver() == Delivered(posted=2)
    desk.tell(BRIDGE)
    assert await desk.deliver() == Delivered(edited=2)
    moved = [card for card in desk.chat.shown.values() if card.headline.startswith("Told in another card")]
    assert len(moved) == 1


async def test_a_merged_storys_card_that_never_arrived_is_not_posted(desk: Desk) -> None:
    desk.tell(ONE_SIDE)
    await desk.deliver()
    desk.clock.wait(1)  # the older story keeps its id
    desk.tell(OTHER_SIDE)
    desk.chat.moves = [LOST]
    await desk.deliver()
    desk.tell(BRIDGE)
    await desk.later()
    assert sum(desk.chat.posts.values()) == 1


async def test_a_merged_storys_card_in_doubt_that_arrived_points_to_the_other(desk: Desk) -> None:
    desk.tell(ONE_SIDE)
    await desk.deliver()
    desk.clock.wait(1)  # the older story keeps its id
    desk.tell(OTHER_SIDE)
    desk.chat.moves = [LATE]
    await desk.deliver()
    desk.tell(BRIDGE)
    await desk.later()
    assert sum(desk.chat.posts.values()) == 2
    assert sum(card.headline.startswith("Told in another card") for card in desk.chat.shown.values()) == 1


async def test_what_was_muted_while_it_waited_is_not_posted_alone_or_in_a_digest(desk: Desk) -> None:
    with desk.store.store.write() as db:
        daily = wishes.Delivery(cadence=wishes.Cadence.DAILY)
        rows = [subscribe(db, channel(db, "now")), subscribe(db, channel(db, "daily"), delivery=daily)]
        preferences.save_settings(db, rows[0], ChannelSettings(quiet=(time(7), time(9))))
    desk.tell(bid("Reuters", 0, "Cove", "Meta"), bid("Reuters", 0, "Near", "Apple"))
    with desk.store.store.write() as db:
        for row in rows:
            preferences.mute(db, row, Mute(id=f"m{row}", what="company", name="Cove"), by="U", now=START)
        digests.close_due(db, now=START + timedelta(hours=1))
    await desk.later(3600)
    shown = [each for key, each in desk.chat.shown.items() if desk.chat.where[key] in {"now", "daily"}]
    told = [each.headline if isinstance(each, Card) else words(each) for each in shown]
    assert len(told) == 2
    assert all("Near" in each and "Cove" not in each for each in told)


async def test_a_card_whose_story_cannot_be_seen_is_given_up(desk: Desk) -> None:
    desk.tell(RUMOUR)
    with desk.store.store.write() as db:
        db.execute("UPDATE facts SET story_id = NULL")
    assert await desk.deliver() == Delivered(rejected=1)
    with desk.store.store.read() as db:
        assert outbox.waiting(db, now=START) == (0, None)


async def test_while_another_process_has_its_round_a_post_under_way_is_not_taken_for_one_in_doubt(
    desk: Desk, tmp_path: Path
) -> None:
    desk.tell(RUMOUR)
    arrived = asyncio.Event()

    async def slowly(store: Callable[[], None]) -> None:
        await arrived.wait()

    def process() -> Delivery:
        turn = Turn(tmp_path / "bot.db")
        return Delivery(store=desk.store, chats={Platform.SLACK: desk.chat}, clock=desk.clock, turn=turn)

    first, second = process(), process()
    desk.chat.moves.append(slowly)
    begun = asyncio.create_task(first.deliver())
    while desk.rows("state") != [("sending",)]:  # noqa: ASYNC110  the store sets no asyncio.Event
        await asyncio.sleep(0.01)
    assert await second.deliver() == Delivered()
    waiting = asyncio.create_task(second.deliver(patience=30))
    arrived.set()
    assert await begun == Delivered(posted=1)
    assert await waiting == Delivered()
    assert desk.chat.posts.total() == 1
    assert desk.chat.looked == []


async def test_a_card_that_is_taken_back_while_its_round_is_under_way_is_not_posted(desk: Desk) -> None:
    desk.tell(RUMOUR, OTHER)
    taken: list[object] = []

    async def meanwhile(store: Callable[[], None]) -> None:
        with desk.store.store.write() as db:
            taken.append(db.execute("DELETE FROM cards WHERE state = 'ready' AND message IS NULL").rowcount)

    desk.chat.moves = [meanwhile]
    assert await desk.deliver() == Delivered(posted=1)
    assert taken == [1]
    assert sum(desk.chat.posts.values()) == 1
