"""From gold items to labelled windows: alignment, name swapping, label arrays."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tokenizers import Tokenizer

from bot.extraction.learned.chunks import Chunk, chunks
from bot.extraction.learned.labels import CHANGES, KINDS
from bot.extraction.learned.reading import worth
from bot.model.event import document
from bot.training.align import LEGAL, Span, occurrences, told_spans

LABELS = (("T", "B", "S", "L"), ("P", "R", "C"), ("A", "V", "X", "N"))
FAMILY = {"funding": 0, "stake": 0, "acquisition": 1, "merger": 1, "ipo": 2, "fund": 3, "leadership": 4}
IGNORE = -100
COLUMNS = 7  # parties, people, quantities, kind, status, change, told

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A gold document; `own` where the label brought its text itself: made up, or a correction."""

    id: str
    title: str
    text: str
    events: tuple[Event, ...]
    own: bool = False
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window with its labels: `rows[i]` holds the `COLUMNS` labels of piece i; `families` those of the window."""

    chunk: Chunk
    rows: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]
    families: tuple[int, ...]


def status_of(event: Event) -> int:
    """Index into the labels' STATUSES; announced and completed are one."""
    if event.get("background"):
        return 3
    return {"rumored": 0, "cancelled": 2}.get(str(event.get("status")), 1)


def examples(item: Item, tokenizer: Tokenizer) -> list[Example]:
    """The labelled windows of one item."""
    found = worth(item.title, item.text, tokenizer)
    spans = told_spans(document(item.title, item.text), found, item.events)
    return [_label(chunk, spans, item.events) for chunk in chunks(found)]


def _label(chunk: Chunk, spans: Sequence[Span], events: Sequence[Event]) -> Example:
    rows = [[IGNORE] * COLUMNS for _ in chunk.pieces]
    weights = [1.0] * len(chunk.pieces)
    owners = set()
    for segment, places in chunk.segments:
        near = [s for s in spans if s.start < segment.end and segment.start < s.end]
        owners |= {s.owner for s in near}
        open_span: list[Span | None] = [None, None, None]
        for (start, end), place in zip(segment.words, places, strict=True):
            rows[place][:3] = [0, 0, 0]
            for layer in range(3):
                span = next((s for s in near if s.layer == layer and s.start < end and start < s.end), None)
                if span is not None:
                    inside = span is open_span[layer]
                    rows[place][layer] = 1 + 2 * LABELS[layer].index(span.label) + inside
                    _anchor(rows[place], events[span.owner])
                    if events[span.owner].get("optional") or events[span.owner].get("background"):
                        weights[place] = 0.5
                open_span[layer] = span
    families = [0] * 5
    for owner in sorted(owners, key=lambda o: not events[o].get("optional")):
        if not events[owner].get("background"):
            families[FAMILY[events[owner]["kind"]]] = IGNORE if events[owner].get("optional") else 1
    return Example(chunk=chunk, rows=tuple(map(tuple, rows)), weights=tuple(weights), families=tuple(families))


def _anchor(row: list[int], event: Event) -> None:
    if event["kind"] == "leadership":
        row[5], row[6] = CHANGES.index(event.get("change", "joins")), status_of(event)
    else:
        row[3], row[4] = KINDS.index(event["kind"]), status_of(event)


def _names(event: Event) -> list[tuple[str, bool]]:
    out = [(str(event["person"]), True)] if event.get("person") else []
    for slot in ("target", "buyers", "seller", "company"):
        value = event.get(slot)
        out += [(str(v), False) for v in (value if isinstance(value, list) else [value]) if v]
    return out


def name_pool(items: Sequence[Item]) -> dict[bool, list[str]]:
    """Names to swap in: True people, False organisations."""
    pool: dict[bool, set[str]] = {True: set(), False: set()}
    for item in items:
        for event in item.events:
            for name, person in _names(event):
                if name[0].isupper() and len(name) < 40 and (2 <= len(name.split()) <= 3 or not person):
                    pool[person].add(name)
    return {k: sorted(v) for k, v in pool.items()}


def swapped(item: Item, pool: Mapping[bool, Sequence[str]], dice: random.Random) -> Item:
    """The item with every party's name replaced by another, in the text and in the events."""
    names = sorted({n for e in item.events for n in _names(e)}, key=lambda n: -len(n[0]))
    new = {name: dice.choice(pool[person]) for name, person in names if dice.random() < 0.7 and name[0].isupper()}
    if any(a != b and a in b for a in new for b in new):
        return item
    title, text = (_replace(t, new, dict(names)) for t in (item.title, item.text))
    return replace(item, title=title, text=text, events=tuple(_renamed(e, new) for e in item.events))


def _replace(text: str, new: Mapping[str, str], person: Mapping[str, bool]) -> str:
    edits = []
    for name, other in new.items():
        core = [w for w in other.split() if w.strip(".,").lower() not in LEGAL] or other.split()
        for a, b in occurrences(text, name, person=person[name]):
            short = b - a < 0.7 * len(name)
            edits.append((a, b, (core[-1] if person[name] else core[0]) if short else other))
    out, at = [], 0
    for a, b, word in sorted(edits):
        if a >= at:
            out += [text[at:a], word]
            at = b
    return "".join([*out, text[at:]])


def _renamed(event: Event, new: Mapping[str, str]) -> dict[str, Any]:
    out = dict(event)
    for slot in ("person", "target", "buyers", "lead", "seller", "company"):
        value = out.get(slot)
        if isinstance(value, list):
            out[slot] = [new.get(v, v) for v in value]
        elif value:
            out[slot] = new.get(value, value)
    return out
