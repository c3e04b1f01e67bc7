"""A predecessor left, and a successor takes up, one role: where the text tells it of one of them, both have it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.learned.same import same
from bot.model.enums import Kind
from bot.model.event import Event


def with_roles(events: Sequence[Event]) -> list[Event]:
    """The events; a leadership change without a role has that of the one opposite change at its company."""
    bare = [event.kind is Kind.LEADERSHIP and not event.role for event in events]
    return [_with_role(event, events) if alone else event for event, alone in zip(events, bare, strict=True)]


def _with_role(event: Event, events: Sequence[Event]) -> Event:
    opposite = [e for e in events if e.role and e.change is not event.change and _one_company(e, event)]
    if len(opposite) != 1:
        return event
    told = tuple(e for e in opposite[0].evidence if e.field == "role")
    return replace(event, role=opposite[0].role, evidence=event.evidence + told)


def _one_company(one: Event, other: Event) -> bool:
    return bool(one.company and other.company and same(one.company, other.company))
