"""Look-ups over all stories that a workspace may see: newest, largest, by name, by words, by prefix of a name."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from bot.model.enums import Kind
from bot.model.filter import ALL_KINDS
from bot.store.times import from_text, to_text

_SEEN = "alias_of IS NULL AND (audience IS NULL OR audience = :viewer)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """How many stories of a kind were first told on a day."""

    kind: Kind
    at: datetime
    """Midnight, UTC."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the rounds of one name raised."""

    round: str
    usd: float
    count: int


def days_since(db: Database, *, viewer: str | None, kinds: frozenset[Kind], since: datetime) -> tuple[Day, ...]:
    """Return the numbers of stories by day and kind, without folding or fetching each."""
    rows = db.execute(
        f"SELECT kind, substr(first_published, 1, 10) AS day, count(*) FROM stories WHERE {_SEEN}"
        " AND first_published >= :since AND kind IN (SELECT value FROM json_each(:kinds)) GROUP BY kind, day",
        {"viewer": viewer, "since": to_text(since), "kinds": json.dumps(sorted(kinds))},
    ).fetchall()
    return tuple(
        Day(kind=Kind(row[0]), at=datetime.fromisoformat(row[1]).replace(tzinfo=UTC), count=row[2]) for row in rows
    )


def stages_since(db: Database, *, viewer: str | None, kinds: frozenset[Kind], since: datetime) -> tuple[Stage, ...]:
    """Return what was raised by round, in dollars, of rounds whose amount is known."""
    rows = db.execute(
        f"SELECT round, sum(usd), count(*) FROM stories WHERE {_SEEN} AND first_published >= :since"
        " AND kind IN (SELECT value FROM json_each(:kinds)) AND round IS NOT NULL AND usd > 0 GROUP BY round",
        {"viewer": viewer, "since": to_text(since), "kinds": json.dumps(sorted(kinds))},
    ).fetchall()
    return tuple(Stage(round=row[0], usd=row[1], count=row[2]) for row in rows)


def investors_since(
    db: Database, *, viewer: str | None, kinds: frozenset[Kind], since: datetime
) -> tuple[tuple[str, str], ...]:
    """Return (investor or buyer, story's id) of all stories first told since a time; the busiest names first."""
    rows = db.execute(
        "SELECT name, id FROM (SELECT DISTINCT name, story_id AS id FROM story_parties WHERE part = 'buyer')"
        f" JOIN stories USING (id) WHERE {_SEEN} AND first_published >= :since"
        " AND kind IN (SELECT value FROM json_each(:kinds)) ORDER BY count(*) OVER (PARTITION BY name) DESC, name",
        {"viewer": viewer, "since": to_text(since), "kinds": json.dumps(sorted(kinds))},
    ).fetchall()
    return tuple((row[0], row[1]) for row in rows)


def recent(
    db: Database,
    *,
    viewer: str | None,
    kinds: frozenset[Kind] = ALL_KINDS,
    since: datetime | None = None,
    offset: int = 0,
    limit: int = 10,
) -> tuple[str, ...]:
    """Return the stories told last, newest first."""
    return _ids(
        db, "ORDER BY last_published DESC, id", viewer=viewer, kinds=kinds, since=since, offset=offset, limit=limit
    )


def top(
    db: Database, *, viewer: str | None, kinds: frozenset[Kind], since: datetime, offset: int = 0, limit: int = 10
) -> tuple[str, ...]:
    """Return the stories with the largest amounts in dollars."""
    return _ids(
        db,
        "AND usd IS NOT NULL ORDER BY usd DESC, id",
        viewer=viewer,
        kinds=kinds,
        since=since,
        offset=offset,
        limit=limit,
    )


def _ids(db: Database, end: str, *, viewer: str | None, kinds: frozenset[Kind], since: datetime | None, offset: int,
         limit: int) -> tuple[str, ...]:  # fmt: skip
    chosen = "" if kinds == ALL_KINDS else " AND kind IN (SELECT value FROM json_each(:kinds))"
    rows = db.execute(
        f"SELECT id FROM stories WHERE {_SEEN} AND last_published >= :since{chosen} {end}"
        " LIMIT :limit OFFSET :offset",
        {
            "viewer": viewer, "kinds": json.dumps(sorted(kinds)), "since": to_text(since) if since else "",
            "limit": limit, "offset": offset,
        },
    )  # fmt: skip
    return tuple(row[0] for row in rows.fetchall())


def count_since(db: Database, *, viewer: str | None, since: datetime) -> int:
    """Return how many stories were told since a time."""
    row = db.execute(f"SELECT count(*) FROM stories WHERE {_SEEN} AND last_published >= :since",
                     {"viewer": viewer, "since": to_text(since)}).fetchone()  # fmt: skip
    return int(row[0])


def first_seen(db: Database, *, viewer: str | None) -> datetime | None:
    """Return when the first story came into the store: before that nothing can have been told."""
    row = db.execute(f"SELECT min(created) FROM stories WHERE {_SEEN}", {"viewer": viewer}).fetchone()
    found: str | None = row[0]
    return from_text(found)


def ids_like(db: Database, begin: str, *, viewer: str | None, limit: int = 25) -> tuple[str, ...]:
    """Return ids of stories that begin so, the newest first."""
    rows = db.execute(
        f"SELECT id FROM stories WHERE id >= :begin AND id < :end AND {_SEEN}"
        " ORDER BY last_published DESC LIMIT :limit",
        {"begin": begin, "end": begin + "\U0010ffff", "viewer": viewer, "limit": limit},
    )
    return tuple(row[0] for row in rows.fetchall())


def by_keys(
    db: Database, keys: Iterable[str], *, parts: Iterable[str], viewer: str | None, limit: int = 200
) -> tuple[str, ...]:
    """Return the stories in which a name with one of these keys takes part so, newest first."""
    rows = db.execute(
        "SELECT DISTINCT stories.id FROM json_each(:keys) JOIN story_parties ON story_parties.key = json_each.value"
        " JOIN stories ON stories.id = story_parties.story_id"
        f" WHERE part IN (SELECT value FROM json_each(:parts)) AND {_SEEN}"
        " ORDER BY last_published DESC, stories.id LIMIT :limit",
        {"keys": json.dumps(sorted(set(keys)), ensure_ascii=False), "parts": json.dumps(list(parts)),
         "viewer": viewer, "limit": limit},
    )  # fmt: skip
    return tuple(row[0] for row in rows.fetchall())


def names_like(
    db: Database, prefix: str, *, parts: Iterable[str], viewer: str | None, limit: int = 25
) -> tuple[str, ...]:
    """Return names in the store that begin with `prefix`, in any case: for completion, fast on a large store."""
    begin = prefix.strip()[:100]
    rows = db.execute(
        "SELECT name FROM (SELECT name, story_id FROM story_parties WHERE name >= :begin COLLATE NOCASE"
        " AND name < :end COLLATE NOCASE AND part IN (SELECT value FROM json_each(:parts)) LIMIT 2000)"
        " JOIN stories ON stories.id = story_id"
        f" WHERE {_SEEN} GROUP BY name COLLATE NOCASE ORDER BY count(DISTINCT story_id) DESC, name LIMIT :limit",
        {"begin": begin, "end": begin + "\U0010ffff", "parts": json.dumps(list(parts)), "viewer": viewer,
         "limit": limit},
    )  # fmt: skip
    return tuple(row[0] for row in rows.fetchall())


def names_of_keys(
    db: Database, keys: Iterable[str], *, parts: Iterable[str], viewer: str | None, limit: int = 50
) -> tuple[str, ...]:
    """Return the different names in the store that share a key."""
    rows = db.execute(
        "SELECT DISTINCT name FROM json_each(:keys) JOIN story_parties ON story_parties.key = json_each.value"
        " JOIN stories ON stories.id = story_id"
        f" WHERE part IN (SELECT value FROM json_each(:parts)) AND {_SEEN} ORDER BY name LIMIT :limit",
        {"keys": json.dumps(sorted(set(keys)), ensure_ascii=False), "parts": json.dumps(list(parts)),
         "viewer": viewer, "limit": limit},
    )  # fmt: skip
    return tuple(row[0] for row in rows.fetchall())


def search(
    db: Database, words: str, *, viewer: str | None, kinds: frozenset[Kind] = ALL_KINDS,
    since: datetime | None = None, begins: bool = False, limit: int = 10,
) -> tuple[str, ...]:  # fmt: skip
    """Return the stories that hold all the words, best first; with `begins` the last word may go on.

    Of words that very many stories hold, the newest hits alone are put in order: ranking reads each.
    """
    match = _match(words, begins=begins)
    if not match:
        return ()
    rows: list[tuple[str]] = []
    for most in (MOST_RANKED, -1):
        hits = db.execute(
            "SELECT bm25(story_search), rowid FROM story_search WHERE story_search MATCH ? ORDER BY rowid DESC LIMIT ?",
            (match, most),
        ).fetchall()
        ranked = sorted(hits, key=lambda hit: (hit[0], -hit[1]))
        rows = db.execute(
            "SELECT stories.id FROM json_each(:hits) AS hit JOIN stories ON search_row = hit.value"
            f" WHERE {_SEEN} AND last_published >= :since AND kind IN (SELECT value FROM json_each(:kinds))"
            " ORDER BY hit.key LIMIT :limit",
            {"hits": json.dumps([row for _, row in ranked]), "viewer": viewer, "kinds": json.dumps(sorted(kinds)),
             "since": to_text(since) if since else "", "limit": limit},
        ).fetchall()  # fmt: skip
        if len(hits) < most or len(rows) == limit:  # there are no more, or these gave enough
            break
    return tuple(row[0] for row in rows)


MOST_RANKED = 2000


def _match(words: str, *, begins: bool) -> str:
    """Return the words as data: the search engine's own syntax means nothing in them."""
    terms = ['"{}"'.format(term.replace('"', '""')) for term in words.replace("\0", " ").split()]
    return " ".join(terms) + ("*" if begins and terms else "")


def snippets(db: Database, words: str, ids: Iterable[str], *, begins: bool = False) -> dict[str, str]:
    """Return of each story the part of the outlets' headlines that holds the words, marked by STX and ETX.

    Where a name alone matched, the story is left out.
    """
    rows = [
        (story, db.execute(
            "SELECT snippet(story_search, 2, char(2), char(3), '…', 24) FROM story_search"
            " WHERE story_search MATCH ? AND rowid = (SELECT search_row FROM stories WHERE id = ?)",
            (_match(words, begins=begins), story),
        ).fetchone())
        for story in ids
    ]  # fmt: skip
    return {story: row[0] for story, row in rows if row and "\x02" in row[0]}


def by_url(db: Database, canonical_url: str, *, viewer: str | None) -> tuple[str, ...]:
    """Return the stories that an article told, as far as `viewer`'s workspace may see them, newest first."""
    rows = db.execute(
        "SELECT DISTINCT facts.story_id FROM items JOIN facts ON facts.item_id = items.id"
        " WHERE items.canonical_url = :url AND NOT facts.background AND facts.story_id IS NOT NULL"
        " AND (facts.audience IS NULL OR facts.audience = :viewer) ORDER BY facts.published DESC LIMIT 20",
        {"url": canonical_url, "viewer": viewer},
    )
    return tuple(row[0] for row in rows.fetchall())
