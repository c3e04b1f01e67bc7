"""What the rules say of the same item: a second witness for the scorer, and a source for what the tagger left open."""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.learned.rounds import METHOD as INVESTORS
from bot.extraction.learned.same import same
from bot.model.enums import Kind
from bot.model.event import Event

FAMILY = {
    Kind.FUNDING: "investment", Kind.STAKE: "investment", Kind.ACQUISITION: "acquisition",
    Kind.MERGER: "acquisition", Kind.IPO: "ipo", Kind.FUND: "fund", Kind.LEADERSHIP: "leadership",
}  # fmt: skip
FILLED = ("role", "company", "amount", "stake_percent", "buyers", "seller")
"""Fields that the rules may fill where the tagger found nothing; their rounds and valuations did harm."""

LISTED = ("buyers", "lead")
"""Fields that the rules tell better where they and the tagger share a buyer: they read lists of names to the end."""

CERTAIN = 0.95
"""From this confidence the rules' role goes before the tagger's: of two roles in a sentence they know the new one."""


def agreeing(event: Event, told: Sequence[Event]) -> Event | None:
    """The rules' event that tells the same, if any."""
    return next((other for other in told if _one_event(event, other)), None)


def _one_event(one: Event, other: Event) -> bool:
    if FAMILY[one.kind] != FAMILY[other.kind]:
        return False
    if one.kind is Kind.LEADERSHIP:
        if one.change != other.change:
            return False
        if one.person and other.person:
            return same(one.person, other.person)
        return bool(one.company and other.company and same(one.company, other.company))
    if one.target and other.target:
        return same(one.target, other.target)
    return any(same(a, b) for a in one.buyers for b in other.buyers)


def filled(event: Event, other: Event | None) -> Event:
    """The event with the rules' lists of parties, and with its empty fields taken from their telling."""
    if other is None:
        return event
    fields = [f for f in FILLED if not getattr(event, f) and getattr(other, f) and _fits(event, f)]
    if event.role and other.role and other.confidence >= CERTAIN:
        fields += ["role", "interim"]
    if any(same(a, b) for a in event.buyers for b in other.buyers) and not lists_investors(event):
        fields += [f for f in LISTED if getattr(other, f) and f not in fields and _fits(event, f)]
    kept = tuple(e for e in event.evidence if e.field not in fields)
    taken = tuple(e for e in other.evidence if e.field in fields)
    values = {f: getattr(other, f) for f in fields}
    return replace(event, evidence=kept + taken, **values)


def lists_investors(event: Event) -> bool:
    """True where lists of investors were read: they are whole."""
    return any(e.method == INVESTORS for e in event.evidence)


def _fits(event: Event, name: str) -> bool:
    if name == "lead":
        return event.kind is Kind.FUNDING
    if name == "buyers":
        return event.kind not in (Kind.IPO, Kind.FUND)
    return name not in ("stake_percent", "seller") or event.kind in (Kind.STAKE, Kind.ACQUISITION)
