"""The sample feeds, as they stand at a moment: only items that are out by then, with dates filled in."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files

OUTLETS = {
    "ledger.rss.xml": "application/rss+xml",
    "wire.atom.xml": "application/atom+xml",
    "herald.feed.json": "application/feed+json",
}
"""File -> content type."""

_AGO = re.compile(r"\{ago:(\d+)([mh])\}")
_ITEM = re.compile(r"<item>.*?</item>|<entry>.*?</entry>", re.DOTALL)


def read(name: str) -> str:
    """Return a sample file with its placeholders."""
    return (files("bot.demo") / "samples" / name).read_text(encoding="utf-8")


def moments() -> tuple[timedelta, ...]:
    """Return the ages at which something comes out, the oldest first."""
    found = {age for name in OUTLETS for age in _ages(read(name))}
    return tuple(sorted(found, reverse=True))


def feed_at(name: str, *, base: str, now: datetime, age: timedelta | None) -> str:
    """Return a feed with the items that are at least `age` old by `now` (None: no item yet)."""
    text = read(name)
    if name.endswith(".json"):
        feed = json.loads(text)
        feed["items"] = [item for item in feed["items"] if _is_out(json.dumps(item), age)]
        text = json.dumps(feed, ensure_ascii=False)
    else:
        text = _ITEM.sub(lambda match: match[0] if _is_out(match[0], age) else "", text)
    plain = name.endswith(".rss.xml")

    def date(match: re.Match[str]) -> str:
        when = now - _age(match)
        return format_datetime(when) if plain else when.isoformat(timespec="seconds")

    return _AGO.sub(date, text).replace("{base}", base)


def _is_out(item: str, age: timedelta | None) -> bool:
    return age is not None and all(own >= age for own in _ages(item))


def _ages(text: str) -> Iterator[timedelta]:
    return (_age(match) for match in _AGO.finditer(text))


def _age(match: re.Match[str]) -> timedelta:
    return timedelta(hours=int(match[1])) if match[2] == "h" else timedelta(minutes=int(match[1]))
