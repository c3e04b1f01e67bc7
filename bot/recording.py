"""What one feed's new items do to the store: items, facts, stories and the outbox, inside one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.errors import WorkerError
from bot.extraction import Extraction
from bot.model.article import Article
from bot.model.enums import Outcome
from bot.model.event import Event
from bot.model.feed import Feed
from bot.model.story import Fact, Story, StoryChange
from bot.model.subscription import Subscription
from bot.store import Database, channels, decisions, facts, items, outbox, stories
from bot.store.decisions import Decision
from bot.store.times import new_id
from bot.stories.audience import partition_for_all, visible
from bot.stories.change import compare, say
from bot.stories.fold import fold
from bot.stories.headline import headline
from bot.stories.identity import reconcile
from bot.stories.match import block_keys
from bot.stories.partition import gather
from bot.stories.wanted import is_fresh, wants

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
    subscriptions: tuple[tuple[int, Subscription], ...]


def record(db: Database, readings: Iterable[Reading], *, feed: Feed, now: datetime, max_age: timedelta,
           silent: bool) -> Recorded:  # fmt: skip
    """Store the articles of one poll, oldest first, and everything that follows from them."""
    batch = Batch(feed=feed, now=now, max_age=max_age, silent=silent, subscriptions=tuple(channels.subscriptions(db)))
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
    known = {each.id: each for each in pool}
    old: dict[str, set[str]] = {}
    for each in pool:
        if story := owner.get(each.id):
            old.setdefault(story, set()).add(each.id)
    ages = stories.ages(db, set(old))
    by_age = {story: frozenset(old[story]) for story in sorted(old, key=lambda story: (ages[story][0], story))}
    settled = reconcile(by_age, partition_for_all(pool))
    parts = {**settled.kept, **{new_id(): part for part in settled.new}}
    # cards first: a channel that shows the alias alone has the story's card now, and is not posted another
    for alias, story in settled.aliases.items():
        stories.make_alias(db, alias, of=story)
        outbox.point_to(db, alias, story=story, note="the same story as another card", now=batch.now)
    total = Recorded(events=1)
    for story, part in parts.items():
        if by_age.get(story, frozenset()) == frozenset(each.id for each in part):
            continue
        before = tuple(known[each] for each in by_age.get(story, ()))
        revision = ages[story][1] if story in ages else 0
        total += _update(db, batch, item, fact, story=story, before=before, part=part, revision=revision)
    return total


def _update(db: Database, batch: Batch, item: int, fact: Fact, *, story: str, before: Sequence[Fact],
            part: tuple[Fact, ...], revision: int) -> Recorded:  # fmt: skip
    """Save one story as it now stands, edit its cards, and post it where it is wanted for the first time."""
    viewers = {None} | {each.audience for each in part}
    changes = {viewer: view for viewer in viewers if (view := _change(story, before, part, viewer, revision))}
    material = not before or any(change.is_material for change in changes.values())
    revision += 1 if material else 0
    audience = None if None in changes else next(each.audience for each in part)
    row = fold(changes[audience].story.facts, story_id=story, revision=revision)
    stories.save(db, row, headline=headline(row), audience=audience, now=batch.now)
    facts.move(db, (each.id for each in part), story=story)
    carded = outbox.cards_of(db, story)
    edited: set[int] = set()
    for channel, workspace in carded.items():
        change = changes.get(workspace) or changes.get(None)
        if change and change.is_material:
            outbox.want_edit(db, channel, story, revision=revision, note=say(change), now=batch.now)
            edited.add(channel)
    stories.recount_later(db, story, at=batch.now + RECOUNT_AFTER if carded.keys() - edited else None)
    alerts = 0
    if any(each.id == fact.id for each in part):
        alerts = _post(db, batch, item, fact, changes, carded=frozenset(carded), revision=revision)
    return Recorded(stories=0 if before else 1, alerts=alerts)


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
    for channel, subscription in batch.subscriptions:
        workspace = subscription.channel.workspace.id
        change = changes.get(workspace) or changes.get(None)
        if change is None or fact.audience not in (None, workspace):
            continue
        story = change.story.id
        if channel in carded:
            outcome, detail = Outcome.MERGED, "the channel has this story's card"
        else:
            outcome, detail = _verdict(batch, fact, change, subscription)
        if outcome is Outcome.ALERTED:
            alerts += outbox.want_post(db, channel, story, revision=revision, now=batch.now)
        lines.append(Decision(item=item, fact=fact.id, story=story, channel=channel, outcome=outcome, detail=detail))
    if not lines:
        story = next(iter(changes.values())).story.id
        nobody = "no channel is subscribed"
        lines.append(Decision(item=item, fact=fact.id, story=story, outcome=Outcome.NO_SUBSCRIPTION, detail=nobody))
    decisions.log(db, lines, now=batch.now)
    return alerts


def _verdict(batch: Batch, fact: Fact, change: StoryChange, subscription: Subscription) -> tuple[Outcome, str]:
    """Decide whether a story without a card in this channel gets one now."""
    if batch.silent:
        return Outcome.FIRST_POLL, "a new feed's first poll is stored without alerts"
    fresh = is_fresh(fact, subscription, batch.now, batch.max_age)
    if not fresh.yes:
        return Outcome.TOO_OLD, fresh.reason
    if not change.is_material and batch.now - change.story.first_published > batch.max_age:
        return Outcome.TOO_OLD, "the story is older than the limit, and this report adds nothing to it"
    wanted = wants(subscription, change.story)
    if not wanted.yes:
        below = change.story.confidence < subscription.min_confidence
        return (Outcome.BELOW_CONFIDENCE if below else Outcome.FILTERED), wanted.reason
    return Outcome.ALERTED, wanted.reason


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


def story_for(db: Database, story: str, *, viewer: str | None) -> Story | None:
    """Fold a story as one workspace may see it; aliases are followed. None where there is nothing to see."""
    found = stories.resolve(db, story)
    if found is None:
        return None
    seen = facts.of_story(db, found, viewer=viewer)
    if not seen:
        return None
    return fold(seen, story_id=found, revision=stories.ages(db, {found})[found][1])
