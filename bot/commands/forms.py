"""Forms: what somebody filled in -> the words of a command, and what is wrong with a field before it is sent."""

import csv
import io
from collections.abc import Collection
from zoneinfo import available_timezones

from bot.commands.grammar import command, kinds_words, parse
from bot.commands.words import quoted, split
from bot.errors import InputError
from bot.model.filter import Filter

FEEDBACK = {
    "not_a_deal": "Not a deal", "wrong_facts": "Wrong facts", "duplicate": "Told twice",
    "not_my_company": "Not my company",
}  # fmt: skip
"""Reasons of the verb `wrong`, as people read them."""
NOTE = 500
"""Characters of a note on feedback."""


def filters_problem(text: str) -> str | None:
    """Return what is wrong with the words of a filter field, with the cure; None: all is well."""
    try:
        wish = parse(split(text))
    except InputError as error:
        return str(error)
    if wish.kinds_said:
        return "Kinds have a field of their own; take them out here."
    if wish.delivery is not None:
        return "The time has a field of its own; take it out here."
    if wish.threads is not None:
        return "Big turns have a field of their own; take threads: out here."
    if wish.backfill:
        return "backfill: belongs to subscribe; take it out here."
    return None


def filter_words(wish: Filter) -> str:
    """Return a filter's words without its kinds, as its field shows them."""
    return command(wish).removeprefix(",".join(kinds_words(wish.kinds))).strip()


def subscription_words(kinds: Collection[str], filters: str, delivery: str) -> str:
    """Return the words of `subscribe` or `edit` for what a form holds."""
    return " ".join(part for part in (",".join(kinds) or "all", " ".join(filters.split()), delivery) if part)


def watch_list(names: Collection[str]) -> str:
    """Return the CSV with which `watch import` watches these companies, in one step that can be undone."""
    out = io.StringIO()
    csv.writer(out).writerows([("name",), *((name,) for name in names)])
    return out.getvalue()


def feedback_words(story: str, reason: str, note: str) -> str:
    """Return the words of `wrong` for what a form holds."""
    return f"wrong {story} {reason}" + (f" {quoted(' '.join(note.split())[:NOTE])}" if note.strip() else "")


def form_of(text: str) -> tuple[str, str] | None:
    """Return the form that a command without its details asks for, where a chat has forms, and what it is about.

    ("edit", a subscription's number or id), ("watch", ""), ("wrong", a story's id).
    """
    words = text.casefold().split()
    if words == ["watch"]:
        return "watch", ""
    if len(words) == 2 and words[0] in {"edit", "wrong"}:
        return words[0], words[1]
    return None


def zones_like(begin: str, *, limit: int = 100) -> tuple[str, ...]:
    """Return time zones whose name holds what somebody typed."""
    wanted = begin.strip().casefold().replace(" ", "_")
    found = [zone for zone in available_timezones() if wanted in zone.casefold()]
    return tuple(sorted(found, key=lambda zone: (not zone.split("/")[-1].casefold().startswith(wanted), zone))[:limit])
