"""Short words to one person, in a direct message, once: a channel that can't be posted in, a feed that fails."""

from dataclasses import replace
from datetime import datetime

from bot.feeds.urls import mask_url
from bot.model.feed import Feed
from bot.model.subscription import Channel
from bot.store import Database, channels, feeds, outbox, subscribing

FAILURES = 5
"""Failed polls in a row before somebody is told: sites have bad hours."""


def channel_closed(db: Database, channel: Channel, *, reason: str, now: datetime) -> bool:
    """Pause a channel that takes nothing any more and tell who subscribed it; return False if it was paused before."""
    row = channels.channel_id(db, channel)
    if not channels.pause(db, row, reason=reason):
        return False
    person = next((each.created_by for each in subscribing.of_channel(db, channel) if each.created_by), None)
    if person and not channel.external_id.startswith("@"):
        name = channel.name or channel.external_id
        words = f"I can't post in {name} any more, and have paused its alerts. {reason} Then say resume there."
        _tell(db, channel, person, subject=f"paused:{row}:{now:%Y%m%d%H%M%S}", words=words, now=now)
    return True


def feed_polled(db: Database, feed: Feed, *, now: datetime) -> None:
    """Tell who added a workspace's own feed that it fails, or that it works again: on a change of state alone."""
    known = feeds.adder(db, feed)
    if known is None:
        return
    workspace, person, told = known
    failing = feed.failures >= FAILURES
    if failing == told or (not failing and feed.failures):
        return
    feeds.note_told(db, feed, failing=failing)
    name = f"{feed.title or 'Your feed'} ({mask_url(feed.url)})"
    words = f"{name} fails: {feed.last_error}" if failing else f"{name} works again."
    somewhere = Channel(workspace=workspace, external_id="", name="")
    _tell(db, somewhere, person, subject=f"feed:{feed.id}:{now:%Y%m%d%H%M%S}", words=words, now=now)


def _tell(db: Database, near: Channel, person: str, *, subject: str, words: str, now: datetime) -> None:
    own = replace(near, external_id=f"@{person}", name=f"@{person}")
    outbox.want_notice(db, channels.channel_id(db, own), subject=subject, words=words, now=now)
