"""The labels that the shipped model learns from: every one is a sound event, and none repeats what measures it."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.model.contract import event_from_dict
from bot.training.data import rows
from tests.extraction.items_report import load_items

LABELS = Path(__file__).parents[2] / "bot" / "training" / "labels"


def labels(pattern: str) -> list[dict[str, Any]]:
    return [row for path in sorted(LABELS.glob(pattern)) for row in rows(path)]


@pytest.fixture(scope="module")
def written() -> list[dict[str, Any]]:
    return labels("written*.jsonl")


def test_every_label_is_an_event_of_the_contract_and_stands_once() -> None:
    every = labels("*.jsonl")
    assert len(every) > 7000
    assert len({row["id"] for row in every}) == len(every)
    for row in every:
        for event in row["events"]:
            event_from_dict(event)


def test_labels_of_news_hold_no_text(written: list[dict[str, Any]]) -> None:
    own = {row["id"] for row in written}
    assert all(row.keys() == {"id", "events"} for row in labels("*.jsonl") if row["id"] not in own)


def test_names_of_a_written_item_stand_in_its_text(written: list[dict[str, Any]]) -> None:
    assert written
    for row in written:
        text = f"{row['title']}\n\n{row['text']}"
        for event in row["events"]:
            named = [event.get(slot) for slot in ("target", "person", "role", "company")]
            sellers = event.get("seller") or ()
            sold_by = [sellers] if isinstance(sellers, str) else sellers
            names = [name for name in [*named, *sold_by, *event.get("buyers", ())] if name]
            assert names, row["id"]
            assert [name for name in names if name not in text] == [], row["id"]
            assert set(event.get("lead", ())) <= set(event.get("buyers", ())), row["id"]


def test_no_written_item_repeats_an_item_that_measures(written: list[dict[str, Any]]) -> None:
    measured = set().union(*(runs(f"{item.title} {item.text}") for item in load_items()))
    assert measured
    assert [row["id"] for row in written if runs(f"{row['title']} {row['text']}") & measured] == []


def runs(text: str, *, length: int = 24) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
