"""Read documents, gold files and label files."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.model.contract import published_in
from bot.training.examples import Item

KNOWN_KINDS = frozenset({"funding", "stake", "acquisition", "merger", "ipo", "fund", "leadership"})
SLICES = (16, 9)  # of the corpus every sixteenth, of the labels every ninth batch of 50 is kept for calibration


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises InputError."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    row = json.loads(line)
                except json.JSONDecodeError as error:
                    raise InputError(f"{path.name}, line {number}: not JSON.") from error
                if not isinstance(row, dict):
                    raise InputError(f"{path.name}, line {number}: not an object.")
                yield row


def items(documents: Mapping[str, Mapping[str, Any]], gold: Iterator[dict[str, Any]]) -> list[Item]:
    """Join events to their texts, their own or the corpus'; labels without a text, or to be checked, are left out.

    Raises InputError.
    """
    out: list[Item] = []
    for row in gold:
        if "id" not in row or not isinstance(row.get("events"), list):
            raise InputError(f"A label needs an id and a list of events, this has none: {str(row)[:100]}")
        own = {"title", "text"} <= row.keys()
        document = row if own else documents.get(str(row["id"]))
        if document is not None and not row.get("unchecked"):
            events = tuple(e for e in row["events"] if e.get("kind") in KNOWN_KINDS)
            out.append(
                Item(
                    id=str(row["id"]), title=document["title"], text=document["text"], events=events, own=own,
                    published=published_in(document),
                )
            )  # fmt: skip
    return out


def read_split(corpus: Path, name: str) -> list[Item]:
    """`NAME.docs.jsonl` and `NAME.gold.jsonl` of a corpus folder."""
    documents = {str(r["id"]): r for r in rows(corpus / f"{name}.docs.jsonl")}
    return items(documents, rows(corpus / f"{name}.gold.jsonl"))


def read_labels(corpus: Path, labels: Path) -> list[Item]:
    """Further labels by document id: one file or a folder of them; their texts are in the corpus' `*.docs.jsonl`.

    A line that holds `title` and `text` itself (`dealbell feedback export` writes such) needs no document.
    The texts of `dev` are never joined: what measures must not teach.
    """
    files = sorted(labels.glob("*.jsonl")) if labels.is_dir() else [labels]
    documents = {
        str(r["id"]): r
        for path in sorted(corpus.glob("*.docs.jsonl"))
        if not path.name.startswith("dev")
        for r in rows(path)
    }
    return [item for path in files for item in items(documents, rows(path))]


def split(corpus: Sequence[Item], labels: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What may teach, and the slice of both that calibrates.

    Labels that bring their own text only teach: confidence must be honest on the stream, and they are no sample of it.
    """
    sides = zip((corpus, labels), SLICES, strict=True)
    held = {
        item.id: item
        for rest, size in sides
        for n, item in enumerate(rest)
        if n // 50 % size == size // 2 and not item.own
    }
    every = {item.id: item for item in [*corpus, *labels]}
    return [item for item in every.values() if item.id not in held], list(held.values())
