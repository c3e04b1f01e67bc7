"""The labels that the shipped model learns from: every one is a sound event, and none repeats what measures it."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.model.contract import event_from_dict

LABELS = Path(__file__).parents[2] / "bot" / "training" / "labels"
MEASURED = Path(__file__).parents[1] / "data" / "items"


def rows(pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(LABELS.glob(pattern)):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def written() -> list[dict[str, Any]]:
    return list(rows("written*.jsonl"))


def test_every_label_is_an_event_of_the_contract_and_stands_once() -> None:
    every = list(rows("*.jsonl"))
    assert len(every) > 7000
    assert len({row["id"] for row in every}) == len(every)
    for row in every:
        for event in row["events"]:
            event_from_dict(event)


def test_labels_of_news_hold_no_text(written: list[dict[str, Any]]) -> None:
    own = {row["id"] for row in written}
    assert all(row.keys() == {"id", "events"} for row in rows("*.jsonl") if row["id"] not in own)


def test_names_of_a_written_item_stand_in_its_text(written: list[dict[str, Any]]) -> None:
    assert written
    for row in written:
        text = f"{row['title']}\n\n{row['text']}"
        for event in row["events"]:
            named = [event.get(slot) for slot in ("target", "seller", "person", "role", "company")]
            names = [name for name in [*named, *event.get("buyers", ())] if name]
            assert names, row["id"]
            assert [name for name in names if name not in text] == [], row["id"]
            assert set(event.get("lead", ())) <= set(event.get("buyers", ())), row["id"]


def test_no_written_item_repeats_an_item_that_measures(written: list[dict[str, Any]]) -> None:
    measured: set[tuple[str, ...]] = set()
    for path in MEASURED.glob("*.toml"):
        for item in tomllib.loads(path.read_text(encoding="utf-8")).get("item", ()):
            measured |= runs(f"{item['title']} {item.get('text', '')}")
    assert measured
    assert [row["id"] for row in written if runs(f"{row['title']} {row['text']}") & measured] == []


def runs(text: str, *, length: int = 24) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
