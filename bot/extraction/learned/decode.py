"""From the tagger's logits to mentions with probabilities."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.extraction.learned.aliases import without_ticker
from bot.extraction.learned.chunks import Chunk
from bot.extraction.learned.labels import EDGES, PARTIES, PEOPLE, QUANTITIES
from bot.extraction.learned.money import find_money, find_percentages
from bot.extraction.learned.segments import Segment
from bot.extraction.tables.name_words import DOMAINS, LEGAL
from bot.model.event import Money

Floats = NDArray[np.float32]
OPEN = 0.3  # a word belongs to a mention where "outside" is less likely than 1 - OPEN
FIGURE = 0.12  # figures are few and read by rule: let assembly choose


_LEFT = re.compile(r"\b(?:[A-Z]\.?){1,4}&?\Z")
_HEAD = re.compile(r"[A-Z][\w-]*\.\Z")
_BASED = re.compile(  # "Lyon-based", "Towson, Md.-based": a place
    r"(?:,\s+(?:[A-Z][a-z]{1,4}\.|(?!UK|US|EU)[A-Z]{2}))?[-‐‑–]based\b"
)
_THEIR = re.compile(  # "Tarnwick owner Ossory plc", "an Acme alumnus": another than the one named
    r"(?:['’]s)?\s+(?:owner|parent|maker|operator|backer|investor|rival|alum\w*|spin-?off|spin-?out|veteran)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:['’]s)?\s+(?:subsidiary|unit|arm|affiliate)\b", re.IGNORECASE)
_RIGHT = re.compile(rf"(?:(?<=&)\w+)?(?:&[A-Z]\w*|\.[A-Z]\b|\.(?:{'|'.join(sorted(DOMAINS))})\b)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text in one role. `kinds` and `statuses` are the anchors' distributions (changes, for people)."""

    start: int
    end: int
    label: str
    text: str
    sure: float
    segment: int
    kinds: Floats
    statuses: Floats
    value: Money | float | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was read in one segment."""

    number: int
    title: bool
    start: int
    end: int
    parties: tuple[Mention, ...]
    people: tuple[Mention, ...]
    quantities: tuple[Mention, ...]
    families: Floats


def softmax(x: Floats) -> Floats:
    """Along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Floats = e / e.sum(axis=-1, keepdims=True)
    return out


def read_lines(text: str, chunks: Sequence[Chunk], logits: Sequence[Floats]) -> list[Line]:
    """The mentions of every segment, in reading order; the title is read in the first window."""
    out: list[Line] = []
    for number, (chunk, rows) in enumerate(zip(chunks, logits, strict=True)):
        families: Floats = (1 / (1 + np.exp(-rows[0, EDGES[7] :]))).astype(np.float32)
        window = [softmax(rows[:, a:b]) for a, b in pairwise(EDGES[:8])]
        for segment, places in chunk.segments:
            if segment.title and number:
                continue
            at = list(places)
            heads = [head[at] for head in window]
            words = segment.words
            out.append(
                Line(
                    number=segment.number,
                    title=segment.title,
                    start=segment.start,
                    end=segment.end,
                    parties=tuple(_mentions(text, segment, (heads[0], heads[3], heads[4]), PARTIES)),
                    people=tuple(_mentions(text, segment, (heads[1], heads[5], heads[6]), PEOPLE)),
                    quantities=tuple(_figures(text, words, heads, segment.number)),
                    families=families,
                )
            )
    return out


def _mentions(
    text: str, line: Segment, heads: tuple[Floats, Floats, Floats], labels: Sequence[str]
) -> Iterator[Mention]:
    """Runs of words that are likelier in a role than the floor asks; `heads` are tags, kinds, statuses."""
    (tags, kinds, statuses), words = heads, line.words
    inside = 1 - tags[:, 0]
    if inside.max() < OPEN:
        return
    by_label = tags[:, 1::2] + tags[:, 2::2]
    best = by_label.argmax(axis=1)
    starts = tags[:, 1::2].sum(axis=1) > tags[:, 2::2].sum(axis=1)
    at, count = 0, len(words)
    last: Mention | None = None
    while at < count:
        if inside[at] < OPEN:
            at += 1
            continue
        stop = at + 1
        while stop < count and inside[stop] >= OPEN and (best[stop] == best[at] or not starts[stop]):
            stop += 1
        start, end = _whole(text, words[at][0], words[stop - 1][1], line)
        label = labels[int(by_label[at:stop].sum(axis=0).argmax())]
        if _stands_for_another(label, text, end, line.end):
            at = stop
            continue
        if _is_form(text[start:end]):  # "Citibank", "N.A."
            if last is not None and last.label == label and not text[last.end : start].strip(" ,"):
                end += "." in text[start:end] and text[end : end + 1] == "."
                last = replace(last, end=end, text=text[last.start : end])
            at = stop
            continue
        if last is not None and last.label == label and start <= last.end:  # "U.S" and ". Treasury"
            last = replace(last, end=end, text=text[last.start : end])
            at = stop
            continue
        if last is not None:
            yield last
        last = Mention(
            start=start,
            end=end,
            label=label,
            text=text[start:end],
            sure=_sure(by_label[at:stop], label),
            segment=line.number,
            kinds=kinds[at:stop].mean(axis=0),
            statuses=statuses[at:stop].mean(axis=0),
        )
        at = stop
    if last is not None:
        yield last


def _stands_for_another(label: str, text: str, end: int, stop: int) -> bool:
    """True for a name that only tells where or whose the party is."""
    if (label in PARTIES and _THEIR.match(text, end, stop)) or (label == "target" and _PART.match(text, end, stop)):
        return True
    return label not in ("person", "role") and bool(_BASED.match(text, end, stop))


def _is_form(name: str) -> bool:
    """True for a legal form or a sign that stands for no name."""
    low = name.lower().strip(" .,")
    return low in LEGAL or f"{low}." in LEGAL or not any(c.isalnum() for c in name)


def _whole(text: str, start: int, end: int, line: Segment) -> tuple[int, int]:
    """A span that cuts "IL&FS", "U.S." or "Pony.ai" open takes in the whole of it; a Reuters code at its end goes."""
    left = _LEFT.search(text, max(line.start, start - 8), start)
    right = _RIGHT.match(text, end, min(line.end, end + 12))
    begin = left.start() if left else start
    if text[start:end].lower() in DOMAINS and text.endswith(".", 0, start):
        head = _HEAD.search(text, max(line.start, start - 30), start)
        begin = head.start() if head else begin
    return begin, without_ticker(text, begin, right.end() if right else end)


def _sure(rows: Floats, label: str) -> float:
    """Mean probability of the label; an investor is one whether or not it leads."""
    columns = [1, 3] if label in ("buyer", "lead") else [int(rows.sum(axis=0).argmax())]
    return float(rows[:, columns].sum(axis=1).mean())


def _figures(text: str, words: Sequence[tuple[int, int]], heads: Sequence[Floats], number: int) -> Iterator[Mention]:
    tags = heads[2]
    inside = 1 - tags[:, 0]
    if inside.max() < FIGURE:
        return
    base, stop = words[0][0], words[-1][1]
    body = text[base:stop]
    found: list[tuple[int, int, Money | float, tuple[int, ...]]] = [
        (m.start, m.end, m.value, (0, 1)) for m in find_money(body)
    ]
    found += [(s.start, s.end, s.value, (2,)) for s in find_percentages(body)]
    by_label = tags[:, 1::2] + tags[:, 2::2]
    for a, b, value, allowed in found:
        over = [i for i, (x, y) in enumerate(words) if x < base + b and base + a < y]
        if not over:
            continue
        score = by_label[over].mean(axis=0)
        label = max(allowed, key=lambda i: score[i])
        if score[label] >= FIGURE:
            where = (base + a, base + b)
            yield _figure(
                text,
                where,
                over,
                label=QUANTITIES[label],
                sure=float(score[label]),
                line=number,
                heads=heads,
                value=value,
            )
    rounds = [i for i in range(len(words)) if by_label[i, 3] >= 0.5]
    while rounds:
        over = [rounds.pop(0)]
        while rounds and rounds[0] == over[-1] + 1:
            over.append(rounds.pop(0))
        a, b = words[over[0]][0], words[over[-1]][1]
        sure = float(by_label[over, 3].mean())
        yield _figure(text, (a, b), over, label="round", sure=sure, line=number, heads=heads, value=text[a:b])


def _figure(
    text: str,
    where: tuple[int, int],
    over: Sequence[int],
    *,
    label: str,
    sure: float,
    line: int,
    heads: Sequence[Floats],
    value: Money | float | str,
) -> Mention:
    return Mention(
        start=where[0],
        end=where[1],
        label=label,
        text=text[where[0] : where[1]],
        sure=sure,
        segment=line,
        kinds=heads[3][list(over)].mean(axis=0),
        statuses=heads[4][list(over)].mean(axis=0),
        value=value,
    )
