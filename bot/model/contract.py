"""The JSON form of an event: the contract of `dealbell extract --jsonl`, and how the store keeps an event."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.errors import InputError
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Evidence, Money

T = TypeVar("T", Kind, Status, Change)

_TEXTS = ("target", "round", "person", "role", "company")
_LISTS = ("buyers", "lead", "seller")
_SUMS = ("amount", "valuation")


def published_in(row: Mapping[str, Any]) -> datetime | None:
    """When an item was published, aware, UTC where it does not say; None where it names no date that can be read."""
    try:
        told = datetime.fromisoformat(row["published"])
    except (KeyError, TypeError, ValueError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def event_to_dict(event: Event) -> dict[str, Any]:
    """Return the event as a JSON object; what is unknown or empty is left out.

    Evidence offsets are code points into `document(title, text)`.
    """
    row: dict[str, Any] = {
        "kind": event.kind.value,
        "status": event.status.value,
        "background": event.background,
    }
    for name in _TEXTS:
        if (text := getattr(event, name)) is not None:
            row[name] = text
    for name in _LISTS:
        if names := getattr(event, name):
            row[name] = list(names)
    for name in _SUMS:
        if (money := getattr(event, name)) is not None:
            row[name] = {"value": _plain(money.value), "currency": money.currency}
    if event.stake_percent is not None:
        row["stake_percent"] = _plain(event.stake_percent)
    if event.change is not None:
        row["change"] = event.change.value
    if event.kind is Kind.LEADERSHIP or event.interim:
        row["interim"] = event.interim
    row["confidence"] = event.confidence
    row["evidence"] = [{"field": e.field, "start": e.start, "end": e.end} for e in event.evidence]
    return row


def event_from_dict(row: object) -> Event:
    """Read an event of the contract; unknown fields are ignored.

    A list of sums (gold files give alternatives) reads as its first member. Raises InputError.
    """
    if not isinstance(row, Mapping):
        raise InputError("An event must be a JSON object.")
    kind, change = _choice(row, "kind", Kind), row.get("change")
    return Event(
        kind=kind,
        status=_choice(row, "status", Status),
        background=_flag(row, "background"),
        target=_text(row, "target"),
        buyers=_names(row, "buyers"),
        lead=_names(row, "lead"),
        seller=_names(row, "seller"),
        amount=_money(row, "amount"),
        valuation=_money(row, "valuation"),
        stake_percent=_number(row["stake_percent"], "stake_percent") if row.get("stake_percent") is not None else None,
        round=_text(row, "round"),
        person=_text(row, "person"),
        role=_text(row, "role"),
        company=_text(row, "company"),
        change=None if change is None else _choice(row, "change", Change),
        interim=_flag(row, "interim"),
        confidence=_confidence(row),
        evidence=_evidence(row.get("evidence")),
    )


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _choice(row: Mapping[str, object], name: str, kind: type[T]) -> T:
    try:
        return kind(str(row.get(name)))
    except ValueError:
        known = ", ".join(kind)
        raise InputError(f"Field {name!r} is {row.get(name)!r}; it must be one of {known}.") from None


def _flag(row: Mapping[str, object], name: str) -> bool:
    value = row.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise InputError(f"Field {name!r} must be true or false.")


def _text(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise InputError(f"Field {name!r} must be a string.")


def _names(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = row.get(name)
    values = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise InputError(f"Field {name!r} must be a list of strings.")
    return tuple(one for one in values if one)


def _money(row: Mapping[str, object], name: str) -> Money | None:
    value = row.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise InputError(f"Field {name!r} must be an object with value and currency.")
    currency = value.get("currency")
    if not isinstance(currency, str) or len(currency) != 3 or not (currency.isalpha() and currency.isupper()):
        raise InputError(f"Field {name!r} needs a currency of three capitals.")
    return Money(value=_number(value.get("value"), name), currency=currency)


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise InputError(f"Field {name!r} must be a finite number, zero or more.")
    return value


def _confidence(row: Mapping[str, object]) -> float:
    value = row.get("confidence")
    number = 1.0 if value is None else _number(value, "confidence")
    if number > 1:
        raise InputError("Field 'confidence' must lie between 0 and 1.")
    return float(number)


def _evidence(value: object) -> tuple[Evidence, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise InputError("Field 'evidence' must be a list.")
    return tuple(_one_evidence(row) for row in value)


def _one_evidence(row: object) -> Evidence:
    if not isinstance(row, Mapping):
        raise InputError("A piece of evidence must be an object with field, start and end.")
    name, start, end = row.get("field"), row.get("start"), row.get("end")
    if not isinstance(name, str) or type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise InputError("A piece of evidence needs a field and offsets with 0 <= start < end.")
    return Evidence(
        field=name, start=start, end=end, quote=str(row.get("quote", "")),
        method=str(row.get("method", "contract")), confidence=_confidence(row),
    )  # fmt: skip
