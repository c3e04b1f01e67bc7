"""A stocked store for tests, in one line each: feeds, channels, subscriptions, stories, articles."""

from datetime import timedelta
from typing import Any

from sqlite_utils import Database

from bot.model.article import Article
from bot.model.enums import Platform
from bot.model.feed import Feed, FeedSpec
from bot.model.filter import ALL_KINDS, Filter
from bot.model.story import Fact
from bot.model.subscription import Channel, Subscription, Workspace
from bot.recording import save
from bot.store import channels, feeds, lookups
from bot.stories.fold import fold
from tests.stories.telling import START, bid

HOUR = timedelta(hours=1)
LONG_AGO = START - timedelta(days=1)


def workspace(db: Database, name: str = "acme", *, platform: Platform = Platform.SLACK) -> Workspace:
    return channels.workspace(db, platform, name, name=name, now=LONG_AGO)


def channel(db: Database, name: str = "deals", *, of: str = "acme", platform: Platform = Platform.SLACK) -> Channel:
    found = Channel(workspace=workspace(db, of, platform=platform), external_id=name, name=name)
    channels.channel_id(db, found)
    return found


def subscribe(db: Database, where: Channel, **wish: Any) -> int:
    """Subscribe a channel to everything, or to some kinds, and return its row number."""
    wish.setdefault("created", LONG_AGO)
    kinds = wish.pop("kinds", ALL_KINDS)
    wish.setdefault("filter", Filter(kinds=kinds))
    wish.setdefault("id", f"{where.workspace.id}-{where.external_id}-{len(kinds)}")
    channels.subscribe(db, Subscription(channel=where, **wish))
    return channels.channel_id(db, where)


def feed(db: Database, url: str = "https://news.example/feed", *, of: Workspace | None = None, **spec: Any) -> Feed:
    owner = of.id if of else None
    spec.setdefault("title", url.split("/")[2])
    feeds.add(db, FeedSpec(url=url, **spec), now=LONG_AGO, workspace=owner)
    return next(each for each in feeds.listed(db) if each.url == url and each.workspace == owner)


def article(name: str, hours: float | None = 0, **parts: Any) -> Article:
    """An article that was published so many hours after the start."""
    parts.setdefault("title", f"About {name}")
    parts.setdefault("url", f"https://news.example/{name}?from=feed")
    parts.setdefault("canonical_url", f"https://news.example/{name}")
    parts.setdefault("source", "Reuters")
    published = None if hours is None else START + timedelta(hours=hours)
    return Article(key=name, published=published, **parts)


def story(db: Database, story_id: str = "s1", *facts: Fact, audience: str | None = None, revision: int = 1) -> str:
    told = facts or (bid("Reuters", 0, "Cove", "Meta"),)
    folded = fold(told, story_id=story_id, revision=revision)
    save(db, folded, audience=audience, now=folded.first_published)
    return story_id


def found(db: Database, words: str, *, viewer: str | None) -> tuple[str, ...]:
    """Search for words and return the stories' ids."""
    return lookups.search(db, words, viewer=viewer)
