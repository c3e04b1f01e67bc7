from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from bot.model.feed import Feed, FeedSpec, FeedState
from bot.store import feeds
from tests.stocked import HOUR, feed, workspace
from tests.stories.telling import START

URL = "https://news.example/feed"
SPEC = FeedSpec(url=URL, title="News")


def only(db: Database) -> Feed:
    (found,) = feeds.listed(db)
    return found


def test_a_feed_is_added_once(db: Database) -> None:
    assert feeds.add(db, SPEC, now=START)
    assert not feeds.add(db, SPEC, now=START)
    assert only(db).title == "News"


def test_a_workspace_may_have_a_feed_of_its_own_that_is_common_too(db: Database) -> None:
    acme = workspace(db)
    assert feeds.add(db, SPEC, now=START)
    assert feeds.add(db, SPEC, now=START, workspace=acme.id)
    assert not feeds.add(db, SPEC, now=START, workspace=acme.id)
    assert [each.workspace for each in feeds.listed(db)] == [None, acme.id]


def test_a_feed_that_moved_is_known_by_both_addresses(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    feeds.save_poll(db, replace(only(db), url="https://new.example/feed"))
    assert not feeds.add(db, SPEC, now=START)
    assert not feeds.add(db, FeedSpec(url="https://new.example/feed"), now=START)


def test_a_removed_feed_is_not_polled_and_not_listed(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    assert feeds.remove(db, URL)
    assert not feeds.remove(db, URL)
    assert feeds.listed(db) == ()
    assert feeds.due(db, now=START, everything=True) == ()


def test_one_owner_cannot_remove_anothers_feed(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    assert not feeds.remove(db, URL, workspace=workspace(db).id)


def test_a_feed_added_anew_begins_as_a_new_one(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    polled = replace(
        only(db), etag="e", last_modified="m", body_hash="h", last_ok_at=START, next_poll_at=START + HOUR, failures=3
    )
    feeds.save_poll(db, polled)
    feeds.remove(db, URL)
    assert feeds.add(db, SPEC, now=START)
    again = only(db)
    assert (again.id, again.last_ok_at, again.next_poll_at, again.failures) == (polled.id, None, None, 0)
    assert (again.etag, again.last_modified, again.body_hash) == (None, None, None)


def test_the_feeds_file_brings_what_is_new_and_its_titles(db: Database) -> None:
    feeds.add(db, FeedSpec(url=URL, title="Old"), now=START)
    specs = (FeedSpec(url=URL, title="New", group="Wires"), FeedSpec(url="https://b.example/feed"))
    assert feeds.sync_listed(db, specs, now=START) == 1
    assert feeds.sync_listed(db, specs, now=START) == 0
    assert {(each.title, each.group) for each in feeds.listed(db)} == {("New", "Wires"), ("", "")}


def test_the_feeds_file_without_a_title_keeps_the_one_that_was_learned(db: Database) -> None:
    feeds.sync_listed(db, [FeedSpec(url=URL)], now=START)
    feeds.save_poll(db, replace(only(db), title="Learned"))
    feeds.sync_listed(db, [FeedSpec(url=URL)], now=START)
    assert only(db).title == "Learned"


def test_the_feeds_file_does_not_bring_back_what_was_removed(db: Database) -> None:
    feeds.sync_listed(db, [SPEC], now=START)
    feeds.remove(db, URL)
    assert feeds.sync_listed(db, [SPEC], now=START) == 0
    assert feeds.listed(db) == ()


def test_the_feeds_file_does_not_bring_back_what_moved_and_was_removed(db: Database) -> None:
    feeds.sync_listed(db, [SPEC], now=START)
    feeds.save_poll(db, replace(only(db), url="https://new.example/feed"))
    feeds.remove(db, URL)
    assert feeds.sync_listed(db, [FeedSpec(url="https://new.example/feed")], now=START) == 0
    assert feeds.listed(db) == ()


def test_the_feeds_file_does_not_bring_back_what_is_gone(db: Database) -> None:
    feeds.sync_listed(db, [SPEC], now=START)
    feeds.save_poll(db, replace(only(db), state=FeedState.GONE))
    feeds.sync_listed(db, [SPEC], now=START)
    assert only(db).state is FeedState.GONE
    assert feeds.due(db, now=START, everything=True) == ()


def test_due_are_the_new_then_the_longest_overdue(db: Database) -> None:
    for name, hours in (("late", -1), ("later", -2), ("not yet", 1), ("now", 0)):
        each = feed(db, f"https://{name}/feed")
        feeds.save_poll(db, replace(each, next_poll_at=START + timedelta(hours=hours)))
    feed(db, "https://new/feed")
    assert [each.title for each in feeds.due(db, now=START)] == ["new", "later", "late", "now"]
    assert len(feeds.due(db, now=START, everything=True)) == 5


def test_the_next_feed_is_due_when_the_first_of_all_is(db: Database) -> None:
    assert feeds.next_due(db) is None
    for name, hours in (("a", 2), ("b", 1)):
        feeds.save_poll(db, replace(feed(db, f"https://{name}/feed"), next_poll_at=START + timedelta(hours=hours)))
    assert feeds.next_due(db) == START + HOUR


def test_what_a_poll_taught_is_kept(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    taught = replace(
        only(db), url="https://new.example/feed", etag="e", last_modified="m", body_hash="h", interval_seconds=90.5,
        ttl_seconds=60, skip_hours=frozenset({0, 13}), next_poll_at=START + HOUR, last_poll_at=START,
        last_ok_at=START, failures=2, last_error="slow", full_text=only(db).full_text,
    )  # fmt: skip
    feeds.save_poll(db, taught)
    assert only(db) == taught


def test_a_poll_does_not_rename_a_feed_that_has_a_title(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    feeds.save_poll(db, replace(only(db), title="Other"))
    assert only(db).title == "News"


def test_a_feed_removed_while_it_was_polled_stays_removed(db: Database) -> None:
    feeds.add(db, SPEC, now=START)
    polled = only(db)
    feeds.remove(db, URL)
    feeds.save_poll(db, polled)
    assert feeds.listed(db) == ()
