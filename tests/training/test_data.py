"""Label files: by document id, or with their own texts."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.training.data import read_labels, read_split, split
from bot.training.examples import Item

EVENTS = [{"kind": "funding", "target": "Brellium"}]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, item in (("train", "t1"), ("dev", "d1"), ("unlabelled", "u1")):
        row = {"id": item, "title": f"Brellium in {name}", "text": "It raises money."}
        (tmp_path / f"{name}.docs.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    gold = json.dumps({"id": "t1", "events": [*EVENTS, {"kind": "weather"}]})
    (tmp_path / "train.gold.jsonl").write_text(gold, encoding="utf-8")
    return tmp_path


def labels(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_events_are_joined_to_their_texts_and_unknown_kinds_left_out(corpus: Path) -> None:
    (item,) = read_split(corpus, "train")
    assert (item.title, list(item.events)) == ("Brellium in train", EVENTS)


def test_labels_find_their_texts_by_id(corpus: Path) -> None:
    (item,) = read_labels(corpus, labels(corpus, {"id": "u1", "events": []}))
    assert item.title == "Brellium in unlabelled"


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("2012-09-26", datetime(2012, 9, 26, tzinfo=UTC)),
        ("2022-02-24T05:30:00", datetime(2022, 2, 24, 5, 30, tzinfo=UTC)),
        ("2022-02", None), ("soon", None), (7, None), (None, None),
    ],
)  # fmt: skip
def test_an_item_knows_when_it_was_published_where_that_can_be_read(
    corpus: Path, told: object, published: datetime | None
) -> None:
    row = {"id": "own", "title": "Brellium raises $5m", "text": "", "published": told, "events": EVENTS}
    (item,) = read_labels(corpus, labels(corpus, row))
    assert item.published == published


def test_what_measures_never_teaches(corpus: Path) -> None:
    assert read_labels(corpus, labels(corpus, {"id": "d1", "events": EVENTS})) == []


def test_feedback_brings_its_own_text(corpus: Path) -> None:
    row = {"id": "feedback-7", "title": "Brellium raises $5m", "text": "", "events": EVENTS, "reasons": ["wrong"]}
    (item,) = read_labels(corpus, labels(corpus, row))
    assert (item.id, item.title) == ("feedback-7", "Brellium raises $5m")


def test_a_broken_line_is_told_by_its_number(corpus: Path) -> None:
    path = corpus / "labels.jsonl"
    path.write_text('{"id": "u1", "events": []}\nnonsense\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_labels(corpus, path)


def test_a_label_without_events_is_told(corpus: Path) -> None:
    with pytest.raises(InputError, match="needs an id and a list of events"):
        read_labels(corpus, labels(corpus, {"id": "u1"}))


def items(start: str, number: int, *, own: bool = False) -> list[Item]:
    return [Item(id=f"{start}{n}", title="Brellium", text="", events=(), own=own) for n in range(number)]


def test_a_slice_of_corpus_and_labels_teaches_no_tagger() -> None:
    corpus, labelled = items("t", 1000), items("u", 1000)
    teach, held = split(corpus, labelled)
    assert (len(teach), len(held)) == (1850, 150)
    assert {item.id for item in teach}.isdisjoint(item.id for item in held)


def test_labels_with_their_own_text_never_calibrate() -> None:
    teach, held = split(items("t", 100), items("w", 1000, own=True))
    assert (len(teach), held) == (1100, [])
