"""Modals as Block Kit, and what somebody filled in read back. Pure; every limit holds by construction.

https://docs.slack.dev/reference/views: titles take 24 characters, private_metadata 3,000, an option's value 150.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from bot.chat.slack.payloads import text_at
from bot.chat.slack.render import plain
from bot.chat.spans import utf16_size
from bot.commands.forms import FEEDBACK, NOTE, filter_words
from bot.commands.grammar import DAY_NAMES, KINDS, WEEKDAYS, delivery_command, kinds_words, threads_word
from bot.commands.overview import Held
from bot.model.filter import ALL_KINDS, Cadence, Delivery

View = dict[str, Any]

OPTION = 75
MOST_OPTIONS = 100
MOST_COMPANIES = 25
FILTERS = 1000
FILTERS_HINT = 'For example min:10m stage:series-b+ company:"Scale AI" -keyword:crypto'
META = 150
"""Of one value: eight fit into a form's private_metadata, whatever they hold."""
SINGLE_KINDS = tuple(name for name, group in KINDS.items() if len(group) == 1)
CADENCES = {Cadence.NOW: "At once", Cadence.DAILY: "Daily digest", Cadence.WEEKLY: "Weekly digest"}
TURNS = {"channel": "As this channel does", "on": "Reply to the card", "off": "Edit the card alone"}
"""Values of `threads:`."""
PICK_COMPANY, PICK_ZONE = "pick:company", "pick:zone"


def wrong_form(story: str, headline: str, meta: dict[str, str]) -> View:
    """Ask what is wrong with a card."""
    reasons = [option(label, name) for name, label in FEEDBACK.items()]
    note = {"type": "plain_text_input", "action_id": "note", "multiline": True, "max_length": NOTE}
    return _modal(
        "wrong",
        "What is wrong?",
        "Send",
        [
            *([_section(headline)] if headline else []),
            _input("reason", "Reason", {"type": "radio_buttons", "action_id": "reason", "options": reasons}),
            _input("note", "Note", note, optional=True, hint="What is right, or where it stands, if you know."),
        ],
        meta | {"story": story},
    )


def edit_form(held: Held, zone: str, where: str, meta: dict[str, str]) -> View:
    """Edit a subscription: kinds, filters, delivery, threads, and the channel's time zone."""
    kinds = [option(name.capitalize(), name) for name in SINGLE_KINDS]
    chosen = kinds_words(held.filter.kinds)
    initial = [each for each in kinds if each["value"] in chosen or not set(chosen) <= set(SINGLE_KINDS)]
    if chosen == ("deals",):
        initial = [each for each in kinds if each["value"] != "leadership"]
    words = filter_words(held.filter)
    filters: dict[str, Any] = {"type": "plain_text_input", "action_id": "filters", "max_length": FILTERS}
    filters |= {"initial_value": words} if words and not is_too_long(held) else {}
    cadences = [option(label, name) for name, label in CADENCES.items()]
    days = [option(name, day) for name, day in zip(DAY_NAMES, WEEKDAYS, strict=True)]
    delivery = held.delivery
    return _modal(
        "edit",
        "Edit subscription",
        "Save",
        [
            _section(f"Alerts in {where}"),
            _input("kinds", "Kinds", {"type": "checkboxes", "action_id": "kinds", "options": kinds}
                   | ({"initial_options": initial} if initial else {})),
            _input("filters", "Filters", filters, optional=True, hint=FILTERS_HINT),
            _input("cadence", "When", {"type": "static_select", "action_id": "cadence", "options": cadences,
                                       "initial_option": option(CADENCES[delivery.cadence], delivery.cadence)}),
            _input("weekday", "Day of a weekly digest", {
                "type": "static_select", "action_id": "weekday", "options": days,
                "initial_option": days[delivery.weekday]}, optional=True),
            _input("at", "Time of a digest", {"type": "timepicker", "action_id": "at",
                                              "initial_time": f"{delivery.at:%H:%M}"}, optional=True),
            _input("zone", "Time zone of this channel", {
                "type": "external_select", "action_id": PICK_ZONE, "min_query_length": 2,
                "initial_option": option(zone, zone)}, optional=True, hint="Type a city, such as Berlin."),
            _input("threads", "When a deal closes or is called off", {
                "type": "static_select", "action_id": "threads",
                "options": [option(label, word) for word, label in TURNS.items()],
                "initial_option": option(TURNS[threads_word(delivery)], threads_word(delivery))}),
        ],
        meta | {"id": held.id, "zone": zone},
    )  # fmt: skip


def is_too_long(held: Held) -> bool:
    """Return whether a subscription's filters do not fit into their field: the form would lose them."""
    return utf16_size(filter_words(held.filter)) > FILTERS


def companies_form(where: str, meta: dict[str, str]) -> View:
    """Add companies to a channel's watch list."""
    pick = {
        "type": "multi_external_select",
        "action_id": PICK_COMPANY,
        "min_query_length": 1,
        "max_selected_items": MOST_COMPANIES,
    }
    return _modal(
        "watch",
        "Watch companies",
        "Watch",
        [_section(f"Watched in {where}"), _input("companies", "Companies", pick, hint="Type the beginning of a name.")],
        meta,
    )


def said_form(words: str) -> View:
    """Say something where a form can't be opened."""
    return {
        "type": "modal",
        "title": _plain("Dealbell"),
        "close": _plain("Close"),
        "blocks": [_section(words)],
    }


def company_options(begin: str, known: Iterable[str]) -> list[dict[str, Any]]:
    """Return names from the store, and what was typed itself as the last."""
    names = [name for name in dict.fromkeys(known) if name.strip() and utf16_size(name) <= OPTION][: MOST_OPTIONS - 1]
    typed = plain(begin, OPTION)
    found = [option(name, name) for name in names]
    if typed and typed.casefold() not in {name.casefold() for name in names}:
        found.append(option(f"Add “{typed}”", typed))
    return found


def chosen(view: Mapping[str, Any], block: str) -> Any:
    """Return what stands in a field: text, a chosen value, or a list of chosen values."""
    fields = ((view.get("state") or {}).get("values") or {}).get(block) or {}
    for field in fields.values() if isinstance(fields, Mapping) else ():
        if not isinstance(field, Mapping):
            continue
        if isinstance(field.get("selected_options"), list):
            return [text_at(each, "value") for each in field["selected_options"]]
        for name in ("value", "selected_time"):
            if isinstance(field.get(name), str):
                return field[name]
        return text_at(field, "selected_option", "value")
    return ""


def delivery_words(view: Mapping[str, Any]) -> str:
    """Return the delivery that a form holds, as a command says it."""
    threads = chosen(view, "threads")
    turns = f" threads:{threads}" if threads in TURNS else ""
    cadence = chosen(view, "cadence")
    if cadence not in {Cadence.DAILY, Cadence.WEEKLY}:
        return "now" + turns
    day, at = chosen(view, "weekday"), chosen(view, "at")
    weekday = WEEKDAYS.index(day) if day in WEEKDAYS else 0
    try:
        moment = time.fromisoformat(at)
    except ValueError:
        moment = time(9, 0)
    return delivery_command(Delivery(cadence=Cadence(cadence), at=moment, weekday=weekday)) + turns


def meta_of(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what a modal carries of its beginning."""
    try:
        found = json.loads(text_at(view, "private_metadata") or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def kinds_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the fewest words for the kinds that were ticked."""
    ticked = frozenset(kind for name in names if name in SINGLE_KINDS for kind in KINDS[name])
    return kinds_words(ticked & ALL_KINDS) if ticked else ()


def option(label: str, value: str) -> dict[str, Any]:
    """Return one option of a menu."""
    return {"text": _plain(plain(label, OPTION) or "…"), "value": value[:150]}


def _modal(name: str, title: str, submit: str, blocks: list[dict[str, Any]], meta: dict[str, str]) -> View:
    return {
        "type": "modal",
        "callback_id": name,
        "title": _plain(title),
        "submit": _plain(submit),
        "close": _plain("Cancel"),
        "private_metadata": json.dumps({key: value[:META] for key, value in meta.items()}, ensure_ascii=False),
        "blocks": blocks,
    }


def _input(
    block: str, label: str, element: dict[str, Any], *, optional: bool = False, hint: str = ""
) -> dict[str, Any]:
    built = {"type": "input", "block_id": block, "label": _plain(label), "element": element, "optional": optional}
    return built | ({"hint": _plain(hint)} if hint else {})


def _section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": _plain(plain(words, 2000) or "…")}


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}
