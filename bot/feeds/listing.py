"""The feeds file (config/feeds.toml): one [[feed]] table a feed."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from bot.errors import InputError
from bot.feeds.urls import mask_url, safe_link, split_credentials
from bot.model.feed import FeedSpec

KEYS: dict[str, type] = {"url": str, "title": str, "group": str, "full_text": bool, "found_in": str}
_TYPE_WORDS: dict[type, str] = {str: 'text in quotation marks ("…")', bool: "true or false"}
_EXAMPLE = '[[feed]] with url = "https://…", title = "…", group = "…"'


def read_feeds_toml(text: str, *, name: str) -> tuple[FeedSpec, ...]:
    """Return the feeds of a feeds file, in its order. `name` is the file's, for messages.

    Raises InputError with the line of a syntax error, or with the number of the entry and the nearest right
    name of a key.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name} is not valid TOML: {error}.", cure="Mend that line.") from error
    for key in document:
        if key != "feed":
            raise InputError(f"{name}: {_unknown(key, ['feed'])}", cure=f"Each feed is a table {_EXAMPLE}.")
    entries = document.get("feed", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{name}: feed must be a list of tables.", cure=f"Write {_EXAMPLE} for each.")
    specs = tuple(_spec(entry, where=f"{name}, feed number {number}") for number, entry in enumerate(entries, 1))
    _refuse_twins(specs, name)
    return specs


def _spec(entry: Mapping[str, Any], *, where: str) -> FeedSpec:
    for key, value in entry.items():
        if key not in KEYS:
            raise InputError(f"{where}: {_unknown(key, KEYS)}", cure=f"The keys are {', '.join(KEYS)}.")
        if not isinstance(value, KEYS[key]):
            raise InputError(f"{where}: {key} must be {_TYPE_WORDS[KEYS[key]]}.")
    url = entry.get("url", "").strip()
    if not url:
        raise InputError(f"{where}: the url is missing.", cure='Add url = "https://…".')
    if safe_link(split_credentials(url)[0]) is None:
        raise InputError(
            f"{where}: {mask_url(url)} is no web address.", cure="Addresses begin with https:// or http://."
        )
    return FeedSpec(
        url=url,
        title=entry.get("title", "").strip(),
        group=entry.get("group", "").strip(),
        full_text=entry.get("full_text", False),
    )


def _unknown(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key.lower(), list(known), n=1, cutoff=0.5)
    return f"the key {key!r} is unknown{f'; do you mean {near[0]!r}?' if near else '.'}"


def _refuse_twins(specs: tuple[FeedSpec, ...], name: str) -> None:
    first: dict[str, int] = {}
    for number, spec in enumerate(specs, 1):
        if spec.url in first:
            raise InputError(
                f"{name}: the feeds number {first[spec.url]} and {number} have the same address, {mask_url(spec.url)}.",
                cure="Remove one of them.",
            )
        first[spec.url] = number
