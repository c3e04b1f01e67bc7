"""Pairwise precision and recall of merging on a folder of the corpus (stories.jsonl, stories.docs.jsonl).

    python tests/benchmarks/bench_stories.py CORPUS [--errors N] [--gold]

Every document goes through the real extraction; all facts of all documents are partitioned at once. Two documents count
as merged where some fact of one and some fact of the other stand in one story. A pair of a group's items that is merged
is right, one that is not is missed; an item merged with a document that is neither in the group nor a "maybe" of it is
wrong, unless the two share another group. Near misses tagged as opinion, aftermath or background are counted apart. For
the last two only facts of the group's family of kinds count: a document may rightly tell a second event.

A story closes after 30 quiet days, so a pair with no report of its group in a gap that long is not meant to be merged:
it is counted apart as well. With --gold the events come from the folder's *.gold.jsonl instead of the extraction, and
only documents that stand there take part: that measures the merging alone.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

from bot.extraction import extract
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Money
from bot.model.story import Fact
from bot.stories.match import FAMILIES, QUIET, same_story
from bot.stories.partition import partition

APART = frozenset({"opinion", "aftermath", "background", "no_event"})
UNDATED = datetime(2004, 12, 1, tzinfo=UTC)


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def moment(text: str | None) -> datetime:
    found = datetime.fromisoformat(text) if text else UNDATED
    return found if found.tzinfo else found.replace(tzinfo=UTC)


Read = Callable[[dict[str, Any]], Iterable[Event]]


def extracted(doc: dict[str, Any]) -> Iterable[Event]:
    return extract(doc["title"], doc["text"], published=moment(doc.get("published"))).events


def gold_events(folder: Path) -> dict[str, list[Event]]:
    rows = (row for path in sorted(folder.glob("*.gold.jsonl")) for row in read(path))
    return {row["id"]: [event_of(event) for event in row["events"]] for row in rows}


def event_of(row: dict[str, Any]) -> Event:
    told = {
        name: row[name] for name in ("target", "stake_percent", "round", "person", "role", "company") if name in row
    }
    for name in ("buyers", "lead", "seller"):
        told[name] = tuple([row[name]] if isinstance(row.get(name), str) else row.get(name) or ())
    for name in ("amount", "valuation"):
        if sums := row.get(name):
            told[name] = Money(**(sums[0] if isinstance(sums, list) else sums))
    return Event(
        kind=Kind(row["kind"]),
        status=Status(row["status"]),
        change=Change(row["change"]) if row.get("change") else None,
        background=bool(row.get("background")),
        interim=bool(row.get("interim")),
        **told,
    )


def facts_of(doc: dict[str, Any], events: Iterable[Event]) -> list[Fact]:
    published = moment(doc.get("published"))
    return [
        Fact(
            id=f"{doc['id']}#{number}",
            event=event,
            source=doc.get("source") or "?",
            title=doc["title"],
            url=doc.get("url"),
            published=published,
            first_seen=published,
        )
        for number, event in enumerate(events)
        if not event.background
    ]


@dataclass
class Tally:
    right: int = 0
    missed: int = 0
    no_fact: int = 0
    closed: int = 0
    wrong: int = 0
    apart: int = 0
    why: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


class Merged:
    """Which documents stand together, by which facts."""

    def __init__(self, docs: list[dict[str, Any]], events: Read) -> None:
        self.docs = {doc["id"]: doc for doc in docs}
        self.facts = {doc["id"]: facts_of(doc, events(doc)) for doc in docs}
        started = time.perf_counter()
        self.parts = partition(fact for facts in self.facts.values() for fact in facts)
        self.seconds = time.perf_counter() - started
        self.place = {fact.id: number for number, part in enumerate(self.parts) for fact in part}
        self.with_doc: dict[str, set[str]] = defaultdict(set)
        for part in self.parts:
            for one, two in product({fact.id.split("#")[0] for fact in part}, repeat=2):
                self.with_doc[one].add(two)

    def linked(self, one: str, two: str, kinds: frozenset[Kind] = frozenset(Kind)) -> bool:
        places = [{self.place[fact.id] for fact in self.facts[doc] if fact.event.kind in kinds} for doc in (one, two)]
        return bool(places[0] & places[1])

    def explain(self, one: str, two: str) -> str:
        lines = [f"   {self.docs[doc]['title'][:100]}" for doc in (one, two)]
        lines += [f"      {slots(fact)}" for doc in (one, two) for fact in self.facts[doc]]
        lines += [
            f"      {a.id} {b.id}: {verdict.same} {verdict.reason}"
            for a, b in product(self.facts[one], self.facts[two])
            for verdict in [same_story(a, b)]
        ]
        return "\n".join(lines)


def slots(fact: Fact) -> str:
    event = fact.event
    names = ("target", "buyers", "seller", "amount", "valuation", "stake_percent", "round", "person", "role", "company")
    told = {name: getattr(event, name) for name in names if getattr(event, name)}
    return f"{fact.id} {event.kind} {event.status} {event.change or ''} {told}"


def chapters(items: list[str], docs: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Number a group's items by the quiet spells between them; undated ones stand where UNDATED does."""
    ordered = sorted(items, key=lambda item: moment(docs[item].get("published")))
    numbers = {ordered[0]: 0} if ordered else {}
    for earlier, later in pairwise(ordered):
        gap = moment(docs[later].get("published")) - moment(docs[earlier].get("published"))
        numbers[later] = numbers[earlier] + (gap > QUIET)
    return numbers


def score(groups: list[dict[str, Any]], merged: Merged) -> Tally:
    tally = Tally()
    together = {frozenset(pair) for group in groups for pair in combinations(group["items"] + group["maybe"], 2)}
    wrong: dict[frozenset[str], str] = {}
    for group in groups:
        items = [item for item in group["items"] if item in merged.docs]
        for one, two in combinations(items, 2):
            if merged.linked(one, two):
                tally.right += 1
                continue
            if chapters(items, merged.docs)[one] != chapters(items, merged.docs)[two]:
                tally.closed += 1
                continue
            tally.missed += 1
            tally.no_fact += not (merged.facts[one] and merged.facts[two])
            tally.errors.append(f"MISSED {group['story']} {group['what']}\n{merged.explain(one, two)}")
        family = FAMILIES[Kind(group["kind"])]
        for one in items:
            for two in merged.with_doc[one] - set(items) - {one}:
                pair = frozenset((one, two))
                if pair not in together and merged.linked(one, two, family):
                    reason = group["why_not"].get(two)
                    wrong[pair] = reason or wrong.get(pair, "not listed")
    for pair, reason in sorted(wrong.items(), key=lambda each: sorted(each[0])):
        tally.why[reason] += 1
        tally.apart += reason in APART
        tally.wrong += reason not in APART
        tally.errors.append(f"WRONG ({reason})\n{merged.explain(*sorted(pair))}")
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show that many errors")
    parser.add_argument("--gold", action="store_true", help="take the events from the folder's *.gold.jsonl")
    options = parser.parse_args()
    groups = read(options.corpus / "stories.jsonl")
    docs = read(options.corpus / "stories.docs.jsonl")
    if options.gold:
        gold = gold_events(options.corpus)
        merged = Merged([doc for doc in docs if doc["id"] in gold], lambda doc: gold[doc["id"]])
    else:
        merged = Merged(docs, extracted)
    tally = score(groups, merged)
    told, expected = tally.right + tally.wrong, tally.right + tally.missed
    reachable = expected - tally.no_fact
    facts = sum(map(len, merged.facts.values()))
    lines = (
        f"{len(merged.docs)} documents, {facts} facts, "
        f"{len(merged.parts)} stories, {merged.seconds:.2f} s to partition",
        f"pairs: {tally.right} right, {tally.missed} missed ({tally.no_fact} for want of a fact), {tally.wrong} wrong",
        f"counted apart ({', '.join(sorted(APART))}): {tally.apart}; wrong by reason: {dict(tally.why.most_common())}",
        f"not merged since the story had been closed for want of news: {tally.closed}",
        f"precision {tally.right / max(told, 1):.3f}  recall {tally.right / max(expected, 1):.3f}"
        f"  recall where both documents gave a fact {tally.right / max(reachable, 1):.3f}",
    )
    sys.stdout.write("\n".join((*lines, *tally.errors[: options.errors])) + "\n")


if __name__ == "__main__":
    main()
