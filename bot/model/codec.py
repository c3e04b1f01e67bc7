"""Model values as plain JSON objects and back: how the store keeps an event."""

from typing import Any

from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Evidence, Money

NAMES = ("buyers", "lead", "seller")
PLAIN = ("target", "stake_percent", "round", "person", "role", "company")


def money_to_json(money: Money | None) -> dict[str, Any] | None:
    """Return {"value", "currency"}."""
    return None if money is None else {"value": money.value, "currency": money.currency}


def event_to_json(event: Event) -> dict[str, Any]:
    """Return the slots of an event that are filled; evidence stands in rows of its own."""
    slots: dict[str, Any] = {
        "kind": event.kind.value,
        "status": event.status.value,
        "background": event.background,
        "interim": event.interim,
        "confidence": event.confidence,
        "change": event.change.value if event.change else None,
        "amount": money_to_json(event.amount),
        "valuation": money_to_json(event.valuation),
    }
    slots |= {name: getattr(event, name) for name in PLAIN}
    slots |= {name: list(getattr(event, name)) for name in NAMES}
    return {name: value for name, value in slots.items() if value not in (None, [], False)}


def event_from_json(slots: dict[str, Any], evidence: tuple[Evidence, ...] = ()) -> Event:
    """Return the event that `event_to_json` wrote."""
    return Event(
        kind=Kind(slots["kind"]),
        status=Status(slots["status"]),
        background=slots.get("background", False),
        interim=slots.get("interim", False),
        confidence=slots.get("confidence", 0.0),
        change=Change(slots["change"]) if slots.get("change") else None,
        amount=Money(**slots["amount"]) if slots.get("amount") else None,
        valuation=Money(**slots["valuation"]) if slots.get("valuation") else None,
        evidence=evidence,
        **dict[str, Any]({name: slots.get(name) for name in PLAIN}),
        **dict[str, Any]({name: tuple(slots.get(name, ())) for name in NAMES}),
    )
