"""The demo's feeds: every event that expected.toml names, and no other."""

import json
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import bot
from bot.extraction import extract
from bot.feeds.parse import parse_feed
from bot.model.contract import event_to_dict

SAMPLES = Path(bot.__file__ or "").parent / "demo" / "samples"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SLOTS = ("target", "buyers", "lead", "seller", "amount", "valuation", "stake_percent", "round", "person", "role",
         "company", "change")  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"


def _served(name: str) -> str:
    def moment(match: re.Match[str]) -> str:
        unit = {"m": 60, "h": 3600}[match.group(2)]
        when = NOW - timedelta(seconds=int(match.group(1)) * unit)
        return when.strftime("%a, %d %b %Y %H:%M:%S +0000") if name.endswith("rss.xml") else when.isoformat()

    text = (SAMPLES / name).read_text(encoding="utf-8").replace("{base}", "http://127.0.0.1:1")
    return re.sub(r"\{ago:(\d+)([mh])\}", moment, text)


def _titles(name: str, text: str) -> dict[str, str]:
    """Return each item's title by its id."""
    if name.endswith(".json"):
        return {item["id"]: item["title"] for item in json.loads(text)["items"]}
    root = ET.fromstring(text)  # noqa: S314 - our own file
    if name.endswith("atom.xml"):
        return {e.findtext(f"{ATOM}id", ""): e.findtext(f"{ATOM}title", "") for e in root.iter(f"{ATOM}entry")}
    return {e.findtext("guid", ""): e.findtext("title", "") for e in root.iter("item")}


def _items() -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    expected = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))["item"]
    rows = []
    for name in sorted({row["feed"] for row in expected}):
        text = _served(name)
        parsed = parse_feed(text.encode(), url="http://127.0.0.1:1/feed", content_type=None, now=NOW)
        by_title = {article.title: article.text for article in parsed.articles}
        titles = _titles(name, text)
        for row in expected:
            if row["feed"] == name and not row.get("malformed"):
                title = titles[row["id"]]
                rows.append((row["id"], title, by_title[title], row["events"]))
    return rows


def _facts(event: dict[str, Any]) -> dict[str, Any]:
    facts = {slot: event[slot] for slot in SLOTS if event.get(slot)}
    seller = facts.get("seller")
    status = event["status"]
    return {
        **facts,
        **({"seller": [seller] if isinstance(seller, str) else seller} if seller else {}),
        "kind": event["kind"],
        "status": "confirmed" if status in ("announced", "completed") else status,
        "interim": event.get("interim", False),
    }


@pytest.mark.parametrize(("item", "title", "text", "events"), _items(), ids=[row[0] for row in _items()])
def test_a_sample_yields_exactly_its_events(item: str, title: str, text: str, events: list[dict[str, Any]]) -> None:
    rows = [event_to_dict(event) for event in extract(title, text, published=NOW).events]
    got = [_facts(row) for row in rows if not row["background"]]
    want = [_facts(row) for row in events if not row.get("background")]
    by_name = lambda row: (row["kind"], str(row.get("target") or row.get("person")))  # noqa: E731
    assert sorted(got, key=by_name) == sorted(want, key=by_name), item
