"""What the tests of extraction share: short ways to ask what an item tells."""

from typing import Any

from bot.extraction.telling import events_by_rules
from bot.model.contract import event_to_dict


def news(title: str, text: str = "") -> list[dict[str, Any]]:
    """Return what the rules tell as news: the events that are not history, without confidence and evidence."""
    rows = [event_to_dict(event) for event in events_by_rules(title, text)]
    for row in rows:
        del row["confidence"], row["evidence"]
    return [row for row in rows if not row.pop("background")]


def only(title: str, text: str = "") -> dict[str, Any]:
    """Return the one event of the item."""
    (event,) = news(title, text)
    return event
