"""Facts for tests, in one line each: who told what, how many hours after the start."""

from datetime import UTC, datetime, timedelta
from hashlib import sha1
from typing import Any

from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Money
from bot.model.story import Fact

START = datetime(2025, 6, 12, 8, 0, tzinfo=UTC)
RUMORED, ANNOUNCED, COMPLETED, CANCELLED = Status


def usd(millions: float) -> Money:
    return Money(value=millions * 1e6, currency="USD")


def tell(source: str, hours: float, event: Event, *, id: str = "", title: str = "", **more: Any) -> Fact:  # noqa: A002
    published = START + timedelta(hours=hours)
    name = id or sha1(repr((source, hours, event)).encode(), usedforsecurity=False).hexdigest()[:10]
    return Fact(
        id=name,
        event=event,
        source=source,
        title=title or f"{source} tells {name}",
        url=more.pop("url", f"https://news.example/{name}"),
        published=published,
        first_seen=more.pop("first_seen", published),
        **more,
    )


def deal(source: str, hours: float, kind: Kind, target: str | None, *buyers: str, **slots: Any) -> Fact:
    slots.setdefault("status", ANNOUNCED)
    slots.setdefault("confidence", 0.8)
    article = {name: slots.pop(name) for name in ("title", "url", "audience") if name in slots}
    return tell(source, hours, Event(kind=kind, target=target, buyers=buyers, **slots), **article)


def bid(source: str, hours: float, target: str | None, *buyers: str, **slots: Any) -> Fact:
    return deal(source, hours, Kind.ACQUISITION, target, *buyers, **slots)


def stake(source: str, hours: float, target: str | None, *buyers: str, **slots: Any) -> Fact:
    return deal(source, hours, Kind.STAKE, target, *buyers, **slots)


def raises(source: str, hours: float, target: str | None, *buyers: str, **slots: Any) -> Fact:
    return deal(source, hours, Kind.FUNDING, target, *buyers, **slots)


def joins(
    source: str, hours: float, person: str | None, company: str | None, role: str | None = None, **slots: Any
) -> Fact:
    return _change(source, hours, Change.JOINS, person=person, company=company, role=role, **slots)


def leaves(
    source: str, hours: float, person: str | None, company: str | None, role: str | None = None, **slots: Any
) -> Fact:
    return _change(source, hours, Change.LEAVES, person=person, company=company, role=role, **slots)


def _change(source: str, hours: float, change: Change, **slots: Any) -> Fact:
    slots.setdefault("status", ANNOUNCED)
    slots.setdefault("confidence", 0.8)
    return tell(source, hours, Event(kind=Kind.LEADERSHIP, change=change, **slots))
