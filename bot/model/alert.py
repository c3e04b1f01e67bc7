"""An alert: a card that is due somewhere, and what became of the attempt to show it."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.subscription import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One row of the outbox that is due: post it, or edit what was posted."""

    key: str
    """At most 25 characters, unique: the idempotency key on every platform."""
    channel: Channel
    story: str | None
    """The story's id; None: a digest."""
    reply_to: str | None = None
    """It is a note on a card: the platform's id of the message that it belongs to."""
    notice: str | None = None
    """It is a notice: its words."""
    moved: bool = False
    """The card was another story's that turned out to be this one: edit it to point here."""
    revision: int
    """The story's revision that is wanted."""
    message: str | None = None
    """The platform's id of the message that shows an earlier revision; None: not posted yet."""
    doubtful: bool = False
    """A post was begun and its end is unknown: look for `key` before posting again."""
    attempts: int = 0
    note: str | None = None
    """What changed since the revision that was sent, in words."""
    noted_at: datetime | None = None
    wanted: datetime | None = None
    """Since when this revision could have been shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The platform has it."""

    message: str
    """The platform's id of the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """Not now: rate limit or a passing fault. Nothing was posted."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """It may or may not have been posted: look before sending again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The platform will never take it (channel gone, no permission): do not try again."""

    reason: str
    closed: bool = False
    """True where the channel takes nothing any more: it is archived, gone, or closed to the bot."""


DeliveryOutcome = Sent | Delayed | Doubtful | Rejected
