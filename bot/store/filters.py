"""Filters and deliveries as the store writes them: canonical text, so that equal wishes are equal rows."""

import json
from datetime import time
from typing import Any

from bot.model.enums import Kind, Status
from bot.model.event import Money
from bot.model.filter import ALL_KINDS, Cadence, Delivery, Filter

_LISTS = (
    "companies", "stages", "investors", "roles", "sources", "keywords", "without_companies", "without_keywords",
    "without_sources",
)  # fmt: skip

_THREADS = {True: "threads", False: "flat"}


def filter_to_text(wish: Filter) -> str:
    """Return a filter as JSON with sorted keys; what it does not ask for is left out, so that '{}' asks for all."""
    row: dict[str, Any] = {name: sorted(set(values)) for name in _LISTS if (values := getattr(wish, name))}
    if wish.kinds != ALL_KINDS:
        row["kinds"] = sorted(wish.kinds)
    if wish.minimum:
        row["minimum"] = {"value": wish.minimum.value, "currency": wish.minimum.currency}
    for name in ("watched", "stage_from", "status", "status_exact", "confidence"):
        if (value := getattr(wish, name)) not in (None, False):
            row[name] = value
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def filter_from_text(text: str) -> Filter:
    """Read what `filter_to_text` wrote."""
    row = json.loads(text)
    lists = {name: tuple(row[name]) for name in _LISTS if name in row}
    return Filter(
        kinds=frozenset(Kind(kind) for kind in row["kinds"]) if "kinds" in row else ALL_KINDS,
        minimum=Money(**row["minimum"]) if "minimum" in row else None,
        watched=row.get("watched", False),
        stage_from=row.get("stage_from"),
        status=Status(row["status"]) if "status" in row else None,
        status_exact=row.get("status_exact", False),
        confidence=row.get("confidence"),
        **lists,
    )


def delivery_to_text(delivery: Delivery) -> str:
    """Return "now", "daily 09:00" or "weekly 0 09:00"; "threads" or "flat" after it, where one of these was chosen."""
    words = [delivery.cadence.value]
    words += [str(delivery.weekday)] if delivery.cadence is Cadence.WEEKLY else []
    words += [f"{delivery.at:%H:%M}"] if delivery.cadence is not Cadence.NOW else []
    words += [] if delivery.threads is None else [_THREADS[delivery.threads]]
    return " ".join(words)


def delivery_from_text(text: str) -> Delivery:
    """Read what `delivery_to_text` wrote."""
    cadence, *rest = text.split()
    threads = next((chosen for chosen, word in _THREADS.items() if word in rest), None)
    if cadence == Cadence.NOW:
        return Delivery(threads=threads)
    rest = [word for word in rest if word not in _THREADS.values()]
    weekday = int(rest[0]) if cadence == Cadence.WEEKLY else 0
    return Delivery(cadence=Cadence(cadence), at=time.fromisoformat(rest[-1]), weekday=weekday, threads=threads)
