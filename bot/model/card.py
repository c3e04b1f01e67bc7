"""A card: what people read about a story, before any platform's markup."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.enums import Kind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text. Renderers escape it; a link or a time is theirs to draw."""

    text: str
    url: str | None = None
    when: datetime | None = None
    """Aware UTC: renderers that can show each reader's local time use it in place of `text`."""
    bold: bool = False
    code: bool = False
    """Words to copy, drawn in a fixed-width face."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A labelled line of a card: "Amount", "$14.3B (Reuters), $14B (The Wire)"."""

    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One story's card. Rows stand in the fixed order; what is unknown has no row."""

    story: str
    """The story's id, shown small: people quote it to `why`."""
    kind: Kind
    status: Status
    headline: str
    """Who, what, how much, in one line: it is the push notification. At most 150 characters."""
    label: str
    """Kind and status in words, so that colour is never the only sign: "Rumour · Acquisition"."""
    rows: tuple[Row, ...]
    sources: tuple[Span, ...]
    """One linked outlet each; at most five, the earliest first."""
    source_count: int
    confidence: float
    note: str | None = None
    """What the last edit changed: "amount now $14.3B, was $14B"; None on a first post."""
    noted_at: datetime | None = None
    """When that change came; aware UTC."""
