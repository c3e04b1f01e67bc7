"""What a home page or a form shows: channels with their subscriptions, what is watched, the latest stories."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.commands.telling import story_line
from bot.model.filter import Delivery, Filter
from bot.model.request import Line
from bot.model.subscription import Channel, Subscription, Workspace
from bot.store import Database, channels, lookups, preferences, status, subscribing, watching
from bot.viewing import stories_for

MOST_CHANNELS = 15
MOST_NAMES = 10
RECENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A subscription, as a form shows it."""

    id: str
    filter: Filter
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """One channel."""

    external_id: str
    name: str
    paused: str | None
    zone: str
    subscriptions: tuple[Held, ...]
    watched: tuple[str, ...]
    """The first of them."""
    watched_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A workspace as one person may see it."""

    status: tuple[tuple[str, str], ...]
    """(label, value)."""
    own: ChannelView
    """The person's direct messages."""
    channels: tuple[ChannelView, ...]
    more: int
    """Channels that are left out."""
    recent: tuple[Line, ...]


def channel_view(db: Database, channel: Channel) -> ChannelView:
    """Return what a channel has."""
    row = channels.channel_id_of(db, channel)
    return ChannelView(
        external_id=channel.external_id,
        name=channel.name,
        paused=preferences.paused(db, channel),
        zone=preferences.settings_of(db, row).zone,
        subscriptions=tuple(map(_held, subscribing.of_channel(db, channel))),
        watched=tuple(each.name for each in watching.of_channel(db, row, limit=MOST_NAMES)),
        watched_count=watching.count(db, row),
    )


def _held(subscription: Subscription) -> Held:
    return Held(id=subscription.id, filter=subscription.filter, delivery=subscription.delivery)


def overview(
    db: Database,
    workspace: Workspace,
    *,
    user: str,
    sees: Collection[str],
    told: Callable[[], tuple[tuple[str, str], ...]] = tuple,
) -> Overview:
    """Return the person's own alerts, and the channels among `sees` (ids); `told` adds lines to the status."""
    own = Channel(workspace=workspace, external_id=f"@{user}", name="")
    seen = [each for each in channels.known(db, workspace) if each.external_id in sees]
    ids = lookups.recent(db, viewer=workspace.id, limit=RECENT)
    return Overview(
        status=(*status.told(db, workspace.id), *told()),
        own=channel_view(db, own),
        channels=tuple(channel_view(db, each) for each in seen[:MOST_CHANNELS]),
        more=max(0, len(seen) - MOST_CHANNELS),
        recent=tuple(story_line(story) for story in stories_for(db, ids, viewer=workspace.id)),
    )
