"""Who wants what, where: workspaces, channels, subscriptions."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.model.enums import Kind, Platform
from bot.model.filter import AT_ONCE, EVERYTHING, Delivery, Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A tenant: one Slack workspace, one Discord server, or the local console."""

    id: str
    """Short, random: what rows refer to."""
    platform: Platform
    external_id: str
    """The platform's own id (Slack team, Discord guild)."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place where cards can be posted."""

    workspace: Workspace
    external_id: str
    """The platform's own id of the channel."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's wish to be told."""

    id: str
    channel: Channel
    created: datetime
    """Aware UTC; what was first seen before stays silent."""
    filter: Filter = EVERYTHING
    delivery: Delivery = AT_ONCE
    min_confidence: float = 0.5
    """0 to 1; a story below it stays silent until another outlet confirms it."""
    created_by: str | None = None

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds that its filter lets pass."""
        return self.filter.kinds


class Layout(StrEnum):
    """How much of a card is shown."""

    FULL = "full"
    COMPACT = "compact"


class Threads(StrEnum):
    """Whether big turns are told in a reply to the card."""

    OFF = "off"
    TURNS = "turns"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """How a channel wants to be told."""

    zone: str = "UTC"
    """IANA name of the time zone of digests and quiet hours."""
    quiet: tuple[time, time] | None = None
    """From when to when, in the channel's zone, nothing is posted; what comes waits for the end."""
    cap: int = 30
    """Cards an hour; what is over it comes in one card at the end of the hour."""
    layout: Layout = Layout.FULL
    threads: Threads = Threads.OFF
    publish: bool = False
    """Where the chat has announcement channels: hand each card on to the channels that follow this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A company or a source that a channel does not want to hear of."""

    id: str
    what: str
    """company or source"""
    name: str
    until: datetime | None = None
    """Aware UTC; None: until it is unmuted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The answer to "does this subscription want this story?", with its reason."""

    yes: bool
    reason: str
    """Plain English: "kind funding is subscribed", "confidence 0.41 is below 0.5"."""
