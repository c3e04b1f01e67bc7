"""What a subscription asks for: a filter over stories as they stand, and when to be told."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.model.enums import Kind, Status
from bot.model.event import Money

ALL_KINDS = frozenset(Kind)
HIGH_CONFIDENCE = 0.9


class Cadence(StrEnum):
    """When a channel is told."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a channel is told: at once, or in a digest at a time of its own zone."""

    cadence: Cadence = Cadence.NOW
    at: time = time(9, 0)
    weekday: int = 0
    """0 is Monday; of weekly digests."""
    threads: bool | None = None
    """Whether a big turn is told in a reply to the card; None: as the channel does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """All conditions must hold; of several values of one condition, any. Empty: everything of these kinds."""

    kinds: frozenset[Kind] = ALL_KINDS
    companies: tuple[str, ...] = ()
    """One of these is a party to the deal, or the employer."""
    watched: bool = False
    """A company that the channel watches is a party."""
    minimum: Money | None = None
    """The least amount; compared in USD. A story that tells no amount stays out until one does."""
    stages: tuple[str, ...] = ()
    """Rounds, by standard name: "Seed", "Series B"."""
    stage_from: str | None = None
    """This round and every later one."""
    investors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    status: Status | None = None
    """This status or a firmer one; see `status_exact`."""
    status_exact: bool = False
    sources: tuple[str, ...] = ()
    """Domains or outlets' names."""
    keywords: tuple[str, ...] = ()
    without_companies: tuple[str, ...] = ()
    without_keywords: tuple[str, ...] = ()
    without_sources: tuple[str, ...] = ()
    confidence: float | None = None
    """0 to 1; None: the operator's default."""


EVERYTHING = Filter()
AT_ONCE = Delivery()
