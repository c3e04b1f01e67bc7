"""Who wants what, where: workspaces, channels, subscriptions."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.enums import Kind, Platform

ALL_KINDS = frozenset(Kind)


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
    kinds: frozenset[Kind] = ALL_KINDS
    min_confidence: float = 0.5
    """0 to 1; a story below it stays silent until another outlet confirms it."""
    created_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The answer to "does this subscription want this story?", with its reason."""

    yes: bool
    reason: str
    """Plain English: "kind funding is subscribed", "confidence 0.41 is below 0.5"."""
