"""The invented news items of tests/data/items: loaded, judged, and told of topic by topic.

    python -m tests.extraction.items_report            what is right and what is wrong
    python -m tests.extraction.items_report --write    and rewrite known_failures.toml to match

An item gives `title`, `text`, the `trap` that it sets, perhaps the day it was `published`, and the `events` that must
be found, in the words of the record. Only the slots that an expectation gives are compared; `absent` lists those that
must stay empty. An `optional` event may be found or not; a `background` one must not be told as news; any other is an
extra. A sum given as a list may be any of its members.
"""

import argparse
import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.extraction import extract
from bot.model.contract import event_to_dict

FOLDER = Path(__file__).parents[1] / "data" / "items"
KNOWN_FAILURES = FOLDER / "known_failures.toml"
TODAY = date(2026, 1, 15)
COMMAND = "python -m tests.extraction.items_report"

FAMILY = {"funding": "investment", "stake": "investment", "acquisition": "takeover", "merger": "takeover"}
LEGAL = {
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc",
    "ag", "sa", "nv", "bv", "gmbh", "spa", "se", "ab", "as", "asa", "oyj", "pte", "pvt", "private", "group",
    "holdings", "holding", "the",
}  # fmt: skip
ROLES = {
    "ceo": "chief executive", "cfo": "chief financial", "coo": "chief operating", "cto": "chief technology",
    "cmo": "chief marketing", "cro": "chief revenue", "cco": "chief commercial", "md": "managing director",
    "vp": "vice president", "chairman": "chair", "chairwoman": "chair", "finance": "financial",
}  # fmt: skip
ROLE_NOISE = {"the", "a", "of", "and", "for", "new", "its", "as", "officer", "interim", "acting", "temporary"}

Event = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One invented news item and what must be read in it."""

    topic: str
    id: str
    trap: str
    title: str
    text: str
    events: tuple[Event, ...]
    published: date = TODAY


def load_items() -> tuple[Item, ...]:
    """Return the items of all topics, in the order of the files."""
    return tuple(
        Item(topic=path.stem, **{**row, "events": tuple(row["events"])})
        for path in sorted(FOLDER.glob("*.toml"))
        if path != KNOWN_FAILURES
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["item"]
    )


def known_failures() -> dict[str, str]:
    """Return what is wrong with each item that today's extractor does not read right, by the item's id."""
    return tomllib.loads(KNOWN_FAILURES.read_text(encoding="utf-8")) if KNOWN_FAILURES.exists() else {}


def read(item: Item) -> list[Event]:
    """Return the events that the extractor finds in the item."""
    published = datetime(item.published.year, item.published.month, item.published.day, 12, tzinfo=UTC)
    return [event_to_dict(event) for event in extract(item.title, item.text, published=published).events]


def faults(expected: Iterable[Event], found: Iterable[Event]) -> list[str]:
    """Return what is wrong with the events found, each fault in a few words; nothing if all is right."""
    left = [event for event in found if not event.get("background")]
    told: list[str] = []
    for wish in sorted(expected, key=lambda w: (w.get("background", False), w.get("optional", False))):
        matches = [event for event in left if _same_event(wish, event)]
        best = min(matches, key=lambda event: len(_wrong_slots(wish, event)), default=None)
        if best is not None:
            left.remove(best)
        if wish.get("background"):
            told += [f"stale {_brief(wish)}"] if best is not None else []
        elif not wish.get("optional"):
            told += [f"missed {_brief(wish)}"] if best is None else _wrong_slots(wish, best)
    return told + [f"extra {_brief(event)}" for event in left]


def _same_event(wish: Event, event: Event) -> bool:
    """Return whether family and key party agree: the target, a merger's partner, or the person and the direction."""
    if FAMILY.get(wish["kind"], wish["kind"]) != FAMILY.get(event["kind"], event["kind"]):
        return False
    if wish["kind"] == "leadership":
        if wish["change"] != event.get("change"):
            return False
        if wish.get("person") and event.get("person"):
            return _same_name(wish["person"], event["person"])
        return _same_name(wish.get("company"), event.get("company")) and _same_role(wish.get("role"), event.get("role"))
    if wish["kind"] == "merger":
        return any(_same_name(a, b) for a in _parties(wish) for b in _parties(event))
    return _same_name(wish.get("target"), event.get("target"))


def _wrong_slots(wish: Event, event: Event) -> list[str]:
    """Return the slots of the wish that the event does not fill as wished."""
    wrong = [slot for slot, same in _SAME.items() if slot in wish and not same(wish[slot], event.get(slot))]
    wrong += [slot for slot in wish.get("absent", ()) if event.get(slot)]
    if wish["kind"] == "merger":
        wrong = [slot for slot in wrong if slot not in {"target", "buyers"}]
        wrong += [] if _same_names(_parties(wish), _parties(event)) else ["parties"]
    if wish["kind"] == "leadership" and bool(wish.get("interim")) != bool(event.get("interim")):
        wrong.append("interim")
    return [f"{_brief(wish)}: {slot} {_shown(event.get(slot))}" for slot in wrong]


def _words(name: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", (name or "").replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", plain).replace("&", " and "))


def _same_name(one: str | None, other: str | None) -> bool:
    """Return whether two names can be one: equal without legal forms, or one begins or ends the other."""
    a, b = ([w for w in _words(n) if w not in LEGAL] or _words(n) for n in (one, other))
    short, long = sorted((a, b), key=len)
    size = len(short)
    return "".join(a) == "".join(b) != "" or (len("".join(short)) >= 3 and short in (long[:size], long[-size:]))


def _same_names(wished: str | list[str], found: str | list[str] | None) -> bool:
    """Return whether the lists hold the same names, each once, in any order."""
    left = list(_listed(found))
    for name in _listed(wished):
        match = next((other for other in left if _same_name(name, other)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _role_words(role: str | None) -> set[str]:
    known = " ".join(ROLES.get(w, w.removesuffix("s") if len(w) > 4 else w) for w in _words(role))
    return set(known.split()) - ROLE_NOISE


def _same_role(wished: str | None, found: str | None) -> bool:
    a, b = _role_words(wished), _role_words(found)
    return a == b or len(a & b) >= max(0.75 * min(len(a), len(b)), 0.34 * max(len(a), len(b)), 1)


def _same_money(wished: Event | list[Event], found: Event | None) -> bool:
    sums = wished if isinstance(wished, list) else [wished]
    return found is not None and any(
        s["currency"] == found["currency"] and abs(s["value"] - found["value"]) <= 0.01 * s["value"] for s in sums
    )


def _same_round(wished: str, found: str | None) -> bool:
    return _words(wished) == _words(found)


def _same_percent(wished: float, found: float | None) -> bool:
    return found is not None and abs(wished - found) <= 0.5


def _same_status(wished: str, found: str | None) -> bool:
    """Return whether the statuses agree; announced and completed count as one."""
    done = {"announced", "completed"}
    return wished == found or {wished, found} == done


def _same_change(wished: str, found: str | None) -> bool:
    return wished == found


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "target": _same_name, "buyers": _same_names, "lead": _same_names, "seller": _same_names, "amount": _same_money,
    "valuation": _same_money, "stake_percent": _same_percent, "round": _same_round, "person": _same_name,
    "role": _same_role, "company": _same_name, "change": _same_change, "status": _same_status,
}  # fmt: skip


def _listed(names: str | list[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _parties(event: Event) -> list[str]:
    return _listed(event.get("target")) + _listed(event.get("buyers"))


def _brief(event: Event) -> str:
    if event["kind"] == "leadership":
        who = event.get("person") or event.get("role") or "somebody"
        return f"{who} {event.get('change')} {event.get('company', 'nowhere')}"
    return f"{event['kind']} of {event.get('target') or 'nobody'}"


def _shown(value: Any) -> str:
    """Return how a wrong value is told."""
    if isinstance(value, dict):
        return f"{value['value']:_} {value['currency']}"
    if isinstance(value, list):
        return "+".join(map(str, value))
    return "none" if value is None else str(value)


def main() -> None:
    """Print what is right and wrong per topic; with --write, rewrite the list of known failures."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="How the extractor reads the invented news items.")
    parser.add_argument("--write", action="store_true", help=f"rewrite {KNOWN_FAILURES.name}")
    write = parser.parse_args().write
    items = load_items()
    wrong = {item.id: "; ".join(told) for item in items if (told := faults(item.events, read(item)))}
    for topic in dict.fromkeys(item.topic for item in items):
        ids = [item.id for item in items if item.topic == topic]
        print(f"{topic:15} {sum(i not in wrong for i in ids):3} of {len(ids):3} right")
        print(*(f"    {i}: {wrong[i]}\n" for i in ids if i in wrong), sep="", end="")
    print(f"{'all':15} {len(items) - len(wrong):3} of {len(items):3} right")
    if write:
        head = f"# Items that the extractor does not read right yet. Written by: {COMMAND} --write\n"
        rows = (f"{i} = {json.dumps(told, ensure_ascii=False)}\n" for i, told in wrong.items())
        KNOWN_FAILURES.write_text(head + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
