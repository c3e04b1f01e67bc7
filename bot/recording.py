"""What one feed's new items do to the store: items, facts, stories and the outbox, inside one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.companies.watch import meant, party_keys
from bot.errors import WorkerError
from bot.extraction import Extraction
from bot.model.article import Article
from bot.model.enums import Outcome, Status
from bot.model.event import Event
from bot.model.feed import Feed
from bot.model.story import Fact, Story, StoryChange
from bot.model.subscription import ChannelSettings, Mute, Subscription
from bot.rates import to_usd
from bot.store import (
    Database,
    channels,
    decisions,
    digests,
    facts,
    items,
    outbox,
    preferences,
    rulings,
    stories,
    watching,
)
from bot.store.decisions import Decision
from bot.store.stories import Party
from bot.store.times import new_id
from bot.stories.audience import partition_for_all, visible
from bot.stories.change import compare, say
from bot.stories.fold import fold
from bot.stories.headline import headline
from bot.stories.hours import quiet_end
from bot.stories.identity import reconcile
from bot.stories.match import block_keys
from bot.stories.naming import named_parties
from bot.stories.partition import gather
from bot.stories.plan import News, Place, decide, tells_turns
from bot.stories.ruled import Rulings, ruled
from bot.stories.wanted import Context, parties
from bot.viewing import story_for

_BIG_TURNS = frozenset({Status.COMPLETED, Status.CANCELLED})
HOUR = timedelta(hours=1)
RECOUNT_AFTER = timedelta(minutes=10)
"""A further source that adds nothing changes a number: cards say so after this long, once for all that came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A new article and what was read from it."""

    article: Article
    result: Extraction | WorkerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """How much one feed's batch brought."""

    items: int = 0
    events: int = 0
    stories: int = 0
    """New ones."""
    alerts: int = 0
    """Cards asked for: new ones, not edits."""

    def __add__(self, other: "Recorded") -> "Recorded":
        return Recorded(
            items=self.items + other.items,
            events=self.events + other.events,
            stories=self.stories + other.stories,
            alerts=self.alerts + other.alerts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What all items of one batch have in common."""

    feed: Feed
    now: datetime
    max_age: timedelta
    silent: bool
    """A new feed's first poll: everything is stored, nothing alerts."""
    places: "dict[int, ChannelPlace]"
    """Channel's row number -> what it asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPlace:
    """A channel that is told, with all that it asked for."""

    workspace: str
    subscriptions: tuple[Subscription, ...]
    settings: ChannelSettings
    zone: tzinfo
    mutes: tuple[Mute, ...]

    @property
    def wishes_watched(self) -> bool:
        """A subscription asks for watched companies."""
        return any(subscription.filter.watched for subscription in self.subscriptions)


def places(db: Database, *, now: datetime) -> dict[int, ChannelPlace]:
    """Return every channel that is told, with its subscriptions, settings and mutes."""
    wishes: dict[int, list[Subscription]] = {}
    for channel, subscription in channels.subscriptions(db):
        wishes.setdefault(channel, []).append(subscription)
    mutes: dict[int, list[Mute]] = {}
    for channel, mute in preferences.all_mutes(db, now=now):
        mutes.setdefault(channel, []).append(mute)
    settings = {channel: preferences.settings_of(db, channel) for channel in wishes}
    return {
        channel: ChannelPlace(
            workspace=told[0].channel.workspace.id,
            subscriptions=tuple(told),
            settings=settings[channel],
            zone=zone_of(settings[channel].zone),
            mutes=tuple(mutes.get(channel, ())),
        )
        for channel, told in wishes.items()
    }


def zone_of(name: str) -> tzinfo:
    """Return a time zone; UTC where this machine does not know the name (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def record(db: Database, readings: Iterable[Reading], *, feed: Feed, now: datetime, max_age: timedelta,
           silent: bool) -> Recorded:  # fmt: skip
    """Store the articles of one poll, oldest first, and everything that follows from them."""
    batch = Batch(feed=feed, now=now, max_age=max_age, silent=silent, places=places(db, now=now))
    total = Recorded()
    for reading in sorted(readings, key=lambda reading: (reading.article.published or now, reading.article.key)):
        item = items.add(db, feed, reading.article, now=now)
        if item is not None:
            total += _record_item(db, batch, item, reading)
    return total


def _record_item(db: Database, batch: Batch, item: int, reading: Reading) -> Recorded:
    total = Recorded(items=1)
    told = items.told_before(db, batch.feed, reading.article, item=item)
    if told is not None:
        line = Decision(item=item, outcome=Outcome.MERGED, detail=f"the article is known already (item {told})")
        decisions.log(db, [line], now=batch.now)
        return total
    if isinstance(reading.result, WorkerError):
        line = Decision(item=item, outcome=Outcome.EXTRACTION_FAILED, detail=str(reading.result))
        decisions.log(db, [line], now=batch.now)
        return total
    if reading.result.skipped is not None:
        skipped = reading.result.skipped
        decisions.log(db, [Decision(item=item, outcome=skipped.reason, detail=skipped.detail)], now=batch.now)
    for event in reading.result.events:
        fact = _fact(batch, reading.article, event)
        if event.background:
            facts.add(db, fact, item=item, keys=())
            line = Decision(item=item, fact=fact.id, outcome=Outcome.BACKGROUND, detail="told as history, not as news")
            decisions.log(db, [line], now=batch.now)
        else:
            facts.add(db, fact, item=item, keys=block_keys(fact))
            total += _place(db, batch, item, fact)
    return total


def _fact(batch: Batch, article: Article, event: Event) -> Fact:
    return Fact(
        id=new_id(12),
        event=event,
        # never the feed's whole address, which may hold a token
        source=article.source or batch.feed.title or urlsplit(batch.feed.url).hostname or "a feed",
        title=article.title,
        url=article.url,
        # a date ahead of the clock would keep a story young for ever
        published=min(article.published or batch.now, batch.now),
        first_seen=batch.now,
        audience=batch.feed.workspace,
    )


def _place(db: Database, batch: Batch, item: int, fact: Fact) -> Recorded:
    """Find the new fact's story, let ids and cards follow, and ask for posts and edits."""
    owner: dict[str, str | None] = {}

    def candidates(keys: frozenset[str]) -> list[Fact]:
        found = facts.sharing(db, keys)
        owner.update((each.id, story) for each, story in found.values())
        return [each for each, _ in found.values()]

    pool = gather(fact, candidates)
    return Recorded(events=1) + _deal_out(db, batch, pool, owner, item=item, fact=fact)


def rearrange(db: Database, ids: Iterable[str], *, now: datetime) -> None:
    """Deal out the facts of these stories anew, after the operator ruled about them. Nothing is posted for it."""
    batch = Batch(feed=Feed(id=0, url="", title=""), now=now, max_age=HOUR, silent=True, places={})
    owner: dict[str, str | None] = {}
    pool: dict[str, Fact] = {}
    for story in ids:
        for fact in facts.of_stories_for_all(db, story):
            pool[fact.id], owner[fact.id] = fact, story
    _deal_out(db, batch, tuple(pool.values()), owner, item=None, fact=None)


def _rulings(db: Database, pool: tuple[Fact, ...], owner: dict[str, str | None]) -> tuple[Rulings, tuple[Fact, ...]]:
    """Return what was ruled about the pool's facts, and the pool with the stories that were ruled to belong to it."""
    known = {each.id: each for each in pool}
    while True:
        together, apart = rulings.about(db, known)
        missing = {name for pair in together for name in pair} - known.keys()
        if not missing:
            return Rulings(together=together, apart=apart), tuple(known.values())
        for name in missing:
            others, story = facts.of_story_with(db, name)
            known.update((each.id, each) for each in others)
            owner.update((each.id, story) for each in others)
            if name not in known:  # it is told as history, or gone: it binds nothing
                return Rulings(together=together, apart=apart), tuple(known.values())


def _deal_out(db: Database, batch: Batch, pool: tuple[Fact, ...], owner: dict[str, str | None], *,
              item: int | None, fact: Fact | None) -> Recorded:  # fmt: skip
    """Part the facts into stories, let ids and cards follow, and ask for posts and edits."""
    said, pool = _rulings(db, pool, owner)
    known = {each.id: each for each in pool}
    old: dict[str, set[str]] = {}
    for each in pool:
        if story := owner.get(each.id):
            old.setdefault(story, set()).add(each.id)
    ages = stories.ages(db, set(old))
    by_age = {story: frozenset(old[story]) for story in sorted(old, key=lambda story: (ages[story][0], story))}
    settled = reconcile(by_age, ruled(partition_for_all(pool), said))
    parts = {**settled.kept, **{new_id(): part for part in settled.new}}
    # cards first: a channel that shows the alias alone has the story's card now, and is not posted another
    for alias, story in settled.aliases.items():
        stories.make_alias(db, alias, of=story)
        outbox.point_to(db, alias, story=story, note="the same story as another card", now=batch.now)
        digests.point_to(db, alias, story=story)
    total = Recorded()
    for story, part in parts.items():
        if by_age.get(story, frozenset()) == frozenset(each.id for each in part):
            continue
        before = tuple(known[each] for each in by_age.get(story, ()))
        revision = ages[story][1] if story in ages else 0
        total += _update(db, batch, story=story, before=before, part=part, revision=revision, item=item, fact=fact)
    return total


def _update(db: Database, batch: Batch, *, story: str, before: Sequence[Fact], part: tuple[Fact, ...], revision: int,
            item: int | None, fact: Fact | None) -> Recorded:  # fmt: skip
    """Save one story as it now stands, edit its cards, and post it where it is wanted for the first time."""
    viewers = {None} | {each.audience for each in part}
    changes = {viewer: view for viewer in viewers if (view := _change(story, before, part, viewer, revision))}
    material = not before or any(change.is_material for change in changes.values())
    revision += 1 if material else 0
    audience = None if None in changes else next(each.audience for each in part)
    row = fold(changes[audience].story.facts, story_id=story, revision=revision)
    save(db, row, audience=audience, now=batch.now)
    facts.move(db, (each.id for each in part), story=story)
    carded = outbox.cards_of(db, story)
    edited: set[int] = set()
    for channel, workspace in carded.items():
        change = changes.get(workspace) or changes.get(None)
        if change and change.is_material:
            outbox.want_edit(db, channel, story, revision=revision, note=say(change), now=batch.now)
            edited.add(channel)
            if change.turn in _BIG_TURNS:
                _note_turn(db, batch, channel, change, change.turn)
    stories.recount_later(db, story, at=batch.now + RECOUNT_AFTER if carded.keys() - edited else None)
    alerts = 0
    if fact is not None and item is not None and any(each.id == fact.id for each in part):
        alerts = _post(db, batch, item, fact, changes, carded=frozenset(carded), revision=revision)
    return Recorded(stories=0 if before else 1, alerts=alerts)


def _note_turn(db: Database, batch: Batch, channel: int, change: StoryChange, turn: Status) -> None:
    """Ask for a reply to the card where that is wished. A channel that is paused, or has left, is told by the edit."""
    place = batch.places.get(channel)
    if place is None:
        return
    watched = place.wishes_watched and channel in _watching(db, change.story)
    if tells_turns(place.subscriptions, place.settings, change, Context(watched=watched, to_usd=to_usd)):
        until = quiet_end(place.settings.quiet, zone=place.zone, now=batch.now)
        outbox.want_note(db, channel, change.story.id, turn=turn.value, words=say(change), now=batch.now, at=until)


def save(db: Database, story: Story, *, audience: str | None, now: datetime) -> None:
    """Write a story's row with what it is found by: words, names, its size in dollars."""
    usd = to_usd(story.amount, story.last_published.date()) if story.amount else None
    named = tuple(Party(part=part, name=name, keys=keys) for part, name, keys in named_parties(story))
    stories.save(db, story, headline=headline(story), audience=audience, now=now, usd=usd, parties=named)


def _change(story: str, before: Sequence[Fact], part: tuple[Fact, ...], viewer: str | None,
            revision: int) -> StoryChange | None:  # fmt: skip
    """Return what changed for one viewer; None where it sees nothing of the story."""
    seen, was = visible(part, viewer), visible(before, viewer)
    if not seen:
        return None
    earlier = fold(was, story_id=story, revision=revision) if was else None
    return compare(earlier, fold(seen, story_id=story, revision=revision))


def _post(db: Database, batch: Batch, item: int, fact: Fact, changes: dict[str | None, StoryChange], *,
          carded: frozenset[int], revision: int) -> int:  # fmt: skip
    """Ask for a card wherever the story is wanted and not shown; log why, and why not. Return how many."""
    lines: list[Decision] = []
    alerts = 0
    watching = {
        viewer: _watching(db, change.story) if any(p.wishes_watched for p in batch.places.values()) else {}
        for viewer, change in changes.items()
    }
    for channel, place in batch.places.items():
        viewer = place.workspace if place.workspace in changes else None
        change = changes.get(viewer)
        if change is None or fact.audience not in (None, place.workspace):
            continue
        story = change.story.id
        if channel in carded:
            outcome, detail = Outcome.MERGED, "the channel has this story's card"
        else:
            context = Context(watched=channel in watching[viewer], to_usd=to_usd)
            outcome, detail = _ask(db, batch, channel, fact=fact, change=change, context=context, revision=revision)
        alerts += outcome is Outcome.ALERTED
        lines.append(Decision(item=item, fact=fact.id, story=story, channel=channel, outcome=outcome, detail=detail))
    if not lines:
        story = next(iter(changes.values())).story.id
        nobody = "no channel is subscribed"
        lines.append(Decision(item=item, fact=fact.id, story=story, outcome=Outcome.NO_SUBSCRIPTION, detail=nobody))
    decisions.log(db, lines, now=batch.now)
    return alerts


def _ask(db: Database, batch: Batch, channel: int, *, fact: Fact, change: StoryChange, context: Context,
         revision: int) -> tuple[Outcome, str]:  # fmt: skip
    """Decide about one channel that does not show the story, and ask for the card or the digest."""
    story, place = change.story.id, batch.places[channel]
    news = News(
        story=change.story, fact=fact, material=change.is_material, silent=batch.silent, now=batch.now,
        max_age=batch.max_age,
    )  # fmt: skip
    until = quiet_end(place.settings.quiet, zone=place.zone, now=batch.now)
    posted = (
        outbox.waiting_for(db, channel, at=until) if until else outbox.asked_since(db, channel, since=batch.now - HOUR)
    )
    plan = decide(
        Place(
            subscriptions=place.subscriptions, settings=place.settings, zone=place.zone, mutes=place.mutes,
            posted=posted, context=context,
        ),
        news,
    )  # fmt: skip
    if plan.at is None or plan.outcome not in (Outcome.ALERTED, Outcome.DIGEST):
        return plan.outcome, plan.detail
    if digests.told(db, channel, story):
        return Outcome.MERGED, "the channel was told this story in a digest"
    outcome, detail, at = plan.outcome, plan.detail, plan.at
    if plan.digest == "overflow" and (smaller := outbox.give_way(db, channel, usd=dollars(change.story))):
        digests.add(db, channel, smaller[0], kind="overflow", due_at=at)
        outcome, detail, at = Outcome.ALERTED, "it is bigger than what waited here", max(smaller[1], batch.now)
    elif plan.digest:
        digests.add(db, channel, story, kind=plan.digest, due_at=at)
        return outcome, detail
    digests.drop(db, channel, story)
    outbox.want_post(db, channel, story, revision=revision, now=batch.now, at=at)
    return outcome, detail


def dollars(story: Story) -> float:
    """Return a story's size for comparing: 0 where no amount is told."""
    return (to_usd(story.amount, story.last_published.date()) or 0.0) if story.amount else 0.0


def _watching(db: Database, story: Story) -> dict[int, str]:
    """Return the channels that watch a company of the story, each with a name that it watches."""
    names = parties(story)
    texts = tuple(text for fact in story.facts for text in (fact.title, fact.url or ""))
    found = watching.sharing(db, party_keys(names, texts))
    return {channel: watched.name for channel, watched in found if meant(watched, names, texts)}


def recount(db: Database, *, now: datetime) -> int:
    """Let cards say their new number of sources, where only that has changed; return how many stories."""
    moved = 0
    for story in stories.to_recount(db, now=now):
        stories.recount_later(db, story, at=None)
        counts: dict[int, int] = {}
        for channel, workspace, shown in outbox.sources_shown(db, story):
            seen = story_for(db, story, viewer=workspace)
            if seen is not None and len(seen.sources) != shown:
                counts[channel] = len(seen.sources)
        if counts:
            moved += 1
            revision = stories.bump(db, story)
            for channel, count in counts.items():
                outbox.want_edit(db, channel, story, revision=revision, note=f"{count} sources now", now=now)
    return moved
