"""The operator's rulings on pairs of facts: one story, or two."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.store.times import to_text


def rule(db: Database, pairs: Iterable[frozenset[str]], *, together: bool, now: datetime) -> None:
    """Write rulings; a later one on the same pair replaces the earlier."""
    rows = [(*sorted(pair), int(together), to_text(now)) for pair in pairs if len(pair) == 2]
    db.conn.executemany("INSERT OR REPLACE INTO rulings (one, other, together, at) VALUES (?, ?, ?, ?)", rows)


def about(db: Database, facts: Iterable[str]) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """Return the pairs ruled together and those ruled apart, of which one fact at least is among these."""
    rows = db.execute(
        "SELECT DISTINCT one, other, together FROM json_each(?) JOIN rulings"
        " ON rulings.one = json_each.value OR rulings.other = json_each.value",
        (json.dumps(sorted(set(facts))),),
    ).fetchall()
    pairs = {frozenset(row[:2]): bool(row[2]) for row in rows}
    return (
        frozenset(pair for pair, together in pairs.items() if together),
        frozenset(pair for pair, together in pairs.items() if not together),
    )
