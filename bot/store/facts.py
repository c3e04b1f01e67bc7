"""Facts: append-only rows, each one event as one article told it, with its evidence."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from bot.model.contract import event_from_dict, event_to_dict
from bot.model.event import Evidence
from bot.model.story import Fact
from bot.store.times import from_text, to_text

# facts that a workspace may see: everybody's, and those of its own feeds
VISIBLE = "(facts.audience IS NULL OR facts.audience = :viewer)"


def add(db: Database, fact: Fact, *, item: int, keys: Iterable[str], story: str | None = None) -> None:
    """Append a fact with its evidence and its block keys."""
    db.table("facts").insert(
        {
            "id": fact.id,
            "story_id": story,
            "item_id": item,
            "audience": fact.audience,
            "kind": fact.event.kind.value,
            "background": int(fact.event.background),
            "event": json.dumps(event_to_dict(replace(fact.event, evidence=())), ensure_ascii=False),
            "source": fact.source,
            "title": fact.title,
            "url": fact.url,
            "published": to_text(fact.published),
            "first_seen": to_text(fact.first_seen),
        }
    )
    db.conn.executemany("INSERT INTO fact_keys VALUES (?, ?)", ((key, fact.id) for key in sorted(set(keys))))
    db.conn.executemany(
        "INSERT INTO evidence (fact_id, field, start, stop, quote, method, confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((fact.id, e.field, e.start, e.end, e.quote, e.method, e.confidence) for e in fact.event.evidence),
    )


def _fact(row: dict[str, Any], evidence: tuple[Evidence, ...] = ()) -> Fact:
    return Fact(
        id=row["id"],
        event=replace(event_from_dict(json.loads(row["event"])), evidence=evidence),
        source=row["source"],
        title=row["title"],
        url=row["url"],
        published=from_text(row["published"]),
        first_seen=from_text(row["first_seen"]),
        audience=row["audience"],
    )


def sharing(db: Database, keys: Iterable[str]) -> dict[str, tuple[Fact, str | None]]:
    """Return the facts that share a block key, whoever may see them, with the stories that they tell."""
    rows = db.query(
        "SELECT DISTINCT facts.* FROM fact_keys JOIN facts ON facts.id = fact_keys.fact_id"
        " WHERE fact_keys.key IN (SELECT value FROM json_each(?)) AND NOT facts.background",
        (json.dumps(sorted(keys)),),
    )
    return {row["id"]: (_fact(row), row["story_id"]) for row in rows}


def of_story(db: Database, story: str, *, viewer: str | None) -> tuple[Fact, ...]:
    """Return a story's facts, with evidence, as far as `viewer`'s workspace may see them."""
    rows = list(
        db.query(
            f"SELECT * FROM facts WHERE story_id = :story AND {VISIBLE} ORDER BY published, id",
            {"story": story, "viewer": viewer},
        )
    )
    proofs: dict[str, list[Evidence]] = {}
    for row in db.query(
        "SELECT evidence.* FROM evidence JOIN facts ON facts.id = evidence.fact_id WHERE facts.story_id = ?"
        " ORDER BY evidence.id",
        (story,),
    ):
        proofs.setdefault(row["fact_id"], []).append(
            Evidence(
                field=row["field"],
                start=row["start"],
                end=row["stop"],
                quote=row["quote"],
                method=row["method"],
                confidence=row["confidence"],
            )
        )
    return tuple(_fact(row, tuple(proofs.get(row["id"], ()))) for row in rows)


def of_story_with(db: Database, fact: str) -> tuple[tuple[Fact, ...], str | None]:
    """Return all facts of the story that a fact stands in, whoever may see them, and the story's id."""
    row = db.execute("SELECT story_id FROM facts WHERE id = ?", (fact,)).fetchone()
    if row is None or row[0] is None:
        return (), None
    rows = db.query("SELECT * FROM facts WHERE story_id = ? AND background = 0", (row[0],))
    return tuple(_fact(each) for each in rows), row[0]


def of_stories_for_all(db: Database, story: str) -> tuple[Fact, ...]:
    """Return the facts of a story that are told as news, whoever may see them."""
    rows = db.query("SELECT * FROM facts WHERE story_id = ? AND background = 0 ORDER BY published, id", (story,))
    return tuple(_fact(row) for row in rows)


def of_stories(db: Database, ids: Iterable[str], *, viewer: str | None) -> dict[str, tuple[Fact, ...]]:
    """Return the visible facts of several stories, without evidence: enough to fold, list and filter by."""
    rows = db.query(
        "SELECT facts.* FROM json_each(:ids) JOIN facts ON facts.story_id = json_each.value"
        f" WHERE {VISIBLE} ORDER BY facts.published, facts.id",
        {"ids": json.dumps(list(ids)), "viewer": viewer},
    )
    found: dict[str, list[Fact]] = {}
    for row in rows:
        found.setdefault(row["story_id"], []).append(_fact(row))
    return {story: tuple(told) for story, told in found.items()}


def move(db: Database, fact_ids: Iterable[str], *, story: str) -> None:
    """Put facts under another story: which story a fact tells is a finding, not a part of the fact."""
    db.conn.executemany("UPDATE facts SET story_id = ? WHERE id = ?", ((story, fact) for fact in fact_ids))
