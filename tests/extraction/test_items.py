"""Invented news items, topic by topic and trap by trap (tests/data/items): what must be found, and what must not.

What the extractor does not read right yet is listed in known_failures.toml. The list is strict: an item that is read
right must leave it. After a change of the extractor: `python -m tests.extraction.items_report --write`.
"""

from collections import Counter

import pytest

from bot.model.enums import Change, Kind, Status
from tests.extraction.items_report import Item, faults, known_failures, load_items, read

ITEMS = load_items()
KNOWN = known_failures()
NAMED = ("target", "seller", "person", "role", "company")
LISTED = ("buyers", "lead")
OTHER = {"kind", "status", "change", "interim", "amount", "valuation", "stake_percent", "round", "background",
         "optional", "absent"}  # fmt: skip


@pytest.mark.parametrize("item", [item for item in ITEMS if item.id not in KNOWN], ids=lambda item: item.id)
def test_the_item_is_read_as_an_editor_reads_it(item: Item) -> None:
    assert faults(item.events, read(item)) == [], f"{item.trap}: {item.title}"


@pytest.mark.parametrize("item", [item for item in ITEMS if item.id in KNOWN], ids=lambda item: item.id)
def test_a_known_failure_still_fails(item: Item) -> None:
    assert faults(item.events, read(item)), f"{item.id} is right now: python -m tests.extraction.items_report --write"


def test_every_known_failure_is_an_item() -> None:
    assert KNOWN.keys() <= {item.id for item in ITEMS}


def test_there_are_enough_items_and_no_id_stands_twice() -> None:
    assert len(ITEMS) >= 180
    assert [item_id for item_id, times in Counter(item.id for item in ITEMS).items() if times > 1] == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_what_is_expected_stands_in_the_item(item: Item) -> None:
    for event in item.events:
        names = [event[slot] for slot in NAMED if slot in event]
        names += [name for slot in LISTED for name in event.get(slot, ())]
        assert [name for name in names if name not in item.title and name not in item.text] == []
        assert set(event.get("lead", ())) <= set(event.get("buyers", ()))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_what_is_expected_is_an_event_of_the_record(item: Item) -> None:
    assert item.id.startswith(f"{item.topic}-")
    for event in item.events:
        assert event.keys() <= {*NAMED, *LISTED, *OTHER}
        assert event["kind"] in set(Kind)
        assert event["status"] in set(Status)
        assert (event["kind"] == Kind.LEADERSHIP) == (event.get("change") in set(Change))
