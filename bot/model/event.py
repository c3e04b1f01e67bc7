"""An event: one deal or one leadership change, as one article tells it."""

from dataclasses import dataclass

from bot.model.enums import Change, Kind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum in plain units of its currency: Money(value=14_300_000_000, currency="USD")."""

    value: float
    currency: str
    """ISO 4217 code, upper case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The place in the text that a field's value was read from."""

    field: str
    """The Event field that this supports; "trigger" for the words that gave the event away."""
    start: int
    """First code point of the span in `document(title, text)`."""
    end: int
    """One past the last code point of the span."""
    quote: str
    """The sentence that holds the span, white space folded."""
    method: str
    """What read it: "rule:NAME" or "model:NAME"."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One investment event or leadership change. What the text does not give is None or empty."""

    kind: Kind
    status: Status
    background: bool = False
    """True when the text tells it as history; such an event never alerts."""
    target: str | None = None
    """The company that raises, is invested in, bought or listed; for a fund, who raises it."""
    buyers: tuple[str, ...] = ()
    """Investors, acquirers, or the other partner of a merger."""
    lead: tuple[str, ...] = ()
    """The lead investors, a subset of `buyers`."""
    seller: tuple[str, ...] = ()
    amount: Money | None = None
    """Raised, paid, or the size of the fund."""
    valuation: Money | None = None
    """What the target is worth, post-money where the text says which."""
    stake_percent: float | None = None
    round: str | None = None
    """The round's standard name: "Seed", "Series B", "Debt"."""
    person: str | None = None
    role: str | None = None
    """The role taken up or left, as the text words it."""
    company: str | None = None
    change: Change | None = None
    interim: bool = False
    confidence: float = 1.0
    """0 to 1: how sure the extractor is that this is an event and is news."""
    evidence: tuple[Evidence, ...] = ()


def document(title: str, text: str) -> str:
    """Return the one string that evidence offsets point into."""
    return f"{title}\n\n{text}"
