"""What reading a news item comes to."""

from dataclasses import dataclass

from bot.model.enums import Outcome
from bot.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Why an item gave no event: NO_TRIGGER, NOT_ENGLISH or NO_EVENT."""

    reason: Outcome
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an item gave: events, or the reason for none."""

    events: tuple[Event, ...]
    skipped: Skip | None = None
