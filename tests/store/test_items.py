from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils import Database

from bot.store import items
from tests.stocked import HOUR, article, feed, workspace
from tests.stories.telling import START

URL = "https://news.example/a"


def test_an_item_is_known_by_its_feed_and_key(db: Database) -> None:
    first, second = feed(db), feed(db, "https://other.example/feed")
    assert items.add(db, first, article("a"), now=START) is not None
    assert items.add(db, first, article("a", title="Changed", hours=3), now=START) is None
    assert items.add(db, second, article("a"), now=START) is not None


def test_only_what_a_feed_has_not_brought_before_is_unknown(db: Database) -> None:
    first, second = feed(db), feed(db, "https://other.example/feed")
    items.add(db, first, article("a"), now=START)
    both = (article("a"), article("b"))
    assert [each.key for each in items.unknown(db, first, both)] == ["b"]
    assert items.unknown(db, second, both) == both


def test_a_feed_of_many_items_is_looked_up_in_parts(db: Database) -> None:
    many = tuple(article(str(number)) for number in range(2100))
    found = feed(db)
    items.add(db, found, many[2000], now=START)
    assert len(items.unknown(db, found, many)) == 2099


LATER = 10**9
"""An item's number after all others."""


def test_an_article_in_another_common_feed_was_told_before(db: Database) -> None:
    first, second = feed(db), feed(db, "https://other.example/feed")
    item = items.add(db, first, article("a"), now=START)
    assert items.told_before(db, second, article("a"), item=LATER) == item
    assert items.told_before(db, second, article("b"), item=LATER) is None


def test_in_one_feed_a_changed_guid_alone_makes_no_news(db: Database) -> None:
    found = feed(db)
    item = items.add(db, found, article("a"), now=START)
    assert items.told_before(db, found, replace(article("a"), key="other"), item=LATER) == item


def test_in_one_feed_items_may_share_an_address(db: Database) -> None:
    found = feed(db)
    items.add(db, found, article("a"), now=START)
    other = replace(article("a"), key="other", title="Quite another headline")
    assert items.told_before(db, found, other, item=LATER) is None


@pytest.mark.parametrize("address", ["https://news.example/", "https://news.example/live"])
def test_an_address_of_many_articles_makes_no_article_known(db: Database, address: str) -> None:
    first, second = feed(db), feed(db, "https://other.example/feed")
    for name in ("a", "b"):
        items.add(db, first, article(name, canonical_url=address), now=START)
    assert items.told_before(db, second, article("c", canonical_url=address), item=LATER) is None
    assert items.told_before(db, second, article("b", canonical_url=address), item=LATER) == 2


def test_a_workspaces_own_feed_tells_nothing_to_others(db: Database) -> None:
    acme, rival = workspace(db, "acme"), workspace(db, "rival")
    common, own = feed(db), feed(db, "https://own.example/feed", of=acme)
    other = feed(db, "https://other.example/feed", of=rival)
    item = items.add(db, own, article("a"), now=START)
    assert items.told_before(db, common, article("a"), item=LATER) is None
    assert items.told_before(db, other, article("a"), item=LATER) is None
    assert items.told_before(db, feed(db, "https://more.example/feed", of=acme), article("a"), item=LATER) == item


def test_a_common_feed_tells_everybody(db: Database) -> None:
    item = items.add(db, feed(db), article("a"), now=START)
    own = feed(db, "https://own.example/feed", of=workspace(db))
    assert items.told_before(db, own, article("a"), item=LATER) == item


def test_the_newest_dates_come_first(db: Database) -> None:
    found = feed(db)
    for name, hours in (("a", 1), ("b", 3), ("c", None), ("d", 2)):
        items.add(db, found, article(name, hours), now=START)
    assert items.dates(db, found, limit=2) == (START + 3 * HOUR, START + 2 * HOUR)


def test_forgotten_texts_leave_their_keys(db: Database) -> None:
    found = feed(db)
    items.add(db, found, article("old", text="long"), now=START)
    items.add(db, found, article("new", text="long"), now=START + timedelta(days=2))
    assert items.forget_texts(db, before=START + timedelta(days=1)) == 1
    assert items.forget_texts(db, before=START + timedelta(days=1)) == 0
    rows = db.execute("SELECT key, title, text, canonical_url FROM items ORDER BY id").fetchall()
    assert rows[0] == ("old", None, None, "https://news.example/old")
    assert rows[1][2] == "long"
    assert items.unknown(db, found, [article("old")]) == ()
