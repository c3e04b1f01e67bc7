"""A story: one real-world event, folded from the facts that many articles tell of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One event as one article told it: an append-only row that outlives the raw item."""

    id: str
    """Short, random, stable."""
    event: Event
    source: str
    """The outlet's name."""
    title: str
    """The article's headline."""
    url: str | None = None
    published: datetime
    """Aware UTC; first seen where the feed gave no date. It never changes afterwards."""
    first_seen: datetime
    audience: str | None = None
    """Id of the only workspace that may see it; None: everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sum, and who says so: the facts' ids in order of publication."""

    value: Money
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One outlet's article about a story."""

    name: str
    title: str
    url: str | None
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The folded facts of one event. A pure function of `facts`, except `id` and `revision`."""

    id: str
    """Short, random, stable through merges (the older id stays)."""
    kind: Kind
    status: Status
    facts: tuple[Fact, ...]
    """In order of (published, id)."""
    target: str | None = None
    buyers: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    seller: tuple[str, ...] = ()
    amount: Money | None = None
    """The firmest sum told; the others stand in `amounts`."""
    amounts: tuple[Claim, ...] = ()
    """Every different sum told, firmest first; more than one means that outlets disagree."""
    valuation: Money | None = None
    valuations: tuple[Claim, ...] = ()
    stake_percent: float | None = None
    round: str | None = None
    person: str | None = None
    role: str | None = None
    company: str | None = None
    change: Change | None = None
    interim: bool = False
    confidence: float = 1.0
    """0 to 1, of the fold: agreement of independent outlets raises it."""
    sources: tuple[Source, ...] = ()
    """One an outlet, the earliest first."""
    revision: int = 1
    """Moves only when what a card shows changes materially."""

    @property
    def first_published(self) -> datetime:
        """When the first of its articles was published."""
        return self.facts[0].published

    @property
    def last_published(self) -> datetime:
        """When the newest of its articles was published."""
        return self.facts[-1].published


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a story before and after, in words for people ("$14B", "$14.3B")."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """What a new fact did to a story: data that delivery turns into a post or an edit."""

    story: Story
    before: Story | None
    """None: the story is new."""
    changes: tuple[FieldChange, ...] = ()
    """Material changes, in the order that a card shows them; empty for a mere further source."""
    turn: Status | None = None
    """The status that was reached, where that is a big turn: announced, completed, cancelled."""

    @property
    def is_new(self) -> bool:
        """True for a story that nobody told before."""
        return self.before is None

    @property
    def is_material(self) -> bool:
        """True where a card must be posted or edited at once."""
        return self.is_new or bool(self.changes)
